"""Sentences of the verdict and what is added to it.

Values arrive as printed text (``sim.report.numbers``), in the goal KPI's good direction.
"""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "case.none": ("No verdict: {reason}.", "没有结论：{reason}。"),
    "case.none_few": ("fewer than 10 pairs of futures", "可比的模拟未来不到 10 对"),
    "case.none_undefined": (
        "{kpi} is undefined in {percent} of the futures",
        "{percent} 的模拟未来里算不出{kpi}",
    ),
    "case.same": (
        '"{v}" makes practically no difference to {kpi} ({d}, known to ±{h}).',
        "“{v}”和“{b}”在{kpi}上差不多（{d}，误差 ±{h}）。",
    ),
    "case.clearly_better": (
        '"{v}" is clearly better than "{b}": {d} more {kpi} on average, more in {x} of 100 futures.',
        "“{v}”明显比“{b}”好：平均多{d}，100 个模拟未来里有 {x} 个更好。",
    ),
    "case.probably_better": (
        '"{v}" is probably better than "{b}": {d} more {kpi} on average, more in {x} of 100 futures (usually {d05} to {d95}).',
        "“{v}”多半比“{b}”好：平均多{d}，100 个模拟未来里有 {x} 个更好（多数在 {d05} 到 {d95} 之间）。",
    ),
    "case.better_on_average": (
        '"{v}" is better on average ({d}), but for one group it is close to a coin toss: more in only {x} of 100 futures. A few large wins carry it.',
        "“{v}”平均更好（{d}），但放到一个群上接近抛硬币：100 个模拟未来里只有 {x} 个更好，平均值靠少数大赢撑起来。",
    ),
    "case.clearly_worse": (
        '"{v}" is clearly worse than "{b}": {d} less {kpi} on average, less in {y} of 100 futures.',
        "“{v}”明显比“{b}”差：平均少{d}，100 个模拟未来里有 {y} 个更差。",
    ),
    "case.probably_worse": (
        '"{v}" is probably worse than "{b}": {d} less {kpi} on average, less in {y} of 100 futures (usually {d05} to {d95}).',
        "“{v}”多半比“{b}”差：平均少{d}，100 个模拟未来里有 {y} 个更差（多数在 {d05} 到 {d95} 之间）。",
    ),
    "case.worse_on_average": (
        '"{v}" is worse on average ({d}), though it does better in {x} of 100 futures: a few large losses weigh.',
        "“{v}”平均更差（{d}），虽然 100 个里有 {x} 个更好：少数大亏拖累了平均。",
    ),
    "case.unclear_more": (
        'We cannot tell "{v}" and "{b}" apart on {kpi}: between {lo} and {hi} on average. About {n} more futures would decide it.',
        "在{kpi}上分不出“{v}”和“{b}”的高下：平均差在 {lo} 到 {hi} 之间。再跑约 {n} 个模拟未来能分出来。",
    ),
    "case.unclear_luck": (
        'We cannot tell "{v}" and "{b}" apart on {kpi}: between {lo} and {hi} on average. More futures will not help: the difference is small against luck.',
        "在{kpi}上分不出“{v}”和“{b}”的高下：平均差在 {lo} 到 {hi} 之间。再多跑也没用：差别比运气小。",
    ),
    "rider.trade_off": (
        "A trade-off: {kpi} {d}, but {guard} {g}. Worth it only if {guard} matters less to you.",
        "有得有失：{kpi}{d}，但{guard}{g}。只有在你不那么看重{guard}时才值得。",
    ),
    "rider.hidden_win": (
        "Not for {kpi}, but {guard} gains {g}.",
        "{kpi}上没有好处，但{guard}{g}。",
    ),
    "rider.assumptions": (
        "It depends on what we assume: ahead in {k} of {m} sets; falls behind if {turning}.",
        "取决于假设：{m} 组里 {k} 组更好；{turning}时就不如原来。",
    ),
    "rider.unknown_effect": (
        "Nobody has measured what {policy} does; we tried {range}.",
        "{policy}的效果没有可靠研究，我们按 {range} 都试了一遍。",
    ),
    "rider.payback": (
        "Pays for itself around day {day} in {x} of 100 futures; never within {days} days in {y}.",
        "100 个里有 {x} 个能回本，多数在第 {day} 天前后；{y} 个在 {days} 天内回不了本。",
    ),
    "rider.budget": ("Overspends the budget in {x} of 100 futures.", "100 个里有 {x} 个会超预算。"),
    "rider.minutes": (
        "{h} hours of planned work were not done for lack of time.",
        "有 {h} 小时的计划因为时间不够没做。",
    ),
    "rider.pruning": (
        "Rates rose partly because silent members were removed; read the totals.",
        "比率上升有一部分只是因为清了人，请看总数。",
    ),
    "choice.tied": (
        "{names} cannot be told apart; all are better than as now.",
        "{names}分不出高下，都比现在好。",
    ),
    "choice.none": ("None of the {n} beats doing nothing.", "{n} 个方案都不如不做。"),
}
