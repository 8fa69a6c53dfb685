"""What is told of chat exports that were read."""

from __future__ import annotations

IMPORTING: dict[str, tuple[str, str]] = {
    "log.format_csv": (
        "CSV with columns such as timestamp, member, event, reply_to, amount",
        "有 timestamp、member、event、reply_to、amount 等列的 CSV",
    ),
    "log.format_telegram": (
        "Telegram Desktop: result.json, of a chat or an account",
        "Telegram Desktop 的 result.json，单个聊天或整个账号",
    ),
    "log.format_telegram_html": (
        "Telegram Desktop: messages.html with all its parts; JSON tells more",
        "Telegram Desktop 的 messages.html，分页会一起读，JSON 更全",
    ),
    "log.format_discord_json": (
        "DiscordChatExporter, JSON: a channel with all its parts",
        "DiscordChatExporter 的 JSON，分卷会一起读",
    ),
    "log.format_discord_csv": (
        "DiscordChatExporter, CSV: JSON tells replies and reactions too",
        "DiscordChatExporter 的 CSV，JSON 更全（有回复和表情）",
    ),
    "log.format_slack": (
        "Slack: the ZIP archive of a workspace, or its folder",
        "Slack 工作区导出的 ZIP，或解压后的文件夹",
    ),
    "log.format_discourse": (
        "Discourse: topics, /t/<id>.json?print=true (without, 20 posts)",
        "Discourse 主题：/t/<id>.json?print=true（不加只有 20 帖）",
    ),
    "log.format_qq_txt": (
        "QQ: .txt or .mht exported by the message manager of a computer",
        "QQ：电脑版消息管理器导出的文本或网页（.txt、.mht）",
    ),
    "log.format_qq_json": (
        "QQ: JSON of qq-chat-exporter, one file or a folder with manifest.json",
        "QQ：qq-chat-exporter 导出的 JSON，单个文件或带 manifest.json 的文件夹",
    ),
    "log.format_whatsapp": (
        "WhatsApp: text of Export chat (.txt), or the .zip with _chat.txt in it",
        "WhatsApp：“导出聊天”得到的文本（.txt），或里面有 _chat.txt 的 .zip",
    ),
    "log.format_irc": (
        "IRC: logs of mIRC, ZNC, irssi, WeeChat ...; dated inside or by name",
        "IRC：mIRC、ZNC、irssi、HexChat、WeeChat 等的日志，日期可以写在文件名里",
    ),
    "log.format_wechatmsg": (
        "WeChat, CSV by WeChatMsg: <name>_utf8.csv",
        "微信，留痕（WeChatMsg）的 CSV：<群名>_utf8.csv",
    ),
    "log.format_wechat_txt": (
        "WeChat, TXT by WeChatMsg; knows members by name, its CSV by id",
        "微信，留痕（WeChatMsg）的 TXT；只靠名字认人，CSV 更准",
    ),
    "log.format_pywxdump": (
        "WeChat, CSV by PyWxDump: any part beside users.json, or the folder",
        "微信，PyWxDump 的 CSV：任一分卷（旁边放 users.json）或文件夹",
    ),
    "log.format_chatlog": (
        "WeChat, CSV, JSON or text by chatlog (text: date in file name)",
        "微信，chatlog 的 CSV、JSON 或文本（文本的文件名要带日期）",
    ),
    "log.format_weflow": (
        "WeChat, JSON by WeFlow or echotrace",
        "微信，WeFlow 或 echotrace 的 JSON",
    ),
    "log.format_wechat_stat": (
        "WeChat, CSV by the bot wechat_stat: wechat_stat_<date>.csv",
        "微信，机器人 wechat_stat 的 CSV：wechat_stat_<日期>.csv",
    ),
    "log.imported": (
        "{out}: {events} events of {members} members, {first} to {last}.",
        "{out}：{events} 条记录，{members} 个成员，{first} 到 {last}。",
    ),
    "log.import_chats": (
        "{count} groups or channels are read as one log.",
        "{count} 个群或频道合在一起读。",
    ),
    "log.import_twice": (
        "{count} events were in several files and are kept once.",
        "{count} 条记录在几个文件里重复，只保留一份。",
    ),
    "log.import_weak": (
        "{share} of members are known by name only: whoever changed it counts twice.",
        "{share} 的成员只能靠名字辨认，改过名的会算成两个人。",
    ),
    "log.import_bots": (
        "{count} messages of bots were left out.",
        "机器人的 {count} 条消息没有计入。",
    ),
    "log.import_notices": (
        "{count} notices were left out (recalls, renames, pins and the like).",
        "{count} 条系统提示没有计入（撤回、改名、置顶等）。",
    ),
    "log.import_sections": (
        "{count} sections were left out because they are no group's.",
        "{count} 个不是群聊的部分没有计入。",
    ),
    "log.import_undated": (
        "{count} messages have no time that could be read and were left out.",
        "{count} 条消息的时间读不出来，没有计入。",
    ),
    "log.import_nameless": (
        "{count} entries do not say of whom they are (deleted accounts) and were left out.",
        "{count} 条记录没写是谁的（账号已删除），没有计入。",
    ),
    "log.import_gaps": (
        "Silent for more than a week {count} times, the longest from {start} to {end}: nobody spoke, or that part is missing.",
        "有 {count} 段超过一周没有消息，最长的是 {start} 到 {end}：可能没人说话，也可能缺了这一段。",
    ),
    "log.import_zone": (
        "Times without a zone were read as {zone}.",
        "没写时区的时间按 {zone} 读。",
    ),
    "log.import_leaves": (
        "This format does not tell who left: nobody is known to have stayed either.",
        "这种格式不记录退群：没说话的人是走了还是潜水，看不出来。",
    ),
    "log.import_private": (
        "Neither names nor texts are kept: members are numbers.",
        "不保留名字和聊天内容，成员只是编号。",
    ),
    "log.import_named": (
        "Names are kept, texts are not.",
        "保留了名字，不保留聊天内容。",
    ),
    "log.read_skipped": (
        "{file}: {count} rows could not be read and were left out, the first in line {line}.",
        "{file}：有 {count} 行读不了，已跳过，第一处在第 {line} 行。",
    ),
    "log.read_damaged": (
        "{file} was cut off; what came before the damage is kept.",
        "{file} 不完整，损坏之前的部分已保留。",
    ),
}
