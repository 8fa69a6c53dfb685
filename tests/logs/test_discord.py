import csv
import io
import json

import pytest
from export_checks import LENIENT, MARK, any_json, counts, events, known_as, spoiled, survives
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.importers import import_files

T = 1_709_631_000  # 2024-03-05T09:30:00Z
ANN = {"id": "11", "name": "ann", "discriminator": "0000", "nickname": "Ann", "isBot": False}
BOB = {"id": "12", "name": "bob", "discriminator": "0000", "nickname": "Bob", "isBot": False}
BOT = {"id": "13", "name": "bot", "nickname": "Bot", "isBot": True}
CSV_HEADER = ["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"]


def said(number, second=0, author=ANN, kind="Default", **rest):
    return {
        "id": str(number), "type": kind, "isPinned": False, "content": "hi", "author": author,
        "timestamp": f"2024-03-05T10:30:{second:02d}.1234567+01:00", "attachments": [],
        "reactions": [], "mentions": [], **rest,
    }  # fmt: skip


def channel(*messages):
    return {
        "guild": {"id": "1", "name": "G", "iconUrl": ""},
        "channel": {"id": "2", "type": "GuildTextChat", "name": "c", "topic": None},
        "dateRange": {"after": None, "before": None}, "exportedAt": "2024-03-06T00:00:00+00:00",
        "messages": list(messages), "messageCount": len(messages),
    }  # fmt: skip


@pytest.fixture
def save(tmp_path):
    def save(content, name="chat.json"):
        path = tmp_path / name
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
        return path

    return save


@pytest.fixture
def save_csv(tmp_path):
    def save(rows, name="chat.csv"):
        text = io.StringIO()
        text.write(",".join(CSV_HEADER) + "\n")
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return path

    return save


def test_json_messages_replies_and_reactions(save):
    path = save(channel(
        said(100, author=ANN, reactions=[
            {"emoji": {"id": "", "name": "👍"}, "count": 3, "users": [BOB, BOT]},
            {"emoji": {"id": "5", "name": "x"}, "count": 2}]),
        said(101, 1, BOB, "Reply", reference={"messageId": "100", "channelId": "2"}),
        said(102, 2, ANN, "Reply", reference={"messageId": "99"}),
        said(103, 3, BOB, reference={"type": "Forward", "messageId": "100"}, forwardedMessage={}),
        said(104, 4, BOT),
        said(105, 5, ANN, "Reply", reference={"messageId": "104"}),
    ))  # fmt: skip
    assert known_as(path) == ["discord_json"]
    assert events(path) == [
        (T, "Ann", "message", ""),
        (T, "Bob", "reaction", "Ann"),
        (T + 1, "Bob", "message", "Ann"),
        (T + 2, "Ann", "message", ""),
        (T + 3, "Bob", "message", ""),
        (T + 5, "Ann", "message", ""),
    ]
    assert counts(path) == {"bots": 1}


def test_json_kinds_of_messages(save):
    path = save(channel(
        said(1, 0, ANN, "GuildMemberJoin"),
        said(2, 1, ANN, "RecipientAdd", mentions=[BOB]),
        said(3, 2, BOB, "RecipientRemove", mentions=[BOB]),
        said(4, 3, ANN, "25"),
        said(5, 4, ANN, 25),
        *(said(10 + n, 5, ANN, str(n)) for n in range(8, 12)),
        *(said(20 + n, 5, ANN, kind) for n, kind in enumerate((
            "Call", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage",
            "ThreadCreated", 46))),
    ))  # fmt: skip
    assert events(path) == [
        (T, "Ann", "join", ""),
        (T + 1, "Bob", "join", ""),
        (T + 2, "Bob", "leave", ""),
        (T + 3, "Ann", "purchase", ""),
        (T + 4, "Ann", "purchase", ""),
    ]
    assert counts(path) == {"notices": 10}


def test_a_number_holds_the_moment(save):
    number = ((T * 1000 + 750 - 1_420_070_400_000) << 22) + 77
    path = save(channel(
        said(number, timestamp=None), said(number + 1, timestamp="2024-03-05T17:30:00"),
        said(5, timestamp="2024-03-05T17:30:00"), said(6, timestamp="soon"),
    ))  # fmt: skip
    rows = events(path, tz="Asia/Shanghai")
    assert [row[0] for row in rows] == [T, T, T]
    assert counts(path) == {"undated": 1}


@pytest.mark.parametrize("named", ["chat.json", "chat [part 2].json", "chat [part 10].json"])
def test_parts_of_one_export(save, tmp_path, named):
    save(channel(said(1)), "chat.json")
    save(channel(said(2, 1, BOB, "Reply", reference={"messageId": "1"})), "chat [part 2].json")
    save(channel(said(3, 2)), "chat [part 10].json")
    save(channel(said(4, 3)), "chatter [part 2].json")
    _, report = import_files([tmp_path / named])
    assert [one.part.events for one in report.files] == [1, 1, 1]
    assert [row[3] for row in events(tmp_path / named)] == ["", "Ann", ""]
    assert len(events(tmp_path)) == 4


def test_json_that_breaks_off(save):
    path = save(channel(*(said(n, n % 60) for n in range(100))))
    path.write_text(path.read_text().partition('"messageCount"')[0])
    table, report = import_files([path])
    assert (len(table), report.files[0].part.notes.damaged) == (100, True)


@LENIENT
@given(
    drawn=st.lists(st.tuples(st.sampled_from([ANN, BOB, BOT]), st.integers(0, 20)), min_size=2,
                   max_size=20),
    cut=st.tuples(st.integers(0, 20), st.integers(0, 20)),
)  # fmt: skip
def test_overlapping_halves_are_the_whole(save, drawn, cut):
    messages = [
        said(n, n // 2, who, "Reply", reference={"messageId": str(to)}, reactions=[
            {"emoji": {"name": "x"}, "count": 1, "users": [BOB]}])
        for n, (who, to) in enumerate([(ANN, 1), *drawn])
    ]  # fmt: skip
    late, early = sorted(min(one, len(messages)) for one in cut)
    halves = [save(channel(*messages[late:]), "1.json"), save(channel(*messages[:early]), "2.json")]
    whole = save(channel(*messages), "0.json")
    rest = sorted(events(whole))
    assert sorted(events(*halves)) == rest == sorted(events(whole, *halves))


ROWS = [
    ["11", "Ann#1234", "2024-03-05T10:30:00.1234567+01:00", 'said "hi",\nand more', "", "👍 (3)"],
    ["12", "bob", "2024-03-05T09:30:01.0000000+00:00", "", "http://x/y.png", ""],
    ["12", "bob", "2024-03-05T09:30:01.0000000+00:00", "Joined the server.", "", ""],
    ["11", "Ann#1234", "2024-03-05T09:30:02.0000000+00:00", "Pinned a message.", "", ""],
    ["11", "Ann#1234", "2024-03-05T09:30:02.0000000+00:00", "Started a thread.", "", ""],
    ["11", "Ann#1234", "2024-03-05T09:30:03.0000000+00:00", "Added bob to the group.", "", ""],
    ["12", "bob", "2024-03-05T09:30:04.0000000+00:00", "Left the group.", "", ""],
    ["12", "bob", "05-Mar-24 09:31 AM", "old", "", ""],
    ["12", "bob", "05-Mar-24 12:31 AM", "older", "", ""],
    ["12", "bob", "05-Foo-24 12:31 AM", "?", "", ""],
    ["", "bob", "2024-03-05T09:30:04.0000000+00:00", "nobody", "", ""],
]
EXPECTED = [
    (T - 32_340, "bob", "message", ""),
    (T, "Ann#1234", "message", ""),
    (T + 1, "bob", "message", ""),
    (T + 1, "bob", "join", ""),
    (T + 3, "bob", "join", ""),
    (T + 4, "bob", "leave", ""),
    (T + 60, "bob", "message", ""),
]


def test_csv(save_csv):
    path = save_csv(ROWS)
    assert known_as(path) == ["discord_csv"]
    assert events(path) == EXPECTED
    _, report = import_files([path])
    part = report.files[0].part
    assert part.counts == {"notices": 2, "undated": 1}
    assert (part.notes.skipped, part.notes.first_skipped) == (1, 13)


def test_csv_in_parts_and_twice(save_csv, tmp_path):
    save_csv(ROWS[:3])
    save_csv(ROWS[3:], "chat [part 2].csv")
    assert events(tmp_path / "chat [part 2].csv") == EXPECTED
    copy = save_csv(ROWS, "copy.csv")
    assert events(tmp_path / "chat.csv", copy) == EXPECTED


def test_csv_without_the_header_is_another_format(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("time,user\n2024-03-05T09:30:00Z,a\n")
    assert known_as(path) == []
    with pytest.raises(UserError) as error:
        import_files([path], importer="discord_csv")
    assert error.value.reason == "columns"


def test_a_line_without_end_is_cut(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write(",".join(CSV_HEADER) + "\n")
        file.write('"11","a","2024-03-05T09:30:00Z","x","",""\n"11","' + "y" * 9_000_000)
    table, report = import_files([path])
    assert (len(table), report.files[0].part.notes.skipped > 0) == (1, True)


@LENIENT
@given(data=st.data(), form=st.sampled_from(["discord_json", "discord_csv"]))
def test_spoiled_files(save, save_csv, data, form):
    if form == "discord_json":
        who = {"id": MARK, "nickname": MARK}
        path = save(channel(
            said(1, 0, who, content=MARK, reactions=[
                {"emoji": {"name": MARK}, "users": [who]}]),
            said(2, 1, ANN, "RecipientAdd", mentions=[who]), said(MARK, 2, {"name": MARK}),
        ))  # fmt: skip
    else:
        rows = [[cell.replace("bob", MARK).replace("old", MARK) for cell in row] for row in ROWS]
        path = save_csv(rows)
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    survives(path, form)


JSON = any_json(
    "id", "type", "timestamp", "author", "isBot", "reactions", "users", "emoji", "mentions",
    "reference", "messageId",
)  # fmt: skip


@LENIENT
@given(
    messages=st.lists(JSON, max_size=4),
    patch=st.dictionaries(
        st.sampled_from(["id", "type", "timestamp", "author", "reactions", "mentions"]), JSON
    ),
)
def test_messages_of_any_shape(tmp_path, messages, patch):
    path = tmp_path / "any.json"
    path.write_text(json.dumps(channel(said(1), said(2) | patch, *messages)))
    assert survives(path, "discord_json")
