"""Whom a policy is for: a set of members that everybody's state on a morning decides.

An audience is a kind and a number: days, a level, or bits of roles or channels. Whether a member
belongs to it is asked anew every morning (``sim.phases.aiming``).
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.record import CHANNELS, ROLES

(NEWCOMERS, SILENT, LEVEL, IN_ROLE, BY_CHANNEL, PAYERS, MUTERS, HUNTERS) = range(8)
"""Kinds of audiences."""

NAMES = ("newcomers", "silent", "level", "role", "channel", "payers", "muted", "hunters")
"""How they are written, by kind."""

EVERYONE = "everyone"
"""How no audience is written."""

MOST = 8
"""Audiences of a run: which of them a member belongs to is one byte."""

LIMITS = {NEWCOMERS: (1, 3650), SILENT: (1, 3650), LEVEL: (1, 12)}
"""Smallest and largest number of the kinds that have one."""

_DEFAULTS = {NEWCOMERS: 7, SILENT: 14}
_CHOICES = {IN_ROLE: ROLES, BY_CHANNEL: CHANNELS}


@dataclass(frozen=True)
class Audience:
    """One audience.

    Attributes:
        kind: Which of the kinds above.
        number: Newcomers: joined fewer days ago. Silent: no message for more than so many days.
            Level: points level at least. Role, channel: bit k = code k belongs. Others: 0.
    """

    kind: int
    number: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        """Names of the roles or channels; empty for other kinds."""
        names = _CHOICES.get(self.kind, ())
        return tuple(name for code, name in enumerate(names) if self.number >> code & 1)

    def __str__(self) -> str:
        """As it is written: ``newcomers:7``, ``role:leader+seed_user``."""
        name = NAMES[self.kind]
        if self.kind in _CHOICES:
            return f"{name}:{'+'.join(self.members)}"
        return f"{name}:{self.number}" if self.kind in LIMITS else name


class UnknownNameError(ValueError):
    """A role or channel that there is not; ``known`` are those that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.known = known


class NumberError(ValueError):
    """A number outside its limits; ``low`` and ``high`` are what is allowed."""

    def __init__(self, text: str, low: int, high: int) -> None:
        super().__init__(text)
        self.low, self.high = low, high


def read_audience(text: str) -> Audience | None:
    """The audience of a text; None = everybody.

    Args:
        text: ``everyone``, ``newcomers[:days]``, ``silent[:days]``, ``level:n``,
            ``role:name[+name...]``, ``channel:name[+name...]``, ``payers``, ``muted``, ``hunters``.

    Raises:
        UnknownNameError: A role or channel is unknown.
        NumberError: The number is outside its limits.
        ValueError: It has another form.
    """
    name, colon, rest = (part.strip() for part in text.partition(":"))
    if text.strip() == EVERYONE:
        return None
    if name not in NAMES:
        raise ValueError(text)
    kind = NAMES.index(name)
    if kind in _CHOICES and rest:
        return Audience(kind, _bits(rest, _CHOICES[kind]))
    if kind in LIMITS and (rest.isdecimal() or (not colon and kind in _DEFAULTS)):
        number = int(rest) if rest else _DEFAULTS[kind]
        low, high = LIMITS[kind]
        if not low <= number <= high:
            raise NumberError(rest, low, high)
        return Audience(kind, number)
    if kind in (PAYERS, MUTERS, HUNTERS) and not colon:
        return Audience(kind)
    raise ValueError(text)


def _bits(names: str, known: tuple[str, ...]) -> int:
    bits = 0
    for name in (part.strip() for part in names.split("+")):
        if name not in known:
            raise UnknownNameError(name, known)
        bits |= 1 << known.index(name)
    return bits
