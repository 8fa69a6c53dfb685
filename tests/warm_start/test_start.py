import numpy as np
import pytest

from sim.logs.community import community_from_log
from sim.logs.speaking_days import RECENT_WEEKS
from sim.population import LANES
from sim.state import LAST, LEVEL, NORM, WEEKS
from sim.warm_start import run_from_community, scenario_from_community

LOGS = ("irc_zig", "slack_racket_general", "mail_cf_metadata")


def test_every_known_member_has_a_row(from_log):
    _, community, scenario = from_log("irc_zig")
    run = run_from_community(community, scenario=scenario)
    states, members = community.states, run.record().members
    assert members.id.tolist() == states.member.tolist()
    assert set(members.channel) == {7}
    assert set(members.role) == {0}
    rows = run.members.rows
    at = rows // LANES, rows % LANES
    for position, name in enumerate(("fast", "medium", "slow")):
        column = run.members.column(name)[at]
        np.testing.assert_allclose(column, states.habits[position], rtol=1e-6)
    np.testing.assert_allclose(run.members.column("volume")[at], states.volume, rtol=1e-6)
    for name, weeks in (("last_spoke", states.weeks_silent), ("first_spoke", states.weeks_known)):
        days = run.members.column(name)[at].astype(int)
        np.testing.assert_array_equal(days // 7, -weeks)
    group = run.groups[0]
    level = states.level
    assert (group[LAST], group[LEVEL], group[NORM], group[WEEKS]) == (
        level.last, level.short, level.long, states.week,
    )  # fmt: skip


def test_scenario_follows_the_calendar_of_the_log(from_log):
    _, community, scenario = from_log("irc_zig")
    assert scenario.first_weekday == community.first_weekday
    assert scenario.days == 182
    assert scenario.members.initial == community.states.member.size
    np.testing.assert_allclose(
        run_from_community(community, scenario=scenario).drivers.weekday, community.weekday,
        rtol=1e-9,
    )  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_the_first_week_has_the_days_and_messages_of_the_log(from_log, name):
    """In expectation, given who speaks: without shocks, over runs that the fit has not seen."""
    _, community, scenario = from_log(name)
    quiet = scenario.replace({"shock.message_noise": 0.0, "shock.message_volatility": 0.0,
                              "shock.message_drift": 0.0})  # fmt: skip
    recent = community.days
    log_days = recent.days.mean()
    expected = said = days = speakers = 0.0
    for replicate in range(150):
        run = run_from_community(
            community, seed=77, replicate=replicate, weeks=1, scenario=quiet, leaving=False
        )
        run.drivers.common[:] = 0.0
        run.drivers.posters[:] = 0.0
        run.advance()
        record = run.record()
        spoke = record.members.messages > 0
        expected += community.messages.mean(community.states.volume[spoke]).sum()
        said += record.total("messages").sum()
        days += record.total("speakers").sum()
        speakers += spoke.sum()
    assert said / expected == pytest.approx(1.0, abs=0.12)
    assert days / speakers == pytest.approx(log_days, rel=0.15)


def test_newcomers_of_the_first_week_write_what_recent_ones_wrote(from_log):
    _, community, scenario = from_log("irc_zig")
    counts = []
    for replicate in range(100):
        run = run_from_community(
            community, seed=8, replicate=replicate, weeks=1, scenario=scenario, leaving=False
        )
        run.drivers.message[:] = 1.0
        run.advance()
        members = run.record().members
        counts.append(members.messages[members.joined >= 0])
    counts = np.concatenate(counts)
    assert counts.min() >= 1  # who comes by the log's inflow comes speaking
    assert counts.mean() == pytest.approx(community.first_counts.mean(), rel=0.3)


def test_speaking_days_are_counted_in_recent_weeks(make_table):
    rows = [(7.0 * week + day, name) for week in range(40) for day, name in
            ((0.1, "a"), (0.2, "a"), (2.1, "a"), (3.1, "b"))]  # fmt: skip
    table = make_table([*rows, (279.9, "b")])
    days = community_from_log(table).days
    assert days.days.size == 2 * RECENT_WEEKS
    assert sorted(set(zip(days.days.tolist(), days.messages.tolist(), strict=True))) == [
        (1, 1), (2, 2), (2, 3),
    ]  # fmt: skip
    assert days.logit.min() > 1.0  # they speak every week


def test_runs_are_reproducible_and_paired(from_log):
    _, community, scenario = from_log("slack_racket_general")
    first, again, other = (
        run_from_community(community, seed=seed, replicate=1, scenario=scenario, weeks=8)
        for seed in (1, 1, 2)
    )
    for run in (first, again, other):
        run.advance()
    np.testing.assert_array_equal(first.record().daily, again.record().daily)
    assert (first.record().weekly != other.record().weekly).any()


def test_a_log_of_one_member_runs(make_table):
    table = make_table([(7.0 * week + 1, "a") for week in range(12)])
    run = run_from_community(community_from_log(table), weeks=30)
    run.advance()
    assert run.record().weekly.shape == (30, 1, 3)


def wrote_and_should_have(community, scenario, *, runs):
    """Messages of the last week of half a year without shocks, and what the weekly law expects."""
    said = expected = 0.0
    for replicate in range(runs):
        run = run_from_community(
            community, seed=12, replicate=replicate, scenario=scenario, leaving=False
        )
        run.drivers.common[:] = 0.0
        run.drivers.message[:] = 1.0
        run.advance(175)
        rows = run.members.rows
        at = rows // LANES, rows % LANES
        volume = run.members.column("volume")[at].astype(float)
        known = run.members.column("first_spoke")[at] >= -32_000
        before = run.members.column("messages")[at].astype(int)
        run.advance(182)
        wrote = run.members.column("messages")[at].astype(int) - before
        active = known & (wrote > 0)
        said += wrote[active].sum()
        expected += community.messages.mean(volume[active]).sum()
    return said, expected


def test_messages_keep_the_level_of_the_law(from_log):
    """Members write what the weekly law expects of their volumes, after half a year too.

    The volume remembers what was written, so a small bias in a week would grow to several times.
    """
    _, community, scenario = from_log("irc_zig")
    said, expected = wrote_and_should_have(community, scenario, runs=12)
    assert said / expected == pytest.approx(1.0, abs=0.2)


def test_a_handful_of_members_keep_writing_as_much(make_table):
    """However few look in: in a small group engagement settles low, answers must not follow it."""
    rng = np.random.default_rng(5)
    rows = [
        (7 * week + rng.uniform(0, 3), f"m{who}")
        for week in range(60)
        for who in range(6)
        if rng.random() < 0.5
        for _ in range(1 + rng.poisson(9))
    ]
    community = community_from_log(make_table(rows))
    scenario = scenario_from_community(community)
    said, expected = wrote_and_should_have(community, scenario, runs=80)
    assert said / expected == pytest.approx(1.0, abs=0.3)
