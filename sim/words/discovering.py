"""Where something happens: boxes, rules, thresholds, what acts together.

``what`` is the condition in words ("loses money", "profit below ¥500"), ``that`` the same as said
of a future ("that lose money"), ``rules`` the limits of a box, joined.
"""

from __future__ import annotations

DISCOVERING: dict[str, tuple[str, str]] = {
    # The condition
    "discover.loses": ("loses money", "亏钱"),
    "discover.that_loses": ("that lose money", "亏钱的"),
    "discover.what_lt": ("{kpi} below {value}", "{kpi}低于 {value}"),
    "discover.what_le": ("{kpi} at most {value}", "{kpi}不超过 {value}"),
    "discover.what_gt": ("{kpi} above {value}", "{kpi}高于 {value}"),
    "discover.what_ge": ("{kpi} at least {value}", "{kpi}不低于 {value}"),
    "discover.what_eq": ("{kpi} = {value}", "{kpi} = {value}"),
    "discover.what_ne": ("{kpi} ≠ {value}", "{kpi} ≠ {value}"),
    "discover.that": ("with {what}", "{what} 的"),
    "discover.they_lose": ("lose money", "亏钱"),
    "discover.they": ("have {what}", "{what}"),
    # Limits
    "discover.above": ("{name} > {value}", "{name} > {value}"),
    "discover.below": ("{name} < {value}", "{name} < {value}"),
    "discover.between": ("{name} between {low} and {high}", "{name}在 {low} 到 {high} 之间"),
    "discover.least": ("{name} ≥ {value}", "{name} ≥ {value}"),
    "discover.most": ("{name} ≤ {value}", "{name} ≤ {value}"),
    "discover.exactly": ("{name} = {value}", "{name} = {value}"),
    "discover.is": ("{name} is {value}", "{name}是 {value}"),
    "discover.or": (" or ", " 或 "),
    "discover.and": (" and ", "，且"),
    # Sentences
    "discover.head": (
        "{what}: {cases} of {rows} futures ({share}).",
        "{what}：{rows} 个模拟未来里有 {cases} 个（{share}）。",
    ),
    "discover.left_out": (
        "Left out, as they failed or {kpi} is not defined: {count}.",
        "另有 {count} 个没算进来：没跑完，或者{kpi}没有数值。",
    ),
    "discover.box": (
        "{what} in {often} of {total} futures where {rules}; these are {coverage} of all futures {that}.",
        "{rules}时，{total} 个模拟未来里有{often}个{what}。全部{that}模拟未来里，{coverage} 落在这里。",
    ),
    "discover.elsewhere": ("Elsewhere: {sentence}", "其余的里面：{sentence}"),
    "discover.checked": (
        "Checked on points that the search had not seen ({count} times): there {middle} of 100, usually {low} to {high}; they hold {coverage} of all futures {that}.",
        "拿搜索时没见过的点检验（{count} 次）：那里 100 个里有 {middle} 个，多数在 {low} 到 {high} 之间；占全部{that}模拟未来的 {coverage}。",
    ),
    "discover.again": (
        "Searching again on other points, the limits came back so often: {listed}.",
        "换一批点重新搜索，这些条件再次出现的比例：{listed}。",
    ),
    "discover.again_one": ("{name} {share}", "{name} {share}"),
    "discover.shaky": (
        "Take lightly, as it came back in less than half: {listed}.",
        "不到一半的次数再次出现，别太当真：{listed}。",
    ),
    "discover.chance": (
        "On points that the search had not seen this does not hold: take it for chance.",
        "放到搜索时没见过的点上就不成立，先当作偶然。",
    ),
    "discover.no_box": (
        "No limits tell these futures from the others.",
        "找不到能把它们和其他模拟未来区分开的条件。",
    ),
    "discover.tree": (
        "A tree of questions says much the same in other words:",
        "换成一棵判断树来看：",
    ),
    "discover.no_rule": (
        "A tree of questions finds no rule that holds on points it had not seen.",
        "判断树也找不到放到新点上还成立的规则。",
    ),
    "discover.half_above": (
        "{name} by itself: above {value} ({low} to {high}), more than half of the futures {they}.",
        "单看{name}：高于 {value}（{low} 到 {high}），过半的模拟未来{they}。",
    ),
    "discover.half_below": (
        "{name} by itself: below {value} ({low} to {high}), more than half of the futures {they}.",
        "单看{name}：低于 {value}（{low} 到 {high}），过半的模拟未来{they}。",
    ),
    "discover.together": (
        "{one} and {other} act together: {share} of the differences in {kpi} come from the two at once, beyond what each does alone.",
        "“{one}”和“{other}”互相影响：{kpi}的差别里，有 {share} 是两者凑在一起才有的。",
    ),
    "discover.apart": (
        "No two of the strongest factors noticeably act together.",
        "最强的几个因素之间，看不出谁和谁互相影响。",
    ),
    "discover.surrogate": (
        "Between the simulated points {method} stands for the model: it foretells {share} of the differences in {kpi} at points it had not seen (Q2 {q2}).",
        "没有模拟过的点，由{method}代替模型估计：对没见过的点，它能说中{kpi}差别的 {share}（Q2 = {q2}）。",
    ),
    "discover.untrusted": (
        "{method} foretells too little of {kpi} at points it had not seen (Q2 {q2}, wanted {least}), so it is not asked. Simulate more points, or more futures of each.",
        "对没见过的点，{method}说不准{kpi}（Q2 = {q2}，至少要 {least}），所以不用它。请多模拟一些点，或每个点多跑几个未来。",
    ),
    "discover.process": ("a Gaussian process", "高斯过程"),
    "discover.boosting": ("boosted trees", "提升树"),
    # Figures
    "discover.boxes_sub": (
        "Left: the search, step by step. Right: the limits it ends with, over the range sampled",
        "左：搜索经过的每一步。右：最后得到的条件，横条是取样范围",
    ),
    "discover.boxes_note": (
        "Coverage: how much of all such futures is inside. Density: how much of what is inside is such. p: how likely so dense a box would be if the factor did not count (found on the same futures, so take it lightly). Dashed: everywhere.",
        "覆盖：全部这类模拟未来里，有多少在里面。密度：里面的有多少是这类。p：这个因素不起作用时，碰巧这么密的可能性（条件就是在这批数据上找的，只能当参考）。虚线：不加条件时。",
    ),
    "discover.coverage_axis": ("coverage", "覆盖"),
    "discover.density_axis": ("density", "密度"),
    "discover.box_mark": ("box {number}", "条件组 {number}"),
    "discover.everywhere": ("everywhere {share}", "不加条件 {share}"),
    "discover.p": ("p = {value}", "p = {value}"),
    "discover.p_small": ("p < 0.001", "p < 0.001"),
    "discover.curves_sub": (
        "Share of futures {that}, along one factor at a time; the others vary as sampled",
        "{that}模拟未来占多少：每张图只看一个因素，其他照取样变化",
    ),
    "discover.curves_note": (
        "Band and bars: 95 % range of the share, each value by itself. Dotted: one half. Vertical: where the share passes one half, with its range.",
        "色带和竖线：比例的 95% 误差范围，逐点看。点线：一半。竖虚线：从这里起过半，浅色是它的误差范围。",
    ),
    "discover.curves_half": (
        "{name} {way} {value}: more than half of the futures {they}",
        "{name}{way} {value} 时，过半的模拟未来{they}",
    ),
    "discover.way_above": ("above", "高于"),
    "discover.way_below": ("below", "低于"),
    "discover.curves_none": (
        "No factor alone decides: what tells most is {name}, from {low} to {high} of 100 futures",
        "单看一个因素定不了：影响最大的是{name}，100 个里从 {low} 个到 {high} 个",
    ),
    "discover.pair_find": (
        "{one} and {other} act together: {share} of the differences in {kpi}",
        "“{one}”和“{other}”互相影响，占{kpi}差别的 {share}",
    ),
    "discover.pair_none": (
        "{one} and {other} hardly act together",
        "“{one}”和“{other}”基本互不影响",
    ),
    "discover.pair_sub": (
        "{kpi} by the surrogate, the other factors as sampled. Right: the same along {one}",
        "代替模型估计的{kpi}，其他因素照取样变化。右：沿“{one}”看",
    ),
    "discover.pair_note": (
        "Lines that run alike: no acting together. H = {h} (Friedman and Popescu): 0 = the two only add up, 1 = all they do is joint. Q2 of the surrogate: {q2}.",
        "几条线走势一样，就是互不影响。H = {h}（Friedman 和 Popescu）：0 是各管各的，1 是全靠两者凑在一起。代替模型的 Q2 = {q2}。",
    ),
    "discover.pair_edge": ("White line: {kpi} = {value}.", "白线：{kpi} = {value}。"),
    # Page and command
    "discover.looking": (
        "Looking through {rows} runs; that takes up to a minute ...",
        "正在翻看 {rows} 次模拟，最多一分钟……",
    ),
    "discover.title": ("Where is {condition}?", "什么情况下 {condition}？"),
    "discover.found": ("What was found", "结果"),
    "discover.tile_base": ("of all runs", "占全部模拟"),
    "discover.tile_density": ("inside the first box", "第一组条件之内"),
    "discover.tile_coverage": ("of them are in it", "落在这组条件里"),
    "discover.title_boxes": ("The box", "条件组"),
    "discover.title_thresholds": ("One factor at a time", "逐个因素看"),
    "discover.title_interaction": ("Two factors together", "两个因素一起看"),
}

DISCOVER_CLI: dict[str, tuple[str, str]] = {
    "cli.examples_discover": (
        'qunsim discover results/what-decides --where "profit < 0"\nqunsim discover results/what-decides --where "active_30d < 20"',
        'qunsim discover results/what-decides --where "profit < 0" --lang zh\nqunsim discover results/what-decides --where "active_30d < 20" --lang zh',
    ),
    "cli.about_discover": (
        "Among the runs of a sensitivity study: under which values something goes wrong (needs the extra plan).",
        "在敏感度分析的模拟里，找出什么样的数值组合会出问题（需要安装 plan 扩展）。",
    ),
    "cli.arg_study_folder": ("the folder of a finished study", "已完成的研究文件夹"),
    "cli.opt_where": (
        'what to look for: an output, a comparison, a number ("profit < 0")',
        '要找的情况：指标、比较符、数值（"profit < 0"）',
    ),
    "cli.opt_arm": ("the lever under which to look (default: base)", "看哪个方案（默认 base）"),
}
