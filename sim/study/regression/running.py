"""The futures of a suite, simulated a share at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.study.regression.sample import Place, Sample, samples, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.study.ensemble import Progress
    from sim.study.regression.suite import Suite
    from sim.study.simulate import Failure
    from sim.study.workers import Workers

_RESERVE = 1.25  # a look is begun if that much more than it should take is left


@dataclass
class Runs:
    """Futures of a suite as they end.

    Attributes:
        suite: What is simulated.
        seed: Seed of the futures.
        crew: Who simulates.
        keys: KPIs that digests know.
        progress: Told after every run.
        clock: Seconds.
        kept: Futures that ended, by community and in order.
        failed: Futures that failed.
        seconds: How long simulating took so far.
        done: Futures that ended or failed.
    """

    suite: Suite
    seed: int
    crew: Workers
    keys: tuple[str, ...]
    progress: Progress | None = None
    clock: Callable[[], float] = time.monotonic
    kept: dict[str, list[Sample]] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    seconds: float = 0.0
    done: int = 0

    def missing(self, sizes: Mapping[str, int]) -> list[Place]:
        """Futures that are not there yet, number by number."""
        places = [
            Place(case=case, seed=self.seed, replicate=number, keys=self.keys)
            for case in self.suite.cases
            for number in range(len(self.kept.get(case.name, ())), sizes[case.name])
        ]
        return sorted(places, key=lambda one: one.replicate)

    def simulate(self, places: Sequence[Place]) -> None:
        """Simulate them.

        Raises:
            KeyboardInterrupt: Somebody stopped it: half a check says nothing.
        """
        start = self.clock()
        before = self.done

        def told(done: int, *, failed: int = 0) -> None:
            if self.progress is not None:
                self.progress(before + done, failed=len(self.failed) + failed)

        ensemble = samples(places, crew=self.crew, progress=told)
        if ensemble.interrupted:
            raise KeyboardInterrupt
        for one in sorted(ensemble.finished, key=lambda one: one.replicate):
            assert isinstance(one, Sample)
            self.kept.setdefault(one.variant, []).append(one)
        self.failed += ensemble.failures
        self.done += len(places)
        self.seconds += self.clock() - start

    def values(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """Values of every KPI that is kept, by community."""
        found = {}
        for case in self.suite.cases:
            kpis = [one.kpis for one in self.kept.get(case.name, ())]
            found[case.name] = {
                key: values_of(kpis, kpi=key, horizon=case.days)
                for key in self.suite.kept(case.name)
            }
        return found

    def affordable(self, places: Sequence[Place], *, left: float) -> bool:
        """Whether so many futures probably end within so many seconds."""
        return not self.done or len(places) * self.seconds / self.done * _RESERVE <= left
