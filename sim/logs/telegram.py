"""Telegram Desktop, ``result.json``: one chat, or all chats of an account."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from sim.logs.format import Format
from sim.logs.json_file import as_dict, as_list, as_text, json_values, peek
from sim.logs.json_stream import EACH
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from pathlib import Path

    from sim.logs.gather import Gather

_GROUPS = ("private_group", "private_supergroup", "public_supergroup")
_KINDS = (
    *_GROUPS, "saved_messages", "replies", "verification_codes", "personal_chat", "bot_chat",
    "private_channel", "public_channel",
)  # fmt: skip
_LISTS = (("chats", "list", EACH), ("left_chats", "list", EACH))
_FIELDS = ("name", "type", "id")
_WANTED = tuple(
    (*place, *field)
    for place in ((), *_LISTS)
    for field in (*((name,) for name in _FIELDS), ("messages", EACH))
)
_FIRST = ("messages", EACH)
_SNIFFED = (
    ("about",), ("type",), ("chats", "about"), ("left_chats", "about"), ("contacts", "about"),
    ("frequent_contacts", "about"), ("sessions", "about"), ("personal_information", "user_id"),
    *((*_FIRST, key) for key in ("type", "date", "from_id", "actor_id", "text")),
)  # fmt: skip
_JOINED = ("join_group_by_link", "join_group_by_request")
_BROUGHT = ("invite_members", "create_group")
_FAR = 15 * 3600  # no zone is farther from UTC
# Currencies without hundredths and with thousandths; stars are whole.
# Source: Telegram, Bot Payments API, "Supported currencies", field exp.
_WHOLE = ("XTR", "JPY", "KRW", "VND", "CLP", "PYG", "UGX", "ISK")
_THOUSANDTHS = ("KWD", "BHD", "JOD", "OMR", "TND", "IQD", "LYD")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is such an export."""
    found = peek(head, _SNIFFED)
    if ("type",) in found:
        return found["type",] in _KINDS
    if isinstance(found.get(("about",)), str):
        return len(found) > 1
    return found.get((*_FIRST, "type")) in ("message", "service") and (*_FIRST, "date") in found


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one chat whatever it is; of an account all groups, as one log.

    Raises:
        UserError: As :func:`sim.logs.json_file.json_values`.
    """
    chat, seen = _Chat(gather, local), set[str]()
    for pattern, value in json_values(path, gather, _WANTED):
        field = pattern[-1]
        if field in _FIELDS:
            if field in seen or EACH in seen:  # of the next chat, then
                chat, seen = _Chat(gather, local), set()
            if field == "type":
                chat.kind = as_text(value)
                if len(pattern) > 1 and not chat.is_group:
                    gather.count("sections")
            elif field == "id":
                chat.number = as_text(value)
        elif len(pattern) == len(_FIRST) or chat.is_group:
            chat.take(as_dict(value))
        seen.add(field)


class _Chat:
    """One chat: its kind, its number, and what becomes of its messages."""

    def __init__(self, gather: Gather, local: tzinfo) -> None:
        self.kind, self.number = "", ""
        self._gather, self._local = gather, local
        self._begun = False

    @property
    def is_group(self) -> bool:
        return self.kind in (*_GROUPS, "")

    def take(self, message: dict[str, Any]) -> None:
        """Take one message or notice."""
        if not self._begun:
            self._begun = True
            self._gather.chat(("telegram", self.number))
        seconds = self._seconds(message)
        if seconds is None:  # among them those of a kind the exporter did not know
            self._gather.count("undated")
            return
        service = message.get("type") == "service"
        author = self._person(message, "actor" if service else "from")
        try:
            if service:
                self._notice(message, seconds, author)
            elif author is None:
                self._gather.count("nameless")
            else:
                away = message.get("reply_to_peer_id") is not None
                answered = "" if away else as_text(message.get("reply_to_message_id"))
                self._gather.add(
                    seconds, author, identity=self._identity(message),
                    reply_id=("telegram", self.number, answered) if answered else None,
                )  # fmt: skip
            if "reactions" in message:
                self._reactions(message, seconds, author)
        except ValueError:
            self._gather.count("undated")

    def _notice(self, message: dict[str, Any], seconds: int, actor: int | None) -> None:
        """Who joined, left or paid."""
        action, identity = message.get("action"), self._identity(message)
        if action in _BROUGHT or action == "remove_members":
            event = "leave" if action == "remove_members" else "join"
            people = self._members(message, actor)
        elif action in _JOINED or action == "send_payment":
            event, people = "join" if action in _JOINED else "purchase", [actor]
        else:
            self._gather.count("notices")
            return
        amount = _amount(message) if event == "purchase" else float("nan")
        for person in people:
            if person is None:
                self._gather.count("nameless")
            else:
                self._gather.add(seconds, person, event, amount=amount, identity=identity)

    def _members(self, message: dict[str, Any], actor: int | None) -> list[int | None]:
        """Who was brought in or put out; they are only named, and deleted accounts not even that.

        Whoever makes a group is in it.
        """
        own = message.get("actor")
        people = [
            actor if name == own and own is not None
            else self._gather.named(name) if isinstance(name, str) and name.strip()
            else None
            for name in as_list(message.get("members"))
        ]  # fmt: skip
        if message.get("action") == "create_group" and actor not in people:
            people.insert(0, actor)
        return people

    def _reactions(self, message: dict[str, Any], seconds: int, author: int | None) -> None:
        """The latest who reacted, with the local time when they did."""
        zone = self._zone(message)
        number = as_text(message.get("id"))
        for reaction in map(as_dict, as_list(message.get("reactions"))):
            sign = as_text(reaction.get("emoji")) or as_text(reaction.get("document_id"))
            identity = ("telegram", self.number, number, sign or as_text(reaction.get("type")))
            for one in map(as_dict, as_list(reaction.get("recent"))):
                person = self._person(one, "from")
                if person is None:
                    continue
                whom = -1 if author is None else author
                when = _moment(one.get("date"), zone)
                try:
                    self._gather.add(
                        seconds if when is None else when, person, "reaction",
                        reply_to=whom, identity=identity if number else None,
                    )  # fmt: skip
                except ValueError:
                    self._gather.count("undated")

    def _identity(self, message: dict[str, Any]) -> tuple[str, ...] | None:
        number = as_text(message.get("id"))
        return ("telegram", self.number, number) if number else None

    def _person(self, entry: dict[str, Any], role: str) -> int | None:
        """Who it was; once the number stood bare, without saying that it is a user's."""
        number, shown = as_text(entry.get(f"{role}_id")), as_text(entry.get(role))
        if number:
            number = "user" + number if number.isdigit() else number
            return self._gather.person(number, shown=shown)
        return self._gather.named(shown) if shown.strip() else None

    def _seconds(self, message: dict[str, Any]) -> int | None:
        try:
            return int(as_text(message.get("date_unixtime")))
        except ValueError:
            return _moment(message.get("date"), self._local)

    def _zone(self, message: dict[str, Any]) -> tzinfo:
        """Zone of the machine that wrote the file, from a moment that it wrote both ways."""
        there, unix = _moment(message.get("date"), UTC), self._seconds(message)
        if there is None or unix is None or not as_text(message.get("date_unixtime")):
            return self._local
        if _moment(message.get("date"), self._local) == unix or abs(there - unix) > _FAR:
            return self._local
        return timezone(timedelta(seconds=there - unix))


def _moment(written: object, zone: tzinfo) -> int | None:
    try:
        return parse_time(as_text(written), local=zone)
    except (ValueError, OverflowError):
        return None


def _amount(message: dict[str, Any]) -> float:
    """Of a payment; Telegram counts in the smallest units of the currency."""
    value, currency = message.get("amount"), message.get("currency")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**15:
        return float("nan")
    return value / (1 if currency in _WHOLE else 1000 if currency in _THOUSANDTHS else 100)


FORMAT = Format(name="telegram", sniff=sniff, read=read, joins=True, leaves=True)
