"""What is wrong with a sensitivity study or with what is asked of one."""

from __future__ import annotations

SENSITIVITY_ERRORS: dict[str, tuple[str, str]] = {
    "error.not_found.method": (
        "no method {name}{where}.{meant} There are: {known}",
        "没有叫 {name} 的方法{where}。{meant}可选：{known}",
    ),
    "error.not_found.formula": (
        "no formula {name}{where}.{meant} There are: {known}",
        "没有公式 {name}{where}。{meant}可选：{known}",
    ),
    "error.not_found.factor": (
        "no factor {name}{where}.{meant}",
        "没有因素 {name}{where}。{meant}",
    ),
    "error.not_found.arm": (
        "no lever {name}. There are: {known}",
        "没有叫 {name} 的方案。可选：{known}",
    ),
    "error.not_found.column": (
        "no column {name} in {file}.{meant} There are: {known}",
        "{file} 里没有列 {name}。{meant}可选：{known}",
    ),
    "error.damaged.table": (
        "{file} cannot be read as a table: {detail}",
        "{file} 读不成表格：{detail}",
    ),
    "error.wrong_form.columns": (
        "{file} is a table. Say which columns were varied and which came of it: --factors a,b --outputs y --method pawn",
        "{file} 是表格。请说明哪些列是因素、哪些列是结果：--factors a,b --outputs y --method pawn",
    ),
    "error.not_found.distribution": (
        "no distribution {name}{where}.{meant} There are: {known}",
        "没有分布 {name}{where}。{meant}可选：{known}",
    ),
    "error.out_of_range.design_size": (
        "n = {value}{where} does not suit the method {name}. Write {mend}",
        "n = {value}{where} 不适合方法 {name}。请写 {mend}",
    ),
    "error.out_of_range.positive": (
        "{key} = {value}{where}; {name} needs numbers above 0",
        "{key} = {value}{where}；{name} 分布只能用大于 0 的数",
    ),
    "error.wrong_form.factor": (
        '{key} = {value}{where}. Write [low, high], {{ low = 1, high = 2, distribution = "triangular", mode = 1.5 }}, {{ values = ["a", "b"] }} or {{ policies = {{ none = [], some = [{{ use = "red_packet" }}] }} }}',
        '{key} = {value}{where}。请写 [low, high]、{{ low = 1, high = 2, distribution = "triangular", mode = 1.5 }}、{{ values = ["a", "b"] }} 或 {{ policies = {{ none = [], some = [{{ use = "red_packet" }}] }} }}',
    ),
    "error.wrong_form.no_factors": (
        'nothing is moved{where}. Write factors = "all", a list of paths, or ranges',
        '没有要变动的因素{where}。请写 factors = "all"、路径列表或范围',
    ),
    "error.wrong_form.dependence": (
        '{key} = {value}{where}. Write [[dependence]] with between = ["path", "path"] and rank_correlation = 0.5',
        '{key} = {value}{where}。请写 [[dependence]]，里面 between = ["路径", "路径"]，rank_correlation = 0.5',
    ),
    "error.wrong_form.shard": (
        "--shard {value}. Write number/parts, the number from 1: 3/16",
        "--shard {value}。请写 第几份/共几份，从 1 开始：3/16",
    ),
    "error.taken.inert": (
        "{name}{where} is the name of the factor that does nothing",
        "{name}{where} 是空白因素的名字，不能再用",
    ),
    "error.contradiction.dependence": (
        "no factors can have all these rank correlations{where}: {detail}",
        "这些秩相关不可能同时成立{where}：{detail}",
    ),
    "error.contradiction.independent": (
        "the method {name} needs independent factors, but some go together{where}. Methods for that: {known}",
        "方法 {name} 要求因素相互独立，但这里有相关的因素{where}。可用的方法：{known}",
    ),
    "error.contradiction.needs_design": (
        "the method {name} needs a design of its own: run it from the study's file. For runs that are there: {known}",
        "方法 {name} 需要自己的设计，请从研究文件运行。已有的模拟可用：{known}",
    ),
    "error.contradiction.only_study": (
        "{name} is for a study's file; {file} is a folder of finished runs. Allowed with a folder: --method, --json, --lang",
        "{name} 只用于研究文件；{file} 是已完成的文件夹。文件夹可用：--method、--json、--lang",
    ),
    "error.too_short.screening": (
        "no output varies in the screening ({name}), so nothing can be chosen. Widen ranges or look at other outputs",
        "筛选时没有一个输出有变化（{name}），无法挑选。请放宽范围或换输出",
    ),
    "error.too_short.points": (
        "{value} runs are still missing in {file}. The same command again goes on",
        "{file} 里还缺 {value} 次模拟。再执行同一条命令就接着算",
    ),
    "error.too_short.given": (
        "{file} has {value} points that can be used; this method needs {low}",
        "{file} 里能用的点只有 {value} 个，这个方法至少要 {low} 个",
    ),
}
