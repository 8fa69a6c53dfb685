"""What exports of WeChat have in common: who speaks, kinds of messages, money, identities."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sim.logs.wechat_notices import ME, take_notice

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.logs.gather import Gather

ZONE = "Asia/Shanghai"
"""Zone of times that name none; WeChat's exporters write what the machine's clock says."""

GROUP = "@chatroom"
"""How the number of a group ends; a message "by" a group is the system's."""

NOTICE = "notice"
_SYSTEM, _APP, _PAT = 10_000, 49, 62  # types and subtypes as WeChat stores them
_TRANSFER, _RED_PACKET = 2000, 2001
_LOOKED_AT = 20_000  # characters of a text in which XML is looked for
_NEAR = 200  # characters of any other text in which money is looked for
_MOST_KEPT = 100_000  # of what is kept in mind to be quicker
_SIGN = r"[￥¥]\s?(\d[\d,]{0,12}(?:\.\d{1,2})?)"
_MONEY = re.compile(_SIGN)
_PACKET_MONEY = re.compile(r"\W*(?:微信)?红包\W*?" + _SIGN)
_SETTLED = re.compile(r"\W*(?:转账)?\W*(?:已?收款|已?接收|已?退[还回]|已被(?:接收|领取|退还))")
_PAY_KIND = re.compile(r"<paysubtype>\D{0,12}(\d)")
_REFER_WHO = re.compile(r"<(chatusr|fromusr)>\s*(?:<!\[CDATA\[)?([^<\]]{1,200}?)(?:\]\]>)?\s*</\1>")
_LINK = re.compile(r"\]\(https?://")


def kind_of(kind: int, sub: int) -> str:
    """What a message is by WeChat's own numbers.

    Args:
        kind: Type; that of version 4 holds the subtype in its upper half.
        sub: Subtype.

    Returns:
        ``message``, ``red_packet``, ``transfer`` or :data:`NOTICE`.
    """
    if kind > 0xFFFF_FFFF:
        kind, sub = kind & 0xFFFF_FFFF, kind >> 32
    if _SYSTEM <= kind < 2 * _SYSTEM or (kind == _APP and sub == _PAT):
        return NOTICE
    if kind == _APP and sub in (_TRANSFER, _RED_PACKET):
        return "transfer" if sub == _TRANSFER else "red_packet"
    return "message"


def is_settlement(text: str) -> bool:
    """Whether a transfer's text is that of its receipt or return."""
    found = _PAY_KIND.search(text[:_LOOKED_AT])
    # 1 and 7 send; 3 and 5 are receipts, 4 the return (an exporter's own table)
    return found[1] in "345" if found else _SETTLED.match(text[:_NEAR]) is not None


def amount_of(text: str, *, event: str) -> float:
    """Yuan that a text of a transfer or red packet names; NaN = none."""
    text = text[: _LOOKED_AT if text.lstrip().startswith("<") else _NEAR]
    found = _MONEY.search(text) if event == "transfer" else _PACKET_MONEY.match(text)
    return float(found[1].replace(",", "")) if found else math.nan


def quoted_person(text: str) -> str:
    """Number of the author of the message quoted, from a quote's XML; empty = not told."""
    text = text[:_LOOKED_AT]
    if "<refermsg>" not in text:
        return ""
    quote = text.partition("<refermsg>")[2].partition("</refermsg>")[0]
    told = {one[1]: one[2] for one in _REFER_WHO.finditer(quote)}
    who = told.get("chatusr") or told.get("fromusr") or ""
    return "" if who.endswith(GROUP) else who


class Chat:
    """One file's way into a log.

    Args:
        gather: The log.
        numbered: System sentences name people as ``name(number)``.
    """

    def __init__(self, gather: Gather, *, numbered: bool = False) -> None:
        self.gather = gather
        self._numbered = numbered
        self._speakers: dict[tuple[str, str, str, bool], int] = {}
        self._second = math.nan
        self._in_second: dict[int, int] = {}

    def speaker(self, number: str, name: str = "", remark: str = "", *, me: bool = False) -> int:
        """Who speaks.

        Args:
            number: His number; empty = only his name is known.
            name: What he is called.
            remark: What the owner of the export calls him.
            me: Whether he is that owner.

        Raises:
            ValueError: Neither number nor name is there.
        """
        key = (number, name, remark, me)
        code = self._speakers.get(key)
        if code is None:
            code = self._new(number or (ME if me else ""), name, remark, me=me)
            if len(self._speakers) > _MOST_KEPT:
                self._speakers.clear()
            self._speakers[key] = code
        return code

    def answered(self, number: str, name: str = "") -> int:
        """Who is quoted, by number or else by name; -1 = nobody is named."""
        if number.endswith(GROUP) or not (number or name.strip()):
            return -1
        return self.speaker(number, name)

    def _new(self, number: str, name: str, remark: str, *, me: bool) -> int:
        if not number:
            if not (name.strip() or remark.strip()):
                raise ValueError("nobody")
            return self.gather.named(name if name.strip() else remark)
        if me:
            self.gather.person(number, shown=ME)  # what sentences call "you"
        if remark.strip():
            self.gather.person(number, shown=remark)
        return self.gather.person(number, shown=name.strip())

    def same(self, seconds: float, *what: Hashable) -> Hashable:
        """Identity of a message that has none: its content, and the how many-eth it is of equals.

        Unlike the exporters' own numbers it is the same in exports of other machines.
        """
        if seconds != self._second or len(self._in_second) > _MOST_KEPT:
            self._second = seconds
            self._in_second.clear()
        content = hash(what)
        number = self._in_second[content] = self._in_second.get(content, 0) + 1
        return ("wechat", int(seconds) if math.isfinite(seconds) else 0, number, *what)

    def add(
        self,
        seconds: float,
        person: int,
        event: str,
        text: str,
        *,
        identity: Hashable,
        reply_to: int = -1,
        reply_id: Hashable = None,
    ) -> None:
        """Take a message, red packet or transfer.

        Args:
            seconds: Since 1970 UTC.
            person: Who.
            event: ``message``, ``red_packet`` or ``transfer``.
            text: What money it names, and whether a transfer is only settled.
            identity: Of the message in all files of its source.
            reply_to: Who is answered; -1 = nobody.
            reply_id: Identity of the message answered.
        """
        amount = math.nan
        if event != "message":
            if event == "transfer" and is_settlement(text):
                self.gather.count("notices")
                return
            amount = amount_of(text, event=event)
        try:
            self.gather.add(
                seconds, person, event, reply_to=reply_to, reply_id=reply_id, amount=amount,
                identity=identity,
            )  # fmt: skip
        except ValueError:
            self.gather.count("undated")

    def notice(self, seconds: float, text: str, *, identity: Hashable) -> None:
        """Take a system sentence."""
        take_notice(
            self.gather, text, seconds, numbered=self._numbered,
            identity=identity,
        )  # fmt: skip


def plain_content(text: str) -> str:
    """A text without the address of its picture, which names the machine that exported it."""
    found = _LINK.search(text)
    return text[: found.start()] if found else text


def whole(value: object) -> int:
    """A whole number of a JSON value, a text of digits too; anything else is 0."""
    if isinstance(value, str) and len(value) < 20 and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and abs(value) < 10**18 else 0
