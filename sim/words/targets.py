"""What is told of purchases, numbers of members and renewals."""

from __future__ import annotations

TARGETS: dict[str, tuple[str, str]] = {
    "target.title": ("{file}: {target}", "{file}：{target}"),
    "target.purchases": ("purchases", "购买"),
    "target.members": ("members", "人数"),
    "target.renewals": ("renewals", "续费"),
    "target.all": ("all", "合计"),
    "target.date": ("on", "日期"),
    "target.period": ("after {period}", "第 {period} 次续费后"),
    "target.seen": ("still paying", "仍在付费"),
    "target.law": ("expected", "预期"),
    "target.lifetime": (
        "{group}: of {periods} periods a new member pays for {paid}; {lapse} give up after the first.",
        "{group}：{periods} 期里新会员平均付费 {paid} 期，{lapse}的人第一期后不续。",
    ),
    "target.method": ("method", "方法"),
    "target.score": ("score", "得分"),
    "target.expected": ("purchases expected", "预期购买次数"),
    "target.bought": ("purchases", "实际购买次数"),
    "target.bias": ("too many", "多估"),
    "target.to_naive": ("to last value", "与末值法之比"),
    "target.cases": ("forecasts", "预测次数"),
    "target.from_week": (
        "{file}: {weeks} weeks from week {week} on, {buyers} buyers",
        "{file}：从第 {week} 周起 {weeks} 周，{buyers} 位买家",
    ),
    "target.lower": (
        "Score: how far each buyer's range of futures is from what he did; lower is better.",
        "得分：每位买家的预测分布与实际相差多少，越小越好。",
    ),
    "target.range": (
        "In brackets: usually, that is 90 times in 100. Not backtested.",
        "括号里是多数情况，即 100 次里的 90 次。未回测。",
    ),
}
