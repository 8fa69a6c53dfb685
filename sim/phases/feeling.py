"""Phase 5: what members got out of the day, and what it does to engagement, trust and fatigue."""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim.agents import member
from sim.arithmetic import HALF, ONE, ZERO, exp, phase
from sim.phases.opening import stimulus
from sim.phases.unpacking import (
    CARING,
    HAS_OPENED,
    HAS_SPOKEN,
    IDENTITY,
    IS_HUNTER,
    IS_MUTED,
    MET,
    NOISE,
    OFFERED,
    PROMOTED,
    SPARE0,
    SPARE1,
    SPARE2,
    SPARE3,
    SUBSTANCE,
    TREAT,
)
from sim.population import (
    COMPANY,
    ENGAGEMENT,
    FATIGUE,
    FIT,
    GOT,
    GRIEF,
    LANES,
    LIFT,
    POINTS,
    STANDING,
    TOLERANCE,
    TRUST,
)  # fmt: skip

_f = np.float32
_QUALITY_BASE, _QUALITY_MATCH = _f(0.4), _f(0.6)
_IDENTITY = _f(0.08)
_PERSONAL, _PROMO_NOISE, _RITUAL_NOISE = _f(0.7), _f(3.0), _f(0.25)


@phase
def weigh_benefit(c, dose, group, openers, met):
    """What members meet in phase 5: noise, substance, treats, care and promotion.

    Args:
        c: Coefficients.
        dose: float32 of shape (len(LEVERS),): levers for members of some audiences.
        group: float64 of shape (len(GROUP),).
        openers: Members who opened the group.
        met: float32: one number for each working column from ``MET`` on; written to.
    """
    _, treat = stimulus(c, dose, group)
    noise = _PROMO_NOISE * dose[lv.PROMO] + _RITUAL_NOISE * dose[lv.RITUAL] * _f(openers)
    met[NOISE - MET] = noise + dose[lv.PUSH_NOISE]
    met[SUBSTANCE - MET] = c.benefit.piece * dose[lv.CONTENT] * dose[lv.QUALITY]
    met[OFFERED - MET] = dose[lv.QUALITY] * (dose[lv.CONTENT] + _f(0.3) * dose[lv.SOFT])
    met[TREAT - MET] = _f(treat)
    met[IDENTITY - MET] = _IDENTITY * (dose[lv.RITUAL] + dose[lv.CARE])
    met[PROMOTED - MET] = dose[lv.PROMO] + _f(0.25) * dose[lv.SOFT]
    met[CARING - MET] = dose[lv.CARE]


@phase
def feel(members, b, c, today, plain_breadth, said, kept, pieces, openers, work):
    """Phase 5 for one block.

    Two net benefits are formed from the same day: the actual one, and the one the same talk would
    have given without the operator's actions. Engagement follows the first; their difference moves
    ``lift``, the part of engagement that the operator made. Without an operator both are equal and
    ``lift`` stays exactly 0, so that the return law holds by itself.

    Args:
        plain_breadth: Breadth of the group's topics (``opening.topics``), float32.
        said: Messages written in the group today, before deletion.
        kept: Messages that members could read.
        pieces: Pieces and prompts of the operator among them.
        openers: Members who opened the group.
        work: Working columns with the block's flags and what its members meet.
    """
    real = members.real[b].reshape(-1)
    benefit, cost, trust, engaging = co.benefit(c), co.cost(c), co.trust(c), co.engagement(c)
    memory = c.role.standing_memory
    trust_start = c.member.trust_start
    personal = _PERSONAL * today[lv.PERSONAL]
    plain_astray = _f(min(0.9, c.talk.offtopic * (1.0 + 0.5 * openers / 500.0)))
    # deleting adds nothing to read: it takes away what nobody wanted, and some of what some did
    spared = ONE - _f(0.15) * today[lv.MODERATION] * plain_breadth
    volume, plain, ops = _f(kept), _f(said - pieces), _f(pieces)
    game, service = today[lv.POINTS_GAME], today[lv.SERVICE]
    half_life = exp(-_f(0.6931472) / c.fatigue.half_life)
    for j in range(LANES):
        q = member.interest(plain_breadth, real[FIT * LANES + j])
        plain_match = q * (ONE - plain_astray) * plain
        work[SPARE0 * LANES + j] = _QUALITY_BASE + _QUALITY_MATCH * q
        work[SPARE1 * LANES + j] = plain_match
        work[SPARE2 * LANES + j] = min(plain_match * spared, volume - ops) + q * ops
    for j in range(LANES):
        company, got = real[COMPANY * LANES + j], real[GOT * LANES + j]
        work[SPARE3 * LANES + j] = member.companionship(benefit, company, got)
    for j in range(LANES):
        hunter, match = work[IS_HUNTER * LANES + j], work[SPARE2 * LANES + j]
        total = match + (volume + work[NOISE * LANES + j] - match) * (ONE - personal)
        treat = min(ONE, work[TREAT * LANES + j] * (ONE + hunter))
        extras = benefit.treat * treat + work[IDENTITY * LANES + j]
        substance = work[SUBSTANCE * LANES + j] * work[SPARE0 * LANES + j]
        read = member.information(benefit, cost, match, total, substance, hunter)
        net = work[SPARE3 * LANES + j] + extras + read
        work[SPARE2 * LANES + j] = min(ONE, max(ZERO, net))
    for j in range(LANES):
        read = member.information(
            benefit, cost, work[SPARE1 * LANES + j], plain, ZERO, work[IS_HUNTER * LANES + j]
        )
        work[SPARE3 * LANES + j] = min(ONE, max(ZERO, work[SPARE3 * LANES + j] + read))
    for j in range(LANES):
        opened, net = work[HAS_OPENED * LANES + j], work[SPARE2 * LANES + j]
        lift = net - work[SPARE3 * LANES + j]
        real[ENGAGEMENT * LANES + j] = member.engaged(
            real[ENGAGEMENT * LANES + j], net, opened, engaging.learn, engaging.forget
        )
        real[LIFT * LANES + j] = member.engaged(
            real[LIFT * LANES + j], lift, opened, engaging.learn, engaging.forget
        )
    for j in range(LANES):
        opened = work[HAS_OPENED * LANES + j]
        exposed = opened if opened > ZERO else _f(0.3) * (ONE - work[IS_MUTED * LANES + j])
        seen = work[PROMOTED * LANES + j] * exposed
        trusts = real[TRUST * LANES + j]
        offered = work[OFFERED * LANES + j] * work[SPARE0 * LANES + j]
        good = min(ONE, offered + work[CARING * LANES + j] + service)
        gained = trust.up * (good + _f(0.3) * work[SPARE2 * LANES + j]) * (ONE - trusts) * opened
        lost = trust.down * seen / real[TOLERANCE * LANES + j] * trusts
        home = trust.home * (trust_start - trusts)
        real[TRUST * LANES + j] = min(ONE, max(ZERO, trusts + gained - lost + home))
        real[FATIGUE * LANES + j] = real[FATIGUE * LANES + j] * half_life + seen
    for j in range(LANES):
        got = real[GOT * LANES + j]
        real[GRIEF * LANES + j] *= _f(0.967)
        real[STANDING * LANES + j] = memory * real[STANDING * LANES + j] + (ONE - memory) * got
        real[POINTS * LANES + j] += game * (work[HAS_SPOKEN * LANES + j] + HALF * got)
