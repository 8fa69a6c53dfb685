"""Discourse: topics as the forum gives them under ``/t/<id>.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.logs.format import Format
from sim.logs.json_file import as_dict, as_text, json_values, peek
from sim.logs.json_stream import EACH
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_TOPIC = ("post_stream", "posts", EACH)
_TOPICS = (EACH, *_TOPIC)
_SMALL_ACTION = 3
_SHOWN = ("username", "created_at")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is a topic, or several of them in an array."""
    wanted = [(*where, key) for where in (_TOPIC, _TOPICS) for key in _SHOWN]
    return len(peek(head, wanted)) >= len(_SHOWN)


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read the posts of a topic.

    Likes are only counted there and give no event; who reads a topic by joining it is not told.

    Raises:
        UserError: As :func:`sim.logs.json_file.json_values`.
    """
    for _, post in json_values(path, gather, (_TOPIC, _TOPICS)):
        _post(as_dict(post), gather, local)


def _post(post: dict[str, Any], gather: Gather, local: tzinfo) -> None:
    number, shown = as_text(post.get("user_id")), as_text(post.get("username"))
    if number.startswith("-"):
        gather.count("bots")
        return
    if post.get("post_type") == _SMALL_ACTION or post.get("action_code"):
        gather.count("notices")
        return
    if not number and not shown.strip():
        gather.count("nameless")
        return
    topic, answered = as_text(post.get("topic_id")), as_text(post.get("reply_to_post_number"))
    place = as_text(post.get("post_number"))
    try:
        gather.add(
            parse_time(as_text(post.get("created_at")), local=local),
            gather.person(number, shown=shown) if number else gather.named(shown),
            reply_id=("discourse", topic, answered) if answered else None,
            identity=("discourse", topic, place) if place else None,
        )
    except (ValueError, OverflowError):
        gather.count("undated")


FORMAT = Format(name="discourse", sniff=sniff, read=read)
