"""Titles, notes and labels of figures. A title says the finding, not the axis."""

from __future__ import annotations

from sim.words.figures_of_logs import FIGURES_OF_LOGS

FIGURES: dict[str, tuple[str, str]] = {
    # Common
    "figure.days": ("day", "天"),
    "figure.weeks": ("week", "周"),
    "figure.note_bands": (
        "Thick line: the middle of {n} futures. Bands hold 50 and 90 of 100 futures, each day by itself. Thin lines: single futures.",
        "粗线：{n} 个模拟未来的中间值。色带：逐日看，100 个里有 50 个、90 个落在其中。细线：单个模拟未来。",
    ),
    "figure.note_few": (
        "Thick line: the middle of {n} futures. Thin lines: single futures. Fewer than 20: too few for a range.",
        "粗线：{n} 个模拟未来的中间值。细线：单个模拟未来。不足 20 个，给不出范围。",
    ),
    "figure.note_one": ("One future; others would differ.", "只有一个模拟未来，换一个就会不同。"),
    "figure.full_window": (
        "Begins on day {day}, when the first whole window ends.",
        "从第 {day} 天画起，之前窗口不满。",
    ),
    "figure.capacity": ("places: {capacity}", "上限 {capacity} 人"),
    "figure.no_data": ("Nothing to show", "没有可画的数据"),
    "figure.day_column": ("day", "天"),
    "figure.week_column": ("week", "周"),
    "figure.low_column": ("5 of 100 below", "100 个里 5 个低于"),
    "figure.middle_column": ("middle", "中间值"),
    "figure.high_column": ("5 of 100 above", "100 个里 5 个高于"),
    # Members
    "figure.members_sub": ("Members, end of day", "每天结束时的群人数"),
    "figure.members_up": (
        "The group grows from {first} to {last} members",
        "群人数从 {first} 增加到 {last}",
    ),
    "figure.members_down": (
        "The group shrinks from {first} to {last} members",
        "群人数从 {first} 减少到 {last}",
    ),
    "figure.members_level": (
        "The group stays at about {last} members",
        "群人数大致不变，约 {last} 人",
    ),
    "figure.members_full": (
        "The group is full ({capacity}) from about day {day}",
        "约第 {day} 天满员（{capacity} 人）",
    ),
    "figure.highest": (
        "{best} ends highest: {value}, against {other} for {base}",
        "{best}最后最高：{value}，{base}是 {other}",
    ),
    "figure.of_kpi": ("{kpi}: {finding}", "{kpi}：{finding}"),
    "figure.level_all": ("All end at about {value}", "几个方案最后差不多，约 {value}"),
    # Activity
    "figure.activity_sub": ("{kpi}", "{kpi}"),
    "figure.activity_peak": (
        "{kpi}: highest around day {day} with {peak}, {last} at the end",
        "{kpi}在第 {day} 天前后最高（{peak} 人），最后是 {last} 人",
    ),
    "figure.activity_rising": (
        "{kpi}: still rising, {last} at the end",
        "{kpi}还在上升，最后是 {last} 人",
    ),
    "figure.activity_falling": (
        "{kpi}: falls from {peak} to {last}",
        "{kpi}从 {peak} 人降到 {last} 人",
    ),
    "figure.activity_level": ("{kpi}: level, about {last}", "{kpi}平稳，约 {last} 人"),
    "figure.peak": ("peak {value}", "峰值 {value}"),
    "figure.half": ("half the peak", "峰值的一半"),
    # Stages
    "figure.stages_sub": (
        "Share of futures in each stage; above: the most common one",
        "各阶段占模拟未来的比例，上方是每段时间最常见的阶段",
    ),
    "figure.stages_end": (
        "At the end {count} of {n} futures are in the stage “{stage}”",
        "到最后，{n} 个模拟未来里有 {count} 个处在{stage}",
    ),
    "figure.stages_all": (
        "At the end all {n} futures are in the stage “{stage}”",
        "到最后，{n} 个模拟未来全部处在{stage}",
    ),
    "figure.stages_note": (
        "The label of a day uses that day and the past only; it lags by three to four weeks.",
        "某天的阶段只看当天和之前的数据，会滞后三到四周。",
    ),
    # Cohorts
    "figure.cohorts_sub": (
        "Share still in the group, by week of joining (rows) and weeks since (columns)",
        "还在群里的比例：每行是同一周进群的人，每列是进群后第几周",
    ),
    "figure.cohorts_find": (
        "Of those who join, {share} are still there after {weeks} weeks",
        "新成员进群 {weeks} 周后，还有 {share} 在群里",
    ),
    "figure.cohorts_none": ("Nobody joined", "没有人进群"),
    "figure.cohorts_row": ("week {week} ({joins})", "第 {week} 周（{joins} 人）"),
    "figure.cohorts_rows": (
        "weeks {week} to {last} ({joins})",
        "第 {week} 到 {last} 周（{joins} 人）",
    ),
    "figure.cohorts_note": (
        "In brackets: people who joined, mean of {n} futures. Hatched: not (all) followed that long. Numbers where at least 5 joined.",
        "括号里是进群人数，{n} 个模拟未来的平均。斜线：还没（全部）到时候。进群满 5 人才写数字。",
    ),
    "figure.cohorts_x": ("weeks since joining", "进群后第几周"),
    "figure.share_left": ("still in the group", "还在群里的比例"),
    # Participation
    "figure.participation_sub": (
        "Share of messages sent by the quietest part of all who spoke",
        "发言者从最安静的一头累计，占全部消息的比例",
    ),
    "figure.participation_find": (
        "The most talkative tenth sends {share} of the messages",
        "最能说的一成人发了 {share} 的消息",
    ),
    "figure.participation_x": ("share of those who spoke", "发言者占比"),
    "figure.participation_equal": ("if all spoke equally much", "假如人人一样多"),
    "figure.participation_real": ("real communities", "真实社群"),
    "figure.participation_top": ("top 10 %: {share}", "头部10%：{share}"),
    "figure.participation_top1": (
        "The top 1 % send {share}",
        "最能说的 1% 发了 {share}",
    ),
    "figure.participation_top10": (
        "The top 10 % send {share}",
        "最能说的 10% 发了 {share}",
    ),
    "figure.participation_half": (
        "The quieter half sends {share}",
        "安静的那一半只发了 {share}",
    ),
    "figure.participation_note": (
        "Grey bars: 10th to 90th percentile of 38 public logs (none of them WeChat), at the top 10 % and 1 %. Everybody who spoke in the run, staff included.",
        "灰条：38 个公开社群记录（都不是微信群）在头部 10% 和 1% 处的第 10 到 90 百分位。统计期间所有发过言的人，含运营人员。",
    ),
    # Money
    "figure.money_sub": (
        "Cumulative revenue, cost and profit, yuan",
        "累计实收、支出和利润，单位元",
    ),
    "figure.money_paid": (
        "Pays for itself around day {day}, in {x} of {n} futures",
        "多在第 {day} 天前后回本（{n} 个里 {x} 个）",
    ),
    "figure.money_never": (
        "Does not pay for itself within {days} days in {y} of {n} futures",
        "{n} 个模拟未来里有 {y} 个在 {days} 天内回不了本",
    ),
    "figure.money_plain": (
        "Earns {money} in {days} days, never below zero",
        "{days} 天赚 {money}，一直没亏",
    ),
    "figure.money_loss": ("Loses {money} in {days} days", "{days} 天亏 {money}"),
    "figure.money_nothing": ("No money moves", "没有收入也没有支出"),
    "figure.never_in": ("does not pay back in {y} of {n}", "{n} 个里 {y} 个回不了本"),
    "figure.payback": ("pays back: day {day}", "第 {day} 天回本"),
    "figure.difference_sub": (
        "Cumulative profit against {base}, yuan",
        "累计利润，和“{base}”相比多赚多少，单位元",
    ),
    "figure.difference_find": (
        "{best} earns {money} more than {base} in the middle future",
        "{best}比{base}多赚 {money}（中间值）",
    ),
    "figure.difference_pays": (
        "{best} pays for itself around day {day}, in {x} of {n} futures",
        "{best}多在第 {day} 天前后回本（{n} 个里 {x} 个）",
    ),
    "figure.difference_none": (
        "None earns more than {base} in the middle future",
        "几个方案的中间值都没比{base}多赚",
    ),
    "figure.difference_note_many": (
        "Bands and thin lines: {best} only.",
        "色带和细线只画了{best}。",
    ),
    # Why, and what would overturn it
    "figure.no_difference": ("no difference", "没有差别"),
    "figure.waterfall_sub": (
        "{kpi}: what each policy adds to “{base}”, on average",
        "{kpi}：在“{base}”的基础上，每个动作平均带来多少",
    ),
    "figure.waterfall_note": (
        "Thin bars: range in which the average lies. What several policies do together is shared out among them.",
        "细线：平均值的误差范围。几个动作一起才有的效果，已分摊到各个动作里。",
    ),
    "figure.waterfall_hatched": (
        "Hatched: cannot be told from nothing.",
        "斜线：分不清有没有作用。",
    ),
    "figure.waterfall_find": (
        "What {variant} changes comes mostly from {policy}: {amount} {kpi}",
        "{variant}的效果主要来自{policy}：{kpi} {amount}",
    ),
    "figure.waterfall_none": (
        "No single policy of {variant} clearly adds {kpi}",
        "{variant}里没有哪个动作明显增加{kpi}",
    ),
    "figure.level": ("(which makes {value})", "（变成 {value}）"),
    "figure.tornado_sub": (
        "{kpi}: difference between {variant} and {base} when one assumption changes",
        "{kpi}：只改一个假设时，{variant}和{base}相差多少",
    ),
    "figure.tornado_note": (
        "Each assumption alone, from the low (hatched) to the high end of its range.",
        "每次只动一个假设，从低（斜线）到高（实色）。",
    ),
    "figure.tornado_turns": ("Diamond: where the result turns.", "菱形：从这里开始翻盘。"),
    "figure.tornado_find": (
        "{count} assumptions could overturn it, first of all: {name}",
        "有 {count} 个假设可能翻盘，首先是{name}",
    ),
    "figure.tornado_one": (
        "One assumption could overturn it: {name}",
        "只有一个假设可能翻盘：{name}",
    ),
    "figure.tornado_none": (
        "No single assumption overturns the order of {variant} and {base}",
        "单独改哪一个假设，{variant}和{base}都不会翻盘",
    ),
    "figure.tornado_default": ("as assumed: {value}", "现在的假设：{value}"),
    "figure.overturns": ("overturns", "会翻盘"),
    # Budget
    "figure.budget_sub": (
        "{kpi} against money spent: each dot a mix of policies; {base} is zero",
        "花多少钱，{kpi}多多少：每个点是一种搭配，“{base}”算 0",
    ),
    "figure.budget_find": (
        "Best use of the money: {spend} spent, {gain} {kpi}",
        "最划算：花 {spend}，{kpi} {gain}",
    ),
    "figure.budget_enough": (
        "Beyond {spend} more money hardly helps",
        "超过 {spend}以后，再花钱几乎没用",
    ),
    "figure.budget_enough_mark": ("enough: {spend}", "够了：{spend}"),
    "figure.budget_mark": ("budget: {spend}", "预算：{spend}"),
    "figure.budget_none": (
        "No mix clearly beats spending nothing",
        "没有哪种搭配明显比不花钱好",
    ),
    "figure.budget_note": (
        "Dark line: mixes that no other beats for less money. Thin lines: one policy alone, with more and more money. Bar: range of the average.",
        "深色线：同样的钱没有更好的搭配。细线：只做一个动作，钱越花越多。竖线：平均值的误差范围。",
    ),
    "figure.budget_x": ("yuan spent", "花费（元）"),
    "figure.budget_recommended": ("recommended", "建议"),
    # Calendar
    "figure.calendar_find": (
        "Which policies act when ({count} policies)",
        "什么时候做什么（{count} 种动作）",
    ),
    "figure.calendar_sub": (
        "Bars: from the first to the last day; names of variants at the right",
        "横条：从第一天到最后一天；右边是方案的名字",
    ),
    # Several variants
    "figure.grey_base": ("Grey: {base}.", "灰线：{base}。"),
    "figure.strips_sub": (
        "Share of futures in each stage, one strip a variant",
        "各阶段占模拟未来的比例，一个方案一条",
    ),
    "figure.strips_find": (
        "Neither in decline nor dormant at the end: {best} in {x} of {n} futures, {base} in {y}",
        "到最后没有衰退或沉寂的：{best} {n} 个里 {x} 个，{base} {y} 个",
    ),
    "figure.strips_alike": (
        "The stage at the end is about the same everywhere",
        "几个方案最后所处的阶段差不多",
    ),
    # Forecast
    "figure.forecast_speakers": ("speakers a week", "每周发言人数"),
    "figure.forecast_messages": ("messages a week", "每周消息数"),
    "figure.forecast_newcomers": ("first-time speakers a week", "每周首次发言人数"),
    "figure.forecast_buyers": ("buyers a week", "每周购买人数"),
    "figure.forecast_purchases": ("purchases a week", "每周购买次数"),
    "figure.forecast_first_buyers": ("first-time buyers a week", "每周首次购买人数"),
    "figure.forecast_spending": ("spending a week", "每周消费额"),
    "figure.forecast_find": (
        "{weeks} weeks ahead: about {value} {target} (usually {low} to {high}); now {now}",
        "{weeks} 周后，{target}约 {value}（多数在 {low} 到 {high} 之间），现在是 {now}",
    ),
    "figure.forecast_find_then": (
        "{weeks} weeks ahead: about {value} {target} (usually {low} to {high}); before {now}",
        "{weeks} 周后，{target}约 {value}（多数在 {low} 到 {high} 之间），之前是 {now}",
    ),
    "figure.forecast_came": (
        "{target}. Dots: what really happened, {inside} of {n} weeks inside the light band",
        "{target}。圆点是后来的实际情况，{n} 周里有 {inside} 周落在浅色带内",
    ),
    "figure.forecast_left_out": (
        "{weeks} weeks not drawn.",
        "更早的 {weeks} 周没有画。",
    ),
    "figure.forecast_cut": (
        "The highest week reached {most} and is cut off.",
        "最高的一周到过 {most}，超出部分没有画。",
    ),
    "figure.forecast_note": (
        "Dark: 50 of 100 futures, light: 90 of 100, each week by itself. Now: mean of 4 weeks.",
        "深色：100 个模拟未来里的 50 个，浅色：90 个，逐周看。“现在”是最近 4 周的平均。",
    ),
    "figure.forecast_note_then": (
        "Dark: 50 of 100 futures, light: 90 of 100, each week by itself. Before: mean of 4 weeks.",
        "深色：100 个模拟未来里的 50 个，浅色：90 个，逐周看。“之前”是前 4 周的平均。",
    ),
    "figure.today": ("today", "今天"),
    "figure.afterwards": ("what happened", "后来的实际情况"),
    **FIGURES_OF_LOGS,
}
