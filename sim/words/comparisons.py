"""Texts of a comparison: differences in words, what a variant costs, the table, assumptions.

``more_*`` and ``less_*`` say a difference by the kind of its unit; ``quantity_*`` names KPIs of
which one says "14 more ..." in English, all others are "14 higher"; ``row_*`` are labels short
enough for a table.
"""

from __future__ import annotations

COMPARISONS: dict[str, tuple[str, str]] = {
    "compare.question": ("Which way of running it is best?", "哪种做法最好？"),
    "compare.facts": ("{name}, {members} members, {days} days", "{name}，{members} 人，{days} 天"),
    "compare.facts_budget": ("budget {money}", "预算 {money}"),
    "compare.facts_minutes": ("{time} of work a week", "每周 {time}工时"),
    "compare.facts_goal": ("goal: {kpi}", "目标：{kpi}"),
    "compare.nothing_added": ("no extra policy", "不加动作"),
    "compare.nothing_changed": ("nothing changed", "没有改动"),
    "compare.policy": ("{policy} ({settings})", "{policy}（{settings}）"),
    "compare.without": ("without {policy}", "不做{policy}"),
    "compare.from_day": ("from day {day}", "第 {day} 天起"),
    "compare.input": ("{name}: {after} (was {before})", "{name}：{after}（原来 {before}）"),
    "compare.change": ("1 change", "改动 1 处"),
    "compare.changes": ("{count} changes", "改动 {count} 处"),
    "compare.verdict": ("VERDICT", "结论"),
    "compare.row_hours": ("staff hours a week", "每周工时（小时）"),
    "compare.row_payback": ("pays for itself", "回本"),
    "compare.row_retention_d7": ("stay 7 days", "7日留群率"),
    "compare.row_retention_d30": ("stay 30 days", "30日留群率"),
    "compare.row_retention_d90": ("stay 90 days", "90日留群率"),
    "compare.row_effective_joins": ("newcomers who stay", "有效新增"),
    "compare.row_ltv": ("value of a newcomer", "用户终身价值"),
    "compare.row_cac": ("cost of a newcomer", "拉新成本"),
    "compare.at_once": ("at once", "一开始就回本"),
    "compare.futures": (
        '{futures} simulated futures of each. "Usually" means in 90 of 100.',
        "每个方案各 {futures} 个模拟未来。“多数”指 100 个里的 90 个。",
    ),
    "compare.futures_plain": (
        "{futures} simulated futures of each.",
        "每个方案各 {futures} 个模拟未来。",
    ),
    "compare.counted_otherwise": (
        "* moved partly because it is counted over other members; read the totals",
        "* 有一部分变动只是因为统计的人变了，请看总数",
    ),
    "compare.next_explain": ("where the gain comes from", "看差别从哪里来"),
    "compare.next_plan": ("the best use of the budget", "这笔预算怎么花最好"),
    "compare.base_policies": ("{count} policies, unchanged", "{count} 个动作照旧"),
    "compare.failed": (
        "{count} of {total} futures failed and are left out",
        "{total} 个模拟未来里有 {count} 个出错，已剔除",
    ),
    "compare.of_variant": ('"{name}": {note}', "“{name}”：{note}"),
    # Differences by the kind of their unit
    "compare.more_count": ("more", "多"),
    "compare.less_count": ("fewer", "少"),
    "compare.more_amount": ("more", "多"),
    "compare.less_amount": ("less", "少"),
    "compare.more_level": ("higher", "高"),
    "compare.less_level": ("lower", "低"),
    "compare.more_time": ("longer", "长"),
    "compare.less_time": ("shorter", "短"),
    "compare.more_day": ("later", "晚"),
    "compare.less_day": ("earlier", "早"),
    "compare.profit_more": ("more", "多赚"),
    "compare.profit_less": ("less", "少赚"),
    "compare.profit_in_more": ("more", "赚得更多"),
    "compare.profit_in_less": ("less", "赚得更少"),
    "compare.in_better": ("better", "更好"),
    "compare.in_worse": ("worse", "更差"),
    "compare.gain_quantity": ("{size} {more} {kpi}", "{kpi}平均{more} {size}"),
    "compare.gain_level": ("{kpi} {size} {more}", "{kpi}平均{more} {size}"),
    "compare.gain_profit": ("{size} {more} {kpi}", "平均{more} {size}"),
    "compare.rises": ("{kpi} rises by {size}", "{kpi}{more} {size}"),
    "compare.falls": ("{kpi} falls by {size}", "{kpi}{more} {size}"),
    "compare.often": ("{count}", " {count} "),
    "compare.over": ("over {count}", "超过 {count} "),
    "compare.under": ("under {count}", "不到 {count} "),
    "compare.and": (" and ", "和"),
    # What "14 more ..." is said of
    "compare.quantity_profit": ("profit", "利润"),
    "compare.quantity_revenue": ("revenue", "实收"),
    "compare.quantity_cost": ("spending", "支出"),
    "compare.quantity_gross_sales": ("gross sales", "GMV（成交额）"),
    "compare.quantity_contribution": ("contribution margin", "边际贡献"),
    "compare.quantity_active_7d": ("weekly active members", "周活"),
    "compare.quantity_active_30d": ("monthly active members", "月活"),
    "compare.quantity_members": ("members", "群人数"),
    "compare.quantity_openers": ("members who opened the group", "打开人数"),
    "compare.quantity_speakers": ("members who spoke", "发言人数"),
    "compare.quantity_messages": ("messages", "消息数"),
    "compare.quantity_replies": ("replies", "回复数"),
    "compare.quantity_joins": ("people joining", "入群人数"),
    "compare.quantity_leaves": ("members leaving", "退群人数"),
    "compare.quantity_invites_accepted": ("invited members", "邀请入群"),
    "compare.quantity_payers": ("members who paid", "付费人数"),
    "compare.quantity_paid_members": ("members in a paid period", "在期会员"),
    "compare.quantity_newcomer_speakers": ("first-time speakers", "首次发言人数"),
    "compare.quantity_effective_joins": ("newcomers who stay and read", "有效新增"),
    "compare.quantity_owner_minutes": ("staff time", "运营工时"),
    "compare.quantity_work_not_done_minutes": ("planned work not done", "没做完的活"),
    # What it costs
    "compare.price": ("Its price: {parts}.", "代价：{parts}。"),
    "compare.price_nothing": (
        "Its price: no extra money and no extra time.",
        "代价：不多花钱，也不多花时间。",
    ),
    "compare.saves": ("It saves {parts}.", "另外{parts}。"),
    "compare.price_money": (
        "{money} more spending in {days} days",
        "{days} 天多花 {money}",
    ),
    "compare.price_time": ("{time} more work a week", "每周多花 {time}"),
    "compare.saves_money": ("{money} of spending in {days} days", "{days} 天省 {money}"),
    "compare.saves_time": ("{time} of work a week", "每周省 {time}"),
    # One line for each of the other variants
    "compare.short_none": ('"{v}": no verdict, {reason}.', "“{v}”：没有结论，{reason}。"),
    "compare.short_same_now": (
        '"{v}": practically the same as now.',
        "“{v}”：和现在差不多。",
    ),
    "compare.short_same": (
        '"{v}": practically the same as "{b}".',
        "“{v}”：和“{b}”差不多。",
    ),
    "compare.short_clearly_better": (
        '"{v}": clearly better, {gain} on average, {comp} in {often} of {total}.',
        "“{v}”：明显更好，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_probably_better": (
        '"{v}": probably better, {gain} on average, {comp} in {often} of {total}.',
        "“{v}”：多半更好，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_better_on_average": (
        '"{v}": better on average only, {gain}, {comp} in {often} of {total}.',
        "“{v}”：只是平均更好，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_clearly_worse": (
        '"{v}": clearly worse, {gain} on average, {comp} in {often} of {total}.',
        "“{v}”：明显更差，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_probably_worse": (
        '"{v}": probably worse, {gain} on average, {comp} in {often} of {total}.',
        "“{v}”：多半更差，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_worse_on_average": (
        '"{v}": worse on average only, {gain}, {comp} in {often} of {total}.',
        "“{v}”：只是平均更差，{gain}，{total} 个里有{often}个{comp}。",
    ),
    "compare.short_unclear": (
        '"{v}": cannot be told from "{b}", between {lo} and {hi} on average.',
        "“{v}”：和“{b}”分不出高下，平均差在 {lo} 到 {hi} 之间。",
    ),
    # If our assumptions are off
    "compare.ahead": (
        'If our assumptions are off: "{v}" stays ahead in {k} of {m} sets of them.',
        "万一假设不准：{m} 组不同的假设里，{k} 组仍是“{v}”更好。",
    ),
    "compare.behind": (
        'If our assumptions are off: "{v}" stays behind in {k} of {m} sets of them.',
        "万一假设不准：{m} 组不同的假设里，{k} 组仍是“{v}”更差。",
    ),
    "compare.falls_behind": ("It falls behind if {turning}.", "{turning}时，它就不如“{b}”。"),
    "compare.gets_ahead": ("It gets ahead if {turning}.", "{turning}时，它就比“{b}”好。"),
    "compare.turning_below": (
        '"{name}" is below {value} (we assume {default})',
        "“{name}”低于 {value}（我们假设 {default}）",
    ),
    "compare.turning_above": (
        '"{name}" is above {value} (we assume {default})',
        "“{name}”高于 {value}（我们假设 {default}）",
    ),
    "compare.or": (" or ", "，或者"),
}
