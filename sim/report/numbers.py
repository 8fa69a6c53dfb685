"""Numbers as people read them: money in yuan and 万, shares, days, ranges.

Every number that a person sees passes through here, so that terminal, report and web page print it
alike. What is undefined is a dash, never 0, infinity or NaN. Files for machines take plain numbers
and do not use this module.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from typing_extensions import TypeIs

    from sim.words import Words

UNDEFINED = "—"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Where a larger unit begins: (from, divisor, unit). English keeps 12,400 in full.
_LARGE = {"en": ((1e6, 1e6, "M"),), "zh": ((1e8, 1e8, " 亿"), (1e4, 1e4, " 万"))}


def count(
    value: float | None, *, words: Words, sign: bool = False, like: float | None = None
) -> str:
    """A whole number: ``142``, ``12,400``, ``1.24 万``; ``like`` = the number whose unit to use."""
    if not _known(value):
        return UNDEFINED
    return _large(value, words=words, step=1.0, sign=sign, like=like)


def decimal(value: float | None, *, digits: int = 2, sign: bool = False) -> str:
    """A plain number with at most three significant digits: ``0.42``, ``8.9``, ``142``."""
    if not _known(value):
        return UNDEFINED
    size = abs(value)
    places = max(0, min(digits, 2 - math.floor(math.log10(size)))) if size > 0 else digits
    return signed(f"{size:,.{places}f}", negative=value < 0, sign=sign)


def money(
    yuan: float | None, *, words: Words, half_width: float | None = None, sign: bool = False
) -> str:
    """An amount: ``¥3,200``, ``¥12,400``, ``¥1.24M``; in Chinese ``¥1.24 万``, ``¥1.2 亿``.

    Args:
        yuan: Amount in yuan; None or NaN is undefined.
        words: Language.
        half_width: Half of the range it comes from; the last digit shown is about a tenth of it.
        sign: Whether to write ``+`` for gains (differences always do).

    Returns:
        Whole yuan under 10,000, three significant digits above, fewer where the range is wide.
    """
    if not _known(yuan):
        return UNDEFINED
    return _large(yuan, words=words, step=_step(half_width), sign=sign, symbol="¥")


def money_words(
    yuan: float | None,
    *,
    words: Words,
    half_width: float | None = None,
    like: float | None = None,
) -> str:
    """An amount inside a sentence: ``¥12,400``; in Chinese ``1.24 万元``, ``3200 元``.

    ``like`` = the number whose unit to use.
    """
    if not _known(yuan):
        return UNDEFINED
    step = _step(half_width)
    if words.lang == "en":
        return _large(yuan, words=words, step=step, symbol="¥", like=like)
    text = _large(yuan, words=words, step=step, like=like).replace(",", "")
    return f"{text}元" if text[-1] in "万亿" else f"{text} 元"


def money_chosen(yuan: float, *, words: Words) -> str:
    """An amount that somebody chose, with the digits that were chosen: ``3 万元``."""
    zeros = 0
    while yuan and yuan % 10 ** (zeros + 1) == 0:
        zeros += 1
    return money_words(yuan, words=words, half_width=10.0 ** (zeros + 1))


def time_chosen(value: float, *, words: Words) -> str:
    """A time that somebody chose: ``10 h`` rather than ``10.0 h``."""
    if value >= 60 and value % 60 == 0:
        return f"{value / 60:,.0f} {'小时' if words.lang == 'zh' else 'h'}"
    return minutes(value, words=words)


def share(value: float | None, *, words: Words) -> str:
    """A share of 1 as percent: ``4.1 %``, ``81 %``; in Chinese ``4.1%``."""
    if not _known(value):
        return UNDEFINED
    percent = value * 100
    digits = 1 if round(abs(percent), 1) < 10 else 0
    return signed(f"{abs(percent):.{digits}f}", negative=percent < 0) + _percent(words)


def share_difference(value: float | None, *, words: Words, short: bool = False) -> str:
    """A difference of two shares, in points: ``+0.6 pt``, ``+0.6 个百分点`` (short: ``个点``)."""
    if not _known(value):
        return UNDEFINED
    points = value * 100
    text = signed(f"{abs(points):.1f}", negative=points < 0, sign=True)
    return f"{text} pt" if words.lang == "en" else f"{text} {'个点' if short else '个百分点'}"


def day(value: float | None, *, words: Words) -> str:
    """A day of the run, 0-based: ``day 74``, ``第 74 天``."""
    if not _known(value):
        return UNDEFINED
    return f"第 {round(value)} 天" if words.lang == "zh" else f"day {round(value)}"


def duration(days: float | None, *, words: Words) -> str:
    """A length of time: ``53 days``, ``53 天``."""
    if not _known(days):
        return UNDEFINED
    whole = round(days)
    return f"{whole} 天" if words.lang == "zh" else f"{whole} day{'' if whole == 1 else 's'}"


def minutes(value: float | None, *, words: Words, sign: bool = False) -> str:
    """Working time: ``45 min``, ``3.5 h``; in Chinese ``45 分钟``, ``3.5 小时``."""
    if not _known(value):
        return UNDEFINED
    size = abs(value)
    if size < 60:
        text, unit = f"{size:.0f}", ("min", "分钟")
    else:
        hours = size / 60
        text, unit = (f"{hours:.1f}" if hours < 100 else f"{hours:,.0f}"), ("h", "小时")
    return f"{signed(text, negative=value < 0, sign=sign)} {unit[words.lang == 'zh']}"


def calendar_date(value: date, *, words: Words, year: bool = True) -> str:
    """A date: ``12 Mar 2026``, ``2026年3月12日``; without the year ``12 Mar``, ``3月12日``."""
    if words.lang == "zh":
        return (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def month(value: date, *, words: Words, year: bool = True) -> str:
    """A month: ``Mar 2026``, ``2026年3月``; without the year ``Mar``, ``3月``."""
    if words.lang == "zh":
        return (f"{value.year}年" if year else "") + f"{value.month}月"
    return _MONTHS[value.month - 1] + (f" {value.year}" if year else "")


def year(value: date, *, words: Words) -> str:
    """A year: ``2026``, ``2026年``."""
    return f"{value.year}年" if words.lang == "zh" else str(value.year)


def of_100(share_better: float | None, *, n: int) -> str:
    """In how many of 100: ``88``, ``>99``, ``<1``; of fewer than 50 pairs as counted, ``27/30``."""
    if not _known(share_better) or n <= 0:
        return UNDEFINED
    if n < 50:
        return f"{round(share_better * n * 2) / 2:g}/{n}"  # ties count one half
    percent = share_better * 100
    if percent > 99:
        return ">99"
    return "<1" if percent < 1 else f"{percent:.0f}"


def span(low: str, high: str, *, words: Words) -> str:
    """A range of two printed ends: ``77 % to 85 %``, ``77% 到 85%``."""
    return f"{low} {'到' if words.lang == 'zh' else 'to'} {high}"


def money_ends(
    low: float | None,
    high: float | None,
    *,
    words: Words,
    half_width: float | None = None,
    sign: bool = False,
) -> tuple[str, str]:
    """The two ends of a range of money, both in the unit of the larger."""
    if not (_known(low) and _known(high)):
        return UNDEFINED, UNDEFINED
    step, larger = _step(half_width), max(abs(low), abs(high))
    least, most = (
        _large(end, words=words, step=step, sign=sign, symbol="¥", like=larger)
        for end in (low, high)
    )
    return least, most


def money_span(low: float | None, high: float | None, *, words: Words, sign: bool = False) -> str:
    """A range of money, both ends in the unit of the larger: ``-¥0.49 万 到 +¥2.97 万``."""
    return span(*money_ends(low, high, words=words, sign=sign), words=words)


def kpi(value: float | None, key: str, *, words: Words, half_width: float | None = None) -> str:
    """A value of a KPI, printed by the KPI's unit.

    Args:
        value: The value; money in yuan, shares of 1, time in minutes or days.
        key: Key of the KPI; an unknown one prints as a plain number.
        words: Language.
        half_width: Half of the range, for money.
    """
    entry = words.kpi_entry(key)
    match entry.unit if entry else "ratio":
        case "persons" | "messages" | "count" | "levels":
            return count(value, words=words)
        case "yuan":
            return money(value, words=words, half_width=half_width)
        case "share":
            return share(value, words=words)
        case "day":
            return day(value, words=words)
        case "days":
            return duration(value, words=words)
        case "minutes":
            return minutes(value, words=words)
        case _:
            return decimal(value)


def kpi_ends(low: float | None, high: float | None, key: str, *, words: Words) -> tuple[str, str]:
    """Both ends of a KPI's range over futures, in one unit and as exact as the range allows."""
    entry = words.kpi_entry(key)
    if entry and _known(low) and _known(high):
        if entry.unit == "yuan":
            return money_ends(low, high, words=words, half_width=(high - low) / 2)
        if entry.unit in ("persons", "messages", "count"):
            most = max(abs(low), abs(high))
            return count(low, words=words, like=most), count(high, words=words, like=most)
    return kpi(low, key, words=words), kpi(high, key, words=words)


def kpi_span(low: float | None, high: float | None, key: str, *, words: Words) -> str:
    """The range of a KPI over futures, e.g. ``77 % to 85 %``, ``¥0.6 万 到 ¥3.9 万``."""
    return span(*kpi_ends(low, high, key, words=words), words=words)


def plain_value(value: object) -> str:
    """A parameter's value as one would write it into a file: ``0.15``, ``500``, ``1e-06``."""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)


def _known(value: float | None) -> TypeIs[float]:
    return value is not None and math.isfinite(value)


def _percent(words: Words) -> str:
    return "%" if words.lang == "zh" else " %"


def _step(half_width: float | None) -> float:
    """The last digit worth showing: the power of ten nearest to a tenth of the half-width."""
    if half_width is None or not math.isfinite(half_width) or half_width <= 10:
        return 1.0
    return float(10.0 ** round(math.log10(half_width / 10)))


def _large(
    value: float,
    *,
    words: Words,
    step: float,
    sign: bool = False,
    symbol: str = "",
    like: float | None = None,
) -> str:
    """A number with its large unit; ``like`` = the number whose unit and digits to use."""
    scale = abs(value if like is None else like)
    for _ in range(2):  # 9,999.6 becomes 10,000 and belongs to the larger unit: look once more
        scale = round(scale / step) * step
        if scale >= 1e4:
            step = max(step, 10.0 ** (math.floor(math.log10(scale)) - 2))
    size = round(abs(value) / step) * step
    text = f"{size:,.0f}"
    for start, divisor, unit in _LARGE[words.lang]:
        if scale >= start:
            places = max(0, round(math.log10(divisor / step)))
            text = f"{size / divisor:.{places}f}{unit}"
            break
    return signed(symbol + text, negative=value < 0, sign=sign)


def signed(text: str, *, negative: bool, sign: bool = False) -> str:
    """The digits of a size with its sign; no sign before what is printed as zero."""
    if not any(char in "123456789" for char in text):  # no minus before what is printed as zero
        return text
    return "-" + text if negative else ("+" + text if sign else text)
