"""Figures over days: what variants do, day by day, over many futures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report import numbers
from sim.report.cases import payback_of
from sim.report.comparison import marks_of, profit_differences
from sim.report.figures.bands import FEWEST_FOR_RANGE, activity_finding, bands_of, members_finding
from sim.report.figures.money import difference_finding
from sim.report.figures.stages import stage_shares, strips_finding
from sim.report.palette import STAGES
from sim.report.parts import band_data
from sim.web.views.writing import View, digits_for, numbers_of, shown_days, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.report.comparison_story import ComparisonStory
    from sim.words import Words

    Paths = NDArray[np.float64]

SAMPLES = 3
"""Single futures that are drawn as thin lines; the same ones of every variant."""

FEWEST_WEEKS = 3
"""Whole weeks from which on speakers are told by the week."""


def money_figure(story: ComparisonStory, *, best: str, words: Words) -> View | None:
    """Profit of each variant less the baseline's, added up day by day.

    Args:
        story: The comparison.
        best: Name of the variant whose payback is marked.
        words: Language.
    """
    sums = {name: np.cumsum(rows, axis=1) for name, rows in profit_differences(story).items()}
    if not sums:
        return None
    days = story.variants[0].series.days
    base = story.variants[0].label
    ahead = max(sums, key=lambda name: float(np.median(sums[name][:, -1])))
    marks = _marks(story, words)
    paid = payback_of(story, best).get("p50")
    if paid is not None and 0 < paid < story.days:
        label = words.say("figure.payback", day=round(paid))
        marks.append({"x": round(paid), "label": label, "kind": "payback"})
    return {
        **_banded("money", days, sums, story),
        "title": words.say("web.views.money"),
        "finding": difference_finding(ahead, sums[ahead], base, words),
        "unit": "yuan", "y_label": words.say("web.views.money_y", base=base),
        "x_label": words.say("web.views.day"), "marks": marks,
        "table": table_of(band_data(days, sums, words=words, money=True)),
    }  # fmt: skip


def active_figure(story: ComparisonStory, *, words: Words) -> View:
    """Who speaks: by the week where all variants have some whole weeks, else by the day."""
    days, kpi = story.variants[0].series.days, "speakers"
    paths = {one.label: one.series.speakers for one in story.variants}
    weekly = [one.series.weekly_speakers for one in story.variants]
    whole = [rows for rows in weekly if rows is not None and rows.shape[1] >= FEWEST_WEEKS]
    if len(whole) == len(weekly):
        kpi = "weekly_speakers"
        paths = dict(zip(paths, whole, strict=True))
        days = 7 * np.arange(whole[0].shape[1]) + 6  # a week stands on its last day
    return {
        **_banded("active", days, paths, story),
        "title": _capital(words.kpi(kpi)), "finding": activity_finding(days, paths, kpi, words),
        "unit": "persons", "y_label": words.say("web.views.persons"),
        "x_label": words.say("web.views.day"), "marks": _marks(story, words),
        "table": table_of(band_data(days, paths, words=words)),
    }  # fmt: skip


def members_figure(story: ComparisonStory, *, words: Words) -> View:
    """How many members there are."""
    days = story.variants[0].series.days
    paths = {one.label: one.series.members for one in story.variants}
    figure = {
        **_banded("members", days, paths, story),
        "title": _capital(words.kpi("members")),
        "finding": members_finding(days, paths, story.capacity, words),
        "unit": "persons", "y_label": words.say("web.views.persons"),
        "x_label": words.say("web.views.day"), "marks": _marks(story, words),
        "table": table_of(band_data(days, paths, words=words)),
    }  # fmt: skip
    highest = max(float(rows.max(initial=0.0)) for rows in paths.values())
    if story.capacity is not None and highest >= story.capacity / 2:
        told = numbers.count(story.capacity, words=words)
        label = words.say("figure.capacity", capacity=told)
        figure["lines"] = [{"y": story.capacity, "label": label}]
    return figure


def stages_figure(story: ComparisonStory, *, words: Words) -> View | None:
    """The most common stage of each day, one strip a variant."""
    codes = {
        one.label: one.series.stages for one in story.variants if one.series.stages is not None
    }
    if len(codes) < len(story.variants):
        return None
    days = story.variants[0].series.days
    at = shown_days(len(days))
    rows = []
    for index, (name, stages) in enumerate(codes.items()):
        shares = stage_shares(stages)[:, at]
        most = shares.argmax(axis=0)
        share = shares.max(axis=0)
        rows.append({
            "index": index, "name": name,
            "stage": [
                int(code) if part > 0 else None for code, part in zip(most, share, strict=True)
            ],
            "share": numbers_of(share, digits=3),
        })  # fmt: skip
    return {
        "key": "stages", "kind": "stages", "title": words.say("web.views.stages"),
        "finding": strips_finding(codes, words), "unit": "share", "y_label": "",
        "x_label": words.say("web.views.day"), "x": [int(day) for day in days[at]],
        "rows": rows, "stages": [{"key": key, "label": words.stage(key)} for key in STAGES],
        "table": _stage_table(codes, words),
    }  # fmt: skip


def _stage_table(codes: Mapping[str, NDArray[np.int8]], words: Words) -> View:
    """Where the futures are on the last day: one row a variant, one column a stage."""
    rows = []
    for name, stages in codes.items():
        last = stages[:, -1]
        counts = [int((last == code).sum()) for code in range(len(STAGES))]
        rows.append([name, *(f"{count}/{len(last)}" for count in counts)])
    columns = [words.say("word.variant"), *(words.stage(key) for key in STAGES)]
    return {"columns": columns, "rows": rows}


def _banded(
    key: str, days: NDArray[np.integer], paths: Mapping[str, Paths], story: ComparisonStory
) -> View:
    """Middle, bands of 50 and 90 of 100 futures, and some single ones.

    With fewer than twenty futures there are no bands: their ends would be the ends of luck.
    """
    at = shown_days(len(days))
    places = {one.label: index for index, one in enumerate(story.variants)}
    digits = digits_for(np.concatenate([rows[:, -1] for rows in paths.values()]))
    series = []
    for name, rows in paths.items():
        bands = bands_of(rows[:, at])
        known = len(rows) >= FEWEST_FOR_RANGE
        ends = {"lo50": bands.q25, "hi50": bands.q75, "lo90": bands.q05, "hi90": bands.q95}
        series.append({
            "index": places[name], "name": name, "futures": len(rows),
            "mid": numbers_of(bands.q50, digits=digits),
            **{end: numbers_of(line, digits=digits) for end, line in ends.items() if known},
            "paths": [numbers_of(path, digits=digits) for path in rows[:SAMPLES, at]],
        })  # fmt: skip
    return {
        "key": key, "kind": "bands", "x": [int(day) for day in np.asarray(days)[at]],
        "series": series,
    }  # fmt: skip


def _marks(story: ComparisonStory, words: Words) -> list[dict[str, Any]]:
    """Where policies begin that the baseline does not have."""
    return [
        {"x": int(day), "label": label, "kind": "policy"} for day, label in marks_of(story, words)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
