"""The page of a plan: verdict, four numbers, the mix, its equals, less and more, other worlds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.differences import difference, ends, times
from sim.report.figures import Mix, draw_budget
from sim.report.fonts import font_notice
from sim.report.page import Page, Picture, Prose, Section, Table, Tile
from sim.report.parts import method_section
from sim.report.planning import (
    asked_line,
    changed,
    dropped,
    mix_text,
    robust_texts,
    settings_text,
    verdict_texts,
)

if TYPE_CHECKING:
    from sim.report.page import Block
    from sim.report.planning import PlanStory
    from sim.study.plan.planned import Judged, Planned
    from sim.words import Words

_ENDS = 2  # points of a curve of what can only be done or left
_FAR = 3  # times what is spent: a budget farther away would leave the figure empty


def plan_page(story: PlanStory, *, words: Words) -> Page:
    """The page of a plan.

    Args:
        story: The plan.
        words: Language.

    Returns:
        The page, ready for :func:`sim.report.page.write_report`.
    """
    planned = story.planned
    sections = []
    if planned.recommended is not None:
        sections += [_mix_section(story, words)]
    if len(planned.finalists) > 1:
        sections.append(_equal_section(story, words))
    if planned.curves:
        sections.append(_margins_section(story, words))
    if planned.robust is not None:
        sections.append(_robust_section(story, words))
    sections.append(_how_section(story, words))
    return replace(plan_head(story, words=words), sections=tuple(sections))


def plan_head(story: PlanStory, *, words: Words) -> Page:
    """The page without what stands below its first screen; nothing is drawn for it."""
    planned = story.planned
    members = numbers.count(story.members, words=words)
    facts = words.say("compare.facts", name=story.name, members=members, days=planned.about["days"])
    comma = "，" if words.lang == "zh" else ", "
    return Page(
        title=story.question or words.say("plan.question"),
        line=f"{facts}{comma}{asked_line(story, words)}", badge=words.badge(story.badge),
        verdict=(*verdict_texts(story, words), *robust_texts(story, words)[:2]),
        tiles=plan_tiles(story, words),
        notes=(notice,) if (notice := font_notice(words)) else (),
    )  # fmt: skip


def plan_tiles(story: PlanStory, words: Words) -> tuple[Tile, ...]:
    """Gain, chance, money and time of the recommended mix; none without one."""
    planned, best, found = story.planned, story.planned.recommended, story.planned.verified
    if best is None or found is None or found.delta is None:
        return ()
    about = planned.about
    half = ((found.hi or 0.0) - (found.lo or 0.0)) / 2
    known = difference(half, about["goal"], words=words, half_width=half).lstrip("+")
    often, total = times(found.p_better or 0.0, n=found.n, words=words)
    limits = {
        "budget": numbers.money_chosen,
        "minutes": numbers.time_chosen,
    }
    of = {
        key: words.say("plan.tile_of", limit=told(about[key], words=words))
        if about[key] is not None else ""
        for key, told in limits.items()
    }  # fmt: skip
    return (
        Tile(
            difference(found.delta, about["goal"], words=words, half_width=half),
            words.say("plan.tile_gain"), words.say("plan.tile_known", half=known),
        ),
        Tile(
            f"{often.strip()}/{total}", words.say("plan.tile_better"),
            words.say("plan.tile_futures", total=found.n),
        ),
        Tile(
            difference(best.cost, "cost", words=words, half_width=abs(best.cost) / 5),
            words.say("plan.tile_money"), of["budget"],
        ),
        Tile(
            numbers.minutes(best.minutes, words=words, sign=True), words.say("plan.tile_time"),
            of["minutes"],
        ),
    )  # fmt: skip


def _mix_section(story: PlanStory, words: Words) -> Section:
    best = story.planned.recommended
    assert best is not None  # of a section about it
    other = changed(story, best.policies)
    unused = words.say("plan.not_used")
    rows = []
    for name, entry in best.policies.items():
        now = story.now.get(name)
        before = unused if now is None else settings_text(name, now, words)
        rows.append((
            words.policy(name), settings_text(name, entry, words) or numbers.UNDEFINED,
            before if name in other else words.say("plan.unchanged"),
            spent_text(story.planned.spending.get(name, 0.0), words),
        ))  # fmt: skip
    rows += [
        (words.policy(name), unused, settings_text(name, story.now[name], words), "¥0")
        for name in dropped(story, best.policies)
    ]
    names = ("word.policy", "plan.column_settings", "plan.column_now", "plan.column_spends")
    table = Table(
        tuple(map(words.say, names)),
        tuple(rows),
        right=frozenset({3}),
        whole=frozenset({0, 3}),
        cards=True,
    )
    return Section(words.say("plan.section_mix"), (table,))


def spent_text(yuan: float, words: Words) -> str:
    """What a policy spends, as exact as a mean is."""
    return numbers.money(yuan, words=words, half_width=yuan / 5)


def _equal_section(story: PlanStory, words: Words) -> Section:
    goal = story.planned.about["goal"]
    rows = []
    for number, one in enumerate(story.planned.finalists):
        found = one.goal
        if found.delta is None or found.lo is None or found.hi is None:
            continue
        half = (found.hi - found.lo) / 2
        low, high = ends(found.lo, found.hi, goal, words=words, half_width=half)
        rows.append((
            mix_text(story, one, words),
            difference(found.delta, goal, words=words, half_width=half),
            numbers.span(low, high, words=words),
            difference(one.cost, "cost", words=words, half_width=abs(one.cost) / 5),
            numbers.minutes(one.minutes, words=words, sign=True),
            _standing(story, number, one, words),
        ))  # fmt: skip
    names = ("mix", "gain", "range", "money", "time", "standing")
    table = Table(
        tuple(words.say(f"plan.column_{name}") for name in names), tuple(rows),
        right=frozenset({1, 2, 3, 4}), cards=True,
    )  # fmt: skip
    return Section(words.say("plan.section_equal"), (table,))


def _standing(story: PlanStory, number: int, one: Judged, words: Words) -> str:
    """How a mix stands beside the others."""
    if not one.feasible:
        names = [
            words.say(f"plan.limit_{name}") if name in ("budget", "minutes") else words.kpi(name)
            for name in one.broken
        ]
        return words.say("plan.standing_broken", names=words.join(names))
    best = number == story.planned.best
    standing = words.say(f"plan.standing_{'best' if best else 'tied' if one.tied else 'behind'}")
    if not one.front:
        return standing
    several = len(story.planned.about["objectives"]) > 1
    key = "plan.standing_front_several" if several else "plan.standing_front"
    return words.say(key, standing=standing)


def _amount(scale: float, words: Words) -> str:
    return words.say("plan.times_one" if scale == 1 else "plan.times", scale=f"{scale:g}")


def _margins_section(story: PlanStory, words: Words) -> Section:
    planned, goal = story.planned, story.planned.about["goal"]
    rows = []
    for name, points in planned.curves.items():
        for point in points:
            if not point.scale:  # what gains are counted from
                continue
            half = (point.hi - point.lo) / 2
            low, high = ends(point.lo, point.hi, goal, words=words, half_width=half)
            rows.append((
                words.policy(name), _amount(point.scale, words),
                difference(point.spend, "cost", words=words, half_width=abs(point.spend) / 5),
                difference(point.gain, goal, words=words, half_width=half),
                numbers.span(low, high, words=words),
            ))  # fmt: skip
    names = ("word.policy", "plan.column_amount", "plan.column_money", "plan.column_gain",
             "plan.column_range")  # fmt: skip
    note = words.say("plan.note_margins", n=planned.about["margin_pairs"])
    table = Table(
        tuple(map(words.say, names)),
        tuple(rows),
        right=frozenset({1, 2, 3, 4}),
        note=note,
    )
    figure = _figure(story, words)
    blocks: tuple[Block, ...] = (table,) if figure is None else (figure, table)
    return Section(words.say("plan.section_margins"), blocks)


def mixes_of(planned: Planned) -> dict[int, Mix]:
    """The mixes that none beats for less money, and the recommended one, by number."""
    mixes = {}
    for number, one in enumerate(planned.finalists):
        found = one.goal
        wanted = one.front or number == planned.best
        if wanted and one.cost >= 0 and found.delta is not None:
            way = 1 if (found.delta > 0) == ((found.p_better or 0.0) >= 0.5) else -1
            low, high = sorted((way * (found.lo or 0.0), way * (found.hi or 0.0)))
            mixes[number] = Mix(spend=one.cost, gain=way * found.delta, low=low, high=high)
    return mixes


def curves_of(planned: Planned, *, words: Words) -> dict[str, list[tuple[float, float]]]:
    """(yuan, gain) of policies of the recommended mix with less and more of each, by label."""
    return {
        words.policy(name): [(max(0.0, point.spend), point.gain) for point in points]
        for name, points in planned.curves.items()
        if len(points) > _ENDS and any(point.spend > 1 for point in points)
    }


def _figure(story: PlanStory, words: Words) -> Picture | None:
    """Gain against money; None where the recommended mix spends no more than today."""
    planned, best = story.planned, story.planned.recommended
    if best is None or best.cost <= 0:
        return None
    mixes, curves = mixes_of(planned), curves_of(planned, words=words)
    budget = planned.about["budget"]
    spent = max(
        [mix.spend for mix in mixes.values()]
        + [spend for points in curves.values() for spend, _ in points]
    )
    figure = draw_budget(
        list(mixes.values()), words=words, kpi=planned.about["goal"],
        base=words.say("word.as_now"), recommended=mixes.get(planned.best or 0), curves=curves,
        budget=budget if budget is not None and budget <= _FAR * spent else None,
    )  # fmt: skip
    return Picture("budget", figure)


def _robust_section(story: PlanStory, words: Words) -> Section:
    planned, robust = story.planned, story.planned.robust
    assert robust is not None  # of a section about it
    goal = planned.about["goal"]
    rows = []
    for number, lost, ahead in zip(robust.mixes, robust.regret, robust.ahead, strict=True):
        rows.append((
            mix_text(story, planned.finalists[number], words),
            words.say("plan.sets", k=round(ahead * robust.sets), m=robust.sets),
            difference(lost, goal, words=words, half_width=lost / 5).lstrip("+"),
        ))  # fmt: skip
    names = ("plan.column_mix", "plan.column_ahead", "plan.column_lost")
    table = Table(
        tuple(map(words.say, names)), tuple(rows), right=frozenset({1, 2}), cards=True,
        note=words.say("plan.note_robust"),
    )  # fmt: skip
    prose = Prose(tuple(robust_texts(story, words)))
    return Section(words.say("plan.section_robust"), (prose, table))


def _how_section(story: PlanStory, words: Words) -> Section:
    planned, about = story.planned, story.planned.about
    keep = [
        words.say(
            "plan.how_keep", kpi=words.kpi(key), share=numbers.share(share, words=words)
        )
        for key, share in about["constraints"].items()
    ]  # fmt: skip
    few, many = about["levels"]
    texts = [
        words.say("plan.how_search", tried=planned.tried, few=few, many=many),
        words.say("plan.how_fresh", n=about["pairs"]),
        words.say("plan.how_limits", parts=words.join(keep))
        if keep else words.say("plan.how_limits_only"),
        words.say("plan.how_values"),
    ]  # fmt: skip
    assert story.made is not None  # of a page
    return method_section(story.made, texts, futures=planned.simulated, words=words)
