"""How a run begins: traits' tables, the first members with their past, the groups, the drivers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import ties
from sim.agents import member
from sim.arithmetic import ONE, ZERO, kernel, phase
from sim.draws import FOUNDER, GROUP, HISTORY, SHOCK, normal, quantile, uniforms
from sim.phases.appointing import take_role
from sim.phases.arriving import Traits, closeness, endow, new_row
from sim.phases.weekly import UNKNOWN_VOLUME
from sim.population import (
    ACTIVITY,
    ADMINISTRATOR,
    ENGAGEMENT,
    FAST,
    FIRST_SPOKE,
    GUEST,
    HABIT,
    JOINED,
    LANES,
    LAST_SPOKE,
    LEADER,
    MEDIUM,
    NEVER,
    OWNER,
    SEED_USER,
    SLOW,
    VOLUME,
)  # fmt: skip
from sim.state import AUDIENCE, LAST, LEVEL, LIFE, LUCK, MATTER, NORM, PURPOSE, TAIL, Drivers

if TYPE_CHECKING:
    from sim.scenario import Scenario

_f = np.float32
_KNOTS = 1025
_FOUNDER_CHANNEL = 0


@lru_cache(maxsize=64)
def _tables(restless: float, buy: float, lapse_a: float, lapse_b: float, inflow: float) -> Traits:
    # not scipy.stats, whose import takes longer than a year of a small group
    from scipy.special import betaincinv, gammaincinv, ndtr

    u = ndtr(np.linspace(-5.5, 5.5, _KNOTS))

    def ln_gamma(shape: float) -> Any:
        return np.log(np.maximum(gammaincinv(shape, u) / shape, 1e-30))

    return Traits(
        restless=ln_gamma(restless),
        buy_rate=ln_gamma(buy),
        lapse=betaincinv(lapse_a, lapse_b, u),
        inflow=ln_gamma(inflow),
    )


def trait_tables(scenario: Scenario) -> Traits:
    """Quantile tables of a scenario's traits; made once for equal parameters."""
    m = scenario.member
    return _tables(
        m.restless_shape, m.buy_shape, m.lapse_alpha, m.lapse_beta, scenario.shock.inflow_shape
    )


@kernel
def found(k0, k1, members, groups, c, traits, per_group, creator):
    """The first members of every group, roles first: owner, leaders, seed users, staff, the rest.

    Every group has an account of the owner; the other roles are dealt to the groups in turn.

    Args:
        per_group: int64 of shape (G,): first members of each group.
        creator: Whether groups have an owner.
    """
    owners = len(groups) if creator else 0
    leaders, seeds = int(c.members.leaders), int(c.members.seed_users)
    administrators, guests = int(c.members.administrators), int(c.members.guests)
    number = np.uint32(0)
    for g in range(len(groups)):
        groups[g, TAIL] = -1.0
    for g in range(len(groups)):
        for i in range(per_group[g]):
            row = new_row(members, g, groups[g])
            fit = closeness(k0, k1, number, c, np.int64(_FOUNDER_CHANNEL), 0.0)
            endow(k0, k1, members, row, number, c, traits, np.int64(_FOUNDER_CHANNEL), fit, 0.0)
            turn = i * len(groups) + g - owners
            role = 0
            if turn < 0:
                role = OWNER
            elif turn < leaders:
                role = LEADER
            elif turn < leaders + seeds:
                role = SEED_USER
            elif turn < leaders + seeds + administrators:
                role = ADMINISTRATOR
            elif turn < leaders + seeds + administrators + guests:
                role = GUEST
            take_role(members, row, role, c)
            _remember_past(k0, k1, members, row, number, role, c)
            number += np.uint32(1)
        _acquaint(k0, k1, members, g, c)


@phase
def _past_share(role, activity, c):
    """Share of the past weeks in which a founder of a role spoke."""
    if role == OWNER:
        return 1.0
    share = min(0.999, max(0.001, np.float64(c.members.habit)))
    odds = share / (1.0 - share) * np.float64(activity)
    share = odds / (1.0 + odds)
    if role == LEADER:
        return max(0.9, share)
    if role == SEED_USER:
        return max(0.6, share)
    return share


@phase
def _remember_past(k0, k1, members, row, number, role, c):
    """Write the habit of ``members.history`` weeks before day 0, drawn week by week."""
    b, j = row // LANES, row % LANES
    real = members.real[b]
    weeks = int(c.members.history)
    if weeks == 0:
        members.day[b, JOINED, j] = np.int16(0)
        return
    members.day[b, JOINED, j] = np.int16(-7 * weeks)
    share = _past_share(role, real[ACTIVITY, j], c)
    for w in range(weeks):
        u, _, _, _ = uniforms(k0, k1, number, w, HISTORY, 0)
        spoke = ONE if u < share else ZERO
        started = members.day[b, FIRST_SPOKE, j] != NEVER
        counted = spoke if started else ZERO
        real[FAST, j] = member.remembered(real[FAST, j], member.D2, counted)
        real[MEDIUM, j] = member.remembered(real[MEDIUM, j], member.D8, counted)
        real[SLOW, j] = member.remembered(real[SLOW, j], member.D40, counted)
        if spoke > ZERO:
            day = np.int16(7 * (w - weeks) + 3)
            if not started:
                members.day[b, FIRST_SPOKE, j] = day
            members.day[b, LAST_SPOKE, j] = day
    first = members.day[b, FIRST_SPOKE, j]
    poster = first != NEVER
    known = _f(weeks if not poster else (-np.int64(first) + 6) // 7)
    last = members.day[b, LAST_SPOKE, j]
    silent = _f(weeks if not poster else (-np.int64(last) + 6) // 7)
    real[HABIT, j] = member.habit_logit(
        c.law, real[FAST, j], real[MEDIUM, j], real[SLOW, j],
        real[VOLUME, j] if poster else UNKNOWN_VOLUME, max(ONE, silent), max(ONE, known),
        real[ACTIVITY, j], ONE if poster else ZERO,
    )  # fmt: skip


@phase
def _acquaint(k0, k1, members, g, c):
    """Founders know each other: two neighbours and one of the first members each."""
    if c.tie.founders <= ZERO:
        return
    total = 0
    for b in range(len(members.block_group)):
        total += members.fill[b] if members.block_group[b] == g else 0
    rows = np.empty(total, np.int64)
    k = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            for j in range(members.fill[b]):
                rows[k] = b * LANES + j
                k += 1
    for i in range(total):
        if total > 1:
            ties.strengthen(members, rows[i], rows[(i + 1) % total], c.tie.founders, c.tie.founders)
        u, _, _, _ = uniforms(k0, k1, np.uint32(i), g, FOUNDER, 0)
        core = rows[int(np.float64(u) * min(total, 8))]
        ties.strengthen(members, rows[i], core, c.tie.founders, c.tie.founders)


@kernel
def open_groups(k0, k1, members, groups, c):
    """Groups' quantities before day 0: matter, luck, purpose, expected audience and speakers."""
    for g in range(len(groups)):
        u, v, _, _ = uniforms(k0, k1, np.uint32(g), 0, GROUP, 0)
        groups[g, MATTER] = c.matter.start
        groups[g, LUCK] = np.exp(c.group.luck_sigma * normal(u))
        groups[g, PURPOSE] = c.group.purpose_sigma * normal(v)
        engaged = 0.0
        speakers = 0.0
        for b in range(len(members.block_group)):
            if members.block_group[b] == g:
                for j in range(members.fill[b]):
                    engaged += 0.5 * members.real[b, ENGAGEMENT, j]
                    wish = members.real[b, HABIT, j] + groups[g, PURPOSE]
                    speakers += 1.0 / (1.0 + np.exp(-wish))
        groups[g, AUDIENCE] = engaged
        groups[g, LIFE] = speakers / 4.0
        for k in (LAST, LEVEL, NORM):
            groups[g, k] = np.log(speakers + 1.0)


@kernel
def draw_drivers(k0, k1, days, c, traits, weekday, weekend):
    """The outside world of one run: shocks by week, candidates by day.

    The community shock starts off by ``shock.start`` s, then walks with steps of ``shock.walk`` s
    over the square root of a quarter, and drifts; a weekly noise comes on top (forecasting law).
    Candidates are Poisson with a gamma factor a week and follow the shock in part.
    """
    weeks = days // 7 + 1
    common = np.zeros(weeks)
    message = np.zeros(weeks)
    reach = np.zeros((days, 5))
    posters = np.zeros(days)
    s, v = np.float64(c.shock.volatility), np.float64(c.shock.message_volatility)
    root = np.sqrt(13.0)
    u, w, _, _ = uniforms(k0, k1, np.uint32(0), 0, SHOCK, 0)
    path = c.shock.start * s * normal(u)
    talk = c.shock.start * v * normal(w)
    base = (c.reach.open, c.reach.content, c.reach.giveaway, c.reach.partner, c.reach.business)
    for h in range(weeks):
        u, w, x, y = uniforms(k0, k1, np.uint32(0), h, SHOCK, 1)
        p, _, _, _ = uniforms(k0, k1, np.uint32(0), h, SHOCK, 2)
        path += c.shock.walk * s / root * normal(u)
        talk += c.shock.walk * v / root * normal(w)
        common[h] = path + c.shock.drift * h + c.shock.weekly_noise * normal(x)
        message[h] = np.exp(talk + c.shock.message_drift * h + c.shock.message_noise * normal(y))
        factor = np.exp(quantile(p, traits.inflow))
        factor *= np.exp(c.shock.inflow_share * path)
        for d in range(7 * h, min(days, 7 * h + 7)):
            for k in range(5):
                reach[d, k] = base[k] * factor
    return Drivers(common, message, reach, posters, weekday, weekend)
