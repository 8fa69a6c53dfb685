"""The runs of a suite: what is kept of each, and what must hold in each."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics import NEVER, REGISTRY, broken_identities, restricted
from sim.record import Members
from sim.study.ensemble import run_ensemble
from sim.study.simulate import Failure, Finished, Task, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.study.ensemble import Ensemble, Progress
    from sim.study.regression.suite import Case
    from sim.study.workers import Workers

DIGEST = 8
"""Hex digits of a run's digest; a run is only ever compared with itself."""

BOUNDS = ("capacity", "shares", "finite")
"""What is looked at in a run beside the identities of ``sim.metrics.identities``."""


@dataclass(frozen=True, kw_only=True)
class Sample(Finished):
    """One run as a suite keeps it.

    Attributes:
        digest: Of everything it left behind and every KPI, to the last bit.
        broken: Names of what does not hold in it.
    """

    digest: str
    broken: tuple[str, ...] = ()


def record_digest(
    record: RunRecord, kpis: Mapping[str, Value], *, keys: Sequence[str] = tuple(REGISTRY)
) -> str:
    """Digest of a run's record and KPIs, 8 hex digits: equal bits, equal digest.

    Args:
        record: What the run left behind.
        kpis: Its KPIs.
        keys: Which of them count: a KPI that is new has no value to be compared with.
    """
    digest = hashlib.sha256()
    for name, value in _parts(record):
        digest.update(f"{name} ".encode())
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str} {value.shape} ".encode())
            digest.update(np.ascontiguousarray(value).tobytes())
        else:
            digest.update(repr(value).encode())
    for key in keys:
        digest.update(f"{key} {kpis.get(key)!r} ".encode())
    return digest.hexdigest()[:DIGEST]


def _parts(record: RunRecord) -> Iterable[tuple[str, object]]:
    for one in fields(record):
        value = getattr(record, one.name)
        if isinstance(value, Members):
            yield from ((f"members.{two.name}", getattr(value, two.name)) for two in fields(value))
        else:
            yield one.name, value


def broken_bounds(record: RunRecord, kpis: Mapping[str, Value]) -> list[str]:
    """Names of the bounds that a run breaks.

    ``capacity`` (members of each group on each evening), ``shares`` (within 0 and 1), ``finite``
    (no infinity, nothing that is no number).
    """
    members = np.stack([record.of_group("members", g) for g in range(record.groups)], axis=1)
    numbers = {key: value for key, value in kpis.items() if isinstance(value, int | float)}
    shares = [
        value
        for key, value in numbers.items()
        if REGISTRY[key].unit == "share" and key != "margin_rate"
    ]
    holds = {
        "capacity": bool((members <= record.capacity).all()),
        "shares": all(-1e-12 <= value <= 1 + 1e-12 for value in shares),
        "finite": all(math.isfinite(value) for value in numbers.values()),
    }
    return [name for name in BOUNDS if not holds[name]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A run to do: a case and the number of a future.

    Attributes:
        case: The community.
        seed: Seed of the futures.
        replicate: Number of the future.
        keys: KPIs that its digest knows.
    """

    case: Case
    seed: int
    replicate: int
    keys: tuple[str, ...] = tuple(REGISTRY)

    @property
    def place(self) -> tuple[str, int]:
        """Name of the case and number of the future."""
        return self.case.name, self.replicate


def sample(one: Place, stopping: Callable[[], bool] | None = None) -> Sample | Failure:
    """Simulate one run and keep what a suite needs of it."""
    task = Task(variant=one.case.variant, seed=one.seed, replicate=one.replicate)
    ended = simulate(task, stopping)
    if isinstance(ended, Failure):
        return replace(ended, variant=one.case.name)
    record = ended.record
    assert record is not None  # a whole record was asked for
    broken = (*broken_identities(record), *broken_bounds(record, ended.kpis))
    return Sample(
        variant=one.case.name, replicate=one.replicate, kpis=ended.kpis, trace=ended.trace,
        packed=ended.packed, digest=record_digest(record, ended.kpis, keys=one.keys), broken=broken,
    )  # fmt: skip


def samples(places: Sequence[Place], *, crew: Workers, progress: Progress | None) -> Ensemble:
    """Simulate runs on a crew; ``finished`` are :class:`Sample`."""
    return run_ensemble(places, crew=replace(crew, work=sample), progress=progress)


def values_of(
    runs: Sequence[Mapping[str, Value]], *, kpi: str, horizon: int
) -> NDArray[np.float64]:
    """A KPI over runs: float64 of shape (n,), each as exact as a 32-bit number.

    What is undefined is NaN, a time that never came is the horizon. Values are rounded as a
    baseline keeps them, so that a run is equal to what was kept of it.
    """
    numbers = [_number(run.get(kpi), horizon) for run in runs]
    return np.array(numbers, np.float32).astype(np.float64)


def _number(value: Value, horizon: int) -> float:
    known = restricted(value, horizon=horizon) if value == NEVER else value
    return math.nan if known is None else float(known)
