"""QQ's text export: every way in which its heads are written, and who came and went."""

import gzip

import pytest
from export_checks import LENIENT, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.qq_notices import notice

RULER = "=" * 64


def section(group, name, body):
    return f"{RULER}\n消息分组:{group}\n{RULER}\n消息对象:{name}\n{RULER}\n\n{body}\n"


def official(*sections):
    preamble = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
    return (preamble + "".join(section(*one) for one in sections)).replace("\n", "\r\n")


BODY = """2019-07-16 18:15:05 【管理员】地瓜(23333233)
line 1

line 2: 2019-07-16 18:15:06 某某(10001)

2019-07-16 8:05:06 【群主】【活跃】Bob (a) <x>(y) 2020-01-01(45678)

2019-09-23 8:49:12 PM 系统消息(1000000)
某某加入本群。

2019-09-23 12:00:12 AM name<someone@example.com>
[图片]

2017-02-25 10:40:20 (12345)
[QQ红包]请使用新版手机QQ查收红包。

2020-01-01 00:00:01 23333233(23333233)
his name is lost

2020-01-01 00:00:02 系统消息(10000)
地瓜撤回了一条消息
"""
ROWS = [
    ("2017-02-25T02:40:20", "12345", "red_packet", ""),
    ("2019-07-16T00:05:06", "Bob (a) <x>(y) 2020-01-01", "message", ""),
    ("2019-07-16T10:15:05", "地瓜", "message", ""),
    ("2019-09-22T16:00:12", "name", "message", ""),
    ("2019-09-23T12:49:12", "某某", "join", ""),
    ("2019-12-31T16:00:01", "地瓜", "message", ""),
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "gbk"])
def test_heads_of_all_kinds_in_all_encodings(exported, encoding):
    rows, report = exported(official(("我的QQ群", "甲", BODY)).encode(encoding))
    assert rows == ROWS
    assert report.files[0].format == "qq_txt"
    assert report.files[0].zone == "Asia/Shanghai"
    assert report.files[0].part.counts == {"notices": 1}
    assert report.files[0].part.notes.skipped == 0
    assert report.weak == pytest.approx(1 / 5)


def test_groups_are_one_log_and_friends_are_left_out(exported):
    talk = "2019-01-01 10:00:00 甲(11111)\nhi\n\n2019-01-01 10:00:01 乙(22222)\nho\n"
    third = "\n2019-01-01 10:00:02 丙(33333)\nhe\n"
    rows, report = exported(
        official(
            ("我的QQ群", "一群", talk), ("群友", "乙", talk), ("我的好友", "乙", talk),
            ("我的QQ群", "二群", talk.replace("甲(", "改名(")), ("学习", "三群", talk + third),
        )
    )  # fmt: skip
    assert report.files[0].part.counts == {"sections": 2}
    assert report.members == 3
    assert len(rows) == 2 + 2 + 3


def test_without_blank_lines_or_rulers(exported):
    text = "2019-01-01 10:00:00 甲(11111)\nhi\n2019-01-01 10:00:01 乙(22222)\nho\n"
    assert [row[1] for row in exported(text)[0]] == ["甲", "乙"]
    assert [row[1] for row in exported("half a message\n" + text)[0]] == ["甲", "乙"]


def test_a_discussion_without_numbers(exported):
    body = "2019-01-01 10:00:00 小 明\nhi\n\n2019-01-01 10:00:01 小红(2)\n\n\n"
    rows, report = exported(official(("我的讨论组", "谈", body)))
    assert [row[1] for row in rows] == ["小 明", "小红(2)"]
    assert report.weak == 1


def test_notices_without_a_sender_in_a_group_with_numbers(exported):
    body = """2023-01-01 10:00:00 甲(11111)
hi

2023-01-01 10:00:01 乙加入了群聊

2023-01-01 10:00:02 甲(11111)
2023-01-01 10:00:03 quoted by hand

2023-01-01 10:00:04 quoted after a blank line
"""
    rows, _ = exported(official(("我的QQ群", "g", body)))
    assert [row[1:3] for row in rows] == [("甲", "message"), ("乙", "join"), ("甲", "message")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("某某加入本群。", ("join", ["某某"])),
        ("A邀请X加入了本群。", ("join", ["X"])),
        ("A邀请X、Y加入了群聊", ("join", ["X", "Y"])),
        ("X加入了群聊", ("join", ["X"])),
        ("X退出了群聊", ("leave", ["X"])),
        ("X已退出本群。", ("leave", ["X"])),
        ("X被移出群聊", ("leave", ["X"])),
        ("X已被管理员移出本群。", ("leave", ["X"])),
        ("A将X移出了群聊", ("leave", ["X"])),
        ("X撤回了一条消息", None),
        ("A撤回了成员X的一条消息", None),
        ("群公告更新了", None),
        ("长" * 10_000 + "加入本群。", None),
    ],
)
def test_notices(text, told):
    assert notice(text) == told


def test_a_name_in_a_notice_may_have_its_number_or_be_known_from_elsewhere(exported):
    body = """2019-01-01 10:00:00 系统消息(1000000)
丁(44444)加入本群。

2019-01-01 10:00:01 系统消息(1000000)
甲加入本群。

2019-01-01 10:00:02 甲(11111)
hi
"""
    rows, report = exported(official(("我的QQ群", "g", body)))
    assert [row[1:3] for row in rows] == [("丁", "join"), ("甲", "join"), ("甲", "message")]
    assert report.weak == 0


def test_pasted_lines(exported):
    rows, _ = exported(
        "【冒泡】甲 2/14/2020 11:16:13 PM\nhi\n【活跃】乙(22222) 2/14/2020 11:17:00 PM\nho\n"
        "甲 11:59:54 PM\nlate\n甲 12:01:00 AM\nnext day\n"
    )
    assert [row[:2] for row in rows] == [
        ("2020-02-14T15:16:13", "甲"), ("2020-02-14T15:17:00", "乙"),
        ("2020-02-14T15:59:54", "甲"), ("2020-02-14T16:01:00", "甲"),
    ]  # fmt: skip
    rows, _ = exported("— —  2020-2-21  — —\n甲  23:50:12 \nhi\n乙  0:10:12 \nho\n")
    assert [row[:2] for row in rows] == [
        ("2020-02-21T15:50:12", "甲"), ("2020-02-21T16:10:12", "乙")
    ]  # fmt: skip


def test_pasted_days_before_months_and_no_days(exported):
    rows, report = exported(
        "甲 9:00:00 PM\nno day\n【a】甲 3/2/2020 9:16:13 PM\nhi\n【b】乙 14/2/2020 9:16:13 PM\nho\n"
    )
    assert [row[0] for row in rows] == ["2020-02-03T13:16:13", "2020-02-14T13:16:13"]
    assert report.files[0].part.counts == {"undated": 1}


def test_a_web_archive(exported):
    head = "From: <Save by Tencent MsgMgr>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html>"
    title = "<tr><td><div style=x>消息分组:我的QQ群</div></td></tr><tr><td><div>消息对象:g</div>"
    day = "<tr><td style=y>日期: 2020-02-11</td></tr>"
    row = (
        "<tr><td><div style=color:#006EFE;><div style=float:left;margin-right:6px;>{}</div>{}</div>"
        "<div style=padding-left:20px;><font>{}</font></div></td></tr>"
    )
    body = row.format("甲&lt;&amp;(11111)", "4:36:46", "日期")
    body += row.format("系统消息(1000000)", "4:37:46", "乙加入本群。")
    end = "</table></body></html>\n----=_NextPart\nContent-Type:image/jpeg\n\n/9j/4AAQ"
    rows, report = exported(head + title + day + body + end, name="log.mht")
    assert rows == [
        ("2020-02-10T20:36:46", "甲<&", "message", ""), ("2020-02-10T20:37:46", "乙", "join", "")
    ]  # fmt: skip
    assert report.files[0].format == "qq_txt"


def test_impossible_times_and_robots(exported):
    body = """2019-02-30 10:00:00 甲(11111)
x

2019-02-20 25:00:00 甲(11111)
x

0001-02-20 05:00:00 甲(11111)
x

2019-02-20 05:00:00 Q群管家(2854196310)
x

2019-02-20 05:00:00 甲(11111)
x
"""
    rows, report = exported(official(("我的QQ群", "g", body)))
    assert len(rows) == 1
    assert report.files[0].part.counts == {"undated": 3, "bots": 1}


def test_a_zone_that_is_asked_for(exported):
    rows, _ = exported(official(("我的QQ群", "g", BODY)), tz="UTC")
    assert rows[2][0] == "2019-07-16T18:15:05"


def test_a_packed_file_that_breaks_off(exported):
    body = "".join(
        f"2019-01-{1 + at // 1440:02} "
        f"{at // 60 % 24:02}:{at % 60:02}:{at * 7 % 60:02} 甲({at * 7919 % 90000 + 10000})\nhi\n\n"
        for at in range(20_000)
    )
    packed = gzip.compress(official(("我的QQ群", "g", body)).encode())
    rows, report = exported(packed[: len(packed) // 2])
    assert 5_000 < len(rows) < 15_000
    assert report.files[0].part.notes.damaged


def test_only_friends_are_no_group(exported):
    with pytest.raises(UserError) as error:
        exported(official(("我的好友", "乙", "2019-01-01 10:00:00 甲(11111)\nhi\n")))
    assert (error.value.kind, error.value.reason) == ("too_short", "no_group")


PEOPLE = st.sampled_from(["甲(11111)", "【a】乙(22222)", "c<c@d.ef>", "甲(33333)", "(44444)"])
MESSAGES = st.lists(
    st.tuples(st.integers(0, 3), PEOPLE, st.sampled_from(["hi", "", "x\ny", "[QQ红包]"])),
    min_size=3, max_size=20,
)  # fmt: skip


@LENIENT
@given(messages=MESSAGES, cut=st.tuples(st.integers(0, 19), st.integers(0, 19)))
def test_two_overlapping_halves_are_the_whole(exported, messages, cut):
    moments, now = [], 0
    for step, _, _ in messages:
        now += step
        moments.append(now)

    def text(first, last):
        return official(("我的QQ群", "g", "".join(
            f"2019-01-01 10:00:{moment:02} {who}\n{said}\n\n"
            for moment, (_, who, said) in zip(moments, messages, strict=True)
            if first <= moment <= last
        )))  # fmt: skip

    late = moments[min(cut[0], len(moments) - 1)]
    early = max(late, moments[min(cut[1], len(moments) - 1)])
    whole, _ = exported(text(0, now))
    assert sorted(exported(text(0, early), text(late, now))[0]) == sorted(whole)
    assert exported(text(0, now), text(0, now))[0] == whole


@LENIENT
@given(
    data=spoiled(official(("我的QQ群", "甲", BODY), ("好友", "x", BODY)).encode()),
    web=st.booleans(),
)
def test_spoiled_files(tmp_path, data, web):
    path = tmp_path / "any.txt"
    path.write_bytes((b"<html>" if web else b"") + data)
    survives(path, None, "qq_txt")


def test_neither_names_nor_texts_are_told(tmp_path):
    body = BODY.replace("地瓜", "SECRET").replace("line", "SECRET").replace("某某", "SECRET2")
    path = tmp_path / "log.txt"
    path.write_text("SECRET first\n" + official(("我的QQ群", "SECRET", body)))
    tells_nothing(path, "SECRET", "23333233")
