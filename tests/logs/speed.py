"""How fast an importer is, and in how much memory: a made-up export of any size.

    python tests/logs/speed.py                          # the layouts
    python tests/logs/speed.py LAYOUT [MESSAGES [CHARACTERS]]

Prints seconds of this process on a processor for reading the export and for writing its events, the
size of the export and the most memory held. CHARACTERS is the length of each text.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START = 1_709_600_000  # 2024-03-05T00:53:20Z; China's clocks are never turned
PEOPLE = 2_000
WORDS = "今天 群里 讨论 the plan for 下周 的 活动 and who brings what "


class Said(NamedTuple):
    """One message: number, second since 1970, who, text, and number of the message answered."""

    at: int
    second: int
    who: int
    text: str
    answers: int


def chatter(messages: int, characters: int) -> Iterator[Said]:
    """Messages every nine seconds or so; one in eight answers another."""
    filler = WORDS * (characters // 40 + 1)
    for at in range(messages):
        draw = at * 2_654_435_761 % 4_294_967_296  # Knuth's multiplicative hash
        who = draw % PEOPLE if draw % 3 else draw % 40  # some speak more than others
        start = draw % 40
        text = f"{filler[start : start + characters - 8]} {at}"
        yield Said(at, START + 9 * at + draw % 5, who, text, at - 3 if draw % 8 == 0 else -1)


def clock(second: int, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return datetime.fromtimestamp(second + 8 * 3600, UTC).strftime(form)


def table(header: str, row: Callable[[Said], tuple[object, ...]]) -> Callable[..., Iterator[str]]:
    def lines(said: Iterator[Said]) -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        yield header + "\n"
        for one in said:
            writer.writerow(row(one))
            if buffer.tell() > 100_000:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    return lines


def text(row: Callable[[Said], str], head: str = "") -> Callable[..., Iterator[str]]:
    def lines(said: Iterator[Said]) -> Iterator[str]:
        yield head
        yield from map(row, said)

    return lines


def listed(
    head: str, row: Callable[[Said], dict[str, object]], tail: str
) -> Callable[..., Iterator[str]]:
    def parts(said: Iterator[Said]) -> Iterator[str]:
        mark = head
        for one in said:
            yield mark
            yield json.dumps(row(one), ensure_ascii=False)
            mark = ","
        yield tail

    return parts


def _telegram(one: Said) -> dict[str, object]:
    message: dict[str, object] = {
        "id": one.at + 1, "type": "message", "date": clock(one.second, "%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(one.second), "from": f"Person {one.who}", "from_id": f"user{one.who}",
        "text": one.text, "text_entities": [{"type": "plain", "text": one.text}],
    }  # fmt: skip
    if one.answers >= 0:
        message["reply_to_message_id"] = one.answers + 1
    if one.at % 20 == 0:
        message["reactions"] = [
            {"type": "emoji", "count": 2, "emoji": "👍", "recent": [
                {"from": "Person 7", "from_id": "user7", "date": message["date"]}]}
        ]  # fmt: skip
    return message


def _discord(one: Said) -> dict[str, object]:
    author = {
        "id": str(10**17 + one.who), "name": f"person{one.who}", "discriminator": "0000",
        "nickname": f"Person {one.who}", "color": None, "isBot": False,
        "roles": [{"id": "1", "name": "member", "color": None, "position": 1}],
        "avatarUrl": "https://example.org/a.png",
    }  # fmt: skip
    message: dict[str, object] = {
        "id": str(((one.second * 1000 - 1_420_070_400_000) << 22) + one.at % 4096),
        "type": "Default" if one.answers < 0 else "Reply",
        "timestamp": clock(one.second, "%Y-%m-%dT%H:%M:%S.123+08:00"), "timestampEdited": None,
        "callEndedTimestamp": None, "isPinned": False, "content": one.text, "author": author,
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [],
        "inlineEmojis": [],
    }  # fmt: skip
    if one.answers >= 0:
        message["reference"] = {"type": "Default", "messageId": "1", "channelId": "2"}
    return message


def _discourse(one: Said) -> dict[str, object]:
    return {
        "id": one.at + 1, "username": f"person{one.who}", "user_id": one.who, "topic_id": 7,
        "created_at": datetime.fromtimestamp(one.second, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "cooked": f"<p>{one.text}</p>", "post_number": one.at + 1, "post_type": 1,
        "reply_to_post_number": one.answers + 1 if one.answers >= 0 else None,
        "actions_summary": [{"id": 2, "count": 1}],
    }  # fmt: skip


def _qq(one: Said) -> dict[str, object]:
    reply = {"type": "reply", "data": {"messageId": str(one.answers), "senderName": "x"}}
    who = str(10_000_000 + one.who)
    return {
        "id": str(one.at), "seq": one.at, "timestamp": one.second * 1000, "time": clock(one.second),
        "sender": {"uid": f"u_{who}", "uin": who, "name": f"Person {one.who}",
                   "nickname": f"Person {one.who}", "groupCard": f"Card {one.who}"},
        "type": "text", "content": {"text": one.text, "html": "", "elements":
                                    [reply] if one.answers >= 0 else [], "resources": [],
                                    "mentions": []},
        "recalled": False, "system": False, "rawMessage": {},
    }  # fmt: skip


def _weflow(one: Said) -> dict[str, object]:
    return {
        "localId": one.at, "createTime": one.second, "formattedTime": clock(one.second),
        "type": "文本消息", "localType": 1, "content": one.text, "isSend": 0,
        "senderUsername": f"wxid_{one.who}", "senderDisplayName": f"Person {one.who}",
        "source": "",
    }  # fmt: skip


def _chatlog(one: Said) -> dict[str, object]:
    return {
        "seq": one.second * 1000 + one.at % 1000,
        "time": clock(one.second, "%Y-%m-%dT%H:%M:%S+08:00"),
        "talker": "9@chatroom", "talkerName": "g", "isChatRoom": True,
        "sender": f"wxid_{one.who}", "senderName": f"Person {one.who}", "isSelf": False, "type": 1,
        "subType": 0, "content": one.text, "contents": None,
    }  # fmt: skip


def _slack(one: Said) -> dict[str, object]:
    message: dict[str, object] = {
        "type": "message", "user": f"U{one.who:08}", "text": one.text,
        "ts": f"{one.second}.{one.at % 1_000_000:06}", "team": "T1",
    }  # fmt: skip
    if one.answers >= 0:
        message |= {"thread_ts": f"{one.second - 60}.000001", "parent_user_id": "U00000007"}
    if one.at % 20 == 0:
        message["reactions"] = [{"name": "+1", "count": 1, "users": ["U00000003"]}]
    return message


def _page(one: Said) -> str:
    reply = ""
    if one.answers >= 0:
        reply = (
            '\n       <div class="reply_to details">\nIn reply to <a href="#go_to_message'
            f'{one.answers}" onclick="return GoToMessage({one.answers})">this message</a>\n'
            "       </div>\n"
        )
    return (
        f'     <div class="message default clearfix" id="message{one.at}">\n\n'
        '      <div class="pull_left userpic_wrap">\n\n       <div class="userpic userpic2" '
        'style="width: 42px; height: 42px">\n\n        <div class="initials" style="line-height: '
        '42px">\nP\n        </div>\n\n       </div>\n\n      </div>\n\n      <div class="body">\n\n'
        f'       <div class="pull_right date details" title="'
        f'{clock(one.second, "%d.%m.%Y %H:%M:%S")} UTC+08:00">\n{clock(one.second, "%H:%M")}\n'
        f'       </div>\n\n       <div class="from_name">\nPerson {one.who} \n       '
        f'</div>\n{reply}\n       <div class="text">\n{one.text}\n       </div>\n\n      '
        "</div>\n\n     </div>\n\n"
    )


class Layout(NamedTuple):
    """Name of the format, name of the file, and what makes its text."""

    form: str
    file: str
    make: Callable[[Iterator[Said]], Iterator[str]]


LAYOUTS = {
    "wechatmsg": Layout("wechatmsg", "群_utf8.csv", table(
        "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,"
        "NickName,Sender",
        lambda one: (one.at, 1, 1, 0, 0, one.second, 3, one.text, clock(one.second), "",
                     f"Person {one.who}", f"wxid_{one.who}"))),
    "pywxdump": Layout("pywxdump", "9@chatroom_0_5000.csv", table(
        "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime",
        lambda one: (one.at, 10**18 + one.at, "文本", 0, f"wxid_{one.who}", "9@chatroom", one.text,
                     "", clock(one.second)))),
    "weflow": Layout("weflow", "群.json", listed(
        '{"weflow":{"version":"1"},"session":{"wxid":"9@chatroom","type":"群聊"},"messages":[',
        _weflow, '],"avatars":{}}')),
    "wechat_stat": Layout("wechat_stat", "stat.csv", table(
        "time(Asia/Shanghai),group_id,group_name,from_id,from_nickname,content_type,content",
        lambda one: (clock(one.second), "9", "g", f"@{one.who}", f"Person {one.who}", "Text",
                     one.text))),
    "chatlog_csv": Layout("chatlog", "chatlog.csv", table(
        "Time,SenderName,Sender,TalkerName,Talker,Content",
        lambda one: (clock(one.second), f"Person {one.who}", f"wxid_{one.who}", "g", "9@chatroom",
                     one.text))),
    "chatlog_json": Layout("chatlog", "chatlog.json", listed("[", _chatlog, "]")),
    "chatlog_text": Layout("chatlog", "chatlog_2024.txt", text(
        lambda one: f"Person {one.who}(wxid_{one.who}) {clock(one.second)}\n{one.text}\n\n")),
    "wechat_txt": Layout("wechat_txt", "群.txt", text(
        lambda one: f"{clock(one.second)} Person {one.who}\n{one.text}\n\n")),
    "telegram": Layout("telegram", "result.json", listed(
        '{"name":"g","type":"private_supergroup","id":1,"messages":[', _telegram, "]}")),
    "telegram_html": Layout("telegram_html", "messages.html", text(
        _page, '<div class="text bold">\ng\n</div>\n')),
    "discord_json": Layout("discord_json", "g.json", listed(
        '{"guild":{"id":"1","name":"g"},"channel":{"id":"2","type":"GuildTextChat"},"dateRange":'
        '{"after":null,"before":null},"exportedAt":"2025-01-01T00:00:00+00:00","messages":[',
        _discord, '],"messageCount":1}')),
    "discord_csv": Layout("discord_csv", "g.csv", table(
        "AuthorID,Author,Date,Content,Attachments,Reactions",
        lambda one: (10**17 + one.who, f"person{one.who}",
                     clock(one.second, "%Y-%m-%dT%H:%M:%S.1230000+08:00"), one.text, "", ""))),
    "slack": Layout("slack", "export.zip", listed("[", _slack, "]")),
    "discourse": Layout("discourse", "7.json", listed(
        '{"post_stream":{"posts":[', _discourse, '],"stream":[]},"id":7}')),
    "qq_json": Layout("qq_json", "group.json", listed(
        '{"metadata":{"name":"QQChatExporter V5"},"chatInfo":{"name":"g","type":"group"},'
        '"messages":[', _qq, "]}")),
    "qq_jsonl": Layout("qq_json", "c001.jsonl", text(
        lambda one: json.dumps(_qq(one), ensure_ascii=False) + "\n")),
    "qq_txt": Layout("qq_txt", "群.txt", text(
        lambda one: f"{clock(one.second)} 【活跃】Person {one.who}({10_000_000 + one.who})\n"
                    f"{one.text}\n\n",
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n" + "=" * 64 + "\n消息分组:我的QQ群\n"
        + "=" * 64 + "\n消息对象:g\n" + "=" * 64 + "\n\n")),
    "irc": Layout("irc", "irc.log", text(
        lambda one: f"{clock(one.second, '%Y-%m-%dT%H:%M:%S')}  <person{one.who}> "
                    + (f"person{one.who * 7 % PEOPLE}: " if one.answers >= 0 else "")
                    + f"{one.text}\n")),
    "irc_clock": Layout("irc", "irc_2024-03-05.log", text(
        lambda one: f"[{clock(one.second, '%H:%M')}] <person{one.who}> {one.text}\n")),
    "whatsapp": Layout("whatsapp", "_chat.txt", text(
        lambda one: f"[{clock(one.second, '%d/%m/%Y, %H:%M:%S')}] Person {one.who}: {one.text}\n")),
    "csv": Layout("csv", "log.csv", table(
        "timestamp,member,event,reply_to,text",
        lambda one: (datetime.fromtimestamp(one.second, UTC).isoformat(), f"person {one.who}",
                     "message", f"person {one.who * 7 % PEOPLE}" if one.answers >= 0 else "",
                     one.text))),
}  # fmt: skip
"""Every layout that an importer reads, some formats in several."""


def write(folder: Path, layout: Layout, said: Iterator[Said]) -> Path:
    """Write an export; what to import."""
    path = folder / layout.file
    if layout.form == "slack":
        days: dict[str, list[Said]] = {}
        for one in said:
            days.setdefault(clock(one.second, "%Y-%m-%d"), []).append(one)
        people = sorted({one.who for there in days.values() for one in there})
        users = [{"id": f"U{n:08}", "name": f"person{n}"} for n in people]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("users.json", json.dumps(users))
            packed.writestr("channels.json", '[{"id":"C1","name":"all","is_general":true}]')
            for day, there in days.items():
                packed.writestr(f"all/{day}.json", "".join(layout.make(iter(there))))
        return path
    with path.open("w", encoding="utf-8") as file:
        file.writelines(layout.make(said))
    return path


def main(name: str, messages: int = 1_000_000, characters: int = 40) -> None:
    from sim.logs.events import write_events
    from sim.logs.importers import import_files

    layout = LAYOUTS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), layout, chatter(messages, characters))
        size = path.stat().st_size
        start = time.process_time()
        events, report = import_files([path], importer=layout.form)
        read = time.process_time() - start
        write_events(events, Path(folder) / "events.csv")
        written = time.process_time() - start - read
    assert report.kinds["message"] == messages, report.kinds
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:14}{messages:>10,} messages {size / 1e6:8.0f} MB  read {read:6.2f} s  "
          f"written {written:5.2f} s  at most {memory:6.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in LAYOUTS:
        sys.exit(f"{__doc__}\nLAYOUT is one of {', '.join(LAYOUTS)}")
    main(sys.argv[1], *map(int, sys.argv[2:]))
