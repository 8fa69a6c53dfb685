"""The screen Start of the web page: which group?"""

from __future__ import annotations

WEB_START: dict[str, tuple[str, str]] = {
    "web.start.title": ("Which kind of group is yours?", "你的群是哪一种？"),
    "web.start.cases": (
        "Assumptions drawn from public practice; they do not speak for these companies.",
        "以下案例是根据公开做法作的假设，不代表这些公司。",
    ),
    "web.start.people": ("{n} people", "{n} 人"),
    "web.start.members": ("People", "人数"),
    "web.start.days": ("Days to look ahead", "往后看几天"),
    "web.start.goal": ("Goal", "目标"),
    "web.start.see": ("See its portrait", "看群画像"),
    "web.start.work_name": ("{community}, {day}", "{community}，{day}"),
    "web.start.own_title": ("Or start from your own group", "或者用你自己的群"),
    "web.start.drop_here": ("Drop an exported chat log here", "把导出的聊天记录拖到这里"),
    "web.start.choose_file": ("Choose a file", "选择文件"),
    "web.start.stays_here": (
        "It stays on this machine. Texts are not kept; names become codes.",
        "只在本机处理；不存文字，名字变成代号。",
    ),
    "web.start.stays_there": (
        "It stays on the machine that runs qunsim. Texts are not kept; names become codes.",
        "只在运行 qunsim 的那台机器上处理；不存文字，名字变成代号。",
    ),
    "web.start.platforms": (
        "WeChat, QQ, Telegram, Discord, Slack and others, or a table with time and member",
        "微信、QQ、Telegram、Discord、Slack 等，或一张有时间和成员的表",
    ),
    "web.start.too_big": (
        "The file is larger than {mb} MB. Export a shorter time.",
        "文件超过 {mb} MB，请导出短一点的时间段。",
    ),
    "web.start.nothing_in_it": ("The file is empty.", "文件是空的。"),
    "web.start.sending": ("Sending {name}", "正在传 {name}"),
    "web.start.reading": ("Reading {name}", "正在读 {name}"),
    "web.stage.reading": ("Reading the chat log", "正在读聊天记录"),
    "web.stage.describing": ("Drawing the portrait", "正在画群画像"),
    "web.stage.fitting": ("Fitting to your group", "正在按你的群校准"),
    "web.stage.forecasting": ("Looking ahead", "正在往后推演"),
    "web.start.read": ("The chat log has been read.", "聊天记录读好了。"),
    "web.start.interrupted": (
        "Reading was interrupted. Choose the file again.",
        "读取中断了，请重新选一次文件。",
    ),
    "web.start.forget_log": ("Delete {name}", "删除 {name}"),
    "web.start.go_on": ("Go on with", "接着上次"),
    "web.start.examples": ("Try an example", "先看一个例子"),
    "web.start.example_packets": ("Red packets or a free course?", "红包还是免费课？"),
    "web.start.example_packets_about": (
        "A knowledge group with ¥30,000 to spend",
        "知识群，手里有 3 万元",
    ),
    "web.start.example_packets_packet": ("red packets", "红包"),
    "web.start.example_packets_course": ("free course", "免费课"),
    "web.start.example_prune": ("Prune or keep?", "清人还是留人？"),
    "web.start.example_prune_about": (
        "A product group, half of it silent",
        "产品群，一半人不说话",
    ),
    "web.start.example_prune_remove": ("remove after 60 days", "沉默 60 天就清"),
    "web.start.example_prune_care": ("write to the silent", "不清人，私聊"),
    "web.start.example_entry": ("Paid entry?", "要不要付费入群？"),
    "web.start.example_entry_about": (
        "A ticket of ¥19.9, or questions at the door",
        "收 ¥19.9 门票，还是只设门槛",
    ),
    "web.start.example_entry_ticket": ("ticket ¥19.9", "门票 ¥19.9"),
    "web.start.example_entry_threshold": ("entry threshold", "入群门槛"),
}
