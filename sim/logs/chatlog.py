"""chatlog's exports of a WeChat group: CSV, JSON and text.

The layouts are those of its HTTP service (internal/model/message.go). System messages are told by
their type in JSON; the others have no type: there a sentence of the system's is one whoever is said
to send it.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from sim.logs import chatlog_text
from sim.logs.csv_rows import header_of, read_rows
from sim.logs.files import read_head, refuse_binary
from sim.logs.format import Format
from sim.logs.json_file import as_text, json_values
from sim.logs.json_stream import EACH
from sim.logs.times import parse_time
from sim.logs.wechat import GROUP, NOTICE, ZONE, Chat, kind_of, plain_content, whole
from sim.logs.wechat_notices import is_notice

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

SYSTEM = "系统消息"
_COLUMNS = ("Time", "SenderName", "Sender", "Talker", "Content")
_JSON = re.compile(rb"\s*\[\s*\{")
_KEYS = (b'"seq"', b'"talker"', b'"isChatRoom"', b'"sender"')
_SPOKEN = 1


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins as one of the three layouts."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _JSON.match(plain):
        return all(key in plain for key in _KEYS)
    return set(_COLUMNS) <= set(header_of(head)) or chatlog_text.sniff(head)


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file.

    Raises:
        UserError: ``wrong_file``, ``cannot_read``/``no_date``,
            ``damaged`` (``unreadable``, ``no_message``).
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    chat = Chat(gather, numbered=True)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        _read_json(path, chat, local=local)
    elif chatlog_text.sniff(head):
        for one in chatlog_text.entries(path, gather, local=local):
            _take(chat, one.seconds, one.sender, one.name, one.group, one.text)
    else:
        for line, (time, name, sender, talker, text) in read_rows(
            path, gather, columns=_COLUMNS, form="chatlog"
        ):
            try:
                seconds = parse_time(time, local=local)
            except (ValueError, OverflowError):
                gather.skip(line)
                continue
            try:
                _take(chat, seconds, sender, name, talker, text)
            except ValueError:
                gather.skip(line)


def _take(chat: Chat, seconds: float, sender: str, name: str, group: str, text: str) -> None:
    """Take an entry whose kind only its text tells.

    Raises:
        ValueError: Nobody is said to speak.
    """
    identity = chat.same(seconds, group, sender, plain_content(text))
    if sender == SYSTEM or sender.endswith(GROUP) or is_notice(text):
        chat.notice(seconds, text, identity=identity)
        return
    event = "transfer" if text.startswith("[转账|") else "message"
    if text.strip() == "[红包]":
        event = "red_packet"
    person = chat.speaker("" if sender == "我" else sender, name, me=sender == "我")
    quoted = chatlog_text.quoted(text)
    answered = chat.answered(quoted.sender, quoted.name) if quoted else -1
    chat.add(seconds, person, event, text, identity=identity, reply_to=answered)


def _read_json(path: Path, chat: Chat, *, local: tzinfo) -> None:
    gather = chat.gather
    messages = json_values(path, gather, [(EACH,)], nothing="no_message")
    for number, (_, message) in enumerate(messages, 1):
        try:
            _take_json(chat, message, local=local)
        except (ValueError, OverflowError):
            gather.skip(number)


def _take_json(chat: Chat, message: Any, *, local: tzinfo) -> None:
    """Take one message.

    Raises:
        ValueError: It is none, or nobody is said to send it.
    """
    if not isinstance(message, dict):
        raise ValueError("no message")  # noqa: TRY004  of the file, not the caller
    try:
        seconds: float = parse_time(as_text(message.get("time")), local=local)
    except (ValueError, OverflowError):
        seconds = math.nan
    kind, sub = whole(message.get("type")), whole(message.get("subType"))
    sender, text = as_text(message.get("sender")), as_text(message.get("content"))
    group, number = as_text(message.get("talker")), whole(message.get("seq"))
    content = number or (kind, sub, text if kind == _SPOKEN else "")
    identity = chat.same(seconds, group, sender, content)
    event = kind_of(kind, sub)
    if event == NOTICE or sender == SYSTEM or sender.endswith(GROUP):
        chat.notice(seconds, text, identity=identity)
        return
    contents = message.get("contents")
    refer = contents.get("refer") if isinstance(contents, dict) else None
    answered = -1
    if isinstance(refer, dict):
        answered = chat.answered(as_text(refer.get("sender")), as_text(refer.get("senderName")))
    person = chat.speaker(
        sender, as_text(message.get("senderName")), me=message.get("isSelf") is True
    )
    chat.add(seconds, person, event, text, identity=identity, reply_to=answered)


FORMAT = Format(name="chatlog", sniff=sniff, read=read, zone=ZONE, joins=True)
