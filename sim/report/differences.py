"""Differences of KPIs as people read them: in tables with their sign, in sentences with a word.

Every difference of two variants that a person sees passes through here, as every number passes
through ``sim.report.numbers``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.report import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.words import Words

_AMOUNTS, _COUNTS, _TIMES = ("yuan", "minutes"), ("persons", "messages", "count"), ("days",)
_CHINESE_UNITS = {"persons": " 人", "messages": " 条", "count": " 次", "levels": " 级"}
_HUNDRED_FROM = 50  # pairs: fewer are told as they were counted


def unit_of(key: str, *, words: Words) -> str:
    """The unit in which a KPI is printed; an unknown one is a plain number."""
    entry = words.kpi_entry(key)
    return entry.unit if entry else "ratio"


def difference(
    value: float | None,
    key: str,
    *,
    words: Words,
    half_width: float | None = None,
    like: float | None = None,
) -> str:
    """A difference with its sign, for tables: ``+¥12,400``, ``-0.4 pt``, ``+9``, ``+12 days``.

    Args:
        value: Variant minus baseline in the KPI's unit; None or not finite is a dash.
        key: Key of the KPI.
        words: Language.
        half_width: Half of the interval of the mean; the digits of money follow it.
        like: Number whose large unit to use.
    """
    if value is None or not math.isfinite(value):
        return numbers.UNDEFINED
    unit = unit_of(key, words=words)
    if unit == "share":
        return numbers.share_difference(value, words=words, short=True)
    text = size(value, key, words=words, half_width=half_width, like=like, short=True)
    if not _shows(text):
        return text
    return ("-" if value < 0 else "+") + text


def size(
    value: float | None,
    key: str,
    *,
    words: Words,
    half_width: float | None = None,
    like: float | None = None,
    short: bool = False,
) -> str:
    """How large a difference is, without its sign: ``¥12,400``, ``1.24 万元``, ``14 人``.

    Args:
        value: A difference; its sign is left out.
        key: Key of the KPI.
        words: Language.
        half_width: Half of the interval of the mean.
        like: Number whose large unit to use.
        short: For a table: ``¥1.24 万``, counts without a word behind.
    """
    if value is None or not math.isfinite(value):
        return numbers.UNDEFINED
    amount, unit = abs(value), unit_of(key, words=words)
    if unit == "yuan":
        if short:
            ends = numbers.money_ends(amount, like or amount, words=words, half_width=half_width)
            return ends[0]
        return numbers.money_words(amount, words=words, half_width=half_width, like=like)
    if unit == "share":
        points = numbers.share_difference(amount, words=words, short=short)
        return points.removeprefix("+")
    if unit in ("day", "days"):
        return numbers.duration(amount, words=words)
    if unit == "minutes":
        return numbers.minutes(amount, words=words)
    if unit in _CHINESE_UNITS:
        few = 0 < amount < 1  # a mean difference is not a person: "0.4" says more than "0"
        text = numbers.decimal(amount, digits=1) if few else _count(amount, like, words)
        return text if short or words.lang == "en" else text + _CHINESE_UNITS[unit]
    return numbers.decimal(amount)


def ends(
    low: float, high: float, key: str, *, words: Words, half_width: float | None = None
) -> tuple[str, str]:
    """Both ends of a range of differences, signed, in the unit of the larger."""
    like = max(abs(low), abs(high))
    first, last = (
        difference(end, key, words=words, half_width=half_width, like=like) for end in (low, high)
    )
    return first, last


def ends_in_words(low: float, high: float, key: str, *, words: Words) -> tuple[str, str]:
    """The same for a sentence: ``-¥4,900``, in Chinese ``少赚 4900 元``."""
    half_width = (high - low) / 2
    if words.lang == "en":
        return ends(low, high, key, words=words, half_width=half_width)
    like = max(abs(low), abs(high))
    texts = []
    for end in (low, high):
        text = size(end, key, words=words, half_width=half_width, like=like)
        texts.append(f"{comparative(end, key, words=words)} {text}" if _shows(text) else f" {text}")
    return texts[0], texts[1] + (" " if texts[1][-1].isascii() else "")


def comparative(value: float, key: str, *, words: Words) -> str:
    """What a variant has with this difference: ``more``, ``fewer``, ``higher``, ``earlier``."""
    way = "more" if value > 0 else "less"
    if key == "profit":
        return words.say(f"compare.profit_{way}")
    return words.say(f"compare.{way}_{_kind(key, words)}")


def gain(value: float, key: str, *, words: Words, half_width: float | None = None) -> str:
    """A mean difference in words: ``14 more monthly active members``, ``月活平均多 14 人``."""
    quantity = f"compare.quantity_{key}"
    form = "level"
    if words.has(quantity):
        form = "profit" if key == "profit" else "quantity"
    return words.say(
        f"compare.gain_{form}",
        kpi=words.say(quantity) if words.has(quantity) else words.kpi(key),
        more=comparative(value, key, words=words),
        size=size(value, key, words=words, half_width=half_width),
    )


def change(value: float, key: str, *, words: Words, half_width: float | None = None) -> str:
    """What happens to a KPI: ``monthly active falls by 9``, ``月活少 9 人``."""
    way = "more" if value > 0 else "less"
    return words.say(
        "compare.rises" if value > 0 else "compare.falls",
        kpi=words.kpi(key),
        more=words.say(f"compare.{way}_{_kind(key, words)}"),
        size=size(value, key, words=words, half_width=half_width),
    )


def single_future(value: float, key: str, *, better: bool, words: Words) -> str:
    """What one future is: ``more`` of 88 in 100 futures; in Chinese ``更好`` or ``更差``.

    Args:
        value: Its sign says which way.
        key: Key of the KPI.
        better: Whether that way is the good one.
        words: Language.
    """
    if key == "profit":
        return words.say(f"compare.profit_in_{'more' if value > 0 else 'less'}")
    if words.lang == "en":
        return comparative(value, key, words=words)
    return words.say("compare.in_better" if better else "compare.in_worse")


def times(share: float, *, n: int, words: Words) -> tuple[str, int]:
    """In how many of how many futures: ``("88", 100)``, ``("over 99", 100)``, ``("27", 30)``."""
    text = numbers.of_100(share, n=n)
    count, total = (text.partition("/")[0], n) if n < _HUNDRED_FROM else (text, 100)
    name = {">": "compare.over", "<": "compare.under"}.get(count[0], "compare.often")
    return words.say(name, count=count.lstrip("<>")), total


def listing(items: Sequence[str], *, words: Words) -> str:
    """Items in a sentence: ``a, b and c``, ``a、b和c``."""
    if len(items) < 2:
        return "".join(items)
    return words.join(items[:-1]) + words.say("compare.and") + items[-1]


def _kind(key: str, words: Words) -> str:
    unit = unit_of(key, words=words)
    if unit in _AMOUNTS:
        # Of an amount per head one says "higher": "¥3 more cost of a new member" is no English.
        whole = words.lang == "zh" or words.has(f"compare.quantity_{key}")
        return "amount" if whole else "level"
    if unit in _COUNTS:
        return "count" if words.lang == "zh" or words.has(f"compare.quantity_{key}") else "level"
    if unit == "day":
        return "day"
    return "time" if unit in _TIMES else "level"


def _count(amount: float, like: float | None, words: Words) -> str:
    return numbers.count(amount, words=words, like=like)


def _shows(text: str) -> bool:
    """Whether a text shows a number other than zero."""
    return any(char in "123456789" for char in text)
