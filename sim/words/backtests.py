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
    "backtest.skipped": ("{file}: left out, {why}.", "{file}：{why}，跳过。"),
    # The page
    "backtest.question": ("How well do forecasts do?", "预测有多准？"),
    "backtest.line": (
        "{forecasts} forecasts of {logs} logs in {families} families, {weeks} ahead",
        "{logs} 份记录（归为 {families} 组）、{forecasts} 次预测，往后推 {weeks}",
    ),
    "backtest.below": (
        "{target}: error score {percent} below the best classical method ({name}), lower in {won} of the forecasts; the range of 90 of 100 held {held} of the weeks.",
        "{target}：误差得分比最好的传统方法（{name}）低 {percent}，{won} 的预测里更低；90/100 的范围装住了 {held} 的周。",
    ),
    "backtest.above": (
        "{target}: error score {percent} above the best classical method ({name}), lower in {won} of the forecasts; the range of 90 of 100 held {held} of the weeks.",
        "{target}：误差得分比最好的传统方法（{name}）高 {percent}，{won} 的预测里更低；90/100 的范围装住了 {held} 的周。",
    ),
    "backtest.tile": (
        "score against the best classical method, {target}",
        "与最好的传统方法的得分比，{target}",
    ),
    "backtest.skill": ("By target", "三个指标"),
    "backtest.families": ("Family by family", "逐组看"),
    "backtest.methods": ("All methods", "全部方法"),
    "backtest.cases": ("Every case", "每一次预测"),
    "backtest.all_cases": ("{count} forecasts", "{count} 次预测"),
    "backtest.left_out": ("Left out", "没算的"),
    "backtest.target": ("a week", "每周"),
    "backtest.ratio": ("ratio to it", "与它的比"),
    "backtest.error": ("s.e. of its log", "对数标准误"),
    "backtest.won": ("lower in", "更低的占"),
    "backtest.ensemble": ("median ensemble", "中位数组合"),
    "backtest.method": ("method", "方法"),
    "backtest.family": ("family", "组"),
    "backtest.log": ("log", "记录"),
    "backtest.origin": ("from share", "起点（占比）"),
    "backtest.count": ("forecasts", "预测次数"),
    "backtest.score_note": (
        "Weighted interval score, lower is better; ratios are geometric means over forecasts, families weighted alike, below 1 qunsim is better. The best classical method is chosen in hindsight over all logs. In brackets: weeks inside the range of 90 of 100.",
        "得分是加权区间得分，越低越好；比值是各次预测的几何平均，同一拨人的记录算一组、每组权重相同，小于 1 表示 qunsim 更好。最好的传统方法是事后从全部记录里挑出来的。括号里是落在 90/100 范围内的周占比。",
    ),
    "backtest.case_note": (
        "Score of qunsim, of the best classical method, and their ratio.",
        "qunsim 的得分、最好的传统方法的得分、两者之比。",
    ),
    "backtest.method_past": (
        "Each forecast sees only what came before its day; nothing of what is scored.",
        "每次预测只看那一天之前的记录，看不到要打分的那些周。",
    ),
    "backtest.method_same": (
        "Every method forecasts the same weeks of the same logs from the same days.",
        "所有方法从同样的日子、预测同样记录的同样几周。",
    ),
    "backtest.method_hits": (
        "Hits and misses are all listed; a log that was left out is named with the reason.",
        "准的和不准的全部列出；没算的记录写明原因。",
    ),
    "backtest.why_weeks": ("fewer than 72 whole weeks", "不满 72 个整周"),
    "backtest.why_quiet": (
        "fewer than two speakers a week before every origin",
        "每个起点之前平均每周不到 2 人发言",
    ),
    "backtest.why_no_messages": ("no messages", "没有消息"),
    "backtest.why_no_events": ("no event table", "不是事件表"),
    "backtest.find": (
        "Below 1 for {speakers} of {n} families in speakers, {messages} in messages, {newcomers} in newcomers",
        "{n} 组里比值小于 1 的：发言人数 {speakers} 组，消息数 {messages} 组，新人 {newcomers} 组",
    ),
    "backtest.dots": (
        "Error score of qunsim relative to the best classical method, one dot a family; left of the line is better",
        "qunsim 的误差得分与最好的传统方法之比，一组一个点；线左边更好",
    ),
    "backtest.dots_cut": (
        "Values beyond the axis stand at its end.",
        "超出坐标的点画在边上。",
    ),
}
