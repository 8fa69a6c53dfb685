"""From a scenario's policies to levers: values, names, mistakes with their places, cautions."""

import numpy as np
import pytest

from sim.errors import UserError, UserErrors
from sim.levers import LEVER_INDEX, NEUTRAL
from sim.policies.planning import parse_policy, plan_levers, read_plan
from sim.record import ACCOUNTS
from sim.scenario import Scenario
from sim.words import Words

SMALL = Scenario.build(
    {"members": {"initial": 30, "leaders": 1, "seed_users": 2, "administrators": 0}, "days": 30}
)


def lever(levers, name):
    return levers.values[:, 0, LEVER_INDEX[name]]


def planned(levers, account, policy=1):
    return levers.planned[policy, :, ACCOUNTS.index(account)]


def plan(*entries, **options):
    return plan_levers(SMALL, extra=entries, **options)


def test_content_is_posted_and_paid_on_its_days():
    levers = plan({"use": "value_content", "amount": 2, "start": 4, "stop": 12, "every": 3})
    days = [4, 7, 10]
    assert np.flatnonzero(lever(levers, "content")).tolist() == days
    assert set(lever(levers, "content")[days]) == {2.0}
    assert np.flatnonzero(planned(levers, "content")).tolist() == days
    assert planned(levers, "content")[4] == round(100 * 2 * SMALL.price.content)
    assert planned(levers, "staff_minutes").sum() == 3 * 2 * SMALL.minutes.content
    assert levers.policies == ("scenario", "value_content")


def test_the_owner_s_freshness_halves():
    scenario = SMALL.replace({"owner.half_life": 30.0, "days": 61})
    levers = plan_levers(scenario, extra=[{"use": "value_content", "quality": 1.6}])
    quality = lever(levers, "quality")
    assert quality[[0, 30, 60]] == pytest.approx([1.6, 0.8, 0.4], rel=1e-6)


def test_nobody_writes_when_the_owner_is_gone():
    scenario = SMALL.replace({"owner.leaves_on": 5})
    levers = plan_levers(scenario, extra=[{"use": "value_content"}])
    assert np.flatnonzero(lever(levers, "content")).tolist() == [0, 1, 2, 3, 4]
    assert planned(levers, "content").sum() == 5 * round(100 * scenario.price.content)


def test_packets_leave_the_money_to_the_day():
    levers = plan({"use": "red_packet", "amount": 88.8, "shares": 6})
    assert np.flatnonzero(lever(levers, "packet")).tolist() == [0, 7, 14, 21, 28]
    assert lever(levers, "packet")[7] == np.float32(88.8)
    assert lever(levers, "packet_parts")[7] == 6
    booked = np.flatnonzero(levers.planned.sum(axis=(0, 1)))
    assert booked.tolist() == [ACCOUNTS.index("staff_minutes")]
    assert (levers.booker[7, :, LEVER_INDEX["packet"]] == 1).all()


@pytest.mark.parametrize("use", ["value_content", "red_packet"])
def test_what_is_off_leaves_no_trace(use):
    levers = plan({"use": use, "amount": 0})
    assert (levers.values == NEUTRAL).all()
    assert not levers.booker.any()
    assert not levers.planned.any()
    assert levers.policies == ("scenario",)


def test_repeated_policies_are_numbered():
    entries = [{"use": "red_packet", "start": day} for day in (0, 1, 2)]
    levers = plan(*entries)
    names = ("scenario", "red_packet", "red_packet#2", "red_packet#3")
    assert levers.policies == names
    assert lever(levers, "packet")[:4].tolist() == [50, 50, 50, 0]
    assert levers.booker[2, 0, LEVER_INDEX["packet"]] == 3


def test_the_horizon_may_be_given():
    assert plan({"use": "red_packet"}, days=90).values.shape[0] == 90


def cautions(*entries):
    return [(one.key, dict(one.values)) for one in read_plan(SMALL, extra=entries).cautions]


def test_the_same_twice_is_probably_not_meant():
    packet = {"use": "red_packet", "amount": 5}
    assert cautions(packet, dict(packet)) == [("warning.duplicate", {"policy": "red_packet"})]
    assert cautions(packet, {**packet, "start": 14, "amount": 6}) == [
        ("warning.same_day", {"policy": "red_packet", "day": 14})
    ]
    assert cautions(packet, {**packet, "start": 1}) == []
    assert cautions(packet, {**packet, "amount": 0}) == []
    assert cautions(packet, {"use": "value_content"}) == []


def mistakes(*entries, scenario=SMALL):
    with pytest.raises(UserError) as caught:
        read_plan(scenario, extra=entries)
    errors = caught.value.errors if isinstance(caught.value, UserErrors) else [caught.value]
    for error in errors:
        for lang in ("en", "zh"):
            assert "?" not in Words(lang).error(error).replace("?", "", 1)
    return [(error.kind, error.reason, error.values.get("key")) for error in errors]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"use": "red_paket"}, ("not_found", "policy", None)),
        ({"amuont": 1}, ("unknown_key", "parameter", "red_packet.amuont")),
        ({"zzz": 1}, ("unknown_key", "policy_parameter", "red_packet.zzz")),
        ({"amount": -1}, ("out_of_range", "limits", "red_packet.amount")),
        ({"amount": "50"}, ("wrong_form", "number", "red_packet.amount")),
        ({"amount": True}, ("wrong_form", "number", "red_packet.amount")),
        ({"shares": 2.5}, ("wrong_form", "whole_number", "red_packet.shares")),
        ({"every": 0}, ("out_of_range", "limits", "red_packet.every")),
        ({"start": "1"}, ("wrong_form", "number", "red_packet.start")),
        ({"start": 30}, ("never_happens", "start", None)),
        ({"start": 9, "stop": 9}, ("never_happens", "stop", None)),
    ],
)
def test_mistakes(entry, expected):
    assert mistakes({"use": "red_packet", **entry}) == [expected]


def test_all_mistakes_at_once_with_their_lines():
    text = """
name = "wrong"
days = 30

[[policies]]
use = "red_packet"
amount = -1
start = 200

[[policies]]
use = "red_paket"
"""
    scenario = Scenario.parse(text, file="wrong.toml")
    with pytest.raises(UserErrors) as caught:
        read_plan(scenario)
    found = [(one.kind, one.values["file"], one.values["line"]) for one in caught.value.errors]
    assert found == [
        ("never_happens", "wrong.toml", 8),
        ("out_of_range", "wrong.toml", 7),
        ("not_found", "wrong.toml", 11),
    ]
    assert Words("en").error(caught.value).splitlines()[0] == (
        "Never happens: red_packet starts on day 200, the run ends on day 29 (wrong.toml, line 8). "
        "Set days above 200, or start earlier"
    )


def test_a_policy_that_raises_is_told(monkeypatch):
    from sim.policies.red_packet import RedPacket

    def broken(*_):
        raise ZeroDivisionError("of no interest")

    monkeypatch.setattr(RedPacket, "plan", broken)
    with pytest.raises(UserError) as caught:
        plan({"use": "red_packet"})
    assert (caught.value.kind, caught.value.reason) == ("policy_failed", "planning")
    assert caught.value.values["detail"] == "ZeroDivisionError: of no interest"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("red_packet", {"use": "red_packet"}),
        ("red_packet:amount=200", {"use": "red_packet", "amount": 200}),
        ("red_packet: amount=2.5, every=3", {"use": "red_packet", "amount": 2.5, "every": 3}),
        ("red_packet：amount＝200，every=3", {"use": "red_packet", "amount": 200, "every": 3}),
        ("x:who=[1, 2],say='a,b'", {"use": "x", "who": [1, 2], "say": "a,b"}),
        ("x:who=leaders,every=3", {"use": "x", "who": "leaders", "every": 3}),
    ],
)
def test_policies_on_the_command_line(text, entry):
    assert parse_policy(text) == entry


@pytest.mark.parametrize("text", ["", ":amount=1", "red_packet:", "red_packet:amount", "a:=1"])
def test_what_says_no_policy_is_told(text):
    with pytest.raises(UserError) as caught:
        parse_policy(text)
    assert (caught.value.kind, caught.value.reason) == ("wrong_form", "policy_option")
