"""Experiments from files: what differs from the base, and every mistake at its line."""

import pytest

from sim.errors import UserError, UserErrors
from sim.model import CommunityModel
from sim.study.reading import is_experiment, read_experiment
from sim.words import Words

EXPERIMENT = """
question = "What helps?"
base = "knowledge"
days = 90
goal = "active_30d"
budget = 500
stop = { kpi = "messages", half_width = 0.1, max_replicates = 80 }
set = { "members.initial" = 60 }

[[variants]]
name = "红包"
set = { owner.minutes_per_week = 100 }
[[variants.policies]]
use = "red_packet"
amount = 20
every = 14

[[variants]]
name = "bare"
without = ["paid_course"]
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="trial.toml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_variants_differ_from_the_base_as_written(write):
    found = read_experiment(write(EXPERIMENT))
    base, packets, bare = found.variants
    assert [one.name for one in found.variants] == ["base", "红包", "bare"]
    assert found.name == "trial"
    assert (found.goal, found.budget, found.days) == ("active_30d", 500.0, 90)
    assert found.guards == ("profit", "exit_rate_30d", "owner_minutes")
    assert (found.stop.kpi, found.stop.half_width, found.stop.max_replicates) == (
        "messages", 0.1, 80,
    )  # fmt: skip
    assert {one.scenario.members.initial for one in found.variants} == {60}
    assert packets.scenario.owner.minutes_per_week == 100
    assert packets.scenario.policies[-1] == {"use": "red_packet", "amount": 20, "every": 14}
    assert packets.scenario.policies[:-1] == base.scenario.policies
    assert "paid_course" in {entry["use"] for entry in base.scenario.policies}
    assert "paid_course" not in {entry["use"] for entry in bare.scenario.policies}


def test_the_command_line_has_the_last_word(write):
    found = read_experiment(
        write(EXPERIMENT), days=30, changes={"members.initial": 40}, policies=[{"use": "ritual"}]
    )
    assert found.days == 30
    assert all(one.scenario.members.initial == 40 for one in found.variants)
    assert all(one.scenario.policies[-2:].count({"use": "ritual"}) for one in found.variants)


def test_limits_are_enforced_where_the_file_says_so(write):
    free = read_experiment(write("budget = 500\nminutes = 90\n"))
    strict = read_experiment(write("budget = 500\nminutes = 90\nenforce = true\n"))
    assert strict.base.scenario.owner.purse == 500
    assert strict.base.scenario.owner.minutes_per_week == 90
    assert free.base.scenario.owner.purse != 500


def test_what_is_an_experiment(write):
    assert is_experiment(write(EXPERIMENT))
    assert not is_experiment(write('base = "course"\n', "plain.toml"))
    assert not is_experiment("knowledge")


MISTAKES = {
    "goals = 'profit'": ("unknown_key", "experiment", "goals"),
    "goal = 'proft'": ("not_found", "kpi", "goal"),
    "goal = 'members'": ("contradiction", "goal", "goal"),
    "goal = 'interaction_rate'": ("contradiction", "goal", "goal"),
    "guards = 'profit'": ("wrong_form", "list", "guards"),
    "guards = ['proft']": ("not_found", "kpi", "guards.0"),
    "budget = '3万'": ("wrong_form", "number_between", "budget"),
    "budget = -1": ("out_of_range", "between", "budget"),
    "replicates = 2.5": ("wrong_form", "whole_number", "replicates"),
    "enforce = 'yes'": ("wrong_form", "yes_or_no", "enforce"),
    "stop = { kpi = 'profit' }": ("wrong_form", "missing_key", "stop.half_width"),
    "stop = { half_width = 50 }": ("out_of_range", "between", "stop.half_width"),
    "stop = { half_widht = 1 }": ("unknown_key", "experiment", "stop.half_widht"),
    "variants = 3": ("wrong_form", "variants", "variants"),
    "[[variants]]\nname = 'a'\nwihtout = []": ("unknown_key", "experiment", "variants.0.wihtout"),
    "[[variants]]\nname = 'a/b'": ("wrong_form", "variant_name", "variants.0.name"),
    "[[variants]]\nname = 'base'": ("contradiction", "variant_twice", "variants.0.name"),
    "[[variants]]\nname = 'a'\nset = { 'members.initail' = 3 }": ("unknown_key", "parameter", None),
    "[[variants]]\nname = 'a'\nset = { 'members.initial' = -3 }": ("out_of_range", "limits", None),
    "[[variants]]\nname = 'a'\nwithout = ['red_packet']\nbase = 'organic'": (
        "not_found", "without", None,
    ),
    "[[variants]]\nname = 'a'\nbase = 'knowlege'": ("not_found", "preset", None),
    "[[variants]]\nname = 'a'\n[[variants.policies]]\nuse = 'red_paket'": (
        "not_found", "policy", None,
    ),
    "[[variants]]\nname = 'a'\n[[variants.policies]]\nuse = 'red_packet'\namount = -1": (
        "out_of_range", "limits", None,
    ),
    "[[variants]]\nname = 'a'\n[[variants.policies]]\nuse = 'red_packet'\nstart = 4000": (
        "never_happens", "start", None,
    ),
    "schema = 2": ("cannot_read", "newer_schema", "schema"),
    "margins = { profit = 'much' }": ("wrong_form", "number_between", "margins.profit"),
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_each_mistake_is_told_at_its_line(write, text):
    path = write(f"# a comment\n{text}\n")
    with pytest.raises(UserError) as caught:
        read_experiment(path)
    error = caught.value
    error = error.errors[0] if isinstance(error, UserErrors) else error
    kind, reason, key = MISTAKES[text]
    assert (error.kind, error.reason) == (kind, reason)
    assert key is None or error.values["key"] == key
    line = error.values["line"]
    assert line is not None
    assert 2 <= line <= 1 + text.count("\n") + 1
    for language in ("en", "zh"):
        told = Words(language).error(error)
        assert "?" not in told.replace("Did you mean", "").split("(")[0] or "mean" in told
        assert "{" not in told.replace("{ ", "")
        assert str(line) in told


def test_several_mistakes_are_told_together_in_order(write):
    with pytest.raises(UserErrors) as caught:
        read_experiment(write("days = 0\nbudgt = 3\ngoal = 'x'\n"))
    assert [one.values["line"] for one in caught.value.errors] == [1, 2, 3]


def test_a_saved_community_goes_on(write, tmp_path):
    model = CommunityModel("course", days=60, seed=4)
    for _ in range(35):
        model.step()
    model.save(tmp_path / "today.qunsim")
    text = """
base = "today.qunsim"
days = 40
[[variants]]
name = "packets"
[[variants.policies]]
use = "red_packet"
start = 5
[[variants]]
name = "anew"
base = "course"
"""
    found = read_experiment(write(text))
    assert [one.days for one in found.variants] == [40, 40, 40]
    assert found.base.scenario.days == 75
    packets = found.variants[1]
    assert packets.begins == found.base.begins
    assert packets.scenario.policies[-1]["start"] == 40  # five days after the 35th
    assert found.variants[2].begins is None
