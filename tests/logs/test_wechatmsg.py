"""WeChatMsg's CSV and TXT."""

import csv
import gzip
import io

import pytest
from export_checks import LENIENT, counts, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st
from wechat_cases import events, unix

from sim.errors import UserError
from sim.logs.importers import import_files

HEAD = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,"
    "Sender"
)


def row(time, who, text, *, kind=1, sub=0, name=None, remark="", mine=0, number=1):
    name = {"wxid_a": "甲", "wxid_b": "乙", "": ""}.get(who, who) if name is None else name
    return [number, 5, kind, sub, mine, unix(time), 3, text, time, remark, name, who]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD.split(","), *rows])
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture
def save(tmp_path):
    def save(*rows, name="群_utf8.csv"):
        path = tmp_path / name
        path.write_bytes(rows[0] if isinstance(rows[0], bytes) else table(*rows))
        return path

    return save


QUOTE = (
    "<msg><appmsg><title>好</title><refermsg><type>1</type><svrid>1</svrid>"
    "<fromusr>9@chatroom</fromusr><chatusr>wxid_a</chatusr><displayname>甲</displayname>"
    "</refermsg></appmsg></msg>"
)
PAY = (
    "<msg><wcpayinfo><paysubtype>{}</paysubtype><feedesc><![CDATA[￥5.20]]></feedesc>"
    "</wcpayinfo></msg>"
)


def test_kinds_of_messages(save):
    path = save(
        row("10:00:00", "wxid_a", '大家好,\r\n"新人"'),
        row("10:00:01", "wxid_b", "<img/>", kind=3),
        row("10:00:02", "wxid_b", QUOTE, kind=49, sub=57),
        row("10:00:03", "wxid_a", "", kind=49, sub=2001),
        row("10:00:04", "wxid_a", PAY.format(1), kind=49, sub=2000),
        row("10:00:05", "wxid_b", PAY.format(3), kind=49, sub=2000),
        row("10:00:06", "wxid_b", "", kind=49, sub=2003),
        row("10:00:07", "wxid_a", "", kind=49, sub=62),
        row("10:00:08", "wxid_a", '"甲" 撤回了一条消息', kind=10000),
        row("10:00:09", "wxid_a", "", kind=87 << 32 | 49),
        row("10:00:10", "wxid_a", "", kind=2000 << 32 | 49),
    )
    assert events(path) == [
        ("10:00:00", "甲", "message"), ("10:00:01", "乙", "message"),
        ("10:00:02", "乙", "message", "甲"), ("10:00:03", "甲", "red_packet"),
        ("10:00:04", "甲", "transfer", "", 5.2), ("10:00:06", "乙", "message"),
        ("10:00:09", "甲", "message"), ("10:00:10", "甲", "transfer"),
    ]  # fmt: skip
    assert counts(path) == {"notices": 3}


def test_who_came_and_went_by_the_name_he_has_elsewhere(save):
    path = save(
        row("09:00:00", "", '"甲"邀请"李、四、丁"加入了群聊', kind=10000),
        row("09:00:01", "9@chatroom", '你将"丁"移出了群聊', kind=10000),
        row(
            "09:00:02", "9@chatroom", '"备注乙"通过扫描你分享的二维码加入群聊', kind=10000, sub=8000
        ),
        row("09:00:03", "", '"甲"邀请你加入了群聊，群聊参与人还有：甲', kind=10000),
        row("10:00:00", "wxid_l", "1", name="李、四"),
        row("10:00:01", "wxid_b", "2", remark="备注乙"),
        row("10:00:02", "wxid_me", "3", name="我自己", mine=1),
    )
    assert events(path) == [
        ("09:00:00", "李、四", "join"), ("09:00:00", "丁", "join"), ("09:00:01", "丁", "leave"),
        ("09:00:02", "乙", "join"), ("09:00:03", "我自己", "join"),
        ("10:00:00", "李、四", "message"), ("10:00:01", "乙", "message"),
        ("10:00:02", "我自己", "message"),
    ]  # fmt: skip
    _, report = import_files([path])
    assert (report.joins, report.leaves, report.weak) == (True, False, 0.25)


def test_renamed_people_are_one_and_namesakes_are_two(save):
    path = save(
        row("10:00:00", "wxid_a", "1", name="旧"), row("10:00:01", "wxid_a", "2", name="新"),
        row("10:00:02", "wxid_b", "3", name="新"), row("10:00:03", "", "4", name="无号"),
        row("10:00:04", "", "5", name=""),
    )  # fmt: skip
    table, report = import_files([path])
    assert table.member.tolist() == [0, 0, 1, 2]
    assert report.files[0].part.notes.skipped == 1
    assert report.weak == pytest.approx(1 / 3)


def test_rows_that_cannot_be_read(save):
    good = [row("10:00:00", "wxid_a", "1"), row("10:00:01", "wxid_a", "2")]
    bad = row("10:00:00", "wxid_a", "3")
    bad[5] = "昨天"
    early = row("1980-01-01 10:00:00", "wxid_a", "4")
    path = save(good[0], bad, ["x"], early, good[1])
    _, report = import_files([path])
    part = report.files[0].part
    assert (report.events, part.notes.skipped, part.notes.first_skipped) == (2, 2, 3)
    assert (part.counts, part.notes.damaged) == ({"undated": 1}, False)
    whole = table(*good)
    part = import_files([save(whole[:-30])])[1].files[0].part
    assert (part.events, part.notes.damaged) == (1, True)


def test_packed_cut_and_recoded(save):
    whole = table(*(row(f"10:{m:02}:00", "wxid_a", f"第{m}条") for m in range(60)))
    packed = gzip.compress(whole)
    assert len(events(save(packed, name="a.csv.gz"))) == 60
    _, report = import_files([save(packed[:-40], name="b.csv.gz")])
    assert report.files[0].part.notes.damaged
    assert 0 < report.events <= 60
    text = whole.decode("utf-8-sig")
    assert len(events(save(text.encode("gb18030"), name="c.csv"))) == 60
    assert len(events(save(text.encode("utf-16"), name="d.csv"))) == 60


def test_a_stray_quotation_mark_costs_only_what_it_swallows(save):
    rows = [row("10:00:00", "wxid_a", "x" * 500) for _ in range(6000)]
    broken = table(*rows).replace(b"x" * 500, b'"' + b"x" * 499, 1)
    _, report = import_files([save(broken)])
    assert 3000 < report.events < 6000
    assert report.files[0].part.notes.skipped == 1


def test_what_it_refuses(save):
    with pytest.raises(UserError) as error:
        import_files([save(b"a,b\n1,2\n")], importer="wechatmsg")
    assert (error.value.kind, error.value.reason) == ("wrong_file", "other_format")
    with pytest.raises(UserError) as error:
        import_files([save(table())])
    assert (error.value.kind, error.value.reason) == ("too_short", "no_events")


MESSAGES = st.tuples(
    st.integers(0, 3), st.sampled_from(["wxid_a", "wxid_b"]), st.sampled_from(["嗯", "好", "哈"])
)


@LENIENT
@given(rows=st.lists(MESSAGES, min_size=2, max_size=12), cuts=st.tuples(*[st.integers(0, 12)] * 2))
def test_two_halves_are_the_whole(save, rows, cuts):
    rows = [
        row(f"10:00:{second:02}", who, f"{text}{at}", number=at)
        for at, (second, who, text) in enumerate(sorted(rows))
    ]
    rows.append(row("10:01:00", "", '"甲"邀请"丙、丁"加入了群聊', kind=10000))
    start, end = sorted(min(cut, len(rows) - 1) for cut in cuts)
    whole = events(save(*rows))
    early, late = save(*rows[: end + 1], name="1.csv"), save(*rows[start:], name="2.csv")
    assert sorted(events(late, early)) == sorted(whole)
    assert events(early, late, save(*rows)) == whole


VALID = table(
    row("09:00:00", "", '"甲"邀请"乙、丁"加入了群聊', kind=10000),
    row("10:00:00", "wxid_a", '大家好,\n"新人"'),
    row("10:00:02", "wxid_b", QUOTE, kind=49, sub=57),
    row("10:00:04", "wxid_a", PAY.format(1), kind=49, sub=2000),
)  # fmt: skip


@LENIENT
@given(spoiled(VALID))
def test_no_bytes_crash_it(tmp_path, data):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    survives(path, None, "wechatmsg")


def test_it_tells_nothing(save, tmp_path):
    path = save(
        row("10:00:00", "MARKid", "MARK", name="MARK名", remark="MARK注"),
        row("10:00:01", "MARKid", '"MARK"邀请"MARK、MARK2"加入了群聊', kind=10000),
        ["MARK"],
    )
    tells_nothing(path, "MARK")
