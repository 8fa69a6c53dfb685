"""Reading a moment from the ways in which files write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sim.errors import UserError

_LOOSE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:[.,]\d*)?)?)?"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNIX = re.compile(r"(\d{9,19})(?:\.\d*)?")
_DAY_LONG = 86_400
_COMPACT_DAY = re.compile(r"(19|20)\d{6}")

# How languages write the halves of a day, without dots and spaces.
_BEFORE_NOON = frozenset(
    ("am", "a", "上午", "凌晨", "清晨", "早上", "早晨", "오전", "午前", "πμ", "ص", "sa", "pg", "öö")
)
_AFTER_NOON = frozenset(
    ("pm", "p", "下午", "中午", "傍晚", "晚上", "오후", "午後", "μμ", "م", "ch", "ptg", "ös")
)
HALF_DAY = (
    r"[AaPp]\.?\s?[Mm]\b\.?|[上下]午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|오전|오후|午前|午後"
    r"|[πμ]\.?μ\.?|[صم]|SA|CH|PT?G|Ö[ÖS]"
)
"""Pattern of what stands beside a time of a twelve-hour clock."""


def zone(name: str) -> tzinfo:
    """The time zone of a name such as ``UTC`` or ``Asia/Shanghai``.

    Raises:
        UserError: ``not_found``/``time_zone`` if the system does not know it.
    """
    if name.upper() in ("UTC", "Z"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UserError("not_found", "time_zone", name=name) from error


def parse_time(text: str, *, local: tzinfo = UTC) -> int:
    """Seconds since 1970 UTC of a written moment; fractions of a second are cut.

    Read are ISO 8601 with or without seconds, with ``Z``, an offset or none; dates with ``/``,
    ``.`` or Chinese marks as spreadsheets write them; and Unix times in seconds, milliseconds,
    microseconds or nanoseconds, told apart by their size.

    Args:
        text: The moment.
        local: Zone of a moment that names none.

    Raises:
        ValueError: if it is none of these.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _other_time(text.strip(), local)
    if text.isdigit() and _COMPACT_DAY.fullmatch(text) is None:
        return _unix_time(text)
    return _seconds(moment, local)


def hour_of_day(hour: int, half: str | None) -> int:
    """Hour of a day, of a clock of twelve hours or of twenty-four.

    Args:
        hour: As written.
        half: What :data:`HALF_DAY` found beside it; None = nothing.

    Raises:
        ValueError: ``half`` is no half of a day.
    """
    if not half:
        return hour
    word = "".join(letter for letter in half.casefold() if not letter.isspace() and letter != ".")
    if word in _BEFORE_NOON:
        return 0 if hour == 12 else hour
    if word in _AFTER_NOON:
        return hour + 12 if hour < 12 and (word != "中午" or hour < 6) else hour
    raise ValueError(half)


def local_seconds(
    year: int, month: int, day: int, hour: int, minute: int, second: int, *, local: tzinfo
) -> int:
    """Seconds since 1970 UTC of what a clock on a wall showed.

    Args:
        year: Full.
        month: From 1.
        day: From 1.
        hour: 0 to 23.
        minute: 0 to 59.
        second: 0 to 59; 60 is the next minute's first.
        local: Zone of the clock. What it skipped or showed twice is taken as if it had not been
            turned yet.

    Raises:
        ValueError: There is no such moment.
    """
    leap = second == 60
    try:
        midnight = _midnight(year, month, day, local)
        if midnight is not None and hour < 24 and minute < 60 and second <= 60:
            return midnight + 3600 * hour + 60 * minute + second
        moment = datetime(year, month, day, hour, minute, second - leap, tzinfo=local)
        return _seconds(moment, local) + leap
    except OverflowError as error:
        raise ValueError(year) from error


@lru_cache(maxsize=1024)
def _midnight(year: int, month: int, day: int, local: tzinfo) -> int | None:
    """Seconds since 1970 UTC when a day begins; None = its clock is turned."""
    begins = datetime(year, month, day, tzinfo=local)
    midnight = _seconds(begins, local)
    ends = _seconds(begins + timedelta(days=1), local)  # added to the date, whatever the zone
    return midnight if ends - midnight == _DAY_LONG else None


def _other_time(text: str, local: tzinfo) -> int:
    loose = _LOOSE.fullmatch(text)
    if loose is not None:
        year, month, day, hour, minute, second = (int(part or 0) for part in loose.groups())
        return _seconds(datetime(year, month, day, hour, minute, second, tzinfo=local), local)
    try:
        return _seconds(datetime.fromisoformat(text), local)
    except ValueError:
        return _unix_time(text)


def _seconds(moment: datetime, local: tzinfo) -> int:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=local)
    return int(moment.timestamp() // 1)


def _unix_time(text: str) -> int:
    found = _UNIX.fullmatch(text)
    if found is None:
        raise ValueError(text)
    value = int(found[1])
    # 1e11 s is the year 5138, 1e11 ms is 1973: the ranges in use do not overlap.
    while value >= 10**11:
        value //= 1000
    return value


@lru_cache(maxsize=64)
def parse_day(text: str) -> int:
    """Midnight UTC of a date ``YYYY-MM-DD``, in seconds since 1970.

    Raises:
        UserError: ``wrong_form``/``date`` if it is not such a date.
    """
    if _DAY.fullmatch(text) is None:
        raise UserError("wrong_form", "date", value=text)
    try:
        return _seconds(datetime.fromisoformat(text), UTC)
    except ValueError as error:
        raise UserError("wrong_form", "date", value=text) from error
