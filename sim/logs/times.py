"""Reading a moment from the ways in which files write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sim.errors import UserError

_LOOSE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:[.,]\d*)?)?)?"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNIX = re.compile(r"(\d{9,19})(?:\.\d*)?")
_COMPACT_DAY = re.compile(r"(19|20)\d{6}")


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
