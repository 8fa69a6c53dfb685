"""Texts of ``qunsim explain``: where a gain comes from, and what would overturn it.

``v`` is the variant, ``b`` the baseline, ``gain`` a difference in words ("¥428 more profit").
"""

from __future__ import annotations

EXPLAINING: dict[str, tuple[str, str]] = {
    "explain.title": ('What "{v}" changes, and why', "“{v}”带来了什么，为什么"),
    "explain.facts": (
        "{name}, {days} days, goal: {kpi}; {futures} simulated futures",
        "{name}，{days} 天，目标：{kpi}；{futures} 个模拟未来",
    ),
    "explain.facts_some": (
        "{name}, {days} days, goal: {kpi}; {futures} of {pairs} simulated futures",
        "{name}，{days} 天，目标：{kpi}；{pairs} 个模拟未来里的 {futures} 个",
    ),
    "explain.mostly": (
        '"{v}" against "{b}": {gain} on average. Most of it comes from: {policy}.',
        "“{v}”和“{b}”比：{gain}，主要来自：{policy}。",
    ),
    "explain.against": (
        '"{v}" against "{b}": {gain} on average. {policy} works the other way.',
        "“{v}”和“{b}”比：{gain}。其中{policy}起反作用。",
    ),
    "explain.mostly_against": (
        '"{v}" against "{b}": {gain} on average. Most of it comes from: {policy}; {other} works the other way.',
        "“{v}”和“{b}”比：{gain}，主要来自：{policy}；{other}起反作用。",
    ),
    "explain.plain": (
        '"{v}" against "{b}": {gain} on average.',
        "“{v}”和“{b}”比：{gain}。",
    ),
    "explain.no_gain": (
        '"{v}" and "{b}" come to the same {kpi} on average.',
        "“{v}”和“{b}”的{kpi}平均一样。",
    ),
    "explain.nothing": (
        '"{v}" differs in nothing from "{b}".',
        "“{v}”和“{b}”没有任何不同。",
    ),
    "explain.change": ("what is changed", "改动"),
    "explain.adds": ("adds", "带来"),
    "explain.average": ("the average lies in", "平均值的误差范围"),
    "explain.part": ("share", "占比"),
    "explain.without": ("without {policy}", "不做{policy}"),
    "explain.altered": ("{policy}, set otherwise", "{policy}（改了设定）"),
    "explain.setting": ("{name} {after} (was {before})", "{name} {after}（原来 {before}）"),
    "explain.settings": ("{count} changed values", "改动的 {count} 个数值"),
    "explain.start": ("another beginning: {name}", "换了起点：{name}"),
    "explain.all": ("all changes together", "全部改动"),
    "explain.shared": (
        "What changes only do together is shared out among them. * cannot be told from nothing",
        "几个改动一起才有的效果，已分摊到各个改动里。* 分不清有没有作用",
    ),
    "explain.shared_sure": (
        "What changes only do together is shared out among them.",
        "几个改动一起才有的效果，已分摊到各个改动里。",
    ),
    "explain.assumptions": ("IF OUR ASSUMPTIONS ARE OFF", "万一假设不准"),
    "explain.at_once": (
        "All at once, {m} sets of them: {counts}.",
        "同时改动所有假设，试了 {m} 组：{counts}。",
    ),
    "explain.ahead": ('"{v}" is ahead in {k}', "“{v}”在其中 {k} 组里更好"),
    "explain.one_by_one": (
        "One at a time, those that matter most:",
        "每次只动一个假设，影响最大的是：",
    ),
    "explain.assumption": ("assumption", "假设"),
    "explain.values": ("from, to", "从、到"),
    "explain.at_low": ("at the low end", "低端时"),
    "explain.at_high": ("at the high end", "高端时"),
    "explain.falls_behind": (
        '"{v}" falls behind "{b}" if {turning}.',
        "{turning}时，“{v}”就不如“{b}”。",
    ),
    "explain.gets_ahead": (
        '"{v}" gets ahead of "{b}" if {turning}.',
        "{turning}时，“{v}”就比“{b}”好。",
    ),
    "explain.none_turns": (
        "None of them alone changes who is ahead.",
        "单独改哪一个，都不会翻盘。",
    ),
    "explain.unclear": (
        "Who is ahead cannot be told as it is, so nothing can turn it.",
        "现在本来就分不出高下，谈不上翻盘。",
    ),
    "explain.rule": (
        "Unless the experiment gives ranges of its own, they are a convention: the less a value is trusted, the wider. It is divided and multiplied by {factors}.",
        "除非实验文件里写了范围，范围按统一约定：越不可信，范围越宽。把数值除以和乘以 {factors}。",
    ),
    "explain.factor": ("{factor} (confidence {confidence})", "{factor}（可信度{confidence}）"),
    "explain.next_life": ("one member's life in it", "看其中一个成员的故事"),
}
