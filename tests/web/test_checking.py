"""What is told at once about a work: mistakes where they are, and what a run then really takes."""

import pytest
import works
from hypothesis import HealthCheck, given, settings

from sim.policies.costing import bill_of
from sim.policies.planning import plan_levers, read_plan
from sim.record import ACCOUNTS
from sim.scenario import Scenario
from sim.simulation import Run
from sim.web.checking import check
from sim.web.work import read_work
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
COSTS = slice(ACCOUNTS.index("goods_cost"), ACCOUNTS.index("other") + 1)
MINUTES, NOT_DONE = ACCOUNTS.index("staff_minutes"), ACCOUNTS.index("minutes_not_done")


def answer(words=EN, **values):
    work = works.work(**values)
    return check(work, work.community.preset, words=words)


def plan_of(found, use, number=0):
    return next(one for one in found.variants[number].policies if one.use == use)


@given(works.works())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_sums_are_the_sums_of_their_parts(data):
    found = check(read_work(data), "knowledge", words=ZH)
    assert found.errors == []
    assert len(found.variants) == len(data["variants"]) + 1 == len(found.changes)
    for one in found.variants:
        weeks = -(-data["days"] // 7)
        assert [week.week for week in one.weeks] == list(range(weeks))
        for name in ("money", "minutes"):
            parts = [getattr(part, name) for part in one.policies]
            assert getattr(one, name) == pytest.approx(sum(parts))
            assert getattr(one, name) == pytest.approx(sum(getattr(w, name) for w in one.weeks))
        assert one.minutes_week == pytest.approx(one.minutes * 7 / data["days"])
        for policy in one.policies:
            assert all(policy.start <= day < policy.stop for day in policy.days)


@given(works.works())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_policies_stand_where_the_work_has_them(data):
    found = check(read_work(data), "knowledge", words=EN)
    for one in found.variants:
        for policy in one.policies:
            if policy.at is None:
                continue
            entry = data
            for part in policy.at.split("."):
                entry = entry[int(part)] if part.isdecimal() else entry[part]
            assert policy.use.partition("#")[0] == entry["use"]
    for number, part in enumerate((data, *data["variants"])):
        own = [one.at for one in found.variants[number].policies if one.at]
        prefix = f"variants.{number - 1}.policies" if number else "policies"
        assert own[len(own) - len(part["policies"]) :] == [
            f"{prefix}.{index}" for index in range(len(part["policies"]))
        ]


def test_a_bill_by_hand():
    found = answer(
        days=30, community={"preset": "project"},
        set={"price.content": 20.0, "minutes.content": 45.0, "minutes.packet": 5.0},
        policies=[
            {"use": "value_content", "amount": 2.0, "start": 10, "stop": 20},
            {"use": "red_packet", "amount": 88.0, "every": 7, "rounds": 2},
            {"use": "paid_ads", "budget": 12.5, "every": 10},
        ],
    )  # fmt: skip
    content, packet, ads = found.variants[0].policies[-3:]
    assert (content.money, content.minutes) == (10 * 2 * 20, 10 * 2 * 45)
    assert content.days == list(range(10, 20))
    # five times (days 0, 7, 14, 21, 28), of two packets each, the last on days 28 and 29
    assert packet.days == [0, 7, 14, 21, 28]
    assert (packet.money, packet.minutes) == (5 * 88, 5 * 2 * 5)
    assert (ads.days, ads.money) == ([0, 10, 20], 3 * 12.5)
    weeks = found.variants[0].weeks
    theirs = [plan.money for plan in found.variants[0].policies[:-3]]
    assert sum(week.money for week in weeks) == pytest.approx(400 + 440 + 37.5 + sum(theirs))


STEADY = (
    {"use": "value_content", "amount": 1.5, "every": 2},
    {"use": "daily_topic", "amount": 2.0},
    {"use": "fixed_activity", "every": 3},
    {"use": "moderation", "amount": 0.37, "personal": 0.2},
    {"use": "ritual"},
    {"use": "points_levels", "exchanged": 3.33},
    {"use": "care", "start": 5, "stop": 40},
    {"use": "guest_visit", "start": 10, "every": 20},
    {"use": "offline_meeting", "every": 25},
    {"use": "push_rhythm"},
    {"use": "self_management"},
    {"use": "team_contest", "every": 21},
    {"use": "event", "every": 15},
    {"use": "paid_ads", "budget": 7.77},
    {"use": "brand", "every": 4},
    {"use": "free_course", "every": 30},
)
"""Policies whose money and minutes hang on nobody."""


@pytest.fixture(scope="module")
def booked():
    """What a run of sixty days booked by policy, where there is time for everything."""
    scenario = Scenario.preset("project").replace(
        {"days": 60, "policies": [dict(one) for one in STEADY], "owner.minutes_per_week": 10_080}
    )
    run = Run.start(scenario, seed=3, days=60, levers=plan_levers(scenario))
    run.advance()
    record = run.record()
    return dict(zip(record.policies, record.ledger_policy, strict=True))


def test_a_run_books_what_is_planned(booked):
    found = answer(
        community={"preset": "project"}, days=60, policies=list(STEADY),
        without=[one["use"] for one in Scenario.preset("project").policies],
        set={"owner.minutes_per_week": 10_080},
    )  # fmt: skip
    assert len(found.variants[0].policies) == len(STEADY)
    assert found.variants[0].over == []
    for one in found.variants[0].policies:
        book = booked[one.use]
        assert one.money == book[COSTS].sum() / 100, one.use
        assert one.minutes == book[MINUTES], one.use


def test_what_there_is_no_time_for_is_what_the_operator_leaves_undone():
    scenario = Scenario.preset("project").replace(
        {"days": 42, "policies": [dict(one) for one in STEADY], "owner.minutes_per_week": 300}
    )
    levers = plan_levers(scenario)
    left = levers.planned[:, :, NOT_DONE].sum(axis=0)
    assert left.sum() > 0
    found = answer(
        community={"preset": "project"}, days=42, policies=list(STEADY),
        without=[one["use"] for one in Scenario.preset("project").policies],
        set={"owner.minutes_per_week": 300},
    )  # fmt: skip
    weeks = [week for week in range(6) if left[7 * week : 7 * week + 7].sum()]
    (told,) = found.variants[0].over
    assert told.day == left.nonzero()[0][0]
    assert f"(weeks: {len(weeks)})" in told.message
    hours = left.sum() / 60
    assert f"{hours:.1f} h" in told.message or f"{hours:,.0f} h" in told.message


def test_in_more_groups_more_is_planned():
    def planned(number, **more):
        found = answer(
            community={"preset": "project"},
            policies=[{"use": "care", "amount": 1.0} | more, {"use": "brand"}],
            set={"groups.number": number, "members.initial": 60},
        )
        return [one.minutes for one in found.variants[0].policies[-2:]]

    care, brand = planned(1)
    assert care > 0 < brand
    assert planned(3) == [3 * care, brand]
    assert planned(3, groups=[0, 2]) == [2 * care, brand]


def test_what_waits_says_so():
    found = answer(
        policies=[
            {"use": "adaptive"}, {"use": "event", "when": "speakers_7d < 9"}, {"use": "ritual"},
        ]
    )  # fmt: skip
    adaptive, event, ritual = found.variants[0].policies[-3:]
    assert (adaptive.waits, adaptive.money) == (True, 0)
    assert event.waits
    assert event.money > 0
    assert not ritual.waits


def test_limits_are_told_on_the_day():
    found = answer(
        days=28, community={"preset": "project"}, budget=100.0, minutes=100.0,
        without=[one["use"] for one in Scenario.preset("project").policies],
        set={"minutes.promotion": 0.0, "price.content": 30.0, "minutes.content": 20.0},
        policies=[{"use": "value_content", "amount": 1.0, "stop": 7}],
        variants=[{"name": "x", "policies": [{"use": "paid_ads", "budget": 10, "every": 28}]}],
    )  # fmt: skip
    as_now, more = found.variants
    # 20 minutes a day: over 100 on day 5; 30 yuan a day: over 100 on day 3
    assert [one.day for one in as_now.over] == [3, 5]
    assert [one.day for one in more.over] == [3, 5]
    assert "¥110" in as_now.over[0].message
    assert "¥120" in more.over[0].message
    assert "up to 40 min a week (weeks: 1)" in as_now.over[1].message
    assert (found.budget, found.minutes) == (100.0, 100.0)


def test_mistakes_are_told_where_they_are():
    found = answer(
        policies=[{"use": "event"}, {"use": "evnt"}],
        goal="members", set={"member.wallet_median": 1e9},
    )  # fmt: skip
    assert found.variants == [None]
    assert [(one.code, one.at) for one in found.errors] == [("contradiction/goal", "goal")]
    found = answer(policies=[{"use": "event"}, {"use": "evnt"}])
    assert [(one.code, one.at) for one in found.errors] == [("not_found/policy", "policies.1.use")]
    found = answer(set={"member.wallet_median": 1e9})
    (error,) = found.errors
    assert (error.code, error.at) == ("out_of_range/limits", "set.member.wallet_median")


def test_a_variants_mistake_leaves_the_others_standing():
    bad = [
        {"name": "late", "policies": [{"use": "ritual"}, {"use": "event", "start": 180}]},
        {"name": "good", "policies": [{"use": "event", "start": 179}]},
        {"name": "odd", "policies": [{"use": "event", "intensity": -1.0, "x": 2, "to": "nobody"}]},
        {"name": "gone", "without": ["free_course", "event"]},
        {"name": "set", "set": {"members.leaders": -1}},
    ]
    found = answer(variants=bad)
    assert {one.at: one.code for one in found.errors} == {
        "variants.0.policies.1.start": "never_happens/start",
        "variants.2.policies.0.intensity": "out_of_range/limits",
        "variants.2.policies.0.x": "unknown_key/policy_parameter",
        "variants.2.policies.0.to": "wrong_form/audience",
        "variants.3.without.1": "not_found/without",
        "variants.4.set.members.leaders": "out_of_range/limits",
    }
    assert [one is None for one in found.variants] == [False, True, False, True, True, True]
    assert found.variants[2].name == "good"
    assert plan_of(found, "event", 2).at == "variants.1.policies.0"


@pytest.mark.parametrize("words", [EN, ZH])
def test_messages_name_things_as_people_do(words):
    found = answer(
        words, variants=[{"name": "x", "policies": [{"use": "red_packet", "amount": -1.0}]}]
    )
    (error,) = found.errors
    assert words.policy("red_packet") in error.message
    assert "red_packet" not in error.message
    assert "line" not in error.message
    assert "行" not in error.message


def test_warnings_and_changes_are_told_by_variant():
    found = answer(
        ZH, set={"members.initial": 500}, without=["guest_visit"],
        variants=[
            {"name": "红包", "set": {"members.leaders": 5}, "without": ["free_course"],
             "policies": [{"use": "red_packet", "stop": 90, "amount": 200}] * 2},
        ],
    )  # fmt: skip
    assert {one.variant for one in found.warnings} == {1}
    assert found.changes[0] == ["去掉大咖分享", "群人数：500 人"]
    assert found.changes[1] == [
        "去掉免费课", "起始成员里的意见领袖：3 人 → 5 人",
        "红包，第 0 天到第 89 天，每 7 天，每次 200 元",
        "红包 #2，第 0 天到第 89 天，每 7 天，每次 200 元",
    ]  # fmt: skip
    assert [one.name for one in found.variants] == ["现在这样", "红包"]


def test_a_fitted_community_can_be_checked(tmp_path):
    path = tmp_path / "community.toml"
    path.write_text(Scenario.preset("project").to_toml(full=True), encoding="utf-8")
    work = works.work(community={"upload": "t1"}, policies=[{"use": "ritual"}])
    found = check(work, str(path), words=EN)
    assert found.errors == []
    assert found.variants[0].policies[-1].at == "policies.0"


def test_every_policy_can_be_planned_without_the_compiler_as_with_it():
    from sim.levers import Levers
    from sim.policies.base import PolicyLevers
    from sim.policies.registry import policy_keys

    scenario = Scenario.preset("mixed").replace(
        {"policies": [{"use": key} for key in policy_keys()], "days": 90}
    )
    for one in read_plan(scenario).policies:
        sheet = PolicyLevers(Levers.neutral(90, scenario.groups.number), scenario)
        one.policy.plan(one.calendar, sheet)
        number = scenario.groups.number
        assert bill_of(one, scenario).deeds == {
            day: (deed.fen(number), deed.minutes(number)) for day, deed in sheet.deeds.items()
        }
