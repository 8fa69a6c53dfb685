"""WeChatMsg's TXT: names only, sentences where names stand."""

import pytest
from export_checks import LENIENT, counts, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st
from wechat_cases import events

from sim.errors import UserError
from sim.logs import wechat_txt
from sim.logs.importers import import_files

CHAT = """\
2024-03-05 09:00:00 "甲"邀请"乙、丙丙"加入了群聊

2024-03-05 10:00:00 甲
第一行

第三行
2024-03-05 08:00:00 不是头

2024-03-05 10:00:05 小 乙: 2024
[图片]

2024-03-05 10:00:06 甲
同意
引用:小 乙: 2024:原话:有冒号

2024-03-05 10:00:07 乙
嗯
引用:未知

2024-03-05 10:00:08 乙
            [链接]:title:标题
            description:说明
            url:https://example.org
            name:来源
{spaces}


2024-03-05 10:00:09 甲


2024-03-05 10:00:10 过客


2024-03-05 10:00:11 "甲" 撤回了一条消息

2024-03-05 10:00:12 你将"丙丙"移出了群聊

2024-03-05 10:00:13 群主已启用群聊邀请确认

""".format(spaces=" " * 12)
TOLD = [
    ("09:00:00", "乙", "join"), ("09:00:00", "丙丙", "join"),
    ("10:00:00", "甲", "message"), ("10:00:05", "小 乙: 2024", "message"),
    ("10:00:06", "甲", "message", "小 乙: 2024"), ("10:00:07", "乙", "message"),
    ("10:00:08", "乙", "message"), ("10:00:09", "甲", "message"), ("10:00:10", "过客", "message"),
    ("10:00:12", "丙丙", "leave"),
]  # fmt: skip


@pytest.fixture
def save(tmp_path):
    def save(text, name="群.txt"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return save


def test_a_chat(save):
    path = save(CHAT)
    assert events(path) == TOLD
    assert counts(path) == {"notices": 2}
    assert events(save(CHAT.replace("\n", "\r\n"))) == TOLD
    assert events(save("\ufeff" + CHAT)) == TOLD
    assert import_files([path])[1].files[0].format == "wechat_txt"


def test_the_zone_is_china_unless_told(save):
    path = save(CHAT)
    china, _ = import_files([path])
    utc, report = import_files([path], tz="UTC")
    assert set((utc.seconds - china.seconds).tolist()) == {8 * 3600}
    assert report.files[0].zone == "UTC"
    # in 1988 the clocks of China jumped from 0 to 1 o'clock on 10 April and went back in September
    for time in ("1992-04-10 00:30:00", "1990-09-16 00:30:00"):
        assert len(events(save(f"{time} 甲\n大家好\n\n"))) == 1


def test_somebody_whose_name_is_a_sentence(save):
    name = '"甲"邀请"乙"加入了群聊'
    text = f"2024-03-05 10:00:00 {name}\n大家好\n\n2024-03-05 10:00:01 {name}\n\n"
    assert [kind for _, _, kind in events(save(text))] == ["message", "message"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 10:00:00 【群主】甲(23333233)\n大家好\n\n",
        "2024-03-05 10:00:00 甲<a@example.org>\n大家好\n\n",
        "2024-03-05 10:00:00 <nick> hi\n2024-03-05 10:00:01 <nick> ho\n",
        "2024-03-05 10:00:00\tnick\thi\n",
        "2024-03-05 10:00:00 nick: hi\n2024-03-05 10:00:01 nack: ho\n",
        "2024-03-05T10:00:00 甲\n大家好\n\n",
        "2024-03-05 10:00:00,甲\n",
        "[2024-03-05, 10:00:00] 甲: 大家好\n\n",
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n2024-03-05 10:00:00 甲(12345)\n好\n",
        "大家好\n",
    ],
)
def test_what_is_another_format(text, tmp_path):
    assert not wechat_txt.sniff(text.encode(), tmp_path)


def test_what_it_refuses(save):
    with pytest.raises(UserError) as error:
        import_files([save("大家好\n")], importer="wechat_txt")
    assert (error.value.kind, error.value.reason) == ("wrong_file", "other_format")


def test_times_that_are_none(save):
    path = save(CHAT + "2024-13-05 10:00:00 甲\n大家好\n\n1980-01-01 10:00:00 甲\n大家好\n\n")
    _, report = import_files([path])
    part = report.files[0].part
    assert (part.notes.skipped, part.counts["undated"], report.events) == (1, 1, len(TOLD))


BLOCKS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["甲", "乙、丁"]), st.sampled_from(["嗯", "好"])),
    min_size=2, max_size=12,
)  # fmt: skip


@LENIENT
@given(blocks=BLOCKS, cuts=st.tuples(*[st.integers(0, 12)] * 2))
def test_two_halves_are_the_whole(save, blocks, cuts):
    told = [
        f"2024-03-05 10:00:{second:02} {who}\n{text}{at}\n\n"
        for at, (second, who, text) in enumerate(sorted(blocks))
    ]
    told.insert(1, '2024-03-05 10:00:00 "甲"邀请"乙、丁、戊"加入了群聊\n\n')
    start, end = sorted(min(cut, len(told) - 1) for cut in cuts)
    whole = save("".join(told))
    early, late = save("".join(told[: end + 1]), "1.txt"), save("".join(told[start:]), "2.txt")
    parts = {"importer": "wechat_txt"}  # a half may be a sentence alone
    assert sorted(events(late, early, **parts)) == sorted(events(whole, **parts))


@LENIENT
@given(spoiled(CHAT.encode()))
def test_no_bytes_crash_it(tmp_path, data):
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    survives(path, None, "wechat_txt")


def test_it_tells_nothing(save, tmp_path):
    path = save(CHAT.replace("甲", "MARK").replace("第一行", "MARK"))
    tells_nothing(path, "MARK")
