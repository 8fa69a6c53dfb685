"""The classical methods that a forecast has to beat: series models of statsforecast.

Each sees one weekly series and no members. Quantiles come from a model's own intervals of 50 and
90 %; on the log scale the series is log(1 + x). Nothing falls below zero.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.forecast import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RECENT = 26
"""Weeks of which the quantiles are the simplest forecast that has a spread."""

_BANDS = (50, 90)


def naive(series: Numbers, weeks: int) -> Numbers:
    """The last week, with the spread of a random walk."""
    return _fitted(series, weeks, kind="Naive", log=False)


def recent(series: Numbers, weeks: int) -> Numbers:
    """The quantiles of the last 26 weeks, for every week to come."""
    return np.tile(np.quantile(series[-RECENT:], LEVELS), (weeks, 1))


def check_extra() -> None:
    """Refuse to begin without the extra ``backtest``.

    Raises:
        UserError: ``missing_extra``/``extra``.
    """
    try:
        import statsforecast
    except ImportError as error:
        about = {"extra": "backtest", "package": "statsforecast"}
        raise UserError("missing_extra", "extra", **about) from error
    del statsforecast


def _model(kind: str) -> Any:
    from statsforecast import models

    return getattr(models, kind)(**({} if kind == "Naive" else {"season_length": 1}))


def _fitted(series: Numbers, weeks: int, *, kind: str, log: bool) -> Numbers:
    """Quantiles of a series model; those of the last weeks where it fails.

    Returns:
        Of shape (weeks, levels), ascending.
    """
    y = np.log1p(series) if log else series.astype(np.float64)
    if np.ptp(y) == 0:
        return recent(series, weeks)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = _model(kind).forecast(y=y, h=weeks, level=list(_BANDS))
    except Exception:  # noqa: BLE001  whatever ails a model in one log, the other logs go on
        return recent(series, weeks)
    columns = [found[f"lo-{_BANDS[1]}"], found[f"lo-{_BANDS[0]}"], found["mean"],
               found[f"hi-{_BANDS[0]}"], found[f"hi-{_BANDS[1]}"]]  # fmt: skip
    quantiles = np.stack([np.asarray(one, np.float64) for one in columns], axis=1)
    if log:
        quantiles = np.expm1(np.minimum(quantiles, 50.0))
    if not np.isfinite(quantiles).all():
        return recent(series, weeks)
    return np.sort(np.maximum(quantiles, 0.0), axis=1)


_KINDS = {"autoets": "AutoETS", "autoarima": "AutoARIMA", "theta": "AutoTheta", "ces": "AutoCES"}

CLASSICAL: dict[str, Callable[[Numbers, int], Numbers]] = {
    "naive": naive,
    "last_26_weeks": recent,
    **{
        f"{name}_{scale}": partial(_fitted, kind=kind, log=scale == "log")
        for name, kind in _KINDS.items()
        for scale in ("raw", "log")
    },
}
"""Method by name: a series of shape (weeks,) and a horizon give (horizon, levels)."""

MEDIAN_OF = tuple(f"{name}_log" for name in _KINDS)
"""Methods of which the ensemble is the median, quantile by quantile."""
