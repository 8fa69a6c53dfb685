import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.table import DAY, build_table

ROWS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 5), st.integers(-1, 5)), min_size=1, max_size=40
)


def build(rows):
    seconds, member, reply_to = (np.array(column) for column in zip(*rows, strict=True))
    return build_table(
        seconds.astype(np.int64),
        member.astype(np.int32),
        np.zeros(len(rows), dtype=np.uint8),
        reply_to.astype(np.int32),
        np.arange(len(rows), dtype=np.float64),  # remembers the source row
        names=tuple("abcdef"),
    )


@given(ROWS)
def test_rows_are_sorted_stably_and_nothing_else_changes(rows):
    table = build(rows)
    source = table.amount.astype(int)
    assert sorted(source) == list(range(len(rows)))
    assert source.tolist() == sorted(range(len(rows)), key=lambda row: rows[row][0])
    assert table.notes.unsorted == (source.tolist() != list(range(len(rows))))
    for row, code, reply in zip(source, table.member, table.reply_to, strict=True):
        assert table.names[code] == "abcdef"[rows[row][1]]
        known = rows[row][2] in {r[1] for r in rows}
        assert (table.names[reply] if reply >= 0 else None) == (
            "abcdef"[rows[row][2]] if known else None
        )


@given(ROWS)
def test_codes_follow_first_appearance(rows):
    table = build(rows)
    assert list(dict.fromkeys(table.member.tolist())) == list(range(table.members))


@given(ROWS, st.integers(1, 60))
def test_before_is_the_same_as_never_having_seen_the_rest(rows, until):
    early = [row for row in rows if row[0] < until]
    table = build(rows)
    if not early:
        with pytest.raises(UserError) as error:
            table.before(until)
        assert error.value.reason == "until_before_log"
        return
    cut, fresh = table.before(until), build(early)
    np.testing.assert_array_equal(cut.seconds, fresh.seconds)
    np.testing.assert_array_equal(cut.member, fresh.member)
    np.testing.assert_array_equal(cut.reply_to, fresh.reply_to)
    assert cut.names == fresh.names


def test_start_and_end_are_midnights_around_the_events(make_table):
    table = make_table([(3.5, "a", "join"), (9.25, "b")])
    assert (table.end - table.start) / DAY == 7
    assert table.start % DAY == 0
    # an event at midnight belongs to the day that begins
    assert make_table([(0.0, "a"), (1.0, "a")]).end - make_table([(0.0, "a")]).start == 2 * DAY


def test_names_stay_out_of_the_printed_table(make_table):
    assert "secret" not in repr(make_table([(0.0, "secret")]))
