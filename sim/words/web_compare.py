"""The screens Compare and Why of the web page, and what stands around figures."""

from __future__ import annotations

WEB_COMPARE: dict[str, tuple[str, str]] = {
    # Figures
    "web.figure.paths": ("Single futures", "样本线"),
    "web.figure.paths_note": (
        "A few of the simulated futures, each as one line",
        "随便挑几个模拟未来，各画一条线",
    ),
    "web.figure.half": (
        "Where 50 of 100 futures lie, day by day",
        "逐日看，100 个未来里有 50 个落在这里",
    ),
    "web.figure.wide": (
        "Where 90 of 100 futures lie, day by day",
        "逐日看，100 个未来里有 90 个落在这里",
    ),
    "web.figure.reset": ("Whole figure", "看全部"),
    "web.figure.table": ("Table", "表格"),
    "web.figure.only": ("Only “{name}”", "只看“{name}”"),
    "web.figure.all": ("“{name}” alone; press to see all", "现在只看“{name}”，再按看全部"),
    "web.figure.failed": (
        "The figure could not be drawn; its table is there.",
        "图画不出来，可以看表格。",
    ),
    "web.figure.toggle": ("Figure or table", "图和表切换"),
    "web.figure.source": ("qunsim, simulated", "qunsim 模拟"),
    # Head and verdict
    "web.compare.title": ("Compare", "对比"),
    "web.compare.verdict": ("Verdict", "结论"),
    "web.compare.waiting": (
        "First results come with the first 20 futures.",
        "跑完头 20 个模拟未来就有初步结果。",
    ),
    "web.compare.why": ("Why", "为什么"),
    "web.compare.report": ("Report", "生成报告"),
    "web.compare.writing": ("Writing the report …", "正在生成报告……"),
    "web.compare.report_ready": ("The report is ready.", "报告好了。"),
    "web.compare.report_open": ("Open the report", "打开报告"),
    "web.compare.save_xlsx": ("Excel (XLSX), all tables", "Excel 表格（XLSX），全部数据"),
    "web.compare.save_csv": ("CSV, every number", "CSV，全部指标"),
    "web.compare.save_daily": ("CSV, every future and day", "CSV，每个未来、每一天"),
    # State of the run
    "web.compare.empty": ("Nothing compared yet", "还没有对比"),
    "web.compare.empty_why": (
        "Every variant lives through the same simulated futures; then you see which does better, how surely, and at what price.",
        "每个方案都放进同样的模拟未来里跑一遍，就能看出哪个更好、有多大把握、代价多少。",
    ),
    "web.compare.plan_first": ("Plan variants", "先排方案"),
    "web.compare.starting": ("Starting …", "正在开始……"),
    "web.compare.queued": ("In the queue, place {place}", "排队中，第 {place} 位"),
    "web.stage.warming": (
        "Preparing the engine: a minute at most, once only",
        "正在准备引擎，最多一分钟，只有这一次",
    ),
    "web.compare.running": ("Simulating", "正在模拟"),
    "web.compare.done": (
        "Done: {done} futures of each variant.",
        "完成：每个方案跑了 {done} 个模拟未来。",
    ),
    "web.compare.interrupted": (
        "Interrupted at {done} of {total}. Nothing is lost.",
        "在 {total} 个里的第 {done} 个中断，结果都保留着。",
    ),
    "web.compare.failed": ("The calculation stopped.", "计算中断。"),
    "web.compare.change_plan": ("Change the variants", "去改方案"),
    "web.compare.again": ("Compare again", "重新对比"),
    "web.compare.stopping": ("Stopping …", "正在停止……"),
    "web.compare.stale": ("Inputs changed since.", "方案改过了，下面是改之前的结果。"),
    "web.compare.older": ("An earlier result.", "这是之前的一次结果。"),
    "web.compare.newest": ("Show the newest", "看最新的"),
    # Variants
    "web.compare.variants": ("Variants", "方案"),
    "web.compare.variant": ("Variant", "方案"),
    "web.compare.at_most": ("at most {n}", "最多 {n} 个"),
    "web.compare.of_futures": ("better in {chance} futures", "{chance} 个未来更好"),
    # Figure tabs
    "web.compare.figures": ("Figures", "图"),
    "web.compare.no_figures": ("Figures come with the first results.", "有了初步结果就有图。"),
    # Below
    "web.compare.below": ("Below", "向下"),
    "web.compare.nav_why": ("Why, and what would overturn it", "为什么，什么会推翻它"),
    "web.compare.nav_others": ("The other variants", "其他方案"),
    "web.compare.nav_cohorts": ("Who stays", "留群热力图"),
    "web.compare.nav_participation": ("Who talks", "参与曲线"),
    "web.compare.nav_tree": ("Who brings whom", "裂变树"),
    "web.compare.nav_changes": ("What was changed", "改了什么"),
    "web.compare.nav_assumptions": ("Assumptions", "假设"),
    "web.compare.nav_numbers": ("Every number", "全部数字"),
    "web.compare.nav_members": ("Members' stories", "成员故事"),
    "web.compare.why_line": (
        "Where the gain comes from, policy by policy, and which assumption would overturn it. Takes a minute or so.",
        "好处从哪个动作来，哪个假设会推翻结论。要算一会儿，大约一分钟。",
    ),
    "web.compare.why_go": ("Find out why", "看看为什么"),
    "web.compare.members_line": (
        "Some members' lives in the simulated group: who came, talked, paid, left, and why.",
        "看看模拟群里几个人的经历：怎么来的、说了什么话、花没花钱、为什么走。",
    ),
    "web.compare.members_go": ("Read their stories", "看成员故事"),
    "web.compare.tree_pick": (
        "Choose a point to read that member's story; with the keyboard, use the table.",
        "点一个点，看这个成员的故事；用键盘请切换到表格。",
    ),
    "web.compare.more_rows": ("{n} more", "其余 {n} 项"),
    "web.compare.before": ("Before", "原来"),
    "web.compare.after": ("Now", "现在"),
    "web.compare.setting": ("Setting", "设置"),
    "web.compare.same_else": ("Everything else is the same.", "其余都相同。"),
    "web.compare.assumption": ("Assumption", "假设"),
    # Why
    "web.why.title": ("Why", "为什么"),
    "web.why.back": ("Back to the comparison", "回到对比"),
    "web.why.of": ("Why “{name}”?", "为什么“{name}”是这个结果？"),
    "web.why.variant": ("Variant", "方案"),
    "web.why.first": (
        "There is nothing to explain yet: compare first.",
        "还没有结果可解释，请先对比。",
    ),
    "web.why.running": ("Leaving out one policy after the other", "逐个去掉动作再比"),
    "web.why.stopped": ("Stopped before the end.", "还没算完就停了。"),
}
