"""What the page of the web application shows of results: titles of figures, progress in words."""

from __future__ import annotations

WEB_VIEWS: dict[str, tuple[str, str]] = {
    # How far a comparison is
    "web.views.so_far": ("So far ({done} of {total}):", "目前（{total} 个里完成 {done} 个）："),
    "web.views.so_far_means": (
        "mean difference in {kpi}: {parts}.",
        "{kpi}的平均差：{parts}。",
    ),
    "web.views.so_far_of": ("{v} {d}", "{v}{d}"),
    "web.views.too_few": (
        "A verdict needs {needed} futures of every variant; there are {pairs}.",
        "每个方案满 {needed} 个模拟未来才下结论，现在有 {pairs} 个。",
    ),
    "web.views.not_fitted": (
        (
            "This is what groups of this kind are like, not yours in particular. Upload a chat log to"
            " start from your own."
        ),
        "这里算的是这一类群的典型情况，不是你的群。上传聊天记录，就能从自己的群开始算。",
    ),
    # Figures
    "web.views.day": ("day", "第几天"),
    "web.views.persons": ("people", "人"),
    "web.views.money": ("Cumulative profit difference", "累计利润差"),
    "web.views.money_y": ("profit above “{base}”", "比“{base}”多赚"),
    "web.views.stages": ("Stage", "阶段"),
    "web.views.cohorts": ("Who stays: {v}", "谁留下：{v}"),
    "web.views.cohorts_y": ("joined in week", "进群那一周"),
    "web.views.cohorts_z": ("still a member", "还在群里"),
    "web.views.participation": ("Who talks", "谁在说话"),
    "web.views.participation_y": ("share of messages", "占消息的比例"),
    "web.views.top": ("from the top {share}", "前 {share} 的人发的消息"),
    "web.views.tree": ("Who brought whom: {v}", "谁拉了谁：{v}"),
    "web.views.tree_finding": (
        (
            "{count} joined on an invitation; {name} brought most, {most}. The longest chain has"
            " {levels} links."
        ),
        "有 {count} 人是被邀请进群的；拉人最多的是{name}，拉了 {most} 人。最长的一条链有 {levels} 层。",
    ),
    "web.views.tree_note": (
        "One simulated future (number {future}); names are made up.",
        "这是其中一个模拟未来（第 {future} 号），名字是编的。",
    ),
    "web.views.tree_more": ("{count} more are not shown.", "另有 {count} 人没有画出来。"),
    "web.views.tree_name": ("member", "成员"),
    "web.views.tree_by": ("invited by", "邀请人"),
    "web.views.tree_day": ("joined on day", "第几天进群"),
    "web.views.tree_brought": ("brought", "拉来几人"),
    "web.views.waterfall": ("Where it comes from: {v}", "差别从哪来：{v}"),
    "web.views.tornado": ("What would overturn it: {v}", "什么会推翻它：{v}"),
    # A log
    "web.views.days_from_today": ("days from today", "距今天数（今天 = 0）"),
    "web.views.this_log": ("this log", "这个群"),
    "web.views.top_people": ("most talkative people", "说话最多的人"),
    "web.views.first_wrote": ("first wrote in", "第一次发言在"),
    "web.views.wrote": ("wrote again", "又发过言"),
    # A plan
    "web.views.plan_search": ("Trying mixes.", "正在试各种搭配。"),
    "web.views.plan_judge": (
        "Judging the best mixes in fresh futures.",
        "正在用新的模拟未来复核最好的几种搭配。",
    ),
    "web.views.plan_best": ("Best so far: +{size}.", "目前最好的多 {size}。"),
    "web.views.plan_equal": (
        "{mix}: {kpi} {gain}, money {money}, time {time} a week",
        "{mix}：{kpi} {gain}，花费 {money}，每周用时 {time}",
    ),
    "web.views.plan_variant": ("Recommended", "建议的搭配"),
    "web.views.plan_front": ("mixes that none beats for less money", "花同样的钱没有更好的搭配"),
    "web.views.plan_pareto": ("How much is enough", "花多少钱够"),
    "web.views.plan_margins": ("What more of each brings", "每种多花一点能多赚多少"),
    "web.views.plan_spending": ("Where the money goes", "钱花在哪"),
    "web.views.plan_spending_finding": (
        "{share} of the money goes into: {policy}.",
        "{share} 的钱花在{policy}上。",
    ),
    "web.views.if_value": ("if {value}", "假设为 {value}"),
    "web.views.difference": ("{kpi}, difference to “{base}”", "{kpi}，和“{base}”相差"),
}
