"""Importer of what qq-chat-exporter writes as JSON: one file, or a manifest with chunks."""

from __future__ import annotations

import json
import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    bounded_lines,
    files_in,
    head_text,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
)  # fmt: skip
from sim.logs.format import Format
from sim.logs.json_file import as_dict, as_text, json_values, look_through
from sim.logs.json_stream import EACH, MOST_CHARACTERS
from sim.logs.qq_notices import RED_PACKET, ROBOTS, SYSTEM, take_notice
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from sim.logs.gather import Gather

MANIFEST = "manifest.json"

_CHAT, _CHUNKS, _MESSAGES = ("chatInfo",), ("chunked",), ("messages", EACH)
_OURS = re.compile(r'"chatInfo"\s*:|"name"\s*:\s*"QQChatExporter')
_BODY = re.compile(r'"(?:messages|chunked)"\s*:|"self(?:Uin|Uid)"\s*:|"participantCount"\s*:')
_A_MESSAGE = re.compile(r'\s*\{.*"sender"\s*:\s*\{[^{}]*"uin"\s*:', re.DOTALL)
_PRIVATE = frozenset(("private", "friend", "c2c", "temp", "1"))
_NAMES, _OLD_NAMES = ("uid", "nickname", "name", "groupCard"), ("sendNickName", "sendMemberName")
_RED_PACKETS = frozenset(("red_packet", "redpacket", "red-packet"))
_MOST_CHUNKS = 100_000


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file that begins like this is the exporter's.

    Args:
        head: The first bytes, unpacked.
        path: The file.
    """
    text = head_text(head).lstrip()
    if not text.startswith("{"):
        return False
    if _is_chunk(path, text):
        return _A_MESSAGE.match(text.partition("\n")[0]) is not None
    return _OURS.search(text) is not None and _BODY.search(text) is not None


def parts(path: Path) -> Sequence[Path]:
    """The manifest and the chunks that it names; a file with all messages stands alone.

    Of a talk between two the manifest is enough, which tells that it is one.

    Args:
        path: The file, the manifest or one of the chunks.
    """
    manifest = _manifest_of(path)
    if manifest is None:
        if path.suffix.lower() != ".jsonl":
            return (path,)
        beside = (one for one in files_in(path.parent) if one.suffix == ".jsonl")
        siblings = [one for one in beside if _sniffed(one)]
        return siblings or (path,)
    if _is_private(_described(manifest).get(_CHAT)):
        return (manifest,)
    return (manifest, *_chunks(manifest)[0])


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file; a talk between two is left out and counted.

    Args:
        path: The file; of a manifest only what it tells of its chunks is read.
        gather: Takes the events.
        local: Zone of times that name none.

    Raises:
        UserError: What keeps it from being read.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    text = head_text(head).lstrip()
    taker = _Taker(gather, local)
    if _is_chunk(path, text):
        _read_chunk(path, head, taker)
        return
    found = json_values(path, gather, (_CHAT, _CHUNKS, _MESSAGES), nothing=None)
    for pattern, value in found:
        if pattern == _MESSAGES:
            taker.take(value, 0)
        elif pattern == _CHAT and _is_private(value):
            gather.count("sections")
            return
        elif pattern == _CHUNKS and _chunks(path)[1]:
            gather.broke_off()  # a chunk is missing, or lies where none may lie


def _is_chunk(path: Path, text: str) -> bool:
    """Whether each line is a message."""
    named = path.name.lower().removesuffix(".gz").endswith(".jsonl")
    return named or ('"chatInfo"' not in text and '"chunked"' not in text)


def _read_chunk(path: Path, head: bytes, taker: _Taker) -> None:
    broken = 0
    try:
        with open_bytes(path) as stream:
            encoding = text_encoding(head)
            lines = bounded_lines(stream, encoding=encoding, longest=MOST_CHARACTERS)
            for number, line in enumerate(lines, 1):
                if broken:
                    taker.gather.skip(broken)
                broken = 0
                if not line.strip():
                    continue
                try:
                    message = json.loads(line)
                except (ValueError, RecursionError):
                    broken = number
                else:
                    taker.take(message, number)
    except DAMAGE:
        taker.gather.broke_off()
    if broken:  # the last line: it was cut off
        taker.gather.broke_off()


def _is_private(chat: Any) -> bool:
    return isinstance(chat, dict) and str(chat.get("type", "")).casefold() in _PRIVATE


def _described(manifest: Path) -> dict[tuple[str, ...], Any]:
    """What a manifest tells of its chat and chunks."""
    return look_through(manifest, (_CHAT, _CHUNKS))


def _manifest_of(path: Path) -> Path | None:
    """The manifest to which a file belongs, or that it is."""
    path = Path(os.path.realpath(path))  # resolve() raises where links go round in a circle
    for folder in (path.parent, path.parent.parent):
        manifest = folder / MANIFEST
        if not manifest.is_file():
            continue
        if manifest == path:
            return path if _CHUNKS in _described(path) else None
        if path in _chunks(manifest)[0]:
            return manifest
    return None


def _chunks(manifest: Path) -> tuple[list[Path], int]:
    """Chunks of a manifest that are there, and how many are not or lie outside its folder."""
    folder = manifest.parent.resolve()
    told = _described(manifest).get(_CHUNKS)
    told = told if isinstance(told, dict) else {}
    directory, names = told.get("chunksDir"), told.get("chunks")
    directory = directory if isinstance(directory, str) else "chunks"
    found: dict[str, Path] = {}
    lost = 0
    for chunk in names[:_MOST_CHUNKS] if isinstance(names, list) else ():
        chosen = _inside(folder, directory, chunk)
        if chosen is None:
            lost += 1
        else:
            found[str(chosen)] = chosen
    if not names and (start := _resolved(folder, directory)) is not None:
        ending = str(told.get("chunkFileExt") or ".jsonl")
        for file in files_in(start):
            if file.name.endswith(ending) and _resolved(folder, str(file)) is not None:
                found[str(file)] = file
    return list(found.values()), lost


def _inside(folder: Path, directory: str, chunk: Any) -> Path | None:
    """The file of a chunk, if it lies in the folder."""
    names = (chunk.get("relativePath"), chunk.get("fileName")) if isinstance(chunk, dict) else ()
    if isinstance(chunk, str):
        names = (chunk, chunk)
    for name, start in zip(names, ("", directory), strict=False):
        if isinstance(name, str) and name:
            for place in dict.fromkeys((start, directory)):
                file = _resolved(folder, place, name)
                if file is not None and file.is_file():
                    return file
    return None


def _resolved(folder: Path, *names: str) -> Path | None:
    """A path below a folder, links followed; None if it leads out of it or to nothing."""
    try:
        path = folder.joinpath(*(name.replace("\\", "/") for name in names)).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path.is_relative_to(folder) else None


def _sniffed(path: Path) -> bool:
    try:
        return sniff(read_head(path), path)
    except UserError:
        return False


class _Taker:
    """Turns messages of both layouts into events."""

    def __init__(self, gather: Gather, local: tzinfo) -> None:
        self.gather, self._local = gather, local
        self._people: dict[tuple[Any, ...], int] = {}
        self._numbers: dict[str, str] = {}

    def take(self, message: Any, line: int) -> None:
        """Take one message."""
        if not isinstance(message, dict):
            self.gather.skip(line)
            return
        try:
            seconds = self._seconds(message)
            self._take(message, seconds, line)
        except (ValueError, OverflowError, TypeError):
            self.gather.count("undated")

    def _seconds(self, message: dict[str, Any]) -> float:
        for key in ("timestamp", "time"):
            told = message.get(key)
            if isinstance(told, int | float) and not isinstance(told, bool) and told > 0:
                if not math.isfinite(told):
                    raise ValueError(key)
                told = float(told) if isinstance(told, float) or told < 10**25 else math.nan
                while told >= 10**11:  # as in times: milliseconds and finer
                    told /= 1000
                return told
            if isinstance(told, str) and told:
                return parse_time(told[:64], local=self._local)
        raise ValueError("timestamp")

    def _take(self, message: dict[str, Any], seconds: float, line: int) -> None:
        sender, raw = as_dict(message.get("sender")), as_dict(message.get("rawMessage"))
        content = as_dict(message.get("content"))
        text = content.get("text")
        text = text if isinstance(text, str) else ""
        identity = as_text(message.get("messageId")) or as_text(message.get("id"))
        key = ("qq", identity) if identity not in ("", "0") else None
        number = _number(sender.get("uin")) or _number(raw.get("senderUin"))
        kind = as_text(message.get("type") or message.get("messageType")).casefold()
        if (
            message.get("system") is True or message.get("isSystemMessage") is True
            or kind == "system" or (number in SYSTEM and number != "0")
        ):  # fmt: skip
            take_notice(self.gather, int(seconds), text, identity=key)
            return
        if number in ROBOTS:
            self.gather.count("bots")
            return
        person = self._person(sender, raw, number)
        if person is None:
            self.gather.skip(line)
            return
        answered, reply_id = self._reply(content)
        packet = text.startswith(RED_PACKET) or kind in _RED_PACKETS
        self.gather.add(
            seconds, person, "red_packet" if packet else "message",
            reply_to=answered, reply_id=reply_id, identity=key,
        )  # fmt: skip

    def _person(self, sender: dict[str, Any], raw: dict[str, Any], number: str) -> int | None:
        given = (number, *map(sender.get, _NAMES), *map(raw.get, _OLD_NAMES))
        known = self._people.get(given)  # raises TypeError if there is a list among them
        if known is not None:
            return known
        uid, *words = map(as_text, given[1:])
        nickname, name, card, sent, member = words
        names = (nickname, sent, name, member, card)
        if number in ("", "0"):
            number = self._numbers.get(uid, uid)
        elif uid:
            self._numbers[uid] = number
        shown = [name for name in names if name and name != number]
        if number:
            code = self.gather.person(number)
            for name in shown:  # notices may use any of them; the last is what the group sees
                self.gather.person(number, shown=name)
        elif shown:
            code = self.gather.named(shown[-1])
        else:
            return None
        self._people[given] = code
        return code

    def _reply(self, content: dict[str, Any]) -> tuple[int, tuple[str, str] | None]:
        """Whom a message answers, by person and by message."""
        told = as_dict(content.get("reply"))
        elements = content.get("elements")
        if not told and isinstance(elements, list):
            for element in elements:
                if as_dict(element).get("type") == "reply":
                    told = as_dict(element.get("data"))
                    break
        if not told:
            return -1, None
        message = as_text(told.get("referencedMessageId")) or as_text(told.get("messageId"))
        number, name = _number(told.get("senderUin")), as_text(told.get("senderName"))
        person = -1
        if number not in ("", "0"):
            person = self.gather.person(number)
        elif name:
            person = self.gather.named(name)
        return person, ("qq", message) if message not in ("", "0") else None


def _number(value: Any) -> str:
    word = as_text(value).strip()
    return word if word.isdecimal() else ""


FORMAT = Format(
    name="qq_json", sniff=sniff, read=read, parts=parts, zone="Asia/Shanghai",
    joins=True, leaves=True,
)  # fmt: skip
"""JSON of qq-chat-exporter."""
