"""What ``qunsim ci`` says: checks of the model against a baseline."""

from __future__ import annotations

REGRESSION: dict[str, tuple[str, str]] = {
    # The last line
    "ci.identical": (
        "IDENTICAL (exit 0). {futures} futures, the same to the last bit.",
        "完全相同（退出码 0）。{futures} 个模拟未来逐位一致。",
    ),
    "ci.equivalent": (
        "EQUIVALENT (exit 0). Bits differ, meaning does not.",
        "等价（退出码 0）。数位不同，含义不变。",
    ),
    "ci.equivalent_fresh": (
        "EQUIVALENT (exit 0). Other luck, the same meaning.",
        "等价（退出码 0）。换了运气，含义不变。",
    ),
    "ci.different": (
        'DIFFERENT (exit 1). Meant? qunsim ci accept {suite} --reason "..."',
        '有变化（退出码 1）。是有意的？qunsim ci accept {suite} --reason "..."',
    ),
    "ci.broken": (
        "DIFFERENT (exit 1). Something that must always hold does not: mend it.",
        "有变化（退出码 1）。有恒成立的规则被打破了，请先修好。",
    ),
    "ci.inconclusive": (
        "INCONCLUSIVE (exit 3). {kpis} about {more}; raise budget = {budget}.",
        "证据不足（退出码 3）。{kpis}还需要约 {more}，请调高 budget = {budget}。",
    ),
    "ci.inconclusive_pairs": (
        "INCONCLUSIVE (exit 3). {kpis} about {more} than the baseline has; raise replicates and record it with the old code.",
        "证据不足（退出码 3）。基线不够用：{kpis}还需要约 {more}，请调高 replicates，并用旧代码重新记录基线。",
    ),
    "ci.inconclusive_fresh": (
        "INCONCLUSIVE (exit 3). {kpis} about {more}; raise replicates and record the baseline with the old code.",
        "证据不足（退出码 3）。{kpis}还需要约 {more}，请调高 replicates，并用旧代码重新记录基线。",
    ),
    "ci.need": ("{count} KPIs need", "{count} 个指标"),
    "ci.need_one": ("1 KPI needs", "1 个指标"),
    "ci.pairs": ("{count} more pairs", "{count} 组"),
    "ci.more_futures": ("{count} more futures", "{count} 个模拟未来"),
    "ci.of": ("{count} of {total}", "{total} 个里的 {count}"),
    # Layers
    "ci.layer": ("layer {number}", "第 {number} 层"),
    "ci.layer_invariants": ("invariants", "恒成立的规则"),
    "ci.layer_exact": ("exact", "逐位比对"),
    "ci.layer_statistical": ("statistical", "统计比对"),
    "ci.layer_decisions": ("decisions", "决策"),
    "ci.state_ok": ("ok", "通过"),
    "ci.state_broken": ("BROKEN", "被打破"),
    "ci.state_same": ("same", "相同"),
    "ci.state_differs": ("differs", "不同"),
    "ci.state_different": ("DIFFERENT", "有变化"),
    "ci.state_unclear": ("unclear", "看不出"),
    "ci.state_skipped": ("not looked at", "未比对"),
    "ci.checks": ("{count} checks", "{count} 项检查"),
    "ci.broken_count": ("{count} of {total} checks", "{total} 项里有 {count} 项"),
    "ci.broken_more": ("and {count} more", "另有 {count} 处"),
    "ci.failed_runs": ("{count} failed: {error}", "{count} 个模拟未来出错：{error}"),
    "ci.all_same": ("{count} futures to the last bit", "{count} 个模拟未来逐位一致"),
    "ci.fresh": ("other futures (seed {seed})", "换了模拟未来（种子 {seed}）"),
    "ci.first": ("first at {place}", "最先出现在 {place}"),
    "ci.future": ("future {number}", "第 {number} 个未来"),
    "ci.on_day": ("day {number}", "第 {number} 天"),
    "ci.other_machine": (
        "made on another platform or with other versions",
        "基线来自别的平台或别的依赖版本",
    ),
    "ci.aside": ("; {text}", "；{text}"),
    "ci.outside": (
        "{count} of {total} KPIs outside their margin",
        "{total} 个指标里有 {count} 个超出容差",
    ),
    "ci.inside": ("{total} KPIs within their margins", "{total} 个指标都在容差之内"),
    "ci.not_known": (
        "{count} of {total} KPIs not known yet",
        "{total} 个指标里有 {count} 个还看不出",
    ),
    "ci.follows": ("follows from layer 2", "由第 2 层可知"),
    "ci.none_asked": ("none in the suite", "套件里没有"),
    "ci.order_kept": (
        "order of {count} reference policies unchanged",
        "{count} 个参考动作的次序不变",
    ),
    "ci.turned": ("{count} turned: {pairs}", "{count} 处颠倒：{pairs}"),
    "ci.turned_pair": ("{better} over {worse}", "{better} 胜过 {worse}"),
    # Tables
    "ci.scenario": ("scenario", "群"),
    "ci.kpi": ("kpi", "指标"),
    "ci.before": ("before", "之前"),
    "ci.after": ("after", "现在"),
    "ci.change": ("change", "变化"),
    "ci.interval": ("95 % interval", "95% 区间"),
    "ci.margin": ("margin", "容差"),
    "ci.verdict": ("verdict", "结论"),
    "ci.futures": ("futures", "模拟未来"),
    "ci.row_equivalent": ("equivalent", "等价"),
    "ci.row_different": ("different", "有变化"),
    "ci.row_undecided": ("not known", "看不出"),
    "ci.aspect_defined": ("{kpi}: how often known", "{kpi}：有值的比例"),
    "ci.aspect_shape": ("{kpi}: spread", "{kpi}：分布"),
    "ci.others": ("{count} others equivalent.", "其余 {count} 个等价。"),
    "ci.cases": ("{names} and others ({count})", "{names} 等 {count} 个群"),
    "ci.open_rows": ("{count} not known yet", "{count} 个还看不出"),
    "ci.others_one": ("1 other equivalent.", "其余 1 个等价。"),
    "ci.others_open": (
        "{count} others equivalent, {open} not known yet.",
        "其余 {count} 个等价，{open} 个还看不出。",
    ),
    "ci.report_line": (
        "Report: {file} ({seconds} s of {budget} s)",
        "报告：{file}（用时 {seconds} 秒，上限 {budget} 秒）",
    ),
    "ci.time_line": ("{seconds} s of {budget} s", "用时 {seconds} 秒，上限 {budget} 秒"),
    "ci.parameter": (
        "parameter {path} of {case}: {before} before, {after} now",
        "参数 {path}（{case}）：之前 {before}，现在 {after}",
    ),
    "ci.parameter_entries": (
        "entries of parameter {path} of {case}: {before} only before, {after} only now",
        "参数 {path}（{case}）里的条目：只在之前有 {before}，只在现在有 {after}",
    ),
    "ci.parameters_more": ("and {count} more parameters", "另有 {count} 个参数"),
    "ci.repeat": ("Again with the same luck: {command}", "用同样的运气再跑一次：{command}"),
    # What must hold
    "ci.rule": ("{where}: {what}", "{where}：{what}"),
    "ci.rule_detail": ("{where}: {what} ({detail})", "{where}：{what}（{detail}）"),
    "ci.probe_capacity": ("places of a group", "群的人数上限"),
    "ci.probe_qr": ("door of the QR code", "二维码入群上限"),
    "ci.probe_places": ("places of a membership", "会员名额"),
    "ci.probe_quota": ("invitations a member has", "每人的邀请名额"),
    "ci.probe_policies": ("policies", "动作"),
    "ci.probe_time": ("days", "天数"),
    "ci.probe_luck": ("luck", "随机数"),
    "ci.what_members": (
        "members of today are not those of yesterday and who came and went",
        "今天的人数对不上昨天的人数加进减出",
    ),
    "ci.what_moves": ("members move out of nowhere", "换群的人数对不上"),
    "ci.what_revenue": ("revenue is not what the ledger has", "收入和账本对不上"),
    "ci.what_cost": ("cost is not what the ledger has", "成本和账本对不上"),
    "ci.what_policies": (
        "what policies booked is not what the ledger has",
        "各动作的账加起来对不上总账",
    ),
    "ci.what_replies": ("more replies than messages", "回复比消息还多"),
    "ci.what_speakers": ("more speakers than openers", "发言的人比打开的人还多"),
    "ci.what_openers": ("more openers than members", "打开的人比群里的人还多"),
    "ci.what_payers": ("more payers than payments", "付费人数多于付费人次"),
    "ci.what_rows": ("members' rows do not add up to the counts", "成员明细和每日计数对不上"),
    "ci.what_order": ("somebody came before his inviter", "有人比邀请他的人先进群"),
    "ci.what_tenure": ("contribution is not kept for every day", "按在群天数的贡献缺了几天"),
    "ci.what_capacity": ("more members than places", "人数超过了上限"),
    "ci.what_shares": ("a share is not within 0 and 1", "有比例不在 0 到 1 之间"),
    "ci.what_finite": ("a KPI is no finite number", "有指标不是有限的数"),
    "ci.what_passed": ("the cap is passed", "超过了上限"),
    "ci.what_not_reached": ("the cap is never reached", "永远到不了上限"),
    "ci.what_inert": (
        "a policy that does nothing changes the run",
        "什么都不做的动作却改变了结果",
    ),
    "ci.what_past": ("a policy changes days before it begins", "动作改变了它开始之前的日子"),
    "ci.what_nothing": ("a policy on its defaults changes nothing", "动作按默认设置却毫无作用"),
    "ci.what_split": ("stopping in between changes the run", "中途停一下就改变了结果"),
    "ci.what_repeat": ("the same run again is another one", "同样的模拟再跑一次却不同"),
    "ci.what_horizon": ("a longer horizon changes the first days", "天数加长就改变了前面的日子"),
    "ci.what_seeds": ("another seed gives the same run", "换了种子结果却一样"),
    "ci.what_spent": (
        "what members spent is not what the ledger took",
        "成员花的钱和账本收的钱对不上",
    ),
    "ci.what_reused": ("one draw decides two things", "同一个随机数决定了两件事"),
    "ci.what_no_answer": ("the draws could not be watched", "没能观察到随机数的使用"),
    "ci.what_failed": ("a future failed", "有模拟未来出错"),
    # record and accept
    "ci.recorded": (
        "Recorded: {file} ({size}), {futures} futures in {seconds} s. Review and commit it.",
        "已记录：{file}（{size}），{futures} 个模拟未来，用时 {seconds} 秒。请审阅后提交。",
    ),
    "ci.accepted": (
        "Accepted: {file} ({size}). Commit it with the change.",
        "已接受：{file}（{size}）。请和改动一起提交。",
    ),
    "ci.accepted_same": (
        "Nothing to accept: every future is the same to the last bit. {file} stays as it is.",
        "没有需要接受的：每个模拟未来都逐位一致。{file} 不变。",
    ),
    "ci.refused": (
        "Not recorded (exit 1): something that must always hold does not.",
        "没有记录（退出码 1）：有恒成立的规则被打破了。",
    ),
    "ci.first_reason": ("first record", "首次记录"),
    # The page
    "ci.question": (
        "Did the change alter what the simulation says?",
        "这次改动有没有改变模拟的结论？",
    ),
    "ci.answer_identical": (
        "No. Every future is the same to the last bit.",
        "没有。每个模拟未来都逐位一致。",
    ),
    "ci.answer_equivalent": (
        "No. Numbers differ, but every KPI stays within its margin.",
        "没有。数字有出入，但每个指标都在容差之内。",
    ),
    "ci.answer_different": (
        "Yes. {count} of {total} KPIs are outside their margin.",
        "改变了。{total} 个指标里有 {count} 个超出容差。",
    ),
    "ci.answer_turned": (
        "Yes. Somebody would now decide otherwise.",
        "改变了。现在会做出不同的决定。",
    ),
    "ci.answer_broken": ("Something that must always hold does not.", "有恒成立的规则被打破了。"),
    "ci.answer_inconclusive": (
        "Not known yet. {count} of {total} KPIs need more futures.",
        "还看不出。{total} 个指标里有 {count} 个需要更多模拟未来。",
    ),
    "ci.line": (
        "Suite {suite}: {cases} communities, {futures} futures, {seconds} s",
        "套件 {suite}：{cases} 个群，{futures} 个模拟未来，用时 {seconds} 秒",
    ),
    "ci.layers": ("Four layers", "四层检查"),
    "ci.particulars": ("Rules and parameters", "规则与参数"),
    "ci.changed_kpis": ("What changed", "变了什么"),
    "ci.all_kpis": ("All KPIs", "全部指标"),
    "ci.decisions": ("Decisions", "决策"),
    "ci.decision": ("decision", "决策"),
    "ci.order_before": ("best to worst before", "之前的次序（从好到差）"),
    "ci.order_after": ("now", "现在的次序"),
    "ci.order_note": (
        "Options that change places within the noise have not turned.",
        "在误差之内互换位置的不算颠倒。",
    ),
    "ci.rows": ("{count} rows", "{count} 行"),
    "ci.history": ("Why the baseline is what it is", "基线的由来"),
    "ci.date": ("date", "日期"),
    "ci.reason": ("reason", "理由"),
    "ci.code": ("code", "代码"),
    "ci.find": (
        "{count} of {total} KPIs lie outside their margin",
        "{total} 个指标里有 {count} 个超出容差",
    ),
    "ci.find_none": ("All {total} KPIs lie within their margins", "{total} 个指标都在容差之内"),
    "ci.find_open": (
        "No KPI lies outside its margin, {count} of {total} are not known yet",
        "没有指标超出容差，{total} 个里有 {count} 个还看不出",
    ),
    "ci.dots": (
        "change against the baseline in margins, mean and 95 % interval",
        "与基线相比的变化，以容差为单位；均值和 95% 区间",
    ),
    "ci.dots_note": (
        "Diamond: different. Circle: equivalent. Square: not known yet. Between the dashed lines a change is practically nothing; beyond 6 margins marks stand at the edge.",
        "菱形：有变化；圆点：等价；方块：还看不出。虚线之间的变化可以忽略，超过 6 个容差的画在边上。",
    ),
    "ci.spread": (
        "How {kpi} of {case} is spread over futures",
        "“{case}”的{kpi}在各个模拟未来里的分布",
    ),
    "ci.spread_what": (
        "share of futures with at most so much, before and after",
        "不超过该值的模拟未来占比，之前和现在",
    ),
    "ci.method_layers": (
        "Layer 1 holds in every run or is a bug. Layer 2 compares every future bit by bit; equal bits end the check. Layer 3 asks for each KPI whether its change is surely within its margin (two one-sided tests) or surely outside it; anything between needs more futures. Layer 4 asks whether one option that was surely better is now surely worse.",
        "第 1 层在任何模拟里都必须成立，否则就是错误。第 2 层逐位比对每个模拟未来，全部一致就此结束。第 3 层逐个指标判断：变化肯定在容差之内（两次单侧检验）、肯定在容差之外，还是需要更多模拟未来。第 4 层看原本肯定更好的选择现在是不是肯定更差。",
    ),
    "ci.method_paired": (
        "Futures before and after have the same luck and are compared in pairs.",
        "改动前后的模拟未来运气相同，一一配对比较。",
    ),
    "ci.method_fresh": (
        "Futures have other luck than the baseline's (seed {seed}) and are compared as two samples.",
        "模拟未来换了运气（种子 {seed}），与基线作为两组样本比较。",
    ),
    "ci.method_errors": (
        "An unchanged model is called different in at most 2 of 100 checks, over all KPIs and all looks; a KPI at its margin is called equivalent in at most 5 of 100.",
        "模型没变却被判为有变化的，全部指标、全部次数加起来，每 100 次检查最多 2 次；正好变了一个容差的指标被判为等价的，每 100 次最多 5 次。",
    ),
}

REGRESSION_CLI: dict[str, tuple[str, str]] = {
    "cli.about_ci": (
        "Did a change alter what the simulation says? As an exit code and a readable diff.",
        "改动有没有改变模拟的结论？用退出码和看得懂的差异回答。",
    ),
    "cli.examples_ci": (
        "qunsim ci check\nqunsim ci check suite.toml --junit out.xml --markdown summary.md",
        "qunsim ci check --lang zh\nqunsim ci check suite.toml --junit out.xml --markdown summary.md",
    ),
    "cli.about_ci_record": (
        "Record the first baseline of a suite, to be reviewed and committed.",
        "记录套件的第一份基线，供审阅和提交。",
    ),
    "cli.examples_ci_record": (
        "qunsim ci record suite.toml\nqunsim ci record suite.toml --baseline baselines/suite.json",
        "qunsim ci record suite.toml --lang zh\nqunsim ci record suite.toml --baseline baselines/suite.json",
    ),
    "cli.about_ci_check": (
        "Hold the model against the baseline: exit code 0 equivalent, 1 different, 2 usage, 3 inconclusive.",
        "拿模型和基线比：退出码 0 等价，1 有变化，2 用法错误，3 证据不足。",
    ),
    "cli.examples_ci_check": (
        "qunsim ci check suite.toml --budget 60\nqunsim ci check suite.toml --fresh --junit out.xml",
        "qunsim ci check suite.toml --lang zh\nqunsim ci check suite.toml --fresh --junit out.xml",
    ),
    "cli.about_ci_accept": (
        "Accept what the model says now as the new baseline, with the reason.",
        "把模型现在的结果接受为新基线，并写明理由。",
    ),
    "cli.examples_ci_accept": (
        'qunsim ci accept suite.toml --reason "leaving refitted on 12 logs"\nqunsim ci accept --reason "coupons are deducted before the fee"',
        'qunsim ci accept suite.toml --reason "退群用 12 份记录重新拟合" --lang zh\nqunsim ci accept --reason "优惠券先抵扣再算手续费"',
    ),
    "cli.about_ci_diff": (
        "Show every KPI before and now, with a page of pictures.",
        "列出每个指标的前后对比，并写一页带图的报告。",
    ),
    "cli.examples_ci_diff": (
        "qunsim ci diff suite.toml\nqunsim ci diff suite.toml --baseline old.json",
        "qunsim ci diff suite.toml --lang zh\nqunsim ci diff suite.toml --baseline old.json",
    ),
    "cli.arg_suite": (
        "a suite (default experiments/ci/suite.toml)",
        "套件文件（默认 experiments/ci/suite.toml）",
    ),
    "cli.opt_baseline": (
        "another baseline than results/baseline/NAME.json",
        "改用别的基线文件（默认 results/baseline/名称.json）",
    ),
    "cli.opt_fresh": (
        "other futures than the baseline's, with a new seed",
        "不用基线的模拟未来，换新的种子",
    ),
    "cli.opt_ci_seed": (
        "with --fresh: that seed, to repeat a check",
        "和 --fresh 一起用：指定种子，用来重现一次检查",
    ),
    "cli.opt_ci_budget": (
        "seconds, in place of the suite's budget",
        "秒数上限，代替套件里的 budget",
    ),
    "cli.opt_junit": ("write a JUnit XML file", "写出 JUnit XML 文件"),
    "cli.opt_markdown": ("write a summary in Markdown", "写出 Markdown 摘要"),
    "cli.opt_annotations": (
        "print GitHub annotations (always done where GITHUB_ACTIONS is true)",
        "打印 GitHub 标注（GITHUB_ACTIONS 为 true 时自动打印）",
    ),
    "cli.opt_reason": ("why this change is meant", "为什么要有这个变化"),
    "cli.opt_ci_out": (
        "folder of diff.html and check.json (default results/ci)",
        "diff.html 和 check.json 的文件夹（默认 results/ci）",
    ),
}
