"""Whole runs: every KPI against the event table, and the edge cases of the dictionary."""

import dataclasses
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.metrics import NEVER, REGISTRY, broken_identities, daily_columns, run_kpis, summarise
from sim.metrics.stage import STAGES

STAFF = {3, 4, 5}
SHARES = [key for key, kpi in REGISTRY.items() if kpi.unit == "share"]


def share(part, whole):
    whole = list(whole)
    return sum(map(part, whole)) / len(whole) if whole else None


def spoke(person, first, last):
    return any(first <= day <= last for day, number in person.messages.items() if number)


def first_day(events):
    return min((day for day, number in events.items() if number > 0), default=math.inf)


def from_events(people, days):
    """The KPIs that one pass over people and days gives, by the words of the dictionary."""
    end = days - 1
    ordinary = [p for p in people if p.role not in STAFF]
    newcomers = [p for p in ordinary if p.joined >= 0]
    current = [p for p in ordinary if p.left < 0]
    present = sum(p.present(day) for p in ordinary for day in range(days))
    written = sum(sum(p.messages.values()) for p in ordinary)
    opened = sum(len(p.opened | set(p.messages)) for p in ordinary)
    speaker_days = sum(len(p.messages) for p in ordinary)
    lately = [p for p in ordinary if spoke(p, days - 30, end)]
    thirty = [p for p in newcomers if p.joined <= days - 30]
    payers = [p for p in people if first_day(p.paid) < math.inf]

    def silent(window):
        tenured = [p for p in current if p.joined < 0 or p.joined <= end - window + 1]
        return share(lambda p: not spoke(p, max(0, end - window + 1), end), tenured)

    def stayed(p):
        return (end if p.left < 0 else p.left) - max(p.joined, 0) + 1

    def brought(p):
        return sum(
            q.joined >= 0 and q.inviter >= 0 and people[q.inviter] is p and q.joined < p.joined + 30
            for q in people
        )

    posters = [p for p in ordinary if first_day(p.messages) <= days - 30]
    seven = [p for p in newcomers if p.joined <= days - 7]
    last_month = range(max(0, days - 30), days)
    daily = sum(spoke(p, day, day) for p in ordinary for day in last_month)
    return {
        "members": sum(p.left < 0 for p in people),
        "net_joins": sum(p.joined >= 0 for p in people) - sum(p.left >= 0 for p in people),
        "payers": len(payers),
        "interaction_rate": speaker_days / present if present else None,
        "open_rate": opened / present if present else None,
        "message_density": written / present if present else None,
        "messages_per_speaker": written / speaker_days if speaker_days else None,
        "mute_share": share(lambda p: p.muted, current),
        "silent_share_7d": silent(7),
        "silent_share_30d": silent(30),
        "active_7d": sum(spoke(p, days - 7, end) for p in current),
        "active_30d": sum(spoke(p, days - 30, end) for p in current),
        "stickiness": daily / len(last_month) / len(lately) if len(lately) >= 5 else None,
        "activation_d7": share(lambda p: first_day(p.messages) - p.joined <= 6, seven),
        "one_and_done": share(lambda p: sum(p.messages.values()) == 1, posters),
        "effective_joins": sum(
            p.left < 0 and any(day >= days - 30 for day in p.opened | set(p.messages))
            for p in newcomers
        ),
        "k_factor": sum(map(brought, thirty)) / len(thirty) if thirty else None,
        "never_spoke": share(lambda p: not p.messages, [p for p in ordinary if stayed(p) >= 30]),
        "conversion_30d": share(lambda p: first_day(p.paid) - p.joined <= 29, thirty),
        "arppu": sum(sum(p.paid.values()) for p in people) / 100 / len(payers) if payers else None,
    }


@pytest.mark.parametrize("days", [1, 6, 7, 29, 30, 31, 75, 130])
@pytest.mark.parametrize("seed", range(6))
def test_the_record_gives_what_the_events_say(seed, days, make_people, make_record):
    people = make_people(seed, days=days, groups=1 + seed % 2)
    record = make_record(people, days=days, groups=1 + seed % 2)
    expected = from_events(people, days)
    found = run_kpis(record, keys=expected)
    assert found == {key: pytest.approx(value) for key, value in expected.items()}


@given(st.integers(0, 10_000), st.integers(1, 130), st.integers(0, 30), st.integers(1, 3))
@settings(max_examples=40)
def test_what_holds_in_every_run(make_people, make_record, seed, days, size, groups):
    people = make_people(seed, days=days, size=size, groups=groups)
    record = make_record(people, days=days, groups=groups)
    assert broken_identities(record) == []
    found = run_kpis(record)
    assert list(found) == list(REGISTRY)
    for key, value in found.items():
        if key == "stage":
            assert value in STAGES
        elif isinstance(value, str):
            assert value == NEVER
            assert REGISTRY[key].may_never
        elif value is None:
            assert REGISTRY[key].because
        else:
            assert type(value) is float
            assert math.isfinite(value)
    for key in SHARES:
        assert found[key] is None or 0 <= found[key] <= 1
    for kind in ("retention", "voluntary_retention"):
        curve = [found[f"{kind}_d{days}"] for days in (7, 30, 90)]
        known = [value for value in curve if value is not None]
        assert known == sorted(known, reverse=True)
    assert found["payers"] <= int(record.total("payers").sum())
    assert found["profit"] == pytest.approx(found["revenue"] - found["cost"])
    assert found["effective_joins"] <= found["joins"]
    assert found["active_7d"] <= found["active_30d"] <= found["members"]
    json.dumps(summarise([found]), allow_nan=False)


def every_kpi_is_safe(record):
    found = run_kpis(record)
    assert all(value is None or isinstance(value, str | float) for value in found.values())
    return found


@pytest.mark.parametrize("days", [1, 6, 7, 29, 30, 31, 365])
def test_an_empty_group(days, make_record):
    found = every_kpi_is_safe(make_record([], days=days))
    undefined = {key for key, value in found.items() if value is None}
    assert undefined == {key for key, kpi in REGISTRY.items() if kpi.because}


@pytest.mark.parametrize("days", [1, 30, 60])
def test_the_owner_alone_is_no_activity(days, person, make_record):
    owner = person(role=3, messages=dict.fromkeys(range(days), 5))
    found = every_kpi_is_safe(make_record([owner], days=days))
    assert found["members"] == 1
    assert found["speakers"] == 1
    assert found["messages"] == 5 * days
    assert found["interaction_rate"] is None
    assert found["member_speakers"] == 0
    assert found["active_30d"] == 0
    assert found["stage"] == ("sprout" if days == 1 else "dormant")
    assert found["alive_end"] == (days == 1)
    assert found["gini_messages"] == 0


def test_nobody_speaks_and_nobody_joins(person, make_record):
    record = make_record([person(role=3), *(person() for _ in range(9))], days=40)
    found = every_kpi_is_safe(record)
    assert found["interaction_rate"] == 0
    assert found["messages_per_speaker"] is None
    assert found["silent_share_30d"] == 1
    assert found["never_spoke"] == 1
    assert found["half_life_days"] is None
    assert found["retention_d7"] is None
    assert found["k_factor"] is None


def test_everybody_leaves_on_day_zero(person, make_record):
    record = make_record([person(left=0) for _ in range(5)], days=60)
    found = every_kpi_is_safe(record)
    assert found["members"] == 0
    assert found["leaves"] == 5
    assert found["arpu"] is None
    assert found["mute_share"] is None
    assert found["interaction_rate"] == 0


def test_in_and_out_on_one_day(person, make_record):
    visitor = person(joined=10, left=10, messages={10: 2}, paid={10: 990})
    found = every_kpi_is_safe(make_record([visitor], days=60))
    ones = ("joins", "leaves", "payers", "interaction_rate", "activation_d7", "conversion_30d")
    assert {key: found[key] for key in ones} == dict.fromkeys(ones, 1.0)
    assert found["members"] == 0
    assert found["revenue"] == 9.9
    assert found["retention_d7"] == 0


def test_joining_on_the_last_day_is_in_no_cohort(person, make_record):
    late = person(joined=59, messages={59: 1}, paid={59: 1})
    found = every_kpi_is_safe(make_record([late], days=60))
    assert found["joins"] == 1
    for key in ("activation_d7", "conversion_30d", "k_factor", "retention_d7", "one_and_done"):
        assert found[key] is None


def test_a_payment_of_nothing_is_no_payment(person, make_record):
    found = run_kpis(make_record([person(joined=0, paid={1: 0})], days=40))
    assert found["payers"] == 0
    assert found["conversion_30d"] == 0


def test_removed_and_invited_again_is_two_stays_of_one_person(person, make_record):
    first = person(id=7, joined=0, left=10, pruned=True, messages={5: 3}, paid={5: 100})
    second = person(id=7, joined=20, messages={59: 1}, paid={30: 100})
    other = person(id=8, joined=0, messages={0: 4})
    found = run_kpis(make_record([first, second, other], days=60))
    assert found["joins"] == 3
    assert found["payers"] == 1
    assert found["active_7d"] == 1
    assert found["gini_messages"] == 0  # four messages each
    assert found["retention_d7"] == 1
    assert found["retention_d30"] == pytest.approx(2 / 3)  # one of three at risk left on day 10


def test_a_split_counts_persons_once(person, make_record):
    people = [person(messages={5: 1}), person(group=1, messages={5: 1})]
    moved = {(3, "moved_in"): 1, (3, "moved_out"): 1}
    record = make_record(people, days=10, groups=2, daily=moved)
    found = run_kpis(record)
    assert found["members"] == 2
    assert found["active_7d"] == 2
    assert found["joins"] == 0
    assert broken_identities(record) == []


def test_only_what_is_asked_in_that_order(person, make_record):
    record = make_record([person()], days=3)
    assert list(run_kpis(record, keys=["revenue", "members"])) == ["revenue", "members"]
    with pytest.raises(KeyError):
        run_kpis(record, keys=["health_score"])


def test_broken_books_are_named(person, make_record):
    record = make_record([person(paid={1: 500})], days=3)
    assert broken_identities(record) == []
    record.ledger[1, 0] += 1
    record.daily[0, 0, 0] += 1
    broken = broken_identities(record)
    assert set(broken) == {"revenue", "policies", "members"}
    twice = dataclasses.replace(record, initial_members=2)
    assert "members" in broken_identities(twice)


def test_the_daily_table_agrees_with_the_run(make_people, make_record):
    record = make_record(make_people(3, days=60, groups=2), days=60, groups=2)
    table, found = daily_columns(record), run_kpis(record)
    assert table["members"][-1] == found["members"]
    assert table["messages"].sum() == found["messages"]
    assert table["profit"].sum() == pytest.approx(found["profit"])
    assert STAGES[table["stage"][-1]] == found["stage"]
