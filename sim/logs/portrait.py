"""Everything that a log tells of its community, gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.describe import describe
from sim.logs.network import ReplyNetwork, reply_network
from sim.logs.peers import Place, place
from sim.logs.retention import Retention, retention
from sim.logs.rhythm import local_offsets, week_table
from sim.logs.shocks import Search, Shock, find_shocks, gap_weeks
from sim.logs.table import DAY, MESSAGE, WEEK, day_text
from sim.logs.times import zone
from sim.logs.weeks import WeeklySeries, weekly
from sim.metrics.stage import DORMANT, QUIET_DAYS, QUIET_SPEAKERS, STAGES, stage_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

SCHEMA = 1

_QUARTER, _YEAR = 13, 52
_FOUNDING = 5  # weeks in which first messages are of those who had been there before


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """A community as its log shows it.

    Attributes:
        statistics: As :func:`sim.logs.describe.describe`, and ``growth_quarter``, ``growth_year``:
            speakers of the last 13 whole weeks over those of the 13 weeks before, or of the same
            weeks a year before, less 1; None = unknown.
        start: Seconds since 1970 UTC of the first day.
        weekly: Whole weeks, counted from the first day.
        stages: Code of the lifecycle stage on each day, int8 of shape (days,); -1 = too quiet to
            tell.
        shocks: What was searched in ``speakers`` and ``newcomers``; None = cannot be told.
        retention: Cohorts by month of the first message.
        messages: Messages of each member who wrote, int64.
        rhythm: Messages by weekday (Monday first) and hour in ``zone``, int64 of shape (7, 24).
        hours: Hours from the first to the last message that fall there, int64 of shape (7, 24).
        zone: Name of that zone.
        network: Who answers whom; None = the log does not tell.
        place: Beside real communities; None = too short or too quiet.
    """

    statistics: Mapping[str, Any]
    start: int
    weekly: WeeklySeries
    stages: NDArray[np.int8]
    shocks: Mapping[str, Search | None]
    retention: Retention
    messages: NDArray[np.int64]
    rhythm: NDArray[np.int64]
    hours: NDArray[np.int64]
    zone: str
    network: ReplyNetwork | None
    place: Place | None

    @property
    def spells(self) -> list[tuple[int, int, int]]:
        """Stretches in one stage: its code, first day, number of days."""
        starts = np.append(0, np.flatnonzero(np.diff(self.stages)) + 1)
        days = np.diff(np.append(starts, self.stages.size))
        codes = self.stages[starts]
        return list(zip(codes.tolist(), starts.tolist(), days.tolist(), strict=True))

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """Whole weeks that the log seems to miss: first second, and that after."""
        missed = gap_weeks(self.weekly.speakers).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], missed, [0]]))) * WEEK + self.start
        return [(int(first), int(after)) for first, after in edges.reshape(-1, 2)]

    def document(self) -> dict[str, Any]:
        """As plain data: what ``describe.json`` holds; None = the log does not tell."""
        series = self.weekly
        return {
            "schema": SCHEMA,
            **self.statistics,
            "zone": self.zone,
            "weekly": {
                "start": day_text(self.start),
                "speakers": series.speakers.tolist(),
                "messages": series.messages.tolist(),
                "newcomers": series.newcomers.tolist(),
            },
            "stages": [
                {
                    "stage": "too_quiet" if code < 0 else STAGES[code],
                    "from": day_text(self.start + first * DAY),
                    "days": days,
                }
                for code, first, days in self.spells
            ],
            "shocks": {name: _search(found) for name, found in self.shocks.items()},
            "gaps": [
                {"from": day_text(first), "to": day_text(after - 1)} for first, after in self.gaps
            ],
            "retention": self.retention.document(),
            "messages_by_member": np.sort(self.messages)[::-1].tolist(),
            "messages_by_weekday_and_hour": self.rhythm.tolist(),
            "replies_between": None if self.network is None else self.network.document(),
            "real_communities": None if self.place is None else self.place.document(),
        }


def portrait(table: EventTable, *, tz: str = "UTC") -> Portrait:
    """Everything that a log tells.

    Args:
        table: Events with at least one message.
        tz: Zone in which hours and weekdays are told.

    Raises:
        UserError: ``too_short``/``no_messages``; ``not_found``/``time_zone``.
    """
    use = table.event == MESSAGE
    seconds = table.seconds[use]
    local = zone(tz)
    offsets = local_offsets(seconds, local)
    statistics = describe(table, offset=offsets)
    hours = np.arange(seconds[0] // 3600, seconds[-1] // 3600 + 1) * 3600
    series = weekly(table)
    member = table.member[use].astype(np.int64)
    spoken = np.unique((seconds - table.start) // DAY * table.members + member) // table.members
    daily = np.bincount(spoken, minlength=(table.end - table.start) // DAY)
    counts = np.bincount(member)
    return Portrait(
        statistics=_with_growth(statistics, series),
        start=table.start,
        weekly=series,
        stages=_stages(daily),
        shocks=_shocks(series, start=table.start),
        retention=retention(table),
        messages=counts[counts > 0],
        rhythm=week_table(seconds, offset=offsets),
        hours=week_table(hours, offset=local_offsets(hours, local)),
        zone=tz,
        network=reply_network(table),
        place=place(table),
    )


def _stages(daily: NDArray[np.int64]) -> NDArray[np.int8]:
    """Stage codes, -1 where :func:`sim.metrics.stage.too_quiet` would say so of the days so far."""
    codes = stage_codes(daily)
    total = np.concatenate([[0], np.cumsum(daily)])
    day = np.arange(1, daily.size + 1)
    first = np.maximum(day - QUIET_DAYS, 0)
    mean = (total[day] - total[first]) / (day - first)
    return np.where((mean < QUIET_SPEAKERS) & (codes != DORMANT), np.int8(-1), codes)


def _shocks(series: WeeklySeries, *, start: int) -> dict[str, Search | None]:
    end = start + series.speakers.size * WEEK
    gaps = gap_weeks(series.speakers)
    late = slice(_FOUNDING, None)
    return {
        "speakers": find_shocks(series.speakers, end=end, gaps=gaps),
        "newcomers": find_shocks(series.newcomers[late], end=end, gaps=gaps[late]),
    }


def _with_growth(statistics: dict[str, Any], series: WeeklySeries) -> dict[str, Any]:
    """The statistics, with growth after the other weekly ones."""
    told: dict[str, Any] = {}
    for name, value in statistics.items():
        told[name] = value
        if name == "newcomers_week":
            told |= _growth(series)
    return told


def _growth(series: WeeklySeries) -> dict[str, float | None]:
    def against(weeks: int) -> float | None:
        speakers = series.speakers
        if speakers.size < weeks + _QUARTER:
            return None
        before = float(speakers[-weeks - _QUARTER : speakers.size - weeks].mean())
        return float(speakers[-_QUARTER:].mean()) / before - 1 if before else None

    return {"growth_quarter": against(_QUARTER), "growth_year": against(_YEAR)}


def _search(found: Search | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "weeks_together": found.weeks,
        "walk_quarter": found.walk,
        "found": [_shock(shock) for shock in found.shocks],
    }


def _shock(shock: Shock) -> dict[str, Any]:
    return {
        "week_from": day_text(shock.start),
        "kind": shock.kind,
        "before": shock.before,
        "after": shock.after,
        "score": shock.score,
    }
