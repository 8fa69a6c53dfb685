"""Estimate the law of a second speaking day within a week, and what goes with it, from real logs.

The member law says how likely a member is to speak in a week. A daily engine also needs to know
on which further days of that week the member speaks, how much a speaking day brings, and what
newcomers do at first. This script estimates these numbers over all event logs of a folder, pooled
by family, with standard errors clustered by log and the range over leave-one-family-out fits.

    python benchmarks/fit_again.py FOLDER
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.events import read_events
from sim.logs.law import POOLED
from sim.logs.replay import replay_weeks
from sim.logs.table import DAY, MESSAGE, WEEK
from sim.logs.weeks import active_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

# Logs of one family share people or a founder; families are weighed alike.
FAMILIES = {
    "mail_cf": "cf",
    "dm_collegemsg": "collegemsg",
    "mail_eu": "eu",
    "gitter_fcc": "fcc",
    "irc_fluid": "fluid",
    "discord_meshcore": "meshcore",
    "irc_qtox": "qtox",
    "irc_zig": "zig",
    "irc_": "raku",  # what is not named above
    "slack_elm": "slack_elm",
    "slack_racket": "slack_racket",
    "forum_urho3d": "urho3d",
}
AGAIN = ("base", "habit", "yesterday", "mention")
AGAIN_NEW = ("base", "log_first_day", "yesterday", "mention")
AGAIN_OWN = ("base", "habit", "yesterday", "mention", "log_volume")
DAYS = 7
MIN_ROWS = 50
VOLUMES = (1, 2, 3, 5, 8, 13, 25, 50, 100, 10**6)
# Days on which a student was active in an online course: one row a day, no messages.
NO_MESSAGES = ("kddcup",)


@dataclass(frozen=True)
class LogDays:
    """The rows that one log gives.

    Attributes:
        family: Family of the log.
        visits: Member-weeks with a message of members already known.
        again: Columns (spoke, habit, yesterday, mention, day, log volume), one row a member-day.
        fresh: The same for newcomers' first weeks, log(messages of the first day) for habit.
        extra: Columns (messages of a speaking day, log volume, position: 0 first day, 1 later).
        week: Columns (messages of an active week, log volume, speaking days, habit).
        first_counts: Messages of newcomers' first weeks.
    """

    family: str
    visits: int
    again: NDArray[np.float64]
    fresh: NDArray[np.float64]
    extra: NDArray[np.float64]
    week: NDArray[np.float64]
    first_counts: NDArray[np.float64]


def family_of(name: str) -> str:
    """The family of a log by the beginning of its name; its own if unknown."""
    return next((family for prefix, family in FAMILIES.items() if name.startswith(prefix)), name)


def day_counts(table: EventTable) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Active member-weeks (key = week x members + member), messages and answers by day."""
    whole = (table.end - table.start) // WEEK
    size = table.members
    use = (table.event == MESSAGE) & (table.seconds < table.start + whole * WEEK)
    day = (table.seconds[use] - table.start) // DAY
    member, reply_to = table.member[use], table.reply_to[use]
    keys, entry = np.unique(day // DAYS * size + member, return_inverse=True)
    counts = np.zeros((keys.size, DAYS), dtype=np.int64)
    np.add.at(counts, (entry, day % DAYS), 1)
    answered = np.zeros((keys.size, DAYS), dtype=np.bool_)
    real = (reply_to >= 0) & (reply_to != member)
    key = day[real] // DAYS * size + reply_to[real]
    at = np.minimum(np.searchsorted(keys, key), keys.size - 1)
    hit = keys[at] == key
    answered[at[hit], day[real][hit] % DAYS] = True
    return keys, counts, answered


def rows_after_first(
    counts: NDArray[np.int64],
    answered: NDArray[np.bool_],
    *,
    habit: NDArray[np.float64],
    volume: NDArray[np.float64],
) -> NDArray[np.float64]:
    """One row for each day after the first speaking day of the week."""
    spoke = counts > 0
    first = spoke.argmax(axis=1)
    parts = []
    for day in range(1, DAYS):
        use = first < day
        parts.append(
            np.column_stack(
                [
                    spoke[use, day],
                    habit[use],
                    spoke[use, day - 1],
                    answered[use, day - 1],
                    np.full(int(use.sum()), day),
                    volume[use],
                ]
            )
        )
    return np.concatenate(parts)


def log_days(table: EventTable, *, family: str) -> LogDays | None:
    """All rows of one log; None if it has fewer than two whole weeks."""
    active = active_weeks(table)
    if active.whole < 2:
        return None
    keys, counts, answered = day_counts(table)
    week, member = np.divmod(keys, table.members)
    habit = np.full(keys.size, np.nan)
    volume = np.full(keys.size, np.nan)
    weights = np.array(POOLED.mean)
    entry_of = {int(key): entry for entry, key in enumerate(keys)}
    for state in replay_weeks(active):
        if state.week >= active.whole:
            break
        rows, _ = state.spoken(state.week)
        rows = rows[rows < state.known]
        if not rows.size:
            continue
        entries = [entry_of[state.week * table.members + int(m)] for m in state.member[rows]]
        habit[entries] = state.terms()[rows] @ weights
        volume[entries] = np.log(state.volume[rows])
    known = np.isfinite(habit)
    new = active.first[member] == week
    first_day = counts[np.arange(keys.size), (counts > 0).argmax(axis=1)]
    spoke = counts > 0
    later = np.arange(DAYS)[None, :] > spoke.argmax(axis=1)[:, None]
    at = np.nonzero(spoke & known[:, None])
    return LogDays(
        family=family,
        visits=int(known.sum()),
        again=rows_after_first(
            counts[known], answered[known], habit=habit[known], volume=volume[known]
        ),
        fresh=rows_after_first(
            counts[new], answered[new], habit=np.log(first_day[new]), volume=np.zeros(new.sum())
        ),
        extra=np.column_stack([counts[at], volume[at[0]], later[at]]),
        week=np.column_stack(
            [counts[known].sum(axis=1), volume[known], spoke[known].sum(axis=1), habit[known]]
        ),
        first_counts=counts[new].sum(axis=1).astype(np.float64),
    )


def log_weights(logs: Sequence[LogDays]) -> NDArray[np.float64]:
    """Neither long logs nor large families rule: min(1, 2000 / visits) / sqrt(logs of family)."""
    families = [log.family for log in logs]
    return np.array(
        [min(1.0, 2000.0 / max(log.visits, 1)) / families.count(log.family) ** 0.5 for log in logs]
    )


def logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], beta: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Residuals and variances of a logistic regression."""
    p = 1.0 / (1.0 + np.exp(-(x @ beta)))
    return y - p, p * (1.0 - p)


def quasi_poisson(
    x: NDArray[np.float64], y: NDArray[np.float64], beta: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Residuals and variances of a log-linear regression with variance proportional to the mean."""
    mean = np.exp(np.clip(x @ beta, -20.0, 20.0))
    return y - mean, mean


def pooled_fit(
    blocks: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]],
    weights: NDArray[np.float64],
    *,
    model: Callable[..., tuple[NDArray[np.float64], NDArray[np.float64]]],
    start: float = 0.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Newton fit over logs; standard errors clustered by log (sandwich)."""
    size = blocks[0][0].shape[1]
    beta = np.zeros(size)
    beta[0] = start
    for _ in range(30):
        scores, curvature = [], np.full((size, size), 0.0)
        for (x, y), weight in zip(blocks, weights, strict=True):
            residual, variance = model(x, y, beta)
            scores.append(weight * (residual @ x))
            curvature += weight * ((x * variance[:, None]).T @ x)
        move = np.linalg.solve(curvature, np.sum(scores, axis=0))
        beta = beta + np.clip(move, -1.0, 1.0)
        if np.abs(move).max() < 1e-9:
            break
    bread = np.linalg.inv(curvature)
    meat = np.einsum("ij,ik->jk", np.array(scores), np.array(scores))
    return beta, np.sqrt(np.diag(bread @ meat @ bread))


def design(block: NDArray[np.float64], columns: Sequence[int]) -> NDArray[np.float64]:
    """An intercept and the columns."""
    return np.column_stack([np.ones(len(block)), block[:, list(columns)]])


def report(
    title: str,
    names: Sequence[str],
    logs: Sequence[LogDays],
    blocks: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]],
    *,
    model: Callable[..., tuple[NDArray[np.float64], NDArray[np.float64]]] = logistic,
    start: float = 0.0,
) -> NDArray[np.float64]:
    """Print coefficients, errors and the leave-one-family-out range; return the coefficients."""
    keep = [i for i, (x, _) in enumerate(blocks) if len(x)]
    logs, blocks = [logs[i] for i in keep], [blocks[i] for i in keep]
    weights = log_weights(logs)
    beta, errors = pooled_fit(blocks, weights, model=model, start=start)
    left_out = []
    families = sorted({log.family for log in logs})
    for family in families:
        use = [i for i, log in enumerate(logs) if log.family != family]
        left_out.append(
            pooled_fit(
                [blocks[i] for i in use],
                log_weights([logs[i] for i in use]),
                model=model,
                start=start,
            )[0]
        )
    low, high = np.min(left_out, axis=0), np.max(left_out, axis=0)
    rows = sum(len(x) for x, _ in blocks)
    print(f"\n{title}: {rows} rows, {len(logs)} logs, {len(families)} families")
    for name, value, error, least, most in zip(names, beta, errors, low, high, strict=True):
        spread = f"leave-one-out {least:.3f} .. {most:.3f}"
        print(f"  {name:18s} {value:8.3f}  se {error:.3f}  {spread}")
    return beta


def gamma_shape(y: NDArray[np.float64], mean: NDArray[np.float64]) -> float:
    """Shape k of Poisson(Gamma(k, mean)) by moments: var = mean + mean**2 / k."""
    return float(np.square(mean).sum() / max((np.square(y - mean) - mean).sum(), 1e-9))


def family_mean(logs: Sequence[LogDays], value: Callable[[LogDays], float]) -> str:
    """Mean over families of the mean over logs, and the range over families."""
    values: dict[str, list[float]] = {}
    for log in logs:
        number = value(log)
        if np.isfinite(number):
            values.setdefault(log.family, []).append(number)
    means = {family: float(np.mean(numbers)) for family, numbers in values.items()}
    listed = ", ".join(f"{family} {mean:.2f}" for family, mean in sorted(means.items()))
    middle = np.median(list(means.values()))
    return f"{np.mean(list(means.values())):.3f} (median {middle:.3f}) [{listed}]"


def main() -> None:
    """Read the logs of a folder and print every estimate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    logs = []
    for path in sorted(parser.parse_args().folder.glob("*.csv.gz")):
        if path.name.startswith(NO_MESSAGES):
            continue
        table = read_events(path)
        if not (table.event == MESSAGE).any():
            continue
        found = log_days(table, family=family_of(path.name))
        if found is not None:
            logs.append(found)
    again = [(design(log.again, (1, 2, 3)), log.again[:, 0]) for log in logs]
    report("Speaks on a later day of the week, known members", AGAIN, logs, again)
    own = [(design(log.again, (1, 2, 3, 5)), log.again[:, 0]) for log in logs]
    report("The same with volume", AGAIN_OWN, logs, own)
    fresh = [(design(log.fresh, (1, 2, 3)), log.fresh[:, 0]) for log in logs]
    report("Newcomers in their first week", AGAIN_NEW, logs, fresh)
    for unit, column in (("speaking day", "extra"), ("active week", "week")):
        report_counts(unit, logs, [getattr(log, column) for log in logs])
    report_means(logs)


def report_counts(unit: str, logs: Sequence[LogDays], rows: Sequence[NDArray[np.float64]]) -> None:
    """Messages of a speaking day or active week, as 1 + Poisson(Gamma(k, mean)) given volume."""
    for what, less, start in (("messages", 0.0, 1.0), ("extra messages", 1.0, 1.0)):
        blocks = [(design(block, (1,)), block[:, 0] - less) for block in rows]
        title = f"log E[{what} per {unit}] on log volume"
        report(title, ("base", "log_volume"), logs, blocks, model=quasi_poisson, start=start)
    inside = []
    for log, (x, y) in zip(logs, blocks, strict=True):
        if len(x) < MIN_ROWS or y.sum() < MIN_ROWS:
            continue
        beta, _ = pooled_fit([(x, y)], np.ones(1), model=quasi_poisson, start=1.0)
        mean = np.exp(x @ beta)
        shape = float(np.clip(gamma_shape(y, mean), 0.05, 20.0))
        none = ((shape / (shape + mean)) ** shape).mean()
        inside.append((log.family, beta[0], beta[1], shape, (y == 0).mean(), none))
    print(f"  fitted log by log ({len(inside)} logs), means over families of medians over logs")
    names = ("base", "log_volume", "gamma shape k", "share without extra", "the same by the law")
    for position, name in enumerate(names, start=1):
        by_family: dict[str, list[float]] = {}
        for entry in inside:
            by_family.setdefault(entry[0], []).append(float(entry[position]))
        medians = [float(np.median(numbers)) for numbers in by_family.values()]
        spread = f"sd over families {np.std(medians, ddof=1):.3f}"
        print(f"    {name:20s} {np.mean(medians):7.3f}  median {np.median(medians):.3f}  {spread}")
    pooled = np.concatenate(
        [
            np.column_stack([block[:, :2], np.full(len(block), weight / len(block))])
            for block, weight in zip(rows, log_weights(logs) * [len(b) for b in rows], strict=True)
            if len(block)
        ]
    )
    print("  by volume: from, mean extra, variance/mean of extra, share without extra")
    for low, high in pairwise(VOLUMES):
        at = pooled[(pooled[:, 1] >= np.log(low)) & (pooled[:, 1] < np.log(high))]
        extra, weight = at[:, 0] - 1, at[:, 2] / at[:, 2].sum()
        mean = float(extra @ weight)
        ratio = float(np.square(extra - mean) @ weight) / mean
        print(f"    {low:6.0f} {mean:8.2f} {ratio:8.1f} {float((extra == 0) @ weight):6.2f}")


def report_means(logs: Sequence[LogDays]) -> None:
    """Plain means by family, as a check of the fits."""
    lines: dict[str, Callable[[LogDays], float]] = {
        "messages a speaking day": lambda log: log.extra[:, 0].mean(),
        "variance/mean, extra messages a speaking day": lambda log: (
            log.extra[:, 0].var() / (log.extra[:, 0].mean() - 1.0)
        ),
        "share of speaking days with one message": lambda log: (log.extra[:, 0] == 1).mean(),
        "messages of the first against later speaking days of a week": lambda log: (
            log.extra[log.extra[:, 2] == 0, 0].mean() / log.extra[log.extra[:, 2] == 1, 0].mean()
        ),
        "speaking days of an active week": lambda log: log.week[:, 2].mean(),
        "share of later days spoken": lambda log: log.again[:, 0].mean(),
        "newcomers: first weeks with more than one message": lambda log: (
            log.first_counts > 1
        ).mean(),
        "newcomers: mean of log first-week messages": lambda log: np.log(log.first_counts).mean(),
        "newcomers: sd of log first-week messages": lambda log: np.log(log.first_counts).std(),
        "newcomers: mean first-week messages": lambda log: log.first_counts.mean(),
        "newcomers: share of later days spoken": lambda log: log.fresh[:, 0].mean(),
    }
    print("\nMeans over families of means over logs")
    for title, value in lines.items():
        print(f"  {title}: {family_mean(logs, value)}")


if __name__ == "__main__":
    main()
