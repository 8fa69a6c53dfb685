"""What is wrong with an experiment, a comparison, or a plan."""

from __future__ import annotations

STUDY_ERRORS: dict[str, tuple[str, str]] = {
    "error.not_found.kpi": (
        "no measure {name}{where}.{meant} All: qunsim glossary",
        "没有叫 {name} 的指标{where}。{meant}全部指标：qunsim glossary",
    ),
    "error.not_found.without": (
        "{name} is left out{where}, but the base does not have it. It has: {known}",
        "{name} 要被去掉{where}，但基准方案里没有它。里面有：{known}",
    ),
    "error.not_found.scheduler": (
        "no Dask scheduler answers at {value}. Start one: dask scheduler; dask worker {value}",
        "{value} 没有 Dask 调度器回应。先启动：dask scheduler；dask worker {value}",
    ),
    "error.not_found.workers": (
        "the Dask scheduler at {value} has no workers. Start some: dask worker {value}",
        "{value} 的 Dask 调度器还没有工作进程。先启动：dask worker {value}",
    ),
    "error.contradiction.worker_code": (
        "workers at {value} have other code than this process, or none ({detail}). Install the same qunsim on every machine",
        "{value} 的工作进程和本机的程序不一致，或没有安装（{detail}）。请在每台机器上装同一版 qunsim",
    ),
    "error.not_found.variant": (
        "no variant {name} in {file}.{meant} There are: {known}",
        "{file} 里没有方案 {name}。{meant}有：{known}",
    ),
    "error.not_found.replicate": (
        "no finished future {value} of {name} in {file}. There are {low} to {high}",
        "{file} 里没有“{name}”的第 {value} 个模拟未来。可选 {low} 到 {high}",
    ),
    "error.not_found.member": (
        "no member {value}. Members of this future: 0 to {high}",
        "没有编号 {value} 的成员。这个模拟未来的成员编号是 0 到 {high}",
    ),
    "error.not_found.backtest": (
        "no backtest of {log} by this version in {file}. Make one: {command}",
        "{file} 里没有用这个版本对 {log} 做的回测。先执行 {command}",
    ),
    "error.not_found.comparison": (
        "{file} holds no comparison (it was made by: {made_by}). Make one: qunsim compare",
        "{file} 里不是对比结果（由 {made_by} 生成）。先执行 qunsim compare",
    ),
    "error.too_short.pairs": (
        "{name} can be compared with the baseline in {value} futures only. Simulate more: qunsim compare --replicates",
        "{name} 和基准方案只有 {value} 个模拟未来可比。请多模拟一些：qunsim compare --replicates",
    ),
    "error.wrong_form.range": (
        "range of {key} = {value}. Write two numbers, the lower first: [0.5, 2.0]",
        "{key} 的范围 = {value}。请写两个数，小的在前：[0.5, 2.0]",
    ),
    "error.unknown_key.experiment": (
        "{key}{where}.{meant} Known: {known}",
        "{key}{where}。{meant}可用：{known}",
    ),
    "error.wrong_form.list": (
        '{key} = {value}{where}. Write a list: ["…", "…"]',
        '{key} = {value}{where}。请写成列表：["…", "…"]',
    ),
    "error.wrong_form.yes_or_no": (
        "{key} = {value}{where}. Write true or false",
        "{key} = {value}{where}。请写 true 或 false",
    ),
    "error.wrong_form.variants": (
        "variants{where} must be tables: [[variants]] with a name",
        "方案{where}要写成表：[[variants]]，并各有 name",
    ),
    "error.wrong_form.variant_name": (
        '{key} = {value}{where}. Every variant needs a name that can name a folder: name = "codes"',
        '{key} = {value}{where}。每个方案都要有能当文件夹名的名字：name = "邀请码"',
    ),
    "error.wrong_form.missing_key": (
        "{key} is missing{where}. Write half_width = 0.05 for 5 %",
        "缺 {key}{where}。比如写 half_width = 0.05，即 5%",
    ),
    "error.wrong_form.report_format": (
        "--format {value}. Choose {choices}",
        "--format {value}。可选 {choices}",
    ),
    "error.wrong_form.scheduler": (
        "--scheduler {value}. Choose {choices}",
        "--scheduler {value}。可选 {choices}",
    ),
    "error.wrong_form.comparison": (
        "one community cannot be compared with itself. Name an experiment, or two files or more",
        "一个群没法和自己比。请给一个实验文件，或两个以上的群设定",
    ),
    "error.out_of_range.between": (
        "{key} = {value}{where}. Allowed: {low} to {high}",
        "{key} = {value}{where}，可取 {low} 到 {high}",
    ),
    "error.out_of_range.variants": (
        "{value} variants{where}. At most {high}; for many, use qunsim plan",
        "有 {value} 个方案{where}。最多 {high} 个；更多请用 qunsim plan",
    ),
    "error.contradiction.variant_twice": (
        "two variants are called {name}{where}. Give each its own name (base is the one that nothing was added to)",
        "有两个方案都叫 {name}{where}。请各取各的名字（base 是什么都不加的那个）",
    ),
    "error.contradiction.goal": (
        "{name} cannot be a goal{where}: more of it is not better, or removing members moves it by arithmetic. For example: {known}",
        "{name} 不能当目标{where}：它不是越多越好，或者清人就会让它变化。可用：{known}",
    ),
    "error.contradiction.saved_groups": (
        "{value} groups on the first day, but the saved community has {number}. Leave groups.number as it is",
        "设定是 {value} 个群，保存的社群有 {number} 个。groups.number 不要改",
    ),
    "error.contradiction.from_files": (
        "--from {value} goes with one experiment, not with several communities",
        "--from {value} 只能配一个实验文件，不能配几个群设定",
    ),
    "error.contradiction.log_horizon": (
        "{value} days are no whole weeks, in which a real community goes on. Take {mend}",
        "真实社群按整周往后推，{value} 天不是整周。请改成 {mend} 天",
    ),
    "error.contradiction.horizons": (
        "{name} runs for {value} days, the baseline for {days}. Give all the same: --days {days}",
        "{name} 模拟 {value} 天，基准模拟 {days} 天。请统一：--days {days}",
    ),
    "error.contradiction.merge_study": (
        "{file} and {other} are not of one study: {key} is {value}, expected {expected}. Only runs of the same study, seed and version of the program can be joined",
        "{file} 和 {other} 不是同一个研究：{key} 是 {value}，应为 {expected}。只有同一研究、同一种子、同一版程序的结果才能合并",
    ),
    "error.contradiction.merge_runs": (
        "future {value} of {name} is not the same in {file} and {other}. One of them is wrong: qunsim results reproduce",
        "“{name}”的第 {value} 个模拟未来在 {file} 和 {other} 里不一样，必有一个不对。请用 qunsim results reproduce 检查",
    ),
    "error.wrong_form.kind_of_result": (
        "{file} was made by: {value}. This works on results of {choices}",
        "{file} 由 {value} 生成。这里只能用 {choices} 的结果",
    ),
    "error.wrong_form.sql": (
        "DuckDB cannot answer this: {detail}. Tables: daily, groups, runs",
        "DuckDB 答不了：{detail}。可用的表：daily、groups、runs",
    ),
    "error.wrong_form.sql_select": (
        "one SELECT is wanted. Results are only read, never changed",
        "请只写一条 SELECT。结果只能读，不能改",
    ),
    "error.not_found.candidates": (
        'nothing to choose from: the experiment names no policy{where}. Add [[plan.policies]] with use = "red_packet"',
        '没有可选的动作：实验里一个动作都没写{where}。请加 [[plan.policies]]，下面一行 use = "red_packet"',
    ),
    "error.wrong_form.plan": (
        "{value} is no experiment. A plan needs one: goal, policies to choose from; for example experiments/packets-or-course.toml",
        "{value} 不是实验文件。规划预算要有目标和可选的动作，例如 experiments/packets-or-course.toml",
    ),
    "error.wrong_form.plan_bounds": (
        "{key} = {value}{where}. Write one value, or the ends [smallest, largest] within {low} to {high} ({unit})",
        "{key} = {value}{where}。写一个值，或一段范围 [a, b]，都在 {low} 到 {high} 之间（{unit}）",
    ),
    "error.contradiction.plan_bounds": (
        "{key} = {value}{where}: the smallest comes first and is below the largest",
        "{key} = {value}{where}：小的写在前面，两端不能相等",
    ),
    "error.policy_failed.baseline": (
        "the community as it is cannot be simulated to the end: {detail}",
        "现状本身就模拟不到底：{detail}",
    ),
    "error.not_found.output": (
        "no output {name}.{meant} There are: {known}",
        "没有叫 {name} 的输出。{meant}有：{known}",
    ),
    "error.wrong_form.discover_condition": (
        '{value} is no condition. Write a measure, a comparison and a number: "profit < 0"',
        "{value} 不是条件。请写指标、比较符号和数字，例如 “profit < 0”",
    ),
    "error.wrong_form.discover_number": (
        '{word} in the condition {value} is no number. For example: "profit < 0", "retention_d30 >= 30%"',
        "条件 {value} 里的 {word} 不是数字。例如 “profit < 0”、“retention_d30 >= 30%”",
    ),
    "error.never_happens.condition": (
        "{value} in none of {count} futures, so there is nothing to look for. {name} goes from {low} to {high}: choose a number between them",
        "{count} 个模拟未来里没有一个是 {value}，没有可找的。{name} 的取值从 {low} 到 {high}，请在中间选一个数",
    ),
    "error.never_happens.not_condition": (
        "{value} in all {count} futures, so nothing tells them apart. {name} goes from {low} to {high}: choose a number between them",
        "{count} 个模拟未来全都是 {value}，没有可区分的。{name} 的取值从 {low} 到 {high}，请在中间选一个数",
    ),
    "error.never_happens.constant_output": (
        "the output is {value} everywhere, so no factor can explain it",
        "输出处处都是 {value}，没有差别可解释",
    ),
    "error.too_short.cases": (
        "{value} in {number} of {count} futures; both kinds need at least {least}. Simulate more, or choose another number ({name} goes from {low} to {high})",
        "{count} 个模拟未来里有 {number} 个是 {value}，是和不是的都至少要 {least} 个。请多模拟一些，或换一个数（{name} 的取值从 {low} 到 {high}）",
    ),
    "error.too_short.no_outputs": (
        "no future has a value of {name}: all failed, or it is not defined in them",
        "没有一个模拟未来算得出 {name}：都没跑完，或者没有定义",
    ),
    "error.too_short.surrogate_points": (
        "{value} different points; a surrogate needs at least {low}. Simulate more points",
        "只有 {value} 个不同的点，代替模型至少要 {low} 个。请多模拟一些点",
    ),
    "error.too_short.surrogate": (
        "learnt from {count} points, the surrogate foretells too little to be asked (Q2 {value}, wanted {low}). Simulate more points, or more futures of each",
        "用 {count} 个点学到的代替模型说不准（Q2 = {value}，至少要 {low}），不能用来估计。请多模拟一些点，或每个点多跑几个未来",
    ),
    "error.out_of_range.extrapolated": (
        "{key} = {value} is outside what was simulated, {low} to {high}; a surrogate only knows what lies between. Widen the range in the study and simulate again",
        "{key} = {value} 超出了模拟过的范围（{low} 到 {high}），代替模型不往外推。请在研究里放宽范围，再模拟",
    ),
    "error.out_of_range.far_from_data": (
        "nothing like {value} was simulated: the nearest point is {distance} ranges away, allowed is {limit}. Simulate points there",
        "没有模拟过和 {value} 相近的点：最近的相距 {distance} 个范围，最多允许 {limit}。请在那附近补一些点",
    ),
    "error.missing_extra.extra": (
        'pip install "qunsim[{extra}]"',
        'pip install "qunsim[{extra}]"',
    ),
}
