"""chatlog's CSV, JSON and text."""

import csv
import io
import json

import pytest
from export_checks import LENIENT, counts, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st
from wechat_cases import events

from sim.errors import UserError
from sim.logs import chatlog
from sim.logs.importers import import_files

NAMES = {"wxid_a": "甲", "wxid_b": "乙(北京)", "wxid_me": "自己", "系统消息": ""}
ROOM = "9@chatroom"
JOIN = '"甲(wxid_a)"邀请"李、四(wxid_l)、丙(wxid_c)"加入了群聊'


def row(time, who, text):
    return [f"2024-03-05 {time}", NAMES.get(who, ""), who, "群", ROOM, text]


def table(*rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [["Time", "SenderName", "Sender", "TalkerName", "Talker", "Content"], *rows]
    )
    return out.getvalue()


def message(time, who, content, *, kind=1, sub=0, seq=0, mine=False, **contents):
    one = {
        "seq": seq, "time": f"2024-03-05T{time}+08:00", "talker": ROOM, "talkerName": "群",
        "isChatRoom": True, "sender": who, "senderName": NAMES.get(who, ""), "isSelf": mine,
        "type": kind, "subType": sub, "content": content,
    }  # fmt: skip
    return one | ({"contents": contents} if contents else {})


@pytest.fixture
def save(tmp_path):
    def save(content, name="9@chatroom_20240305_20240306.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


def test_csv(save):
    path = save(
        table(
            row("09:00:00", "系统消息", JOIN),
            row("09:00:01", ROOM, '"丙"通过扫描"甲"分享的二维码加入群聊'),
            row("09:00:02", "wxid_a", '你将"丙"移出了群聊'),  # plain text keeps a sender
            row("09:00:03", "wxid_a", '"甲" 撤回了一条消息'),
            row("09:00:04", "wxid_a", '"${wxid_a}" 拍了拍 "${wxid_b}"'),
            row("09:00:05", "系统消息", ""),
            row("10:00:00", "wxid_a", "大家好,\n新人"),
            row("10:00:01", "wxid_b", "> 甲(wxid_a) 03-05 10:00:00\n> 大家好,\n> 新人\n好"),
            row("10:00:02", "wxid_b", "> wxid_a 03-05 10:00:00\n> 大家好\n好"),
            row("10:00:03", "wxid_b", "> 不是引用\n好"),
            row("10:00:04", "wxid_b", "![图片](http://127.0.0.1:5030/image/abc)"),
            row("10:00:05", "wxid_a", "[红包]"),
            row("10:00:06", "wxid_a", "[转账|发送 ￥1,005.20](收款)"),
            row("10:00:07", "wxid_b", "[转账|接收 ￥5.20]"),
            row("10:00:08", "wxid_b", "[转账|退还 ￥5.20](备注)"),
            row("10:00:09", "wxid_b", "[红包封面]"),
        )
    )
    assert events(path) == [
        ("09:00:00", "李、四", "join"), ("09:00:00", "丙", "join"), ("09:00:01", "丙", "join"),
        ("09:00:02", "丙", "leave"),
        ("10:00:00", "甲", "message"), ("10:00:01", "乙(北京)", "message", "甲"),
        ("10:00:02", "乙(北京)", "message", "甲"), ("10:00:03", "乙(北京)", "message"),
        ("10:00:04", "乙(北京)", "message"), ("10:00:05", "甲", "red_packet"),
        ("10:00:06", "甲", "transfer", "", 1005.2), ("10:00:09", "乙(北京)", "message"),
    ]  # fmt: skip
    assert counts(path) == {"notices": 5}
    assert import_files([path])[0].members == 4


def test_a_character_cut_in_two(save):
    text = "Type: 66 Content: " + "长" * 40
    data = table(row("10:00:00", "wxid_a", text), row("10:00:01", "wxid_b", "好")).encode()
    data = data.replace("长".encode() * 40, "长".encode() * 39 + "长".encode()[:2] + b"<...>")
    assert [event[1] for event in events(save(b"\xef\xbb\xbf" + data))] == ["甲", "乙(北京)"]
    # where the head holds such a piece it is UTF-8 nevertheless
    assert import_files([save(data, "b.csv")])[0].names == ("甲", "乙(北京)")


def test_json(save):
    refer = {"sender": "wxid_a", "senderName": "甲", "time": "2024-03-05T10:00:00+08:00",
             "type": 1, "content": "好"}  # fmt: skip
    path = save(
        json.dumps([
            message("09:00:00", "系统消息", JOIN, kind=10000),
            message("09:00:01", "wxid_a", '你将"丙"移出了群聊', kind=10000),
            message("10:00:00", "wxid_a", '"甲"邀请"乙"加入了群聊'),  # somebody writes so
            message("10:00:01", "wxid_b", "好", kind=49, sub=57, refer=refer),
            message("10:00:02", "wxid_b", "", kind=3, md5="x"),
            message("10:00:03", "wxid_a", '"甲" 拍了拍 "乙"', kind=49, sub=62),
            message("10:00:04", "wxid_a", "", kind=49, sub=2001),
            message("10:00:05", "wxid_me", "[转账|发送 ￥5.20]", kind=49, sub=2000, mine=True),
            message("10:00:06", "wxid_a", "[转账|接收 ￥5.20]", kind=49, sub=2000),
            message("10:00:07", "系统消息", '"甲"将你移出了群聊', kind=10000),
            {"time": "gestern", "sender": "wxid_a", "type": 1}, "nonsense",
        ], indent=1),
        "log.json",
    )  # fmt: skip
    assert events(path) == [
        ("09:00:00", "李、四", "join"), ("09:00:00", "丙", "join"), ("09:00:01", "丙", "leave"),
        ("10:00:00", "甲", "message"), ("10:00:01", "乙(北京)", "message", "甲"),
        ("10:00:02", "乙(北京)", "message"), ("10:00:04", "甲", "red_packet"),
        ("10:00:05", "自己", "transfer", "", 5.2), ("10:00:07", "自己", "leave"),
    ]  # fmt: skip
    part = import_files([path])[1].files[0].part
    assert (part.counts, part.notes.skipped) == ({"notices": 2, "undated": 1}, 1)


def test_json_cut_off(save):
    whole = json.dumps([message(f"10:00:{s:02}", "wxid_a", "好") for s in range(9)])
    part = import_files([save(whole[:-20], "log.json")])[1].files[0].part
    assert (part.events, part.notes.damaged) == (8, True)
    with pytest.raises(UserError) as error:
        import_files([save(whole[:20], "log.json")], importer="chatlog")
    assert (error.value.kind, error.value.reason) == ("damaged", "no_message")


TEXT = """\
系统消息 {0}09:00:00
"甲(wxid_a)"邀请"乙(北京)(wxid_b)"加入了群聊

甲(wxid_a) {0}10:00:00
大家好

> 王(wxid_w) 03-04 08:00:00
新人

乙(北京)(wxid_b) {0}10:00:01
> 甲(wxid_a) 03-05 10:00:00
> 大家好
好

自己(我) {0}10:00:02
[转账|发送 ￥5.20]

wxid_x {0}10:00:03

甲(wxid_a) {0}10:00:04
你将"自己"移出了群聊
"""
TOLD = [
    ("09:00:00", "乙(北京)", "join"), ("10:00:00", "甲", "message"),
    ("10:00:01", "乙(北京)", "message", "甲"), ("10:00:02", "自己", "transfer", "", 5.2),
    ("10:00:03", "wxid_x", "message"), ("10:00:04", "自己", "leave"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2024-03-05 ", "log.txt"), ("03-05 ", "9@chatroom_2024-01-01~2024-03-09.txt"),
        ("03-05 ", "群2024.txt"), ("", "20240305.txt"), ("", "12345678_2024-03-05.txt"),
    ],
)  # fmt: skip
def test_text_takes_what_its_times_lack_from_the_name(save, date, name):
    path = save(TEXT.format(date), name)
    assert import_files([path])[1].files[0].format == "chatlog"
    assert events(path) == TOLD


def test_text_of_several_groups(save):
    text = TEXT.format("2024-03-05 ").replace(") 2024", ") [群 1(9@chatroom)] 2024")
    assert events(save(text.replace("> 甲(wxid_a) [群 1(9@chatroom)]", "> 甲(wxid_a)"))) == TOLD


def test_text_without_a_date(save):
    for date, name in (("03-05 ", "群.txt"), ("", "群2024.txt"), ("", "2024-13-05.txt")):
        with pytest.raises(UserError) as error:
            import_files([save(TEXT.format(date), name)])
        assert (error.value.kind, error.value.reason) == ("cannot_read", "no_date")


def test_text_over_new_year(save):
    text = "甲(wxid_a) 12-31 23:59:59\n旧\n\n甲(wxid_a) 01-01 00:00:01\n新\n"
    assert [event[0] for event in events(save(text, "2023.txt"))] == [
        "2023-12-31 23:59:59", "2024-01-01 00:00:01"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "甲  23:50:12 \n大家好\n", "甲 9:59:54 PM\n大家好\n", "甲 23:50:12\n大家好\n",
        "2024-03-05 10:00:00 甲(23333233)\n大家好\n", "[10:00:00] <nick> hi\n",
        "> 甲(wxid_a) 03-05 10:00:00\n", '[{"id": 1, "sender": 2}]', "[]", "time,sender\n1,2\n",
    ],
)  # fmt: skip
def test_what_is_another_format(text, tmp_path):
    assert not chatlog.sniff(text.encode(), tmp_path)


SPOKEN = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["wxid_a", "wxid_b"]), st.sampled_from("嗯好")),
    min_size=2, max_size=12,
)  # fmt: skip


@LENIENT
@given(spoken=SPOKEN, cuts=st.tuples(*[st.integers(0, 12)] * 2), layout=st.integers(0, 2))
def test_two_halves_are_the_whole(save, spoken, cuts, layout):
    spoken = [
        (f"10:00:{s:02}", who, f"{text}{at}") for at, (s, who, text) in enumerate(sorted(spoken))
    ]
    start, end = sorted(min(cut, len(spoken) - 1) for cut in cuts)

    def write(part, name):
        if layout == 0:
            return save(table(*(row(*one) for one in part)), name)
        if layout == 1:
            seq = 1709604000000
            return save(
                json.dumps([message(*one, seq=seq + int(one[2][1:])) for one in part]), name
            )
        lines = (f"{NAMES[who]}({who}) 2024-03-05 {time}\n{text}\n\n" for time, who, text in part)
        return save("".join(lines), name)

    whole = events(write(spoken, "0"))
    halves = write(spoken[: end + 1], "1"), write(spoken[start:], "2")
    assert sorted(events(*halves)) == sorted(whole)
    assert len(whole) == len(spoken)


VALID = [
    table(
        row("09:00:00", "系统消息", JOIN),
        row("10:00:00", "wxid_b", "> 甲(wxid_a) 03-05 10:00:00\n好"),
    ),
    json.dumps(
        [
            message("09:00:00", "系统消息", JOIN, kind=10000),
            message("10:00:00", "wxid_a", "好"),
        ]
    ),
    TEXT.format("2024-03-05 "),
]


@LENIENT
@given(st.one_of(*(spoiled(valid.encode()) for valid in VALID)))
def test_no_bytes_crash_it(tmp_path, data):
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    survives(path, None, "chatlog")


def test_it_tells_nothing(save, tmp_path):
    for valid in VALID:
        path = save(valid.replace("甲", "MARK").replace("好", "MARK").replace("wxid_a", "MARKid"))
        tells_nothing(path, "MARK")
