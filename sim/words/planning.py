"""Texts of a plan: what was asked, the recommended mix, what it rests on, its page."""

from __future__ import annotations

PLANNING: dict[str, tuple[str, str]] = {
    "plan.question": ("How is the budget best spent?", "这笔预算怎么花最好？"),
    "plan.limit_money": ("up to {money} more spending", "多花不超过 {money}"),
    "plan.limit_time": ("up to {time} more work a week", "每周多用不超过 {time}"),
    "plan.goal": ("goal: {kpi}", "目标：{kpi}"),
    "plan.candidates": ("{count} policies to choose from", "{count} 种动作可选，能同时用几种"),
    "plan.so_far": ("best so far {size}", "目前最好 {size}"),
    "plan.stopped": (
        "Stopped. {done} of {total} mixes kept. Continue: same command again.",
        "已停止。{total} 种搭配里算完的 {done} 种都保留了，重新执行同一条命令就接着算。",
    ),
    "plan.stopped_late": (
        "Stopped while checking the best mixes. Everything finished is kept. Continue: same command again.",
        "复核最好的几种搭配时停止了。算完的都保留了，重新执行同一条命令就接着算。",
    ),
    "plan.all_failed": (
        "No mix could be simulated to the end: {error}",
        "没有一种搭配能模拟到底：{error}",
    ),
    # The verdict
    "plan.verdict": ("VERDICT", "结论"),
    "plan.recommend": (
        "Recommended (spending in {days} days): {parts}.",
        "建议（{days} 天的花费）：{parts}。",
    ),
    "plan.as_before": ("As now: {parts}.", "照旧：{parts}。"),
    "plan.stop_doing": ("No longer: {parts}.", "不再做：{parts}。"),
    "plan.spends": (
        "It spends {money} more than now; {left} of the budget are left.",
        "比现在多花 {money}，预算还剩 {left}不花。",
    ),
    "plan.spends_only": ("It spends {money} more than now.", "比现在多花 {money}。"),
    "plan.saves": ("It spends {money} less than now.", "比现在少花 {money}。"),
    "plan.time_more": ("It takes {time} more work a week.", "每周多用 {time}。"),
    "plan.time_less": ("It takes {time} less work a week.", "每周少用 {time}。"),
    "plan.verified": (
        "Checked in {n} new futures: {gain} on average, {comp} in {often} of {total}.",
        "用新的 {n} 个模拟未来复核：{gain}，{total} 个里有{often}个{comp}。",
    ),
    "plan.promised": (
        "The search had promised {size}; part of that was luck.",
        "搜索时看起来有 {size}，其中一部分是运气。",
    ),
    "plan.unsure": (
        "In these futures it cannot be told from leaving things as they are.",
        "在这些未来里，看不出它比维持现状好。",
    ),
    "plan.none": (
        "None of the {tried} mixes that were tried is better than leaving things as they are.",
        "试过的 {tried} 种搭配都不比维持现状好。",
    ),
    "plan.none_fits": (
        "None of the {tried} mixes that were tried keeps within the limits and keeps what must not suffer.",
        "试过的 {tried} 种搭配，没有一种既不超限又守得住底线指标。",
    ),
    "plan.more_gain": (
        "{money} more, spent on {policy}, would bring {gain} on average.",
        "在{policy}上再多花 {money}：{gain}。",
    ),
    "plan.more_nothing": (
        "{money} more would bring nothing that can be seen.",
        "再多花 {money}，看不出有什么好处。",
    ),
    "plan.more_cannot": (
        "There is no room in it for {money} more.",
        "这套搭配里没有地方再多花 {money}。",
    ),
    "plan.more_worse": (
        "Spending {money} more would only make it worse.",
        "再多花 {money}，只会更差。",
    ),
    "plan.tie": (
        "One other mix cannot be told apart from it.",
        "还有 1 种搭配分不出高下。",
    ),
    "plan.ties": (
        "{count} other mixes cannot be told apart from it.",
        "还有 {count} 种搭配分不出高下。",
    ),
    "plan.easiest": (
        "The easiest of them all takes {time} a week ({parts}).",
        "其中最省事的每周只要 {time}（{parts}）。",
    ),
    "plan.easiest_itself": ("None of them takes noticeably less time.", "都差不多费时间。"),
    "plan.ahead": (
        "If our assumptions are off: better than now, within all limits, in {k} of {m} sets of them.",
        "万一假设不准：{m} 组不同的假设里，有 {k} 组它既比现在好、又不超限。",
    ),
    "plan.regret": (
        "In the worst of them it falls {size} short of the best mix there.",
        "最坏的一组里，它比当时最好的搭配少 {size}。",
    ),
    "plan.safest": (
        "Who wants to lose least at worst ({size}) takes another: {parts}.",
        "想让最坏情况损失最小（{size}），应选另一种：{parts}。",
    ),
    "plan.safest_now": (
        "Who wants to lose least at worst leaves things as they are.",
        "想让最坏情况损失最小，就维持现状。",
    ),
    "plan.surely": (
        "Most often ahead ({k} of {m}) is another: {parts}.",
        "最常胜出的（{m} 组里有 {k} 组）是另一种：{parts}。",
    ),
    "plan.nothing": ("none of the policies", "这些动作都不做"),
    "plan.next": ("the verdict in full", "完整的结论"),
    # The page
    "plan.tile_gain": ("gain on average", "平均增益"),
    "plan.tile_better": ("better than now", "比现在好"),
    "plan.tile_money": ("more spending than now", "比现在多花"),
    "plan.tile_time": ("more work a week", "每周多用工时"),
    "plan.tile_known": ("known to ±{half}", "误差 ±{half}"),
    "plan.tile_futures": ("of {total} new futures", "{total} 个新的模拟未来里"),
    "plan.tile_of": ("of {limit}", "上限 {limit}"),
    "plan.section_mix": ("The recommended mix", "建议的搭配"),
    "plan.section_equal": ("Other mixes", "其他搭配"),
    "plan.section_margins": ("Less and more of each", "每种动作少一点、多一点"),
    "plan.section_robust": ("If assumptions are off", "万一假设不准"),
    "plan.section_how": ("How it was made", "怎么算的"),
    "plan.column_settings": ("settings", "设置"),
    "plan.column_now": ("now", "现在"),
    "plan.column_spends": ("spends", "花费"),
    "plan.column_mix": ("mix", "搭配"),
    "plan.column_gain": ("gain on average", "平均增益"),
    "plan.column_range": ("known to lie in", "平均值在"),
    "plan.column_money": ("more spending", "多花"),
    "plan.column_time": ("more work a week", "每周多用工时"),
    "plan.column_standing": ("standing", "高下"),
    "plan.column_amount": ("amount", "用量"),
    "plan.column_ahead": ("better than now in", "比现在好"),
    "plan.column_lost": ("lost at worst", "最坏时少"),
    "plan.standing_best": ("recommended", "建议"),
    "plan.standing_tied": ("as good", "同样好"),
    "plan.standing_behind": ("behind", "稍差"),
    "plan.standing_broken": ("breaks: {names}", "超限：{names}"),
    "plan.standing_front": ("{standing}, best for its price", "{standing}，同价最好"),
    "plan.standing_front_several": (
        "{standing}, beaten by none in all",
        "{standing}，没有一种样样更好",
    ),
    "plan.limit_budget": ("money", "钱"),
    "plan.limit_minutes": ("time", "工时"),
    "plan.unchanged": ("as now", "照旧"),
    "plan.not_used": ("not used", "不用"),
    "plan.times_one": ("as recommended", "按建议"),
    "plan.times": ("{scale} times", "{scale} 倍"),
    "plan.sets": ("{k} of {m} sets", "{m} 组里 {k} 组"),
    "plan.note_margins": (
        "Gain over the same mix without this policy, in {n} futures that chose nothing.",
        "与同一搭配去掉这个动作相比，用 {n} 个没有参与挑选的模拟未来。",
    ),
    "plan.note_robust": (
        "Ranges follow from how far each value is trusted; that rule is a convention. Lost at worst: what a mix falls behind the best choice of the same set, doing nothing included.",
        "范围按每个数值的可信度来定，这是约定，不是测量。最坏时少：同一组假设下，比最好的选择（包括什么都不做）少多少。",
    ),
    "plan.how_search": (
        "{tried} mixes were tried, each in at least {few} futures, the promising ones in up to {many}; every mix met the same futures.",
        "试了 {tried} 种搭配，每种至少 {few} 个模拟未来，看好的最多 {many} 个；所有搭配面对同样的未来。",
    ),
    "plan.how_fresh": (
        "The best were compared in {n} new futures, because a search also picks what was lucky; the recommended one was then checked in {n} others that chose nothing.",
        "搜索也会挑中运气好的，所以最好的几种换 {n} 个新的模拟未来再比，选出的一种又用另外 {n} 个没有参与挑选的未来复核。",
    ),
    "plan.how_limits": (
        "Money and time are counted above what is spent today. Kept as well: {parts}.",
        "钱和工时都按比现在多出来的部分算。还要守住：{parts}。",
    ),
    "plan.how_limits_only": (
        "Money and time are counted above what is spent today.",
        "钱和工时都按比现在多出来的部分算。",
    ),
    "plan.how_keep": ("{kpi} at {share} of today's at least", "{kpi}至少是现在的 {share}"),
    "plan.how_values": (
        "Amounts are tried in round steps; between them nothing was looked at.",
        "用量按整数档位试，档位之间没有看。",
    ),
}
