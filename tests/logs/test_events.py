import gzip
import io
import zipfile

import numpy as np
import pytest
from export_checks import LENIENT
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.events import read_events, write_events

PLAIN = """timestamp,member,event,reply_to,amount
2024-03-05T09:30:00Z,1,message,,
2024-03-05T09:31:00Z,2,join,,
2024-03-05T09:32:00Z,2,message,1,
2024-03-05T09:33:00Z,1,red_packet,,5.20
"""


@pytest.fixture
def save(tmp_path):
    def save(content, name="log.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return save


def columns(table):
    return (
        (table.seconds - table.seconds[0]).tolist(),
        [table.names[code] for code in table.member],
        table.event.tolist(),
        [table.names[code] if code >= 0 else "" for code in table.reply_to],
        np.nan_to_num(table.amount, nan=-1.0).tolist(),
    )


EXPECTED = (
    [0, 60, 120, 180],
    ["1", "2", "2", "1"],
    [0, 1, 0, 4],
    ["", "", "1", ""],
    [-1.0, -1.0, -1.0, 5.2],
)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        "\n\n" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(":00Z", "Z"),
        PLAIN.replace("Z,", ","),
        PLAIN.replace("T09", " 17").replace("Z,", "+08:00,"),
        PLAIN.replace("timestamp,member,event", "Date,Sender,Type"),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        gzip.compress(PLAIN.encode(), mtime=0),
        gzip.compress(PLAIN[:60].encode(), mtime=0) + gzip.compress(PLAIN[60:].encode(), mtime=0),
    ],
    ids=lambda content: repr(content[:24]),
)
def test_ways_to_write_one_log(save, content):
    assert columns(read_events(save(content))) == EXPECTED


def test_any_order_of_columns_other_columns_and_no_amount(save):
    content = (
        "text,reply_to,event,member,timestamp\n"
        '"hello, ""you""\nand you",,message,a,2024-03-05T09:30Z\n'
        "x,a,message,b,2024-03-05T09:31Z\n"
    )
    seconds, names, events, replies, amounts = columns(read_events(save(content)))
    assert (seconds, names, events, replies, amounts) == (
        [0, 60],
        ["a", "b"],
        [0, 0],
        ["", "a"],
        [-1.0, -1.0],
    )


def test_without_a_column_of_events_every_row_is_a_message(save):
    table = read_events(save("time,user\n1709631000,a\n1709631060,b\n"))
    assert table.event.tolist() == [0, 0]


def test_names_in_the_chinese_encoding_of_spreadsheets(save):
    table = read_events(save("time,user\n2024/3/5 9:30,小明\n".encode("gb18030")))
    assert table.names == ("小明",)


def test_times_without_a_zone_take_the_zone_asked_for(save):
    path = save("time,user\n2024-03-05 17:30,a\n")
    assert read_events(path, tz="Asia/Shanghai").seconds[0] == 1_709_631_000


def test_unsorted_rows_are_sorted_and_said_so(save):
    head, *rows = PLAIN.splitlines()
    table = read_events(save("\n".join([head, *reversed(rows)])))
    assert columns(table)[0] == EXPECTED[0]
    assert table.notes.unsorted
    assert table.member.tolist() == [0, 1, 1, 0]


def many(count):
    return "timestamp,member\n" + "".join(f"{1_709_631_000 + i},{i % 7}\n" for i in range(count))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("soon,1", "row_time"),
        ("1709631000", "row"),
        ("1709631000, ", "row"),
    ],
)
@pytest.mark.parametrize("size", [199, 5000])
def test_few_unreadable_rows_are_left_out_and_counted(save, bad, reason, size):
    lines = many(size).splitlines()
    lines.insert(100, bad)
    table = read_events(save("\n".join(lines)))
    assert len(table) == size
    assert (table.notes.skipped, table.notes.first_skipped) == (1, 101)
    lines[101:101] = [bad] * 60
    with pytest.raises(UserError) as error:
        read_events(save("\n".join(lines)))
    assert (error.value.kind, error.value.reason) == ("cannot_read", reason)
    assert error.value.values["line"] == 101
    assert (error.value.values["count"], error.value.values["rows"]) == (61, size + 61)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2024-03-05T09:30Z,1,message,,free", "row_amount"),
        ("2024-03-05T09:30Z,1,message,,inf", "row_amount"),
        ("2024-03-05T09:30Z,1,shout,,", "row_event"),
        ("2024-02-30T09:30Z,1,message,,", "row_time"),
        ("2024-03-05T09:30Z,1,message,", "row"),
    ],
)
def test_what_is_wrong_with_a_row_is_named(save, row, reason):
    with pytest.raises(UserError) as error:
        read_events(save(PLAIN + row + "\n"))
    assert error.value.reason == reason
    assert error.value.values["line"] == 6


def test_a_lonely_quotation_mark_does_not_swallow_half_of_the_log_in_silence(save):
    lines = many(3000).splitlines()
    lines[50] = '1709631049,"Bob'
    with pytest.raises(UserError) as error:
        read_events(save("\n".join(lines)))
    assert error.value.values["line"] == 51
    assert error.value.values["count"] > 2900


def test_line_numbers_count_the_lines_of_long_texts(save):
    rows = "".join(f'"a\nb\nc",{1_709_631_000 + i},x\n' for i in range(200))
    table = read_events(save("text,time,user\n" + rows + "t,never,x\n" + rows))
    assert table.notes.first_skipped == 602


def workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind", "reason"),
    [
        ("", "log.csv", "wrong_file", "empty"),
        ("\ufeff\n \n", "log.csv", "wrong_file", "empty"),
        (gzip.compress(b"", mtime=0), "log.csv.gz", "wrong_file", "empty"),
        (workbook(), "chat.csv", "wrong_file", "excel"),
        (b"PK\x03\x04" + bytes(40), "chat.xlsx", "wrong_file", "excel"),
        (b"PK\x03\x04" + bytes(40), "chat.zip", "wrong_file", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "chat.xls", "wrong_file", "excel"),
        (b"%PDF-1.7 ...", "chat.pdf", "wrong_file", "pdf"),
        (b"\x89PNG\r\n", "chat.png", "wrong_file", "image"),
        (b"a,b\x00\x01", "chat.csv", "wrong_file", "binary"),
        (gzip.compress(b"a,b\x00\x01", mtime=0), "chat.csv.gz", "wrong_file", "binary"),
        ("once upon a time\n", "log.csv", "wrong_file", "no_table"),
        ("a,b\n1,2\n", "log.csv", "cannot_read", "columns"),
        ("2024-03-05T09:30Z,1,message\n", "log.csv", "cannot_read", "columns"),
        ("timestamp,member\n", "log.csv", "too_short", "no_events"),
        (b"\x1f\x8b\x08", "log.csv.gz", "damaged", "unreadable"),
    ],
)
def test_what_is_no_log_is_refused(save, content, name, kind, reason):
    path = save(content, name)
    with pytest.raises(UserError) as error:
        read_events(path)
    assert (error.value.kind, error.value.reason) == (kind, reason)
    assert error.value.values["file"] == str(path)


def test_the_columns_that_are_missing_are_named(save):
    with pytest.raises(UserError) as error:
        read_events(save("member,text\na,b\n"))
    assert error.value.values["missing"] == ["time"]


def test_missing_files_and_folders(tmp_path):
    for path, kind, reason in (
        (tmp_path / "none.csv", "not_found", "file"),
        (tmp_path, "wrong_form", "folder"),
    ):
        with pytest.raises(UserError) as error:
            read_events(path)
        assert (error.value.kind, error.value.reason) == (kind, reason)


@pytest.mark.parametrize("spoil", ["cut", "flip"])
def test_of_a_damaged_file_what_could_be_read_is_kept(save, spoil):
    rng = np.random.default_rng(1)
    content = many(1) + "".join(
        f"{1_709_631_001 + i},{int(rng.integers(10**9))}\n" for i in range(20_000)
    )
    packed = bytearray(gzip.compress(content.encode()))
    if spoil == "cut":
        del packed[len(packed) // 2 :]
    else:
        packed[-8] ^= 255  # the checksum
    table = read_events(save(bytes(packed), "log.csv.gz"))
    whole = read_events(save(content))
    assert table.notes.damaged
    assert not whole.notes.damaged
    assert len(table) == len(whole) if spoil == "flip" else 7_000 < len(table) < 13_000
    np.testing.assert_array_equal(table.seconds, whole.seconds[: len(table)])


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 10**10 - 1),
        st.sampled_from(["ann", "bob", 'c"d', "e,f", "小明", "2"]),
        st.sampled_from(["message", "join", "leave", "reaction", "transfer", "purchase"]),
        st.sampled_from(["", "ann", "小明"]),
        st.one_of(st.just(float("nan")), st.integers(0, 10**7).map(lambda c: c / 100)),
    ),
    min_size=1,
    max_size=30,
)


@LENIENT
@given(rows=EVENTS, keep=st.booleans(), suffix=st.sampled_from(["csv", "csv.gz"]))
def test_written_and_read_again_nothing_changes(tmp_path, make_table, rows, keep, suffix):
    table = make_table([(s / 86_400, *rest) for s, *rest in rows], start=0)
    path = tmp_path / f"out.{suffix}"
    write_events(table, path, keep_names=keep)
    again = read_events(path)
    for name in ("seconds", "member", "event", "reply_to", "amount"):
        np.testing.assert_array_equal(getattr(again, name), getattr(table, name))
    numbers = tuple(str(code + 1) for code in range(table.members))
    assert again.names == (table.names if keep else numbers)
    first = path.read_bytes()
    write_events(table, path, keep_names=keep)
    assert path.read_bytes() == first


def test_what_is_written(save, tmp_path):
    write_events(read_events(save(PLAIN.replace(",1,", ",ann,"))), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == PLAIN


def test_writing_replaces_a_file_completely_or_not_at_all(save, tmp_path, monkeypatch):
    table = read_events(save(PLAIN))
    target = tmp_path / "out.csv.gz"
    target.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr("sim.logs.events._money", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_events(table, target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv", "out.csv.gz"]


def test_places_that_cannot_be_written(save, tmp_path):
    table = read_events(save(PLAIN))
    for path, kind in ((tmp_path / "no" / "out.csv", "not_found"), (tmp_path, "wrong_form")):
        with pytest.raises(UserError) as error:
            write_events(table, path)
        assert (error.value.kind, error.value.reason) == (kind, "folder")


def test_a_full_disk_is_told(save, tmp_path, monkeypatch):
    table = read_events(save(PLAIN))

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.logs.files.Path.replace", full)
    with pytest.raises(UserError) as error:
        write_events(table, tmp_path / "out.csv")
    assert error.value.kind == "no_space"
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_a_real_log_matches_its_description(train):
    table = read_events(train / "irc_cro.csv.gz")
    assert (table.members, int((table.event == 0).sum())) == (315, 6341)
    assert (int((table.event == 1).sum()), int((table.event == 2).sum())) == (16599, 15522)
    assert table.notes.skipped == 0
