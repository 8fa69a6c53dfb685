"""The model against closed forms, in settings in which they hold, within Monte Carlo error.

Bounds are 4.5 standard errors (one in 150,000 by chance), computed from the sample or the law.
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.arithmetic import kernel
from sim.levers import Levers
from sim.phases import talking
from sim.population import (
    ACTIVITY,
    DAY_INDEX,
    ENGAGEMENT,
    FIT,
    FLAGS,
    FRIENDS,
    OWNER,
    PAID,
    PAID_UNTIL,
    PRESENT,
    ROLE,
    TRUST,
    WORD_INDEX,
)  # fmt: skip
from sim.record import ACCOUNTS, DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import REPLY_SHARE

SURE = 4.5


def crowd(members, **changes):
    """Ordinary people and an owner, no staff, no arrivals, no ties, no shocks."""
    values = {
        "platform": "open", "groups.capacity": 1_000_000, "groups.qr_limit": 1_000_000,
        "members.initial": members, "members.leaders": 0, "members.seed_users": 0,
        "members.administrators": 0, "members.guests": 0, "market.size": 1_500_000_000,
        "tie.founders": 0.0, "reach.open": 0.0, "invite.rate": 0.0, "shock.volatility": 0.0,
        "shock.drift": 0.0,
        "shock.weekly_noise": 0.0, "shock.message_volatility": 0.0, "shock.message_noise": 0.0,
    }  # fmt: skip
    names = {key.replace("__", "."): value for key, value in changes.items()}
    return Scenario.preset("interest").replace(values | names)


def priced(days, **levels):
    levers = Levers.neutral(days, 1, ("seller",))
    for day in range(days):
        for name, level in levels.items():
            levers.set(name, day, level, policy=1)
    return levers


# Survival of subscribers in years 1 to 12 (Fader and Hardie 2007, two segments) with the shifted
# beta-geometric law fitted to years 1 to 7
HIGH = [86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]
REGULAR = [63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]


@pytest.mark.parametrize(("a", "b", "seen"), [(0.668, 3.806, HIGH), (0.704, 1.182, REGULAR)])
def test_renewals_follow_the_shifted_beta_geometric_law(a, b, seen):
    n = 20_000
    scenario = crowd(
        n, member__lapse_alpha=a, member__lapse_beta=b, buy__renew_trust=0.0, buy__member_rate=0.001
    )
    # so dear that nobody buys anew; a period is a day
    run = Run.start(scenario, seed=1, days=12, levers=priced(12, price_member=1e5, period_member=1))
    run.leaving = False
    there = (run.members.byte[:, FLAGS, :] & PRESENT) > 0
    run.members.byte[:, FLAGS, :][there] |= PAID
    run.members.day[:, PAID_UNTIL, :][there] = 0
    law = 1.0
    for year in range(1, 13):
        run.advance(year)
        law *= (b + year - 1) / (a + b + year - 1)
        share = ((run.members.byte[:, FLAGS, :] & PAID) > 0).sum() / n
        error = SURE * math.sqrt(law * (1 - law) / n)
        assert abs(share - law) < error, year
        # the law's own distance from the published figures: 2 points in every year
        assert abs(share - seen[year - 1] / 100) < 0.02 + error, year


def test_a_finite_market_fills_exponentially():
    """Each day reach x (1 - ever / market) are expected, so E(ever) is a geometric approach."""
    days, reach, market, runs = 120, 5.0, 400, 40
    scenario = crowd(
        10, reach__open=reach, market__size=market, invite__rate=0.01, invite__accept=0.05,
        shock__inflow_shape=1000.0, shock__inflow_share=0.0, member__friends_median=1.0,
    )  # fmt: skip
    closed = priced(days, quota=-1.0)
    joined = np.empty((runs, days))
    for k in range(runs):
        run = Run.start(scenario, seed=2, replicate=k, days=days, levers=closed)
        run.leaving = False
        run.advance()
        joined[k] = 10 + run.books.daily[:, 0, DAILY_INDEX["joins"]].cumsum()
    t = np.arange(1, days + 1)
    law = market - (market - 10) * (1 - reach / market) ** t
    error = SURE * joined.std(axis=0, ddof=1) / math.sqrt(runs)
    assert (abs(joined.mean(axis=0) - law) < error).all()


def test_imitation_is_in_proportion_to_inviters_and_to_who_is_left():
    """Bass's second term: of those invited, accept x (.7 + .6 engagement) x (1 - ever / market)."""
    days, market, accept = 40, 3_000, 0.35
    scenario = crowd(
        400, market__size=market, invite__rate=2.0, invite__accept=accept, invite__life=0.1
    )
    run = Run.start(scenario, seed=3, days=days)
    run.leaving = False
    expected = variance = 0.0
    for day in range(days):
        before, used = run.members.real[:, FRIENDS, :].copy(), len(run.members.fill)
        run.advance(day + 1)
        rows = run.members.day[:used, DAY_INDEX["joined"], :] != day
        invited = np.where(rows, before - run.members.real[:used, FRIENDS, :], 0.0)
        ever = run.members.fill.sum()  # of those who came today, too
        newcomers = run.books.daily[day, 0, DAILY_INDEX["invites_sent"]] - invited.sum()
        engaged = run.members.real[:used, ENGAGEMENT, :]
        chance = accept * (0.7 + 0.6 * engaged) * max(0.0, 1 - ever / market)
        expected += (invited * chance).sum()
        # invitations by those who joined today are bounded by the extremes of engagement
        expected += newcomers * accept * 1.0 * max(0.0, 1 - ever / market)
        variance += run.books.daily[day, 0, DAILY_INDEX["invites_sent"]] * 0.25
    accepted = run.members.word[:, WORD_INDEX["invited"], :].sum()
    assert accepted > 300
    assert abs(accepted - expected) < SURE * math.sqrt(variance)


@kernel
def hurdle(u, mean, burst):
    out = np.empty(len(u), np.int64)
    for i in range(len(u)):
        out[i] = talking.hurdle_geometric(u[i], mean, burst)
    return out


@pytest.mark.parametrize(("mean", "burst"), [(0.05, 3.0), (1.0, 1.2), (4.0, 9.0), (30.0, 1.0)])
def test_bursts_have_the_mean_and_the_share_of_silence_asked_for(mean, burst):
    u = ((np.arange(400_000) + 0.5) / 400_000).astype(np.float32)
    counts = hurdle(u, np.float32(mean), np.float32(burst))
    assert counts.mean() == pytest.approx(mean, rel=0.002)
    assert (counts == 0).mean() == pytest.approx(burst / (burst + mean), abs=1e-4)
    assert counts[counts > 0].mean() == pytest.approx(burst + mean, rel=0.002)
    assert (np.diff(counts) <= 0).all()  # monotone: paired runs stay coupled


def test_answers_branch_as_n_over_one_minus_n():
    days = 100
    run = Run.start(crowd(300), seed=4, days=days)
    daily = run.books.daily[:, 0]
    surplus = variance = 0.0
    for day in range(days):
        run.advance(day + 1)
        n = run.groups[0, REPLY_SHARE]
        roots, replies = daily[day, DAILY_INDEX["roots"]], daily[day, DAILY_INDEX["replies"]]
        surplus += replies * (1 - n) - roots * n  # 0 in the mean if replies / roots = n / (1 - n)
        variance += daily[day, DAILY_INDEX["speakers"]] * 0.25  # one rounding for each speaker
    assert daily[:, DAILY_INDEX["replies"]].sum() > 500
    assert abs(surplus) < SURE * math.sqrt(variance)


@pytest.mark.parametrize("sigma", [1.0, 1.5])
def test_appetite_is_concentrated_like_a_log_normal(sigma):
    """The share of those above the 99th percentile is Phi(sigma - z)."""
    run = Run.start(crowd(120_000, member__activity_sigma=sigma), seed=5, days=1)
    rows = (run.members.byte[:, FLAGS, :] & PRESENT) > 0
    rows &= run.members.byte[:, ROLE, :] < OWNER
    activity = run.members.real[:, ACTIVITY, :][rows].astype(float)
    z = stats.norm.ppf(0.99)
    top = np.where(activity > math.exp(sigma * z), activity, 0.0)
    law = stats.norm.cdf(sigma - z)
    # the ratio's error by the delta method
    error = SURE * (top - law * activity).std() / math.sqrt(rows.sum()) / activity.mean()
    assert error < 0.04
    assert abs(top.sum() / activity.sum() - law) < error


def test_repeat_purchases_are_negative_binomial():
    """Gamma rates of buying: who bought nothing for T days, and who then begins."""
    n, half, r = 20_000, 60, 0.243
    days = 2 * half
    scenario = crowd(
        n, member__buy_shape=r, buy__goods_rate=0.05, buy__needs_reminder=0.0, trust__up=0.0012
    )
    run = Run.start(scenario, seed=6, days=days, levers=priced(days, price_goods=10.0, quota=-1.0))
    run.leaving = False
    members = run.members
    rows = ((members.byte[:, FLAGS, :] & PRESENT) > 0) & (members.byte[:, ROLE, :] < OWNER)
    members.real[:, FIT, :] = 50.0  # everybody looks in
    low, high, bought = np.inf, 0.0, []
    for day in range(days):
        members.real[:, ENGAGEMENT, :], members.real[:, TRUST, :] = 1.0, 0.5
        run.advance(day + 1)
        engaged, trust = members.real[:, ENGAGEMENT, :][rows], members.real[:, TRUST, :][rows]
        rate = 0.05 * (0.35 + 0.65 * (0.3 + engaged)) * 2 * trust
        low, high = min(low, rate.min()), max(high, rate.max())
        if day + 1 in {half, days}:
            bought.append(members.spent[rows] > 0)
    assert high / low < 1.05
    count = rows.sum()
    hunters = (members.byte[:, FLAGS, :][rows] & 128) > 0
    assert not hunters.any()  # founders are none
    for days_seen, buyers in ((half, bought[0]), (days, bought[1])):
        least, most = ((1 + g * days_seen / r) ** -r for g in (high, low))
        error = SURE * math.sqrt(0.25 / count)
        assert least - error < (~buyers).mean() < most + error
    # of those who had not bought in the first half, who buys in the second
    begin = (bought[1] & ~bought[0]).sum() / (~bought[0]).sum()
    law = [1 - ((r + g * half) / (r + g * days)) ** r for g in (low, high)]
    error = SURE * math.sqrt(0.25 / (~bought[0]).sum())
    assert min(law) - error < begin < max(law) + error


def left_over(total, parts, taken):
    """Mean and variance of what is left after so many shares of a double-mean split."""
    second = float(total) ** 2
    for i in range(taken):
        m = parts - i
        second *= 1 - 2 / m + 4 / (3 * m * m)
    mean = total * (1 - taken / parts)
    return mean, second - mean * mean


@pytest.mark.parametrize("taken", [1, 2, 3, 4])
def test_packets_are_split_fairly_in_the_mean_and_unfairly_in_turn(taken):
    """Every position gets the same in the mean; what is left spreads as the split's law says."""
    total, parts, days = 100_000, 6, 800
    levers = priced(days, packet=total / 100, packet_parts=parts)
    run = Run.start(crowd(taken + 1), seed=7, days=days, levers=levers)
    run.leaving = False
    for day in range(days):  # everybody looks in, every day
        run.members.real[:, FIT, :], run.members.real[:, ENGAGEMENT, :] = 50.0, 1.0
        run.advance(day + 1)
    booked = run.books.ledger[1:, ACCOUNTS.index("packet")]
    returned = (total - booked).astype(float)
    mean, variance = left_over(total, parts, taken)
    assert abs(returned.mean() - mean) < SURE * math.sqrt(variance / len(returned)) + 1
    spread = (returned - returned.mean()) ** 2
    assert abs(spread.mean() - variance) < SURE * spread.std() / math.sqrt(len(returned))


def test_receivers_send_back_the_published_share():
    """.18 yuan a yuan received, half as much again by the luckiest (Yuan et al. 2024)."""
    total, parts, days = 100_000, 5, 800
    levers = priced(days, packet=total / 100, packet_parts=parts)
    scenario = crowd(parts + 1, packet__repaid=0.18, packet__luckiest=1.5)
    run = Run.start(scenario, seed=8, days=days, levers=levers)
    run.leaving = False
    for day in range(days):
        run.members.real[:, FIT, :], run.members.real[:, ENGAGEMENT, :] = 50.0, 1.0
        run.advance(day + 1)
    assert (run.books.ledger[:, ACCOUNTS.index("packet")] == total).all()  # all is taken
    sent = run.books.ledger[:, ACCOUNTS.index("peer_packet")] / total
    # the luckiest's mean share of a split in five, by another generator
    left, luckiest = np.ones(200_000), np.zeros(200_000)
    for m in range(parts, 0, -1):
        share = left * np.random.default_rng(m).random(left.size) * 2 / m if m > 1 else left
        left, luckiest = left - share, np.maximum(luckiest, share)
    law = 0.18 * (1 + 0.5 * luckiest.mean())
    assert abs(sent.mean() - law) < SURE * sent.std() / math.sqrt(days) + 1e-4
