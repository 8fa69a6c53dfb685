"""Fitting the member law to one log: maximum a posteriori with the pooled law as prior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.dated import with_dated
from sim.logs.law import POOLED, LawPrior
from sim.logs.newton import climb
from sim.logs.replay import replay_weeks
from sim.logs.weeks import ActiveWeeks, active_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from sim.logs.replay import Replay
    from sim.logs.table import EventTable

FIT_WEEKS = 104
"""How many weeks before the origin are fitted."""
FIT_MEMORY = 40.0
"""Weeks after which an observation counts for 1/e."""
_STEPS = 12
_CONVERGED = 1e-9


@dataclass(frozen=True)
class Rows:
    """Member-weeks of one week, with one weight.

    Attributes:
        z: Terms, float32 of shape (n, k); half the memory, and exact enough (1e-7) for a fit.
        spoke: bool of shape (n,).
        weight: Weight of every row.
        week: Index of the week.
    """

    z: NDArray[np.float32]
    spoke: NDArray[np.bool_]
    weight: float
    week: int = 0


@dataclass(frozen=True)
class LawFit:
    """The law of one log.

    Attributes:
        terms: Names of the coefficients, as in the prior.
        coefficients: float64 of shape (k,).
        covariance: float64 of shape (k, k): inverse curvature of the log posterior.
        member_weeks: Rows fitted.
        spoken: Rows among them with a message.
        steps: Newton steps taken.
    """

    terms: tuple[str, ...]
    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    member_weeks: int
    spoken: int
    steps: int

    @property
    def errors(self) -> NDArray[np.float64]:
        """Standard errors, float64 of shape (k,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)


def law_rows(
    active: ActiveWeeks, *, columns: NDArray[np.int64], weeks: int, memory: float = FIT_MEMORY
) -> list[Rows]:
    """The member-weeks of the last whole weeks, weighted by age.

    Args:
        active: Who wrote in which week.
        columns: Which terms, positions in ``law.TERMS``.
        weeks: How many weeks back.
        memory: Weeks after which an observation counts for 1/e; infinite = all count alike.
    """
    return member_weeks(
        active, terms=lambda state: state.terms()[:, columns], weeks=weeks, memory=memory
    )


def member_weeks(
    active: ActiveWeeks,
    *,
    terms: Callable[[Replay], NDArray[np.float64]],
    weeks: int,
    memory: float = FIT_MEMORY,
) -> list[Rows]:
    """:func:`law_rows` with terms of any kind.

    Args:
        active: Who did it in which week.
        terms: Terms of the known members at the start of a week, of shape (known, k).
        weeks: How many weeks back.
        memory: As there.
    """
    rows = []
    for state in replay_weeks(active):
        if state.week < active.whole - weeks or state.week >= active.whole or not state.known:
            continue
        spoke = np.zeros(state.known, dtype=np.bool_)
        speakers, _ = state.spoken(state.week)
        spoke[speakers[speakers < state.known]] = True
        age = active.whole - state.week
        rows.append(
            Rows(
                z=terms(state).astype(np.float32),
                spoke=spoke,
                weight=float(np.exp(-age / memory)),
                week=state.week,
            )
        )
    return rows


def map_logistic(
    rows: Iterable[Rows], *, mean: NDArray[np.float64], precision: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Logistic regression with a normal prior, by damped Newton steps from the prior mean.

    The log posterior is concave; a step that does not raise it is halved.

    Args:
        rows: Observations, in blocks that share a weight; gone through several times.
        mean: Prior means, float64 of shape (k,).
        precision: Prior precisions 1/sd**2, float64 of shape (k,); 0 = no prior.

    Returns:
        Coefficients (k,), curvature (k, k) of the negative log posterior there, steps taken.
    """
    rows = list(rows)
    top = climb(
        lambda beta: _log_posterior(rows, beta, mean, precision),
        start=mean.astype(np.float64), most=_STEPS, converged=_CONVERGED,
    )  # fmt: skip
    return top.at, top.curvature, top.steps


def _log_posterior(
    rows: list[Rows],
    beta: NDArray[np.float64],
    mean: NDArray[np.float64],
    precision: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    away = beta - mean
    value = -0.5 * float(away @ (precision * away))
    gradient = -precision * away
    curvature = np.diag(precision).astype(np.float64)
    for block in rows:
        z = block.z.astype(np.float64)
        logit = z @ beta
        small = np.exp(-np.abs(logit))
        softplus = np.maximum(logit, 0.0).sum() + np.log1p(small).sum()
        value += block.weight * float(logit[block.spoke].sum() - softplus)
        p = np.where(logit >= 0.0, 1.0, small) / (1.0 + small)
        gradient = gradient + block.weight * ((block.spoke - p) @ z)
        curvature += block.weight * ((z * (p * (1.0 - p))[:, None]).T @ z)
    return value, gradient, curvature


def fit_law(
    table: EventTable | ActiveWeeks,
    *,
    until: int | None = None,
    prior: LawPrior = POOLED,
    dated: Sequence[int] = (),
) -> LawFit:
    """The law's coefficients in one log, from the last 104 whole weeks before the origin.

    Args:
        table: The events, or their member-weeks (then ``until`` is theirs).
        until: Origin in seconds, exclusive; default: the midnight after the last event.
        prior: ``law.POOLED`` (twelve terms) or ``law.MINIMAL`` (eight).
        dated: Weeks of known shocks, whose effect is fitted beside the law and left out of it.
    """
    active = table if isinstance(table, ActiveWeeks) else active_weeks(table, until=until)
    rows, wider = with_dated(
        law_rows(active, columns=prior.columns, weeks=FIT_WEEKS), weeks=dated, prior=prior
    )
    beta, curvature, steps = map_logistic(
        rows,
        mean=np.array(wider.mean),
        precision=1.0 / np.square(np.array(wider.sd)),
    )
    size = len(prior.terms)
    return LawFit(
        terms=prior.terms,
        coefficients=beta[:size],
        covariance=np.asarray(np.linalg.inv(curvature)[:size, :size], dtype=np.float64),
        member_weeks=sum(block.spoke.size for block in rows),
        spoken=sum(int(block.spoke.sum()) for block in rows),
        steps=steps,
    )
