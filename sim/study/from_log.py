"""Going on from a real community: fitted to its log, with its members as they are today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import KnownFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sim.levers import Levers
    from sim.logs.community import Community
    from sim.scenario import Scenario
    from sim.simulation import Run

_WEEK = 7
_FITTED_WEEKS = 26  # of the trial weeks; the horizon is the study's own


@dataclass(frozen=True)
class Fitted(KnownFile):
    """A real community in an event file (``qunsim import``), as it is after the last event."""

    @classmethod
    def read(cls, path: Path) -> Fitted:
        """The community in a file.

        Raises:
            UserError: As ``sim.logs.events.read_events`` and ``community_from_log``.
        """
        found = cls.at(path)
        _fitted(found)
        return found

    @property
    def knows_policies(self) -> bool:
        """A log does not tell what its operator did: to leave something out is to say so."""
        return False

    @property
    def day(self) -> int:
        """Its today is day 0."""
        return 0

    @property
    def members(self) -> int:
        """Members who were ever seen: who is gone for good and who is silent nobody knows."""
        return int(_fitted(self)[0].states.member.size)

    def scenario(self, *, days: int) -> Scenario:
        """What was fitted, with a horizon of ``days`` rounded up to whole weeks."""
        scenario = _fitted(self)[1]
        return scenario.replace({"days": _WEEK * -(-days // _WEEK)})

    def dated(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A policy whose days count from today; they do."""
        return dict(entry)

    def levers(self, scenario: Scenario) -> Levers:
        """The levers of a variant."""
        from sim.policies.planning import plan_levers

        return plan_levers(scenario)

    def start(self, scenario: Scenario, levers: Levers, *, seed: int, replicate: int) -> Run:
        """The community tomorrow morning, before one of its futures.

        Raises:
            UserError: ``contradiction``/``log_horizon`` for a horizon that is no whole weeks.
        """
        from sim.warm_start import run_from_community

        if scenario.days % _WEEK:
            mend = _WEEK * -(-scenario.days // _WEEK)
            raise UserError("contradiction", "log_horizon", value=scenario.days, mend=mend)
        return run_from_community(
            _fitted(self)[0], seed=seed, replicate=replicate, weeks=scenario.days // _WEEK,
            scenario=scenario, levers=levers.own(),
        )  # fmt: skip


@lru_cache(maxsize=2)
def _fitted(one: Fitted) -> tuple[Community, Scenario]:
    from sim.logs.community import community_from_log
    from sim.logs.events import read_events
    from sim.scenario.keys import name_is_usable
    from sim.warm_start import scenario_from_community

    path = one.unchanged()
    community = community_from_log(read_events(path))
    scenario = scenario_from_community(community, weeks=_FITTED_WEEKS)
    name = path.name.partition(".")[0]
    return community, scenario.replace(
        {"name": name if name_is_usable(name) else "log", "title": name}
    )
