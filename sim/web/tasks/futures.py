"""One simulated future of a comparison, as it was kept or lived once more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.study.store import Store, Study, read_study
from sim.web.tasks.base import RESULT

if TYPE_CHECKING:
    from sim.record import RunRecord
    from sim.simulation import Run
    from sim.study.variant import Variant
    from sim.web.tasks.base import Asked


@dataclass(frozen=True)
class Future:
    """One future of one variant.

    Attributes:
        store: The comparison's folder.
        variant: The variant.
        replicate: Number of the future.
    """

    store: Store
    variant: Variant
    replicate: int

    @property
    def study(self) -> Study:
        """What was compared."""
        return self.store.study

    def begin(self) -> Run:
        """The run on its first morning."""
        return self.variant.start(seed=self.study.seed, replicate=self.replicate)

    def record(self) -> RunRecord:
        """All that it left behind, kept or made again."""
        if (kept := self.kept(self.variant)) is not None:
            return kept
        run = self.begin()
        run.advance()
        return run.record()

    def kept(self, variant: Variant) -> RunRecord | None:
        """What is kept of the same future of a variant; None = not everything."""
        place = (variant.name, self.replicate)
        return self.store.record(place) if self.store.record_file(place).exists() else None


def future_of(asked: Asked) -> Future:
    """The future that a task is about.

    ``options``: ``of`` = folder of the comparison's task, ``variant`` = number of the variant (0 is
    the baseline), ``replicate`` = number of the future.

    Raises:
        UserError: ``not_found`` for a folder, variant or future that is not there.
    """
    folder = Path(asked.options["of"]) / RESULT
    number, replicate = (int(asked.options.get(name) or 0) for name in ("variant", "replicate"))
    study = read_study(folder)
    if number >= len(study.variants):
        known = [one.name for one in study.variants]
        raise UserError("not_found", "variant", name=str(number), file=folder.name, known=known)
    variant = study.variants[number]
    store = Store.look(folder, study)
    finished = sorted(one for name, one in store.runs if name == variant.name)
    if replicate not in finished:
        raise UserError(
            "not_found", "replicate", value=replicate, name=variant.name, file=folder.name,
            low=min(finished, default="-"), high=max(finished, default="-"),
        )  # fmt: skip
    return Future(store, variant, replicate)
