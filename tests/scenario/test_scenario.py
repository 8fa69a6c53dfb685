"""Scenarios: presets, values by path, replacing, digest, equality."""

import copy
import json
import pickle
from datetime import date

import pytest
from pydantic import ValidationError

from sim.errors import UserError, UserErrors
from sim.parameters import table
from sim.scenario import CAPACITY, Place, Scenario, parse_assignment, preset_names

KINDS = {
    "knowledge", "interest", "product", "resource", "project", "mixed", "organic", "course",
}  # fmt: skip


def test_there_is_a_preset_for_each_kind():
    assert set(preset_names()) >= KINDS
    for name in KINDS:
        assert Scenario.preset(name).kind == name


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_named_after_its_file_and_fits(name):
    scenario = Scenario.preset(name)
    assert scenario.name == name
    assert scenario == Scenario.read(name)
    members = scenario.members
    staff = members.leaders + members.seed_users + members.administrators + members.guests
    staff += scenario.groups.number
    assert staff <= members.initial <= scenario.groups.number * scenario.groups.capacity
    assert scenario.groups.capacity <= CAPACITY[scenario.platform]


def test_the_knowledge_preset_is_the_calibrated_setting():
    scenario = Scenario.preset("knowledge")
    assert scenario.members.initial == 300
    assert scenario.groups.capacity == 500
    assert scenario.market.size == 20_000
    assert scenario.policies[0] == {"use": "value_content", "amount": 1.0, "quality": 1.0}


def test_the_organic_preset_has_no_operator():
    scenario = Scenario.preset("organic")
    members = scenario.members
    assert members.initial == 8
    assert members.leaders + members.seed_users + members.administrators + members.guests == 0
    assert scenario.policies == ()
    assert scenario.group.purpose_sigma == 1.35
    assert (scenario.matter.start, scenario.matter.supply) == (0.5, 0.025)
    assert scenario.matter.from_engaged == 0.035
    assert (scenario.invite.rate, scenario.market.size) == (0.55, 400)


def test_flat_has_every_parameter_and_the_top_keys():
    flat = Scenario().flat()
    assert list(flat) == [
        "name", "title", "kind", "start", "days", "platform", *(info.path for info in table()),
    ]  # fmt: skip
    assert all(flat[info.path] == info.default for info in table())
    assert flat["start"] is None


def test_replace_changes_what_it_names_and_nothing_else():
    before = Scenario.preset("knowledge")
    after = before.replace({"member.activity_sigma": 2.1, "days": 90, "start": "2026-05-06"})
    changed = {key for key, value in after.flat().items() if before.flat()[key] != value}
    assert changed == {"member.activity_sigma", "days", "start"}
    assert after.member.activity_sigma == 2.1
    assert after.start == date(2026, 5, 6)
    assert after.policies == before.policies
    assert before.member.activity_sigma == Scenario().member.activity_sigma


def test_replace_takes_policies_as_a_whole():
    policies = [{"use": "red_packet", "amount": 20}]
    scenario = Scenario.preset("knowledge").replace({"policies": policies})
    assert scenario.policies == ({"use": "red_packet", "amount": 20},)
    policies[0]["amount"] = 99
    assert scenario.policies[0]["amount"] == 20


def test_replace_allows_values_that_fit_only_together():
    scenario = Scenario().replace(
        {"members.initial": 4, "members.leaders": 1, "members.seed_users": 1}
    )
    assert scenario.members.initial == 4


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        ({"member.actvity_sigma": 2.0}, "unknown_key", "parameter"),
        ({"membr.burst": 2.0}, "unknown_key", "parameter"),
        ({"member.burst": 99}, "out_of_range", "limits"),
        ({"member.burst": "3"}, "wrong_form", "quoted_number"),
        ({"member": 3}, "wrong_form", "table"),
        ({"days": 0}, "out_of_range", "limits"),
        ({"members.leaders": 500}, "contradiction", "roles"),
        ({"base": "knowledge"}, "unknown_key", "parameter"),
        ({"policies.0.amount": 3}, "unknown_key", "parameter"),
    ],
)
def test_replace_has_the_same_mistakes_as_a_file(changes, kind, reason):
    with pytest.raises(UserError) as caught:
        Scenario.preset("knowledge").replace(changes)
    assert (caught.value.kind, caught.value.reason) == (kind, reason)
    assert caught.value.values["line"] is None or reason == "roles"


def test_the_first_weekday_comes_from_the_start():
    assert Scenario().first_weekday == 0
    assert Scenario(start=date(2026, 5, 6)).first_weekday == 2  # a Wednesday


def test_the_digest_is_of_the_configuration_and_stable():
    scenario = Scenario.preset("knowledge")
    digest = scenario.digest()
    assert len(digest) == 64
    assert digest == Scenario.preset("knowledge").digest()
    assert digest == Scenario.build(json.loads(json.dumps(scenario.resolved()))).digest()
    for info in table():
        other = info.high if info.default != info.high else info.low
        try:
            changed = scenario.replace({info.path: other})
        except UserError:
            continue  # does not fit the rest
        assert changed.digest() != digest, info.path


def test_numbers_that_are_equal_are_one_configuration():
    whole = Scenario(policies=[{"use": "red_packet", "amount": 50}])
    pointed = Scenario(policies=[{"use": "red_packet", "amount": 50.0}])
    assert whole == pointed
    assert whole.digest() == pointed.digest()
    assert hash(whole) == hash(pointed)
    truth = Scenario(policies=[{"use": "red_packet", "amount": True}])
    one = Scenario(policies=[{"use": "red_packet", "amount": 1}])
    assert truth != one


def test_negative_zero_is_zero():
    assert Scenario(law={"just_spoke": -0.0}).digest() == Scenario().digest()


def test_scenarios_are_frozen_values():
    scenario = Scenario.preset("product")
    assert pickle.loads(pickle.dumps(scenario)) == scenario  # noqa: S301
    assert copy.deepcopy(scenario) == scenario
    assert len({scenario, Scenario.preset("product"), Scenario()}) == 2
    assert scenario != "product"
    with pytest.raises(ValidationError):
        scenario.days = 3


def test_a_contradiction_is_refused_however_a_scenario_is_made():
    with pytest.raises(UserError) as caught:
        Scenario(members={"initial": 5})
    assert caught.value.reason == "roles"


def test_place_names_the_line_or_the_nearest_table(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('days = 3\n\n[[policies]]\nuse = "a"\n\n[[policies]]\nuse = "b"\nx = 1\n')
    scenario = Scenario.read(file)
    shown = str(file)
    assert scenario.place("days") == Place(shown, 1)
    assert scenario.place("policies.1.x") == Place(shown, 8)
    assert scenario.place("policies.1.amount") == Place(shown, 6)
    assert scenario.place("member.burst") == Place(shown, None)
    assert scenario.replace({"days": 9}).place("days") == Place()
    assert scenario.replace({"days": 9}).place("policies.0") == Place(shown, 3)
    assert Scenario().place("days") == Place()


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("member.activity_sigma=1.5", "member.activity_sigma", 1.5),
        (" days = 180 ", "days", 180),
        ("platform=qq", "platform", "qq"),
        ('platform="qq"', "platform", "qq"),
        ("start=2026-05-04", "start", date(2026, 5, 4)),
        ("title=Ours, this year", "title", "Ours, this year"),
        ("title=a=b", "title", "a=b"),
        ("title=", "title", ""),
        ("policies=[]", "policies", []),
        ("member.burst=15%", "member.burst", "15%"),
        ("x=1\ny=2", "x", "1\ny=2"),
    ],
)
def test_assignments(text, path, value):
    assert parse_assignment(text) == (path, value)


@pytest.mark.parametrize("text", ["days", "=3", "", "a b=3", "days＝3"])
def test_broken_assignments(text):
    with pytest.raises(UserError) as caught:
        parse_assignment(text)
    assert (caught.value.kind, caught.value.reason) == ("wrong_form", "assignment")
    assert caught.value.values["value"] == text


def test_an_assignment_goes_into_replace():
    path, value = parse_assignment("start=2026-05-04")
    assert Scenario().replace({path: value}).start == date(2026, 5, 4)


def test_several_mistakes_come_together():
    with pytest.raises(UserErrors) as caught:
        Scenario.build({"days": 0, "member": {"burst": "x"}, "policies": 3, "kind": "knowlege"})
    assert {error.reason for error in caught.value.errors} == {
        "limits", "number", "policies", "choice",
    }  # fmt: skip
