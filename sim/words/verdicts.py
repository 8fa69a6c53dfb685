"""Sentences of the verdict and what is added to it.

Values arrive as printed text (``sim.report.differences``): ``gain`` is a difference in words ("14
more monthly active members"), ``comp`` what a single future is ("more"), ``often`` of
``total`` how many are so (in Chinese with its own spaces).
"""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "case.none": ("No verdict: {reason}.", "没有结论：{reason}。"),
    "case.none_few": ("fewer than 10 pairs of futures", "可比的模拟未来不到 10 对"),
    "case.none_undefined": (
        "{kpi} is undefined in {percent} of the futures",
        "{percent} 的模拟未来里算不出{kpi}",
    ),
    "case.none_never": (
        "{kpi} lies behind the end in most futures",
        "多数模拟未来到最后都还没等到{kpi}",
    ),
    "case.none_neutral": (
        "more or less of {kpi} is neither good nor bad",
        "{kpi}高低都谈不上好坏",
    ),
    "case.none_removed": (
        "{kpi} moves by arithmetic alone when it is counted over other members",
        "统计的人变了，{kpi}不用做什么也会变",
    ),
    "case.same": (
        '"{v}" makes practically no difference to {kpi} ({d}, known to ±{h}).',
        "“{v}”和“{b}”在{kpi}上差不多（{d}，误差 ±{h}）。",
    ),
    "case.clearly_better": (
        '"{v}" is clearly better than "{b}": {gain} on average, {comp} in {often} of {total} futures.',
        "“{v}”明显比“{b}”好：{gain}，{total} 个模拟未来里有{often}个{comp}。",
    ),
    "case.probably_better": (
        '"{v}" is probably better than "{b}": {gain} on average, {comp} in {often} of {total} futures{usually}.',
        "“{v}”多半比“{b}”好：{gain}，{total} 个模拟未来里有{often}个{comp}{usually}。",
    ),
    "case.usually": (" (usually {low} to {high})", "（多数在{low}到{high}之间）"),
    "case.better_on_average": (
        '"{v}" is better on average ({gain}), but for one group it is close to a coin toss: {comp} in only {often} of {total} futures. A few large wins carry it.',
        "“{v}”平均更好（{gain}），但放到一个群上接近抛硬币：{total} 个模拟未来里只有{often}个{comp}，平均值靠少数特别好的撑起来。",
    ),
    "case.better_by_few": (
        '"{v}" is better on average ({gain}), but not in most futures: {comp} in only {often} of {total}. A few large wins carry it.',
        "“{v}”平均更好（{gain}），但多数时候并不更好：{total} 个模拟未来里只有{often}个{comp}，平均值靠少数特别好的撑起来。",
    ),
    "case.clearly_worse": (
        '"{v}" is clearly worse than "{b}": {gain} on average, {comp} in {often} of {total} futures.',
        "“{v}”明显比“{b}”差：{gain}，{total} 个模拟未来里有{often}个{comp}。",
    ),
    "case.probably_worse": (
        '"{v}" is probably worse than "{b}": {gain} on average, {comp} in {often} of {total} futures{usually}.',
        "“{v}”多半比“{b}”差：{gain}，{total} 个模拟未来里有{often}个{comp}{usually}。",
    ),
    "case.worse_on_average": (
        '"{v}" is worse on average ({gain}), though it does better in {often} of {total} futures: a few large losses weigh.',
        "“{v}”平均更差（{gain}），虽然 {total} 个里有{often}个更好：少数特别差的拖累了平均。",
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
        "A trade-off: {gain}, but {loss}. Worth it only if that matters less to you.",
        "有得有失：{gain}，但{loss}。只有在你不那么看重{guard}时才值得。",
    ),
    "rider.hidden_win": ("Not for {kpi}, but {gain}.", "{kpi}上没有好处，但{gain}。"),
    "rider.assumptions": (
        "It depends on what we assume: ahead in {k} of {m} sets of assumptions.",
        "取决于假设：{m} 组假设里 {k} 组更好。",
    ),
    "rider.unknown_effect": (
        "Nobody has measured the effect of {policy}; what it brings here is our assumption.",
        "{policy}的效果没有可靠研究，这里按我们的假设算。",
    ),
    "rider.unknown_effect_tried": (
        "Nobody has measured the effect of {policy}; we tried {m} sets of assumptions.",
        "{policy}的效果没有可靠研究，我们按 {m} 组假设都试了一遍。",
    ),
    "rider.payback": (
        "Pays for itself around day {day} in {often} of {total} futures; never within {days} days in {seldom}.",
        "{total} 个里有{often}个能回本，多数在第 {day} 天前后；{seldom} 个在 {days} 天内回不了本。",
    ),
    "rider.payback_at_once": (
        "Pays for itself from the start in {often} of {total} futures; never within {days} days in {seldom}.",
        "{total} 个里有{often}个能回本，多数一开始就回本；{seldom} 个在 {days} 天内回不了本。",
    ),
    "rider.payback_all": (
        "Pays for itself in every future, usually around day {day}.",
        "每个模拟未来都能回本，多数在第 {day} 天前后。",
    ),
    "rider.payback_all_at_once": (
        "It never costs more than it has brought.",
        "从一开始就没有亏过。",
    ),
    "rider.payback_seldom": (
        "Pays for itself in only {often} of {total} futures; never within {days} days in {seldom}.",
        "{total} 个里只有{often}个能回本；{seldom} 个在 {days} 天内回不了本。",
    ),
    "rider.payback_never": (
        "Pays for itself in no future within {days} days.",
        "{days} 天内一个也回不了本。",
    ),
    "rider.budget": (
        "Overspends the budget in {often} of {total} futures.",
        "{total} 个里有{often}个会超预算。",
    ),
    "rider.minutes": (
        "{h} of planned work were not done for lack of time.",
        "有 {h}的计划因为时间不够没做。",
    ),
    "rider.pruning": (
        "Rates rose partly because silent members were removed; read the totals.",
        "比率上升有一部分只是因为清了人，请看总数。",
    ),
    "rider.counted": (
        "{kpi} moved partly because it is counted over other members; read the totals.",
        "{kpi}的变动有一部分只是因为统计的人变了，请看总数。",
    ),
    "choice.tied": (
        '{names} cannot be told apart; each is better than "{b}".',
        "{names}分不出高下，都比“{b}”好。",
    ),
    "choice.none": ("None of the {n} beats doing nothing.", "{n} 个方案都不如不做。"),
    "choice.none_of": ('None of the {n} beats "{b}".', "{n} 个方案都不比“{b}”好。"),
    "choice.none_seen": (
        'None of the {n} is seen to beat "{b}" so far.',
        "{n} 个方案目前都看不出比“{b}”好。",
    ),
}
