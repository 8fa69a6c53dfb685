"""One community as a Mesa model: a step is a day, members are agents, nothing is computed twice.

``CommunityModel`` is for looking into one community and for Mesa's own tools. Studies of many runs
call ``sim.simulation.Run`` directly: a step costs more than a small community's day. Both give the
same numbers.
"""

from __future__ import annotations

import math
import secrets
from typing import TYPE_CHECKING, Any, Self, overload

import mesa
import numpy as np

from sim import checkpoint, mesa_compat
from sim.metrics import DAILY_KPIS
from sim.metrics.values import FEN_PER_YUAN
from sim.policies.planning import parse_policy, plan_levers
from sim.population import BYTE_INDEX, DAY_INDEX, LANES, NEVER, OWNER
from sim.record import DAILY
from sim.roster import Roster
from sim.scenario import Scenario
from sim.simulation import Run

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray

    from sim.record import RunRecord

REPORTED = (*DAILY_KPIS, "profit_so_far", "open_rate", "interaction_rate")
"""What the data collector keeps of every day: the daily KPIs (money in yuan), profit since day 0,
and of the ordinary members who were there at some time of the day the shares who opened the group
and who spoke (nan if nobody was there)."""

_LARGEST_SEED = 2**63 - 1


class _Observed:
    """One quantity of the last day, a Python number.

    The data collector reads these by name: a name is pickled and copied with the model as it is.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, model: None, owner: type) -> _Observed: ...
    @overload
    def __get__(self, model: CommunityModel, owner: type) -> float: ...
    def __get__(self, model: CommunityModel | None, owner: type) -> float | _Observed:
        return self if model is None else model.observed[self._name]


class CommunityModel(mesa.Model):
    """One community, simulated day by day.

    A true ``mesa.Model`` on Mesa 3.3 and 3.5: ``step()``, ``running``, ``datacollector``,
    ``agents``, ``agents_by_type``, ``agent_types`` and ``mesa.batch_run`` work as in any other.
    Every argument is a number or text, because ``batch_run`` sweeps over whatever can be iterated::

        mesa.batch_run(
            CommunityModel,
            {"member__activity_sigma": [1.8, 2.4], "replicate": range(5), "seed": 7},
            max_steps=90,
        )

    Runs of the same seed and replicate have the same luck whatever else differs. Give ``days``
    above ``max_steps``: Mesa 3.3 reports the last but one step of a model that stops by itself.
    Mesa 3.5 passes the seed itself (``batch_run(..., rng=7)``) and overwrites one among the
    parameters.

    Args:
        scenario: A preset's name or a TOML file; outside ``batch_run`` also a ``Scenario``.
        days: Horizon; the scenario's own by default.
        seed: Seed of the experiment, 0 to 2^63 - 1; drawn from the system's entropy by default.
        rng: The same by Mesa's newer name; not both.
        replicate: Number of the replicate, >= 0.
        policies: Policies added to the scenario's own, ``"red_packet:amount=50;value_content"``.
        **parameters: Values of the scenario by path with two underscores for the point:
            ``member__activity_sigma=2.1``; top-level keys as they are, ``platform="qq"``.

    Attributes:
        engine: The run below; its columns are what agents read and write.
        observed: What the data collector reports of the last day, by name.

    Raises:
        UserError: What is wrong with the scenario, a parameter or a policy.
        ValueError: A seed or replicate out of range, or both ``seed`` and ``rng``.
    """

    members = _Observed()
    openers = _Observed()
    speakers = _Observed()
    messages = _Observed()
    replies = _Observed()
    joins = _Observed()
    leaves = _Observed()
    pruned = _Observed()
    muted = _Observed()
    invites_sent = _Observed()
    invites_accepted = _Observed()
    payers = _Observed()
    revenue = _Observed()
    cost = _Observed()
    profit = _Observed()
    profit_so_far = _Observed()
    open_rate = _Observed()
    interaction_rate = _Observed()

    engine: Run

    def __init__(
        self,
        scenario: str | Scenario = "knowledge",
        *,
        days: int | None = None,
        seed: int | None = None,
        rng: int | np.random.Generator | None = None,
        replicate: int = 0,
        policies: str = "",
        **parameters: str | float,
    ) -> None:
        configured = scenario if isinstance(scenario, Scenario) else Scenario.read(scenario)
        changes = _changes(parameters if days is None else parameters | {"days": days})
        configured = configured.replace(changes) if changes else configured
        levers = plan_levers(configured, extra=_entries(policies))
        chosen = _seed_of(seed, rng)
        self._begin(
            Run.start(configured, seed=chosen, replicate=_replicate_of(replicate), levers=levers)
        )

    @classmethod
    def of(cls, run: Run) -> Self:
        """A model around a run, also one that has begun: past days are in the data collector.

        The constructor of a subclass is not called. Mesa's ``random`` and ``rng``, which the
        community does not use, start anew.

        Args:
            run: Used as it is, not copied; its members' rows do not move any more.
        """
        model = cls.__new__(cls)
        model._begin(run)  # noqa: SLF001  of the same class
        return model

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; it goes on as if it had never stopped.

        Raises:
            UserError: As ``sim.checkpoint.load``.
        """
        return cls.of(checkpoint.load(path))

    def _begin(self, run: Run) -> None:
        """Set up Mesa's side, and let its clock catch up with a run that has begun."""
        # Mesa's own streams: one for each run, so that replicates differ in users' code too
        super().__init__(rng=int(run.key[0]) | int(run.key[1]) << 32)
        run.tidy = False  # views remember rows
        self.engine = run
        self.observed: dict[str, float] = {}
        self._day = 0
        self._version = 0
        self._roster = Roster()
        self._staff = _staff_rows(run)
        self._moves = len(run.moves)
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in REPORTED})
        self._look()
        mesa_compat.catch_up(self, steps=run.day, step=self._live_a_day)
        self.running = run.day < run.days

    def step(self) -> None:
        """Simulate one day and collect it.

        Raises:
            RuntimeError: The horizon is reached (``running`` is false).
        """
        self._live_a_day()

    def _live_a_day(self) -> None:
        if self._day >= self.engine.days:
            raise RuntimeError(f"all {self.engine.days} days are simulated; begin with more days")
        self._day += 1
        if self.engine.day < self._day:
            self.engine.advance(self._day)
            self._follow_moves()
        self.running = self._day < self.engine.days
        self.mark_changed()
        self._look()

    def _follow_moves(self) -> None:
        """Members were moved between groups, and their rows with them."""
        for moved in self.engine.moves[self._moves :]:
            self._roster.readdress(moved)
        if len(self.engine.moves) > self._moves:
            self._moves = len(self.engine.moves)
            self._staff = _staff_rows(self.engine)

    def _look(self) -> None:
        self.observed = _observe(self.engine, self._day - 1, self._staff)
        self.datacollector.collect(self)

    @property
    def day(self) -> int:
        """Next day to simulate, 0-based."""
        return self.engine.day

    @property
    def configuration(self) -> Scenario:
        """What was configured (``scenario`` is a name of Mesa's own)."""
        return self.engine.scenario

    @property
    def coefficients(self) -> Any:
        """The parameters as compiled code takes them."""
        return self.engine.coefficients

    @property
    def levers_today(self) -> NDArray[np.float32]:
        """Levers of the coming day (after the horizon: of the last), shape (G, len(LEVERS))."""
        values = self.engine.levers.values
        today: NDArray[np.float32] = values[min(self.engine.day, len(values) - 1)]
        return today

    @property
    def agents(self) -> Any:
        """Views of all present members, an ``AgentSet``; made when first asked for.

        In order of rows; who changes class moves to the end.
        """
        self._roster.update(self, version=self._version)
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Views of all present members by class."""
        self._roster.update(self, version=self._version)
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Classes of the members there are or were."""
        self._roster.update(self, version=self._version)
        types: list[type] = super().agent_types
        return types

    def remove_all_agents(self) -> None:
        """Let everybody leave."""
        self._roster.update(self, version=self._version)
        super().remove_all_agents()

    def mark_changed(self) -> None:
        """Tell that members came, went or changed role, so that views follow when next asked."""
        self._version += 1

    def let_go(self, row: int) -> None:
        """A member leaves on the coming day, before it begins; after the last day nothing happens.

        Args:
            row: The member's row.
        """
        self._roster.drop(row)
        engine = self.engine
        if engine.day < engine.days:
            from sim.phases.prospects import depart

            depart(engine.day, engine.members, row, self.coefficients, engine.groups, engine.books)

    def record(self) -> RunRecord:
        """Everything measured so far."""
        return self.engine.record()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the community to one file, from which :meth:`load` goes on.

        Raises:
            UserError: As ``sim.checkpoint.save``.
        """
        checkpoint.save(self.engine, path)

    def fork(self, *, policies: str | None = None, **parameters: str | float) -> Self:
        """An independent community at this day, with other policies or parameters from here on.

        Args:
            policies: In place of those given before, beside the scenario's own; by default what is
                planned stays planned.
            **parameters: As in the constructor.

        Raises:
            UserError: As the constructor.
        """
        engine = self.engine
        scenario = engine.scenario.replace(_changes(parameters)) if parameters else None
        levers = None
        if policies is not None:
            ruling = scenario or engine.scenario
            levers = plan_levers(
                ruling, extra=_entries(policies), days=engine.days, room=len(engine.groups)
            )
        return self.of(engine.fork(levers=levers, scenario=scenario))


def _seed_of(seed: int | None, rng: int | np.random.Generator | None) -> int:
    if seed is not None and rng is not None:
        raise ValueError("give seed or rng, not both")
    given = seed if rng is None else rng
    if given is None:
        return secrets.randbits(63)
    if isinstance(given, np.random.Generator):
        return int(given.integers(_LARGEST_SEED, endpoint=True))
    if not 0 <= int(given) <= _LARGEST_SEED or int(given) != given:
        raise ValueError(f"seed = {given}; allowed: whole numbers from 0 to {_LARGEST_SEED}")
    return int(given)


def _replicate_of(number: int) -> int:
    if not 0 <= int(number) < 2**32:
        raise ValueError(f"replicate = {number}; allowed: 0 to {2**32 - 1}")
    return int(number)


def _changes(parameters: dict[str, str | float]) -> dict[str, object]:
    """Keyword arguments as paths; numpy's numbers as Python's, which the scenario asks for."""
    return {
        name.replace("__", ".", 1): value.item() if isinstance(value, np.generic) else value
        for name, value in parameters.items()
    }


def _entries(policies: str) -> list[dict[str, Any]]:
    return [parse_policy(text) for text in policies.split(";") if text.strip()]


def _staff_rows(run: Run) -> NDArray[np.int64]:
    """Rows of owner, administrators and guests; staff are founders and keep their roles."""
    roles = run.members.byte[:, BYTE_INDEX["role"], :].ravel()
    return np.flatnonzero(roles >= OWNER)


def _observe(run: Run, day: int, staff: NDArray[np.int64]) -> dict[str, float]:
    """What is reported of a simulated day; of day -1 the members before day 0."""
    if day < 0:
        seen: dict[str, float] = dict.fromkeys(REPORTED, 0)
        seen |= {"members": run.initial_members, "open_rate": math.nan}
        return seen | {"interaction_rate": math.nan}
    counts = dict(zip(DAILY, run.books.daily[day].sum(axis=0).tolist(), strict=True))
    left = run.members.day[staff // LANES, DAY_INDEX["left"], staff % LANES]
    there = counts["members"] + counts["leaves"] + counts["pruned"]  # at some time of the day
    ordinary = there - int(np.count_nonzero((left == NEVER) | (left >= day)))
    counts["profit"] = counts["revenue"] - counts["cost"]
    seen = {name: counts[name] for name in DAILY_KPIS}
    seen |= {name: counts[name] / FEN_PER_YUAN for name in ("revenue", "cost", "profit")}
    takings, outlay = (
        int(run.books.daily[: day + 1, :, DAILY.index(name)].sum()) for name in ("revenue", "cost")
    )
    seen["profit_so_far"] = (takings - outlay) / FEN_PER_YUAN
    seen["open_rate"] = counts["member_openers"] / ordinary if ordinary else math.nan
    seen["interaction_rate"] = counts["member_speakers"] / ordinary if ordinary else math.nan
    return seen
