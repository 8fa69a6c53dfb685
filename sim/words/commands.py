"""Texts of the command line: help of verbs and options, what verbs print beside results."""

from __future__ import annotations

from sim.words.commands_of_logs import COMMANDS_OF_LOGS
from sim.words.discovering import DISCOVER_CLI
from sim.words.regression import REGRESSION_CLI
from sim.words.results import RESULTS_CLI
from sim.words.sensitivity import SENSITIVITY_CLI

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
    "cli.examples_compare": (
        "qunsim compare experiments/packets-or-course.toml\nqunsim compare knowledge interest --days 180 --replicates 50",
        "qunsim compare experiments/packets-or-course.toml --lang zh\nqunsim compare knowledge interest --days 180 --replicates 50",
    ),
    "cli.about_compare": (
        "Compare ways to run a community in the same simulated futures: verdict, table, report.",
        "让几种做法经历同样的模拟未来，比出高下：结论、表格、报告。",
    ),
    "cli.examples_report": (
        "qunsim report results/packets-or-course --format xlsx\nqunsim report results/first --lang zh",
        "qunsim report results/packets-or-course --format xlsx --lang zh\nqunsim report results/first --lang zh",
    ),
    "cli.about_report": (
        "Write the report of a result again: page, workbook, tables or text, in either language.",
        "把结果的报告再写一份：网页、表格文件或文本，中英文都行。",
    ),
    "cli.examples_explain": (
        "qunsim explain results/packets-or-course\nqunsim explain results/packets-or-course --variant packets",
        "qunsim explain results/packets-or-course --lang zh\nqunsim explain results/packets-or-course --variant packets",
    ),
    "cli.about_explain": (
        "Say what each change of a variant adds, and which assumptions would overturn the verdict.",
        "钱是怎么多出来的：每个改动带来多少；哪些假设不准会翻盘。",
    ),
    "cli.arg_comparison": (
        "a result folder of qunsim compare",
        "qunsim compare 的结果文件夹",
    ),
    "cli.opt_explained": (
        "the variant to explain (default: the best by the goal)",
        "要解释的方案（默认是目标上最好的）",
    ),
    "cli.opt_explain_replicates": (
        "simulated futures at most (default: those of the comparison)",
        "最多用多少个模拟未来（默认用对比里的）",
    ),
    "cli.opt_sets": (
        "sets of assumptions to try (default 40)",
        "试多少组假设（默认 40）",
    ),
    "cli.examples_life": (
        "qunsim life results/packets-or-course\nqunsim life results/packets-or-course --variant course --member 12",
        "qunsim life results/packets-or-course --lang zh\nqunsim life results/packets-or-course --variant course --member 12",
    ),
    "cli.about_life": (
        "Tell one member's life in one simulated future, day by day; without a member, list some worth reading.",
        "讲一个成员在一个模拟未来里的故事；不指定成员时，列出几个值得看的。",
    ),
    "cli.opt_lived": (
        "the variant lived in (default: the base)",
        "在哪个方案里（默认是基准）",
    ),
    "cli.opt_replicate": (
        "number of the simulated future (default 0)",
        "第几个模拟未来（默认 0）",
    ),
    "cli.opt_member": (
        "number of the member (default: list a few)",
        "成员编号（默认列出几个）",
    ),
    "cli.arg_folder": ("a result folder", "结果文件夹"),
    "cli.opt_report_format": (
        "html (page), xlsx (workbook), csv (tables), md (text)",
        "html（网页）、xlsx（表格）、csv（多个表）、md（文本）",
    ),
    "cli.opt_report_out": (
        "where to (default: report.FORMAT in the folder)",
        "写到哪里（默认是结果文件夹里的 report.格式）",
    ),
    "cli.arg_experiment": (
        "an experiment file, or two or more presets or TOML files (the first is the baseline)",
        "实验文件；或两个以上的预设、TOML 文件（第一个是基准）",
    ),
    "cli.opt_save": (
        "keep the first future's community, to go on from it (base = FILE)",
        "保存第一个模拟未来最后一天的群，之后可以从它接着推演（base = 文件）",
    ),
    "cli.opt_scheduler": (
        "who computes: threads, processes, or a Dask scheduler's address (default: threads)",
        "由谁来算：threads（默认）、processes，或 Dask 调度器地址",
    ),
    "cli.opt_retry_failed": (
        "simulate failed futures again",
        "重算出错的模拟未来",
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
    "cli.opt_begins": (
        "community to start from: an event file of qunsim import, or one kept by run --save",
        "从哪个群出发：qunsim import 得到的事件文件，或 run --save 存下的群",
    ),
    "cli.opt_peers": (
        "measure other simulators too (installs each apart; takes minutes)",
        "同时测别的模拟器（各自单独安装，要几分钟）",
    ),
    "cli.opt_bench_json": ("write the numbers to this file", "把数字写进这个文件"),
    "cli.arg_policy": ("key of a policy (qunsim policies)", "动作名（见 qunsim policies）"),
    "cli.examples_presets": (
        "qunsim presets\nqunsim presets show zhihu",
        "qunsim presets --lang zh\nqunsim presets show zhihu --lang zh",
    ),
    "cli.examples_presets_show": (
        "qunsim presets show zhihu\nqunsim presets show knowledge --json",
        "qunsim presets show zhihu --lang zh\nqunsim presets show knowledge --json",
    ),
    "cli.about_presets_show": (
        "Say what a preset assumes, on what grounds, and what its operator does.",
        "说明一个预设用了哪些假设、凭什么，运营做哪些动作。",
    ),
    "cli.about_presets": ("List the kinds of community.", "列出群的种类。"),
    "cli.examples_policies": (
        "qunsim policies\nqunsim policies show red_packet",
        "qunsim policies --lang zh\nqunsim policies show red_packet --lang zh",
    ),
    "cli.about_policies": ("List what operators can do.", "列出运营动作。"),
    "cli.examples_policies_show": (
        "qunsim policies show red_packet\nqunsim policies show value_content --json",
        "qunsim policies show red_packet --lang zh\nqunsim policies show value_content --json",
    ),
    "cli.about_policies_show": (
        "Say what a policy does, costs, rests on, and how it fails.",
        "说明一个动作做什么、花多少、凭什么、怎么会失败。",
    ),
    "cli.examples_glossary": (
        "qunsim glossary\nqunsim glossary retention_d30",
        "qunsim glossary --lang zh\nqunsim glossary 老带新 --lang zh",
    ),
    "cli.about_glossary": (
        "Say what the words of the field mean, in English and Chinese.",
        "说明这一行的词是什么意思，中英对照。",
    ),
    "cli.arg_term": (
        "a word in either language, or a key (default: all)",
        "一个词，中英文或写法都行（默认全部）",
    ),
    "cli.glossary_said": ("said: {said}", "也叫 {said}"),
    "cli.glossary_policy": ("Policies", "运营动作"),
    "cli.glossary_kpi": ("KPIs", "指标"),
    "cli.glossary_role": ("Who is there", "群里的人"),
    "cli.glossary_stage": ("Stages of life", "群的阶段"),
    "cli.glossary_channel": ("Ways in", "从哪里进群"),
    "cli.glossary_preset": ("Kinds of community", "群的种类"),
    "cli.glossary_platform": ("Places", "平台"),
    "cli.glossary_motive": ("What it was founded for", "为什么建群"),
    "cli.glossary_state": ("What moves in a member", "成员心里的变化"),
    "cli.glossary_term": ("Other words", "其他"),
    "cli.glossary_word": ("Words of a result", "结果里的词"),
    "cli.glossary_verdict": ("Verdicts", "结论用语"),
    "cli.glossary_badge": ("How far a result fits your group", "校准状态"),
    "cli.glossary_verb": ("Commands", "命令"),
    "cli.examples_bench": (
        "qunsim bench\nqunsim bench --json bench.json",
        "qunsim bench --lang zh\nqunsim bench --json bench.json",
    ),
    "cli.examples_ui": (
        "qunsim ui\nqunsim ui --port 0 --out results/ui",
        "qunsim ui\nqunsim ui --port 0 --out results/ui",
    ),
    "cli.about_ui": (
        "Try policies in the browser, without commands; on this machine, without network.",
        "在浏览器里排方案、做对比，不用敲命令；只在本机，不联网。",
    ),
    "cli.opt_host": (
        "address to listen on (default: this machine only); others need the token",
        "监听的地址（默认只在本机）；给别人用时要带口令",
    ),
    "cli.opt_port": ("port (default 8765; 0 = any free one)", "端口（默认 8765；0 = 任选空闲的）"),
    "cli.opt_token": (
        "what visitors have to know (made by itself with --host)",
        "访问口令（用了 --host 会自动生成）",
    ),
    "cli.opt_ui_out": (
        "folder of everything saved (default: results/ui)",
        "保存内容的文件夹（默认 results/ui）",
    ),
    "cli.opt_ui_jobs": (
        "calculations at once (default: all processors)",
        "同时算几个（默认用全部处理器）",
    ),
    "cli.ui_open": ("Open {address}", "请打开 {address}"),
    "cli.ui_here": (
        "Only this machine can open it. Saved in {folder}. Ctrl-C ends it.",
        "只有本机能打开。内容存在 {folder}。按 Ctrl-C 结束。",
    ),
    "cli.ui_others": (
        "Whoever has this address can open it. Saved in {folder}. Ctrl-C ends it.",
        "有这个地址的人都能打开。内容存在 {folder}。按 Ctrl-C 结束。",
    ),
    "cli.about_bench": ("Measure the engine on this machine.", "测这台机器上的速度。"),
    "cli.arg_preset": (
        "name of a preset (qunsim presets), or a TOML file",
        "预设名（见 qunsim presets），或 TOML 文件",
    ),
    "cli.preset_key": ("key", "写法"),
    "cli.preset_name": ("kind", "种类"),
    "cli.preset_members": ("members", "人数"),
    "cli.preset_about": ("what it is", "是什么"),
    "cli.preset_size": (
        "{members} members, {platform}; the operator does {policies} things",
        "{members} 人，{platform}，运营做 {policies} 个动作",
    ),
    "cli.preset_size_groups": (
        "{members} members in {count} groups, {platform}; the operator does {policies} things",
        "{members} 人分在 {count} 个群，{platform}，运营做 {policies} 个动作",
    ),
    "cli.preset_firm": (
        "Documented assumptions, not claims about the firm.",
        "这些都是写明的假设，不代表这家公司的实际情况。",
    ),
    "cli.preset_parameters": (
        "Where it differs from the defaults",
        "和默认值不同的地方",
    ),
    "cli.preset_policies": ("What its operator does", "运营动作"),
    "cli.preset_platform": ("platform", "平台"),
    "cli.preset_days": ("length", "时长"),
    "cli.preset_line": ("{name} ({path}): {value}", "{name}（{path}）：{value}"),
    "cli.preset_named": ("{name} ({path})", "{name}（{path}）"),
    "cli.preset_confidence": ("confidence: {confidence}", "可信度：{confidence}"),
    "cli.policy_id": ("id", "编号"),
    "cli.policy_key": ("key", "写法"),
    "cli.policy_name": ("policy", "动作"),
    "cli.policy_said": ("also called", "也叫"),
    "cli.policy_every": ("days from one use to the next", "隔几天做一次"),
    "cli.policy_start": ("first day", "从第几天开始"),
    "cli.policy_stop": ("day after the last (default: the end)", "到第几天为止（默认到最后）"),
    "cli.policy_weekdays": (
        'only on these: weekdays = ["mon", "fri"]',
        '只在星期几做，如 weekdays = ["mon", "fri"]',
    ),
    "cli.policy_groups": (
        "only in these groups: groups = [0, 2]",
        "只在哪些群做，如 groups = [0, 2]",
    ),
    "cli.policy_to": (
        'for whom: to = "newcomers", "silent:30", "role:leader", "payers" ...',
        '给谁，如 to = "newcomers"（新人）、"silent:30"（潜水）、"payers"（付费）',
    ),
    "cli.policy_when": (
        'only after: when = "speakers_7d < 20"',
        '数据怎样才做，如 when = "speakers_7d < 20"',
    ),
    "cli.policy_moves": ("Meant to move", "想改变什么"),
    "cli.policy_confidence": ("How far to trust the defaults", "默认值有多可信"),
    "cli.policy_evidence": ("What is known", "凭什么"),
    "cli.policy_failures": ("How it fails", "怎么会失败"),
    "cli.policy_up": ("up", "升"),
    "cli.policy_down": ("down", "降"),
    "cli.internal": (
        "Internal error: {error}. Details: {log}",
        "程序内部错误：{error}。详情：{log}",
    ),
    "cli.examples_plan": (
        "qunsim plan experiments/packets-or-course.toml --budget 30000 --minutes 600\nqunsim plan experiments/packets-or-course.toml --budget 5000 --trials 300",
        "qunsim plan experiments/packets-or-course.toml --budget 30000 --minutes 600 --lang zh\nqunsim plan experiments/packets-or-course.toml --budget 5000 --trials 300 --lang zh",
    ),
    "cli.about_plan": (
        "Find the mix of policies that a budget of money and time is best spent on (needs the extra plan).",
        "找出一笔钱和工时花在哪些动作上最好（需要安装 plan 扩展）。",
    ),
    "cli.arg_plan": (
        "an experiment file; its table [plan] says what may be chosen, else all its policies",
        "实验文件；能选什么写在 [plan] 里，没写就是文件里的全部动作",
    ),
    "cli.opt_budget": (
        "yuan to spend beyond today's spending (default: the experiment's)",
        "比现在最多多花多少元（默认按实验文件）",
    ),
    "cli.opt_minutes": (
        "staff minutes a week beyond today's (default: the experiment's)",
        "每周比现在最多多用多少分钟工时（默认按实验文件）",
    ),
    "cli.opt_trials": (
        "mixes to try (default 2000)",
        "试多少种搭配（默认 2000）",
    ),
    "cli.output": ("standard output", "标准输出"),
    "cli.all_failed": (
        "Every future failed, so there is nothing to show. The first: {error}",
        "所有模拟未来都出错了，没有可显示的结果。第一个错误：{error}",
    ),
    **RESULTS_CLI,
    **REGRESSION_CLI,
    **COMMANDS_OF_LOGS,
    **SENSITIVITY_CLI,
    **DISCOVER_CLI,
}
