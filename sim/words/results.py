"""What ``qunsim results`` says of kept results."""

from __future__ import annotations

RESULTS: dict[str, tuple[str, str]] = {
    "results.none": (
        "No results in {folder}. Make one: qunsim run knowledge",
        "{folder} 里还没有结果。先执行：qunsim run knowledge",
    ),
    "results.name": ("Name", "名称"),
    "results.kind": ("Made by", "命令"),
    "results.variants": ("Variants", "方案"),
    "results.runs": ("Runs", "完成"),
    "results.failed": ("Failed", "出错"),
    "results.days": ("Days", "天数"),
    "results.seed": ("Seed", "种子"),
    "results.modified": ("Changed", "更新时间"),
    "results.size": ("Size", "大小"),
    "results.point": ("Point", "点"),
    "results.future": ("Future", "模拟未来"),
    "results.policy": ("Policy", "动作"),
    "results.day": ("Day", "第几天"),
    "results.error": ("Error", "错误"),
    "results.folder": ("Folder", "文件夹"),
    "results.question": ("Question", "问题"),
    "results.community": ("Community", "社群"),
    "results.command": ("Command", "命令"),
    "results.made_with": ("Made with", "程序版本"),
    "results.code": ("Code", "代码校验"),
    "results.same_code": ("{code}, as now", "{code}，与现在相同"),
    "results.other_code": ("{code}, now {now}", "{code}，现在是 {now}"),
    "results.whole": ("Whole records", "完整记录"),
    "results.differs": ("What differs from the base", "和基准的差别"),
    "results.nothing": ("nothing", "没有差别"),
    "results.added": ("+ {policy}", "+ {policy}"),
    "results.left_out": ("- {policy}", "- {policy}"),
    "results.saved": ("goes on from {file}", "从 {file} 接着推演"),
    "results.torn": (
        "{count} lines of the journal cannot be read. The same command again simulates those futures anew.",
        "记录里有 {count} 行读不了。再执行同一条命令，就会重算那些模拟未来。",
    ),
    "results.missing": (
        "{count} runs are still missing. The same command again goes on.",
        "还有 {count} 次模拟没算完。再执行同一条命令就接着算。",
    ),
    "results.no_failures": ("No run failed.", "没有出错的模拟。"),
    "results.merged": (
        "{count} runs in {folder}; failed {failed}.",
        "{folder} 里共有 {count} 次模拟，出错 {failed} 次。",
    ),
    "results.more_rows": (
        "{count} more rows; all of them: --csv or --json",
        "还有 {count} 行；要全部输出请加 --csv 或 --json",
    ),
    "results.no_rows": ("No rows.", "没有符合的行。"),
    "results.identical": (
        "IDENTICAL (exit 0). {count} runs made again, every number the same.",
        "完全一致（退出码 0）。重算了 {count} 次，每个数字都相同。",
    ),
    "results.equivalent": (
        "EQUIVALENT (exit 0). {changed} of {count} runs differ, all measures within their margins.",
        "等价（退出码 0）。{count} 次里有 {changed} 次数字不同，但所有指标都在容差之内。",
    ),
    "results.different": (
        "DIFFERENT (exit 1). {changed} of {count} runs differ.",
        "有差异（退出码 1）。{count} 次里有 {changed} 次不同。",
    ),
    "results.failing": (
        "{count} runs failed now and not then, or the other way round.",
        "有 {count} 次模拟的成败与当时不同。",
    ),
    "results.tables": (
        "Not the same bytes: {tables}. They were damaged, or written by another version.",
        "文件内容不同：{tables}。可能是损坏了，或由另一个版本写成。",
    ),
    "results.moved": (
        "Moved further than its margin ({count}; how far, in margins, stands last):",
        "变化超出容差的指标（{count} 个，最后一列是变化相当于几倍容差）：",
    ),
    "results.within": (
        "Moved, but within the margin ({count}):",
        "有变化、但在容差之内的指标（{count} 个）：",
    ),
    "results.more_kpis": (
        "... and {count} more (--json has all)",
        "……还有 {count} 个（--json 列出全部）",
    ),
    "results.in_stage": ("{kpi}: {stage}", "{kpi}：{stage}"),
    "results.kpi": ("Measure", "指标"),
    "results.variant": ("Variant", "方案"),
    "results.before": ("Then", "当时"),
    "results.after": ("Now", "现在"),
    "results.margin": ("Margin", "容差"),
    "results.margins": ("Margins", "倍数"),
    "results.changed": ("What changed since", "此后的变化"),
    "results.files": ("Sources that decide numbers:", "决定数字的源文件："),
    "results.files_changed": ("changed ({count}): {files}", "改动 {count} 个：{files}"),
    "results.files_added": ("added ({count}): {files}", "新增 {count} 个：{files}"),
    "results.files_removed": ("removed ({count}): {files}", "删除 {count} 个：{files}"),
    "results.files_unknown": (
        "Which source files changed is not known: the manifest is of a version that did not list them.",
        "不知道改了哪些源文件：写这份清单的版本还没有逐个记录。",
    ),
    "results.and_more": ("{names} and {count} more", "{names} 等，另有 {count} 个"),
    "results.new_kpis": ("Measured now and not then: {kpis}", "现在有、当时没有的指标：{kpis}"),
    "results.gone_kpis": ("Measured then and not now: {kpis}", "当时有、现在没有的指标：{kpis}"),
    "results.unchanged": (
        "Code, versions and platform are the same as then.",
        "程序、依赖版本和平台都与当时相同。",
    ),
}

RESULTS_CLI: dict[str, tuple[str, str]] = {
    "cli.about_results": ("Results that were kept.", "管理保存下来的结果。"),
    "cli.examples_results": (
        "qunsim results ls\nqunsim results show results/first",
        "qunsim results ls\nqunsim results show results/first",
    ),
    "cli.about_results_ls": ("List result folders.", "列出结果文件夹。"),
    "cli.examples_results_ls": (
        "qunsim results ls\nqunsim results ls results --json",
        "qunsim results ls\nqunsim results ls results --json",
    ),
    "cli.about_results_show": (
        "Say what a result folder holds: what was asked, variants, failed runs.",
        "看一个结果文件夹：问了什么、有哪些方案、哪些模拟出错。",
    ),
    "cli.examples_results_show": (
        "qunsim results show results/first\nqunsim results show results/first --failed",
        "qunsim results show results/first\nqunsim results show results/first --failed",
    ),
    "cli.about_results_merge": (
        "Join folders of the same study, made on several machines.",
        "把同一研究在几台机器上算出的结果合并起来。",
    ),
    "cli.examples_results_merge": (
        "qunsim results merge results/a results/b --out results/all\nqunsim results merge node-1 node-2 node-3 --out results/all",
        "qunsim results merge results/a results/b --out results/all\nqunsim results merge node-1 node-2 node-3 --out results/all",
    ),
    "cli.about_results_sql": (
        "Ask a result folder in SQL (DuckDB, read only): daily (one row a day and run), groups, runs (one row a run, every measure a column).",
        "用 SQL 查询结果（DuckDB，只读）：daily（每次模拟每天一行）、groups、runs（每次模拟一行，每个指标一列）。",
    ),
    "cli.examples_results_sql": (
        'qunsim results sql results/first "select day, median(members) from daily group by day"\nqunsim results sql results/first "select replicate, profit from runs order by profit" --csv',
        'qunsim results sql results/first "select day, median(members) from daily group by day"\nqunsim results sql results/first "select replicate, profit from runs order by profit" --csv',
    ),
    "cli.about_results_reproduce": (
        "Simulate a result again from its manifest and say whether it is the same: 0 identical or equivalent, 1 different.",
        "按清单把结果重算一遍，看是否一致：退出码 0 为一致或等价，1 为有差异。",
    ),
    "cli.examples_results_reproduce": (
        "qunsim results reproduce results/first\nqunsim results reproduce results/first --replicates 20",
        "qunsim results reproduce results/first\nqunsim results reproduce results/first --replicates 20",
    ),
    "cli.arg_results": ("result folder", "结果文件夹"),
    "cli.arg_results_in": (
        "folder of result folders (default: results)",
        "放结果文件夹的地方（默认 results）",
    ),
    "cli.arg_results_more": ("result folders of one study", "同一研究的几个结果文件夹"),
    "cli.arg_sql": ("one SELECT", "一条 SELECT 语句"),
    "cli.opt_failed": ("list failed runs only", "只列出错的模拟"),
    "cli.opt_merged_out": ("folder for all of it", "合并到哪个文件夹"),
    "cli.opt_csv": ("print the result as CSV", "以 CSV 输出结果"),
    "cli.opt_reproduce_replicates": (
        "only the first N futures (default: all)",
        "只重算前 N 个模拟未来（默认全部）",
    ),
}
