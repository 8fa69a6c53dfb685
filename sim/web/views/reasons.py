"""Where a difference comes from, and what would overturn it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.metrics import REGISTRY
from sim.report import numbers
from sim.report.cases import entry_of
from sim.report.differences import difference, ends
from sim.report.explaining import (
    assumption_name,
    lead,
    parts_of,
    printed_parts,
    swings_of,
    turning_sentence,
)
from sim.report.figures.reasons import (
    overturns,
    strongest,
    tornado_finding,
    waterfall_finding,
)
from sim.report.numbers import plain_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.comparison_story import ComparisonStory
    from sim.report.figures.reasons import Part
    from sim.web.views.writing import View
    from sim.words import Words


def reason_texts(
    explained: Mapping[str, Any], story: ComparisonStory, *, words: Words
) -> list[str]:
    """What an explanation says in sentences: where it comes from, then how sure that is.

    Args:
        explained: Content of ``explain.json``.
        story: The comparison that was explained.
        words: Language.
    """
    labels = {one.name: one.label for one in story.variants}
    found, name = explained["assumptions"], explained["variant"]
    texts = [lead(explained, words=words, labels=labels)]
    if name in found["ahead"]:
        texts.append(
            words.say(
                "report.ahead", v=words.quote(labels[name]), k=found["ahead"][name],
                m=found["sets"], b=words.quote(story.variants[0].label),
            )
        )  # fmt: skip
    if found["tornado"]:
        texts.append(turning_sentence(explained, words=words, labels=labels))
    return [text for text in texts if text]


def waterfall_figure(
    explained: Mapping[str, Any], story: ComparisonStory, *, words: Words
) -> View | None:
    """From the baseline to the variant, one step a change; None where nothing was changed."""
    parts, goal = parts_of(explained, words=words), explained["goal"]
    if not parts:
        return None
    base, variant = story.variants[0].label, story.label(explained["variant"])
    way = -1 if REGISTRY[goal].direction < 0 else 1
    level, total = explained["base_value"], math.fsum(part.value for part in parts)
    ends_of = level + explained["lo"], level + explained["hi"]
    steps = [
        _step(goal, base, level, level, level, total=True),
        *(_step(goal, one.name, one.value, one.low, one.high) for one in parts),
        _step(goal, variant, level + total, *ends_of, total=True),
    ]
    texts = _part_texts(parts, goal, words)
    return {
        "key": "waterfall", "kind": "waterfall",
        "title": words.say("web.views.waterfall", v=words.quote(variant)),
        "finding": waterfall_finding(parts, kpi=goal, variant=variant, good=way, words=words),
        "unit": unit_of(goal), "x_label": words.kpi(goal), "y_label": "", "steps": steps,
        "table": {
            "columns": [
                words.say(key) for key in ("word.policy", "report.adds", "report.mean_range")
            ],
            "rows": [
                [one.name, text, _range(one.low, one.high, goal, words)]
                for one, text in zip(parts, texts, strict=True)
            ],
        },
    }  # fmt: skip


def unit_of(kpi: str) -> str:
    """Unit in which a figure shows a KPI; shares are shown in percent."""
    unit = REGISTRY[kpi].unit
    return "%" if unit == "share" else unit


def shown(value: float, kpi: str) -> float:
    """A value of a KPI in the unit of a figure."""
    return round(100 * value, 3) if REGISTRY[kpi].unit == "share" else round(value, 4)


def _step(
    goal: str, label: str, value: float, low: float, high: float, *, total: bool = False
) -> View:
    places = {"value": value, "low": low, "high": high}
    return {
        "label": label, **{key: shown(one, goal) for key, one in places.items()}, "total": total
    }  # fmt: skip


def _part_texts(parts: tuple[Part, ...], goal: str, words: Words) -> list[str]:
    """What each change adds, rounded so that the parts add up to their sum."""
    values = [part.value for part in parts]
    if REGISTRY[goal].unit == "yuan":
        values = printed_parts(values, 1.0)
    halves = [(part.high - part.low) / 2 for part in parts]
    return [
        difference(value, goal, words=words, half_width=half)
        for value, half in zip(values, halves, strict=True)
    ]


def _range(low: float, high: float, goal: str, words: Words) -> str:
    return numbers.span(
        *ends(low, high, goal, words=words, half_width=(high - low) / 2), words=words
    )


def tornado_figure(
    explained: Mapping[str, Any], story: ComparisonStory, *, words: Words
) -> View | None:
    """How far each assumption moves the difference; None where none does."""
    name, goal = explained["variant"], explained["goal"]
    default = entry_of(story, name, goal).get("delta")
    swings = swings_of(explained, words=words)
    if default is None or not swings:
        return None
    base, variant = story.variants[0].label, story.label(name)
    drawn = strongest(swings, default)
    rows = [
        {
            "label": one.name, "low": shown(one.at_low, goal), "high": shown(one.at_high, goal),
            "low_text": words.say("web.views.if_value", value=one.low),
            "high_text": words.say("web.views.if_value", value=one.high),
            "turns": overturns(one, default),
        }
        for one in drawn
    ]  # fmt: skip
    columns = ("explain.assumption", "explain.values", "explain.at_low", "explain.at_high")
    body = [
        [
            one.name, numbers.span(one.low, one.high, words=words),
            *(difference(at, goal, words=words, half_width=abs(default) / 5)
              for at in (one.at_low, one.at_high)),
        ]
        for one in drawn
    ]  # fmt: skip
    return {
        "key": "tornado", "kind": "tornado",
        "title": words.say("web.views.tornado", v=words.quote(variant)),
        "finding": tornado_finding(
            drawn, default=default, variant=variant, base=base, words=words
        ),
        "unit": unit_of(goal), "y_label": "",
        "x_label": words.say("web.views.difference", kpi=words.kpi(goal), base=base),
        "rows": rows, "default": shown(default, goal),
        "default_text": difference(default, goal, words=words, half_width=abs(default) / 5),
        "turning": _turning_points(explained, words),
        "table": {"columns": [words.say(key) for key in columns], "rows": body},
    }  # fmt: skip


def _turning_points(explained: Mapping[str, Any], words: Words) -> list[View]:
    """At which value of an assumption variant and baseline change places."""
    return [
        {
            "label": assumption_name(point["path"], words=words), "path": point["path"],
            "value": plain_value(float(f"{point['value']:.3g}")),
            "default": plain_value(float(f"{point['default']:.3g}")), "below": point["below"],
        }
        for point in explained["assumptions"]["turning"]
    ]  # fmt: skip
