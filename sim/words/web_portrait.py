"""The screen Portrait of the web page: is this my group?"""

from __future__ import annotations

WEB_PORTRAIT: dict[str, tuple[str, str]] = {
    "web.portrait.as_usual": ("What such a group is like", "这种群通常的样子"),
    "web.portrait.as_read": ("What your chat log says", "聊天记录里的样子"),
    "web.portrait.roles": ("Who is in it", "群里都有谁"),
    "web.portrait.about_people": ("about {n}", "约 {n} 人"),
    "web.portrait.habits": ("What is done today", "现在在做的"),
    "web.portrait.habits_note": (
        "This is “as now”. Whatever you plan is compared with it.",
        "这就是“现在这样”，之后的方案都和它比。",
    ),
    "web.portrait.no_habits": ("Nothing regular is done.", "没有固定在做的动作。"),
    "web.portrait.is_it_yours": ("Is this your group?", "这是你的群吗？"),
    "web.portrait.adjust_note": (
        "Change what you know better; leave the rest.",
        "清楚的数改一下，不清楚的先不动。",
    ),
    "web.portrait.fitted_note": (
        "These numbers come from your chat log. Change one only if you know better.",
        "这些数来自你的聊天记录，确实知道不对再改。",
    ),
    "web.portrait.go_on": ("That is it, go on", "就是它，去排方案"),
    "web.portrait.find": ("Find another number", "找别的数"),
    "web.portrait.more_found": ("{n} more; say it more exactly", "还有 {n} 个，再说具体一点"),
    "web.portrait.none_found": ("Nothing of that name.", "没有找到。"),
    "web.portrait.also_changed": ("Also changed: {names}", "还改动了：{names}"),
    "web.portrait.all_numbers": ("All numbers of the log", "聊天记录里的全部数字"),
    "web.portrait.unknown": ("What a log cannot tell", "聊天记录看不出来的"),
    "web.portrait.past": ("How it went so far", "这个群走过的路"),
}
