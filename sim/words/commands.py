"""Texts of the command line: help of verbs and options, what verbs print beside results."""

from __future__ import annotations

_DAYS = "qunsim run knowledge --days 180"

COMMANDS: dict[str, tuple[str, str]] = {
    "cli.examples": ("Examples", "例子"),
    "cli.options": ("[options]", "[选项]"),
    "cli.usage": ("Usage: {usage}", "用法：{usage}"),
    "cli.group_verbs": ("Verbs", "命令"),
    "cli.group_what": ("What", "算什么"),
    "cli.group_much": ("How much", "算多少"),
    "cli.group_where": ("Where", "放在哪里"),
    "cli.group_look": ("How it looks", "怎么显示"),
    "cli.examples_program": (
        f"{_DAYS}\nqunsim run knowledge --policy red_packet:amount=200",
        f"{_DAYS} --lang zh\nqunsim run knowledge --policy red_packet:amount=200",
    ),
    "cli.about_program": (
        "A laboratory for online communities: every member, every day, under the policies you choose.",
        "线上社群实验室：按你选的运营动作，逐日模拟每一个成员。",
    ),
    "cli.examples_run": (
        f"{_DAYS} --replicates 50\nqunsim run knowledge --policy red_packet:amount=200,every=7",
        f"{_DAYS} --replicates 50 --lang zh\nqunsim run knowledge --policy red_packet:amount=200,every=7",
    ),
    "cli.about_run": (
        "Simulate one community many times: members, activity, money, with their ranges.",
        "把一个群模拟很多遍：人数、活跃、钱，都带范围。",
    ),
    "cli.arg_scenario": (
        "name of a preset (qunsim presets) or a TOML file",
        "预设名（见 qunsim presets）或 TOML 文件",
    ),
    "cli.opt_set": (
        "set a parameter; repeatable",
        "改一个参数，可以写多次",
    ),
    "cli.opt_policy": (
        "add a policy (qunsim policies); repeatable",
        "加一个运营动作（见 qunsim policies），可以写多次",
    ),
    "cli.opt_days": ("days to simulate", "模拟多少天"),
    "cli.opt_replicates": ("simulated futures (default 20)", "模拟多少个未来（默认 20）"),
    "cli.opt_seed": (
        "seed of chance: the same seed gives the same result (default 0)",
        "随机种子，种子相同结果就相同（默认 0）",
    ),
    "cli.opt_jobs": ("threads (default: all processors)", "线程数（默认用全部处理器）"),
    "cli.opt_out": (
        "folder of the result (default: results/NAME-XXXX)",
        "结果文件夹（默认 results/名称-XXXX）",
    ),
    "cli.opt_lang": ("language (default: the system's)", "语言（默认跟随系统）"),
    "cli.opt_quiet": ("no hints, no redrawn line", "不显示提示和进度条"),
    "cli.opt_json": ("print the result as JSON", "以 JSON 输出结果"),
    "cli.opt_help": ("show this help", "显示这份帮助"),
    "cli.opt_version": ("show the version", "显示版本"),
    "cli.internal": (
        "Internal error: {error}. Details: {log}",
        "程序内部错误：{error}。详情：{log}",
    ),
    "cli.output": ("standard output", "标准输出"),
    "cli.all_failed": (
        "Every future failed, so there is nothing to show. The first: {error}",
        "所有模拟未来都出错了，没有可显示的结果。第一个错误：{error}",
    ),
}
