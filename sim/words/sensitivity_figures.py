"""Figures of a sensitivity study: which uncertain values decide an output.

``output`` is an output, ``name`` a factor in quotation marks. A chance of nothing is "luck".
"""

from __future__ import annotations

from sim.words.sensitivity_pages import SENSITIVITY_PAGES

SENSITIVITY_FIGURES: dict[str, tuple[str, str]] = {
    # Names
    "factor.in_arm": ("{output} ({arm})", "{output}（{arm}）"),
    "factor.until": ("{output} up to day {day}", "截至第 {day} 天的{output}"),
    "factor.inert": ("inert factor", "空白因素"),
    "factor.method_sobol": ("Sobol", "Sobol 法"),
    "factor.method_morris": ("Morris", "Morris 法"),
    "factor.method_fast": ("FAST", "FAST 法"),
    "factor.method_rbd_fast": ("RBD-FAST", "RBD-FAST 法"),
    "factor.method_pawn": ("PAWN", "PAWN 法"),
    "factor.method_delta": ("Delta", "Delta 法"),
    "factor.method_dgsm": ("DGSM", "DGSM 法"),
    "factor.method_lhs": ("Latin hypercube and regression", "拉丁超立方加回归"),
    "factor.method_factorial": ("Fractional factorial", "部分析因设计"),
    "factor.method_oat": ("One at a time", "逐个改动"),
    "factor.index_ST": ("ST", "ST"),
    "factor.index_S1": ("S1", "S1"),
    "factor.index_mu_star": ("mu*", "μ*"),
    "factor.index_sigma": ("sigma", "σ"),
    "factor.index_delta": ("delta", "δ"),
    "factor.index_median": ("median distance", "距离中位数"),
    "factor.index_maximum": ("largest distance", "最大距离"),
    "factor.index_PRCC": ("PRCC", "PRCC"),
    "factor.index_SRC": ("SRC", "SRC"),
    "factor.index_dgsm": ("bound on ST", "ST 上界"),
    "factor.index_vi": ("mean squared slope", "斜率平方的均值"),
    "factor.index_effect": ("high minus low", "高端减低端"),
    "factor.index_span": ("largest change", "最大变化"),
    "factor.index_low": ("at the low end", "低端时"),
    "factor.index_high": ("at the high end", "高端时"),
    # What is drawn of each index
    "factor.draws_ST": (
        "{output}: share of the variance that each factor has a part in (ST)",
        "{output}：方差中有多大份额与各因素有关（ST）",
    ),
    "factor.draws_S1": (
        "{output}: share of the variance that each factor explains by itself (S1)",
        "{output}：方差中有多大份额由各因素单独解释（S1）",
    ),
    "factor.draws_mu_star": (
        "{output}: mean change as each factor goes through its range (mu*)",
        "{output}：各因素走完整个范围，平均带来多大变化（μ*）",
    ),
    "factor.draws_delta": (
        "{output}: how far each factor, once known, shifts the distribution (delta)",
        "{output}：知道各因素的取值后，分布移动多少（δ）",
    ),
    "factor.draws_median": (
        "{output}: distance of distributions in slices of each factor (PAWN)",
        "{output}：按各因素的取值分段，分布之间的距离（PAWN）",
    ),
    "factor.draws_PRCC": (
        "{output}: partial rank correlation with each factor, -1 to 1 (PRCC)",
        "{output}：与各因素的偏秩相关，-1 到 1（PRCC）",
    ),
    "factor.draws_dgsm": (
        "{output}: upper bound on each factor's share of the variance (DGSM)",
        "{output}：与各因素有关的方差份额的上界（DGSM）",
    ),
    "factor.draws_effect": (
        "{output}: high end minus low end of each factor, the others balanced",
        "{output}：各因素高端与低端之差，其余因素保持均衡",
    ),
    "factor.draws_span": (
        "{output}: change when one factor alone goes to an end of its range",
        "{output}：只把一个因素推到范围的一端，带来多大变化",
    ),
    # Tornado
    "factor.find_share": (
        "{output}: {percent} of the variance has to do with {name}",
        "{output}的方差有 {percent} 与{name}有关",
    ),
    "factor.find_alone": (
        "{output}: {name} by itself explains {percent} of the variance",
        "{output}的方差有 {percent} 由{name}单独解释",
    ),
    "factor.find_amount": (
        "{output}: most decisive is {name}, by {amount} over its range",
        "对{output}影响最大的是{name}：走完整个范围，变化 {amount}",
    ),
    "factor.find_plain": (
        "{output}: most decisive is {name} ({index} {amount})",
        "{output}最取决于{name}（{index} {amount}）",
    ),
    "factor.find_none": (
        "{output}: no factor can be told from luck",
        "{output}：没有哪个因素能和运气区分开",
    ),
    "factor.note_band": (
        "Grey band: up to {floor}, what a factor without any effect may show.",
        "灰带：到 {floor} 为止，毫无作用的因素也可能显示这么多。",
    ),
    "factor.note_lines": ("Lines: 95 % range.", "横线：95% 的范围。"),
    "factor.note_alone": ("Dark: what the factor does by itself (S1).", "深色：单独的作用（S1）。"),
    "factor.note_hatched": (
        "Hatched: not told from the inert factor.",
        "斜线：与空白因素区分不开。",
    ),
    "factor.note_ends": ("Pale: low end; dark: high end.", "浅色：低端；深色：高端。"),
    "factor.note_more": (
        "{count} factors with less are not drawn.",
        "另有 {count} 个更弱的因素没有画。",
    ),
    "factor.luck_to": ("luck: up to {floor}", "运气：到 {floor}"),
    # Over time
    "factor.course_sub": (
        "{output}: {index} of each factor; columns: means over {every} days",
        "{output}：各因素的 {index}；每列是 {every} 天的平均",
    ),
    "factor.course_relative": (
        "{output}: {index} relative to the largest of each column; means over {every} days",
        "{output}：{index}，相对于当列最大值；每列是 {every} 天的平均",
    ),
    "factor.course_changes": (
        "{output}: most decisive is {early} up to day {day}, {late} up to day {end}",
        "{output}：到第 {day} 天最取决于{early}，到第 {end} 天最取决于{late}",
    ),
    "factor.course_same": (
        "{output}: most decisive is {early}, from day {day} to day {end}",
        "{output}从第 {day} 天到第 {end} 天一直最取决于{early}",
    ),
    "factor.course_once": (
        "{output}: most decisive is {early} up to day {day}; at other times none can be told from luck",
        "{output}只在截至第 {day} 天的时段能区分出因素，最取决于{early}",
    ),
    "factor.course_none": (
        "{output}: no factor can be told from luck at any time",
        "{output}：任何时候都没有哪个因素能和运气区分开",
    ),
    "factor.course_bold": (
        "Numbers: told from the inert factor. Pale stripes: not told from it.",
        "有数字：能与空白因素区分开。浅斜线：区分不开。",
    ),
    "factor.course_grey": (
        "Grey: no index up to day {days}, as {why}.",
        "灰色：截至第 {days} 天没有指数，{why}。",
    ),
    "factor.course_x": ("last day of the stretch", "时段的最后一天"),
    "factor.why_constant": ("nothing varies", "没有任何变化"),
    "factor.why_missing": ("too many runs failed or are undefined", "失败或算不出的太多"),
    "factor.why_luck": ("nothing but luck is sure", "除了运气什么都说不准"),
    # Morris plane
    "factor.plane_find": (
        "{output}: {told} of {count} factors can be told from luck, first of all {name}",
        "{output}：{count} 个因素里有 {told} 个能和运气区分开，首先是{name}",
    ),
    "factor.plane_sub": (
        "{output}: mean size of effects (mu*, across) and their spread (sigma, up)",
        "{output}：横轴是作用的平均大小（μ*），纵轴是作用因处而异的程度（σ）",
    ),
    "factor.plane_note": (
        "Below the lowest line an effect is straight, then it has one direction, then nearly; above the uppermost it turns or depends on other factors. Effects: per whole range of a factor.",
        "最低的线以下近似直线，往上依次是方向一致、基本一致；最高的线以上，作用会反转或取决于其他因素。作用按走完整个范围算。",
    ),
    "factor.plane_kept": ("Filled: went on to the next step.", "实心：进入下一步。"),
    "factor.plane_x": ("mu*: mean size", "μ*：平均大小"),
    "factor.plane_y": ("sigma: spread", "σ：离散程度"),
    # Points
    "factor.points_sub": (
        "{output} by the strongest factors; line: means of neighbouring points",
        "{output}，按影响最大的因素分别画；折线：相邻各点的平均",
    ),
    "factor.points_note": (
        "Each point is the mean of {replicates} runs; all factors differ between points.",
        "每个点是 {replicates} 次模拟的平均；各点之间所有因素都不同。",
    ),
    "factor.points_some": (
        "{drawn} of {count} points are drawn.",
        "画了 {count} 个点中的 {drawn} 个。",
    ),
    "factor.points_goes": (
        "{output}: from {low} to {high} as {name} goes through its range",
        "{name}从低端走到高端，{output}从 {low} 变到 {high}",
    ),
    "factor.points_top": (
        "{output}: highest, {high}, where {name} is near {value}; {low} at the ends",
        "{name}在 {value} 附近时{output}最高：{high}，两端是 {low}",
    ),
    "factor.points_bottom": (
        "{output}: lowest, {low}, where {name} is near {value}; {high} at the ends",
        "{name}在 {value} 附近时{output}最低：{low}，两端是 {high}",
    ),
    "factor.points_best": (
        "{output}: highest, {high}, with {value} in {name}; lowest {low}",
        "{name}取 {value} 时{output}最高：{high}；最低是 {low}",
    ),
    **SENSITIVITY_PAGES,
}
