"""Going on from a saved community: its members as they are today, in every future of a study."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.scenario import Scenario, preset_names
from sim.study.files import KnownFile
from sim.study.from_log import Fitted

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sim.levers import Levers
    from sim.simulation import Run


@dataclass(frozen=True)
class Saved(KnownFile):
    """A community in a file (``CommunityModel.save``, ``qunsim run --save``)."""

    @classmethod
    def read(cls, path: Path) -> Saved:
        """The community in a file.

        Raises:
            UserError: ``not_found``, ``cannot_read``, ``damaged`` (``sim.checkpoint.load``).
        """
        from sim.checkpoint import load

        load(path)
        return cls.at(path)

    @property
    def knows_policies(self) -> bool:
        """What its operator does is known, so that leaving out what he does not is a mistake."""
        return True

    @property
    def day(self) -> int:
        """Days that the community has lived: its today."""
        return _loaded(self).day

    @property
    def members(self) -> int:
        """Members this morning."""
        return int((_loaded(self).record().members.left < 0).sum())

    def scenario(self, *, days: int) -> Scenario:
        """What was configured, with a horizon of ``days`` from today on."""
        return _loaded(self).scenario.replace({"days": self.day + days})

    def dated(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A policy whose days count from today, as the community's own calendar has it."""
        shifted = dict(entry) | {"start": _later(entry.get("start", 0), self.day)}
        if "stop" in entry:
            shifted["stop"] = _later(entry["stop"], self.day)
        return shifted

    def levers(self, scenario: Scenario) -> Levers:
        """The levers of a variant over the whole life of the community."""
        from sim.policies.planning import plan_levers

        return plan_levers(scenario, room=len(_loaded(self).groups))

    def start(self, scenario: Scenario, levers: Levers, *, seed: int, replicate: int) -> Run:
        """The community this morning, before another future.

        Raises:
            UserError: ``contradiction``/``saved_groups`` where the variant has another number of
                groups on day 0.
        """
        from sim.going_on import go_on

        run = _loaded(self)
        if scenario.groups.number != run.scenario.groups.number:
            raise UserError(
                "contradiction", "saved_groups", value=scenario.groups.number,
                number=run.scenario.groups.number,
            )  # fmt: skip
        return go_on(run, scenario=scenario, levers=levers, seed=seed, replicate=replicate)


@lru_cache(maxsize=4)
def _loaded(saved: Saved) -> Run:
    from sim.checkpoint import load

    return load(saved.unchanged())


def _later(day: object, days: int) -> object:
    """A day counted from the founding; dates, and what is no day, stay as they are."""
    return day + days if isinstance(day, int) and not isinstance(day, bool) else day


_AHEAD = 180  # days of a community that goes on, where nobody says how many

Beginning = Saved | Fitted
"""What a community goes on from."""

Begun = tuple[Scenario, Beginning | None]
"""A community that nothing was changed in, and what it goes on from."""


def begun(source: str | os.PathLike[str], *, days: int | None, folder: Path | None = None) -> Begun:
    """A community to start from: a preset, a scenario file, a saved community, or a real one's log.

    Args:
        source: A preset's name or a file.
        days: Horizon from its first morning; its own by default (of one that goes on: 180).
        folder: Where a relative path begins.
    """
    if str(source) in preset_names():
        scenario = Scenario.read(str(source))
    else:
        path = Path(source) if folder is None else folder / source
        if not path.exists() and path.suffix != ".toml":
            scenario = Scenario.read(str(source))  # tells that there is no such preset
        elif path.suffix == ".toml" or path.is_dir():
            scenario = Scenario.read(path)
        else:
            saved = Saved.read(path) if _is_saved(path) else Fitted.read(path)
            return saved.scenario(days=_AHEAD if days is None else days), saved
    return (scenario if days is None else scenario.replace({"days": days})), None


def beginning_of(about: Mapping[str, str]) -> Beginning:
    """What a manifest says a variant goes on from."""
    kind = Fitted if about.get("kind") == LOG else Saved
    return kind(path=about["path"], digest=about["digest"])


def told(one: Beginning) -> dict[str, str]:
    """As a manifest has it."""
    kind = LOG if isinstance(one, Fitted) else "saved"
    return {"kind": kind, "path": one.path, "digest": one.digest}


LOG = "log"


def _is_saved(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False
