"""What our engine costs on this machine: time and memory of a member, runs a second.

The model is timed with every lever in use that costs time inside the day, and with none, beside
community-lite on the same machinery: the ratio says what the model costs on top of what any model
of this kind costs. All are timed in turn, round after round, so that what disturbs the machine
disturbs all alike, and the median counts. What runs on one thread is timed by the processor time of
this process, ensembles by the clock on the wall.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.bench.community_lite import timed
from sim.bench.policies import policy_cost
from sim.bench.progress import OnProgress, Progress, nobody
from sim.bench.sizes import size_key
from sim.levers import LEVER_INDEX, Levers
from sim.population import bytes_per_member
from sim.record import DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.ensemble import run_ensemble
from sim.study.simulate import Task
from sim.study.variant import Variant
from sim.study.workers import workers

if TYPE_CHECKING:
    from collections.abc import Iterator

THREADS = 2
"""Threads of an ensemble."""
GROUP = 500
"""Members of a community of an ensemble: a full WeChat group."""
YEAR = 365
_WEEK = 7
_BUSY = 1
"""Number of the policy under whose name the levers of ``EVERYTHING`` are booked."""

EVERYTHING: dict[str, tuple[float, int]] = {
    "content": (1.0, 1), "topic": (2.0, 1), "event": (0.5, 14), "guest": (0.5, 30),
    "packet": (50.0, 7), "packet_parts": (20.0, 7), "ritual": (0.3, 1), "points": (0.5, 1),
    "team": (0.2, 1), "welcome": (0.5, 1), "moderation": (0.3, 1), "personal": (0.3, 1),
    "service": (0.2, 1), "care": (0.3, 1), "cultivate": (0.3, 1), "promo": (0.2, 1),
    "soft": (0.3, 1), "push_noise": (1.0, 1), "bad_hour": (0.2, 1), "price_member": (199.0, 1),
    "period_member": (30.0, 1), "price_course": (499.0, 1), "price_goods": (59.0, 1),
    "margin": (0.2, 1), "discount": (0.1, 1), "commission": (0.1, 1), "invite_reward": (0.5, 1),
    "invite_gift": (0.3, 1), "ask": (0.3, 1), "reach_content": (2.0, 1), "entry": (0.1, 1),
    "prune": (120.0, 1),
}  # fmt: skip
"""An operator who leaves nothing out: amount of a lever, and every how many days it is used."""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much is measured.

    Attributes:
        sizes: Members of the communities whose days are timed; community-lite has the same.
        small: One more size for community-lite alone.
        rounds: Times that everything is timed.
        member_days: Member-days that one timing takes at least.
        runs: Runs of an ensemble.
        year: Days of its runs.
        pairs: Runs with and without policies that are compared.
    """

    sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    small: int = 1_000
    rounds: int = 3
    member_days: int = 1_000_000
    runs: int = 100
    year: int = YEAR
    pairs: int = 10


def days_of(n: int) -> int:
    """Days that a community is timed for: whole weeks, because a week's end costs more."""
    return 4 * _WEEK if n < 50_000 else _WEEK


def community(n: int, *, days: int) -> Scenario:
    """A knowledge community of ``n`` members in one group that is full."""
    return Scenario.preset("knowledge").replace(
        {
            "platform": "planet",
            "members.initial": n,
            "groups.capacity": n,
            "market.size": max(20_000, 10 * n),
            "days": days,
            "policies": [],
        }
    )


def everything(days: int) -> Levers:
    """Levers of ``EVERYTHING`` over ``days`` days, of one group."""
    levers = Levers.neutral(days, 1, ("busy",))
    for name, (amount, every) in EVERYTHING.items():
        levers.values[::every, :, LEVER_INDEX[name]] = amount
        levers.booker[::every, :, LEVER_INDEX[name]] = _BUSY
    return levers


def day_cost(n: int, *, levers: Levers, seed: int, member_days: int) -> float:
    """Nanoseconds of processor time that a member's day takes.

    Args:
        n: Members on the morning of day 0.
        levers: Levers; their horizon is simulated.
        seed: Seed of the runs.
        member_days: Runs are added until there are at least that many.
    """
    days = len(levers.values)
    scenario = community(n, days=days)
    spent, lived, replicate = 0.0, 0, 0
    while lived < member_days:
        run = Run.start(scenario, seed=seed, replicate=replicate, levers=levers)
        begin = time.process_time()
        run.advance()
        spent += time.process_time() - begin
        lived += max(1, int(run.books.daily[:, :, DAILY_INDEX["members"]].sum()))
        replicate += 1
    return 1e9 * spent / lived


@dataclass(frozen=True, kw_only=True, eq=False)
class _Operated(Variant):
    """A community under levers that no policy wrote."""

    levers: Levers

    def start(self, *, seed: int, replicate: int) -> Run:
        """A run on its first morning."""
        return Run.start(self.scenario, seed=seed, replicate=replicate, levers=self.levers)


def ensemble_speed(*, levers: Levers, runs: int, seed: int) -> float:
    """Runs a second of a full group over the levers' horizon, measured and packed as studies do.

    Raises:
        RuntimeError: A run failed.
    """
    scenario = community(GROUP, days=len(levers.values))
    variant = _Operated(scenario=scenario, levers=levers)
    tasks = [Task(variant=variant, seed=seed, replicate=number) for number in range(runs)]
    begin = time.perf_counter()
    done = run_ensemble(tasks, crew=workers(jobs=THREADS))
    spent = time.perf_counter() - begin
    if done.failures:
        raise RuntimeError(done.failures[0].error)
    return len(done.finished) / spent


def _turns(extent: Extent) -> Iterator[tuple[int, str, int]]:
    """What is timed, in order: (round, what, members)."""
    for turn in range(extent.rounds):
        yield turn, "lite", extent.small
        for n in extent.sizes:
            yield from ((turn, what, n) for what in ("lite", "everything", "neutral"))
        yield from ((turn, what, 0) for what in ("ensemble", "ensemble_neutral"))


def _measure(what: str, n: int, *, turn: int, extent: Extent) -> float:
    """One timing: nanoseconds a member-day, or runs a second."""
    days = days_of(n)
    if what == "lite":
        steps = extent.member_days
        seconds, _ = timed(n, days=days, seed=turn, clock=time.process_time, steps=steps)
        return 1e9 * seconds / (n * days)
    if what.startswith("ensemble"):
        busy = what == "ensemble"
        levers = everything(extent.year) if busy else Levers.neutral(extent.year, 1)
        return ensemble_speed(levers=levers, runs=extent.runs, seed=turn)
    levers = everything(days) if what == "everything" else Levers.neutral(days, 1)
    return day_cost(n, levers=levers, seed=turn, member_days=extent.member_days)


def _warm_up() -> None:
    """Compile, or load, all that is timed."""
    for levers in (everything(_WEEK), Levers.neutral(_WEEK, 1)):
        ensemble_speed(levers=levers, runs=1, seed=0)
    timed(GROUP, days=1, seed=0, steps=1)


def measure_engine(
    progress: OnProgress = nobody, *, extent: Extent | None = None
) -> dict[str, Any]:
    """Measure our engine.

    Args:
        progress: Called before every timing.
        extent: How much to measure.

    Returns:
        ``ns_per_member_day`` with everything on, ``ns_per_member_day_neutral``,
        ``community_lite_ns``, ``community_lite`` (million agent-steps a second) and
        ``day_over_community_lite`` (the median ratio of timings of one round) by size;
        ``bytes_per_member``; ``ensemble_runs_per_second`` with everything on and
        ``ensemble_runs_per_second_neutral``; ``policies_over_none`` (``policy_cost``).
    """
    extent = extent or Extent()
    progress(Progress("compile", "", 0, 1))
    _warm_up()
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    turns = list(_turns(extent))
    for done, (turn, what, n) in enumerate(turns):
        step = "ensemble" if what.startswith("ensemble") else "day"
        progress(Progress(step, f"{n:,}" if n else "", done, len(turns)))
        found[what, n].append(_measure(what, n, turn=turn, extent=extent))

    progress(Progress("policies", "", len(turns), len(turns)))
    policies = policy_cost(community(GROUP, days=extent.year), rounds=extent.pairs)

    def by_size(what: str) -> dict[str, float]:
        return {size_key(n): statistics.median(found[what, n]) for n in extent.sizes}

    def over_lite(n: int) -> float:
        both = zip(found["everything", n], found["lite", n], strict=True)
        return statistics.median(full / lite for full, lite in both)

    lite = {size_key(extent.small): statistics.median(found["lite", extent.small])}
    lite |= by_size("lite")
    largest = Run.start(community(max(extent.sizes), days=1))
    return {
        "ns_per_member_day": by_size("everything"),
        "ns_per_member_day_neutral": by_size("neutral"),
        "bytes_per_member": bytes_per_member(largest.members),
        "ensemble_runs_per_second": statistics.median(found["ensemble", 0]),
        "ensemble_runs_per_second_neutral": statistics.median(found["ensemble_neutral", 0]),
        "community_lite": {size: 1e3 / ns for size, ns in lite.items()},
        "community_lite_ns": lite,
        "policies_over_none": policies,
        "day_over_community_lite": {size_key(n): over_lite(n) for n in extent.sizes},
    }
