"""The page of a sensitivity study: answers, tables, what was left out, how it was made."""

from __future__ import annotations

SENSITIVITY_PAGES: dict[str, tuple[str, str]] = {
    # Head
    "factor.question": ("What decides how {name} does?", "{name}的走向取决于什么？"),
    "factor.line": (
        "{method}, size {size}: {factors} factors and an inert one, {points} points, {replicates} runs each",
        "{method}，规模 {size}：{factors} 个因素加一个空白因素，{points} 个设计点，每点 {replicates} 次模拟",
    ),
    "factor.line_days": ("{days} days; {line}", "{days} 天；{line}"),
    "factor.line_screened": (
        "{line}; chosen from {all} by screening",
        "{line}；从 {all} 个因素里筛选而来",
    ),
    "factor.missing": (
        "{count} runs are still missing: nothing is told before all parts are there.",
        "还差 {count} 次模拟：各部分齐全之前不下结论。",
    ),
    "factor.sentence": ("{finding}. {rest}", "{finding}。{rest}"),
    "factor.then": ("Then: {listed}.", "其次：{listed}。"),
    "factor.then_one": ("{name} ({amount})", "{name}（{amount}）"),
    "factor.rest": (
        "{count} factors cannot be told from luck.",
        "{count} 个因素与运气区分不开。",
    ),
    "factor.rest_one": ("One factor cannot be told from luck.", "1 个因素与运气区分不开。"),
    "factor.together": ("It acts mostly together with others.", "它主要和别的因素一起起作用。"),
    "factor.no_answer": ("{output}: no indices, as {why}.", "{output}：没有指数，{why}。"),
    "factor.tile_luck": (
        "luck alone, of the variance of one run",
        "单次模拟的方差里，纯属运气的占",
    ),
    "factor.tile_luck_note": ("{output}; means still have {left}", "{output}；取平均后还剩 {left}"),
    "factor.tile_told": ("factors told from luck", "能和运气区分开的因素"),
    "factor.tile_told_of": ("{told} of {count}", "{told}/{count}"),
    "factor.tile_stable": ("same order at half the size", "规模减半，顺序相同"),
    "factor.tile_outputs": ("outputs, first five factors", "个输出，看前五名"),
    "factor.tile_failed": ("runs that failed", "失败的模拟"),
    "factor.tile_runs": ("of {count} runs", "共 {count} 次"),
    "factor.note_means": (
        "What is shown depends on the ranges that were given to the factors, below.",
        "结果取决于给各因素设定的范围，见下文。",
    ),
    # Sections
    "factor.section_outputs": ("What decides each output", "各个输出取决于什么"),
    "factor.section_time": ("What matters when", "什么时候什么重要"),
    "factor.section_points": ("Along the factors that matter most", "沿着最重要的因素看"),
    "factor.section_screening": ("Screening", "筛选"),
    "factor.section_plane": ("Size and spread of the effects", "作用的大小和离散程度"),
    "factor.section_failed": ("Left out", "没有计入的"),
    "factor.section_factors": ("Factors and their ranges", "因素和范围"),
    # Table of outputs
    "factor.column_output": ("output", "输出"),
    "factor.column_first": ("told from luck", "能和运气区分开的"),
    "factor.column_floor": ("luck's floor", "运气的底线"),
    "factor.column_luck": ("luck in one run", "单次模拟里的运气"),
    "factor.column_left": ("in means", "平均后"),
    "factor.column_stable": ("stable", "稳定"),
    "factor.column_used": ("points", "用到的点"),
    "factor.yes": ("yes", "是"),
    "factor.no": ("no", "否"),
    "factor.none": ("none", "无"),
    "factor.outputs_note": (
        "Floor: index of the inert factor and half its range. Luck: share of the variance of one run, and of means over the replicates. Stable: the first five that are told from luck come in the same order at half the size. Points: used of all; the others are left out, as a run of their block failed or is undefined.",
        "底线：空白因素的指数加上半个范围。运气：占单次模拟方差的份额，以及重复取平均后的份额。稳定：规模减半，能和运气区分开的前五名顺序不变。用到的点：其余的点所在组里有模拟失败或算不出，不计入。",
    ),
    "factor.stretches": ("The same, stretch by stretch", "逐个时段的同样数字"),
    "factor.no_luck": (
        "One run a point: what luck adds is not known.",
        "每点只模拟一次：不知道运气占多少。",
    ),
    # Table of indices
    "factor.column_factor": ("factor", "因素"),
    "factor.column_path": ("path", "路径"),
    "factor.column_range": ("{index}, 95 %", "{index}，95%"),
    "factor.column_told": ("told from luck", "与运气区分"),
    "factor.column_at": ("value", "取值"),
    "factor.column_mean": ("mean of {output}", "{output}的平均"),
    "factor.column_points": ("points", "点数"),
    "factor.column_day": ("day {day}", "第 {day} 天"),
    # Screening
    "factor.screened": (
        "{trajectories} trajectories through all {count} factors; {kept} went on, those that matter most to any output.",
        "{trajectories} 条轨迹走遍全部 {count} 个因素；对任一输出影响最大的 {kept} 个进入下一步。",
    ),
    "factor.effects_note": (
        "mu*: mean size of the change as the factor goes through its range.",
        "μ*：走完整个范围，变化的平均大小。",
    ),
    # Left out
    "factor.left_out": (
        "{failed} runs failed. Their points are left out together with those they belong to: {out} at most.",
        "{failed} 次模拟失败。所在的点连同同组的点都不计入，最多 {out} 个。",
    ),
    "factor.column_run": ("point/run", "点/次"),
    "factor.column_error": ("what went wrong", "出了什么错"),
    "factor.failed_more": ("The first {count} are listed.", "只列出前 {count} 个。"),
    # Factors
    "factor.column_distribution": ("distribution", "分布"),
    "factor.column_assumed": ("assumed", "默认值"),
    "factor.ranges_note": (
        "{given} of {count} ranges were given by the study; the others follow from the confidence: the less a value is trusted, the wider.",
        "{count} 个范围里有 {given} 个写在研究文件里，其余由可信度决定：越不可信，范围越宽。",
    ),
    "factor.factors_screened": ("{count} that were only screened", "只参与筛选的 {count} 个"),
    "factor.distribution_uniform": ("uniform", "均匀"),
    "factor.distribution_loguniform": ("log-uniform", "对数均匀"),
    "factor.distribution_triangular": ("triangular", "三角"),
    "factor.distribution_normal": ("normal, cut off", "截断正态"),
    "factor.distribution_lognormal": ("lognormal, cut off", "截断对数正态"),
    "factor.distribution_beta": ("beta", "贝塔"),
    "factor.distribution_choice": ("one of these", "任选其一"),
    # How made
    "factor.how_sobol": (
        "ST is the share of the variance that a factor has a part in, alone or with others; S1 what it explains alone (Saltelli et al. 2010; Jansen 1999). Products of answers are taken between different replicates, so that luck does not pass for an effect.",
        "ST 是与该因素有关的方差份额（单独加上与其他因素一起），S1 是它单独解释的部分（Saltelli 等 2010；Jansen 1999）。相乘的两个答案取自不同的重复，运气不会被当成作用。",
    ),
    "factor.how_morris": (
        "Trajectories in which one factor moves at a time: mu* is the mean size of the change, per whole range, sigma how it differs from place to place (Morris 1991; Campolongo et al. 2007).",
        "沿轨迹每次只动一个因素：μ* 是变化的平均大小（按走完整个范围算），σ 是各处的差别（Morris 1991；Campolongo 等 2007）。",
    ),
    "factor.how_fast": (
        "Each factor swings at a frequency of its own, and the variance is read off the spectrum (Saltelli et al. 1999). Luck is in it.",
        "每个因素以自己的频率变动，从频谱读出方差（Saltelli 等 1999）。其中含有运气。",
    ),
    "factor.how_rbd_fast": (
        "First-order shares of the variance, read off the spectrum after sorting by each factor (Tarantola et al. 2006). Luck is in the variance.",
        "按每个因素排序后，从频谱读出一阶方差份额（Tarantola 等 2006）。方差里含有运气。",
    ),
    "factor.how_pawn": (
        "Distance of the distribution in a slice of a factor to that of all points, the median over ten slices (Pianosi and Wagener 2018).",
        "按因素取值切成十段，每段的分布与总体分布的距离，取中位数（Pianosi、Wagener 2018）。",
    ),
    "factor.how_delta": (
        "How far the whole distribution shifts once a factor is known (Borgonovo 2007; Plischke et al. 2013).",
        "知道一个因素的取值后，整个分布移动多少（Borgonovo 2007；Plischke 等 2013）。",
    ),
    "factor.how_dgsm": (
        "Mean squares of slopes, which bound ST from above (Sobol and Kucherenko 2009).",
        "斜率平方的均值，它给出 ST 的上界（Sobol、Kucherenko 2009）。",
    ),
    "factor.how_lhs": (
        "Partial rank correlations on a Latin hypercube; their sign is the direction (Saltelli and Marivoet 1990).",
        "拉丁超立方上的偏秩相关，正负号是方向（Saltelli、Marivoet 1990）。",
    ),
    "factor.how_factorial": (
        "All factors at their low and high ends at once, in a balanced way; interactions are mixed into the effects.",
        "所有因素同时取低端或高端，彼此均衡；交互作用会混进各自的作用里。",
    ),
    "factor.how_oat": (
        "One factor at a time goes to each end of its range, all others as assumed; it sees no interactions.",
        "每次只把一个因素推到两端，其余保持默认；看不到交互作用。",
    ),
    "factor.how_luck": (
        "All points went through the same luck, so that differences between them come from the factors.",
        "所有设计点经历同样的运气，差别来自各个因素。",
    ),
    "factor.how_floor": (
        "An inert factor, on which nothing depends but luck, went through the same analysis. What it shows, others may show without any effect: that is luck's floor.",
        "一个什么也不影响、只换运气的空白因素做了同样的分析。它显示多少，别的因素毫无作用也可能显示多少，这就是运气的底线。",
    ),
    "factor.how_ranges": (
        "95 % ranges come from drawing the points anew; they do not say whether the ranges of the factors are right.",
        "95% 的范围来自对设计点重新抽样，说明不了因素的范围设得对不对。",
    ),
    "factor.how_blocks": (
        "A point with a failed or undefined run is left out together with its block, as one missing answer would spoil all indices.",
        "只要有一次模拟失败或算不出，该点连同同组的点都不计入，否则一个缺失会毁掉所有指数。",
    ),
    "factor.how_together": (
        "Drawn together: {one} and {other}, rank correlation {rank}.",
        "一起抽取：{one}和{other}，秩相关 {rank}。",
    ),
}
