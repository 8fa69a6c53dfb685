"""What every member decides, whatever the role: one small function for each decision.

The day's compiled loops call these on columns, the Mesa views call the same functions on one row.
All arguments are float32 scalars (flags: float32 0 or 1); coefficients come as the sections of the
parameter table. References: "law" = the return law found in mail lists, chats, a forum and a
message site; "evidence n" = row n of the table of published figures.
"""

from __future__ import annotations

import numpy as np

from sim.arithmetic import HALF, ONE, TWO, ZERO, behaviour, exp, ln, logistic, softplus

_f = np.float32
_FLOOR = _f(1e-6)
_PRIOR_SHARE, _PRIOR_WEIGHT = _f(0.1), _f(0.5)
_MATCH_SLOPE = _f(1.6)
D2, D8, D40 = _f(np.exp(-1 / 2)), _f(np.exp(-1 / 8)), _f(np.exp(-1 / 40))
_LN_D2, _LN_D8, _LN_D40 = _f(-1 / 2), _f(-1 / 8), _f(-1 / 40)


@behaviour
def remembered(trace, decay, spoke):
    """A habit trace after one more week: decayed, plus one if the member spoke (law)."""
    return trace * decay + spoke


@behaviour
def habit_share(trace, ln_decay, decay, weeks):
    """Logit of the smoothed share of weeks in which the member spoke (law).

    The weight of the past is the geometric sum of ``weeks - 1`` decays, so it needs no column; a
    tenth of a week, of weight one half, is added before the ratio is taken.
    """
    weight = (ONE - exp(ln_decay * (weeks - ONE))) / (ONE - decay)
    yes = trace + _PRIOR_WEIGHT * _PRIOR_SHARE
    return ln(yes / max(weight + _PRIOR_WEIGHT - yes, _FLOOR))


@behaviour
def habit_logit(law, fast, medium, slow, volume, silent, weeks, activity, poster):
    """Logit of speaking in the coming week, before the group's activity and the common shock.

    The twelve-term law without its two group terms. ``silent``: weeks since the last message,
    ``weeks``: since the first (both >= 1); for those who never spoke both count from joining,
    ``poster`` is 0, and an intercept of their own and their appetite are added (calibrated).
    """
    once = ONE if slow == ZERO else ZERO
    ln_silent = ln(silent)
    value = (
        law.intercept
        + law.fast * habit_share(fast, _LN_D2, D2, weeks)
        + law.medium * habit_share(medium, _LN_D8, D8, weeks)
        + law.slow * habit_share(slow, _LN_D40, D40, weeks)
        + (law.just_spoke if silent == ONE else ZERO)
        + law.silence * ln_silent
        + law.tenure * ln(weeks)
        + law.once * once
        + law.volume * ln(max(volume, _FLOOR))
        + law.once_silence * once * ln_silent
    )
    lurking = law.lurker + law.lurker_activity * ln(activity)
    return value + (ONE - poster) * lurking


@behaviour
def operator_pull(opening, stimulus, shared, paid, fatigue, tolerance, muted, hunter):
    """What the operator's actions add to the wish to look in, logit (0 where nobody operates).

    ``stimulus``: fresh attention value of packets and happenings (evidence 20, 22); ``shared``:
    ritual, care and prompts, alike for all (evidence 91); paying raises looking in (evidence 82);
    seen promotion lowers it against the member's tolerance (evidence 84, 85); a muted group calls
    only by a strong stimulus.
    """
    return (
        opening.stimulus * stimulus * (ONE + hunter)
        + shared
        + opening.paid * paid
        - opening.fatigue * min(_f(4.0), fatigue / tolerance)
        + opening.muted * muted * (ONE - HALF * min(ONE, stimulus))
    )


@behaviour
def look_logit(opening, engagement, fit, mentioned, company, over, today, pull, owner):
    """Logit of opening the group without speaking.

    Benefit remembered (engagement), closeness to the core, a reply received yesterday (evidence
    38), friends who spoke yesterday, yesterday's overload (evidence 51), the day of the week, and
    the operator's pull.
    """
    return (
        opening.base
        + opening.engagement * (engagement - HALF)
        + opening.fit * fit
        + opening.mention * mentioned
        + opening.tie_present * min(_f(1.5), company)
        - opening.overload * min(TWO, over)
        + today
        + pull
        + TWO * owner
    )


@behaviour
def speak_wish(
    law, again, habit, common, lift, pull, in_week, yesterday, mentioned, company, ln_share
):
    """Logit of speaking: of the whole week before its first word, of this day after it."""
    benefit = law.gain * (lift + pull)
    first = habit + common + benefit
    further = (
        again.base
        + again.habit * (habit + common)
        + again.yesterday * yesterday
        + again.mention * mentioned
        + again.company * min(_f(1.5), company)
        + ln_share
        + benefit
    )
    return further if in_week > ZERO else first


@behaviour
def speak_hazard(
    law, again, habit, common, lift, pull, in_week, yesterday, mentioned, company, share, ln_share
):
    """Hazard of speaking today; the chance is 1 - e^-hazard.

    Until the first word of a week: the law's weekly chance, spread over the days by their weights
    (``share`` of the week), so that the days' chances make up exactly the weekly one. Afterwards,
    within the same week: the chance of a further day. ``lift`` and ``pull`` are the operator's
    part; without an operator both are 0 and the law alone decides.
    """
    wish = speak_wish(
        law, again, habit, common, lift, pull, in_week, yesterday, mentioned, company, ln_share
    )
    weight = ONE if in_week > ZERO else share
    return weight * softplus(wish)


@behaviour
def look_chance(speak, logit):
    """Chance of opening the group: who speaks has opened it; the others may just look."""
    return speak + (ONE - speak) * logistic(logit)


@behaviour
def interest(breadth, fit):
    """Share of the group's topics that interest a member of this fit, 1 - breadth to 1."""
    return ONE - breadth * (ONE - logistic(_MATCH_SLOPE * fit))


@behaviour
def information(benefit, cost, match, total, substance, hunter):
    """Benefit of what was read less the cost of reading it.

    Information saturates (about 40 matching messages), reading costs in proportion to what must be
    waded through over the share that matches (Ren and Kraut 2014, evidence section 4).
    """
    read = min(total, cost.capacity)
    share = match / max(total, _FLOOR)
    gain = ONE - exp(-(share * read + substance) / benefit.info_half)
    return benefit.information * gain * (ONE - HALF * hunter) - cost.reading * read / max(
        share, _f(0.05)
    )


@behaviour
def companionship(benefit, company, got):
    """Benefit of friends present and of replies received, both saturating."""
    bond = ONE - exp(-company / benefit.company_half)
    recognition = ONE - exp(-got)
    return benefit.company * bond + benefit.recognition * recognition


@behaviour
def engaged(engagement, net, opened, learn, forget):
    """Engagement after the day: moves towards the day's net benefit if opened, fades if not."""
    return engagement + (learn * (net - engagement) if opened > ZERO else -forget * engagement)


@behaviour
def promotion_push(exit_, seen, tolerance, trust, fatigue):
    """Logarithm of the factor that promotion puts on the hazard of leaving.

    The blasts of today, against tolerance, softened by trust (evidence 83: about 4 for one
    untargeted blast), and the fatigue of those before (evidence 84, 85).
    """
    return exit_.promo * seen / tolerance * (_f(1.5) - trust) + exit_.fatigue * fatigue / tolerance


@behaviour
def exit_hazard(
    exit_, hunter_hazard, opened, restless, engagement, habit, grief, promo, over, paid, hunter
):
    """Hazard of wanting to be gone (it ends in muting or leaving).

    One leaves when one looks; heterogeneous restlessness (gamma) makes the quitting curve a power
    law (evidence 16); engagement and the habit of speaking hold; departed ties pull (evidence 55);
    ``promo`` is the logarithm of promotion's factor (evidence 83); overload adds (evidence 51).
    """
    looked = ONE if opened > ZERO else exit_.when_not_looking
    held = exit_.engagement * (engagement - HALF) + exit_.habit * max(ZERO, habit + _f(3.0))
    return (
        looked
        * exit_.hazard
        * restless
        * exp(promo - held)
        * (ONE + exit_.contagion * grief)
        * (ONE + exit_.overload * min(_f(3.0), over))
        * (ONE + (hunter_hazard - ONE) * hunter)
        * (ONE - _f(0.8) * paid)
    )


@behaviour
def invite_mean(invite, engagement, life, tenure, heat, reward, ask, friends, zeal):
    """Expected invitations of one who opened today.

    Soon after joining (evidence 11), in bursts (evidence 12), where there is life to invite to,
    raised by rewards (evidence 64) and requests, until the friends outside run out.
    """
    urge = exp(-tenure / invite.tau) + invite.floor + invite.burst * heat
    return (
        invite.rate
        * engagement
        * life
        * urge
        * (ONE + invite.reward * reward)
        * (ONE + ask)
        * friends
        / (friends + _f(3.0))
        * zeal
    )


@behaviour
def peer_factor(ln_odds, peers):
    """Factor of paying friends on paying: ``buy.peer_odds`` for each half tie, at most three."""
    return exp(ln_odds * min(_f(3.0), TWO * peers))


@behaviour
def decide_chance(buy, rate, seen, trust, engagement, ease, affordable, peers):
    """Chance of a one-off decision to pay (membership, course) today.

    Trust, engagement, price against the wallet (``affordable``: its logarithm, negative when
    dear), and the factor of paying friends (evidence 81).
    """
    wish = (
        buy.trust * TWO * (trust - HALF)
        + buy.engagement * TWO * (engagement - HALF)
        + ease
        + buy.price * affordable
    )
    return rate * seen * logistic(wish) * peers


@behaviour
def goods_demand(rate, buy_rate, seen, engagement, trust, cheaper):
    """Hazard of buying goods today if all demand were reminded and nobody had paying friends.

    Repeat purchase with gamma rates (evidence 74). Onlookers buy: a third of it needs no looking.
    """
    return (
        rate
        * buy_rate
        * (_f(0.35) + _f(0.65) * seen * (_f(0.3) + engagement))
        * TWO
        * trust
        * cheaper
    )


@behaviour
def goods_hazard(buy, demand, reminded, peers, value):
    """Hazard of buying goods today.

    A share of demand needs a reminder, which fades with the memory of promotion, so the first blast
    sells and the tenth adds nothing (evidence 83).
    """
    return demand * (ONE - buy.needs_reminder * exp(-TWO * reminded)) * peers * value
