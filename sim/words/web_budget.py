"""Texts of the web page's budget screen."""

from __future__ import annotations

WEB_BUDGET: dict[str, tuple[str, str]] = {
    "web.budget.title": ("How to spend it", "花多少钱"),
    "web.budget.about": (
        "Which mix of actions is best for so much money and time? Hundreds are tried, the best ones again in futures of their own.",
        "这么多钱、这么多时间，怎么搭配动作最好？试几百种搭配，再用新的模拟未来复核最好的几种。",
    ),
    "web.budget.money": ("Spend more than now by at most", "比现在多花不超过"),
    "web.budget.money_unit": ("yuan", "元"),
    "web.budget.money_note": (
        "Over the whole time. Empty: no limit.",
        "整段时间一共。空着就是不限。",
    ),
    "web.budget.hours": ("Work more than now by at most", "比现在多用不超过"),
    "web.budget.hours_unit": ("hours a week", "小时/周"),
    "web.budget.hours_note": (
        "Time of the owner and the staff. Empty: no limit.",
        "群主和运营的时间。空着就是不限。",
    ),
    "web.budget.no_limit": ("no limit", "不限"),
    "web.budget.goal": ("Goal", "目标"),
    "web.budget.actions": ("Actions to choose from", "可用的动作"),
    "web.budget.auto_actions": ("Actions: chosen by the program", "可用的动作：自动挑"),
    "web.budget.way_auto": ("By the program", "自动挑"),
    "web.budget.way_own": ("I choose", "自己选"),
    "web.budget.auto_note": (
        "The program takes what your variants use; without variants, eight common actions. The more there are, the longer it takes.",
        "自动挑：用各方案里用到的动作；还没有方案时，用八种常用的。动作越多，算得越久。",
    ),
    "web.budget.choose_one": ("Choose at least one action.", "至少选一种动作。"),
    "web.budget.as_before": ("as now", "照旧"),
    "web.budget.some_actions": (
        "{count} of {total} actions",
        "可用的动作：{total} 种里的 {count} 种",
    ),
    "web.budget.all": ("all", "全选"),
    "web.budget.none": ("none", "全不选"),
    "web.budget.run": ("Find the best mix", "找最好的搭配"),
    "web.budget.again": ("Find again", "重新找"),
    "web.budget.table": ("Figure or table", "图和表切换"),
    "web.budget.back": ("Back to the calendar", "回到排方案"),
    "web.budget.starting": ("Starting …", "正在开始……"),
    "web.budget.running": ("Trying mixes", "正在试各种搭配"),
    "web.budget.stage_search": ("Trying mixes", "正在试各种搭配"),
    "web.budget.stage_judge": (
        "Checking the best ones in new futures",
        "用新的模拟未来复核最好的几种",
    ),
    "web.budget.queued": ("Waiting; place {place} in the queue", "排队中，第 {place} 位"),
    "web.budget.stopped": (
        "Stopped at {done} of {total}. What is finished is kept.",
        "已停在 {done}/{total}，算完的都保留了。",
    ),
    "web.budget.interrupted": (
        "The program ended at {done} of {total}. What is finished is kept.",
        "程序中途退出，算到 {done}/{total}，算完的都保留了。",
    ),
    "web.budget.failed": ("The calculation stopped.", "计算中断了。"),
    "web.budget.empty": (
        "The best mix, what it costs and what is as good will stand here.",
        "最好的搭配、代价、同样好的搭配，会出现在这里。",
    ),
    "web.budget.wait": (
        "The first mixes are being tried …",
        "正在试第一批搭配……",
    ),
    "web.budget.changed": (
        "The question was changed; this answers the one before.",
        "条件改过了，下面是改之前的结论。",
    ),
    "web.budget.answer": ("The answer", "结论"),
    "web.budget.colon": (": ", "："),
    "web.budget.semicolon": ("; ", "；"),
    "web.budget.mix": ("The mix", "怎么搭配"),
    "web.budget.part": ("{text}: {percent} % of the money", "{text}：占 {percent}%"),
    "web.budget.equal": ("As good", "同样好"),
    "web.budget.equal_note": (
        "In the futures that were simulated, these cannot be told from it.",
        "在模拟的未来里，看不出这些比它差。",
    ),
    "web.budget.put": ("Put into a variant", "放进方案"),
    "web.budget.put_one": ("Put into a variant: {text}", "放进方案：{text}"),
    "web.budget.variant": ("Best mix", "最好的搭配"),
}
