"""Tables of numbers: groups, names of columns, and what is wrong with them."""

import pytest

from sim.errors import UserError
from sim.logs.number_table import read_counts, read_survival
from sim.logs.table import DAY


def test_counts_by_group_in_order_of_time(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("date,venue,members\n1970-01-03,b,30\n1970-01-02,a,10\n1970-01-01,b,20\n\n")
    a, b = sorted(read_counts(path), key=lambda one: one.group)
    assert (a.group, a.at.tolist(), a.value.tolist()) == ("a", [DAY], [10])
    assert (b.at.tolist(), b.value.tolist(), b.column) == ([0, 2 * DAY], [20, 30], "members")


def test_survival_in_percent_and_rows_without_a_number(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Period,Surviving\n0,100%\n1,60%\n2,45%\n3,\n")
    (table,) = read_survival(path)
    assert table.value.tolist() == [100, 60, 45]
    assert table.group == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("when,members\n1970-01-01,3\n", "number_columns"),
        ("date,members\n", "no_rows"),
        ("date,members\nsoon,3\n", "number_row"),
        ("date,members\n1970-01-01,many\n", "number_row"),
        ("date,members\n1970-01-01,-3\n", "number_row"),
        ("members,date\n3\n", "number_row"),
    ],
)
def test_wrong_counts(tmp_path, text, reason):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(UserError) as caught:
        read_counts(path)
    assert caught.value.reason == reason


def test_periods_without_the_first(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("period,surviving\n1,100\n2,60\n3,50\n")
    with pytest.raises(UserError) as caught:
        read_survival(path)
    assert caught.value.reason == "survival"
