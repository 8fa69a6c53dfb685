"""What has no number in the literature: doings whose effect is swept over what is thinkable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.parameters import by_path
from sim.policies.planning import plan_levers
from sim.study.validation.observe import start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.levers import Levers
    from sim.scenario import Scenario

KPIS = ("messages", "members", "revenue")
"""A year's messages, mean members, a year's revenue."""
_DAYS = 365
_SHOP: Mapping[str, Any] = {"use": "paid_membership"}
_SPLIT: Mapping[str, Any] = {"use": "split", "start": 84, "dissolve": 0}


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """One doing without a published effect.

    Attributes:
        what: The doing, in words.
        path: Parameter that carries the ignorance; empty = a setting of the doing itself.
        setting: The setting, in words, where there is no parameter.
        values: Three values, from one end of the parameter's range to the other.
        preset: Community in which it is tried.
        policies: Entries of the policies that do it; a number of the sweep where one is ``None``.
    """

    what: str
    values: tuple[float, float, float]
    preset: str
    path: str = ""
    setting: str = ""
    policies: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What a doing changes, by value of the sweep.

    Attributes:
        unknown: What was swept.
        confidence: Of the parameter, as its table says.
        changes: By KPI, one (relative change, its standard error) for each value.
    """

    unknown: Unknown
    confidence: str
    changes: Mapping[str, Sequence[tuple[float, float]]]

    def sign(self, kpi: str) -> str:
        """``+``, ``-``, ``0`` where two standard errors hold zero; all signs that occur."""
        signs = {
            "0" if abs(change) <= 2.0 * error else "+" if change > 0.0 else "-"
            for change, error in self.changes[kpi]
        }
        return " or ".join(sign for sign in "-0+" if sign in signs)


UNKNOWN = (
    Unknown(
        what="removing who was silent for so long, every 30 days", preset="product",
        setting="`pruning`: `silent_days`", values=(180.0, 60.0, 30.0),
        policies=({"use": "pruning", "every": 30, "silent_days": None},),
    ),
    Unknown(
        what="the same after 60 days, if those who stay grieve", preset="product",
        path="exit.pruned_grief", values=(0.0, 0.3, 1.0),
        policies=({"use": "pruning", "every": 30, "silent_days": 60},),
    ),
    Unknown(
        what="a guest every 30 days", path="stimulus.guest", values=(0.0, 1.5, 4.0),
        preset="knowledge", policies=({"use": "guest_visit", "every": 30},),
    ),
    Unknown(
        what="a packet of 50 yuan every 2 days", path="stimulus.rho", values=(0.6, 0.8, 0.95),
        preset="knowledge", policies=({"use": "red_packet", "every": 2, "amount": 50.0},),
    ),
    Unknown(
        what="the same, by how soon it is fresh again", path="stimulus.half_life",
        values=(7.0, 10.0, 21.0), preset="knowledge",
        policies=({"use": "red_packet", "every": 2, "amount": 50.0},),
    ),
    Unknown(
        what="a ritual at full strength every day (check-in)", path="opening.ritual",
        values=(0.0, 0.3, 0.8), preset="knowledge", policies=({"use": "ritual", "amount": 1.0},),
    ),
    Unknown(
        what="invitation codes, three a member, not open inviting", path="invite.scarcity",
        values=(1.0, 1.3, 1.6), preset="interest",
        policies=({"use": "invitation_code", "codes": 3},),
    ),
    Unknown(
        what="a split in two on day 84, nobody left behind", path="tie.cut",
        values=(0.0, 0.6, 1.0), preset="knowledge", policies=(_SPLIT,),
    ),
    Unknown(
        what="the same, by how narrow the parts are", path="groups.focus",
        values=(0.1, 0.6, 1.0), preset="knowledge", policies=(_SPLIT,),
    ),
)  # fmt: skip


def _entry(policy: Mapping[str, Any], value: float) -> dict[str, Any]:
    return {key: int(value) if given is None else given for key, given in policy.items()}


def _outcome(
    scenario: Scenario, levers: Levers, *, seed: int, replicate: int
) -> tuple[float, float, float]:
    run = start(scenario, seed=seed, replicate=replicate, days=_DAYS, levers=levers)
    run.advance()
    record = run.record()
    return (
        float(record.total("messages").sum()),
        float(record.total("members").mean()),
        float(record.total("revenue").sum()),
    )


def sweep(unknown: Unknown, scenario: Scenario, *, seed: int, count: int) -> Swept:
    """A year with the doing against one without it, at each value, in paired runs."""
    changes: dict[str, list[tuple[float, float]]] = {kpi: [] for kpi in KPIS}
    for value in unknown.values:
        world = scenario.replace({unknown.path: value}) if unknown.path else scenario
        entries = [_entry(policy, value) for policy in unknown.policies]
        arms = [plan_levers(world, extra=[_SHOP, *extra], days=_DAYS) for extra in ([], entries)]
        outcomes = np.array([
            [_outcome(world, levers, seed=seed, replicate=k) for k in range(count)]
            for levers in arms
        ])  # fmt: skip
        plain, done = outcomes[0].sum(axis=0), outcomes[1].sum(axis=0)
        ratio = done / plain
        error = np.sqrt(((outcomes[1] - outcomes[0] * ratio) ** 2).sum(axis=0)) / plain
        for k, kpi in enumerate(KPIS):
            changes[kpi].append((float(ratio[k] - 1.0), float(error[k])))
    confidence = by_path()[unknown.path].confidence if unknown.path else "unknown"
    return Swept(unknown=unknown, confidence=confidence, changes=changes)


def sweeps(presets: Mapping[str, Scenario], *, seed: int, count: int) -> list[Swept]:
    """Every row of the table."""
    return [sweep(one, presets[one.preset], seed=seed, count=count) for one in UNKNOWN]
