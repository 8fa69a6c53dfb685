import calendar
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.times import hour_of_day, local_seconds, parse_day, parse_time, zone

NINE_THIRTY = calendar.timegm((2024, 3, 5, 9, 30, 0))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05T09:30Z",
        "2024-03-05T09:30:00Z",
        "2024-03-05T09:30:00.999Z",
        "2024-03-05 09:30",
        "2024-03-05T17:30:00+08:00",
        "2024/3/5 9:30",
        "2024.03.05 09:30:00",
        "2024年3月5日 09:30",
        " 2024-03-05T09:30Z ",
        "1709631000",
        "1709631000.75",
        "1709631000999",
        "1709631000999999",
        "1709631000999999999",
    ],
)
def test_ways_to_write_one_moment(text):
    assert parse_time(text) == NINE_THIRTY


def test_a_time_without_zone_is_local():
    shanghai = zone("Asia/Shanghai")
    assert parse_time("2024-03-05 17:30", local=shanghai) == NINE_THIRTY
    assert parse_time("2024/3/5 17:30", local=shanghai) == NINE_THIRTY
    assert parse_time("2024-03-05T09:30Z", local=shanghai) == NINE_THIRTY


def test_a_date_is_its_midnight():
    midnight = calendar.timegm((2024, 3, 5, 0, 0, 0))
    assert [parse_time(t) for t in ("2024-03-05", "20240305", "2024/3/5")] == [midnight] * 3


def test_digits_that_also_look_like_a_compact_date_are_unix_time():
    assert parse_time("1711122212") == 1_711_122_212


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13-01", "2024-02-30T00:00Z", "12", "nan", "2024/2/30 1:00"]
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        parse_time(text)


@given(
    st.integers(0, 4_000_000_000),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_iso_round_trip_in_any_zone(seconds, offset):
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(offset)
    assert parse_time(moment.isoformat()) == seconds


def test_days():
    assert parse_day("2024-03-05") == calendar.timegm((2024, 3, 5, 0, 0, 0))
    for text in ("2024-3-5", "05.03.2024", "2024-02-30", "2024-03-05T00:00"):
        with pytest.raises(UserError) as error:
            parse_day(text)
        assert (error.value.kind, error.value.reason) == ("wrong_form", "date")


def test_an_unknown_zone_is_refused():
    with pytest.raises(UserError) as error:
        zone("Mars/Olympus")
    assert error.value.values == {"name": "Mars/Olympus"}


@pytest.mark.parametrize(
    ("hour", "half", "expected"),
    [(12, "AM", 0), (12, "p. m.", 12), (1, "PM", 13), (3, "下午", 15), (12, "中午", 12),
     (11, "中午", 11), (1, "中午", 13), (12, "凌晨", 0), (9, "오후", 21), (20, "pm", 20),
     (7, None, 7)],
)  # fmt: skip
def test_hours_of_a_twelve_hour_clock(hour, half, expected):
    assert hour_of_day(hour, half) == expected


@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  of a wall
    place=st.sampled_from(
        [
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Pacific/Apia",
            "Asia/Shanghai",
        ]
    ),
)
def test_a_clock_on_a_wall_is_the_calendar_of_its_zone(moment, place):
    there = ZoneInfo(place)
    for day in (moment, moment.replace(month=3, day=1 + moment.day % 28)):
        shown = day.timetuple()[:6]
        assert local_seconds(*shown, local=there) == int(
            day.replace(microsecond=0, tzinfo=there).timestamp()
        )


def test_what_a_clock_on_a_wall_showed():
    berlin = ZoneInfo("Europe/Berlin")
    noon = local_seconds(2024, 7, 1, 12, 0, 0, local=berlin)
    assert noon == datetime(2024, 7, 1, 10, tzinfo=UTC).timestamp()
    # skipped in spring, shown twice in autumn
    assert local_seconds(2024, 3, 31, 2, 30, 0, local=berlin) == 1711848600
    assert local_seconds(2024, 10, 27, 2, 30, 0, local=berlin) == 1729989000
    assert local_seconds(2016, 12, 31, 23, 59, 60, local=UTC) == 1483228800
    with pytest.raises(ValueError):  # noqa: PT011  the value is the message
        local_seconds(2024, 2, 30, 0, 0, 0, local=UTC)
