"""What has no number in the literature: doings whose effect is swept over what is thinkable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.parameters import by_path
from sim.policies.planning import plan_levers
from sim.study.validation.observe import start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sim.levers import Levers
    from sim.scenario import Scenario
    from sim.simulation import Run

KPIS = ("messages", "members", "revenue")
"""A year's messages, mean members, a year's revenue."""
_DAYS = 365
_SHOP: Mapping[str, Any] = {"use": "paid_membership"}


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
        by_hand: What is done to a run besides, with the value, on the day given to ``day``.
        day: Day of ``by_hand``.
    """

    what: str
    values: tuple[float, float, float]
    preset: str
    path: str = ""
    setting: str = ""
    policies: tuple[Mapping[str, Any], ...] = ()
    by_hand: Callable[[Run, float], None] | None = None
    day: int = 60


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


def cut_ties(run: Run, share: float) -> None:
    """Cut a share of all ties, as a division of the group does to those who end up apart."""
    partner, tie = run.members.partner, run.members.tie
    rows = np.arange(len(tie), dtype=np.uint64)[:, None]
    pair = np.minimum(rows, partner) * np.uint64(2654435761) + np.maximum(rows, partner)
    # both halves of a tie have the same pair, so both are cut
    mixed = (pair * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    tie[mixed < np.uint64(round(share * 2**24))] = 0.0


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
        what="a division of the group that cuts ties", setting="share of ties cut on day 60",
        values=(0.3, 0.6, 0.9), preset="interest", by_hand=cut_ties,
    ),
)  # fmt: skip


def _entry(policy: Mapping[str, Any], value: float) -> dict[str, Any]:
    return {key: int(value) if given is None else given for key, given in policy.items()}


def _outcome(
    scenario: Scenario, levers: Levers, unknown: Unknown, value: float, *, seed: int,
    replicate: int, done: bool,
) -> tuple[float, float, float]:  # fmt: skip
    run = start(scenario, seed=seed, replicate=replicate, days=_DAYS, levers=levers)
    if done and unknown.by_hand is not None:
        run.advance(unknown.day)
        unknown.by_hand(run, value)
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
            [
                _outcome(world, levers, unknown, value, seed=seed, replicate=k, done=bool(arm))
                for k in range(count)
            ]
            for arm, levers in enumerate(arms)
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
