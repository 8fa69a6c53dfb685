"""Where runs of an explanation are made and kept: each once, found by what determines it.

An explanation needs arms that nobody can name beforehand: where it looks next depends on what it
saw. So a run's place in the journal is the key of its variant, which is all that determines it but
its luck; whatever is asked again, by whatever options, is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sim.study.ensemble import run_ensemble
from sim.study.explain.planned import Plans
from sim.study.simulate import Failure, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.metrics import Value
    from sim.study.journal import Place
    from sim.study.simulate import Finished
    from sim.study.store import Store
    from sim.study.variant import Variant
    from sim.study.workers import Workers

_KEY = 24  # hex digits of a variant's key that name it: 96 bits


class Watching(Protocol):
    """Told after every run how far an explanation is."""

    def __call__(self, done: int, *, failed: int = 0, total: int = 0) -> None:
        """``done`` of ``total`` runs are there."""


class Lab:
    """Simulates what is missing and remembers the KPIs of what is there.

    Attributes:
        simulated: Runs that were simulated here, not found.
        failed: Runs without a result.
        expected: Runs that will be asked for, as far as is known beforehand.
        plans: Levers that were planned.
    """

    def __init__(
        self,
        *,
        seed: int,
        store: Store | None = None,
        crew: Workers | None = None,
        progress: Watching | None = None,
    ) -> None:
        """A place to simulate; without a store nothing is kept."""
        self.simulated = self.failed = 0
        self.expected = 0
        self._seed, self._store, self._crew, self._progress = seed, store, crew, progress
        self._known: dict[Place, Mapping[str, Value]] = {}
        self.plans = Plans()
        self._asked = 0

    def knows(self, variant: Variant, replicate: int, kpis: Mapping[str, Value]) -> None:
        """Take over a run that somebody else made."""
        self._known[_name(variant), replicate] = kpis

    def run(self, wanted: Iterable[tuple[Variant, int]]) -> None:
        """See to it that runs are there.

        Raises:
            KeyboardInterrupt: Somebody stopped it; what was finished is kept.
        """
        variants = {}
        places: dict[Place, None] = {}
        for variant, number in wanted:
            name = _name(variant)
            variants[name] = variant
            places[name, number] = None
        lacking = [place for place in places if not self._finds(place)]
        # one object for all runs of a variant, so that it is planned once
        arms = {
            name: self.plans.named(variants[name], name) for name in {name for name, _ in lacking}
        }
        tasks = [
            Task(variant=arms[name], seed=self._seed, replicate=number, whole=False)
            for name, number in lacking
        ]
        before = self._asked + len(places) - len(tasks)
        self._asked += len(places)
        self._tell(before)
        ensemble = run_ensemble(
            tasks, crew=self._crew, keep=self._keep,
            progress=lambda done, **_: self._tell(before + done),
        )  # fmt: skip
        if ensemble.interrupted:
            raise KeyboardInterrupt

    def of(self, variant: Variant, replicate: int) -> Mapping[str, Value] | None:
        """KPIs of one run; None = it failed."""
        return self._known.get((_name(variant), replicate))

    def _finds(self, place: Place) -> bool:
        if place not in self._known and self._store is not None and place in self._store.runs:
            self._known[place] = self._store.runs[place].kpis
        return place in self._known

    def _keep(self, one: Finished | Failure) -> None:
        if self._store is not None:
            self._store.keep(one)
        self.simulated += 1
        if isinstance(one, Failure):
            self.failed += 1
        else:
            self._known[one.variant, one.replicate] = one.kpis

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, failed=self.failed, total=max(self.expected, self._asked))


def _name(variant: Variant) -> str:
    return variant.key[:_KEY]
