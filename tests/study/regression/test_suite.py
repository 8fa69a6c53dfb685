"""Suites as files: what is read, which margins hold, every mistake at its line."""

from pathlib import Path

import pytest

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY
from sim.study.regression.suite import baseline_of, read_suite


def errors_of(path):
    with pytest.raises(UserError) as raised:
        read_suite(str(path))
    error = raised.value
    several = error.errors if isinstance(error, UserErrors) else [error]
    return [(one.kind, one.reason, one.values.get("line")) for one in several]


def test_a_suite_is_read(suite):
    assert (suite.seed, suite.budget, suite.gate) == (7, 120.0, {"members", "leaves"})
    assert [(one.name, one.days, one.replicates) for one in suite.cases] == [
        ("talk", 14, 32), ("spend/nothing", 14, 16), ("spend/packets", 14, 16),
    ]  # fmt: skip
    assert suite.decisions[0].options == ("nothing", "packets")
    assert suite.kept("spend/packets") == ("cost", "speakers")
    policies = [list(one.variant.scenario.policies) for one in suite.cases]
    assert [len(one) for one in policies] == [1, 0, 1]


def test_margins_are_the_scenarios_the_suites_or_the_registrys(tmp_path):
    path = tmp_path / "suite.toml"
    path.write_text("""
margins = { members = "5 %", leaves = 4 }
[[scenarios]]
name = "a"
base = "knowledge"
kpis = ["members", "leaves", "profit", "speakers"]
margins = { members = "2 %", profit = "10 %" }
""")
    margins = read_suite(str(path)).cases[0].margins
    assert margins["members"].size(1000.0) == 20.0
    assert margins["leaves"].size(1000.0) == 4.0
    assert margins["profit"].size(-3.0, revenue=9000.0) == 900.0  # still a share of revenue
    assert margins["speakers"] == REGISTRY["speakers"].margins.eq


def test_all_mistakes_are_told_at_once(tmp_path):
    path = tmp_path / "suite.toml"
    path.write_text("""budget = -3
gates = ["members"]
gate = ["membrs"]
[[scenarios]]
name = "a"
base = "knowledge"
kpis = ["stage", "members"]
margins = { members = "much" }
[scenarios.set]
exit.hazzard = 0.2
[[scenarios]]
name = "a"
base = "nowhere"
[[decisions]]
name = "d"
""")
    assert errors_of(path) == [
        ("out_of_range", "between", 1),
        ("unknown_key", "experiment", 2),
        ("not_found", "kpi", 3),
        ("contradiction", "suite_stage", 7),
        ("wrong_form", "suite_margin", 8),
        ("unknown_key", "parameter", 10),
        ("contradiction", "suite_twice", 12),
        ("not_found", "preset", 13),
        ("wrong_form", "suite_options", 14),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ("wrong_form", "suite_empty", None)),
        ("schema = 2", ("cannot_read", "newer_schema", 1)),
        ("scenarios = 3", ("wrong_form", "suite_scenarios", 1)),
        ("[[scenarios]]\nbase = 'knowledge'", ("wrong_form", "suite_unnamed", 1)),
        ("[[scenarios]]\nname = 'nothing'", ("wrong_form", "suite_name", 2)),
        (
            "[[scenarios]]\nname = 'a'\nmargins = { members = '3' }",
            ("wrong_form", "suite_margin", 3),
        ),
        (
            "[[scenarios]]\nname = 'a'\nmargins = { members = -3 }",
            ("out_of_range", "between", 3),
        ),
        ("[[scenarios]]\nname = 'a'\nkpis = []", ("wrong_form", "suite_kpis", 3)),
        ("kpis = []\n[[scenarios]]\nname = 'a'", ("wrong_form", "suite_kpis", 1)),
        ("kpis = 'members'\n[[scenarios]]\nname = 'a'", ("wrong_form", "list", 1)),
        (
            "[[scenarios]]\nname = 'a'\nkpis = ['leaves']\nmargins = { members = 3 }",
            ("contradiction", "suite_idle", 4),
        ),
    ],
)
def test_a_mistake_is_told(tmp_path, text, told):
    path = tmp_path / "suite.toml"
    path.write_text(text)
    assert errors_of(path) == [told]


def test_a_suite_that_is_not_there_is_told(tmp_path):
    assert errors_of(tmp_path / "suite.toml") == [("not_found", "suite", None)]


def test_where_the_baseline_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(baseline_of("experiments/ci/suite.toml")) == "results/baseline/suite.json"
    assert str(baseline_of("other/mine.toml")) == "results/baseline/mine.json"
    assert baseline_of("mine.toml", root=tmp_path / "a") == Path("a/results/baseline/mine.json")
    monkeypatch.chdir("/")
    suite = tmp_path / "experiments" / "ci" / "suite.toml"
    assert tmp_path / "results/baseline/suite.json" == "/" / baseline_of(str(suite))
