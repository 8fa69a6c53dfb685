"""What QQ's notices tell of who came and went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.logs.gather import Gather

SYSTEM = frozenset(("10000", "1000000", "10002", "0"))
"""Numbers under which notices are written: of persons, of groups, and of recalls."""

ROBOTS = frozenset(("2854196310",))
"""Numbers of QQ's own group robot."""

RED_PACKET = "[QQ红包]"

_LONGEST = 400  # characters of a notice; names are shorter
_GROUP = r"(?:本群|群聊|该群|此群|群组|讨论组|多人聊天|群)"
_END = r"\s*[。.!！]?\s*(?:点击.*)?"
_INVITED = re.compile(rf".+?\s*邀请(?:了)?\s*(.+?)\s*(?:加入|进入)了?{_GROUP}{_END}")
_CAME = re.compile(
    rf"(.+?)\s*(?:已经?)?(?:通过.{{0,80}}?)?(?:已经?)?(?:加入|进入)了?{_GROUP}{_END}"
)
_SENT_AWAY = re.compile(rf".+?\s*已?[将把]\s*(.+?)\s*(?:移出|移除|踢出)了?{_GROUP}{_END}")
_WAS_SENT_AWAY = re.compile(
    rf"(.+?)\s*已?被(?:管理员|群主)?(?:.{{0,60}}?)(?:移出|移除|踢出)了?{_GROUP}?{_END}"
)
_LEFT = re.compile(rf"(.+?)\s*(?:已经?|主动)?(?:退出|离开)了?{_GROUP}{_END}")
_NUMBERED = re.compile(r"(.*)[(（](\d{5,12})[)）]")
_QUOTES = "\"“”'‘’ \t"


def number_of(shown: str) -> str:
    """The number of a mail address that is one of QQ's, else what is given."""
    number, at, host = shown.casefold().partition("@")
    return number if at and host == "qq.com" and number.isdigit() else shown.casefold()


def notice(text: str) -> tuple[str, list[str]] | None:
    """What a sentence of a notice tells: ``join`` or ``leave`` and the names; None = neither."""
    if len(text) > _LONGEST or "撤回" in text:
        return None
    text = text.strip()
    for pattern, event in (
        (_INVITED, "join"), (_CAME, "join"), (_SENT_AWAY, "leave"), (_WAS_SENT_AWAY, "leave"),
        (_LEFT, "leave"),
    ):  # fmt: skip
        found = pattern.fullmatch(text)
        if found is not None:
            names = found[1].split("、") if pattern in (_INVITED, _SENT_AWAY) else [found[1]]
            names = [name.strip(_QUOTES) for name in names]
            return event, [name for name in names if name]
    return None


def take_notice(gather: Gather, seconds: int, text: str, *, identity: object = None) -> None:
    """Write down who came or went by a notice of one or more lines."""
    understood = False
    for line in text.split("\n")[:100]:
        told = notice(line)
        if told is None:
            continue
        understood = True
        for name in told[1]:
            numbered = _NUMBERED.fullmatch(name)
            if numbered is None:
                person = gather.named(name)
            else:
                person = gather.person(numbered[2], shown=numbered[1])
            # of one notice each name is an event of its own: gather tells them apart by person
            gather.add(seconds, person, told[0], identity=identity)
    if not understood:
        gather.count("notices")
