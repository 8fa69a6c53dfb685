"""What came of planning, as ``plan.json`` has it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.paired import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = 1
FILE = "plan.json"
RECOMMENDED = "recommended.toml"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A mix that was simulated in fresh futures.

    Attributes:
        policies: Tables by name, ``red_packet#2`` for a second use; empty = none of them is used.
        searched: Mean gain of the goal that the search believed in; None = it was not in it.
        goal: Paired difference of the goal to the baseline in fresh futures.
        others: Of further objectives and of what must not suffer, likewise, by KPI.
        cost: Yuan more than the baseline's, mean.
        minutes: Staff minutes a week more than the baseline's, mean.
        feasible: Whether it holds every limit and constraint in these futures.
        broken: Which it does not hold.
        tied: Whether it cannot be told apart from the best of those that do.
        front: Whether none of the others is better in all objectives (with one objective: and
            cheaper).
    """

    policies: Mapping[str, Mapping[str, Any]]
    goal: Difference
    cost: float
    minutes: float
    feasible: bool
    searched: float | None = None
    others: Mapping[str, Difference] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    tied: bool = False
    front: bool = False


@dataclass(frozen=True, kw_only=True)
class Point:
    """A policy of the recommended mix with less or more of it.

    Attributes:
        scale: Times its amount; 0 = without it.
        spend: Yuan more than without it, mean.
        gain: Goal less that without it in its good direction, mean.
        lo: Lower end of its 95 % interval.
        hi: Upper end.
    """

    scale: float
    spend: float
    gain: float
    lo: float
    hi: float


@dataclass(frozen=True, kw_only=True)
class More:
    """What more money would bring, put where it brings most.

    Attributes:
        yuan: How much more, as asked for.
        policy: Where it is put.
        spend: How much more was spent then, mean.
        gain: Change of the goal in its good direction, mean.
        lo: Lower end of its 95 % interval.
        hi: Upper end.
    """

    yuan: float
    policy: str
    spend: float
    gain: float
    lo: float
    hi: float


@dataclass(frozen=True, kw_only=True)
class Robust:
    """How mixes do if assumptions are off.

    Attributes:
        sets: Sets of assumptions.
        futures: Futures of each mix in each.
        mixes: Numbers of the mixes among the finalists.
        regret: Of each, how much of the goal it loses at most to the best of them (the baseline
            included), over sets.
        ahead: Of each, the share of sets in which it beats the baseline and holds what must be
            held.
        least_regret: Number of the mix with the least of that loss; None = the baseline.
        most_ahead: Number of the mix that is ahead most often.
    """

    sets: int
    futures: int
    mixes: tuple[int, ...]
    regret: tuple[float, ...]
    ahead: tuple[float, ...]
    least_regret: int | None
    most_ahead: int


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What came of planning.

    Attributes:
        about: What was asked: ``goal``, ``objectives``, ``constraints``, ``budget``, ``minutes``,
            ``trials``, ``seed``, ``days``, ``candidates``, ``base`` (means of the baseline).
        tried: Mixes that were judged.
        simulated: Futures that were simulated for it, all mixes together.
        error: Why the first of the mixes that failed did; empty = none did.
        finalists: The best of the search in fresh futures, best first.
        best: Number of the recommended one; None = none is better than the baseline.
        verified: Difference of its goal to the baseline in futures that chose nothing.
        spending: Yuan that it spends by policy, mean.
        easiest: Number of the equally good one with the least staff time.
        curves: Its policies with less and more of each, by name.
        more: What more money would bring; None = nothing in it can be given more.
        robust: How mixes do if assumptions are off.
        interrupted: Whether somebody stopped it before the end; what is finished is kept.
        already: Whether it was there before and nothing was simulated.
        folder: Where it is kept, if anywhere.
        moved: Where results of other code were moved, if there were any.
    """

    about: Mapping[str, Any]
    tried: int
    simulated: int = 0
    error: str = ""
    finalists: tuple[Judged, ...] = ()
    best: int | None = None
    verified: Difference | None = None
    spending: Mapping[str, float] = field(default_factory=dict)
    easiest: int | None = None
    curves: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    more: More | None = None
    robust: Robust | None = None
    interrupted: bool = False
    already: bool = False
    folder: Path | None = None
    moved: Path | None = None

    @property
    def recommended(self) -> Judged | None:
        """The recommended mix."""
        return None if self.best is None else self.finalists[self.best]

    def table(self) -> dict[str, Any]:
        """The content of ``plan.json``."""
        table = asdict(self)
        for name in ("interrupted", "already", "folder", "moved"):
            del table[name]
        return {"schema": SCHEMA, **table}


def planned_of(table: Mapping[str, Any]) -> Planned:
    """The plan that :meth:`Planned.table` wrote.

    Raises:
        UserError: ``cannot_read``/``newer_schema``; ``damaged``/``not_json``.
    """
    try:
        if table["schema"] > SCHEMA:
            about = {"file": FILE, "value": table["schema"], "newest": SCHEMA}
            raise UserError("cannot_read", "newer_schema", **about)
        values = {key: value for key, value in table.items() if key != "schema"}
        values["finalists"] = tuple(_judged(one) for one in values["finalists"])
        for name, made in (("verified", Difference), ("more", More)):
            values[name] = None if values[name] is None else made(**values[name])
        if values["robust"] is not None:
            robust: dict[str, Any] = dict(values["robust"])
            for name in ("mixes", "regret", "ahead"):
                robust[name] = tuple(robust[name])
            values["robust"] = Robust(**robust)
        values["curves"] = {
            name: tuple(Point(**one) for one in points) for name, points in values["curves"].items()
        }
        return Planned(**values)
    except (KeyError, TypeError) as error:
        raise UserError("damaged", "not_json", file=FILE) from error


def _judged(table: Mapping[str, Any]) -> Judged:
    values = dict(table)
    values["goal"] = Difference(**values["goal"])
    values["others"] = {key: Difference(**one) for key, one in values["others"].items()}
    values["broken"] = tuple(values["broken"])
    return Judged(**values)
