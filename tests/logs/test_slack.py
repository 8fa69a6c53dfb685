import json
import zipfile

import pytest
from export_checks import LENIENT, MARK, any_json, counts, events, known_as, spoiled, survives
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.importers import import_files

T = 1_709_631_000  # 2024-03-05T09:30:00Z
USERS = [
    {"id": "U1", "name": "ann", "is_bot": False, "profile": {"display_name": "Ann"}},
    {"id": "U2", "name": "bob", "profile": {"display_name": "", "real_name": "Bob"}},
    {"id": "U9", "name": "app", "is_bot": True, "profile": {"real_name": "App"}},
]
CHANNELS = [
    {"id": "C1", "name": "all", "is_general": True, "members": ["U1"]},
    {"id": "C2", "name": "random", "is_general": False, "members": []},
]


def said(second=0, user="U1", unique=2, **rest):
    return {
        "type": "message",
        "user": user,
        "text": "hi",
        "ts": f"{T + second}.{unique:06d}",
        **rest,
    }


@pytest.fixture
def save(tmp_path):
    def save(days, name="export.zip", *, top="", users=USERS, channels=CHANNELS, **lists):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file, content in {"users": users, "channels": channels, **lists}.items():
                if content is not None:
                    packed.writestr(f"{top}{file}.json", json.dumps(content))
            packed.writestr(f"{top}integration_logs.json", "[]")
            packed.writestr(f"{top}empty/", "")
            for place, messages in days.items():
                packed.writestr(f"{top}{place}.json", json.dumps(messages))
            packed.writestr(f"__MACOSX/{top}all/._2024-03-05.json", b"\x00\x05")
        return path

    return save


DAYS = {
    "all/2024-03-05": [
        said(0, "U1", subtype="channel_join", inviter="U2"),
        said(1, "U2", reactions=[{"name": "+1", "count": 3, "users": ["U1", "U9", "U3"]}]),
        said(2, "U1", thread_ts=f"{T + 1}.000002", parent_user_id="U2"),
        said(3, "U1", thread_ts=f"{T + 3}.000002", reply_count=1),
        said(4, "U2", subtype="thread_broadcast", thread_ts=f"{T + 3}.000002"),
        said(5, "U3", subtype="me_message"),
        {**said(6, None, subtype="bot_message", username="hook"), "user": None},
        said(7, "U9", bot_id="B1"),
        said(8, "USLACKBOT"),
        said(9, "U1", bot_id="B2"),
        said(10, "U8", bot_id="B3"),
        said(11, "U1", subtype="channel_topic", topic="x"),
        said(12, "U1", subtype="message_changed"),
        said(13, "U1", subtype="bot_add"),
        said(14, "U2", subtype="channel_leave"),
        said(15, "U1", subtype="file_share", files=[{}]),
        said(16, "U2", thread_ts=f"{T + 8}.000002", parent_user_id="USLACKBOT"),
        said(17, "U2", ts="soon"),
        {"type": "message", "text": "?", "ts": f"{T + 18}.000002"},
    ],
    "random/2024-03-06": [
        said(86_400, "U2", subtype="channel_join"),
        said(86_401, "U2"),
        said(86_402, "U2", subtype="group_leave"),
    ],
}  # fmt: skip
EXPECTED = [
    (T, "Ann", "join", ""),
    (T + 1, "Bob", "message", ""),
    (T + 1, "Ann", "reaction", "Bob"),
    (T + 1, "U3", "reaction", "Bob"),
    (T + 2, "Ann", "message", "Bob"),
    (T + 3, "Ann", "message", ""),
    (T + 4, "Bob", "message", "Ann"),
    (T + 5, "U3", "message", ""),
    (T + 9, "Ann", "message", ""),
    (T + 14, "Bob", "leave", ""),
    (T + 15, "Ann", "message", ""),
    (T + 16, "Bob", "message", ""),
    (T + 86_401, "Bob", "message", ""),
]


@pytest.mark.parametrize("top", ["", "Work space Mar 5 2024/"])
def test_a_workspace_is_one_log(save, top):
    path = save(DAYS, top=top)
    assert known_as(path) == ["slack"]
    assert events(path) == EXPECTED
    assert import_files([path])[1].chats == 2
    assert counts(path) == {"bots": 4, "notices": 5, "undated": 1, "nameless": 1}


def test_an_archive_that_was_unpacked(save, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(save(DAYS)) as packed:
        packed.extractall(folder)
    assert events(folder) == EXPECTED
    assert events(folder / "users.json") == EXPECTED
    assert len(import_files([folder])[1].files) == 1
    (tmp_path / "users.json").write_text("[]")
    assert known_as(tmp_path / "users.json") == []


def test_private_channels_belong_and_conversations_do_not(save):
    path = save(
        {"D0123456789/2024-03-05": [said(0)], "mpdm-a--b--c-1/2024-03-05": [said(1)],
         "crowd/2024-03-05": [said(2)], "inner/2024-03-05": [said(3)]},
        groups=[{"id": "G1", "name": "inner"}], dms=[{"id": "D0123456789"}],
        mpims=[{"id": "G2", "name": "crowd"}],
    )  # fmt: skip
    assert events(path) == [(T + 3, "Ann", "message", "")]
    assert counts(path) == {"sections": 3}


def test_without_its_lists_general_is_called_so(save):
    days = {"general/2024-03-05": [said(0, subtype="channel_join"), said(1)]}
    path = save(days, channels=None)
    assert events(path) == [(T, "Ann", "join", ""), (T + 1, "Ann", "message", "")]
    weaker = save(days, "other.zip", users=None, channels=[{"id": "C5", "name": "general"}])
    assert events(weaker) == [(T, "U1", "join", ""), (T + 1, "U1", "message", "")]


def test_a_renamed_channel_is_the_same(save):
    first = save({"all/2024-03-05": [said(0), said(1)]})
    renamed = [{**CHANNELS[0], "name": "everyone"}]
    second = save({"everyone/2024-03-05": [said(1), said(2)]}, "2.zip", channels=renamed)
    assert len(events(first, second)) == 3


def test_a_damaged_day_costs_that_day(save):
    path = save({"all/2024-03-05": [said(0)], "all/2024-03-06": [said(9)], "all/2024-03-07": []})
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo("all/2024-03-05.json")
    at = info.header_offset + 30 + len(info.filename)
    path.write_bytes(whole[:at] + b"\xff" * 12 + whole[at + 12 :])
    assert events(path) == [(T + 9, "Ann", "message", "")]
    _, report = import_files([path])
    assert report.files[0].part.notes.damaged


def test_a_download_that_broke_off_is_told(save):
    path = save(DAYS)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UserError) as error:
        import_files([path])
    assert (error.value.kind, error.value.reason) == ("damaged", "unreadable")


def test_what_is_none_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    path.write_text("text")
    with pytest.raises(UserError) as error:
        import_files([path], importer="slack")
    assert error.value.reason == "no_slack"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("notes/chat.txt", "x")
    for name, reason in ((None, "zip"), ("slack", "no_slack")):
        with pytest.raises(UserError) as error:
            import_files([path], importer=name)
        assert error.value.reason == reason


@LENIENT
@given(
    drawn=st.lists(st.tuples(st.sampled_from(["U1", "U2", "U9"]), st.integers(0, 20)), min_size=2,
                   max_size=20),
    cut=st.tuples(st.integers(1, 20), st.integers(0, 19)),
)  # fmt: skip
def test_overlapping_halves_are_the_whole(save, drawn, cut):
    messages = [
        said(n, who, thread_ts=f"{T + to}.000002",
             reactions=[{"name": "x", "count": 1, "users": ["U2"]}])
        for n, (who, to) in enumerate(drawn)
    ]  # fmt: skip
    early = min(cut[0], len(messages))
    late = min(cut[1], early, len(messages) - 1)
    halves = [
        save({"random/2024-03-05": messages[late:]}, "b.zip"),
        save({"random/2024-03-05": messages[:early]}, "a.zip"),
    ]
    whole = save({"random/2024-03-05": messages})
    rows = sorted(events(whole))
    assert sorted(events(*halves)) == rows == sorted(events(whole, *halves))


@LENIENT
@given(data=st.data())
def test_spoiled_archives(save, data):
    users = [{"id": MARK, "profile": {"display_name": MARK}}]
    path = save(
        {f"{MARK}/2024-03-05": [said(0, MARK, text=MARK), said(1, reactions=[{"users": [MARK]}])]},
        users=users,
    )
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    survives(path, "slack")


@LENIENT
@given(
    patch=st.dictionaries(
        st.sampled_from(["user", "ts", "subtype", "thread_ts", "reactions", "bot_id", "type"]),
        any_json("name", "users"),
    )
)
def test_messages_of_any_shape(save, patch):
    path = save(
        {"all/2024-03-05": [said(0), {**said(1), **patch}, 5, None, [patch]]},
        users=[patch, 3], channels=[patch, CHANNELS[0], []], dms=[patch], mpims={},
    )  # fmt: skip
    assert survives(path, "slack")
