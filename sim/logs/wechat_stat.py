"""CSV that the bot wechat_stat writes: ``time(Asia/Shanghai),group_id,...,content``.

Its kinds are those of the library it uses (wxpy): ``Note`` is a system sentence, ``Sharing`` an
app's message. All groups of a file are read as one log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sim.logs.csv_rows import header_of, read_rows
from sim.logs.format import Format
from sim.logs.times import parse_time
from sim.logs.wechat import ZONE, Chat

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_TIME = f"time({ZONE})"
_COLUMNS = (_TIME, "group_id", "from_id", "from_nickname", "content_type", "content")
_NOTICES = ("note", "system", "friends")
_PACKET, _TRANSFER = "收到红包", ("微信转账", "收到转账")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins with the columns of this bot."""
    return set(_COLUMNS) <= set(header_of(head))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file.

    Raises:
        UserError: As :func:`sim.logs.csv_rows.read_rows`.
    """
    chat, local = Chat(gather), ZoneInfo(ZONE)  # its header names the zone
    for line, (time, group, sender, name, kind, text) in read_rows(
        path, gather, columns=_COLUMNS, form="wechat_stat"
    ):
        try:
            seconds = parse_time(time, local=local)
        except (ValueError, OverflowError):
            gather.skip(line)
            continue
        identity = chat.same(seconds, group, sender, kind, text)
        event = "transfer" if kind == "Sharing" and text.startswith(_TRANSFER) else "message"
        if kind.casefold() in _NOTICES:
            if not (sender and text.startswith(_PACKET)):
                chat.notice(seconds, text, identity=identity)
                continue
            event = "red_packet"
        try:
            person = chat.speaker(sender, name)
        except ValueError:
            gather.skip(line)
            continue
        chat.add(seconds, person, event, text, identity=identity)


FORMAT = Format(name="wechat_stat", sniff=sniff, read=read, zone=ZONE, joins=True)
