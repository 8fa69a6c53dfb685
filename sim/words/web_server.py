"""What the web server says: names it gives, what keeps it from answering, and tasks."""

from __future__ import annotations

WEB_SERVER: dict[str, tuple[str, str]] = {
    "web.server.variant": ("variant {number}", "方案 {number}"),
    # A policy, and what is planned
    "web.server.from_to": ("day {start} to day {last}", "第 {start} 天到第 {last} 天"),
    "web.server.a_week": ("{time} a week", "每周 {time}"),
    "web.server.over_minutes": (
        "from day {day}: over the hours by up to {time} a week (weeks: {weeks})",
        "第 {day} 天起有 {weeks} 周超出工时，一周最多超 {time}",
    ),
    "web.server.undone": (
        "from day {day}: no time for {names}; {time} will not be done (weeks: {weeks})",
        "第 {day} 天起有 {weeks} 周忙不过来：{names}，共少做 {time}",
    ),
    "web.server.over_budget": (
        "day {day}: the budget is used up; {money} too much by the end",
        "第 {day} 天：预算用完，到期末超出 {money}",
    ),
    "web.server.left_out": ("without: {name}", "去掉{name}"),
    "web.server.changed": ("{name}: {before} → {after}", "{name}：{before} → {after}"),
    "web.server.set_to": ("{name}: {after}", "{name}：{after}"),
    "web.server.setting_of": ("{policy}: {setting}", "{policy}的“{setting}”"),
    # Fields of a work, as mistakes name them
    "web.server.field_name": ("name", "名称"),
    "web.server.field_days": ("days", "天数"),
    "web.server.field_goal": ("goal", "目标"),
    "web.server.field_budget": ("budget", "预算"),
    "web.server.field_minutes": ("minutes a week", "每周工时"),
    "web.server.field_seed": ("seed", "随机种子"),
    "web.server.field_precision": ("precision", "精度"),
    "web.server.field_futures": ("simulated futures", "模拟未来数"),
    "web.server.field_set": ("changed numbers", "改动的数"),
    "web.server.field_policies": ("policies", "动作"),
    "web.server.field_without": ("policies left out", "去掉的动作"),
    "web.server.field_variants": ("variants", "方案"),
    "web.server.field_community": ("community", "群"),
    "web.server.field_preset": ("kind of group", "群的类型"),
    "web.server.field_upload": ("chat log", "聊天记录"),
    "web.server.field_use": ("which policy", "哪个动作"),
}

WORK_ERRORS: dict[str, tuple[str, str]] = {
    "error.wrong_form.work_missing": ("{key} is missing", "缺少 {key}"),
    "error.wrong_form.work_form": (
        "{key} = {value} is of another kind than what belongs there",
        "{key} = {value}，和这里该填的不是一类",
    ),
    "error.wrong_form.work_number": (
        "{key} = {value}. Write a number from {low} to {high}",
        "{key} = {value}。请写 {low} 到 {high} 之间的数",
    ),
    "error.wrong_form.work_alone": (
        "there is nothing to compare with “as now” yet. Add a variant",
        "还没有可以和“现在这样”比的方案。请先加一个方案",
    ),
    "error.wrong_form.work_community": (
        "a work begins with one community: a kind of group, or a chat log",
        "方案要从一个群开始：选一种群，或用自己的聊天记录",
    ),
    "error.out_of_range.work_variants": (
        "{value} variants beside the baseline; at most {high}. Remove one",
        "除“现在这样”外有 {value} 个方案，最多 {high} 个。请先删一个",
    ),
    "error.out_of_range.work_many": (
        "{key} has {value} entries; at most {high}",
        "{key} 有 {value} 项，最多 {high} 项",
    ),
    "error.not_found.upload": (
        "no chat log {name} here. It may have been deleted; drop it again",
        "没有聊天记录 {name}，可能已经删除。请重新拖入",
    ),
}
