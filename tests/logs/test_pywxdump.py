"""PyWxDump's parts and users.json."""

import csv
import io
import json

import pytest
from export_checks import LENIENT, counts, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st
from wechat_cases import events

from sim.logs.importers import import_files

HEAD = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime"
USERS = {
    "wxid_a": {"wxid": "wxid_a", "nickname": "甲", "remark": "备注:甲"},
    "wxid_b": {"wxid": "wxid_b", "nickname": "乙", "remark": ""},
    "wxid_l": {"wxid": "wxid_l", "nickname": "李、四", "remark": ""},
    "wxid_w": {"nickname": None},
    "bad": 3,
}


def row(number, time, who, text, *, kind="文本", mine=0):
    return [number, number, kind, mine, who, "9@chatroom", text, "", f"2024-03-05 {time}"]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD.split(","), *rows])
    return out.getvalue().encode()


@pytest.fixture
def save(tmp_path):
    def save(start, *rows, users=USERS, chat="9@chatroom"):
        path = tmp_path / f"{chat}_{start}_{start + 5000}.csv"
        path.write_bytes(table(*rows))
        if users is not None:
            (tmp_path / "users.json").write_text(json.dumps(users, ensure_ascii=False), "utf-8")
        return path

    return save


def test_a_part(save):
    path = save(
        0,
        row(1, "09:00:00", "系统", '"甲"邀请"李、四、丁"加入了群聊', kind="邀请加群"),
        row(2, "09:00:01", "未知", '你将"丁"移出了群聊', kind="系统通知"),
        row(3, "09:00:02", "wxid_a", '"甲" 撤回了一条消息', kind="消息撤回1"),
        row(4, "09:00:03", "未知", '"甲" 拍了拍 "乙"', kind="拍一拍"),
        row(5, "10:00:00", "wxid_a", "大家好,\n新人"),
        row(6, "10:00:01", "我", "图片", kind="图片", mine=1),
        row(
            7,
            "10:00:02",
            "wxid_b",
            "好\n\n[引用](2024-03-05 10:00:00)备注:甲:大家好",
            kind="引用回复",
        ),
        row(
            8,
            "10:00:03",
            "wxid_b",
            "好\n\n[引用](2024-03-05 10:00:00)甲:话",
            kind="带有引用的文本消息",
        ),
        row(
            9, "10:00:04", "wxid_b", "好\n\n[引用](2024-03-05 10:00:00)谁也不是:话", kind="引用回复"
        ),
        row(10, "10:00:05", "wxid_a", "转账：￥5.20\n转账说明：\n转账时间：\n", kind="转账"),
        row(11, "10:00:06", "wxid_b", "已收款：￥5.20\n转账说明：\n", kind="转账消息"),
        row(12, "10:00:07", "wxid_b", "未知-49,2001", kind="未知-49,2001"),
        row(13, "10:00:08", "未知", "谁说的"),
        row(14, "10:00:09", "wxid_w", "赠送红包封面", kind="赠送红包封面"),
        row(15, "10:00:10", "系统", '"甲"邀请你加入了群聊', kind="系统通知"),
    )
    assert events(path) == [
        ("09:00:00", "李、四", "join"), ("09:00:00", "丁", "join"), ("09:00:01", "丁", "leave"),
        ("10:00:00", "甲", "message"), ("10:00:01", "我", "message"),
        ("10:00:02", "乙", "message", "甲"), ("10:00:03", "乙", "message", "甲"),
        ("10:00:04", "乙", "message"), ("10:00:05", "甲", "transfer", "", 5.2),
        ("10:00:07", "乙", "red_packet"), ("10:00:09", "wxid_w", "message"),
        ("10:00:10", "我", "join"),
    ]  # fmt: skip
    assert counts(path) == {"notices": 3}
    assert import_files([path])[1].files[0].part.notes.skipped == 1


def test_one_part_stands_for_its_siblings_and_a_folder_for_all(save, tmp_path):
    first = save(0, row(1, "10:00:00", "wxid_a", "1"), row(2, "10:00:01", "wxid_b", "2"))
    third = save(10_000, row(4, "10:00:03", "wxid_b", "4"))
    save(5000, row(2, "10:00:01", "wxid_b", "2"), row(3, "10:00:02", "wxid_a", "3"))
    save(0, row(9, "10:00:09", "wxid_b", "andere"), chat="8@chatroom")
    (tmp_path / "9@chatroom_15000_20000.csv").write_text("")
    told = [("10:00:00", "甲", "message"), ("10:00:01", "乙", "message"),
            ("10:00:02", "甲", "message"), ("10:00:03", "乙", "message")]  # fmt: skip
    for path in (first, third):
        assert events(path) == told
        _, report = import_files([path])
        starts = [one.file.split("_")[-2] for one in report.files]
        assert (starts, report.duplicates) == (["0", "5000", "10000"], 1)
    assert events(tmp_path) == [*told, ("10:00:09", "乙", "message")]


def test_without_names_or_with_broken_ones(save, tmp_path):
    path = save(0, row(1, "10:00:00", "wxid_a", "1"), users=None)
    assert events(path) == [("10:00:00", "wxid_a", "message")]
    for content in (b"{", b"[1]", b"\xff", b"[" * 100_000):
        (tmp_path / "users.json").write_bytes(content)
        assert events(path) == [("10:00:00", "wxid_a", "message")]
        assert import_files([path])[1].files[0].part.notes.damaged


def test_messages_without_a_number_are_kept(save):
    rows = [row(0, "10:00:00", "wxid_a", text) for text in ("1", "2", "2")]
    path = save(0, *rows)
    assert len(events(path)) == 3


@LENIENT
@given(
    spoken=st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab")), min_size=2, max_size=12),
    cuts=st.tuples(*[st.integers(0, 12)] * 2),
)
def test_two_halves_are_the_whole(save, spoken, cuts):
    rows = [
        row(at + 1, f"10:00:{s:02}", f"wxid_{x}", "好") for at, (s, x) in enumerate(sorted(spoken))
    ]
    start, end = sorted(min(cut, len(rows) - 1) for cut in cuts)
    whole = events(save(0, *rows, chat="whole"))
    save(0, *rows[: end + 1])
    assert events(save(5000, *rows[start:])) == whole
    assert len(whole) == len(rows)


VALID = table(
    row(1, "09:00:00", "系统", '"甲"邀请"李、四、丁"加入了群聊', kind="邀请加群"),
    row(2, "10:00:00", "wxid_a", "大家好,\n新人"),
    row(7, "10:00:02", "wxid_b", "好\n\n[引用](2024-03-05 10:00:00)甲:大家好", kind="引用回复"),
)


@LENIENT
@given(
    spoiled(VALID),
    st.binary(max_size=60) | spoiled(b'{"a": {"nickname": "x"}}'),
)
def test_no_bytes_crash_it(tmp_path, data, users):
    (tmp_path / "users.json").write_bytes(users)
    path = tmp_path / "x_0_5000.csv"
    path.write_bytes(data)
    survives(path, None, "pywxdump")


def test_it_tells_nothing(save, tmp_path):
    path = save(
        0, row(1, "10:00:00", "MARKid", "MARK"), row("MARK", "10:00:01", "未知", "MARK"),
        users={"MARKid": {"nickname": "MARK"}},
    )  # fmt: skip
    tells_nothing(path, "MARK")
