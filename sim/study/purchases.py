"""Who will buy again, how often and for how much: the law of purchases, simulated week by week.

Every buyer goes through the weeks by himself; one shock a run is common to all. First-time buyers
come at the rate of the last weeks, and not at all if none came in the last quarter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs import inflow, volatility
from sim.logs.fit_messages import first_counts
from sim.logs.law import DECAY, chance
from sim.logs.purchases import buying_days, fit_purchases, purchase_terms, purchase_weeks
from sim.logs.replay import replay_active
from sim.logs.table import WEEK, day_text
from sim.logs.weeks import weekly_series
from sim.study.forecast import LEVELS, quantiles_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.logs.purchases import PurchaseLaw
    from sim.logs.replay import LawStates
    from sim.logs.table import EventTable
    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

PURCHASE_TARGETS = ("buyers", "purchases", "first_buyers", "spending")
"""Distinct members who buy in the week; days on which one of them buys; members who had never
bought before; money, only from logs with amounts."""

LEAST_WEEKS = 8
"""Whole weeks with purchases that a forecast needs."""
SPEND_PURCHASES = 0.44
"""Purchases that everybody's mean amount is worth beside a member's own: (q - 1) / p of the
gamma-gamma law of CDNOW (p = 6.25, q = 3.74; Fader and Hardie 2013)."""
MEMBERS_HEADER = "member,purchases,chance,q05,q50,q95"


@dataclass(frozen=True)
class Purchases:
    """A log's purchases up to an origin, with the law fitted to them.

    Attributes:
        states: Every buyer at the origin.
        law: Fitted.
        active: Who bought when.
        past: float64 of shape (targets, P): whole weeks before the origin.
        first_counts: Buying days in the first week of recent first-time buyers.
        newcomers: The level of first-time buyers; None = nobody new comes.
        spend: float64 of shape (members,): expected amount of a buying day; None = no amounts.
        ratios: Amounts divided by what was expected of the member, mean 1.
    """

    states: LawStates
    law: PurchaseLaw
    active: ActiveWeeks
    past: Numbers
    first_counts: Whole
    newcomers: inflow.InflowFit | None
    spend: Numbers | None
    ratios: Numbers

    @property
    def targets(self) -> tuple[str, ...]:
        """What can be forecast."""
        return PURCHASE_TARGETS if self.spend is not None else PURCHASE_TARGETS[:-1]


@dataclass(frozen=True)
class PurchaseForecast:
    """The coming weeks, and every buyer's share in them.

    Attributes:
        targets: :data:`PURCHASE_TARGETS`, without the last if the log has no amounts.
        quantiles: float64 of shape (targets, weeks, 5).
        past: float64 of shape (targets, P): the whole weeks before the origin.
        first_week: Index of the first forecast week, as in ``forecast.csv``.
        start: Seconds since 1970 UTC of week 0.
        until: Origin, in seconds: purchases before it were used.
        member: int32 of shape (n,): codes of the buyers so far.
        drawn: int32 of shape (runs, n): days on which each buys in the weeks ahead.
        expected: float64 of shape (n,): how many are expected of each; from the chances along the
            runs, hence with less noise than the mean of the draws.
        spend: float64 of shape (n,): expected amount of a buying day; None = no amounts.
    """

    targets: tuple[str, ...]
    quantiles: Numbers
    past: Numbers
    first_week: int
    start: int
    until: int
    member: NDArray[np.int32]
    drawn: NDArray[np.int32]
    expected: Numbers
    spend: Numbers | None

    def csv(self) -> str:
        """The weeks as the text of ``purchases.csv``, with the columns of ``forecast.csv``."""
        return quantiles_csv(self.targets, self.quantiles, first_week=self.first_week)

    def members_csv(self) -> str:
        """A line a buyer, likeliest first; members are numbered as in the event file."""
        expected = self.expected
        chances = (self.drawn > 0).mean(axis=0)
        low, middle, high = np.quantile(self.drawn, (0.05, 0.5, 0.95), axis=0)
        head = MEMBERS_HEADER + ("" if self.spend is None else ",spending")
        lines = [head]
        for i in np.argsort(-expected, kind="stable").tolist():
            cells = [expected[i], chances[i], low[i], middle[i], high[i]]
            cells += [] if self.spend is None else [expected[i] * self.spend[i]]
            lines.append(f"{self.member[i] + 1}," + ",".join(f"{value:.6g}" for value in cells))
        return "\n".join(lines) + "\n"


def read_purchases(table: EventTable, *, until: int | None = None) -> Purchases:
    """Fit the law to the purchases before a date.

    Args:
        table: The events.
        until: Origin in seconds since 1970 UTC, exclusive; default: the midnight after the last
            event.

    Raises:
        UserError: ``too_short``/``no_purchases``; ``too_short``/``purchase_weeks`` with fewer than
            8 whole weeks with purchases; ``out_of_range``/``until_before_log``.
    """
    until = table.end if until is None else until
    start = table.start
    days = buying_days(table.before(until))
    if not len(days):
        raise UserError("too_short", "no_purchases", events=len(table))
    active = purchase_weeks(days, start=start, until=until)
    series = weekly_series(active)
    weeks = int(np.count_nonzero(series.messages))
    if weeks < LEAST_WEEKS:
        raise UserError(
            "too_short", "purchase_weeks", weeks=weeks, until=day_text(until), needed=LEAST_WEEKS
        )
    spend, ratios = _amounts(days)
    past = [series.speakers, series.messages, series.newcomers]
    if spend is not None:
        week = (days.seconds - start) // WEEK
        money = np.bincount(week, weights=np.nan_to_num(days.amount), minlength=active.whole)
        past.append(money[: active.whole])
    recent = series.newcomers[-volatility.QUARTER :]
    return Purchases(
        states=replay_active(active),
        law=fit_purchases(active),
        active=active,
        past=np.stack(past).astype(np.float64),
        first_counts=first_counts(active),
        newcomers=inflow.fit_inflow(series.newcomers) if recent.any() else None,
        spend=spend,
        ratios=ratios,
    )


def _amounts(days: EventTable) -> tuple[Numbers | None, Numbers]:
    """What each member's buying day is expected to cost, and how single ones stray from it."""
    use = np.isfinite(days.amount) & (days.amount > 0.0)
    if not use.any():
        return None, np.ones(1)
    member, amount = days.member[use], days.amount[use]
    mean = float(amount.mean())
    total = np.bincount(member, weights=amount, minlength=days.members)
    count = np.bincount(member, minlength=days.members)
    spend: Numbers = (total + SPEND_PURCHASES * mean) / (count + SPEND_PURCHASES)
    ratios = amount / spend[member]
    return spend, ratios / ratios.mean()


def forecast_purchases(
    table: EventTable,
    *,
    until: int | None = None,
    weeks: int,
    replicates: int,
    seed: int = 0,
    progress: Callable[[int], object] | None = None,
) -> PurchaseForecast:
    """Forecast buyers, purchases, first-time buyers and money, week by week and by member.

    Args:
        table: The events.
        until: Origin in seconds since 1970 UTC, exclusive; default: the midnight after the last
            event.
        weeks: Weeks ahead, at least 1.
        replicates: Runs, at least 1.
        seed: Seed; a run's luck depends on it and the run's number only.
        progress: Called with the number of runs done.

    Raises:
        UserError: As :func:`read_purchases`.
    """
    until = table.end if until is None else until
    about = read_purchases(table, until=until)
    member = about.states.member
    series = np.zeros((replicates, len(about.targets), weeks))
    drawn = np.zeros((replicates, member.size), dtype=np.int32)
    expected = np.zeros(member.size)
    for run in range(replicates):
        if progress is not None:
            progress(run)
        rng = np.random.default_rng([seed, run, 2005])
        series[run], drawn[run], chances = _future(about, weeks=weeks, rng=rng)
        expected += chances / replicates
    if progress is not None:
        progress(replicates)
    quantiles = np.quantile(series, LEVELS, axis=0)
    return PurchaseForecast(
        targets=about.targets,
        quantiles=np.ascontiguousarray(quantiles.transpose(1, 2, 0)),
        past=about.past,
        first_week=about.active.origin,
        start=table.start,
        until=until,
        member=member,
        drawn=drawn,
        expected=expected,
        spend=None if about.spend is None else about.spend[member],
    )


def _future(
    about: Purchases, *, weeks: int, rng: np.random.Generator
) -> tuple[Numbers, NDArray[np.int32], Numbers]:
    """One future: the targets, of shape (targets, weeks), each buyer's days, drawn and expected."""
    law, states = about.law, about.states
    shock = _shock_path(law.shock, weeks=weeks, rng=rng)
    come = _arrivals(about, weeks=weeks, rng=rng)
    count, more = states.member.size, int(come.sum())
    habit = np.concatenate([states.habits[-1], np.zeros(more)])
    silent = np.concatenate([states.weeks_silent, np.ones(more, np.int32)])
    known = np.concatenate([states.weeks_known, np.ones(more, np.int32)])
    once = np.concatenate([states.once, np.ones(more, np.bool_)])
    repeats = np.concatenate([states.messages - 1, np.zeros(more, np.int64)])
    pace = np.concatenate([law.days[states.member], np.full(more, law.days_mean)])
    drawn = np.zeros(count + more, dtype=np.int32)
    expected = np.zeros(count)
    series = np.zeros((len(about.targets), weeks))
    here = count
    for week in range(weeks):
        now = slice(0, here)
        z = purchase_terms(
            habit[now], weeks_silent=silent[now], weeks_known=known[now], once=once[now],
            repeats=repeats[now],
        )  # fmt: skip
        p = chance(law.coefficients, z=z, shock=float(shock[week]))
        expected += p[:count] * pace[:count]
        buys = np.flatnonzero(rng.random(here) < p)
        days = 1 + np.minimum(rng.poisson(pace[buys] - 1.0), 6)
        habit[now] *= DECAY[-1]
        silent[now] += 1
        known[now] += 1
        habit[buys] += 1.0
        silent[buys] = 1
        once[buys] = False
        repeats[buys] += days
        drawn[buys] += days
        new = np.arange(here, here + int(come[week]))
        first = rng.choice(about.first_counts, new.size) if new.size else np.zeros(0, np.int64)
        repeats[new] = first - 1
        drawn[new] = first
        here += new.size
        series[:3, week] = buys.size + new.size, days.sum() + first.sum(), new.size
        if about.spend is not None:
            series[3, week] = _money(about, buys, days, int(first.sum()), rng=rng)
    return series, drawn[:count], expected


def _shock_path(size: float, *, weeks: int, rng: np.random.Generator) -> Numbers:
    """The common shock, logit scale: as that of speakers, without their drift (nothing shows it).

    Half of its variance is taken off, so that it does not move what is expected: the law was
    fitted to weeks with noise.
    """
    begin, week = volatility.SPEAKERS_START * size, volatility.SPEAKERS_WEEK_SD
    step = volatility.SPEAKERS_WALK * size / np.sqrt(volatility.QUARTER)
    variance = begin**2 + step**2 * np.arange(1, weeks + 1) + week**2
    path = begin * rng.standard_normal() + np.cumsum(step * rng.standard_normal(weeks))
    noise = week * rng.standard_normal(weeks)
    return np.asarray(path + noise - 0.5 * variance, dtype=np.float64)


def _arrivals(about: Purchases, *, weeks: int, rng: np.random.Generator) -> Whole:
    """First-time buyers of each week: a level that walks, and the luck of the weeks."""
    fit = about.newcomers
    if fit is None:
        return np.zeros(weeks, dtype=np.int64)
    level = rng.gamma(fit.shape, 1.0 / fit.rate)
    walk = np.exp(np.cumsum(inflow.WALK_SD * rng.standard_normal(weeks)))
    mean = np.minimum(level * walk, inflow.CAP * fit.largest)
    luck = rng.gamma(inflow.WEEK_SHAPE, 1.0 / inflow.WEEK_SHAPE, weeks)
    return rng.poisson(mean * luck).astype(np.int64)


def _money(
    about: Purchases, buys: Whole, days: Whole, first: int, *, rng: np.random.Generator
) -> float:
    """What a week's purchases cost; who is new spends as everybody on average."""
    spend = about.spend
    assert spend is not None
    mean = float(spend[about.states.member].mean())
    each = np.full(int(days.sum()) + first, mean)
    buyers = np.repeat(buys, days)
    old = buyers < about.states.member.size
    each[: buyers.size][old] = spend[about.states.member[buyers[old]]]
    return float((each * rng.choice(about.ratios, each.size)).sum())
