"""Calibrate presets against published figures: a small evolution search with few seeds.

    python benchmarks/calibrate.py organic [EVALUATIONS]
    python benchmarks/calibrate.py operated [EVALUATIONS]

Prints the best parameters found and what they give. A person then rounds them, writes them into
``sim/presets`` or ``sim/parameters`` and confirms them with ``python -m sim.study.validation``,
whose seeds begin at 10,000,000. Seeds used here: 1 (search) and 1000 (the winner, again).

The search is a (1 + 1) walk: one candidate at a time, steps of all parameters on their own scale,
widened after a success and narrowed after a failure. Common seeds make candidates comparable.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics import run_kpis
from sim.study.validation import organic, persons
from sim.study.validation.observe import community

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SEARCH_SEED, CONFIRM_SEED = 1, 1000
_WIDEN, _NARROW = 1.35, 0.93


@dataclass(frozen=True)
class Free:
    """A parameter that may move: start, range, and whether on a logarithmic scale."""

    start: float
    low: float
    high: float
    log: bool = False


@dataclass(frozen=True)
class Aim:
    """A target: the middle of its band and half its width; beyond it the loss is quadratic."""

    middle: float
    half: float
    weight: float = 1.0


def loss(values: Mapping[str, float], aims: Mapping[str, Aim]) -> float:
    """Sum of squared distances from the middles, in half widths; unknown values cost 9."""
    total = 0.0
    for name, aim in aims.items():
        distance = (values[name] - aim.middle) / aim.half
        total += aim.weight * (9.0 if np.isnan(distance) else min(9.0, distance**2))
    return total


def search(
    measure: Callable[[Mapping[str, float]], dict[str, float]],
    free: Mapping[str, Free],
    aims: Mapping[str, Aim],
    *,
    evaluations: int,
) -> dict[str, float]:
    """Walk through the free parameters; print every improvement; return the best."""
    rng = np.random.default_rng(12345)
    place = {name: one.start for name, one in free.items()}
    best = loss(measure(place), aims)
    print(f"start {best:.2f}", flush=True)
    step = 0.15
    for number in range(evaluations):
        candidate = dict(place)
        for name in rng.choice(list(free), size=min(len(free), 4), replace=False):
            one = free[name]
            low, high = (np.log(one.low), np.log(one.high)) if one.log else (one.low, one.high)
            now = np.log(place[name]) if one.log else place[name]
            moved = float(np.clip(now + step * (high - low) * rng.standard_normal(), low, high))
            candidate[name] = float(np.exp(moved)) if one.log else moved
        values = measure(candidate)
        found = loss(values, aims)
        step = min(0.4, step * _WIDEN) if found < best else max(0.03, step * _NARROW)
        if found < best:
            best, place = found, candidate
            print(f"{number} {best:.2f}", {k: round(v, 3) for k, v in place.items()})
            print("    ", {k: round(v, 3) for k, v in values.items()}, flush=True)
    return place


ORGANIC_FREE = {
    "law.intercept": Free(-1.0, -2.5, 0.5),
    "group.purpose_sigma": Free(1.6, 0.8, 3.0),
    "invite.rate": Free(0.8, 0.2, 2.0, log=True),
    "invite.life": Free(2.0, 0.2, 20.0, log=True),
    "invite.floor": Free(0.04, 0.0, 0.2),
    "invite.tau": Free(3.0, 1.5, 6.0),
    "invite.burst": Free(1.5, 0.0, 5.0),
    "invite.burst_size": Free(1.8, 1.05, 4.0),
    "invite.accept": Free(0.5, 0.3, 0.7),
}
ORGANIC_AIMS = {
    "V1.share": Aim(0.40, 0.08),
    "V2.share": Aim(0.30, 0.06),
    "V4.shape": Aim(0.59, 0.15, weight=0.5),
    "V5.share": Aim(0.80, 0.08),
    "V6.share": Aim(0.80, 0.08),
    "V7.long": Aim(0.09, 0.04),
    "V7.short": Aim(0.015, 0.012),
    "V9.long": Aim(16.0, 6.0, weight=0.5),
}


def measure_organic(values: Mapping[str, float], *, seed: int = SEARCH_SEED) -> dict[str, float]:
    """What organic groups with these parameters give, by target and value."""
    found = organic.findings(community("organic", values), seed=seed, count=350, watched=60)
    return {f"{one.key}.{name}": value for one in found for name, value in one.values.items()}


PRESETS = ("knowledge", "interest", "product")
OPERATED_FREE = {
    "member.activity_rate": Free(0.7, 0.3, 1.2, log=True),
    "member.activity_sigma": Free(1.35, 1.0, 1.9),
    "member.burst": Free(1.3, 1.2, 3.0),
    "role.leader_floor": Free(5.0, 2.0, 10.0, log=True),
    "law.lurker": Free(-0.1, -1.2, 0.6),
    "law.lurker_activity": Free(0.6, 0.0, 1.2),
    "exit.engagement": Free(0.8, 0.5, 1.65),
    "engagement.forget": Free(0.11, 0.05, 0.15),
    "opening.base": Free(-0.1, -0.6, 0.4),
    "knowledge:law.intercept": Free(-0.95, -1.4, -0.5),
    "interest:law.intercept": Free(-0.9, -1.4, -0.5),
    "product:law.intercept": Free(-1.0, -1.4, -0.5),
    "interest:reach.open": Free(2.0, 0.5, 4.0, log=True),
    "product:reach.content": Free(1.2, 0.3, 3.0, log=True),
    "knowledge:reach.content": Free(2.0, 0.5, 3.0, log=True),
}
FIXED: dict[str, object] = {
    "again.base": -1.67, "again.habit": 0.41, "again.yesterday": 0.95, "again.mention": 0.60,
    "law.gain": 0.65, "talk.n_max": 0.86, "talk.tie_target": 0.35, "talk.audience_for_n": 2.0,
    "talk.volume_persistence": 0.7, "matter.from_newcomer": 2.0, "shock.drift": 0.0,
    "member.restless_shape": 0.3, "exit.hazard": 0.12, "exit.when_not_looking": 0.02,
    "exit.promo": 1.2, "knowledge:members.initial": 300, "interest:members.initial": 80,
    "product:reach.open": 0.5,
}  # fmt: skip
OPERATED_AIMS = {
    "V10.factor": Aim(3.8, 0.7, weight=1.5),
    "V14.crude": Aim(1.6, 0.4, weight=0.5),
    "V16.messages a day": Aim(120.0, 60.0),
    "V16.each": Aim(1.5, 0.7),
    "knowledge active at first": Aim(125.0, 30.0, weight=1.5),
    "knowledge active, last to first": Aim(0.65, 0.15, weight=1.5),
    "interest active, last to first": Aim(0.8, 0.4, weight=0.5),
    "product active, last to first": Aim(0.6, 0.25, weight=0.5),
    "V13.knowledge": Aim(0.52, 0.08), "V13.interest": Aim(0.55, 0.06, weight=1.5),
    "V13.product": Aim(0.52, 0.08),
    **{f"V12.{name}": Aim(0.75, 0.12) for name in PRESETS},
    **{f"V11.{name} 1 %": Aim(0.45, 0.2, weight=0.5) for name in PRESETS},
    **{f"V11.{name} 10 %": Aim(0.88, 0.09, weight=0.5) for name in PRESETS},
    **{f"V15.{name}": Aim(0.45, 0.12, weight=0.5) for name in PRESETS},
    **{f"{name} retention d30": Aim(0.83, 0.08, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.ret30_60": Aim(0.147, 0.03, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.once": Aim(0.17, 0.045, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.one_day": Aim(0.447, 0.085, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.gini": Aim(0.853, 0.053, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.top10_share": Aim(0.794, 0.087, weight=0.5) for name in PRESETS},
    **{f"logs, {name}.med_life_days": Aim(1.5, 2.0, weight=0.5) for name in PRESETS},
}  # fmt: skip


def for_preset(values: Mapping[str, object], name: str) -> dict[str, object]:
    """Values for all presets and those marked ``name:`` for one."""
    own = {path.partition(":")[2]: v for path, v in values.items() if path.startswith(f"{name}:")}
    return {path: v for path, v in values.items() if ":" not in path} | own


def measure_operated(values: Mapping[str, float], *, seed: int = SEARCH_SEED) -> dict[str, float]:
    """What three operated communities with these parameters give, two runs of a year each."""
    watched = {
        name: persons.watch_many(
            community(name, for_preset({**FIXED, **values}, name)), seed=seed, count=2, days=365
        )
        for name in PRESETS
    }
    runs = [seen for several in watched.values() for seen in several]
    found = [
        *persons.talk_findings({name: [w.record for w in watched[name]] for name in PRESETS}),
        *persons.log_findings(watched),
        persons.burstiness_finding(watched),
        persons.volume_finding(watched["knowledge"]),
        persons.quitting_finding([seen.record for seen in runs]),
        persons.reply_finding(runs, runs),
    ]
    measured = {f"{one.key}.{name}": v for one in found for name, v in one.values.items()}
    for name in PRESETS:
        active = np.mean([persons.monthly_active(seen) for seen in watched[name]], axis=0)
        measured[f"{name} active at first"] = float(active[:3].mean())
        measured[f"{name} active, last to first"] = float(active[-3:].mean() / active[:3].mean())
        kept = [run_kpis(seen.record, keys=("retention_d30",)) for seen in watched[name]]
        measured[f"{name} retention d30"] = float(np.mean([k["retention_d30"] for k in kept]))
    return measured


def main() -> None:
    """Run one search named on the command line."""
    evaluations = int(sys.argv[2]) if len(sys.argv) > 2 else 80
    measure, free, aims = SETTINGS[sys.argv[1]]
    best = search(measure, free, aims, evaluations=evaluations)
    print({name: round(value, 4) for name, value in best.items()})
    again = measure(best, seed=CONFIRM_SEED)
    print("again:", {name: round(value, 3) for name, value in again.items()})


SETTINGS = {
    "organic": (measure_organic, ORGANIC_FREE, ORGANIC_AIMS),
    "operated": (measure_operated, OPERATED_FREE, OPERATED_AIMS),
}

if __name__ == "__main__":
    main()
