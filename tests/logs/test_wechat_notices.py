"""System sentences: who came, who went, and what is neither."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.logs.gather import Gather
from sim.logs.wechat_notices import is_notice, membership, take_notice

NOW = 1_709_631_000


def told(*texts, known=(), **options):
    gather = Gather()
    for number, name in enumerate(known):
        gather.add(NOW - 9, gather.person(str(number), shown=name))
    for text in texts:
        take_notice(gather, text, NOW, **options)
    gather.add(NOW + 9, gather.named("末"))
    gather.end_file()
    table, _ = gather.table()
    return [
        ("join" if kind == 1 else "leave", table.names[who])
        for kind, who in zip(table.event, table.member, strict=True)
        if kind
    ]


JOINS = [
    ('"甲"邀请"乙"加入了群聊', ["乙"]),
    ("“甲”邀请“乙、丙”加入了群聊", ["乙", "丙"]),
    ('你邀请"乙"加入了群聊', ["乙"]),
    ('你邀请"乙"加入了群聊  <a href="weixin://revoke">撤销</a>', ["乙"]),
    ('"甲"邀请你加入了群聊，群聊参与人还有：乙、丙', ["我"]),
    ('"甲"邀请你和"乙、丙"加入了群聊', ["我", "乙", "丙"]),
    ('"乙"通过扫描"甲"分享的二维码加入群聊', ["乙"]),
    ("“乙”通过扫描“甲”分享的二维码加入群聊", ["乙"]),
    ('"乙"通过扫描你分享的二维码加入群聊', ["乙"]),
    ('"乙"通过扫描二维码加入群聊', ["乙"]),
    ("你通过扫描二维码加入群聊，群聊参与人还有：甲", ["我"]),
    ('"乙"通过"甲"的邀请二维码加入群聊', ["乙"]),
    ('"乙"加入了群聊', ["乙"]),
    ('"引"号"邀请"又"引"号🎉"加入了群聊', ['又"引"号🎉']),
    ("甲邀请乙加入了群聊", ["乙"]),
]


@pytest.mark.parametrize(("text", "who"), JOINS)
def test_joins(text, who):
    assert told(text) == [("join", name) for name in who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('你将"乙"移出了群聊', ["乙"]),
        ("“甲”将“乙、丙”移出了群聊", ["乙", "丙"]),
        ('你被"甲"移出群聊', ["我"]),
        ('"乙"被"甲"移出了群聊', ["乙"]),
        ('"乙"退出了群聊', ["乙"]),  # what owners of a group see in some versions
    ],
)
def test_removals(text, who):
    assert told(text) == [("leave", name) for name in who]


NOTICES = [
    '"甲"修改群名为“新群”',
    '"甲" 撤回了一条消息',
    "你撤回了一条消息",
    '"甲" 拍了拍 "乙"',
    "我拍了拍“乙”",
    '"甲"领取了你的红包',
    '你领取了"甲"的红包',
    '"甲"与群里其他人都不是微信朋友关系，请注意隐私安全',
    '"甲"已成为新群主',
    '"甲"想邀请1位朋友加入群聊',
]


@pytest.mark.parametrize(
    "text", [*NOTICES, "", "加入了群聊", '"$adder$"加入了群聊', "<sysmsg", '"']
)
def test_what_is_no_membership(text):
    assert told(text) == []
    assert membership(text) is None


def test_sentences_are_told_from_what_people_say():
    for text in [text for text, _ in JOINS[:-1]] + NOTICES[:-1]:
        assert is_notice(text.partition("<")[0].strip()), text
    for text in (
        "大家好", "他加入了群聊", "欢迎新人加入群聊！", "我邀请你加入群聊", "谁拍了拍我",
        "甲邀请乙加入了群聊", '听说"甲"加入了群聊', "移出了群聊", "我领的红包呢",
    ):  # fmt: skip
        assert not is_notice(text), text


def test_names_may_hold_the_mark_between_names():
    text = '"甲"邀请"李、四、王五、丁"加入了群聊'
    assert told(text) == [("join", name) for name in ("李", "四", "王五", "丁")]
    assert told(text, known=["李、四"]) == [("join", name) for name in ("李、四", "王五", "丁")]
    assert told(text, known=["四", "王五、丁"]) == [("join", x) for x in ("李", "四", "王五、丁")]


def test_numbers_behind_names():
    text = '"甲(wxid_a)"邀请"李、四(wxid_b)、王(北京)(wxid_c)"加入了群聊'
    assert told(text, numbered=True) == [("join", "李、四"), ("join", "王(北京)")]
    plain = '"甲"邀请"乙、丙"加入了群聊'
    assert told(plain, numbered=True) == [("join", "乙"), ("join", "丙")]


def xml(template, **people):
    links = "".join(
        f'<link name="{name}" type="link_profile"><memberlist>'
        + "".join(
            f"<member><username><![CDATA[{number}]]></username>"
            f"<nickname><![CDATA[{shown}]]></nickname></member>"
            for number, shown in members
        )
        + "</memberlist><separator><![CDATA[、]]></separator></link>"
        for name, members in people.items()
    )
    return (
        '123@chatroom:\n<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template>'
        f"<plain><![CDATA[]]></plain><template><![CDATA[{template}]]></template>"
        f"<link_list>{links}</link_list></content_template></sysmsgtemplate></sysmsg>"
    )


def test_templates_in_xml():
    scanned = xml(
        '"$adder$"通过扫描"$from$"分享的二维码加入群聊',
        adder=[("wxid_n", "新、人")], **{"from": [("wxid_a", "甲")]},
    )  # fmt: skip
    assert told(scanned) == [("join", "新、人")]
    invited = xml(
        '"$username$"邀请"$names$"加入了群聊',
        username=[("wxid_a", "甲")], names=[("wxid_b", "乙"), ("wxid_c", "丙")],
    )  # fmt: skip
    assert told(invited) == [("join", "乙"), ("join", "丙")]
    assert told('<sysmsg type="sysmsgtemplate"><template><![CDATA["$adder$"加入群聊') == []


@given(
    st.text(st.sampled_from('"“”你我甲、和邀请通过扫描加入了群聊移出将被退$()<>sysmg'), max_size=60)
)
def test_any_sentence_can_be_read(text):
    told(text)
    told("<sysmsg>" + text, numbered=True)
    is_notice(text)


@pytest.mark.parametrize(
    "piece",
    [
        '"', '"邀请"', "<", "<refermsg>", "加入了群聊", "(a)、", '<link name="a">', "<username>",
        '"$a$"', "<template><![CDATA[", "\n",
    ],
)  # fmt: skip
def test_hostile_sentences_take_no_time(piece):
    start = time.perf_counter()
    for text in (
        piece * 300_000, "<sysmsg>" + piece * 300_000, piece * 3000 + '"加入了群聊',
        '"邀请"' + piece * 3000 + '"加入了群聊',
    ):  # fmt: skip
        told(text)
        told(text, numbered=True)
        is_notice(text)
    assert time.perf_counter() - start < 3
