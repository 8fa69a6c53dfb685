"""Small communities in which something must happen exactly: caps, silence, the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.levers import Levers
from sim.metrics import broken_identities, run_kpis
from sim.policies.planning import plan_levers
from sim.policies.registry import own_policies
from sim.record import ACCOUNTS
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.regression.sample import record_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.record import RunRecord

DAYS, LATER = 28, 21
"""Horizon of the probes, and the day on which late policies begin."""

_SMALL = {
    "members.initial": 40, "members.leaders": 1, "members.seed_users": 4,
    "members.administrators": 1, "groups.qr_limit": 500, "days": DAYS,
}  # fmt: skip
_SOLD = ("membership", "entry_fee", "course", "goods", "affiliate")

Found = tuple[str, str, str]
"""Probe, what does not hold, what shows it; an empty second = it holds."""


def probes() -> Iterator[Found]:
    """Make every probe, one after the other."""
    for probe in (_caps, _policies, _time, _luck):
        yield from probe()


def warm_up() -> None:
    """Compile what probes need and a cache may lack."""
    _planned(_community(), {"use": "split"})


def _community(**changes: Any) -> Scenario:
    return Scenario.preset("knowledge").replace({"policies": [], **_SMALL, **changes})


def _run(
    scenario: Scenario,
    *,
    levers: dict[str, float] | None = None,
    seed: int = 1,
    leaving: bool = True,
) -> RunRecord:
    """A run under levers that are the same every day."""
    planned = Levers.neutral(DAYS, scenario.groups.number, ("operator",))
    for name, amount in (levers or {}).items():
        for day in range(DAYS):
            planned.set(name, day, amount, policy=1)
    run = Run.start(scenario, seed=seed, days=DAYS, levers=planned)
    run.leaving = leaving
    run.advance()
    return run.record()


def _cap(probe: str, highest: int, cap: int) -> Found:
    """A cap is reached and never passed."""
    what = "passed" if highest > cap else "not_reached" if highest < cap else ""
    return probe, what, f"{highest} / {cap}"


def _caps() -> Iterator[Found]:
    crowd = {"reach.open": 15.0, "invite.rate": 0.3}
    for groups in (1, 2):
        scenario = _community(**crowd, **{"groups.capacity": 60, "groups.number": groups})
        record = _run(scenario, leaving=False)
        for g in range(groups):
            yield _cap("capacity", int(record.of_group("members", g).max()), 60)
    alone = {"reach.open": 15.0, "reach.content": 0.0, "invite.rate": 0.0}
    record = _run(_community(**alone, **{"groups.qr_limit": 55}), leaving=False)
    yield _cap("qr", int(record.total("members").max()), 55)
    eager = {"buy.member_rate": 0.03, "members.initial": 120}
    sold = {"price_member": 9.9, "period_member": 300.0, "member_places": 7.0, "promo": 3.0}
    record = _run(_community(**eager), levers=sold)
    yield _cap("places", int(record.total("paid_members").max()), 7)
    spent = sum(int(record.ledger[:, ACCOUNTS.index(name)].sum()) for name in _SOLD)
    taken = int(record.members.spent.sum())
    yield "places", "spent" if taken != spent else "", f"{taken} / {spent}"
    yield from _sound("places", record)
    asked = {"quota": 2.0, "ask": 20.0, "invite_reward": 3.0, "content": 2.0}
    record = _run(_community(**{"invite.rate": 0.5, "invite.accept": 0.7}), levers=asked)
    yield _cap("quota", int(record.members.invited.max()), 2)
    yield from _sound("quota", record)


def _sound(probe: str, record: RunRecord) -> Iterator[Found]:
    broken = broken_identities(record)
    yield from ((probe, name, "") for name in broken)
    if not broken:
        yield probe, "", ""


def _policies() -> Iterator[Found]:
    """What does nothing changes nothing; what comes later changes nothing earlier."""
    scenario = _community()
    plain = _planned(scenario)
    digest = record_digest(plain, {})
    for policy in own_policies():
        key, off = policy.key, dict(policy.off)
        if off:
            same = record_digest(_planned(scenario, {"use": key, **off}), {}) == digest
            yield "policies", "" if same else "inert", key
        record = _planned(scenario, {"use": key, "start": LATER})
        early = slice(0, LATER)
        same = np.array_equal(plain.ledger[early], record.ledger[early]) and np.array_equal(
            *(one.daily[early].sum(axis=1) for one in (plain, record))  # it may open groups
        )
        yield "policies", "" if same else "past", key


def _planned(scenario: Scenario, *entries: dict[str, Any]) -> RunRecord:
    levers = plan_levers(scenario, extra=entries)
    run = Run.start(scenario, seed=3, days=DAYS, levers=levers)
    run.advance()
    return run.record()


def _time() -> Iterator[Found]:
    """Stops, repetitions and longer horizons leave a run as it is."""
    scenario = Scenario.preset("knowledge").replace({"members.initial": 60, "days": DAYS})
    levers = plan_levers(scenario)

    def digest(*stops: int, days: int = DAYS) -> str:
        run = Run.start(scenario, seed=5, days=days, levers=levers)
        for stop in stops:
            run.advance(stop)
            run_kpis(run.record(), keys=["members"])
            run = run.fork()
        run.advance()
        return record_digest(run.record(), {})

    whole = digest()
    yield "time", "" if digest() == whole else "repeat", ""
    yield "time", "" if digest(3, 14, 20) == whole else "split", ""
    short = Run.start(scenario, seed=5, days=LATER, levers=levers)
    short.advance()
    long = Run.start(scenario, seed=5, days=DAYS, levers=levers)
    long.advance()
    same = np.array_equal(short.books.daily, long.books.daily[:LATER])
    yield "time", "" if same else "horizon", ""


def _luck() -> Iterator[Found]:
    one, other = (record_digest(_run(_community(), seed=seed), {}) for seed in (1, 2))
    yield "luck", "" if one != other else "seeds", ""
