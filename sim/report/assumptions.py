"""The assumptions of a calculation, as a table: those nobody has measured or you changed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.numbers import plain_value
from sim.report.page import Prose, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.assumed import Assumption
    from sim.report.page import Block
    from sim.words import Words


def assumptions_section(assumptions: Sequence[Assumption], *, words: Words) -> Section:
    """The section of the page: changed ones open, then this community's own, then the rest.

    Of the rest, those that nobody has measured stand apart.
    """
    changed = [one for one in assumptions if one.changed]
    own = [one for one in assumptions if one.own and not one.changed]
    rest = [one for one in assumptions if not one.own and not one.changed]
    unknown = [one for one in rest if one.confidence == "unknown"]
    others = [one for one in rest if one.confidence != "unknown"]
    blocks: list[Block] = [Prose((words.say("report.assumptions_lead"),))]
    if changed:
        blocks.append(_table(changed, words))
    for rows, name in ((own, "own"), (unknown, "unknown"), (others, "others")):
        if rows:
            title = words.say(f"report.assumptions_{name}", count=len(rows))
            blocks.append(_table(rows, words, folded=title))
    return Section(words.say("report.assumptions"), tuple(blocks))


def _table(assumptions: Sequence[Assumption], words: Words, *, folded: str = "") -> Table:
    names = ("parameter", "meaning", "value", "limits", "unit", "confidence", "source")
    return Table(
        tuple(words.say(f"report.{name}") for name in names),
        tuple(_row(one, words) for one in assumptions),
        right=frozenset({2}),
        folded=folded,
    )


def _row(one: Assumption, words: Words) -> tuple[str, ...]:
    name = one.path
    if one.changed:
        mark = words.say("report.changed_by_you")
        name += f"（{mark}）" if words.lang == "zh" else f" ({mark})"
    limits = words.say("report.limits_of", low=_limit(one.low), high=_limit(one.high))
    confidence = words.say(f"confidence.{one.confidence}")
    value = plain_value(one.value)
    return (name, one.meaning, value, limits, one.unit, confidence, one.source)


def _limit(value: float) -> str:
    """A bound; large ones are read, not copied."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else plain_value(value)
