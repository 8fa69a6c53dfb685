"""The law of purchases: counting by hand, terms by hand, and coefficients found again."""

import numpy as np
import pytest

from sim.logs.purchases import (
    PURCHASE_TERMS,
    buying_days,
    fit_purchases,
    purchase_terms,
    purchase_weeks,
)
from sim.logs.replay import Replay, replay_weeks
from sim.logs.table import DAY, EVENT_CODE, PURCHASE, WEEK, build_table
from sim.logs.weeks import active_weeks, weekly


def test_purchases_of_one_day_are_one_and_their_amounts_are_summed(make_table):
    table = make_table(
        [
            (0.1, "a", "purchase", "", 3.0),
            (0.2, "b", "purchase", "", 4.0),
            (0.3, "a", "purchase", "", 5.5),
            (0.4, "a", "message", "", np.nan),
            (1.0, "a", "purchase", "", np.nan),
            (1.5, "b", "purchase", "", np.nan),
            (1.6, "b", "purchase", "", 2.0),
        ]
    )
    days = buying_days(table)
    assert [table.names[who] for who in days.member] == ["a", "b", "a", "b"]
    assert ((days.seconds - table.start) // DAY).tolist() == [0, 0, 1, 1]
    np.testing.assert_array_equal(days.amount, [8.5, 4.0, np.nan, 2.0])
    assert days.members == table.members


def test_weeks_of_another_kind_of_event_are_those_of_a_log_of_it_alone(make_table):
    rng = np.random.default_rng(3)
    rows = [(float(day), f"m{day % 5}") for day in np.sort(rng.uniform(0, 60, 80)).round(2)]
    kinds = rng.choice(["message", "purchase"], len(rows))
    mixed = make_table([(*row, kind) for row, kind in zip(rows, kinds, strict=True)])
    alone = make_table([row for row, kind in zip(rows, kinds, strict=True) if kind == "purchase"])
    found = active_weeks(mixed, event=PURCHASE)
    expected = weekly(alone, start=mixed.start, until=mixed.end)
    counted = np.bincount(found.week, weights=found.messages, minlength=found.whole)
    np.testing.assert_array_equal(counted[: found.whole], expected.messages)


def test_replay_counts_what_came_before(random_table):
    active = active_weeks(random_table(5))
    for state in replay_weeks(active):
        before = active.week < state.week
        total = np.bincount(
            active.member[before], weights=active.messages[before], minlength=active.members
        )
        np.testing.assert_array_equal(state.messages, total[state.member])
    assert isinstance(state, Replay)


def test_terms_by_hand():
    # a bought in weeks 0 and 3, on two days then; it is the start of week 6. b bought once, in 2.
    d = np.exp(-1 / 40)
    z = purchase_terms(
        np.array([d**2, 0.0]),
        weeks_silent=np.array([3, 4], np.int32),
        weeks_known=np.array([6, 4], np.int32),
        once=np.array([False, True]),
        repeats=np.array([2, 0]),
    )
    rate = 2.25 / 10
    weight = sum(d**k for k in range(5))
    share = (d**2 + 0.05) / (weight + 0.5)
    a = [1, np.log(share / (1 - share)), np.log(3), np.log(6), 0, 0, np.log(rate)]
    np.testing.assert_allclose(z[0], [*a, np.log(1 + 3 * rate)])
    assert z[1, 4] == 1
    assert z[1, 5] == z[1, 2] == np.log(4)
    assert z[1, 6] == pytest.approx(np.log(0.25 / 8))


def simulated_shop(*, members, weeks, seed):
    """A cohort that buys by a law of rate, silence and nothing else; written without the code."""
    rng = np.random.default_rng(seed)
    seconds, who = [], []
    for member in range(members):
        first = int(rng.integers(0, 8))
        bought, last = 0, first
        seconds.append(first * WEEK + int(rng.integers(0, 7)) * DAY)
        who.append(member)
        for week in range(first + 1, weeks):
            known, silent = week - first, week - last
            rate = (bought + 0.25) / (known + 4.0)
            logit = 0.5 + 1.0 * np.log(rate) - 0.8 * np.log1p(rate * silent)
            if rng.random() < 1 / (1 + np.exp(-logit)):
                seconds.append(week * WEEK + int(rng.integers(0, 7)) * DAY)
                who.append(member)
                bought, last = bought + 1, week
    size = len(who)
    return build_table(
        np.array(seconds, np.int64),
        np.array(who, np.int32),
        np.full(size, EVENT_CODE["purchase"], np.uint8),
        np.full(size, -1, np.int32),
        np.full(size, np.nan),
        names=tuple(map(str, range(members))),
    )


def test_a_law_is_found_again():
    table = simulated_shop(members=1500, weeks=40, seed=4)
    active = purchase_weeks(buying_days(table), start=table.start, until=table.start + 40 * WEEK)
    law = fit_purchases(active)
    truth = dict.fromkeys(PURCHASE_TERMS, 0.0) | {
        "intercept": 0.5, "log_rate": 1.0, "overdue": -0.8,
    }  # fmt: skip
    away = law.coefficients - np.array([truth[name] for name in PURCHASE_TERMS])
    # the quadratic form of the errors is chi-squared with eight degrees of freedom
    assert away @ np.linalg.solve(law.covariance, away) < 30
    np.testing.assert_allclose(law.days, 1.0, atol=0.01)  # one day in each buying week
    assert law.shock < 0.3  # nothing but the prior speaks for a shock
