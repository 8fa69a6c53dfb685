"""JSON of qq-chat-exporter: both layouts, and exports in chunks."""

import json

import pytest
from export_checks import LENIENT, any_json, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs import qq_json
from sim.logs.importers import import_files

HEAD = {
    "metadata": {"name": "QQChatExporter V5", "version": "5.0.0"},
    "chatInfo": {"name": "g", "type": "group", "selfUin": "11111", "participantCount": 3},
    "statistics": {"totalMessages": 5},
}
NOON = 1_700_000_000  # 2023-11-14T22:13:20Z


def v5(number, at, uin, text="hi", *, name="", card="", elements=(), **more):
    return {
        "id": f"70{number}", "seq": number, "timestamp": (NOON + at) * 1000 + 5,
        "time": "2023-11-15 06:13:20",
        "sender": {
            "uid": f"u_{uin}", "uin": uin, "name": name, "nickname": name, "groupCard": card
        },
        "type": "type_1",
        "content": {"text": text, "html": "", "elements": list(elements), "resources": [],
                    "mentions": [{"uid": "u", "name": "x", "type": "user"}]},
        "recalled": False, "system": False, "rawMessage": {}, **more,
    }  # fmt: skip


def v4(number, at, uin, text="hi", *, name="", reply=None, **more):
    return {
        "messageId": f"70{number}", "timestamp": f"2023-11-14T22:13:{20 + at}.000Z",
        "sender": {"uid": f"u_{uin}", "uin": uin, "name": name}, "messageType": 2,
        "isSystemMessage": False, "isRecalled": False,
        "content": {"text": text, "reply": reply},
        "rawMessage": {"senderUin": uin, "sendNickName": name, "sendMemberName": ""}, **more,
    }  # fmt: skip


def quote(number, uin="", name=""):
    data = {"messageId": f"70{number}", "senderUin": uin, "senderName": name, "timestamp": 1}
    return [{"type": "text", "data": {}}, {"type": "reply", "data": data}]


NEW = [
    v5(1, 0, "11111", name="甲", card="甲的名片"),
    v5(2, 1, "22222", name="乙", elements=quote(1, "11111", "甲"), recalled=True),
    v5(3, 2, "0", "丙加入了群聊", system=True),
    v5(4, 3, "33333", "[QQ红包]恭喜发财", name="丙"),
    v5(5, 4, "0", "乙撤回了一条消息", system=True),
    v5(6, 5, "10000", "甲的名片退出了群聊"),
    v5(7, 6, "22222", elements=quote(99, "99999", "谁")),
    v5(8, 7, "22222", elements=quote(98, "33333", "丙")),
]
ROWS = [
    ("2023-11-14T22:13:20", "甲的名片", "message", ""),
    ("2023-11-14T22:13:21", "乙", "message", "甲的名片"),
    ("2023-11-14T22:13:22", "丙", "join", ""),
    ("2023-11-14T22:13:23", "丙", "red_packet", ""),
    ("2023-11-14T22:13:25", "甲的名片", "leave", ""),
    ("2023-11-14T22:13:26", "乙", "message", ""),
    ("2023-11-14T22:13:27", "乙", "message", "丙"),
]


def whole(messages, **more):
    return json.dumps({**HEAD, "messages": messages, "avatars": {"x": "y" * 5000}, **more})


def test_the_layout_of_version_5(exported):
    rows, report = exported(whole(NEW), name="group.json")
    assert rows == ROWS
    assert report.files[0].format == "qq_json"
    assert report.files[0].part.counts == {"notices": 1}
    assert report.weak == 0


def test_the_layout_of_version_4(exported):
    old = [
        v4(1, 0, "11111", name="甲"),
        v4(2, 1, "22222", name="乙", reply={"messageId": "5", "referencedMessageId": "701"}),
        v4(3, 2, "22222", reply={"referencedMessageId": "0", "senderName": "甲"}, name="乙"),
        v4(4, 3, "22222", reply={"referencedMessageId": "7", "senderName": "谁"}, name="乙"),
        v4(5, 4, "0", "乙被移出群聊", isSystemMessage=True),
    ]
    rows, _ = exported(whole(old), name="group.json")
    assert [row[1:] for row in rows] == [
        ("甲", "message", ""), ("乙", "message", "甲"), ("乙", "message", "甲"),
        ("乙", "message", ""), ("乙", "leave", ""),
    ]  # fmt: skip
    assert rows[0][0] == "2023-11-14T22:13:20"


def test_times_in_seconds_and_words(exported):
    messages = [
        v5(1, 0, "11111") | {"timestamp": NOON},
        v5(2, 0, "11111") | {"timestamp": str(NOON * 1000)},
        v5(3, 0, "11111") | {"timestamp": "2023-11-15T06:13:20"},
        v5(4, 0, "11111") | {"timestamp": 0},
        v5(5, 0, "11111") | {"timestamp": None, "time": "never"},
        v5(6, 0, "11111") | {"timestamp": 10**40},
    ]
    rows, report = exported(whole(messages), name="group.json")
    assert [row[0] for row in rows] == ["2023-11-14T22:13:20"] * 4
    assert report.files[0].part.counts == {"undated": 2}


def test_a_talk_between_two_is_left_out(exported):
    private = {**HEAD, "chatInfo": {**HEAD["chatInfo"], "type": "private"}}
    rows, report = exported(
        whole(NEW), json.dumps({**private, "messages": NEW}), name="group.json"
    )  # fmt: skip
    assert rows == ROWS
    assert report.files[1].part.counts == {"sections": 1}


@pytest.fixture
def folder(tmp_path):
    """An export in chunks."""

    def folder(*chunks, named=None, **told):
        root = tmp_path / "export"
        (root / "chunks").mkdir(parents=True, exist_ok=True)
        entries = []
        for number, messages in enumerate(chunks, 1):
            name = f"c{number:03}.jsonl"
            text = "".join(json.dumps(message) + "\n" for message in messages)
            (root / "chunks" / name).write_text(text)
            entries.append(
                {"index": number, "fileName": name, "relativePath": f"chunks/{name}", "count": 1}
            )
        told = {"format": "jsonl", "chunksDir": "chunks", "chunkFileExt": ".jsonl", **told}
        told["chunks"] = entries if named is None else named
        (root / "manifest.json").write_text(json.dumps({**HEAD, "chunked": told}))
        return root

    return folder


def rows_of(paths):
    table, report = import_files(paths)
    return [table.names[code] for code in table.member], report


@pytest.mark.parametrize("given", [".", "manifest.json", "chunks/c001.jsonl", "chunks/c002.jsonl"])
def test_any_part_stands_for_the_whole_export(folder, given):
    names, report = rows_of([folder(NEW[:3], NEW[3:]) / given])
    assert names == [row[1] for row in ROWS]
    assert [one.format for one in report.files] == ["qq_json"] * 3
    assert [one.part.events for one in report.files] == [0, 3, 4]
    assert not any(one.part.notes.damaged for one in report.files)


def test_all_parts_at_once_are_each_read_once(folder):
    root = folder(NEW[:3], NEW[3:])
    names, report = rows_of([root / "chunks" / "c002.jsonl", root, root / "manifest.json"])
    assert len(names) == len(ROWS)
    assert report.duplicates == 0


@pytest.mark.parametrize("given", [".", "manifest.json", "chunks"])
def test_the_manifest_is_looked_through_as_often_for_many_chunks(folder, monkeypatch, given):
    looked = []
    look = qq_json.look_through
    monkeypatch.setattr(qq_json, "look_through", lambda *a: looked.append(a) or look(*a))
    counts = []
    for chunks in (2, len(NEW)):
        looked.clear()
        monkeypatch.chdir(folder(*([message] for message in NEW[:chunks])))
        assert len(rows_of([given])[1].files) == 1 + chunks
        counts.append(len(looked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("given", [".", "chunks", "chunks/c002.jsonl"])
def test_chunks_of_a_talk_between_two_are_left_out(folder, given):
    root = folder(NEW[:3], NEW[3:])
    text = (root / "manifest.json").read_text()
    (root / "manifest.json").write_text(text.replace('"group"', '"private"'))
    with pytest.raises(UserError) as error:
        import_files([root / given])
    assert error.value.reason == "no_group"


def test_paths_may_not_leave_the_folder(folder, tmp_path):
    root = folder(NEW[:1])
    outside = tmp_path / "outside.jsonl"
    outside.write_text(json.dumps(v5(9, 8, "99999", name="x")) + "\n")
    (root / "chunks" / "link.jsonl").symlink_to(outside)
    names = ["../outside.jsonl", str(outside), "chunks/link.jsonl", "..\\outside.jsonl", "\x00",
             "chunks/../../outside.jsonl", "none.jsonl", "x" * 300]  # fmt: skip
    named = [{"relativePath": "chunks/c001.jsonl"}, *({"relativePath": name} for name in names)]
    folder(NEW[:1], named=named)
    found, report = rows_of([root / "manifest.json"])
    assert found == ["甲的名片"]
    assert report.files[0].part.notes.damaged
    for directory in ("..", "x" * 300):
        folder(NEW[:1], named=[], chunksDir=directory)
        with pytest.raises(UserError):
            import_files([root / "manifest.json"])


def test_chunks_without_a_list_or_a_manifest(folder):
    root = folder(NEW[:3], NEW[3:], named=[])
    assert len(rows_of([root])[0]) == len(ROWS)
    (root / "manifest.json").unlink()
    assert len(rows_of([root / "chunks" / "c002.jsonl"])[0]) == len(ROWS)


def test_a_chunk_with_broken_lines(folder):
    root = folder(NEW[:3], NEW[3:])
    path = root / "chunks" / "c001.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "{nonsense", "[]", lines[1], lines[2][:50]]))
    _, report = rows_of([root])
    assert report.files[1].part.notes.skipped == 2
    assert report.files[1].part.notes.first_skipped == 2
    assert report.files[1].part.notes.damaged


def test_a_file_that_breaks_off(exported):
    text = whole(NEW)
    rows, report = exported(text[: text.index('"id": "704"') + 20], name="group.json")
    assert rows == ROWS[:3]
    assert report.files[0].part.notes.damaged


@LENIENT
@given(data=st.data())
def test_two_overlapping_halves_are_the_whole(exported, data):
    count = data.draw(st.integers(1, 12))
    messages = [
        v5(
            at, data.draw(st.integers(0, 3)) + at, data.draw(st.sampled_from(["11111", "22222"])),
            elements=quote(data.draw(st.integers(0, count))) if data.draw(st.booleans()) else (),
        )
        for at in range(count)
    ]  # fmt: skip
    late = data.draw(st.integers(0, count - 1))
    early = data.draw(st.integers(late, count))
    expected, _ = exported(whole(messages), name="a.json")
    halves = whole(messages[:early]), whole(messages[late:])
    assert sorted(exported(*halves, name="a.json")[0]) == sorted(expected)
    assert exported(whole(messages), whole(messages), name="a.json")[0] == expected


JSON = any_json("text", "reply", "elements", "type", "data", "uin", "uid", "name")


@LENIENT
@given(
    changes=st.dictionaries(st.sampled_from([*NEW[0], *v4(1, 1, "1")]), JSON, max_size=3),
    lines=st.booleans(),
)
def test_any_message(tmp_path, changes, lines):
    path = tmp_path / ("any.jsonl" if lines else "any.json")
    path.write_text(json.dumps(NEW[1] | changes) if lines else whole([NEW[1] | changes, {}, 1]))
    survives(path, "qq_json")


@LENIENT
@given(data=spoiled(whole(NEW).encode()))
def test_spoiled_files(tmp_path, data):
    for name in ("any.json", "any.jsonl"):
        path = tmp_path / name
        path.write_bytes(data)
        survives(path, "qq_json")


@LENIENT
@given(told=JSON, chunks=JSON)
def test_any_manifest(folder, told, chunks):
    root = folder(NEW, named=chunks)
    if told:
        (root / "manifest.json").write_text(json.dumps({**HEAD, "chunked": told}))
    survives(root / "manifest.json", "qq_json")


def test_neither_names_nor_texts_are_told(tmp_path):
    path = tmp_path / "log.json"
    secret = whole(NEW).replace("甲".encode("unicode_escape").decode(), "SECRET")
    assert "SECRET" in secret
    path.write_text(secret.replace("hi", "SECRET"))
    tells_nothing(path, "SECRET", "11111")
