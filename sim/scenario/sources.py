"""Where the values of a scenario come from: the table ``[sources]``, one entry a value.

An entry stands at the value's own path (``reach.open``); at ``red_packet.amount`` for a value of a
policy, at ``red_packet`` for all of them and for its use, at ``red_packet#2`` for its second use.
Sources explain; they change no number and are no part of a scenario's digest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

from sim.errors import UserError
from sim.parameters import SECTIONS
from sim.parameters.base import Confidence
from sim.scenario.toml_text import written

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)

_KEYS = ("source", "confidence", "zh")


@dataclass(frozen=True)
class Source:
    """Where one value comes from.

    Attributes:
        source: Publication, handbook row or reason.
        confidence: How far to trust the value.
        zh: The source in Chinese; empty = as it stands.
    """

    source: str
    confidence: Confidence
    zh: str = ""

    def said(self, lang: str) -> str:
        """The source in a language, as far as it was written in it."""
        return self.zh if lang == "zh" and self.zh else self.source

    def table(self) -> dict[str, str]:
        """As it stands in a file."""
        plain = {"source": self.source, "confidence": self.confidence}
        return plain | ({"zh": self.zh} if self.zh else {})


def flat_sources(value: object) -> object:
    """``reach.open = {...}`` and ``"reach.open" = {...}`` are one entry at ``reach.open``."""
    if not isinstance(value, dict):
        return value
    found: dict[str, object] = {}
    for key, item in value.items():
        within = flat_sources(item) if isinstance(item, dict) and not _is_entry(item) else None
        if isinstance(within, dict) and within:
            found |= {f"{key}.{path}": entry for path, entry in within.items()}
        else:
            found[str(key)] = item
    return found


def _is_entry(table: Mapping[str, object]) -> bool:
    return any(key in table and not isinstance(table[key], dict) for key in _KEYS)


def read_sources(value: object) -> tuple[dict[str, Source], list[UserError]]:
    """The entries of a table of sources by path, and what is wrong with their form."""
    flat = flat_sources(value)
    if not isinstance(flat, dict):
        return {}, [UserError("wrong_form", "table", key="sources", value=written(value))]
    found, errors = {}, []
    for path, entry in flat.items():
        if isinstance(entry, Source):
            found[path] = entry
        elif wrong := _mistake(f"sources.{path}", entry):
            errors.append(wrong)
        else:
            found[path] = Source(**cast("dict[str, Any]", entry))
    return found, errors


def _mistake(key: str, entry: object) -> UserError | None:
    if (
        not isinstance(entry, dict)
        or not {"source", "confidence"} <= entry.keys() <= {*_KEYS}
        or not all(isinstance(item, str) for item in entry.values())
        or not entry["source"].strip()
        or not all(map(_encodable, entry.values()))
    ):
        return UserError("wrong_form", "source", key=key, value=written(entry))
    if entry["confidence"] not in CONFIDENCES:
        return UserError(
            "wrong_form", "choice", key=f"{key}.confidence", keys=(f"{key}.confidence", key),
            value=written(entry["confidence"]), choices=list(CONFIDENCES), suggestion=None,
        )  # fmt: skip
    return None


def _encodable(text: str) -> bool:
    return text.isascii() or text.encode("utf-8", "ignore").decode() == text


def policy_values(policies: object) -> dict[str, object]:
    """What policies set, by the paths at which sources name it.

    Args:
        policies: ``[[policies]]`` tables; what has no such form is left out.

    Returns:
        ``red_packet`` (its key) and ``red_packet.amount`` (the value) for every value written.
    """
    found: dict[str, object] = {}
    used: Counter[str] = Counter()
    for entry in policies if isinstance(policies, list | tuple) else ():
        use = entry.get("use") if isinstance(entry, dict) else None
        if not isinstance(use, str):
            continue
        used[use] += 1
        name = use if used[use] == 1 else f"{use}#{used[use]}"
        found[name] = use
        found |= {f"{name}.{key}": item for key, item in entry.items() if key != "use"}
    return found


def inherited_sources(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """The sources of a base whose values a file over it leaves as they are.

    Args:
        base: Tables of the base, sources flat.
        over: Tables of the file.
    """
    sources = base.get("sources")
    if not isinstance(sources, dict):
        return {}
    kept = {}
    for path, entry in sources.items():
        head, dot, key = path.partition(".")
        table = over.get(head)
        of_parameter = head in SECTIONS or path in base
        if of_parameter and (key in table if dot and isinstance(table, dict) else path in over):
            continue
        if of_parameter or "policies" not in over:
            kept[path] = entry
    return kept
