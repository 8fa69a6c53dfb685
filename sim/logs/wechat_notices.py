"""What WeChat's system sentences say of who came and who went.

No export of WeChat marks joins: they are sentences in Chinese that name people as they are shown.
The forms are those that WeChat's clients write; quotation marks are curly or straight, names may
hold such marks, and several people are listed with ``、`` between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.logs.gather import Gather

ME = "我"
"""What the owner of an export is called where it tells nothing else of him."""

_LONGEST = 20_000  # characters of a sentence; a group holds 500 people
_LONGEST_NOTICE = 500
_OPEN, _CLOSE = '[“”"]', '[“”"]'

_JOINED = re.compile(r"加入了?群聊")
_REMOVED = re.compile(r"移出了?群聊")
_LEFT = re.compile(r"已?退出了?群聊")
_OTHERS = re.compile(r"[，,]?\s*群聊参与人还有")
_ASKED = re.compile(r"想邀请|\d位朋友")  # an invitation that the owner has yet to confirm
_INVITES = re.compile(rf"(?:^你|{_CLOSE})\s*邀请\s*(?=你|{_OPEN})")
_SCANS = re.compile(rf"(?:^(?P<me>你)|{_CLOSE})\s*通过(?=扫描|你|{_OPEN})")
_REMOVES = re.compile(rf"(?:^你|{_CLOSE})\s*将\s*(?=你|{_OPEN})")
_IS_REMOVED = re.compile(rf"(?:^(?P<me>你)|{_CLOSE})\s*被")
_QUOTED = re.compile(rf"{_OPEN}(.+){_CLOSE}", re.DOTALL)
_ME_AND = re.compile(rf"你(?:\s*[和、,，]\s*(?={_OPEN})|$)")
_SENTENCE = re.compile(r"[，。：；]|.{100}")
_NUMBERED = re.compile(
    r"(.{0,300}?)\(([A-Za-z0-9][-\w@.]*)\)(?:[、,，]\s*|$)", re.ASCII | re.DOTALL
)

_TAG = re.compile(r"<!\[CDATA\[|\]\]>|</?[A-Za-z_][^<>]{0,400}>")
_TEMPLATE = re.compile(r"<(template|plain)>\s*<!\[CDATA\[(.{1,2000}?)\]\]>", re.DOTALL)
_LINK = re.compile(r'<link\b[^>]{0,200}?\bname="([^"]{1,40})"[^>]{0,200}>', re.DOTALL)
_MEMBER_FIELD = re.compile(r"<(username|nickname)>\s*(?:<!\[CDATA\[)?(.{0,300}?)(?:\]\]>)?\s*</\1>")
_HOLDER = re.compile(r"\$([^$]{1,40})\$")

_HINT = re.compile(r"撤回|群名|群主|红包|朋友|拍了拍|群聊")
# Sentences that are no membership, where nothing else tells them from what somebody says.
_WHO = rf"(?:{_OPEN}.{{1,200}}{_CLOSE}|你|我)"
_NOTICE = re.compile(
    rf"{_WHO}\s*(?:撤回了一条消息|撤回了成员.{{1,200}}的一条消息|修改群名为.*|已成为新群主"
    rf"|领取了.{{0,200}}的?红包.*|与群里其他人都不是.*朋友关系.*|开启了朋友验证.*)"
    rf"|(?:{_OPEN}.{{1,200}}{_CLOSE}\s*拍了拍.*|我\s*拍了拍\s*{_OPEN}.*)"
    r"|.{1,100}领取了你的红包"
)


@dataclass(frozen=True)
class Membership:
    """What a sentence says.

    Attributes:
        event: ``join`` or ``leave``.
        me: Whether the owner of the export is meant, perhaps beside others.
        names: The others, as the sentence lists them; empty = none.
        numbered: Whether each name is followed by a number in brackets.
    """

    event: Literal["join", "leave"]
    me: bool
    names: str
    numbered: bool = False


def take_notice(
    gather: Gather,
    text: str,
    seconds: float,
    *,
    identity: Hashable = None,
    numbered: bool = False,
    quoted: bool = False,
) -> None:
    """Put into a log who came or went by a system sentence; count any other notice.

    Args:
        gather: The log.
        text: The sentence or the XML that holds it.
        seconds: When, since 1970 UTC.
        identity: Of the message in all files of its source.
        numbered: Names are written ``name(number)``.
        quoted: Names without quotation marks are none.
    """
    found = membership(text, numbered=numbered, quoted=quoted)
    people = [] if found is None else _people(gather, found)
    if found is None or not people:
        gather.count("notices")
        return
    for person in people:
        try:
            gather.add(seconds, person, found.event, identity=identity)
        except ValueError:
            gather.count("undated")
            return


def is_notice(text: str) -> bool:
    """Whether a text without a mark of its kind reads like a system sentence."""
    if len(text) > _LONGEST or _HINT.search(text) is None:
        return False
    return bool(
        (len(text) <= _LONGEST_NOTICE and _NOTICE.fullmatch(text.strip()))
        or membership(text, quoted=True)
    )


def membership(text: str, *, numbered: bool = False, quoted: bool = False) -> Membership | None:
    """Who came or went by a system sentence; None = it says nothing of that.

    Args:
        text: The sentence or the XML that holds it.
        numbered: Names are written ``name(number)``.
        quoted: Names without quotation marks are none.
    """
    text = text[:_LONGEST]
    if "<sysmsg" in text:
        text, numbered = _filled(text), True
    text = _TAG.sub("", text).strip()
    if "群聊" not in text:
        return None
    text = _OTHERS.split(text, maxsplit=1)[0]
    head = _before(text, _JOINED)
    if head is not None and _ASKED.search(head):
        return None
    if head is not None:
        who = _joined(head, quoted=quoted)
        return None if who is None else _told("join", who, numbered=numbered, quoted=quoted)
    head = _before(text, _REMOVED)
    who = None if head is None else _removed(head, quoted=quoted)
    if who is None:
        who = _before(text, _LEFT)
    return None if who is None else _told("leave", who, numbered=numbered, quoted=quoted)


def _before(text: str, end: re.Pattern[str]) -> str | None:
    """What stands before the words that end a sentence, if nothing but a stop follows them."""
    last = None
    for found in end.finditer(text):
        last = found
    if last is None:
        return None
    rest = text[last.end() :].strip()
    if rest and rest[0] not in "，,。.！!" and rest != "撤销":
        return None
    return text[: last.start()].strip()


def _joined(head: str, *, quoted: bool) -> str | None:
    found = _INVITES.search(head)
    if found is not None:
        return head[found.end() :]
    found = _SCANS.search(head)
    if found is not None:
        return "你" if found["me"] else head[: found.start() + 1]
    if quoted or _QUOTED.fullmatch(head):
        return head
    who, passes, _ = head.partition("通过")
    by, invites, others = head.partition("邀请")
    if invites and not passes:
        return others if by else None
    return who


def _removed(head: str, *, quoted: bool) -> str | None:
    found = _REMOVES.search(head)
    if found is not None:
        return head[found.end() :]
    found = _IS_REMOVED.search(head)
    if found is not None:
        return "你" if found["me"] else head[: found.start() + 1]
    if quoted:
        return None
    by, removes, who = head.partition("将")
    if by and removes:
        return who
    who, passive, _ = head.partition("被")
    return who if passive else None


def _told(
    event: Literal["join", "leave"], who: str, *, numbered: bool, quoted: bool
) -> Membership | None:
    """Take apart the words that name people."""
    who = who.strip()
    me = _ME_AND.match(who)
    if me is not None:
        who = who[me.end() :]
    marks = _QUOTED.fullmatch(who)
    if marks is not None:
        who = marks[1]
    elif who and (quoted or _SENTENCE.search(who)):
        return None
    if not me and (not who or _HOLDER.fullmatch(who)):
        return None
    return Membership(event, me is not None, who, numbered)


def _people(gather: Gather, found: Membership) -> list[int]:
    people = [gather.named(ME)] if found.me else []
    names = found.names
    if found.numbered:
        at = 0
        while one := _NUMBERED.match(names, at):
            people.append(gather.person(one[2], shown=one[1]))
            at = one.end()
        names = names[at:]
    if names:
        people.append(gather.listed(names))
    return people


def _filled(text: str) -> str:
    """The sentence of a template in XML, each name followed by its number if that is given."""
    texts = {found[1]: found[2] for found in _TEMPLATE.finditer(text)}
    sentence = texts.get("template", "").strip() or texts.get("plain", "")
    links = list(_LINK.finditer(text))
    starts = [*(link.start() for link in links), len(text)]
    people = {link[1]: _members(text[link.end() : starts[at + 1]]) for at, link in enumerate(links)}
    return _HOLDER.sub(lambda found: people.get(found[1]) or found[0], sentence)


def _members(text: str) -> str:
    """People of one link as ``name(number)、name(number)``."""
    people, number = list[str](), ""
    for field in _MEMBER_FIELD.finditer(text):
        if field[1] == "username":
            number = field[2].strip()
        else:
            people.append(f"{field[2].strip()}({number})" if number else field[2].strip())
            number = ""
    return "、".join(people)
