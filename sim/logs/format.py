"""What a chat export's format is to the import: how it is recognised and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather


class Sniff(Protocol):
    """Whether a file is in the format."""

    def __call__(self, head: bytes, path: Path) -> bool:
        """Look at the first bytes, unpacked, and where need be at the file."""


class Read(Protocol):
    """Read a file of the format."""

    def __call__(self, path: Path, gather: Gather, *, local: tzinfo) -> None:
        """Put events into ``gather``; ``local`` is the zone of times that name none."""


class Parts(Protocol):
    """Which files belong to one export."""

    def __call__(self, path: Path) -> Sequence[Path]:
        """Files to read when this one is named, in order."""


def _alone(path: Path) -> Sequence[Path]:
    return (path,)


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format.

    Attributes:
        name: What ``--format`` calls it.
        sniff: Recognises it.
        read: Reads it.
        parts: Files that belong together; by default each stands alone.
        zone: Zone of times that name none, where the user says nothing.
        joins: Whether it tells who joined.
        leaves: Whether it tells who left.
    """

    name: str
    sniff: Sniff
    read: Read
    parts: Parts = _alone
    zone: str = "UTC"
    joins: bool = False
    leaves: bool = False
