"""Other agent-based simulators on this machine, on the same community, beside our engine.

Each peer is the release published on PyPI, in an environment of its own, with community-lite
written as its own documentation recommends (:mod:`sim.bench.lite`). Before it is timed it must
agree with a NumPy reading of the rules: means of the three daily totals on five days, within 4
standard errors (Welch). Then all are timed in turn, three rounds, so that what disturbs the machine
disturbs all alike; the median counts. The unit is a million agent-steps a second: members at the
start times days, whoever has left since; building is left out.

Every simulator uses one thread. Horizons are shorter where communities are larger, to bound the
time; they are the same for every peer.
"""

from __future__ import annotations

import importlib
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sim.bench.environments import (
    UnavailableError,
    cache_folder,
    environment_for,
    interpreter_of,
)
from sim.bench.lite import reference
from sim.bench.progress import OnProgress, Progress, nobody
from sim.bench.sizes import size_key
from sim.bench.workers import Answer, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SIZES = (1_000, 10_000, 100_000)
"""Members of the communities that are timed."""
ROUNDS = 3
CHECK_MEMBERS, CHECK_LENGTH = 1_000, 365
CHECK_DAYS = (1, 10, 50, 150, 364)
CHECK_RUNS, REFERENCE_RUNS = 30, 200
CHECK_LIMIT = 4.0
"""Largest Welch z among the 15 comparisons that still counts as the same model."""
PATIENCE = 300.0
"""Seconds that one simulation may take, building included."""
OWN = "community_lite"


@dataclass(frozen=True)
class Peer:
    """Another simulator.

    Attributes:
        name: Name in results.
        requirement: The release, pinned: a script is written for a version.
        script: Its community-lite.
    """

    name: str
    requirement: str
    script: str


# Mesa 3.5 cannot be imported without networkx, which only its extra names.
_MESA = "mesa==3.3.1" if sys.version_info < (3, 12) else "mesa[network]==3.5.1"

PEERS = {
    peer.name: peer
    for peer in (
        Peer("mesa", _MESA, "mesa_lite.py"),
        Peer("starsim", "starsim==3.7.2", "starsim_lite.py"),
        Peer("ambr", "ambr==0.5.2", "ambr_lite.py"),
        Peer("agentpy", "agentpy==0.1.5", "agentpy_lite.py"),
        Peer("mesa-frames", "mesa-frames==0.1.0a0", "mesa_frames_lite.py"),
    )
}
"""Every peer by name."""


class Simulator(Protocol):
    """Anything that simulates a community and says how long the days took."""

    def ask(self, n: int, *, days: int, seed: int, patience: float) -> Answer:
        """Simulate a community of ``n`` members."""


class Own:
    """Our engine on community-lite, in this process, over the same days as everybody."""

    def __init__(self) -> None:
        try:
            module = importlib.import_module("sim.bench.community_lite")
        except ImportError as error:
            raise UnavailableError(str(error)) from error
        self._timed: Callable[..., tuple[float, NDArray[np.float64]]] = module.timed

    def ask(self, n: int, *, days: int, seed: int, patience: float) -> Answer:
        """Simulate a community; ``patience`` is not needed here."""
        del patience
        seconds, rows = self._timed(n, days=days, seed=seed)
        return Answer(seconds=seconds, rows=rows)


def horizon(n: int) -> int:
    """Days that a community of ``n`` members is timed for: about 600,000 agent-steps, 3 to 365."""
    return max(3, min(CHECK_LENGTH, 600_000 // n))


def totals(ask: Callable[[int], NDArray[np.float64]], runs: int) -> NDArray[np.float64]:
    """Rows of the compared days: float64 of shape (runs, 5, 3)."""
    return np.stack([ask(seed)[list(CHECK_DAYS)] for seed in range(runs)])


def largest_z(sample: NDArray[np.float64], against: NDArray[np.float64]) -> float:
    """Largest absolute Welch statistic over days and totals.

    Args:
        sample: float64 of shape (runs, days, totals).
        against: The same days and totals of the reference, with its own number of runs.

    Returns:
        The largest ``|mean - mean| / sqrt(var / n + var / n)``; infinite where means differ and
        nothing varies.
    """
    difference = np.abs(sample.mean(axis=0) - against.mean(axis=0))
    squares = sample.var(axis=0, ddof=1) / len(sample) + against.var(axis=0, ddof=1) / len(against)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(difference == 0, 0.0, difference / np.sqrt(squares))
    return float(z.max())


def _check(simulator: Simulator, against: NDArray[np.float64]) -> float:
    def rows(seed: int) -> NDArray[np.float64]:
        request = {"days": CHECK_LENGTH, "seed": seed}
        return simulator.ask(CHECK_MEMBERS, **request, patience=PATIENCE).rows

    z = largest_z(totals(rows, CHECK_RUNS), against)
    if not z < CHECK_LIMIT:
        raise UnavailableError(f"simulates something else: largest |z| {z:.1f}")
    return z


def _time(
    simulators: dict[str, Simulator],
    sizes: Sequence[int],
    fail: Callable[[str, UnavailableError], None],
    progress: OnProgress,
) -> dict[str, dict[str, float]]:
    """Speeds by simulator and size, measured in turn; who fails once is not asked again."""
    speeds: dict[str, dict[int, list[float]]] = {
        name: {n: [] for n in sizes} for name in simulators
    }
    turns = [(r, n, name) for r in range(ROUNDS) for n in sizes for name in simulators]
    failed: set[str] = set()
    for done, (turn, n, name) in enumerate(turns):
        if name in failed:
            continue
        progress(Progress("time", name, done, len(turns)))
        days = horizon(n)
        try:
            answer = simulators[name].ask(n, days=days, seed=turn, patience=PATIENCE)
            speeds[name][n].append(n * days / answer.seconds / 1e6)
        except UnavailableError as error:
            failed.add(name)
            fail(name, error)
    return {
        name: {size_key(n): statistics.median(values) for n, values in of.items() if values}
        for name, of in speeds.items()
    }


def measure_peers(
    names: Iterable[str] = tuple(PEERS),
    *,
    sizes: Sequence[int] = SIZES,
    progress: OnProgress = nobody,
    cache: Path | None = None,
) -> dict[str, Any]:
    """Measure peers and, beside them, our engine on the same community.

    Args:
        names: Which peers, of ``PEERS``.
        sizes: Members of the communities that are timed.
        progress: Called before everything that takes a while.
        cache: Folder of the environments; the user's cache by default.

    Returns:
        ``{"peers": {name: {"1e3": million agent-steps a second, ...}}, "community_lite": {...},
        "details": {name: {"requirement", "max_z", "not_available"}}}``. What could not be measured
        is None, and its ``not_available`` says why.

    Raises:
        KeyError: A name that is no peer.
    """
    peers = [PEERS[name] for name in names]
    home = cache or cache_folder()
    everyone = [*(peer.name for peer in peers), OWN]
    details: dict[str, dict[str, Any]] = {
        name: {"requirement": None, "max_z": None, "not_available": None} for name in everyone
    }

    def fail(name: str, error: UnavailableError) -> None:
        details[name]["not_available"] = str(error)
        progress(Progress("failed", name, 0, len(everyone), reason=str(error)))

    with ExitStack() as stack:
        simulators: dict[str, Simulator] = {}
        for done, peer in enumerate(peers):
            details[peer.name]["requirement"] = peer.requirement
            progress(Progress("install", peer.name, done, len(peers)))
            try:
                python = interpreter_of(environment_for(peer.requirement, cache=home))
                log = home / "peers" / f"{peer.name}.log"
                simulators[peer.name] = stack.enter_context(
                    Worker(python, script=peer.script, log=log)
                )
            except UnavailableError as error:
                fail(peer.name, error)
        try:
            simulators[OWN] = Own()
        except UnavailableError as error:
            fail(OWN, error)

        against = totals(
            lambda seed: reference.run(CHECK_MEMBERS, days=CHECK_LENGTH, seed=seed), REFERENCE_RUNS
        )
        for done, (name, simulator) in enumerate(list(simulators.items())):
            progress(Progress("check", name, done, len(simulators)))
            try:
                details[name]["max_z"] = _check(simulator, against)
            except UnavailableError as error:
                fail(name, error)
                del simulators[name]
        speeds = _time(simulators, sizes, fail, progress)

    rows = {
        name: {size_key(n): speeds.get(name, {}).get(size_key(n)) for n in sizes}
        for name in everyone
    }
    own = rows.pop(OWN)
    return {"peers": rows, OWN: own, "details": details}
