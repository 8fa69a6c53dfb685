"""JSON of WeFlow and echotrace, and the bot wechat_stat."""

import json

import pytest
from export_checks import LENIENT, counts, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st
from wechat_cases import events, unix

from sim.errors import UserError
from sim.logs import weflow
from sim.logs.importers import import_files

NAMES = {"wxid_a": "甲", "wxid_b": "乙", "wxid_me": "自己", "9@chatroom": "群"}
SESSION = {"wxid": "9@chatroom", "nickname": "群", "remark": "", "displayName": "群",
           "type": "群聊", "lastTimestamp": 1, "messageCount": 2, "avatar": ""}  # fmt: skip


def message(time, who, content, *, kind="文本消息", send=0, number=1, **more):
    return {
        "localId": number, "createTime": unix(time), "formattedTime": time, "type": kind,
        "localType": 1, "content": content, "isSend": send, "senderUsername": who,
        "senderDisplayName": NAMES.get(who, who), "source": "", **more,
    }  # fmt: skip


def export(*messages, tool="weflow", avatars="after", size=10):
    faces = {"avatars": {"wxid_a": {"displayName": "甲", "base64": "A" * size}}}
    whole = {"weflow": {"version": "1.0"}} if tool == "weflow" else {}
    if avatars == "first":
        whole = faces
    whole |= {"session": SESSION}
    if avatars == "before":
        whole |= faces
    whole |= {"messages": list(messages)}
    return json.dumps(whole | faces, ensure_ascii=False)


@pytest.fixture
def save(tmp_path):
    def save(text, name="群.json"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return save


CHAT = [
    message("09:00:00", "9@chatroom", '"甲"邀请"乙、丁"加入了群聊', kind="系统消息", send=None),
    message("09:00:01", "wxid_a", '"甲" 撤回了一条消息', kind="系统消息", send=None),
    message("09:00:02", "9@chatroom", '你将"丁"移出了群聊', kind="系统消息", send=0),
    message("10:00:00", "wxid_a", "大家好", platformMessageId="77"),
    message("10:00:01", "wxid_b", "好", kind="引用消息", replyToMessageId="77"),
    message("10:00:02", "wxid_b", "好", kind="引用消息", quotedSender="甲"),
    message("10:00:03", "wxid_b", None, kind="图片消息"),
    message("10:00:04", "wxid_me", "[红包] 恭喜发财", kind="红包消息", send=1),
    message("10:00:05", "wxid_me", "[转账] ￥5.20 谢谢", kind="转账消息", send=1),
    message("10:00:06", "wxid_a", "[转账收款] ￥5.20", kind="转账消息"),
    message("10:00:07", "wxid_a", "[语音通话]", kind="通话消息"),
    message("10:00:08", "9@chatroom", '"甲"将你移出了群聊', kind="系统消息", send=None),
    message("10:00:09", "wxid_a", "￥1", kind="转账卡片"),
]  # fmt: skip
TOLD = [
    ("09:00:00", "乙", "join"), ("09:00:00", "丁", "join"), ("09:00:02", "丁", "leave"),
    ("10:00:00", "甲", "message"), ("10:00:01", "乙", "message", "甲"),
    ("10:00:02", "乙", "message", "甲"), ("10:00:03", "乙", "message"),
    ("10:00:04", "自己", "red_packet"), ("10:00:05", "自己", "transfer", "", 5.2),
    ("10:00:07", "甲", "message"), ("10:00:08", "自己", "leave"),
    ("10:00:09", "甲", "transfer", "", 1.0),
]  # fmt: skip


@pytest.mark.parametrize("tool", ["weflow", "echotrace"])
@pytest.mark.parametrize(
    ("avatars", "size"), [("after", 9), ("before", 200_000), ("first", 9_000_000)]
)
def test_a_chat(save, tool, avatars, size):
    path = save(export(*CHAT, tool=tool, avatars=avatars, size=size))
    assert import_files([path])[1].files[0].format == "weflow"
    assert events(path) == TOLD
    assert counts(path) == {"notices": 2}


def test_messages_that_are_none(save):
    spoilt = message("10:00:00", "wxid_a", "好") | {"createTime": "heute"}
    huge = message("10:00:00", "wxid_a", "好") | {"createTime": 10**400}
    endless = message("10:00:00", "wxid_a", "好") | {"createTime": float("inf")}
    nobody = message("10:00:00", "", "好") | {"senderDisplayName": None}
    path = save(export(*CHAT, spoilt, huge, endless, nobody, "nonsense", None, []))
    part = import_files([path])[1].files[0].part
    assert (len(events(path)), part.notes.skipped) == (len(TOLD), 4)
    assert part.counts == {"notices": 2, "undated": 3}


def test_cut_off(save):
    whole = export(*CHAT, size=1000)
    part = import_files([save(whole[:-500])])[1].files[0].part
    assert (part.events, part.notes.damaged) == (len(TOLD), True)
    with pytest.raises(UserError) as error:
        import_files([save(whole[:40])], importer="weflow")
    assert (error.value.kind, error.value.reason) == ("damaged", "no_message")


@pytest.mark.parametrize(
    "text",
    [
        '{"chatlab": {}, "weflow": {}}', '{"metadata": {}, "avatars": {}}', "[]", "{}",
        '{"name": "x", "messages": []}', '{"session": {}, "messages": []}',
    ],
)  # fmt: skip
def test_what_is_another_format(text, tmp_path):
    assert not weflow.sniff(text.encode(), tmp_path)


@LENIENT
@given(
    spoken=st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab")), min_size=2, max_size=12),
    cuts=st.tuples(*[st.integers(0, 12)] * 2),
)
def test_two_halves_that_are_numbered_anew_are_the_whole(save, spoken, cuts):
    spoken = [
        (f"10:00:{s:02}", f"wxid_{who}", f"好{at}") for at, (s, who) in enumerate(sorted(spoken))
    ]
    start, end = sorted(min(cut, len(spoken) - 1) for cut in cuts)

    def write(part, name):
        told = [message(*one, number=at + 1) for at, one in enumerate(part)]
        return save(export(*told), name)

    whole = events(write(spoken, "0.json"))
    halves = write(spoken[: end + 1], "1.json"), write(spoken[start:], "2.json")
    assert sorted(events(*halves)) == sorted(whole)
    assert len(whole) == len(spoken)


@LENIENT
@given(spoiled(export(*CHAT).encode()))
def test_no_bytes_crash_it(tmp_path, data):
    path = tmp_path / "x.json"
    path.write_bytes(data)
    survives(path, None, "weflow")


def test_it_tells_nothing(save, tmp_path):
    path = save(export(*CHAT, "MARK").replace("甲", "MARK").replace("wxid_a", "MARKid"))
    tells_nothing(path, "MARK")


BOT = """time(Asia/Shanghai),group_id,group_name,from_id,from_nickname,content_type,content
2024-03-05 10:00:00,g1,群,p1,甲,Text,"大家好,
新人"
2024-03-05 10:00:01.200536,g2,群二,p2,乙,Picture,
2024-03-05 10:00:02,g1,群,,,Note,"""  + '''"""甲""邀请""乙""加入了群聊"
2024-03-05 10:00:03,g1,群,p1,甲,Note,"收到红包，请在手机上查看"
2024-03-05 10:00:04,g1,群,p1,甲,Sharing,微信转账
2024-03-05 10:00:05,g1,群,,,Text,谁
2024-03-05 10:00:06,g1,群,p1,甲,Note,"""甲"" 撤回了一条消息"
'''  # fmt: skip


def test_the_bot(save):
    path = save(BOT, "wechat_stat_2024-03-05.csv")
    told = [
        ("10:00:00", "甲", "message"), ("10:00:01", "乙", "message"), ("10:00:02", "乙", "join"),
        ("10:00:03", "甲", "red_packet"), ("10:00:04", "甲", "transfer"),
    ]  # fmt: skip
    assert events(path) == told
    assert events(path, tz="UTC") == told  # the header names the zone
    part = import_files([path])[1].files[0].part
    assert (part.counts, part.notes.skipped) == ({"notices": 1}, 1)


@LENIENT
@given(spoiled(BOT.encode()))
def test_no_bytes_crash_the_reader_of_the_bot(tmp_path, data):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    survives(path, None, "wechat_stat")


@LENIENT
@given(cuts=st.tuples(*[st.integers(1, 4)] * 2))
def test_two_halves_of_the_bot_are_the_whole(save, cuts):
    head, *rows = BOT.replace("\n新人", "新人").splitlines(keepends=True)
    start, end = sorted(cuts)
    halves = (
        save(head + "".join(rows[: end + 1]), "1.csv"),
        save(head + "".join(rows[start:]), "2.csv"),
    )
    assert events(*halves) == events(save(BOT, "0.csv"))


def test_the_bot_tells_nothing(save, tmp_path):
    tells_nothing(save(BOT.replace("甲", "MARK").replace("p1", "MARKid"), "x.csv"), "MARK")
