"""DiscordChatExporter, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.logs.discord_parts import parts
from sim.logs.format import Format
from sim.logs.json_file import as_dict, as_list, as_text, json_values, peek
from sim.logs.json_stream import EACH
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_MESSAGES = ("messages", EACH)
_CHANNEL = ("channel", "id")
_SNIFFED = (
    ("guild", "id"), _CHANNEL, ("channel", "type"), ("dateRange",), ("exportedAt",),
)  # fmt: skip
# Kinds of messages, by the exporter's name or, where it has none, by Discord's number.
_REPLY = ("Reply", "19")
_SAID = ("Default", "0", *_REPLY)
_EVENTS = {
    "GuildMemberJoin": "join", "7": "join", "RecipientAdd": "join", "1": "join",
    "RecipientRemove": "leave", "2": "leave", "25": "purchase",
}  # fmt: skip
_OF_ANOTHER = ("RecipientAdd", "1", "RecipientRemove", "2")
_EPOCH_MS = 1_420_070_400_000  # first moment of 2015, from which Discord's numbers count


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is such an export."""
    found = peek(head, _SNIFFED)
    return ("guild", "id") in found and ("channel", "id") in found and len(found) > 2


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read the messages of a channel.

    Raises:
        UserError: As :func:`sim.logs.json_file.json_values`.
    """
    for pattern, value in json_values(path, gather, (_CHANNEL, _MESSAGES)):
        if pattern == _CHANNEL:
            gather.chat(("discord", as_text(value)))
        else:
            _message(as_dict(value), gather, local)


def _message(message: dict[str, Any], gather: Gather, local: tzinfo) -> None:
    author = as_dict(message.get("author"))
    if author.get("isBot") is True:
        gather.count("bots")
        return
    number, kind = as_text(message.get("id")), as_text(message.get("type"))
    seconds = _seconds(as_text(message.get("timestamp")), number, local)
    if seconds is None:
        gather.count("undated")
        return
    person = _person(author, gather)
    if person is None:
        gather.count("nameless")
        return
    identity = ("discord", number) if number else None
    try:
        if kind in _SAID:
            answered = as_text(as_dict(message.get("reference")).get("messageId"))
            reply_id = ("discord", answered) if answered and kind in _REPLY else None
            gather.add(seconds, person, reply_id=reply_id, identity=identity)
        elif kind in _EVENTS:
            _event(message, kind, gather, seconds=seconds, author=person)
        else:
            gather.count("notices")
        _reactions(message, gather, seconds=seconds, author=person)
    except ValueError:
        gather.count("undated")


def _event(
    message: dict[str, Any], kind: str, gather: Gather, *, seconds: float, author: int
) -> None:
    """Somebody joined, left or paid; who was added to a group or removed is mentioned there."""
    people: list[int | None] = [author]
    if kind in _OF_ANOTHER:
        people = [_person(as_dict(one), gather) for one in as_list(message.get("mentions"))]
    number = as_text(message.get("id"))
    for person in people or [author]:
        if person is None:
            gather.count("nameless")
            continue
        identity = ("discord", number) if number else None
        gather.add(seconds, person, _EVENTS[kind], identity=identity)


def _reactions(message: dict[str, Any], gather: Gather, *, seconds: float, author: int) -> None:
    """Those who reacted, where they are named; when they did is not told."""
    number = as_text(message.get("id"))
    for reaction in as_list(message.get("reactions")):
        emoji = as_dict(as_dict(reaction).get("emoji"))
        sign = as_text(emoji.get("id")) or as_text(emoji.get("name")) or as_text(emoji.get("code"))
        for user in as_list(as_dict(reaction).get("users")):
            person = _person(as_dict(user), gather)
            if person is not None and as_dict(user).get("isBot") is not True:
                identity = ("discord", number, sign) if number else None
                gather.add(seconds, person, "reaction", reply_to=author, identity=identity)


def _person(user: dict[str, Any], gather: Gather) -> int | None:
    number = as_text(user.get("id"))
    shown = as_text(user.get("nickname")) or as_text(user.get("name"))
    if number:
        return gather.person(number, shown=shown)
    return gather.named(shown) if shown.strip() else None


def _seconds(written: str, number: str, local: tzinfo) -> float | None:
    """When a message was sent; its number holds the moment too, should the text have no zone."""
    zoned = any(sign in written[10:] for sign in "Z+-")
    if not zoned and number.isascii() and number.isdigit() and int(number[:20]) >> 22:
        return ((int(number[:20]) >> 22) + _EPOCH_MS) / 1000
    try:
        return parse_time(written, local=local)
    except (ValueError, OverflowError):
        return None


FORMAT = Format(name="discord_json", sniff=sniff, read=read, parts=parts, joins=True)
