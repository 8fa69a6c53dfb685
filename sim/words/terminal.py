"""Texts of the terminal: progress, the result of a run, stopping, warnings, regression checks."""

from __future__ import annotations

TERMINAL: dict[str, tuple[str, str]] = {
    "run.title": (
        "{name}, {members} members, {days} days, {futures} simulated futures",
        "{name}  {members} 人  {days} 天  {futures} 个模拟未来",
    ),
    "run.title_one": (
        "{name}, {members} members, {days} days, 1 simulated future",
        "{name}  {members} 人  {days} 天  1 个模拟未来",
    ),
    "run.after": ("after {days} days", "{days} 天后"),
    "run.usually": ("usually {low} to {high}", "多数在 {low} 到 {high} 之间"),
    "run.usually_short": ("usually {low} to {high}", "多数 {low} 到 {high}"),
    "run.stages": ("in {count} of {total}", "{total} 个里 {count} 个"),
    "run.stage_more": ("{name} {count}", "{name} {count} 个"),
    "run.peak": ("Activity peaks around day {day}", "活跃峰值多在第 {day} 天前后"),
    "run.peak_late": (
        "Activity is still rising at the end in most futures",
        "多数模拟未来里，活跃到最后还没到顶",
    ),
    "run.not_halved": (
        "in {count} of {total} futures it never fell to half of that within {days} days",
        "{total} 个里有 {count} 个在 {days} 天内没跌到峰值的一半",
    ),
    "run.halved": (
        "it then halves within about {half} days",
        "之后大约 {half} 天跌到一半",
    ),
    "run.undefined_why": ("cannot be computed: {why}", "算不出：{why}"),
    "run.few": (
        "Fewer than 20 futures: too few for a range.",
        "模拟未来不足 20 个，给不出范围。",
    ),
    "run.never_in": ("never in {count} of {total}", "{total} 个里 {count} 个没出现"),
    "run.never_pays_in": ("never in {count} of {total}", "{total} 个里 {count} 个回不了本"),
    "run.undefined": ("cannot be computed", "算不出"),
    "run.failed": (
        "{failed} of {total} futures failed and are left out.",
        "{total} 个里有 {failed} 个出错，已剔除。",
    ),
    "run.days_kept": (
        "The days they had finished are kept: {folder}",
        "已算完的日子都留着：{folder}",
    ),
    "run.report": ("Report", "报告"),
    "run.next": ("Next", "下一步"),
    "run.next_compare": ("compare two ways of running it", "比较两种做法"),
    "run.usually_means": (
        '"Usually" means in 90 of 100 futures.',
        "“多数”指 100 个模拟未来里的 90 个。",
    ),
    "run.already": (
        "Already computed; shown again. Folder: {folder}",
        "已经算过，直接显示。文件夹：{folder}",
    ),
    "run.torn": (
        "Damaged lines in the journal: {count}. Those futures were simulated again.",
        "记录里有 {count} 行损坏，对应的模拟未来已重新计算。",
    ),
    "run.remade": (
        "Everything was computed before; missing or damaged tables in {folder} were written again.",
        "之前已经全部算完；{folder} 里缺失或损坏的表已重新生成。",
    ),
    "run.moved": (
        "Made by another version of the program; kept in {folder} and computed anew.",
        "旧结果是另一个版本的程序算的，已移到 {folder}，这次重新计算。",
    ),
    "progress.bar": (
        "{bar}  {percent}%  {done}/{total} {unit}",
        "{bar}  {percent}%  {done}/{total} {unit}",
    ),
    "progress.left": ("{time} left", "还要 {time}"),
    "progress.took": ("took {time}", "用时 {time}"),
    "progress.failed": ("failed {count}", "出错 {count}"),
    "progress.precision": (
        "known to {reached} (asked {asked})",
        "已精确到 {reached}（要求 {asked}）",
    ),
    "progress.minutes": ("{count} min", "{count} 分钟"),
    "progress.hours": ("{count} h", "{count} 小时"),
    "progress.compiling": (
        "First start: preparing the engine, up to half a minute, once only.",
        "首次启动：正在准备引擎，最多半分钟，只有这一次。",
    ),
    "stop.kept": (
        "Stopped. {done} of {total} futures kept. Continue: same command again.",
        "已停止。{total} 次里已完成的 {done} 次都保留了，重新执行同一条命令就接着跑。",
    ),
    "stop.nothing": ("Stopped. Nothing was written.", "已停止。没有写入任何东西。"),
    "stop.plain": ("Stopped.", "已停止。"),
    "warning.label": ("Note", "提醒"),
    "warning.same_day": (
        "two policies of one kind on one day: {policy}, day {day}",
        "同一天有两个同类动作：{policy}，第 {day} 天",
    ),
    "warning.nobody": (
        "{policy} found nobody it is meant for",
        "{policy}没有找到适用的对象",
    ),
    "warning.nobody_in": (
        "{policy} found nobody it is meant for ({audience}) in {count} of {total} futures",
        "{total} 个模拟未来里有 {count} 个，{policy}没有找到要给的人（{audience}）",
    ),
    "warning.no_audience": (
        "there can be nobody here for whom {policy} is meant: {audience}",
        "{policy}要给的是{audience}，但这个设定里不会有这样的人",
    ),
    "warning.minutes": (
        "{hours} hours of planned work were not done for lack of time",
        "有 {hours} 小时的计划因为时间不够没做",
    ),
    "warning.money": (
        "{money} of planned spending was not made for lack of money",
        "有 {money} 的计划因为预算不够没花",
    ),
    "warning.ended": (
        "future {future} ended on day {day}: {policy} failed ({detail}). Its finished days are kept and enter no figure",
        "第 {future} 号模拟未来停在第 {day} 天：{policy}出错（{detail}）。已算完的日子都留着，但不计入任何数字",
    ),
    "warning.ended_at_once": (
        "future {future} ended on day {day}, its first: {policy} failed ({detail})",
        "第 {future} 号模拟未来在第 {day} 天（一开始）就停了：{policy}出错（{detail}）",
    ),
    "warning.ended_more": (
        "{count} more futures ended likewise; all are named in {file}/manifest.json",
        "还有 {count} 个模拟未来也这样停了，都列在 {file}/manifest.json 里",
    ),
    "warning.equal": (
        '"{variant}" is the same as "{baseline}"',
        "“{variant}”和“{baseline}”完全一样",
    ),
    "run.saved": (
        'The community of the first future is in {file}: base = "{file}" goes on from it.',
        '第一个模拟未来的群已存到 {file}，写 base = "{file}" 就从它接着推演。',
    ),
    "warning.unpaired": (
        '"{name}": common luck did not help here; more futures are needed than usual',
        "“{name}”：这次同运气配对没有帮上忙，需要比平常更多的模拟未来",
    ),
    "warning.payback": (
        "{days} days are too short to see whether it pays for itself",
        "{days} 天太短，看不出能不能回本",
    ),
    "warning.few": (
        "too few futures for the asked precision: known to {reached}, asked {asked}",
        "模拟未来太少，没到要求的精度：现在 {reached}，要求 {asked}",
    ),
    "warning.later": (
        "{policy}: planned for later than these {days} days.",
        "{policy}：排在这 {days} 天之后，这次没轮到。",
    ),
    "warning.clash_codes": (
        "{policy} with {other}: codes limit the invitations that are asked for",
        "{policy}限制了邀请人数，{other}却鼓励多邀请",
    ),
    "warning.clash_door": (
        "{policy} with {other}: people get in without a code, so codes are not scarce",
        "不用{policy}也能通过{other}进群，码就不稀缺了",
    ),
    "warning.clash_places": (
        "{policy} with {other}: both limit invitations, and the larger number counts",
        "{policy}和{other}都限制邀请名额，只按多的那个算",
    ),
    "warning.clash_silent": (
        "{policy} with {other}: most who come that way only read, and many are taken out again",
        "{other}拉来的人多数只看不说，{policy}又会把不少人清出去",
    ),
    "warning.clash_entry": (
        "{policy} with {other}: both charge for coming in, and the higher price counts",
        "{policy}和{other}都收入群费，只按高的那个收",
    ),
    "warning.clash_price": (
        "{policy} with {other}: the same sold at two prices, of which the higher counts",
        "{policy}和{other}卖同样的东西却定了两个价，只按高的那个卖",
    ),
    "warning.clash_margin": (
        "{policy} with {other}: all goods then earn the commission only",
        "{policy}和{other}同时卖货，所有商品都只按佣金算收入",
    ),
    "warning.duplicate": (
        "{policy} is written twice with the same values",
        "{policy}写了两遍，取值完全相同",
    ),
    "font.none": (
        "No Chinese font found; the figures are labelled in English. To install one: {command}",
        "没有找到中文字体，图里的文字用了英文。安装方法：{command}",
    ),
    "font.linux": ("apt-get install fonts-noto-cjk", "apt-get install fonts-noto-cjk"),
    "font.mac": (
        "brew install --cask font-noto-sans-cjk-sc",
        "brew install --cask font-noto-sans-cjk-sc",
    ),
    "font.windows": (
        "Settings > System > Optional features > Simplified Chinese supplemental fonts",
        "设置 > 系统 > 可选功能 > 简体中文补充字体",
    ),
    "font.pip": ('pip install "qunsim[zh]"', 'pip install "qunsim[zh]"'),
    "bench.title": (
        "Cost of the engine on this machine ({machine})",
        "这台机器上的速度（{machine}）",
    ),
    "bench.members": ("members", "成员数"),
    "bench.everything": ("a member's day, everything on (ns)", "一人一天，动作全开（纳秒）"),
    "bench.neutral": ("a member's day, no policies (ns)", "一人一天，没有动作（纳秒）"),
    "bench.lite": ("the same in community-lite (ns)", "community-lite 的一人一天（纳秒）"),
    "bench.ratio": ("everything on, times community-lite", "动作全开是 community-lite 的几倍"),
    "bench.bytes": ("Memory of a member: {count} bytes.", "每个成员占内存：{count} 字节。"),
    "bench.ensemble": (
        "Simulated years of a group of 500 a second, on two threads and measured: {busy} with everything on, {neutral} without policies.",
        "每秒能模拟多少个 500 人群的一年（两个线程，含指标）：动作全开 {busy}，没有动作 {neutral}。",
    ),
    "bench.policies": (
        "A year of 500 members takes {talking} times as long with twenty policies that keep them talking ({messages} times the messages), {trading} times with twenty that bring people and sell, {reacting} times with five that react every morning.",
        "500 人群跑一年，和没有动作相比：二十个带动聊天的动作要 {talking} 倍时间（消息是 {messages} 倍），二十个拉人卖货的动作要 {trading} 倍，五个每天看数据调整的动作要 {reacting} 倍。",
    ),
    "bench.lite_is": (
        "community-lite is a small reference community that every simulator can run.",
        "community-lite 是一个很小的对照模型，各家模拟器都能跑。",
    ),
    "bench.peers": (
        "community-lite beside other simulators, one thread each: million member-days a second (times slower than qunsim).",
        "和其他模拟器跑同一个 community-lite，各用一个线程：每秒百万人天（括号里是比 qunsim 慢几倍）。",
    ),
    "bench.not_available": ("{name} was not measured: {reason}", "没测 {name}：{reason}"),
    "bench.step_compile": ("getting ready", "准备中"),
    "bench.step_day": (
        "days of {name} members, {done} of {total}",
        "{name} 人的每一天  {done}/{total}",
    ),
    "bench.step_policies": ("timing policies", "给动作计时"),
    "bench.step_ensemble": (
        "many runs at once, {done} of {total}",
        "同时模拟很多遍  {done}/{total}",
    ),
    "bench.step_install": ("installing {name}", "安装 {name}"),
    "bench.step_check": ("checking that {name} simulates the same", "核对 {name} 跑的是同一个模型"),
    "bench.step_time": ("timing {name}, {done} of {total}", "给 {name} 计时  {done}/{total}"),
    "bench.step_failed": ("{name} fails: {reason}", "{name} 出错：{reason}"),
}
