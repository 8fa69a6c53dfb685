"""Telegram Desktop, ``messages.html``: what people get who leave the export as it is set.

Members are only named here, and notices have no time: they are written at the time of the message
before them, or when their day began if that is later.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from html import unescape
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.logs.files import DAMAGE, files_in, open_bytes, read_head, refuse_binary
from sim.logs.format import Format
from sim.logs.json_file import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path
    from typing import TextIO

    from sim.logs.gather import Gather

_FILE = re.compile(r"messages(\d{0,6})\.html")
_CHUNK, _LONGEST_MARK = 1 << 18, 8192
# The few places of a page that matter; every length is bounded, for a page may be anybody's.
_MARK = re.compile(
    r'<div class="(?:'
    r'message (?P<kind>default|service)(?P<more>[^"<]{0,80})"'
    r'(?: id="message(?P<number>-?\d{1,19})")?'
    r'|pull_right date details" title="(?P<time>[^"<]{0,80})"'
    r'|from_name">(?P<name>[^<]{0,1000})<'
    r'|(?P<forwarded>forwarded body)"'
    r'|reply_to details">[^<]{0,80}<a href="#go_to_message(?P<answered>\d{1,19})"'
    r'|body details">(?P<notice>[^<]{0,4000})<)'
)
_TITLE = re.compile(r'<div class="text bold">([^<]{0,1000})<')
_TIME = re.compile(
    r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})(?: UTC([+-])(\d{2}):(\d{2}))?"
)
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_JOINED = re.compile(r"(?P<who>.+?) joined group by (?:link from .*|request)")
_MADE = re.compile(r"(?P<who>.+?) created group «.*»(?: with members (?P<whom>.+))?")
_BROUGHT = re.compile(r"(?P<who>.+?) invited (?P<whom>.+)")
_PUT_OUT = re.compile(r"(?P<who>.+?) removed (?!group photo$)(?P<whom>.+)")
_MOST_WAITING = 10_000


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is a page of messages."""
    return b'<div class="message default clearfix' in head or (
        b'<div class="message service" id="message' in head
    )


def parts(path: Path) -> Sequence[Path]:
    """``messages.html``, ``messages2.html`` ... beside each other, in order."""
    if _FILE.fullmatch(path.name) is None:
        return (path,)
    found = {
        int(name[1] or 1): file
        for file in files_in(path.parent)
        if (name := _FILE.fullmatch(file.name))
    }
    return tuple(found[number] for number in sorted(found)) or (path,)


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read the messages of a page; who reacted is not told.

    Raises:
        UserError: ``wrong_file``/``no_html`` and what :func:`read_head` and
            :func:`refuse_binary` raise.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    if not sniff(head, path):
        raise UserError("wrong_file", "no_html", file=str(path))
    title = _TITLE.search(head.decode("utf-8", "replace"))
    page = _Page(gather, local, chat=title[1].strip() if title else "")
    try:
        with open_bytes(path) as stream:
            for mark in _marks(decoded(stream)):
                page.take(mark)
    except DAMAGE:
        gather.broke_off()
    page.end()


def _marks(stream: TextIO) -> Iterator[re.Match[str]]:
    text = ""
    while part := stream.read(_CHUNK):
        text, end = text + part, 0
        # what begins near the edge may go on in the next piece
        for mark in _MARK.finditer(text, 0, len(text)):
            if mark.start() > len(text) - _LONGEST_MARK:
                break
            end = mark.end()
            yield mark
        text = text[max(end, len(text) - _LONGEST_MARK) :]
    yield from _MARK.finditer(text)


class _Page:
    """The message being read, and what is known of time and sender before it."""

    def __init__(self, gather: Gather, local: tzinfo, *, chat: str) -> None:
        self._gather, self._local, self._chat = gather, local, chat
        self._message: re.Match[str] | None = None
        self._sender: str = ""
        self._seconds: int | None = None
        self._answered = ""
        self._forwarded = False
        self._now: int | None = None
        self._waiting: list[tuple[str, str | None]] = []  # notices before any time is known

    def take(self, mark: re.Match[str]) -> None:
        """Take the next place that matters."""
        if mark["kind"]:
            self.end()
            self._message = mark
            self._seconds, self._answered, self._forwarded = None, "", False
            if mark["kind"] == "default" and "joined" not in mark["more"]:
                self._sender = ""
        elif mark["notice"] is not None:
            if self._message is not None and self._message["kind"] == "service":
                text = " ".join(unescape(mark["notice"]).split())
                self._notice(text, self._message["number"])
        elif mark["time"] is not None:
            self._seconds = self._moment(mark["time"]) if self._seconds is None else self._seconds
        elif mark["name"] is not None:
            if not self._forwarded and not self._sender:
                self._sender = unescape(mark["name"]).strip()
        elif mark["answered"]:
            self._answered = mark["answered"]
        else:
            self._forwarded = True

    def end(self) -> None:
        """Take the message that ends here."""
        message, self._message = self._message, None
        if message is None or message["kind"] != "default":
            return
        if self._seconds is None:
            self._gather.count("undated")
            return
        if not self._sender:
            self._gather.count("nameless")
            return
        chat, number = self._chat, message["number"]
        try:
            self._gather.add(
                self._seconds, self._gather.named(self._sender),
                reply_id=("telegram_html", chat, self._answered) if self._answered else None,
                identity=("telegram_html", chat, number) if number else None,
            )  # fmt: skip
        except ValueError:
            self._gather.count("undated")
            return
        self._now = self._seconds
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self._event(*notice, self._now)

    def _notice(self, text: str, number: str | None) -> None:
        day = _DAY.fullmatch(text)
        if day is not None and day[2] in _MONTHS:
            month = _MONTHS.index(day[2]) + 1
            begins = self._midnight(int(day[3]), month, int(day[1]))
            self._now = begins if self._now is None else max(self._now, begins)
        elif self._now is not None:
            self._event(text, number, self._now)
        elif len(self._waiting) < _MOST_WAITING:
            self._waiting.append((text, number))

    def _event(self, text: str, number: str | None, seconds: int) -> None:
        """Who joined or left by an English sentence; the exporter writes no other."""
        found = _MADE.fullmatch(text) or _JOINED.fullmatch(text) or _BROUGHT.fullmatch(text)
        event = "join"
        if found is None:
            found, event = _PUT_OUT.fullmatch(text), "leave"
        if found is None:
            self._gather.count("notices")
            return
        whom = found.groupdict().get("whom")
        people = [] if whom is None else [whom] if whom == found["who"] else _listed(whom)
        if found.re in (_MADE, _JOINED):
            people = [found["who"], *(name for name in people if name != found["who"])]
        for name in people:
            try:
                self._gather.add(
                    seconds, self._gather.named(name), event,
                    identity=("telegram_html", self._chat, number) if number else None,
                )  # fmt: skip
            except ValueError:
                self._gather.count("undated")

    def _moment(self, written: str) -> int | None:
        found = _TIME.search(written)
        if found is None:
            return None
        day, month, year, hour, minute, second = map(int, found.groups()[:6])
        zone = self._local
        if found[7]:
            offset = timedelta(hours=int(found[8]), minutes=int(found[9]))
            if offset >= timedelta(days=1):
                return None
            zone = timezone(offset if found[7] == "+" else -offset)
            self._local = zone  # of days and notices that follow
        try:
            moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
            return int(moment.timestamp())
        except (ValueError, OverflowError):
            return None

    def _midnight(self, year: int, month: int, day: int) -> int:
        try:
            return int(datetime(year, month, day, tzinfo=self._local).timestamp())
        except (ValueError, OverflowError):
            return 0


def _listed(names: str) -> list[str]:
    """The names of ``A, B and C``."""
    first, _, last = names.rpartition(" and ")
    return [name for name in (*first.split(", "), last) if name.strip()]


FORMAT = Format(
    name="telegram_html", sniff=sniff, read=read, parts=parts, joins=True, leaves=True
)  # fmt: skip
