"""What the policies that react (handbook: H) say about themselves."""

from __future__ import annotations

ADAPTING: dict[str, tuple[str, str]] = {
    "setting.adaptive.amount": ("prompts a day while the alarm lasts", "报警期间每天抛几个话题"),
    "setting.adaptive.alarm": (
        "speakers of the last week, against the usual, below which it acts",
        "最近一周的发言人数低于平时的多少就行动",
    ),
    "setting.adaptive.memory": ("days before, which are the usual", "拿之前多少天当“平时”"),
    "setting.adaptive.packet": ("money in a packet at an alarm, yuan", "报警时发多大的红包，元"),
    "evidence.adaptive.1": (
        "Handbook H1, H2: measure activity, retention and conversion, adjust by what was measured; no study of a closed loop in a chat group was found",
        "手册 H1、H2：盯活跃、留存、转化，按数据调整；没有找到对聊天群里这种做法的研究",
    ),
    "failure.adaptive.1": (
        "What falls by chance comes back by itself, and the policy is praised for it",
        "偶然的下跌自己会回来，功劳却算到这个动作头上",
    ),
    "failure.adaptive.2": (
        "It acts when the best time to act is over: talk lags what causes it",
        "等数据跌了才动手，往往已经晚了",
    ),
}
