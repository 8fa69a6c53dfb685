"""The screen Member of the web page."""

from __future__ import annotations

WEB_MEMBER: dict[str, tuple[str, str]] = {
    "web.member.title": ("Members' stories", "成员故事"),
    "web.member.line": (
        "Members of one simulated future. Nobody is real; names are made up.",
        "一个模拟未来里的成员，不是真人，名字是编的。",
    ),
    "web.member.first": (
        "There is nobody to tell of yet: compare first.",
        "还没有人可讲，请先对比。",
    ),
    "web.member.variant": ("Variant", "方案"),
    "web.member.future": ("Future", "模拟未来"),
    "web.member.beside": ("Beside it", "旁边放"),
    "web.member.nothing": ("nothing", "不放"),
    "web.member.worth": ("Worth reading", "值得一看"),
    "web.member.none": ("Nobody stands out in this future.", "这个未来里没有特别的人。"),
    "web.member.choose": ("Choose somebody to read about.", "选一个人看看。"),
    "web.member.loading": ("Living this life again …", "正在重演这段经历……"),
    "web.member.in": ("In “{variant}”", "在“{variant}”里"),
    "web.member.engagement": ("Engagement", "投入度"),
    "web.member.trust": ("Trust", "信任"),
    "web.member.figure": (
        "Engagement and trust from joining to leaving; the dots are what happened.",
        "从进群到退群的投入度和信任，圆点是发生的事。",
    ),
    "web.member.absent": (
        "This member never joined in this variant.",
        "在这个方案里，这个人一直没进群。",
    ),
    "web.member.day_column": ("Day", "第几天"),
    "web.member.events": ("Events", "发生的事"),
}
