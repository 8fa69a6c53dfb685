"""The parts of a discovery in words, shared by sentences and figures: factors, limits, conditions.

Everything is read from the table of ``discover.json``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.metrics.stage import STAGES
from sim.report import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.words import Words

    Table = Mapping[str, Any]
    Labels = Mapping[str, str]

NOTABLE = 0.02
"""Share of an output's variance from which an interaction is worth a sentence."""

_OPERATORS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}


def factor_name(name: str, *, words: Words, labels: Labels | None = None) -> str:
    """What people call a factor: its label, else what the parameter means, else its path."""
    if labels and name in labels:
        return labels[name]
    from sim.report.explaining import (
        assumption_name,
    )  # whose page draws figures, which name factors

    told = assumption_name(name, words=words)
    return told.partition("; ")[0].partition("；")[0]


def factor_value(value: float, factor: Table) -> str:
    """A value of a factor, as exact as its range: about a hundredth of it.

    Args:
        value: The value, in the factor's unit; the code of a category.
        factor: Has ``kind``, ``levels`` and the range as ``low`` and ``high``.
    """
    if factor["kind"] == "categorical":
        return str(factor["levels"][round(value)])
    if factor["kind"] == "integer":
        return f"{round(value):,}"
    width = abs(factor["high"] - factor["low"]) or abs(value) or 1.0
    digits = 2 - math.floor(math.log10(width))
    text = f"{round(value, digits):,.{max(0, digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def condition_said(found: Table, *, words: Words) -> tuple[str, str, str]:
    """The condition in words: ``loses money``, ``(futures) that lose money``, ``lose money``."""
    condition = found["condition"]
    kpi, op, value = condition["kpi"], condition["op"], condition["value"]
    if (kpi, op, value) == ("profit", "<", 0):
        keys = ("discover.loses", "discover.that_loses", "discover.they_lose")
        return words.say(keys[0]), words.say(keys[1]), words.say(keys[2])
    if kpi == "stage":
        shown = words.stage(STAGES[round(value)])
    else:
        shown = numbers.kpi(value, kpi, words=words)
    what = words.say(f"discover.what_{_OPERATORS[op]}", kpi=words.kpi(kpi), value=shown)
    return what, words.say("discover.that", what=what), words.say("discover.they", what=what)


def rules_said(box: Table, found: Table, *, words: Words, labels: Labels | None = None) -> str:
    """The limits of a box in one line: ``price > 240 and tolerance < 0.4``."""
    texts = [restriction_said(one, found, words=words, labels=labels)
             for one in box["restrictions"]]  # fmt: skip
    return words.say("discover.and").join(texts)


def restriction_said(
    one: Table, found: Table, *, words: Words, labels: Labels | None = None
) -> str:
    """One limit: ``price > 240``, ``leaders ≥ 3``, ``channel is direct or invited``."""
    factor = factor_of(found, one["factor"])
    name = factor_name(one["factor"], words=words, labels=labels)
    if one["kept"] is not None:
        return words.say("discover.is", name=name, value=words.say("discover.or").join(one["kept"]))
    low, high = (
        None if one[end] is None else factor_value(one[end], factor) for end in ("low", "high")
    )
    whole = factor["kind"] == "integer"
    if low is not None and high is not None:
        if low == high:
            return words.say("discover.exactly", name=name, value=low)
        return words.say("discover.between", name=name, low=low, high=high)
    if low is not None:
        return words.say("discover.least" if whole else "discover.above", name=name, value=low)
    return words.say("discover.most" if whole else "discover.below", name=name, value=high)


def factor_of(found: Table, name: str) -> Table:
    """What is known of a factor: kind, levels, range."""
    factor: Table = next(one for one in found["factors"] if one["name"] == name)
    return factor


def half_of(curve: Table) -> tuple[float, bool] | None:
    """Where the share clearly passes one half, and whether it is larger above; None if nowhere.

    Args:
        curve: One of ``curves``.
    """
    if curve["crossing_band"] is None:
        return None
    return curve["crossings"][0], curve["share"][-1] > curve["share"][0]


def begun(sentence: str) -> str:
    """A sentence with a capital at its beginning, unless it begins with a name out of a file."""
    word = sentence.partition(" ")[0].rstrip(".,:;")
    named = any(mark in word for mark in "._[") or any(char.isdigit() for char in word)
    return sentence if named else sentence[:1].upper() + sentence[1:]
