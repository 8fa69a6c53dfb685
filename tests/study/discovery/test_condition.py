"""Conditions as people write them, and what is told of those that are none."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.study.discovery.condition import Condition, parse_condition


@pytest.mark.parametrize(
    ("text", "kpi", "op", "value"),
    [
        ("profit < 0", "profit", "<", 0.0),
        ("profit<-1,500.5", "profit", "<", -1500.5),
        ("retention_d30 >= 30%", "retention_d30", ">=", 0.3),
        ("retention_d30 >= 30 %", "retention_d30", ">=", 0.3),
        ("profit ＜ 0", "profit", "<", 0.0),
        ("members ≤ 1e2", "members", "<=", 100.0),
        ("members≥100", "members", ">=", 100.0),
        ("stage = dormant", "stage", "==", 4.0),
        ("stage ≠ growth", "stage", "!=", 1.0),
    ],
)
def test_conditions_are_read(text, kpi, op, value):
    assert parse_condition(text) == Condition(kpi, op, value)


@pytest.mark.parametrize("text", ["", "profit", "profit 0", "< 0", "profit < 0 and members > 3"])
def test_what_is_no_comparison_is_refused(text):
    with pytest.raises(UserError) as caught:
        parse_condition(text)
    assert (caught.value.kind, caught.value.reason) == ("wrong_form", "discover_condition")


@pytest.mark.parametrize("text", ["profit < zero", "members > nan", "profit < inf", "profit < %"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(UserError) as caught:
        parse_condition(text)
    assert (caught.value.kind, caught.value.reason) == ("wrong_form", "discover_number")


def test_an_unknown_output_is_refused_with_the_one_that_was_meant():
    with pytest.raises(UserError) as caught:
        parse_condition("proft < 0")
    assert (caught.value.reason, caught.value.values["suggestion"]) == ("kpi", ["profit"])
    with pytest.raises(UserError) as caught:
        parse_condition("profit < 0", known=("ishigami",))
    assert (caught.value.reason, caught.value.values["known"]) == ("output", ["ishigami"])
    assert parse_condition("ishigami > 3", known=("ishigami",)).kpi == "ishigami"


def test_what_is_not_known_meets_no_condition():
    y = np.array([-1.0, 0.0, 2.0, np.nan])
    met = {op: Condition("profit", op, 0.0).met(y).tolist() for op in ("<", ">=", "!=")}
    assert met == {
        "<": [True, False, False, False],
        ">=": [False, True, True, False],
        "!=": [True, False, True, False],
    }


def test_a_condition_is_written_as_it_would_be_typed():
    for text in ("profit < 0", "retention_d30 >= 0.3", "stage == dormant"):
        assert str(parse_condition(text)) == text
