"""JSON of a WeChat group by WeFlow or echotrace.

``{"weflow", "session": {wxid, type, ...}, "messages": [...], "avatars": {...}}``; echotrace has no
``weflow``. Messages tell their kind in Chinese words (``localType`` is not reliable), and WeFlow
numbers them anew in every export: only ``platformMessageId``, where it is there, stays.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sim.logs.format import Format
from sim.logs.json_file import as_text, json_values
from sim.logs.json_stream import EACH
from sim.logs.wechat import GROUP, NOTICE, ZONE, Chat, quoted_person, whole

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_SESSION, _MESSAGES = ("session", "wxid"), ("messages", EACH)
_HEAD = re.compile(
    rb'\s*\{\s*"(?:weflow"\s*:\s*\{'
    rb'|session"\s*:\s*\{|avatars"\s*:\s*\{\s*"[^"]{1,100}"\s*:\s*\{'
    rb'\s*"(?:displayName|base64)"|messages"\s*:\s*\[\s*\{\s*"localId")'
)
_OWN = (b'"wxid"', b'"senderUsername"', b'"formattedTime"', b'"base64"')
_NOTICES = ("系统", "拍一拍", "撤回")
_SPOKEN = "文本消息"
_LONGEST_KIND = 100


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins with one of the parts of such an object."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    return (
        _HEAD.match(plain) is not None
        and any(key in plain for key in _OWN)
        and b'"chatlab"' not in plain
    )


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:  # noqa: ARG001  times are unix times
    """Read one file.

    Raises:
        UserError: ``wrong_file``, ``damaged`` (``unreadable``, ``no_message``).
    """
    chat, group, number = Chat(gather), "", 0
    for place, value in json_values(path, gather, [_SESSION, _MESSAGES], nothing="no_message"):
        if place == _SESSION:
            group = as_text(value)
            continue
        number += 1
        try:
            _take(chat, value, group)
        except ValueError:
            gather.skip(number)


def _take(chat: Chat, message: Any, group: str) -> None:
    """Take one message.

    Raises:
        ValueError: It is none, or nobody is said to send it.
    """
    if not isinstance(message, dict):
        raise ValueError("no message")  # noqa: TRY004  of the file, not the caller
    created = message.get("createTime")
    seconds = float(whole(created)) if not isinstance(created, float) else created
    if not math.isfinite(seconds):
        seconds = math.nan
    kind, text = as_text(message.get("type")), as_text(message.get("content"))
    sender, name = as_text(message.get("senderUsername")), as_text(message.get("senderDisplayName"))
    number = as_text(message.get("platformMessageId"))
    identity = chat.same(seconds, group, sender, kind, text if kind == _SPOKEN else "")
    if number:
        identity = ("weflow", group, number)
    event = _event(kind[:_LONGEST_KIND])
    if message.get("isSend", 0) is None or event == NOTICE or sender.endswith(GROUP):
        chat.notice(seconds, text, identity=identity)
        return
    replied = as_text(message.get("replyToMessageId"))
    chat.add(
        seconds, chat.speaker(sender, name, me=message.get("isSend") == 1), event, text,
        identity=identity, reply_id=("weflow", group, replied) if replied else None,
        reply_to=chat.answered(quoted_person(text), as_text(message.get("quotedSender"))),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _event(kind: str) -> str:
    if any(part in kind for part in _NOTICES):
        return NOTICE
    if "转账" in kind:
        return "transfer"
    return "red_packet" if "红包" in kind and "封面" not in kind else "message"


FORMAT = Format(name="weflow", sniff=sniff, read=read, zone=ZONE, joins=True)
