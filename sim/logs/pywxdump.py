"""PyWxDump's CSV of a WeChat group: parts of 5,000 rows, and ``users.json`` with the names.

Columns and texts are those of its exporter (pywxdump/api/export/exportCSV.py and
pywxdump/db/dbMSG.py). All parts in a folder belong together; a message that two of them hold is
known by its MsgSvrID.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.logs.csv_rows import header_of, read_rows
from sim.logs.files import files_in, read_head
from sim.logs.format import Format
from sim.logs.json_file import as_text
from sim.logs.people import plain_name
from sim.logs.times import parse_time
from sim.logs.wechat import GROUP, NOTICE, ZONE, Chat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_COLUMNS = ("MsgSvrID", "type_name", "is_sender", "talker", "room_name", "msg", "CreateTime")
_PART = re.compile(r"(?P<chat>.+)_(?P<start>\d{1,12})_\d{1,12}\.csv(?:\.gz)?", re.IGNORECASE)
_USERS = "users.json"
_MOST_USERS = 16_000_000  # bytes; the file of a full group has one
_NOTICES = re.compile(r"系统|拍一拍|邀请加群|消息撤回|位置共享$|添加好友|10000|11000")
_NOBODY = ("系统", "未知", "")
_SPOKEN = "文本"
_QUOTE = re.compile(r"\n\n\[引用\]\([-\d: ]{0,19}\)")
_MOST_COLONS = 8  # in a name


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins with the columns of this exporter."""
    return set(_COLUMNS) <= set(header_of(head))


def parts(path: Path) -> Sequence[Path]:
    """The file and its siblings of the same chat, in order."""
    named = _PART.fullmatch(path.name)
    if named is None:
        return (path,)
    found = {path: int(named["start"])}
    for file in files_in(path.parent):
        other = _PART.fullmatch(file.name)
        if other is None or other["chat"] != named["chat"]:
            continue
        try:
            if sniff(read_head(file), file):
                found[file] = int(other["start"])
        except UserError:  # an empty sibling, say
            continue
    return sorted(found, key=lambda file: (found[file], file.name))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one part.

    Raises:
        UserError: As :func:`sim.logs.csv_rows.read_rows`.
    """
    users, whole = _users(path.parent / _USERS)
    if not whole:
        gather.broke_off()
    for number, (name, remark) in users.items():
        for shown in (remark, name):
            if shown:
                gather.person(number, shown=shown)
    called = {plain_name(shown) for names in users.values() for shown in names if shown}
    chat = Chat(gather)
    for line, row in read_rows(path, gather, columns=_COLUMNS, form="pywxdump"):
        number, kind, mine, talker, room, text, time = row
        try:
            seconds = parse_time(time, local=local)
        except (ValueError, OverflowError):
            gather.skip(line)
            continue
        identity = chat.same(seconds, room, talker, kind, text if kind == _SPOKEN else "")
        if number.strip("0"):
            identity = ("pywxdump", number)
        event = _event(kind)
        if event == NOTICE or talker.endswith(GROUP):
            chat.notice(seconds, text, identity=identity)
            continue
        if talker in _NOBODY:
            gather.skip(line)
            continue
        name, remark = users.get(talker, ("", ""))
        person = chat.speaker(talker, name, remark, me=mine == "1")
        chat.add(
            seconds, person, event, text, identity=identity, reply_to=_quoted(chat, text, called)
        )


def _event(kind: str) -> str:
    """What a row is by the exporter's word for its type."""
    if _NOTICES.search(kind):
        return NOTICE
    if "转账" in kind or "2000" in kind:
        return "transfer"
    return "red_packet" if kind in ("红包", "微信红包") or "2001" in kind else "message"


def _quoted(chat: Chat, text: str, called: set[str]) -> int:
    """Who is quoted; of a name with colons, the longest that somebody bears."""
    found = _QUOTE.search(text) if "[引用]" in text else None
    if found is None:
        return -1
    names = text[found.end() : found.end() + 1000].split(":", _MOST_COLONS)[:-1]
    shown = [plain_name(":".join(names[:end])) for end in range(len(names), 0, -1)]
    name = next((name for name in shown if name in called), shown[-1] if shown else "")
    return chat.gather.named(name) if name else -1


def _users(path: Path) -> tuple[dict[str, tuple[str, str]], bool]:
    """Nickname and remark by number, and whether all of the file could be read."""
    try:
        state = path.stat()
    except OSError:
        return {}, True
    return _users_of(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=1)
def _users_of(path: Path, size: int, changed: int) -> tuple[dict[str, tuple[str, str]], bool]:  # noqa: ARG001  the key of what is kept
    if size > _MOST_USERS:
        return {}, False
    try:
        users = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}, False
    if not isinstance(users, dict):
        return {}, False
    return {
        number: (as_text(one.get("nickname")), as_text(one.get("remark")))
        for number, one in users.items()
        if isinstance(one, dict)
    }, True


FORMAT = Format(name="pywxdump", sniff=sniff, read=read, parts=parts, zone=ZONE, joins=True)
