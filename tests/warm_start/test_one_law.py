"""With no policy the engine's chance to speak is the law of the log, member by member."""

import numpy as np
import pytest
from numba import njit

from sim.coefficients import coefficients
from sim.draws import LOOK, uniforms
from sim.logs.law import chance
from sim.logs.replay import replay
from sim.logs.table import WEEK, build_table
from sim.phases.chances import speaking_chances
from sim.population import LANES, WORD_INDEX
from sim.warm_start import run_from_community

LOGS = ("irc_zig", "forum_urho3d", "slack_racket_general")


def chances(run, day):
    """Chance of every row to speak on a day, as the engine has it now."""
    c = coefficients(run.scenario)
    levers = run.levers.values[day]
    out = speaking_chances(day, run.members, run.groups, c, levers, run.drivers)
    rows = run.members.rows
    return out[rows // LANES, rows % LANES].astype(np.float64)


def weekly_chances(run):
    """1 - product over the days of the coming week of the chance not to speak."""
    silent = np.ones(run.members.rows.size)
    for day in range(run.day, run.day + 7):
        silent *= 1.0 - chances(run, day)
    return 1.0 - silent


@njit
def look(k0, k1, who, day):
    """The uniform on which phase 3 decides."""
    u = np.empty(len(who))
    for i in range(len(who)):
        u[i] = uniforms(k0, k1, who[i], day, LOOK, 0)[0]
    return u


def law_chances(states, community, shock):
    z = states.terms()
    return chance(community.law.coefficients, z=z, shock=shock)


def continued(table, community, run, weeks):
    """The log, and after it what the engine simulated: a week's messages in its middle."""
    names = list(table.names)
    before = np.zeros(run.members.rows.size, dtype=np.int64)
    seconds, who = [table.seconds], [table.member]
    for week in range(weeks):
        run.advance(7 * week + 7)
        rows = run.members.rows
        total = run.members.word[rows // LANES, WORD_INDEX["messages"], rows % LANES]
        new = total.astype(np.int64)
        new[: before.size] -= before
        before = total.astype(np.int64)
        names += [f"new{row}" for row in range(len(names), rows.size)]
        who.append(np.repeat(np.arange(rows.size), new).astype(np.int32))
        middle = community.start + week * WEEK + WEEK // 2
        seconds.append(np.full(int(new.sum()), middle))
    member = np.concatenate(who)
    return build_table(
        np.concatenate(seconds), member, np.zeros(member.size, np.uint8),
        np.full(member.size, -1, np.int32), np.full(member.size, np.nan), names=tuple(names),
    )  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_the_engine_starts_with_the_law_of_the_log(from_log, name):
    _, community, scenario = from_log(name)
    run = run_from_community(community, seed=3, scenario=scenario, leaving=False)
    law = law_chances(community.states, community, run.drivers.common[0])
    assert run.members.rows.size == law.size == community.states.member.size
    assert law.max() > 0.5
    np.testing.assert_allclose(weekly_chances(run), law, rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", LOGS)
def test_the_engine_keeps_the_law_of_the_log(from_log, name):
    table, community, scenario = from_log(name)
    weeks = 9
    run = run_from_community(community, seed=4, scenario=scenario, leaving=False)
    log = continued(table, community, run, weeks)
    states = replay(log, until=community.start + weeks * WEEK)
    law = law_chances(states, community, run.drivers.common[weeks])
    # Rows of the engine: known members in order of the first message, then newcomers by arrival;
    # newcomers' names were given by row, and the table renumbers by first appearance.
    row = np.array([int(log.names[m][3:]) if log.names[m][:3] == "new" else -1
                    for m in states.member])  # fmt: skip
    known = row < 0
    order = {table.names[m]: k for k, m in enumerate(community.states.member)}
    row[known] = [order[log.names[m]] for m in states.member[known]]
    assert (~known).sum() > 3
    assert sorted(row) == list(range(run.members.rows.size))
    np.testing.assert_allclose(weekly_chances(run)[row], law, rtol=0, atol=1e-5)


def test_the_day_draws_against_these_chances(from_log):
    _, community, scenario = from_log("slack_racket_general")
    run = run_from_community(community, seed=5, scenario=scenario, leaving=False)
    said = 0
    for day in range(12):
        run.advance(day)
        ahead = chances(run, day)
        rows = run.members.rows
        who = run.members.word[rows // LANES, WORD_INDEX["id"], rows % LANES]
        u = look(*run.key, who, day)
        run.advance(day + 1)
        last = run.members.column("last_spoke")[rows // LANES, rows % LANES]
        sure = np.abs(u - ahead) > 1e-6  # closer is a matter of rounding
        np.testing.assert_array_equal((last == day)[sure], (u < ahead)[sure])
        said += int((last == day).sum())
    assert said > 20


@pytest.mark.parametrize(
    "name",
    [
        "slack_racket_general",
        pytest.param("irc_zig", marks=pytest.mark.slow),
        pytest.param("forum_urho3d", marks=pytest.mark.slow),
    ],
)
def test_formal_leaving_hardly_moves_speakers(from_log, name):
    """Those who left are silent in the log: the law has them already."""
    _, community, scenario = from_log(name)
    total = np.zeros(2)
    for replicate in range(50):
        for leaving in (False, True):
            run = run_from_community(
                community, seed=6, replicate=replicate, scenario=scenario, leaving=leaving
            )
            run.advance()
            total[int(leaving)] += run.record().weekly[:, 0, 0].sum()
    assert 0.0 < abs(total[1] / total[0] - 1.0) < 0.05
