"""Texts of ``qunsim sensitivity``: which of many uncertain values decide, and how sure that is."""

from __future__ import annotations

SENSITIVITY: dict[str, tuple[str, str]] = {
    "sensitivity.sobol": ("Sobol", "Sobol 方差分解"),
    "sensitivity.morris": ("Morris", "Morris 筛选"),
    "sensitivity.fast": ("FAST", "FAST 傅里叶法"),
    "sensitivity.rbd_fast": ("RBD-FAST", "RBD-FAST"),
    "sensitivity.pawn": ("PAWN", "PAWN"),
    "sensitivity.delta": ("Delta", "Delta 矩独立法"),
    "sensitivity.dgsm": ("DGSM", "DGSM 导数法"),
    "sensitivity.lhs": ("Regression on a Latin hypercube", "拉丁超立方回归"),
    "sensitivity.factorial": ("Factorial", "析因设计"),
    "sensitivity.oat": ("One at a time", "逐个变动"),
    "sensitivity.facts": (
        "{method}, N = {n}, {factors} factors + 1 inert, outputs: {outputs}, {points} points x {replicates} replicates",
        "{method}，N = {n}，{factors} 个因素 + 1 个空白因素，{outputs} 个输出，{points} 个点 x {replicates} 次重复",
    ),
    "sensitivity.screened": (
        "Screening: Morris, {n} trajectories over {factors} factors; these {kept} went on: {names}",
        "筛选：Morris，{n} 条轨迹，{factors} 个因素；以下 {kept} 个进入下一步：{names}",
    ),
    "sensitivity.found": (
        "journal {folder}: {found} of {total} runs found, resuming",
        "{folder} 里已有 {total} 次中的 {found} 次，接着算",
    ),
    "sensitivity.factor": ("factor", "因素"),
    "sensitivity.interval": ("95 %", "95%"),
    "sensitivity.inert": ("(inert factor)", "（空白因素）"),
    "sensitivity.others": (
        "... {count} more, below {value}",
        "…… 另有 {count} 个，都低于 {value}",
    ),
    "sensitivity.luck": (
        "luck alone: {single} of the variance of one run; {replicates} replicates leave {mean}.",
        "单看运气：占单次模拟方差的 {single}；重复 {replicates} 次后剩 {mean}。",
    ),
    "sensitivity.luck_unknown": (
        "How much is luck cannot be told from one replicate: --replicates 2.",
        "只重复一次，分不出运气占多少：--replicates 2。",
    ),
    "sensitivity.why_constant": (
        "does not vary: no factor moves it within these ranges.",
        "没有变化：在这些范围内，没有因素能影响它。",
    ),
    "sensitivity.why_missing": (
        "too few points: in most blocks a run failed, or the output is undefined.",
        "点太少：多数组里有模拟出错，或者这个指标没有定义。",
    ),
    "sensitivity.why_luck": (
        "nothing but luck is sure to vary. More points (--n) or replicates would tell.",
        "除了运气，看不出有什么在起作用。可以增加点数（--n）或重复次数。",
    ),
    "sensitivity.reading": ("Reading", "解读"),
    "sensitivity.stable_label": ("Stable?", "稳定吗？"),
    "sensitivity.read_first": (
        "{name} by itself decides {share} of how {output} differs.",
        "{output}的差异有 {share} 只取决于 {name}。",
    ),
    "sensitivity.read_strongest": (
        "{output} hangs most on {name}.",
        "对{output}影响最大的是 {name}。",
    ),
    "sensitivity.read_together": (
        "Mostly together with others: {names}.",
        "主要和别的因素一起起作用：{names}。",
    ),
    "sensitivity.read_none": (
        "No factor can be told from the inert one.",
        "没有因素能和空白因素区分开。",
    ),
    "sensitivity.read_floor": (
        "{count} of {all} factors are not told apart from the inert one (below {floor}).",
        "{all} 个因素里有 {count} 个和空白因素分不开（低于 {floor}）。",
    ),
    "sensitivity.read_interact": (
        "Effects of single factors add up to {share}; the rest is interaction.",
        "各因素单独的作用合计 {share}，其余是相互作用。",
    ),
    "sensitivity.stable_yes": (
        "Order of the first {count} is the same at N/2. Yes.",
        "样本减半，前 {count} 名顺序不变：稳定。",
    ),
    "sensitivity.stable_no": (
        "Order of the first {count} is another at N/2. No: double N (no run is repeated).",
        "样本减半，前 {count} 名顺序变了：不稳定，请把 N 加倍（已有的不会重算）。",
    ),
    "sensitivity.stable_no_more": (
        "Order of the first {count} is another at N/2. No: enlarge N.",
        "样本减半，前 {count} 名顺序变了：不稳定，请加大 N。",
    ),
    "sensitivity.left_out": (
        "{count} points left out, as a run of their block failed or {output} is undefined in it.",
        "剔除了 {count} 个点：同组有模拟出错，或{output}没有定义。",
    ),
    "sensitivity.failed": (
        "{count} failed runs: qunsim results show {folder} --failed",
        "{count} 次模拟出错：qunsim results show {folder} --failed",
    ),
    "sensitivity.over_time": (
        "{output}, by time ({index}; mean of the {every} days up to the day)",
        "{output}随时间（{index}；到该日为止 {every} 天的平均）",
    ),
    "sensitivity.day": ("day {day}", "第 {day} 天"),
    "sensitivity.unknown": ("-", "-"),
    "sensitivity.next_sql": ("any question to the runs", "任意查询这些模拟"),
    "sensitivity.next_discover": ("where it goes wrong", "在什么情况下会出问题"),
    "sensitivity.next_double": ("twice the points, none repeated", "点数加倍，已有的不重算"),
    "sensitivity.shard_done": (
        "Shard {number} of {parts}: {done} runs are in {folder}; {missing} are for the other shards.",
        "第 {number}/{parts} 份：{folder} 里有 {done} 次模拟；其余 {missing} 次由别的分片完成。",
    ),
    "sensitivity.shard_next": (
        "join the shards, then indices are worked out",
        "合并各个分片，然后得出结果",
    ),
    "sensitivity.merged": (
        "{count} runs of {parts} folders in {folder}; {missing} are missing.",
        "{parts} 个文件夹合并到 {folder}，共 {count} 次模拟，还缺 {missing} 次。",
    ),
    "sensitivity.merge_next": ("simulates what is missing", "补齐缺的部分"),
    "sensitivity.dry_range": ("range", "范围"),
    "sensitivity.dry_assumed": ("assumed", "假设"),
    "sensitivity.dry_trust": ("confidence", "可信度"),
    "sensitivity.dry_source": ("source", "来源"),
    "sensitivity.dry_runs": (
        "{runs} runs ({found} found), about {time} on {jobs} processors, {disk} on disk",
        "{runs} 次模拟（已有 {found} 次），{jobs} 个处理器约需 {time}，占用 {disk}",
    ),
    "sensitivity.moved": (
        "The folder held results of another version; they are now in {folder}.",
        "文件夹里原来是另一版程序的结果，已移到 {folder}。",
    ),
}

SENSITIVITY_CLI: dict[str, tuple[str, str]] = {
    "cli.examples_sensitivity": (
        "qunsim sensitivity experiments/sensitivity/what-decides.toml --dry-run\nqunsim sensitivity experiments/sensitivity/what-decides.toml --n 64",
        "qunsim sensitivity experiments/sensitivity/what-decides.toml --dry-run --lang zh\nqunsim sensitivity experiments/sensitivity/what-decides.toml --n 64 --lang zh",
    ),
    "cli.about_sensitivity": (
        "Which of many uncertain values decide the outcome, and which do not matter.",
        "敏感度分析：许多拿不准的数值里，哪些决定结果，哪些无所谓。",
    ),
    "cli.arg_sensitivity": (
        "a study file; the folder of a finished study (with --method: other indices of its runs); or a table (CSV, Parquet)",
        "研究文件；已完成的研究文件夹（配合 --method，用另一种方法分析已有的模拟）；或表格（CSV、Parquet）",
    ),
    "cli.opt_method": (
        "sobol, morris, fast, rbd_fast, pawn, delta, dgsm, lhs, factorial or oat (default: the study's)",
        "sobol、morris、fast、rbd_fast、pawn、delta、dgsm、lhs、factorial 或 oat（默认按研究文件）",
    ),
    "cli.opt_n": (
        "size of the design (default: the study's)",
        "设计的大小（默认按研究文件）",
    ),
    "cli.opt_point_replicates": (
        "runs of each point (default: the study's)",
        "每个点重复多少次（默认按研究文件）",
    ),
    "cli.opt_shard": (
        "simulate only part I of N, for job arrays; join with qunsim results merge",
        "只算 N 份里的第 I 份，用于作业阵列；用 qunsim results merge 合并",
    ),
    "cli.opt_factors": (
        "columns that were varied, where the study is a table (CSV or Parquet)",
        "哪些列是因素（研究是 CSV 或 Parquet 表格时）",
    ),
    "cli.opt_outputs": (
        "columns that came of it, where the study is a table",
        "哪些列是结果（研究是表格时）",
    ),
    "cli.opt_dry_run": (
        "only say what would be moved, how many runs that is, and how long it takes",
        "只说明要变动什么、要算多少次、多久",
    ),
}
