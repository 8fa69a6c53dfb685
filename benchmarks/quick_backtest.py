"""A quick look at forecasts against what happened: six logs of six families, two origins each.

Weighted interval score (mean pinball loss x 2) and coverage of speakers, messages and newcomers
over 26 weeks, beside two references: the naive forecast (the last value, with the spread of a
random walk of past weekly changes) and the quantiles of the last 26 weeks. Ratios are means of
logarithms over cases. It is no substitute for ``qunsim backtest``: few cases, weak opponents.

    python benchmarks/quick_backtest.py FOLDER [REPLICATES]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sim.errors import UserError
from sim.logs.events import read_events
from sim.logs.table import WEEK
from sim.logs.weeks import weekly
from sim.study.forecast import LEVELS, TARGETS, forecast

LOGS = (
    "irc_zig",
    "forum_urho3d",
    "slack_racket_general",
    "mail_cf_metadata",
    "irc_fluid_work",
    "gitter_fcc_all_small_rooms",
)
ORIGINS = (0.5, 0.75)
WEEKS = 26
OFFSET = (0.05, 0.5, 0.02)  # added before ratios, so that dead weeks do not make them infinite
METHODS = ("agents", "naive", "last_26")


def score(quantiles, actual):
    """(weighted interval score, coverage of the middle 50 and 90 in 100)."""
    levels = np.array(LEVELS)
    error = actual[:, None] - quantiles
    pinball = np.maximum(levels * error, (levels - 1) * error)
    inside = [
        np.mean((quantiles[:, low] <= actual) & (actual <= quantiles[:, high]))
        for low, high in ((1, 3), (0, 4))
    ]
    return 2 * pinball.mean(), *inside


def naive(past, weeks):
    """The last value; weekly changes add up like a random walk (normal quantiles)."""
    sd = np.std(np.diff(past[-104:]))
    z = np.array([-1.6449, -0.6745, 0.0, 0.6745, 1.6449])
    return np.maximum(past[-1] + sd * np.sqrt(np.arange(1, weeks + 1))[:, None] * z, 0.0)


def main() -> None:
    """Print one line a case and target, then the summary."""
    folder = Path(sys.argv[1])
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    scores = {target: [] for target in TARGETS}
    for name in LOGS:
        table = read_events(folder / f"{name}.csv.gz")
        whole = weekly(table)
        series = np.array([whole.speakers, whole.messages, whole.newcomers])
        total = series.shape[1]
        for share in ORIGINS:
            week = min(int(share * total), total - WEEKS)
            try:
                result = forecast(table, until=table.start + week * WEEK, replicates=replicates)
            except UserError as error:
                print(name, share, error)
                continue
            actual = series[:, week : week + WEEKS]
            for k, target in enumerate(TARGETS):
                past = series[k, :week].astype(float)
                level = np.quantile(past[-WEEKS:], LEVELS)
                forecasts = (
                    result.quantiles[k],
                    naive(past, WEEKS),
                    np.tile(level, (WEEKS, 1)),
                )
                cells = [score(q, actual[k]) for q in forecasts]
                scores[target].append([(cell[0] + OFFSET[k], *cell[1:]) for cell in cells])
                text = "  ".join(
                    f"{m} {c[0]:8.2f} {c[1]:.2f} {c[2]:.2f}"
                    for m, c in zip(METHODS, cells, strict=True)
                )
                ahead = result.quantiles[k, :, 2].mean()
                print(f"{name:26} {share:.2f} {target:9} {text}  median {ahead:.1f}"
                      f" was {actual[k].mean():.1f}", flush=True)  # fmt: skip
    for target, cases in scores.items():
        array = np.array(cases)
        ratio = np.exp(np.log(array[:, :1, 0] / array[:, 1:, 0]).mean(axis=0))
        cover = array[:, 0, 1:].mean(axis=0)
        print(f"{target:9} WIS ratio to naive {ratio[0]:.3f}, to last 26 weeks {ratio[1]:.3f};"
              f" coverage 50: {cover[0]:.2f}, 90: {cover[1]:.2f}; {len(cases)} cases")  # fmt: skip


if __name__ == "__main__":
    main()
