"""What a run earned: all sums are fen inside and become yuan here.

A ratio is taken inside the run, of sums over the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.values import NEVER, Value, ratio, yuan

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from sim.metrics.measured import Measured

MONTH = 30
YEAR = 365


def _yuan_per(fen: float, whole: float) -> float | None:
    return yuan(fen) / whole if whole > 0 else None


def money_total(run: Measured, *, name: str) -> float:
    """Sum of a money column of the daily counts, yuan."""
    return yuan(run.total(name))


def money_not_done(run: Measured) -> float:
    """Planned spending refused for lack of money, yuan."""
    return yuan(run.account("money_not_done"))


def minutes(run: Measured, *, account: str) -> float:
    """Minutes booked on a memo account."""
    return float(run.account(account))


def _profit(run: Measured) -> int:
    return run.total("revenue") - run.total("cost")


def profit(run: Measured) -> float:
    """Revenue less cost, yuan."""
    return yuan(_profit(run))


def _contribution(run: Measured) -> int:
    return run.total("revenue") - run.account_class("variable")


def contribution(run: Measured) -> float:
    """Revenue less the costs that move with each sale, yuan."""
    return yuan(_contribution(run))


def margin_rate(run: Measured) -> float | None:
    """Contribution over revenue; undefined without revenue."""
    return ratio(_contribution(run), run.total("revenue"))


def profit_after_time(run: Measured) -> float:
    """Profit less the worth of the owner's time, yuan."""
    hours = run.account("staff_minutes") / 60
    return profit(run) - hours * run.parameters.hour_value


def arpu(run: Measured) -> float | None:
    """Revenue per member and 30 days, yuan; members at the end of each day, as shown."""
    return _yuan_per(MONTH * run.total("revenue"), run.total("members"))


def payers(run: Measured) -> float:
    """Distinct persons who paid in the run."""
    return float(np.count_nonzero(run.persons.first_paid >= 0))


def arppu(run: Measured) -> float | None:
    """Revenue per distinct payer of the run, yuan."""
    return _yuan_per(run.total("revenue"), payers(run))


def conversion(run: Measured, *, window: int) -> float | None:
    """Share of newcomers who paid on days 0 to ``window - 1`` after joining.

    Only those whose window fits into the run. An entry fee is not a conversion: it does not set a
    member's ``first_paid``.
    """
    members = run.members
    cohort = run.stays & (members.joined <= run.days - window)
    paid = (members.first_paid >= 0) & (members.first_paid - members.joined < window)
    return ratio(int(np.count_nonzero(cohort & paid)), int(np.count_nonzero(cohort)))


def ltv(run: Measured) -> float | None:
    """Contribution of a new member over at most 365 days, yuan, not discounted.

    The sum over tenure days d of S(d) m(d): S = Kaplan-Meier share of stays that reach day d, m =
    mean contribution of those observed on it. Without censoring this is the contribution per
    newcomer exactly.
    """
    stays = run.survival
    limit = min(YEAR, run.days)
    if stays.reach < 0:
        return None
    observed = stays.at_risk[:limit]
    mean = run.record.tenure_contribution[:limit] / np.maximum(observed, 1)
    worth = float(np.where(observed > 0, stays.reached[:limit] * mean, 0.0).sum())
    return yuan(worth)


def ltv_days(run: Measured) -> float | None:
    """Tenure days that ``ltv`` could add up: fewer than 365 when nobody was seen that long."""
    stays = run.survival
    if stays.reach < 0:
        return None
    limit = min(YEAR, run.days)
    if stays.share[-1] == 0.0:
        return float(limit)
    return float(min(limit, int(np.count_nonzero(stays.at_risk))))


def cac(run: Measured) -> float | None:
    """Cost of bringing people in, per join of any kind, yuan."""
    return _yuan_per(run.account_class("acquisition"), run.total("joins"))


def cac_payer(run: Measured) -> float | None:
    """Cost of bringing people in, per member who paid for the first time, yuan."""
    return _yuan_per(run.account_class("acquisition"), run.total("first_payers"))


def ltv_cac(run: Measured) -> float | None:
    """Worth of a new member over what one costs; undefined where they cost nothing."""
    worth, cost = ltv(run), cac(run)
    return None if worth is None or cost is None else ratio(worth, cost)


def roas(run: Measured) -> float | None:
    """Revenue over what was spent to bring people in and to keep them busy."""
    spent = run.account_class("acquisition") + run.account_class("engagement")
    return ratio(run.total("revenue"), spent)


def return_on_spend(run: Measured) -> float | None:
    """Profit over cost."""
    return ratio(_profit(run), run.total("cost"))


def payback(profit_by_day: ArrayLike) -> Value:
    """Day from which cumulative profit is never negative again.

    Args:
        profit_by_day: Profit (or its difference to a baseline), any unit, of shape (H,), H >= 1.

    Returns:
        The last day with a negative total plus one; 0 if there is none; ``NEVER`` if the run ends
        with one.
    """
    below = np.flatnonzero(np.cumsum(np.asarray(profit_by_day)) < 0)
    if below.size == 0:
        return 0.0
    last = int(below[-1])
    return NEVER if last == np.size(profit_by_day) - 1 else float(last + 1)


def payback_day(run: Measured) -> Value:
    """Day from which the community has earned what it cost."""
    return payback(run.profit)


def npv(run: Measured) -> float:
    """Daily profits discounted to day 0, yuan, without a value after the end."""
    years = np.arange(run.days) / YEAR
    return yuan(float(run.profit @ (1.0 + run.parameters.discount_rate) ** -years))
