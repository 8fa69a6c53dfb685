"""docs/handbook.md: every row of the handbook is there, and every name on the page is real."""

import re
from pathlib import Path

import pytest

from sim.metrics import REGISTRY
from sim.parameters import by_path
from sim.policies.registry import own_policies, policy_class, policy_keys
from sim.scenario import preset_names
from sim.words import Words

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "handbook.md").read_text("utf-8")
ROWS = {"A": 8, "B": 6, "C": 15, "D": 19, "E": 9, "F": 8, "G": 5, "H": 2, "I": 22}
"""How many rows each part of the handbook has."""


def table():
    """Cells by id, in the page's order."""
    rows = re.findall(r"^\| ([A-I]\d+) \|(.*)\|$", PAGE, re.MULTILINE)
    assert len({key for key, _ in rows}) == len(rows)
    return {key: [cell.strip() for cell in rest.split(" | ")] for key, rest in rows}


TABLE = table()


def named(kind, text=PAGE):
    return re.findall(rf"\b{kind} `([^`]+)`", text)


def test_every_row_of_the_handbook_is_there_in_order():
    assert list(TABLE) == [f"{part}{n}" for part, last in ROWS.items() for n in range(1, last + 1)]


@pytest.mark.parametrize("key", TABLE)
def test_every_cell_says_something(key):
    assert len(TABLE[key]) == 3
    assert all(len(cell) > 2 for cell in TABLE[key])


@pytest.mark.parametrize("key", TABLE)
def test_a_row_is_shown_by_something_that_is_there(key):
    shown = TABLE[key][2]
    tests = re.findall(r"`(tests/[^`]+)`", shown)
    commands = re.findall(r"`(qunsim [^`]+)`", shown)
    assert tests or len(commands) == 2
    for test in tests:
        file, _, name = test.partition("::")
        text = (ROOT / file).read_text("utf-8")
        assert not name or re.search(rf"^def {name}\(", text, re.MULTILINE), test


def test_names_are_those_of_the_program():
    assert not {*named("policy")} - {*policy_keys()}
    assert not {*named("preset")} - {*preset_names()}
    assert not {*named("parameter")} - {*by_path()}
    assert not {*named("KPI")} - {*REGISTRY}
    assert all(Words("en").has(f"role.{role}") for role in named("role"))


def test_every_policy_stands_at_the_rows_it_says():
    for policy in own_policies():
        for key in policy.handbook:
            assert policy.key in named("policy", " ".join(TABLE[key])), (policy.key, key)


@pytest.mark.parametrize("key", [key for key in TABLE if key[0] in "CDE"])
def test_what_an_operator_does_is_a_policy(key):
    first = named("policy", TABLE[key][1])[0]
    assert key in policy_class(first).handbook


def test_findings_are_rows_of_the_validation():
    validation = (ROOT / "docs" / "validation.md").read_text("utf-8")
    found = re.findall(r"finding ([IVR]\d+)", PAGE, re.IGNORECASE)
    assert found
    assert not [one for one in found if f"\n| {one} |" not in validation]
