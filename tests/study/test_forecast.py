import csv
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.events import read_events
from sim.logs.table import DAY, WEEK
from sim.study.forecast import HEADER, TARGETS, forecast, load_forecast
from sim.words import Words


@pytest.fixture(scope="module")
def slack(train):
    """A real log of 109 weeks and a few hundred members."""
    return read_events(train / "slack_racket_general.csv.gz")


def cut_in_week(table, week, days=0):
    return table.start + week * WEEK + days * DAY


def test_later_events_are_never_used(slack):
    until = cut_in_week(slack, 30, days=3)
    kept = forecast(slack, until=until, weeks=5, replicates=6)
    cut = forecast(slack.before(until), until=until, weeks=5, replicates=6)
    assert kept.csv() == cut.csv()
    assert kept.summary() == cut.summary()
    later = forecast(slack, until=until + 2 * WEEK, weeks=5, replicates=6)
    assert later.csv() != kept.csv()


def test_weeks_are_windows_from_the_first_event(slack):
    """The first forecast week is the first window that starts at or after the date."""
    for days, week, whole in ((0, 30, 30), (1, 31, 30), (6, 31, 30)):
        until = cut_in_week(slack, 30, days=days)
        result = forecast(slack, until=until, weeks=2, replicates=2)
        assert result.first_week == week
        assert result.past.shape == (3, whole)
        weeks = [line.split(",")[1] for line in result.csv().splitlines()[1:]]
        assert weeks == [str(week), str(week + 1)] * 3


def test_the_date_defaults_to_the_midnight_after_the_last_event(slack):
    last = int(slack.seconds[-1])
    result = forecast(slack, weeks=1, replicates=2)
    assert result.until % DAY == 0
    assert last < result.until <= last + DAY
    assert result.csv() == forecast(slack, until=result.until, weeks=1, replicates=2).csv()


def test_numbers_do_not_depend_on_threads(slack):
    until = cut_in_week(slack, 34)
    seen = []
    one, two = (
        forecast(slack, until=until, weeks=3, replicates=9, jobs=jobs,
                 progress=seen.append)
        for jobs in (1, 2)
    )  # fmt: skip
    assert one.csv() == two.csv()
    assert seen == list(range(10)) * 2
    assert forecast(slack, until=until, weeks=3, replicates=9, seed=1).csv() != one.csv()


def test_more_weeks_begin_alike(slack):
    until = cut_in_week(slack, 34)
    short, long = (forecast(slack, until=until, weeks=n, replicates=20) for n in (3, 6))
    np.testing.assert_array_equal(short.quantiles, long.quantiles[:, :3])


def test_files_hold_the_contract(slack, tmp_path):
    until = cut_in_week(slack, 34)
    result = forecast(slack, until=until, weeks=26, replicates=20)
    files = result.write(tmp_path / "out", Words("en"))
    assert {path.name for path in files} == {
        "forecast.csv", "forecast.json", "actual.csv",
        *(f"forecast_{t}.{kind}" for t in TARGETS for kind in ("png", "svg")),
    }  # fmt: skip
    assert all(path.stat().st_size > 0 for path in files)
    text = (tmp_path / "out" / "forecast.csv").read_text("ascii")
    assert text.splitlines()[0] == HEADER == "target,week,q05,q25,q50,q75,q95"
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["target"], int(row["week"])) for row in rows] == [
        (target, week) for target in ("speakers", "messages", "newcomers")
        for week in range(34, 60)
    ]  # fmt: skip
    values = np.array([[float(row[q]) for q in ("q05", "q25", "q50", "q75", "q95")]
                       for row in rows])  # fmt: skip
    assert (np.diff(values, axis=1) >= 0).all()
    assert (values >= 0).all()
    np.testing.assert_allclose(values.reshape(3, 26, 5), result.quantiles, rtol=1e-9)
    said = json.loads((tmp_path / "out" / "forecast.json").read_text("utf-8"))
    assert said["schema"] == 1
    assert said["backtested"] is False
    assert said["note"] == "not backtested"
    assert said["first_week"] == 34
    assert date.fromisoformat(said["first_week_start"][:10]).toordinal() * DAY == (
        date(1970, 1, 1).toordinal() * DAY + until
    )


def test_the_forecast_is_near_what_was(slack):
    """Not a score, a guard: the last weeks lie well inside the first weeks' spread."""
    until = cut_in_week(slack, 80)
    result = forecast(slack, until=until, weeks=4, replicates=100)
    lately = result.past[:, -8:].mean(axis=1)
    for k, _ in enumerate(TARGETS):
        assert result.quantiles[k, :, 0].min() <= lately[k] <= result.quantiles[k, :, 4].max()


def test_too_short_a_log_is_told(slack):
    with pytest.raises(UserError) as error:
        forecast(slack, until=cut_in_week(slack, 5))
    assert (error.value.kind, error.value.reason) == ("too_short", "weeks")


def test_an_impossible_horizon_is_told(slack):
    for weeks in (0, 100_000):
        with pytest.raises(UserError) as error:
            forecast(slack, until=cut_in_week(slack, 34), weeks=weeks, replicates=1)
        assert error.value.kind == "out_of_range"


def test_events_after_the_date_may_even_be_wild(slack):
    until = cut_in_week(slack, 30)
    later = slack.seconds >= until
    wild = replace(slack, member=np.where(later, np.int32(0), slack.member))
    assert (
        forecast(wild, until=until, weeks=2, replicates=4).csv()
        == forecast(slack, until=until, weeks=2, replicates=4).csv()
    )


def test_what_came_is_counted_from_the_log_itself(slack, tmp_path):
    """By hand: who wrote in which 7-day window after the date, as far as whole windows go."""
    until = cut_in_week(slack, 97, days=3)
    result = forecast(slack, until=until, weeks=26, replicates=2)
    week = (slack.seconds - slack.start) // WEEK
    whole = (slack.end - slack.start) // WEEK
    wrote = slack.event == 0
    first = {}
    for who, when in zip(slack.member[wrote].tolist(), week[wrote].tolist(), strict=True):
        first.setdefault(who, when)
    for ahead in range(whole - 98):
        mine = slack.member[wrote & (week == 98 + ahead)]
        expected = [
            len(set(mine.tolist())),
            mine.size,
            sum(w == 98 + ahead for w in first.values()),
        ]
        assert result.actual[:, ahead].tolist() == expected
    assert result.actual.shape == (3, whole - 98)
    rows = list(csv.DictReader(result.actual_csv().splitlines()))
    assert [row["target"] for row in rows[:: whole - 98]] == list(TARGETS)
    assert int(rows[0]["week"]) == 98


def test_nothing_came_after_the_end(slack, tmp_path):
    result = forecast(slack, weeks=3, replicates=2)
    assert result.actual.size == 0
    assert "actual.csv" not in {path.name for path in result.write(tmp_path)}


def test_a_forecast_can_be_read_back(slack, tmp_path):
    result = forecast(slack, until=cut_in_week(slack, 90, days=2), weeks=5, replicates=4)
    result.write(tmp_path)
    back = load_forecast(tmp_path)
    assert back.csv() == result.csv()
    assert back.actual_csv() == result.actual_csv()
    assert back.summary() == result.summary()
    assert (back.start, back.until) == (result.start, result.until)
    (tmp_path / "forecast.json").write_text('{"schema": 1}')
    with pytest.raises(UserError) as error:
        load_forecast(tmp_path)
    assert error.value.kind == "damaged"


def test_old_and_new_people_are_all_who_write(slack):
    """Newcomers over the horizon, counted week by week, are the fresh ones counted by member."""
    one = forecast(slack, until=cut_in_week(slack, 34), weeks=6, replicates=1)
    assert one.outlook.fresh[1] == one.quantiles[2, :, 2].sum()
    late = one.outlook.late_known[1] + one.outlook.late_fresh[1]
    assert one.quantiles[0, -4:, 2].max() <= late <= one.quantiles[0, -4:, 2].sum()
