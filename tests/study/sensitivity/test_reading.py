"""Mistakes in a study's file: each told at its line, all at once."""

import pytest

from sim.errors import UserError, UserErrors
from sim.words import Words


def told(study, text, **options):
    """Messages about a study, one a mistake."""
    with pytest.raises(UserError) as caught:
        study(text, **options)
    error = caught.value
    errors = error.errors if isinstance(error, UserErrors) else [error]
    assert all(Words(lang).error(error) for lang in ("en", "zh"))
    return [(one.kind, one.reason, one.values.get("line")) for one in errors]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('method = "sobel"', ("not_found", "method", 2)),
        ("n = 100", ("out_of_range", "design_size", 2)),
        ('outputs = ["profits"]', ("not_found", "kpi", 2)),
        ('outputs = ["stage"]', ("not_found", "kpi", 2)),
        ('series = ["gini_messages"]', ("not_found", "kpi", 2)),
        ("replicates = 0", ("out_of_range", "between", 2)),
        ('replicates = "two"', ("wrong_form", "number_between", 2)),
        ("every = 0", ("out_of_range", "between", 2)),
        ("constants = 3", ("unknown_key", "experiment", 2)),
        ("screening = { kept = 3 }", ("unknown_key", "experiment", 2)),
        ("factors = []", ("wrong_form", "no_factors", 2)),
        ('factors = ["member.activty_sigma"]', ("unknown_key", "parameter", 2)),
        ("factors = { law.intercept = [2, 1] }", ("wrong_form", "factor", 2)),
        ("factors = { law.intercept = [-1, 99] }", ("out_of_range", "field", 2)),
        ("factors = { inert = [0, 1] }", ("taken", "inert", 2)),
        (
            'factors = { law.intercept = { low = -1, high = 0, distribution = "gauss" } }',
            ("not_found", "distribution", 2),
        ),
        (
            'factors = { law.intercept = { low = -1, high = 0, distribution = "triangular" } }',
            ("wrong_form", "missing_key", 2),
        ),
        (
            'factors = { law.intercept = { low = -1, high = 0, distribution = "loguniform" } }',
            ("out_of_range", "positive", 2),
        ),
        ("factors = { law.intercept = { low = -1, hihg = 0 } }", ("unknown_key", "experiment", 2)),
        ("factors = { members.leaders = [1.5, 3] }", ("wrong_form", "factor", 2)),
        ("factors = { red_packet.amount = [0, 9] }", ("unknown_key", "parameter", 2)),
        ('factors = { platform = { values = ["wechat"] } }', ("wrong_form", "factor", 2)),
        ('levers = [{ name = "a" , set = { law.interce = 1 } }]', ("unknown_key", "parameter", 2)),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_line(study, line, mistake):
    found = told(study, f'base = "knowledge"\n{line}\n')
    kinds = [(kind, where) for kind, _, where in found]
    assert (mistake[0], mistake[2]) in kinds, found


def test_several_are_told_at_once(study):
    found = told(study, 'base = "knowledge"\nmethod = "x"\nn = 0\noutputs = ["y"]\nfoo = 1\n')
    assert [line for _, _, line in found] == [2, 3, 4, 5]


def test_dependence_needs_a_method_that_can_have_it(study):
    text = """
base = "knowledge"
method = "{}"
factors = ["law.intercept", "exit.hazard"]
[[dependence]]
between = ["law.intercept", "exit.hazard"]
rank_correlation = 0.5
"""
    assert told(study, text.format("sobol")) == [("contradiction", "independent", 5)]
    assert study(text.format("pawn")).dependence == {("law.intercept", "exit.hazard"): 0.5}
    wrong = text.format("pawn").replace('between = ["law.intercept"', 'between = ["law.intercep"')
    assert told(study, wrong) == [("not_found", "factor", 6)]


def test_all_assumptions_have_ranges_by_their_confidence(study):
    asked = study('base = "knowledge"\nfactors = "all"\n')
    assert len(asked.factors) > 60
    by_path = {one.path: one for one in asked.factors}
    one = by_path["exit.hazard"]
    assert (one.low, one.assumed, one.high) == pytest.approx((0.12 / 1.5, 0.12, 0.15))
    assert one.source
    assert not one.own


def test_the_command_line_overrides_the_file(study):
    text = 'base = "function:ishigami"\nmethod = "morris"\nn = 10\nseed = 3\n'
    asked = study(text, method="sobol", replicates=4)
    assert (asked.method, asked.count, asked.replicates, asked.seed) == ("sobol", 512, 4, 3)
    assert study(text, count=20).count == 20
    assert told(study, 'base = "function:ishigame"\n') == [("not_found", "formula", 1)]
