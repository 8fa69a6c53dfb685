"""Which forecasts are made: by the rules for origins, lengths and liveliness."""

import json

import numpy as np

from sim.logs.table import DAY, EVENT_CODE, WEEK, build_table
from sim.study.backtest.cases import cases_of, family_of, name_of

MONDAY = 1_704_067_200


def log(weeks, speakers):
    """A log in which ``speakers(week)`` members write one message on each week's first day."""
    rows = [(week, who) for week in range(weeks) for who in range(speakers(week))]
    rows.append((weeks - 1, 0))  # and one writes on the last day, so that the week is whole
    seconds = np.array([MONDAY + week * WEEK for week, _ in rows], np.int64)
    seconds[-1] += 6 * DAY
    who = np.array([who for _, who in rows], np.int32)
    return build_table(
        seconds, who, np.full(len(rows), EVENT_CODE["message"], np.uint8),
        np.full(len(rows), -1, np.int32), np.full(len(rows), np.nan),
        names=tuple(str(n) for n in range(who.max() + 1)),
    )  # fmt: skip


def test_origins_are_shares_of_whole_weeks_and_leave_the_horizon():
    found = cases_of(log(101, lambda _: 3), log="a", family="f", origins=(0.5, 0.75, 0.9))
    assert [one.week for one in found] == [50, 75]  # 0.9 would be 90, but 101 - 26 = 75 is taken
    first = found[0]
    assert first.until == MONDAY + 50 * WEEK
    assert first.past.shape == (3, 50)
    assert first.future.shape == (3, 26)
    assert first.past[0].tolist() == [3] * 50
    assert first.past[2].tolist() == [3] + [0] * 49


def test_short_and_quiet_logs_make_no_case():
    assert cases_of(log(71, lambda _: 3), log="a", family="f") == []
    dying = log(100, lambda week: 3 if week < 30 else 1)
    assert [one.week for one in cases_of(dying, log="a", family="f", origins=(0.3, 0.9))] == [30]


def test_a_family_is_named_beside_the_log(tmp_path):
    path = tmp_path / "irc_x.csv.gz"
    assert (name_of(path), family_of(path)) == ("irc_x", "irc_x")
    path.with_name("irc_x.json").write_text(json.dumps({"family": "raku"}))
    assert family_of(path) == "raku"
    for broken in ("[1]", "{", '{"family": 3}'):
        path.with_name("irc_x.json").write_text(broken)
        assert family_of(path) == "irc_x"
