"""Who is let in and who was there first: seed users (I2) and an entry threshold (I15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.study.validation.finding import Finding, judge
from sim.study.validation.observe import records, start
from sim.study.validation.operating import with_levers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

_YEAR = 365

COLD: Mapping[str, object] = {
    "members.history": 0, "members.initial": 40, "members.leaders": 0,
    "reach.open": 0.0, "invite.rate": 0.4,
}  # fmt: skip
"""A cold start: forty people without a past, no leader, nobody comes but by invitation."""

CHOSEN: Mapping[str, object] = {"role.seed_fit": 2.0, "role.seed_floor": 8.0}
"""Seed users chosen for quality: two deviations closer to the core, eight times the appetite."""


def arms_of_seeds(few: int, many: int) -> dict[str, dict[str, object]]:
    """Communities to compare: no seed users, a few, many, and a few that are better."""
    some: dict[str, object] = {"members.seed_users": few}
    return {
        "none": {"members.seed_users": 0},
        f"{few}": some,
        f"{many}": {"members.seed_users": many},
        f"{few}, close": some | {"role.seed_fit": 2.0},
        f"{few}, close and talkative": some | dict(CHOSEN),
    }


def seed_users(
    scenario: Scenario, arms: Mapping[str, Mapping[str, object]], *, seed: int, count: int
) -> dict[str, float]:
    """Messages of a year, as ratios to the first arm (geometric means over paired runs)."""
    logs = {}
    for name, changes in arms.items():
        runs = records(scenario.replace(changes), seed=seed, count=count, days=_YEAR)
        logs[name] = np.mean([np.log1p(float(run.total("messages").sum())) for run in runs])
    base = logs.pop(next(iter(arms)))
    return {name: float(np.exp(mean - base)) for name, mean in logs.items()}


def seed_findings(settled: Scenario, cold: Scenario, *, seed: int, count: int) -> list[Finding]:
    """I2: whether the quality of seed users beats their number, in an old group and a new one."""
    values = seed_users(settled, arms_of_seeds(10, 30), seed=seed, count=count)
    start_up = seed_users(cold.replace(COLD), arms_of_seeds(10, 20), seed=seed, count=2 * count)
    claim = "quality beats number (a practitioners' claim, no published figure)"
    return [
        Finding(
            key="I2", statement="a year's messages against no seed users, operated, 300 founders",
            band=claim, values=values, mark="emergent",
            verdict=judge(values["10, close and talkative"] > values["30"] + 0.05),
            note="geometric means over paired runs; differences below .05 are noise",
        ),
        Finding(
            key="I2, cold start", statement="the same among 40 founders without a past, who invite",
            band=claim, values=start_up, mark="seen",
            verdict=judge(
                start_up["10"] > 1.05, start_up["10, close"] > start_up["10"] + 0.05,
                start_up["10, close and talkative"] > start_up["20"] + 0.05,
            ),
            note="found by trying sizes, pasts and rates of inviting: a setting, not a test",
        ),
    ]  # fmt: skip


THRESHOLDS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "places free": ("knowledge", {
        "platform": "open", "groups.capacity": 100_000, "groups.qr_limit": 100_000,
    }),
    "full, 500 places": ("knowledge", {
        "groups.qr_limit": 500, "members.initial": 450, "reach.open": 5.0, "reach.content": 5.0,
    }),
    "full, 100 places": ("knowledge", {
        "groups.capacity": 100, "groups.qr_limit": 100, "members.initial": 90, "reach.open": 5.0,
        "reach.content": 0.0,
    }),
    "full, 100 places, hunters": ("product", {
        "groups.capacity": 100, "groups.qr_limit": 100, "members.initial": 90, "reach.open": 5.0,
        "hunter.share_open": 0.8, "hunter.share_content": 0.8,
    }),
    "broad topics": ("interest", {"talk.breadth": 0.9, "talk.offtopic": 0.4}),
    "too much to read": ("interest", {
        "members.initial": 400, "reach.open": 10.0, "cost.capacity": 50.0,
    }),
    "many hunters, places free": ("product", {
        "hunter.share_open": 0.8, "hunter.share_content": 0.8, "platform": "open",
        "groups.capacity": 100_000, "groups.qr_limit": 100_000, "reach.open": 3.0,
    }),
}  # fmt: skip
"""Settings in which a threshold is tried: (preset, changes)."""


def threshold(scenario: Scenario, *, share: float, seed: int, count: int) -> dict[str, float]:
    """A year with a share of the candidates screened out, as ratios to one without.

    Goods at 80 yuan and membership at 199 are on sale.

    Returns:
        Ratios of sums over paired runs: messages, revenue, both a member, and the joiners who
        are still members 90 days later; the standard error of the first two; revenue gained for
        an hour of screening, in yuan.
    """
    levers = [
        with_levers(scenario, days=_YEAR, doses={
            "price_goods": 80.0, "price_member": 199.0, "entry": entry,
        })
        for entry in (0.0, share)
    ]  # fmt: skip
    sums = np.zeros((count, 2, 5))
    for replicate in range(count):
        for arm, chosen in enumerate(levers):
            run = start(scenario, seed=seed, replicate=replicate, days=_YEAR, levers=chosen)
            run.advance()
            record = run.record()
            m = record.members
            new = (m.joined >= 0) & (m.joined < _YEAR - 90)
            stayed = new & ((m.left < 0) | (m.left - m.joined > 90))
            sums[replicate, arm] = (
                record.total("messages").sum(), record.total("revenue").sum(),
                record.total("members").mean(), new.sum(), stayed.sum(),
            )  # fmt: skip
    (said0, paid0, here0, new0, stay0), (said, paid, here, new, stay) = sums.sum(axis=0).tolist()
    apart = sums[:, 1, :2] - sums[:, 0, :2] * np.array([said / said0, paid / paid0])
    error = np.sqrt((apart**2).sum(axis=0)) / sums[:, 0, :2].sum(axis=0)
    return {
        "messages": said / said0, "revenue": paid / paid0,
        "messages a member": said / here / (said0 / here0),
        "revenue a member": paid / here / (paid0 / here0),
        "kept 90 days": stay / max(new, 1.0) / (stay0 / max(new0, 1.0)),
        "yuan an hour": (paid - paid0) / count / 100.0 / _hours_of_screening(scenario),
        "error, messages": float(error[0]), "error, revenue": float(error[1]),
    }  # fmt: skip


def _hours_of_screening(scenario: Scenario) -> float:
    """Hours a year that looking at the expected candidates of the scenario takes."""
    reach = scenario.reach
    daily = reach.open + reach.content + reach.giveaway + reach.partner + reach.business
    return daily * scenario.minutes.screening * _YEAR / 60.0


def pays(ratios: Mapping[str, float]) -> bool:
    """Whether messages and revenue both rise, by more than two standard errors."""
    return all(ratios[kpi] - 2.0 * ratios[f"error, {kpi}"] > 1.0 for kpi in ("messages", "revenue"))


def threshold_finding(
    presets: Mapping[str, Scenario], *, seed: int, count: int,
    shares: tuple[float, ...] = (0.3, 0.6, 0.9), shown: float = 0.6,
) -> Finding:  # fmt: skip
    """I15: where an entry threshold pays, over :data:`THRESHOLDS` and shares turned away."""
    grid = {
        (name, share): threshold(
            presets[preset].replace(changes), share=share, seed=seed, count=count
        )
        for name, (preset, changes) in THRESHOLDS.items()
        for share in shares
    }
    paying = {
        name: [f"{share:g}" for share in shares if pays(grid[name, share])] for name in THRESHOLDS
    }
    values = {
        f"{name}: {kpi}": grid[name, shown][kpi]
        for name in THRESHOLDS
        for kpi in ("messages", "revenue", "messages a member", "kept 90 days", "yuan an hour")
    }
    where = [f"{name} ({', '.join(found)})" for name, found in paying.items() if found]
    never = [name for name, found in paying.items() if not found]
    return Finding(
        key="I15", statement="an entry threshold that turns away 60 %: a year against none",
        band="pays somewhere (claim; fewer enter, who contribute more, Drenner et al.: sign)",
        values=values, mark="emergent",
        verdict=judge(
            bool(where),
            all(ratios["messages a member"] > 1.0 for ratios in grid.values()),
            any(ratios["kept 90 days"] > 1.0 for ratios in grid.values()),
        ),
        note="raises both messages and revenue, by two standard errors, where (share turned away): "
        + ("; ".join(where) or "nowhere") + ". Does not: " + ("; ".join(never) or "anywhere"),
    )  # fmt: skip
