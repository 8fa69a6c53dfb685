"""Who is who in a chat export: numbers, names, names in notices, names that change."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.nicks import same_people

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

LONGEST = 200
"""Characters of a name or number that count; nobody's is longer."""

NOBODY = -1
"""Code of nobody."""

_NAMED = "name:"
_LISTED = "names:"
_BETWEEN = "、"
_MOST_LISTED = 20_000  # characters of a list of names
_MOST_BETWEEN = 8  # of the mark in one name


class People:
    """Everybody met, by code.

    A person is a key: the number that a format gives him (:meth:`person`), else the name shown
    (:meth:`named`). Where both occur, names that only one number bore become that number.
    """

    def __init__(self) -> None:
        """Nobody met yet."""
        self._codes: dict[str, int] = {}
        self._met: dict[tuple[str, str], tuple[int, str]] = {}
        self._shown: dict[int, str] = {}
        self._bearers: dict[str, dict[int, None]] = {}
        self._changes: set[tuple[int, int]] = set()

    def person(self, number: str, *, shown: str = "") -> int:
        """Somebody by the number that the format gives him.

        Args:
            number: It never changes, whatever he calls himself.
            shown: What he is called here; empty = unknown.
        """
        met = self._met.get((number, shown))
        if met is None:
            met = self._meet(number, shown)
        code, name = met
        if name:
            self._shown[code] = name  # the latest
        return code

    def named(self, name: str, *, shown: str = "") -> int:
        """Somebody of whom only the name shown is known.

        Args:
            name: What tells him from others.
            shown: How it is written, if that is not the same.
        """
        name = plain_name(name)
        code = self._code(_NAMED + name)
        self._shown.setdefault(code, plain_name(shown) or name)
        return code

    def renamed(self, old: int, new: int) -> None:
        """Note that somebody known by name only took another; :meth:`table` finds who is who."""
        self._changes.add((old, new))

    def listed(self, names: str) -> int:
        """Everybody in a list such as ``A、B``, for one event each.

        A name may hold the mark itself. Where the list ends and a name begins is told by all names
        met until :meth:`table`.
        """
        if _BETWEEN not in names:
            return self.named(names)
        return self._code(_LISTED + names[:_MOST_LISTED])

    def given(self, name: str) -> int:
        """Somebody by the only key that a table of events has."""
        code = self._code("id:" + name)
        self._shown[code] = name
        return code

    def lists(self) -> dict[int, list[int]]:
        """People in each list that was met, by its code."""
        met = [(key, code) for key, code in self._codes.items() if key.startswith(_LISTED)]
        return {code: self._split(key.removeprefix(_LISTED)) for key, code in met}

    def by_name_only(self) -> set[int]:
        """Codes of people of whom no number is known."""
        return {code for key, code in self._codes.items() if key.startswith(_NAMED)}

    def names(self, known: NDArray[np.int32]) -> list[str]:
        """What each person is called, by code; of two of one name the second has a number."""
        names, taken = [], Counter[str]()
        for key, code in self._codes.items():
            name = self._shown.get(code) or plain_name(key.partition(":")[2])
            taken[name] += known[code] == code  # not counted if he is somebody known by number
            names.append(name if taken[name] <= 1 else f"{name} ({taken[name]})")
        return names

    def recoded(self, times: Callable[[], Sequence[int]]) -> NDArray[np.int32]:
        """Code of each person by code; the last entry serves nobody.

        Args:
            times: At how many moments there is something of each code.
        """
        known = np.append(np.arange(len(self._codes), dtype=np.int32), np.int32(NOBODY))
        if self._changes:
            shown = [key.partition(":")[2] for key in self._codes]
            people = same_people(self._changes, name=shown.__getitem__, weight=times().__getitem__)
            known[list(people)] = list(people.values())
        for name, bearers in self._bearers.items():
            code = self._codes.get(_NAMED + name)
            if code is not None and len(bearers) == 1:
                known[code] = next(iter(bearers))
        return known

    def _meet(self, number: str, shown: str) -> tuple[int, str]:
        """A number with a name for the first time; kept unless too long to be a person's."""
        code, name = self._code("id:" + _whole(number[:LONGEST])), plain_name(shown)
        if shown:
            self._bearers.setdefault(name, {})[code] = None
        if len(number) + len(shown) <= LONGEST:
            self._met[number, shown] = code, name
        return code, name

    def _code(self, key: str) -> int:
        return self._codes.setdefault(key, len(self._codes))

    def _split(self, names: str) -> list[int]:
        """People in a list: at each place the longest name met, else up to the next mark."""
        parts = names.split(_BETWEEN)
        people, at = list[int](), 0
        while at < len(parts):
            ends = range(min(at + _MOST_BETWEEN, len(parts)), at, -1)
            for end in ends:
                name = plain_name(_BETWEEN.join(parts[at:end]))
                if name in self._bearers or _NAMED + name in self._codes:
                    break
            else:
                end, name = at + 1, plain_name(parts[at])
            if name:
                people.append(self.named(name))
            at = end
        return people


def plain_name(name: str) -> str:
    """A name as people read it: without marks of direction, runs of spaces and invisible signs."""
    return _plain(name[: 4 * LONGEST])


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    kept = "".join(
        letter for letter in text
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs") or letter in "\t\u200d"
    )  # fmt: skip
    return " ".join(kept.split())[:LONGEST]


def _whole(number: str) -> str:
    """Without halves of characters, which JSON may hold and no file can."""
    return number if number.isascii() else number.encode("utf-8", "replace").decode()
