"""Layer 1: what must hold whatever the scenario, in the suite's runs and in small probes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.regression.sample import Sample


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Something that does not hold.

    Attributes:
        where: Community or probe.
        what: Name of what does not hold.
        detail: Numbers or names that show it.
    """

    where: str
    what: str
    detail: str = ""


IDENTITIES = 15
"""Identities and bounds that are looked at in every run."""


def of_runs(runs: Mapping[str, Sequence[Sample]]) -> tuple[int, list[Broken]]:
    """How many things were looked at in a suite's runs, and what does not hold."""
    found: dict[tuple[str, str], list[int]] = {}
    for name, kept in runs.items():
        for one in kept:
            for what in one.broken:
                found.setdefault((name, what), []).append(one.replicate)
    broken = [
        Broken(where=name, what=what, detail=f"{len(numbers)}")
        for (name, what), numbers in found.items()
    ]
    return IDENTITIES * len(runs), broken


class Invariants:
    @classmethod
    def begin(cls): return cls()
    def end(self): return 0, []
