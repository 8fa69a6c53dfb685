"""WeChatMsg's (留痕) CSV of a WeChat group: ``localId,TalkerId,Type,SubType,IsSender,...``.

Columns as its exporter writes them (app/util/exporter/exporter_csv.py). ``Sender`` is the speaker's
number; the content of quotes and transfers is mostly empty, for WeChat keeps it packed elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.logs.csv_rows import header_of, read_rows
from sim.logs.format import Format
from sim.logs.wechat import GROUP, NOTICE, ZONE, Chat, kind_of, quoted_person

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_COLUMNS = (
    "Type", "SubType", "IsSender", "CreateTime", "StrContent", "Remark", "NickName",
    "Sender",
)  # fmt: skip
_SPOKEN = ("1", "10000")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins with the columns of this exporter."""
    return {"localId", *_COLUMNS} <= set(header_of(head))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:  # noqa: ARG001  times are unix times
    """Read one file.

    Raises:
        UserError: As :func:`sim.logs.csv_rows.read_rows`.
    """
    chat = Chat(gather)
    for line, row in read_rows(path, gather, columns=_COLUMNS, form="wechatmsg"):
        kind, sub, mine, created, text, remark, name, sender = row
        try:
            seconds, what = int(created[:20]), kind_of(int(kind[:20]), int(sub[:20] or 0))
        except ValueError:
            gather.skip(line)
            continue
        # localId is numbered anew on every machine, and so are the addresses in media's XML
        identity = chat.same(seconds, sender, kind, sub, text if kind in _SPOKEN else "")
        if what == NOTICE or sender.endswith(GROUP):
            chat.notice(seconds, text, identity=identity)
            continue
        try:
            person = chat.speaker(sender, name, remark, me=mine == "1")
        except ValueError:
            gather.skip(line)
            continue
        answered = chat.answered(quoted_person(text))
        chat.add(seconds, person, what, text, identity=identity, reply_to=answered)


FORMAT = Format(name="wechatmsg", sniff=sniff, read=read, zone=ZONE, joins=True)
