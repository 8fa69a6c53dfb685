"""What a user is told about a mistake with baselines and suites (see ``errors`` for the form)."""

from __future__ import annotations

REGRESSION_ERRORS: dict[str, tuple[str, str]] = {
    "error.not_found.baseline": (
        "no baseline {file}. Record one with the code you trust: {record}",
        "没有基线 {file}。请用信得过的代码记录一份：{record}",
    ),
    "error.damaged.baseline": (
        "{file} is no baseline: it was cut, or a merge left its marks. Bring it back from git, or record it again: delete it, then {record}",
        "{file} 不是完整的基线：内容被截断，或合并冲突没有解决。请从 git 里恢复；或删掉后重新记录：{record}",
    ),
    "error.damaged.baseline_edited": (
        "{file} was changed by hand or by a merge: its digest does not fit. Bring it back from git; then, to accept a change: {accept}",
        "{file} 被手改过，或合并时改坏了：校验码对不上。请先从 git 里恢复；要接受变化，再执行 {accept}",
    ),
    "error.cannot_read.baseline_newer": (
        "{file} has schema {value}, newer than this program, which reads up to {newest}. Update qunsim",
        "{file} 的 schema = {value}，比这个程序新（最高读到 {newest}）。请升级 qunsim",
    ),
    "error.contradiction.baseline_other": (
        "the baseline was made of other communities than {suite} describes: {names}. Undo that change, or: {accept}",
        "基线和 {suite} 描述的群不一致：{names}。请撤销这处改动，或执行 {accept}",
    ),
    "error.contradiction.baseline_seed": (
        "{suite} has seed {value}, its baseline {seed}. Undo that change, or: {accept}",
        "{suite} 的种子是 {value}，基线的是 {seed}。请撤销这处改动，或执行 {accept}",
    ),
    "error.cannot_read.baseline_folder": (
        "{file} is a folder. Name the baseline's file: --baseline FILE.json",
        "{file} 是文件夹。请写基线文件：--baseline FILE.json",
    ),
    "error.contradiction.fresh_seed": (
        "seed {value} is the baseline's own. Choose another for --fresh",
        "种子 {value} 就是基线的种子。--fresh 请换一个",
    ),
    "error.contradiction.seed_without_fresh": (
        "--seed goes with --fresh: without it, futures are the baseline's",
        "--seed 要和 --fresh 一起用：不写 --fresh 时用的是基线的模拟未来",
    ),
    "error.taken.baseline": (
        '{file} is there already. To replace it: qunsim ci accept {suite} --reason "..."',
        '{file} 已经存在。要替换它：qunsim ci accept {suite} --reason "..."',
    ),
    "error.wrong_form.reason": (
        'a baseline is accepted with its reason: --reason "leaving refitted on 12 logs"',
        '接受新基线要写理由：--reason "退群用 12 份记录重新拟合"',
    ),
    "error.not_found.suite": (
        "no suite {file}. Name one: qunsim ci check SUITE.toml (how to write it: docs/tutorial-ci.md)",
        "没有套件 {file}。请写出套件文件：qunsim ci check SUITE.toml（写法见 docs/tutorial-ci.zh-CN.md）",
    ),
    "error.wrong_form.suite_kpis": (
        '{key} = []{where}: nothing would be judged. Name KPIs: ["members", "leaves"]',
        '{key} = []{where}：没有可判断的指标。请写指标：["members", "leaves"]',
    ),
    "error.wrong_form.suite_unnamed": (
        'a community or an option has no name{where}. Write name = "..."',
        '有群或选项没有名字{where}。请写 name = "..."',
    ),
    "error.contradiction.suite_idle": (
        "{key}{where} is the margin of a KPI that is not judged there. Add {name} to kpis, or leave the margin out",
        "{key}{where}是这里不判断的指标的容差。请把 {name} 加进 kpis，或删掉这条容差",
    ),
    "error.wrong_form.suite_empty": (
        "the suite has no community{where}. Write [[scenarios]] with name and base",
        "套件里没有群{where}。请写 [[scenarios]]，带上 name 和 base",
    ),
    "error.wrong_form.suite_scenarios": (
        "scenarios{where} must be tables: [[scenarios]] with a name",
        "群{where}要写成表：[[scenarios]]，并各有 name",
    ),
    "error.wrong_form.suite_decisions": (
        "decisions{where} must be tables: [[decisions]] with a name and options",
        "决策{where}要写成表：[[decisions]]，带上 name 和 options",
    ),
    "error.wrong_form.suite_options": (
        "a decision{where} needs options: [[decisions.options]] with a name and policies",
        "决策{where}要有选项：[[decisions.options]]，带上 name 和 policies",
    ),
    "error.wrong_form.suite_name": (
        '{key} = {value}{where}. Every community and option needs a name that can name a folder, and not "nothing"',
        "{key} = {value}{where}。每个群、每个选项都要有能当文件夹名的名字，且不能叫 nothing",
    ),
    "error.wrong_form.suite_margin": (
        '{key} = {value}{where}. Write a number in the KPI\'s unit, or a share of the baseline: "3 %"',
        '{key} = {value}{where}。请写以指标单位计的数，或占基线的比例："3 %"',
    ),
    "error.contradiction.suite_twice": (
        "the name {name} is there twice{where}",
        "名字 {name} 用了两次{where}",
    ),
    "error.contradiction.suite_stage": (
        "{name} is no number{where}. Take alive_end in its place",
        "{name} 不是数字{where}。请改用 alive_end",
    ),
}
