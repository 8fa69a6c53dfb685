"""The assumptions of a calculation, as a table: those nobody has measured or you changed first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.page import Prose, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.page import Block
    from sim.words import Words


@dataclass(frozen=True)
class Assumption:
    """One number that the calculation rests on.

    Attributes:
        path: Dotted path of the parameter.
        value: What was used.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit in words.
        source: Where the default comes from.
        confidence: ``high``, ``medium``, ``low`` or ``unknown``.
        changed: Whether the user set it.
        own: Whether it makes this community differ from the default one, or is of its policies.
        meaning: What it means, in a few words.
    """

    path: str
    value: object
    low: float
    high: float
    unit: str
    source: str
    confidence: str
    changed: bool = False
    own: bool = False
    meaning: str = ""


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


def plain_value(value: object) -> str:
    """A parameter's value as one would write it into a file: ``0.15``, ``500``, ``1e-06``."""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
