"""What is wrong with a scenario, where, and how to mend it."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError, UserErrors
from sim.parameters import table
from sim.scenario import Scenario
from sim.scenario.toml_text import toml_value


def mistake(text):
    with pytest.raises(UserError) as caught:
        Scenario.parse(text, file="base.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "kind", "reason", "values"),
    [
        # unknown keys, with what was probably meant
        ("[member]\nactvity_sigma = 2", "unknown_key", "parameter",
         {"key": "member.actvity_sigma", "suggestion": "member.activity_sigma", "line": 2}),
        ("\nactivity_sigma = 2", "unknown_key", "parameter",
         {"key": "activity_sigma", "suggestion": "member.activity_sigma", "line": 2}),
        ("[opening]\nactivity_sigma = 2", "unknown_key", "parameter",
         {"key": "opening.activity_sigma", "suggestion": "member.activity_sigma"}),
        ("[membr]\nburst = 2", "unknown_key", "parameter",
         {"key": "membr", "suggestion": "member", "line": 1}),
        ("dayz = 3", "unknown_key", "parameter", {"suggestion": "days"}),
        ("zzzzzz = 3", "unknown_key", "parameter", {"suggestion": None}),
        # wrong form
        ('[member]\nburst = "15%"', "wrong_form", "percent",
         {"key": "member.burst", "value": '"15%"', "mend": "0.15", "line": 2}),
        ('[talk]\nofftopic = "１５％"', "wrong_form", "percent", {"mend": "0.15"}),
        ('[talk]\nofftopic = "12.5 %"', "wrong_form", "percent", {"mend": "0.125"}),
        ('days = "30天"', "wrong_form", "unit", {"value": '"30天"', "mend": "30"}),
        ('[member]\nwallet_median = "1.2万元"', "wrong_form", "unit", {"mend": "12000"}),
        ('[member]\nwallet_median = "¥1,200 yuan"', "wrong_form", "unit", {"mend": "1200"}),
        ('[member]\nwallet_median = "120"', "wrong_form", "quoted_number", {"mend": "120"}),
        ('[member]\nwallet_median = "1,5"', "wrong_form", "number", {}),
        ('[member]\nburst = "much"', "wrong_form", "number",
         {"low": 1.2, "high": 10.0, "unit": "messages per speaking day"}),
        ("[member]\nburst = true", "wrong_form", "number", {"value": "true"}),
        ("[member]\nburst = [1]", "wrong_form", "number", {"value": "[1]"}),
        ("[members]\ninitial = 10.5", "wrong_form", "whole_number", {"mend": 10}),
        ('[members]\ninitial = "15%"', "wrong_form", "number", {}),
        ("[member]\nburst = nan", "wrong_form", "finite", {"value": "nan"}),
        ("[member]\nburst = 1e999", "wrong_form", "finite", {"value": "inf"}),
        ("member = 3", "wrong_form", "table", {"key": "member", "value": "3"}),
        ("[[member]]\nburst = 3", "wrong_form", "table", {"key": "member"}),
        ('platform = "wechatt"', "wrong_form", "choice",
         {"suggestion": "wechat", "choices": ["wechat", "qq", "planet", "open"]}),
        ("kind = 3", "wrong_form", "choice", {"suggestion": None}),
        ('start = "May"', "wrong_form", "start", {"value": '"May"'}),
        ("start = 2026-05-01T10:00:00", "wrong_form", "start", {}),
        ("start = 5", "wrong_form", "start", {"value": "5"}),
        ('name = "a/b"', "wrong_form", "name", {"value": '"a/b"'}),
        ('name = ""', "wrong_form", "name", {}),
        ("name = 3", "wrong_form", "name", {"value": "3"}),
        ("title = 3", "wrong_form", "text", {"key": "title"}),
        (f'title = "{"x" * 201}"', "out_of_range", "text_length", {"limit": 200}),
        ("schema = 0", "wrong_form", "schema", {"line": 1}),
        ('schema = "1"', "wrong_form", "schema", {"value": '"1"'}),
        ("schema = 2", "cannot_read", "newer_schema", {"value": 2, "newest": 1}),
        ("policies = 3", "wrong_form", "policies", {"key": "policies", "value": "3"}),
        ("policies = [3]", "wrong_form", "policies", {"key": "policies.0", "line": 1}),
        ("[[policies]]\nevery = 3", "wrong_form", "policy_use", {"key": "policies.0", "line": 1}),
        ('[[policies]]\nuse = "a"\nx = 2026-05-01', "wrong_form", "policy_value",
         {"key": "policies.0.x", "value": "2026-05-01", "line": 3}),
        ('[[policies]]\nuse = "a"\nx = [1, nan]', "wrong_form", "policy_value",
         {"key": "policies.0.x.1", "value": "nan"}),
        ('[[policies]]\nuse = "a"\nx = ' + "[" * 20 + "]" * 20, "wrong_form", "policy_value", {}),
        ("base = 3", "wrong_form", "base", {"line": 1}),
        ("\n\n[[variants]]", "wrong_form", "experiment", {"line": 3}),
        # out of range
        ("\n[member]\nburst = 99", "out_of_range", "limits",
         {"key": "member.burst", "value": 99, "low": 1.2, "high": 10.0, "line": 3,
          "unit": "messages per speaking day"}),
        ("days = 0", "out_of_range", "limits", {"low": 1, "high": 10_000, "unit": "days"}),
        (f"[members]\ninitial = {10**30}", "out_of_range", "limits", {"high": 10_000_000}),
        (f"[member]\nburst = {10**400}", "out_of_range", "limits", {"high": 10.0}),
        ("[groups]\ncapacity = 5000", "out_of_range", "platform_capacity",
         {"value": 5000, "platform": "wechat", "low": 3, "high": 500, "other": "planet",
          "line": 2}),
        ("[groups]\ncapacity = 1500", "out_of_range", "platform_capacity",
         {"other": "qq", "other_high": 2000}),
        # contradictions
        ("[members]\ninitial = 50\nleaders = 30\nseed_users = 40\nadministrators = 0",
         "contradiction", "roles",
         {"leaders": 30, "seed_users": 40, "owner": 1, "total": 71, "initial": 50, "line": 2}),
        ("[members]\nleaders = 200", "contradiction", "roles", {"total": 212, "line": 2}),
        ("[members]\ninitial = 1001\n[groups]\nnumber = 2", "contradiction", "places",
         {"groups": 2, "capacity": 500, "places": 1000, "initial": 1001, "line": 2}),
        # the base
        ('base = "knowlege"', "not_found", "preset",
         {"name": "knowlege", "suggestion": "knowledge", "line": 1}),
        # broken text
        ("a = \n", "cannot_read", "toml", {"line": 1, "column": 5}),
        ("days = 3\nb = [1", "cannot_read", "toml", {"line": 2}),
        ("a = 1\na = 2", "cannot_read", "toml", {"line": 2}),
        (f"a = {'9' * 5000}", "cannot_read", "toml", {}),
        ("a = " + "[" * 100_000, "cannot_read", "nested", {}),
        ("name = “红包”", "cannot_read", "full_width_only",
         {"character": "“", "straight": '"', "line": 1, "column": 8}),
    ],
)  # fmt: skip
def test_one_mistake(text, kind, reason, values):
    error = mistake(text)
    assert (error.kind, error.reason) == (kind, reason), error
    assert error.values["file"] == "base.toml"
    assert {key: error.values.get(key) for key in values} == values


def test_the_knowledge_preset_misspelt():
    with pytest.raises(UserError) as caught:
        Scenario.read("knowlege")
    assert (caught.value.kind, caught.value.reason) == ("not_found", "preset")
    assert caught.value.values == {"name": "knowlege", "suggestion": "knowledge"}
    with pytest.raises(UserError) as caught:
        Scenario.preset("../presets/knowledge")
    assert caught.value.reason == "preset"


def test_a_loud_file_is_told_everything_in_the_order_of_its_lines():
    error = mistake(
        'platform = "wechatt"\n'
        "days = 0\n"
        "[member]\n"
        "actvity_sigma = 2\n"
        'burst = "3"\n'
        "[members]\n"
        "leaders = 1000\n"
        "[[policies]]\n"
        "every = 3\n"
    )
    assert isinstance(error, UserErrors)
    assert [(one.reason, one.values["line"]) for one in error.errors] == [
        ("choice", 1), ("limits", 2), ("parameter", 4), ("quoted_number", 5), ("roles", 7),
        ("policy_use", 8),
    ]  # fmt: skip


def test_a_bad_number_silences_the_checks_that_need_it():
    error = mistake("[members]\ninitial = true\nleaders = 1000\n")
    assert error.reason == "number"


@settings(max_examples=100)
@given(st.text())
def test_any_text_is_read_or_refused_politely(text):
    with contextlib.suppress(UserError):
        Scenario.parse(text)


@settings(max_examples=150)
@given(
    st.sampled_from(
        [info.path for info in table()] + ["name", "days", "start", "base", "policies"]
    ),
    st.recursive(
        st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
        max_leaves=4,
    ),
)
def test_any_value_is_taken_or_refused_politely(path, value):
    mistakes = []
    try:
        Scenario.parse(f"{path} = {toml_value(value)}", file="x.toml")
    except UserErrors as several:
        mistakes = several.errors
    except UserError as one:
        mistakes = [one]
    assert {mistake.values["file"] for mistake in mistakes} <= {"x.toml"}
