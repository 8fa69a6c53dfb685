"""What is told of backtests."""

from __future__ import annotations

BACKTESTS: dict[str, tuple[str, str]] = {
    "backtest.single": ("best classical", "最好的传统方法"),
    "backtest.bgbb": ("BG/BB", "BG/BB"),
    "backtest.half": ("in 50 %", "50% 区间命中"),
    "backtest.most": ("in 90 %", "90% 区间命中"),
    "backtest.how": (
        "Score beside other methods: below 1 qunsim is better.",
        "与其他方法相比的得分：小于 1 表示 qunsim 更好。",
    ),
    "backtest.nothing": (
        "No log is long and lively enough for a backtest.",
        "没有一份记录足够长、足够活跃，无法回测。",
    ),
    "backtest.failed": ("A case could not be forecast: {error}", "有一次预测没做成：{error}"),
    "backtest.skipped_weeks": (
        "{file}: left out, fewer than 72 whole weeks.",
        "{file}：不满 72 个整周，跳过。",
    ),
    "backtest.skipped_quiet": (
        "{file}: left out, fewer than 2 speakers a week before every origin.",
        "{file}：每个起点之前平均每周不到 2 人发言，跳过。",
    ),
    "backtest.skipped_no_messages": ("{file}: left out, no messages.", "{file}：没有消息，跳过。"),
    "backtest.skipped_no_events": (
        "{file}: left out, no event table.",
        "{file}：不是事件表，跳过。",
    ),
}
