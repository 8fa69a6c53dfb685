"""What the command line says of commands on real communities, in both languages."""

from __future__ import annotations

COMMANDS_OF_LOGS: dict[str, tuple[str, str]] = {
    "cli.opt_format": (
        "format of the files (default: recognised; all: --formats)",
        "文件格式（默认自动识别，全部格式见 --formats）",
    ),
    "cli.opt_formats": ("list the formats", "列出支持的格式"),
    "cli.opt_describe_tz": (
        "time zone of hours and weekdays, and of times that name none, e.g. Asia/Shanghai (default UTC)",
        "钟点和星期按哪个时区算（没写时区的时间也按它），例如 Asia/Shanghai（默认 UTC）",
    ),
    "cli.opt_describe_out": (
        "folder for report.html, describe.json and the pictures (default: none)",
        "报告 report.html、describe.json 和图片放在哪（默认不生成）",
    ),
    "cli.opt_import_tz": (
        "time zone of times that name none (default: Asia/Shanghai for WeChat and QQ, else UTC)",
        "没写时区的时间按哪个时区算（默认微信和 QQ 用 Asia/Shanghai，其余 UTC）",
    ),
    "cli.opt_keep_names": (
        "keep what members are called (default: numbers)",
        "保留成员名字（默认只留编号）",
    ),
    "cli.opt_events_out": (
        "event file to write (default events.csv.gz)",
        "写到哪个事件文件（默认 events.csv.gz）",
    ),
    "cli.opt_until": (
        "use only events before this date (default: all)",
        "只用这一天之前的记录（默认全部）",
    ),
    "cli.opt_target": (
        "activity (default), purchases; of a table: members, renewals",
        "activity（默认，活跃）、purchases（购买）；表格：members（人数）、renewals（续费）",
    ),
    "cli.opt_score_target": (
        "activity (default) or purchases; of a table: members",
        "activity（默认，活跃）或 purchases（购买）；表格：members（人数）",
    ),
    "cli.opt_checked": (
        "folder of a backtest of this log (default: results/backtest if it has one)",
        "这份记录的回测结果文件夹（默认看 results/backtest 里有没有）",
    ),
    "cli.opt_past_shock": (
        "a shock of known cause, 2026-03-01:launch: kept out of law and bands",
        "一件有原因的事，如 2026-03-01:launch：不算进规律和范围",
    ),
    "cli.opt_shock": (
        "a known shock: a past one with its name (2026-03-01:launch), one ahead with its size (2026-12-24:-0.5)",
        "已知的事件：过去的写名字（2026-03-01:launch），将来的写大小（2026-12-24:-0.5）",
    ),
    "cli.opt_community_out": (
        "scenario to write (default community.toml)",
        "写到哪个场景文件（默认 community.toml）",
    ),
    "cli.opt_weeks": ("weeks ahead (default 26)", "往后预测几周（默认 26）"),
    "cli.opt_futures": ("simulated futures (default 300)", "模拟多少个未来（默认 300）"),
    "cli.arg_files": (
        "chat exports, or folders that hold them",
        "聊天记录文件，或放着它们的文件夹",
    ),
    "cli.arg_events": (
        "event file that qunsim import wrote, or a CSV with timestamp and member",
        "qunsim import 生成的事件文件，或有 timestamp 和 member 列的 CSV",
    ),
    "cli.examples_import": (
        "qunsim import --formats\nqunsim import chat.csv --tz Asia/Shanghai --out events.csv.gz",
        "qunsim import --formats --lang zh\nqunsim import 聊天记录.csv --tz Asia/Shanghai --out 我的群.csv.gz",
    ),
    "cli.about_import": (
        "Merge chat exports into one event file without names or texts.",
        "把聊天记录合成一个事件文件，不留名字和内容。",
    ),
    "cli.examples_describe": (
        "qunsim describe events.csv.gz --out portrait\nqunsim describe events.csv.gz --json",
        "qunsim describe 我的群.csv.gz --out 画像 --lang zh\nqunsim describe 我的群.csv.gz --json",
    ),
    "cli.about_describe": (
        "Show what kind of community a chat log is of.",
        "给聊天记录画像：这是个什么样的群。",
    ),
    "cli.examples_fit": (
        "qunsim fit events.csv.gz --out community.toml\nqunsim fit events.csv.gz --shock 2026-03-01:launch",
        "qunsim fit 我的群.csv.gz --out 我的群.toml --lang zh\nqunsim fit 我的群.csv.gz --shock 2026-03-01:launch",
    ),
    "cli.about_fit": (
        "Fit a scenario to a chat log, every number with its range.",
        "用聊天记录校准一个场景，每个数字都带范围。",
    ),
    "cli.examples_forecast": (
        "qunsim forecast events.csv.gz\nqunsim forecast events.csv.gz --until 2026-05-01 --weeks 13",
        "qunsim forecast 我的群.csv.gz --lang zh\nqunsim forecast 我的群.csv.gz --until 2026-05-01 --weeks 13",
    ),
    "cli.about_forecast": (
        "Forecast who speaks, how much, and how many are new, week by week.",
        "逐周预测：多少人发言、多少条消息、多少新人。",
    ),
    "cli.examples_backtest": (
        "qunsim backtest logs/*.csv.gz\nqunsim backtest events.csv.gz --origins 0.6 --weeks 13",
        "qunsim backtest logs/*.csv.gz --lang zh\nqunsim backtest 我的群.csv.gz --origins 0.6 --weeks 13",
    ),
    "cli.about_backtest": (
        "Check how well forecasts would have done, beside classical methods.",
        "回测：当时预测会有多准，与传统方法比。",
    ),
    "cli.opt_origins": (
        "shares of a log after which one looks ahead (default 0.5,0.75)",
        "从记录的百分之几处往后预测（默认 0.5,0.75）",
    ),
    "cli.opt_backtest_out": (
        "result folder (default results/backtest)",
        "结果文件夹（默认 results/backtest）",
    ),
    "cli.forecast_title": (
        "{file}: the next {weeks} weeks",
        "{file}：往后 {weeks} 周",
    ),
    "cli.forecast_week": ("week {week}", "第 {week} 周"),
    "cli.forecast_range": (
        "In brackets: usually, that is in 90 of 100 futures.",
        "括号里是多数情况，即 100 个模拟未来里的 90 个。",
    ),
}
