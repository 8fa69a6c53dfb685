"""The report of one community: what becomes of it, with its ranges, its figures, its assumptions.

Everything arrives as plain arrays, so that a run just finished and one read back from files give
the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sim.metrics.tables import Counted
from sim.report import numbers
from sim.report.assumptions import assumptions_section
from sim.report.figures import (
    draw_activity,
    draw_cohorts,
    draw_members,
    draw_money,
    draw_participation,
    draw_stages,
)
from sim.report.fonts import font_notice
from sim.report.page import Page, Picture, Prose, Section, Table, Tile
from sim.report.parts import band_data, method_section, policies_table
from sim.report.terminal import FIRST_FIVE, life_sentence, value_and_range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.metrics import CohortTable, StageParameters
    from sim.record import RunRecord
    from sim.report.assumed import Assumption
    from sim.report.page import Block
    from sim.report.policy_lines import PolicyLine
    from sim.words import Words

    Paths = NDArray[np.float64]

_FLOWS = ("revenue", "cost", "profit")
_MONEY_FLOOR = 0.5  # yuan: less is nothing


@dataclass(frozen=True)
class Series:
    """What the figures are drawn from; arrays of shape (R, H) unless said.

    Attributes:
        days: Day numbers, length H.
        members: Members at the end of each day.
        revenue: Yuan a day.
        cost: Yuan a day.
        speakers: Members who spoke each day.
        weekly_speakers: Members who spoke in each whole week, shape (R, W); None = not known, then
            daily speakers are drawn.
        stages: Codes of the lifecycle stage, None = not known.
        messages: Messages of each member, one array a future; empty = not known.
        cohorts: Who joined when and stayed how long, pooled over futures; None = not known.
        futures: Number of the future of each row; empty = 0, 1, ...
    """

    days: NDArray[np.int64]
    members: Paths
    revenue: Paths
    cost: Paths
    speakers: Paths
    weekly_speakers: Paths | None = None
    stages: NDArray[np.int8] | None = None
    messages: tuple[NDArray[np.int64], ...] = ()
    cohorts: CohortTable | None = None
    futures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Made:
    """How a result was made, for those who want to make it again.

    Attributes:
        command: The command line.
        seed: Seed.
        version: Version of qunsim.
        digest: Hash of the resolved configuration.
        made_on: Date or time, ISO 8601; empty where the page must not depend on the clock.
        failed: Futures that failed.
        versions: Versions of what it was computed with.
    """

    command: str
    seed: int
    version: str
    digest: str
    made_on: str = ""
    failed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RunStory:
    """One community's result, ready to be told.

    Attributes:
        name: The community, as people call it.
        members: Members at the start.
        futures: Simulated futures that finished.
        summary: ``{kpi: {...}}`` of the variant, as in ``summary.json``.
        series: What figures are drawn from.
        made: How it was made.
        question: Heads the page; empty = the standing question.
        badge: Key of ``badge.*``.
        capacity: Places of all groups together; None = no limit worth drawing.
        start: Date of day 0.
        policies: What acts in the run.
        assumptions: What it rests on.
        notes: Warnings, already worded.
    """

    name: str
    members: int
    futures: int
    summary: Mapping[str, Mapping[str, Any]]
    series: Series
    made: Made
    question: str = ""
    badge: str = "not_fitted"
    capacity: float | None = None
    start: dt.date | None = None
    policies: tuple[PolicyLine, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()


class Told(Counted, Protocol):
    """A run with its daily and weekly counts."""

    @property
    def weekly(self) -> NDArray[np.integer]:
        """Of shape (W, G, 3), as ``sim.record.RunRecord.weekly``."""


def series_of(
    runs: Sequence[Told],
    *,
    records: Sequence[RunRecord] = (),
    stage: StageParameters | None = None,
    futures: Sequence[int] = (),
) -> Series:
    """The series of runs of equal length.

    Args:
        runs: At least one run.
        records: Whole records of some of them, for what is told of single members.
        stage: Parameters of the stage rule.
        futures: Numbers of the futures that the runs are.

    Returns:
        Everything that the figures of a run can show.
    """
    from sim.metrics import StageParameters, cohort_table, stage_codes
    from sim.metrics.inequality import message_counts

    rule = stage or StageParameters()

    def stack(name: str) -> Paths:
        return np.stack([one.total(name) for one in runs]).astype(np.float64)

    member_speakers = stack("member_speakers")
    weekly = np.stack([one.weekly[:, :, 0].sum(axis=1, dtype=np.int64) for one in runs])
    return Series(
        days=np.arange(runs[0].days),
        members=stack("members"),
        revenue=stack("revenue") / 100,
        cost=stack("cost") / 100,
        speakers=stack("speakers"),
        weekly_speakers=weekly.astype(np.float64),
        stages=np.stack([stage_codes(row, parameters=rule) for row in member_speakers]),
        messages=tuple(message_counts(record) for record in records),
        cohorts=cohort_table(records) if records else None,
        futures=tuple(futures),
    )


def run_page(story: RunStory, *, words: Words, other: str = "") -> Page:
    """The page about one community.

    Args:
        story: The result.
        words: Language.
        other: Relative address of the same page in the other language, if it is written too.

    Returns:
        The page, ready for :func:`sim.report.page.write_report` and ``write_pngs``.
    """
    days = len(story.series.days)
    line = words.say(
        "report.line_one" if story.futures == 1 else "report.line", name=story.name,
        members=numbers.count(story.members, words=words), days=days, futures=story.futures,
    )  # fmt: skip
    life = life_sentence(story.summary, days=days, words=words)
    few = "report.usually_note" if story.futures >= 20 else "report.few_note"
    sections = [
        _members(story, words),
        _money(story, words),
        _people(story, words),
        _policies(story, words),
        _numbers(story, words, note=words.say(few)),
        assumptions_section(story.assumptions, words=words) if story.assumptions else None,
        _method(story, words),
    ]
    return Page(
        title=story.question or words.say("report.question_run"),
        line=line,
        badge=words.badge(story.badge),
        verdict=(life,) if life else (),
        tiles=tuple(_tile(key, story, words) for key in FIRST_FIVE if key in story.summary),
        notes=_notes(story, words),
        sections=tuple(section for section in sections if section is not None),
        footer=words.say("report.footer", version=story.made.version),
        other=other,
    )


def _tile(key: str, story: RunStory, words: Words) -> Tile:
    value, spread = _told(key, story.summary[key], words)
    days = len(story.series.days)
    if key == "stage":
        label = words.say("report.tile_stage")
    elif key in _FLOWS:
        label = words.say("report.tile_over", kpi=words.kpi(key), days=days)
    elif key in ("members", "active_30d"):
        label = words.say("report.tile_at_end", kpi=words.kpi(key), days=days)
    else:
        label = words.kpi(key)
    return Tile(value, label, spread)


def _told(key: str, entry: Mapping[str, Any], words: Words) -> tuple[str, str]:
    return value_and_range(key, entry, words=words, dash=numbers.UNDEFINED, short=True)


def _notes(story: RunStory, words: Words) -> tuple[str, ...]:
    notes = list(story.notes)
    if story.badge == "not_fitted":
        notes.insert(0, words.say("report.badge_not_fitted"))
    if notice := font_notice(words):
        notes.append(notice)
    return tuple(notes)


def _marks(story: RunStory, words: Words) -> list[tuple[float, str]]:
    """Where policies begin, except from the very first day."""
    return [(line.start, words.policy(line.use)) for line in story.policies if line.start > 0]


def _members(story: RunStory, words: Words) -> Section:
    series, marks = story.series, _marks(story, words)
    days: NDArray[np.int64] = series.days
    pictures: list[Block] = [
        Picture(
            "members",
            draw_members(
                days, series.members, words=words, capacity=story.capacity, start=story.start,
                marks=marks,
            ),
            band_data(days, series.members, words=words),
        )
    ]  # fmt: skip
    speaking, kpi = series.speakers, "speakers"
    if series.weekly_speakers is not None and series.weekly_speakers.shape[1] >= 3:
        speaking, kpi = series.weekly_speakers, "weekly_speakers"
        days = 7 * np.arange(speaking.shape[1]) + 6  # a week stands on its last day
    figure = draw_activity(days, speaking, words=words, kpi=kpi, start=story.start, marks=marks)
    pictures.append(Picture("activity", figure, band_data(days, speaking, words=words)))
    if series.stages is not None:
        figure = draw_stages(series.days, series.stages, words=words, start=story.start)
        pictures.append(Picture("stages", figure))
        pictures.append(Prose((words.say("report.lag_note"),), quiet=True))
    return Section(words.say("report.members"), tuple(pictures))


def _money(story: RunStory, words: Words) -> Section | None:
    series = story.series
    if max(np.abs(series.revenue).max(), np.abs(series.cost).max()) < _MONEY_FLOOR:
        return None
    figure = draw_money(
        series.days, series.revenue, series.cost, words=words, start=story.start,
        marks=_marks(story, words),
    )  # fmt: skip
    profit = np.cumsum(series.revenue - series.cost, axis=1)
    data = band_data(series.days, profit, words=words, money=True)
    return Section(words.say("report.money"), (Picture("money", figure, data),))


def _people(story: RunStory, words: Words) -> Section | None:
    series, pictures = story.series, list[Picture]()
    if series.cohorts is not None and series.cohorts.joins.sum() > 0:
        joins = series.cohorts.joins / max(1, len(series.messages))
        figure = draw_cohorts(
            series.cohorts.share, joins, words=words, censored=series.cohorts.censored,
            futures=len(series.messages),
        )  # fmt: skip
        pictures.append(Picture("cohorts", figure))
    if any((counts > 0).any() for counts in series.messages):
        figure = draw_participation(series.messages, words=words)
        pictures.append(Picture("participation", figure))
    return Section(words.say("report.people"), tuple(pictures)) if pictures else None


def _policies(story: RunStory, words: Words) -> Section:
    heading = words.say("report.policies")
    if not story.policies:
        return Section(heading, (Prose((words.say("report.no_policies"),)),))
    return Section(heading, (policies_table(story.policies, words=words),))


def _numbers(story: RunStory, words: Words, *, note: str) -> Section:
    header = tuple(words.say(f"report.{name}") for name in ("kpi", "middle", "range", "meaning"))
    rows = []
    for key, entry in story.summary.items():
        if words.kpi_entry(key) is None:
            continue
        value, spread = _told(key, entry, words)
        rows.append((words.kpi(key), value, spread, words.kpi_meaning(key)))
    table = Table(header, tuple(rows), right=frozenset({1}), note=note)
    return Section(words.say("report.numbers"), (table,))


def _method(story: RunStory, words: Words) -> Section:
    lines = ("members", "policies", "luck", "assumptions", "fitted", "staff")
    said = [words.say(f"method.{name}", futures=story.futures) for name in lines]
    return method_section(story.made, said, futures=story.futures, words=words)
