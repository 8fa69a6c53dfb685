"""The view of a plan: the mix to choose, those as good, what more money would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.differences import difference, size
from sim.report.figures.budget import budget_finding
from sim.report.plan_page import (
    curves_of,
    mixes_of,
    plan_head,
    plan_tiles,
    spent_text,
)
from sim.report.planning import (
    changed,
    dropped,
    mix_text,
    more_texts,
    robust_texts,
    settings_text,
    verdict_texts,
)
from sim.report.verdict import join
from sim.web.views.reasons import shown, unit_of
from sim.web.views.writing import numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.planning import PlanStory
    from sim.study.plan.planned import Judged
    from sim.web.views.writing import View
    from sim.words import Words

_LEAST = 0.5  # yuan: less is nothing


def plan_so_far(*, goal: str, best: float | None, stage: str, words: Words) -> View:
    """What is known while mixes are looked for.

    Args:
        goal: Key of the goal.
        best: Its mean difference to today in the best mix so far; None = none is better.
        stage: ``search`` or ``judge``.
        words: Language.
    """
    text = words.say(f"web.views.plan_{stage}")
    if best is not None and best > 0:
        told = size(best, goal, words=words, half_width=best / 5, short=True)
        text = join((text, words.say("web.views.plan_best", size=told)), words=words)
    return {
        "kind": "plan", "final": False, "so_far": text, "verdict": [], "price": "", "mix": [],
        "recommended": None, "equal": [], "figures": [], "tiles": [],
    }  # fmt: skip


def plan_view(story: PlanStory, *, replaced: Sequence[str], words: Words) -> View:
    """A plan as the page shows it.

    Args:
        story: The plan.
        replaced: Keys of today's policies that it decides anew.
        words: Language.
    """
    planned = story.planned
    best = planned.recommended
    head = plan_head(story, words=words)
    figures = (_pareto(story, replaced, words), _margins(story, words), _spending(story, words))
    return {
        "kind": "plan", "final": True, "so_far": "", "goal": planned.about["goal"],
        "title": head.title, "line": head.line, "badge": story.badge, "badge_label": head.badge,
        "verdict": verdict_texts(story, words), "price": "",
        "assumptions": robust_texts(story, words)[:2],
        "tiles": [
            {"value": one.value, "label": one.label, "note": one.note}
            for one in plan_tiles(story, words)
        ],
        "mix": [] if best is None else _mix(story, best, words),
        "recommended": None if best is None else variant_of(best, replaced, words),
        "equal": _equals(story, replaced, words),
        "figures": [one for one in figures if one is not None],
    }  # fmt: skip


def variant_of(one: Judged, replaced: Sequence[str], words: Words) -> View:
    """A mix as a variant of a work: what it adds to today without the policies it decides anew."""
    return {
        "name": words.say("web.views.plan_variant"), "set": {}, "without": list(replaced),
        "policies": [dict(entry) for entry in one.policies.values()],
    }  # fmt: skip


def _mix(story: PlanStory, best: Judged, words: Words) -> list[View]:
    """Policies of the recommended mix, and what of today it leaves out."""
    other = changed(story, best.policies)
    rows = []
    for name, entry in best.policies.items():
        spent = story.planned.spending.get(name, 0.0)
        text, settings = words.policy(name), settings_text(name, entry, words)
        if settings:
            text = words.say("compare.policy", policy=text, settings=settings)
        rows.append(_row(name, text, spent, words, as_before=name not in other))
    for name in dropped(story, best.policies):
        text = words.say("compare.without", policy=words.policy(name))
        rows.append(_row(name, text, 0.0, words, left_out=True))
    return rows


def _row(
    name: str,
    text: str,
    spent: float,
    words: Words,
    *,
    as_before: bool = False,
    left_out: bool = False,
) -> View:
    """A policy of a mix; what it takes of the staff's time is known of whole mixes only."""
    return {
        "use": name.partition("#")[0], "name": words.policy(name), "text": text,
        "money": round(spent, 2), "money_text": spent_text(spent, words), "minutes": None,
        "minutes_text": "", "as_before": as_before, "left_out": left_out,
    }  # fmt: skip


def _equals(story: PlanStory, replaced: Sequence[str], words: Words) -> list[View]:
    """Mixes that cannot be told from the recommended one."""
    goal, rows = story.planned.about["goal"], []
    for number, one in enumerate(story.planned.finalists):
        found = one.goal
        if number == story.planned.best or not one.tied or found.delta is None:
            continue
        half = ((found.hi or 0.0) - (found.lo or 0.0)) / 2
        told = {
            "gain": difference(found.delta, goal, words=words, half_width=half),
            "money": difference(one.cost, "cost", words=words, half_width=abs(one.cost) / 5),
            "time": numbers.minutes(one.minutes, words=words, sign=True),
        }
        mix = mix_text(story, one, words)
        text = words.say("web.views.plan_equal", mix=mix, kpi=words.kpi(goal), **told)
        rows.append({"text": text, "mix": mix, **told, "variant": variant_of(one, replaced, words)})
    return rows


def _pareto(story: PlanStory, replaced: Sequence[str], words: Words) -> View | None:
    """What mixes cost against what they bring."""
    planned, goal = story.planned, story.planned.about["goal"]
    mixes = mixes_of(planned)
    if not mixes:
        return None
    best = None if planned.best is None else mixes.get(planned.best)
    order = sorted(mixes, key=lambda number: mixes[number].spend)
    series = [
        {
            "name": words.say("web.views.plan_front"), "index": 1, "linked": True,
            **_points(story, order, words),
            "variants": [variant_of(planned.finalists[n], replaced, words) for n in order],
        }
    ]  # fmt: skip
    if best is not None and planned.best is not None:
        series.append({
            "name": words.say("web.views.plan_variant"), "index": 2,
            **_points(story, [planned.best], words),
            "variants": [variant_of(planned.finalists[planned.best], replaced, words)],
        })  # fmt: skip
    rows = [
        [text, numbers.money(x, words=words, half_width=abs(x) / 5),
         difference(mixes[number].gain, goal, words=words,
                    half_width=(mixes[number].high - mixes[number].low) / 2)]
        for number, x, text in zip(order, series[0]["x"], series[0]["text"], strict=True)
    ]  # fmt: skip
    return {
        **_axes(story, words), "key": "pareto", "kind": "scatter",
        "title": words.say("web.views.plan_pareto"),
        "finding": budget_finding(best, kpi=goal, words=words), "series": series,
        "table": {"columns": _columns(words, "mix", "money", "gain"), "rows": rows},
    }  # fmt: skip


def _points(story: PlanStory, order: Sequence[int], words: Words) -> dict[str, Any]:
    mixes, goal = mixes_of(story.planned), story.planned.about["goal"]
    return {
        "x": numbers_of([mixes[number].spend for number in order]),
        "y": [shown(mixes[number].gain, goal) for number in order],
        "text": [mix_text(story, story.planned.finalists[number], words) for number in order],
    }


def _margins(story: PlanStory, words: Words) -> View | None:
    """What less and more of each policy brings for its money."""
    planned, goal = story.planned, story.planned.about["goal"]
    curves = curves_of(planned, words=words)
    if not curves:
        return None
    series = [
        {
            "name": name, "index": number, "x": numbers_of([x for x, _ in points]),
            "y": [shown(y, goal) for _, y in points], "text": ["" for _ in points],
        }
        for number, (name, points) in enumerate(sorted_points(curves).items(), start=1)
    ]  # fmt: skip
    rows = [
        [name, numbers.money(x, words=words, half_width=x / 5),
         difference(y, goal, words=words, half_width=abs(y) / 5)]
        for name, points in curves.items()
        for x, y in points
    ]  # fmt: skip
    return {
        **_axes(story, words), "key": "margins", "kind": "curves",
        "title": words.say("web.views.plan_margins"),
        "finding": join(more_texts(planned, words), words=words), "series": series,
        "table": {
            "columns": [words.say("word.policy"), *_columns(words, "money", "gain")], "rows": rows,
        },
    }  # fmt: skip


def sorted_points(
    curves: dict[str, list[tuple[float, float]]],
) -> dict[str, list[tuple[float, float]]]:
    """Curves whose points go from little money to much."""
    return {name: sorted(points) for name, points in curves.items()}


def _spending(story: PlanStory, words: Words) -> View | None:
    """Where the money of the recommended mix goes."""
    planned = story.planned
    spent = {
        words.policy(name): yuan
        for name, yuan in planned.spending.items()
        if planned.recommended is not None and yuan > _LEAST
    }
    if not spent:
        return None
    order = sorted(spent, key=lambda name: -spent[name])
    texts = [spent_text(spent[name], words) for name in order]
    top = numbers.share(spent[order[0]] / sum(spent.values()), words=words)
    return {
        "key": "bars", "kind": "bars", "title": words.say("web.views.plan_spending"),
        "finding": words.say("web.views.plan_spending_finding", policy=order[0], share=top),
        "unit": "yuan", "x_label": words.say("figure.budget_x"), "y_label": "",
        "series": [
            {
                "name": words.say("web.views.plan_variant"), "index": 1, "x": order,
                "y": numbers_of([spent[name] for name in order]), "text": texts,
            }
        ],
        "table": {
            "columns": [words.say("word.policy"), words.say("plan.column_spends")],
            "rows": [[name, text] for name, text in zip(order, texts, strict=True)],
        },
    }  # fmt: skip


def _axes(story: PlanStory, words: Words) -> View:
    """Money across, the goal's difference to today upwards."""
    goal = story.planned.about["goal"]
    base = words.say("word.as_now")
    return {
        "unit": unit_of(goal), "x_unit": "yuan",
        "x_label": words.say("figure.budget_x"),
        "y_label": words.say("web.views.difference", kpi=words.kpi(goal), base=base),
    }  # fmt: skip


def _columns(words: Words, *names: str) -> list[str]:
    return [words.say(f"plan.column_{name}") for name in names]
