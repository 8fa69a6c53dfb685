"""Slack: the ZIP archive that a workspace exports."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.logs.archive import FAULTS, Folder, is_archive, open_archive
from sim.logs.files import read_head
from sim.logs.format import Format
from sim.logs.json_file import as_dict, as_list, as_text, decoded
from sim.logs.json_stream import EACH, BrokenJsonError, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.archive import Archive
    from sim.logs.gather import Gather

_LISTS = ("channels.json", "users.json", "org_users.json", "groups.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_DIRECT = re.compile(r"D[A-Z0-9]{8,}|mpdm-.*")
_SLACKBOT = "USLACKBOT"
_SAID = ("", "thread_broadcast", "file_share", "me_message")
_CAME = ("channel_join", "group_join")
_WENT = ("channel_leave", "group_leave")
_BOT = ("bot_message", "slackbot_response")
_MOST_PLACES = 5  # folders that could be the workspace's; beyond, somebody plays
_MOST_LISTED = 1_000_000  # people or channels whose names are kept


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file is an archive with channels or people and days of messages, or lay in one."""
    if not is_archive(head):
        return path.name in _LISTS and _unpacked(path) is not None
    try:
        with open_archive(path) as archive:
            return _top(archive.names) is not None
    except UserError as error:
        # a download that broke off has no directory, but begins like one
        return error.kind == "damaged" and any(name.encode() in head for name in _LISTS)


def parts(path: Path) -> Sequence[Path]:
    """An unpacked archive is named by one of its lists."""
    if path.name not in _LISTS:
        return (path,)
    return (next((one for name in _LISTS if (one := path.with_name(name)).is_file()), path),)


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:  # noqa: ARG001  all times are unix
    """Read all channels as one log; conversations of a few people are left out and counted.

    Raises:
        UserError: ``wrong_file``/``no_slack``; ``damaged``/``broken`` if no message can be read;
            what :func:`sim.logs.archive.open_archive` raises.
    """
    before = len(gather)
    with contextlib.ExitStack() as stack:
        archive: Archive | Folder | None
        if is_archive(read_head(path)):
            archive = stack.enter_context(open_archive(path))
        else:
            archive = _unpacked(path)
        top = None if archive is None else _top(archive.names)
        if archive is None or top is None:
            raise UserError("wrong_file", "no_slack", file=str(path))
        workspace = _Workspace(archive, top, gather)
        workspace.take_all()
    if workspace.broken and len(gather) == before and not gather.counts:
        raise UserError("damaged", "broken", file=str(path))


def _unpacked(path: Path) -> Folder | None:
    """The folder of a list, if channels lie beside it."""
    try:
        folder = Folder(path.parent)
    except OSError:
        return None
    return folder if any(_is_day(name, "") for name in folder.names) else None


def _top(names: Sequence[str]) -> str | None:
    """Folder of the archive in which the workspace lies, empty or ending in ``/``."""
    places = {name[: -len(file)] for name in names for file in _LISTS if _ends(name, file)}
    for place in sorted(places, key=len)[:_MOST_PLACES]:
        if any(_is_day(name, place) for name in names) or f"{place}channels.json" in names:
            return place
    return None


def _ends(name: str, file: str) -> bool:
    return name == file or name.endswith("/" + file)


def _is_day(name: str, top: str) -> bool:
    folder, _, file = name[len(top) :].partition("/")
    return name.startswith(top) and folder != "" and _DAY.fullmatch(file) is not None


class _Workspace:
    """What the archive tells of people and channels, and what becomes of the messages."""

    def __init__(self, archive: Archive | Folder, top: str, gather: Gather) -> None:
        self._archive, self._top, self._gather = archive, top, gather
        self.broken = False
        self._people: dict[str, str] = {}
        self._bots = {_SLACKBOT}
        for file in ("users.json", "org_users.json"):
            for user in self._listed(file):
                self._person_listed(user)
        self._channels: dict[str, str] = {}
        self._general: set[str] = set()
        for file in ("channels.json", "groups.json"):
            for channel in self._listed(file):
                name, number = as_text(channel.get("name")), as_text(channel.get("id"))
                self._channels[name] = self._channels[number] = number or name
                if channel.get("is_general") is True:
                    self._general |= {number or name}
        if not self._general:
            self._general = {self._channels.get("general", "general")}
        self._direct = {
            as_text(one.get(key))
            for file in ("dms.json", "mpims.json")
            for one in self._listed(file)
            for key in ("id", "name")
        }

    def take_all(self) -> None:
        """Read every day of every channel."""
        left_out = set()
        for name in self._archive.names:
            if not _is_day(name, self._top):
                continue
            folder = name[len(self._top) :].split("/")[0]
            if folder not in self._channels and (
                folder in self._direct or _DIRECT.fullmatch(folder)
            ):
                left_out.add(folder)
                continue
            channel = self._channels.get(folder, folder)
            self._gather.chat(("slack", channel))
            for message in self._values(name):
                self._take(message, channel)
        if left_out:
            self._gather.count("sections", len(left_out))

    def _values(self, name: str) -> Iterator[dict[str, Any]]:
        """Elements of a file that is an array, as far as it can be read."""
        try:
            with self._archive.open(name) as stream:
                for _, value in values(decoded(stream), ((EACH,),)):
                    yield as_dict(value)
        except (BrokenJsonError, *FAULTS):
            self.broken = True
            self._gather.broke_off()

    def _listed(self, file: str) -> Iterator[dict[str, Any]]:
        if self._top + file in self._archive.names:
            for number, entry in enumerate(self._values(self._top + file)):
                if number >= _MOST_LISTED:
                    return
                yield entry

    def _person_listed(self, user: dict[str, Any]) -> None:
        number, profile = as_text(user.get("id")), as_dict(user.get("profile"))
        names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
        shown = next(filter(None, map(as_text, (*names, user.get("name")))), "")
        self._people[number] = shown[:200]
        if user.get("is_bot") is True:
            self._bots.add(number)

    def _take(self, message: dict[str, Any], channel: str) -> None:
        kind = as_text(message.get("subtype"))
        if message.get("type") != "message" or kind not in (*_SAID, *_CAME, *_WENT, *_BOT):
            self._gather.count("notices")
            return
        user, moment = as_text(message.get("user")), as_text(message.get("ts"))
        author = None
        try:
            if self._is_bot(message, kind, user):
                self._gather.count("bots")
            elif not user:
                self._gather.count("nameless")
            else:
                author = self._person(user)
                self._event(message, kind, author, channel)
            self._reactions(message, author, (channel, moment))
        except (ValueError, OverflowError):
            self._gather.count("undated")

    def _event(self, message: dict[str, Any], kind: str, author: int, channel: str) -> None:
        moment, thread = as_text(message.get("ts")), as_text(message.get("thread_ts"))
        identity = ("slack", channel, moment)
        if kind in _SAID:
            answers = thread not in ("", moment)
            parent = as_text(message.get("parent_user_id"))
            self._gather.add(
                float(moment), author, identity=identity,
                reply_to=self._person(parent) if answers and parent else -1,
                reply_id=("slack", channel, thread) if answers else None,
            )  # fmt: skip
        elif channel in self._general:  # where everybody of the workspace is
            event = "join" if kind in _CAME else "leave"
            self._gather.add(float(moment), author, event, identity=identity)
        else:
            self._gather.count("notices")

    def _reactions(
        self, message: dict[str, Any], author: int | None, place: tuple[str, str]
    ) -> None:
        """Those who reacted; when they did is not told."""
        for reaction in map(as_dict, as_list(message.get("reactions"))):
            sign = as_text(reaction.get("name"))
            for user in map(as_text, as_list(reaction.get("users"))):
                if user and user not in self._bots:
                    self._gather.add(
                        float(place[1]), self._person(user), "reaction",
                        reply_to=-1 if author is None else author,
                        identity=("slack", *place, sign),
                    )  # fmt: skip

    def _is_bot(self, message: dict[str, Any], kind: str, user: str) -> bool:
        """Apps speak as bots; some also for people, who then are in the list of people."""
        if kind in _BOT or user in self._bots:
            return True
        if not user:
            return bool(message.get("bot_id") or message.get("username"))
        return bool(message.get("bot_id")) and user not in self._people

    def _person(self, user: str) -> int:
        return self._gather.person(user, shown=self._people.get(user, ""))


FORMAT = Format(name="slack", sniff=sniff, read=read, parts=parts, joins=True, leaves=True)
