"""Layer 1: what must hold whatever the scenario, in the suite's runs and in small probes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sim.study.regression import drawing
from sim.study.regression.sample import BOUNDS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence

    from sim.study.regression.sample import Sample

IDENTITIES = 12 + len(BOUNDS)
"""Identities (``sim.metrics.identities``) and bounds that are looked at in every community."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Something that does not hold.

    Attributes:
        where: Community or probe.
        what: Name of what does not hold, a key of ``ci.what_*``.
        detail: Numbers or names that show it.
    """

    where: str
    what: str
    detail: str = ""


def of_runs(runs: Mapping[str, Sequence[Sample]]) -> tuple[int, tuple[Broken, ...]]:
    """How many things were looked at in a suite's runs, and what does not hold."""
    found: dict[tuple[str, str], list[int]] = {}
    for name, kept in runs.items():
        for one in kept:
            for what in one.broken:
                found.setdefault((name, what), []).append(one.replicate)
    broken = tuple(
        Broken(where=name, what=what, detail=f"{len(numbers)}/{len(runs[name])}")
        for (name, what), numbers in found.items()
    )
    return IDENTITIES * len(runs), broken


class Invariants:
    """Probes that do not depend on a suite; draws are watched by another process meanwhile."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    def begin(cls) -> Invariants:
        """Begin to watch draws."""
        return cls(drawing.watch())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        """Let nobody watch on."""
        if self._process.returncode is None:  # nobody has waited for its answer
            self._process.kill()
            self._process.communicate()

    def end(self) -> tuple[int, tuple[Broken, ...]]:
        """Make the other probes: how many things were looked at, and what does not hold."""
        from sim.study.regression.probes import probes  # loads the compiler

        found = list(probes())
        reused = drawing.answer(self._process)
        broken = [
            Broken(where=probe, what=what, detail=detail) for probe, what, detail in found if what
        ]
        if reused is None:
            broken.append(Broken(where="luck", what="no_answer"))
        else:
            broken += [Broken(where="luck", what="reused", detail=text) for text in reused]
        return len(found) + 1, tuple(broken)
