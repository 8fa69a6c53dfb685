"""The assumptions of a calculation, as a table: those nobody has measured or you changed first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.page import Prose, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sim.parameters import ParameterInfo
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
    """

    path: str
    value: object
    low: float
    high: float
    unit: str
    source: str
    confidence: str
    changed: bool = False


def assumptions_of(
    table: Iterable[ParameterInfo], values: Mapping[str, object], *, changed: Iterable[str] = ()
) -> list[Assumption]:
    """The rows of the parameter table with the values that a scenario uses.

    Args:
        table: Rows of the parameter table (``sim.parameters.table()``).
        values: Value by dotted path (``Scenario.flat()``); a missing one is the default.
        changed: Paths that the user set.

    Returns:
        One assumption a row, in the table's order.
    """
    touched = set(changed)
    return [
        Assumption(
            row.path, values.get(row.path, row.default), row.low, row.high, row.unit, row.source,
            row.confidence, changed=row.path in touched,
        )
        for row in table
    ]  # fmt: skip


def assumptions_section(assumptions: Sequence[Assumption], *, words: Words) -> Section:
    """The section of the page: changed ones open, then those nobody has measured, then the rest."""
    changed = [one for one in assumptions if one.changed]
    unknown = [one for one in assumptions if not one.changed and one.confidence == "unknown"]
    others = [one for one in assumptions if not one.changed and one.confidence != "unknown"]
    blocks: list[Block] = [Prose((words.say("report.assumptions_lead"),))]
    if changed:
        blocks.append(_table(changed, words))
    for rows, name in ((unknown, "unknown"), (others, "others")):
        if rows:
            title = words.say(f"report.assumptions_{name}", count=len(rows))
            blocks.append(_table(rows, words, folded=title))
    return Section(words.say("report.assumptions"), tuple(blocks))


def _table(assumptions: Sequence[Assumption], words: Words, *, folded: str = "") -> Table:
    names = ("parameter", "value", "limits", "unit", "confidence", "source")
    return Table(
        tuple(words.say(f"report.{name}") for name in names),
        tuple(_row(one, words) for one in assumptions),
        right=frozenset({1}),
        folded=folded,
    )


def _row(one: Assumption, words: Words) -> tuple[str, ...]:
    name = one.path
    if one.changed:
        mark = words.say("report.changed_by_you")
        name += f"（{mark}）" if words.lang == "zh" else f" ({mark})"
    limits = words.say("report.limits_of", low=_plain(one.low), high=_plain(one.high))
    confidence = words.say(f"confidence.{one.confidence}")
    return (name, _plain(one.value), limits, one.unit, confidence, one.source)


def _plain(value: object) -> str:
    """A parameter's value as one would write it into a file: ``0.15``, ``500``, ``1e-06``."""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
