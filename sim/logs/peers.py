"""A community beside real ones: the same statistics over periods of the same length.

Inequality and bursts grow with the length of a log, so that only periods of equal length compare.
``real_communities.csv`` holds the statistics of public logs, one row for each period of 52 or 13
weeks, taken once a year of the log counted back from its end; the logs themselves are not part of
the package. It is made again by ``python -m sim.logs.peers LOGS.csv.gz``.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.rhythm import burstiness, member_burstiness
from sim.logs.table import DAY, MESSAGE, WEEK, EventTable, day_text
from sim.metrics.inequality import gini, top_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

TABLE = "real_communities.csv"
LENGTHS = (52, 13)
"""Weeks of a period; a community is compared over the longest that its log has."""

STATISTICS = (
    "speakers_week", "messages_speaker_week", "newcomer_share", "growth", "ret30_60",
    "med_life_days", "gini", "top10_share", "once", "burstiness", "member_burstiness",
)  # fmt: skip
"""What is compared. Shares of replies are not: each family of logs knows replies differently."""

_FOUNDING = 35 * DAY  # five weeks: who speaks then for the first time may have been there before
_FEWEST_JOINERS = 5
_LEAST_SPEAKERS = 2.0  # a week; under it a period tells of silence
_COLUMNS = ("log", "family", "weeks", "end", *STATISTICS)


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Statistics of real communities over periods of one length.

    Attributes:
        weeks: Length of a period.
        logs: Number of communities.
        families: Number of families; communities of one share people.
        weight: Weight of each period, shape (n,): families alike, logs of a family alike, periods
            of a log alike; sum 1.
        values: By statistic, shape (n,); NaN = unknown.
    """

    weeks: int
    logs: int
    families: int
    weight: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]

    def rank(self, name: str, value: float | None) -> float | None:
        """Share of real communities with a lower value, ties counted half; 0 to 1."""
        if value is None:
            return None
        peers = self.values[name]
        known = np.isfinite(peers)
        score = (peers < value) + 0.5 * (peers == value)
        return float(self.weight[known] @ score[known] / self.weight[known].sum())

    def quantiles(self, name: str, levels: Sequence[float]) -> list[float]:
        """Weighted quantiles of a statistic (the smallest value that reaches each level)."""
        known = np.isfinite(self.values[name])
        values, weight = self.values[name][known], self.weight[known]
        order = np.argsort(values)
        reached = np.cumsum(weight[order]) / weight.sum()
        places = np.searchsorted(reached, np.asarray(levels) - 1e-12)
        return [float(one) for one in values[order][np.minimum(places, order.size - 1)]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A community beside the real ones.

    Attributes:
        peers: The real ones, over periods as long.
        end: Seconds since 1970 UTC at which the period ends.
        values: Statistics of the community's last such period; None = unknown.
        ranks: Share of real communities with less, 0 to 1; None = unknown.
    """

    peers: Peers
    end: int
    values: Mapping[str, float | None]
    ranks: Mapping[str, float | None]

    def document(self) -> dict[str, Any]:
        """As plain data."""
        levels = (0.1, 0.25, 0.5, 0.75, 0.9)
        return {
            "weeks": self.peers.weeks,
            "until": day_text(self.end - 1),
            "communities": self.peers.logs,
            "families": self.peers.families,
            "statistics": {
                name: {
                    "value": self.values[name],
                    "rank": self.ranks[name],
                    "real": dict(
                        zip(
                            ("p10", "p25", "p50", "p75", "p90"),
                            self.peers.quantiles(name, levels),
                            strict=True,
                        )
                    ),
                }
                for name in STATISTICS
            },
        }


def place(table: EventTable) -> Place | None:
    """Where a community stands among the real ones, by its last year or quarter.

    Args:
        table: Its events.

    Returns:
        None if the log is shorter than 13 weeks, or fewer than two people a week spoke.
    """
    for weeks in LENGTHS:
        if table.end - table.start >= weeks * WEEK:
            values = period(table, end=table.end, weeks=weeks)
            if values is None:
                continue
            peers = real_communities(weeks)
            ranks = {name: peers.rank(name, values[name]) for name in STATISTICS}
            return Place(peers=peers, end=table.end, values=values, ranks=ranks)
    return None


def period(table: EventTable, *, end: int, weeks: int) -> dict[str, float | None] | None:
    """Statistics of one period of a log.

    Args:
        table: The events.
        end: Seconds since 1970 UTC at which the period ends, exclusive.
        weeks: Its length.

    Returns:
        By name, None = unknown; None in all if fewer than two people a week spoke:

        - ``speakers_week``: mean distinct speakers a week; ``messages_speaker_week``: messages of
          a speaker in a week in which he speaks;
        - ``newcomer_share``: share of a week's speakers whose first message of the log falls in
          it, the log's first five weeks left out;
        - ``growth``: speakers a week in the second half over the first half, less 1;
        - ``ret30_60``, ``med_life_days``: of those who first spoke in the period, after the log's
          first five weeks and 60 days before its end: share with a message on days 30 to 60, and
          median days from first to last message in the period; unknown under five;
        - ``gini, top10_share, once``: of messages over those who spoke in the period;
        - ``burstiness, member_burstiness``: as :mod:`sim.logs.rhythm`.
    """
    begin = end - weeks * WEEK
    at = slice(*np.searchsorted(table.seconds, [begin, end]))
    use = table.event[at] == MESSAGE
    seconds, member = table.seconds[at][use], table.member[at][use]
    week = (seconds - begin) // WEEK
    seen = np.unique(week * table.members + member)
    speakers = np.bincount(seen // table.members, minlength=weeks)
    if speakers.mean() < _LEAST_SPEAKERS:
        return None
    counts = np.bincount(member)
    counts = counts[counts > 0]
    half = weeks // 2
    early = float(speakers[:half].mean())
    return {
        "speakers_week": float(speakers.mean()),
        "messages_speaker_week": seconds.size / int(speakers.sum()),
        "growth": float(speakers[weeks - half :].mean()) / early - 1 if early else None,
        "gini": gini(counts),
        "top10_share": top_share(counts, top=0.10),
        "once": float((counts == 1).mean()),
        "burstiness": burstiness(seconds),
        "member_burstiness": member_burstiness(seconds, member),
        **_newcomers(table, seconds, member, speakers, begin=begin, end=end),
    }


def _newcomers(
    table: EventTable,
    seconds: NDArray[np.int64],
    member: NDArray[np.int32],
    speakers: NDArray[np.int64],
    *,
    begin: int,
    end: int,
) -> dict[str, float | None]:
    first = _first_messages(table)
    founded = table.start + _FOUNDING
    skipped = max(0, -(-(founded - begin) // WEEK))
    joined = first[(first >= begin + skipped * WEEK) & (first < end)]
    talked = int(speakers[skipped:].sum())
    new = np.flatnonzero((first >= max(begin, founded)) & (first < end - 60 * DAY))
    values: dict[str, float | None] = {
        "newcomer_share": joined.size / talked if talked else None,
        "ret30_60": None,
        "med_life_days": None,
    }
    if new.size < _FEWEST_JOINERS:
        return values
    age = seconds - first[member]
    back = np.zeros(table.members, dtype=np.bool_)
    back[member[(age >= 30 * DAY) & (age < 60 * DAY)]] = True
    last = np.zeros(table.members, dtype=np.int64)
    last[member] = seconds
    return values | {
        "ret30_60": float(back[new].mean()),
        "med_life_days": float(np.median(last[new] - first[new])) / DAY,
    }


def _first_messages(table: EventTable) -> NDArray[np.int64]:
    """Second of each member's first message; far in the future for those without one."""
    use = np.flatnonzero(table.event == MESSAGE)
    people, at = np.unique(table.member[use], return_index=True)
    first = np.full(table.members, np.iinfo(np.int64).max // 2)
    first[people] = table.seconds[use[at]]
    return first


@cache
def real_communities(weeks: int) -> Peers:
    """The real communities that come with the package.

    Args:
        weeks: One of :data:`LENGTHS`.
    """
    text = resources.files("sim.logs").joinpath(TABLE).read_text("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if int(row["weeks"]) == weeks]
    logs = {row["log"]: row["family"] for row in rows}
    families = list(logs.values())
    weight = [
        1.0
        / len(set(families))
        / families.count(row["family"])
        / sum(other["log"] == row["log"] for other in rows)
        for row in rows
    ]
    return Peers(
        weeks=weeks,
        logs=len(logs),
        families=len(set(families)),
        weight=np.array(weight),
        values={name: np.array([float(row[name] or "nan") for row in rows]) for name in STATISTICS},
    )


def periods(table: EventTable, *, log: str, family: str) -> Iterator[dict[str, str]]:
    """The rows of a log in the table: one period of each length for each year before its end."""
    for weeks in LENGTHS:
        end = table.end
        while end - weeks * WEEK >= table.start:
            values = period(table, end=end, weeks=weeks)
            if values is not None:
                told = {name: "" if one is None else f"{one:.4g}" for name, one in values.items()}
                about = {"log": log, "family": family, "weeks": str(weeks)}
                yield about | {"end": day_text(end - 1)} | told
            end -= LENGTHS[0] * WEEK


def main(files: Sequence[str]) -> None:
    """Print the table of some logs; the family of each stands in the JSON file beside it."""
    from sim.logs.events import read_events

    writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for file in files:
        name = Path(file).name.removesuffix(".gz").removesuffix(".csv")
        about = json.loads((Path(file).parent / f"{name}.json").read_text("utf-8"))
        if about.get("events", {}).get("message"):
            writer.writerows(periods(read_events(file), log=name, family=about["family"]))


if __name__ == "__main__":
    main(sys.argv[1:])
