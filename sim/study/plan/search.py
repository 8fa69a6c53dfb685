"""The search for good mixes: Optuna proposes, our simulator judges on the same futures.

The first mixes are proposed by a tree-structured Parzen estimator (Bergstra et al. 2011), which
learns most from few; the rest by a genetic algorithm (NSGA-II, Deb et al. 2002), which costs next
to nothing however many there are. Every mix is simulated in a few futures; those that are among the
best so far in more (racing). Batches have a fixed size, so that results do not depend on how many
compute at once, and everything measured is remembered: the same search asks for the same mixes.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sim.errors import UserError
from sim.study.plan.bench import Interrupted
from sim.study.plan.pairs import Pairs
from sim.study.plan.problem import dominated_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.plan.bench import Bench
    from sim.study.plan.problem import Estimate, Problem
    from sim.study.plan.space import Mix, Space

LEVELS = ((4, 1.0, 20), (12, 0.25, 6), (36, 0.06, 2))
"""Futures at each level of the race; among which share of all mixes one must be to get there, and
how many of a batch may."""

BATCH = 20
"""Mixes that are proposed at once."""

LEARNING = 200
"""Mixes proposed by the Parzen estimator; its time grows with the square of their number."""

POPULATION = 40
_DOUBT = 2.0  # standard errors by which a limit may seem exceeded without ending a race


class Watching(Protocol):
    """Told how far a plan is."""

    def __call__(self, stage: str, done: int, total: int, *, best: float | None = None) -> None:
        """``done`` of ``total`` at a stage; ``best`` = the goal's mean difference so far."""


@dataclass
class Found:
    """Every mix that was tried.

    Attributes:
        estimates: What is known of each, by mix; None = it failed or cannot be judged.
        interrupted: Whether somebody stopped the search.
        tried: Proposals judged, repeated ones included.
    """

    estimates: dict[Mix, Estimate | None] = field(default_factory=dict)
    interrupted: bool = False
    tried: int = 0

    def feasible(self) -> list[tuple[Mix, Estimate]]:
        """Mixes within all limits, best first by the first objective."""
        kept = [(m, e) for m, e in self.estimates.items() if e is not None and e.feasible]
        return sorted(kept, key=lambda one: -one[1].gains[0])

    @property
    def best(self) -> float | None:
        """Mean difference of the first objective of the best mix that went through the race."""
        most = max((e.n for _, e in self.feasible()), default=0)
        gains = [e.gains[0] for _, e in self.feasible() if e.n == most]
        return max(gains, default=None)


def search(
    problem: Problem,
    bench: Bench,
    *,
    trials: int,
    seed: int,
    starts: Sequence[Mix] = (),
    progress: Watching | None = None,
) -> Found:
    """Try mixes.

    Args:
        problem: What a good mix is.
        bench: What simulates them; its space is searched.
        trials: How many.
        seed: Seed of the proposals.
        starts: Mixes to begin with.
        progress: Told after every batch.

    Returns:
        All mixes that were tried; after Ctrl-C those until then.

    Raises:
        UserError: ``missing_extra``/``extra`` without Optuna.
    """
    check_extra()
    race = _Race(problem, bench)
    found = Found(estimates=race.estimates)
    try:
        bench.measured([(None, range(LEVELS[-1][0]))])
        done = 0
        for stage in _stages(problem, bench.space, trials=trials, seed=seed, starts=starts):
            if stage.begins:
                stage.begin(_leaders(race))
            while stage.left:
                asked = stage.ask()
                race.run([mix for _, mix in asked])
                stage.tell(asked, race.estimates)
                done += len(asked)
                found.tried = done
                if progress is not None:
                    progress("search", done, trials, best=found.best)
    except Interrupted:
        found.interrupted = True
    return found


def _leaders(race: _Race) -> list[Mix]:
    kept = [(m, e) for m, e in race.estimates.items() if e is not None]
    kept.sort(key=lambda one: (not one[1].feasible, -one[1].gains[0]))
    return [mix for mix, _ in kept[:POPULATION]]


class _Race:
    """Simulates mixes in few futures, and the promising ones in more."""

    def __init__(self, problem: Problem, bench: Bench) -> None:
        self.estimates: dict[Mix, Estimate | None] = {}
        self._problem, self._bench = problem, bench

    def run(self, mixes: Sequence[Mix]) -> None:
        """Judge mixes that were not judged before."""
        fresh = list(dict.fromkeys(mix for mix in mixes if mix not in self.estimates))
        for futures, share, most in LEVELS:
            chosen = fresh if share == 1.0 else self._promising(fresh, share)[:most]
            if not chosen:
                return
            self._bench.measured([(mix, range(futures)) for mix in chosen])
            base = self._bench.values(None)
            if not base:
                raise UserError("policy_failed", "baseline", detail=self._bench.error(None))
            for mix in chosen:
                values = self._bench.values(mix)
                self.estimates[mix] = (
                    None
                    if values is None
                    else self._problem.estimate(Pairs(values, base, range(futures)))
                )
            fresh = chosen

    def _promising(self, fresh: Sequence[Mix], share: float) -> list[Mix]:
        """Those of a batch that fewer than this share of all mixes surpass, best first."""
        able = {m: e.gains for m, e in self.estimates.items() if e is not None and _possible(e)}
        asked = [mix for mix in fresh if mix in able]
        width = len(self._problem.objectives)
        gains = np.array(list(able.values())).reshape(-1, width)
        mine = np.array([able[mix] for mix in asked]).reshape(-1, width)
        shares = dominated_share(mine, gains)
        order = sorted(zip(shares, range(len(asked)), strict=True))
        return [asked[place] for one, place in order if one < share]


def _possible(estimate: Estimate) -> bool:
    """Whether a mix may be within its limits for all that few futures say."""
    doubt = _DOUBT / estimate.n**0.5  # limits of money and time hardly vary, rates do
    return all(
        value <= (0.05 if name in ("budget", "minutes") else 0.2 * doubt)
        for name, value in estimate.excess.items()
    )


@dataclass
class _Stage:
    """One sampler of Optuna at work; nothing of it leaves this module."""

    space: Space
    problem: Problem
    study: Any
    left: int
    first: list[Mix] = field(default_factory=list)
    begins: bool = False

    def begin(self, mixes: Sequence[Mix]) -> None:
        """Begin with mixes that are known already; they are told, not tried again."""
        for mix in mixes:
            self.study.enqueue_trial(self.space.place(mix))

    def ask(self) -> list[tuple[Any, Mix]]:
        """The next batch."""
        from optuna.distributions import IntDistribution

        number = min(BATCH, self.left)
        self.left -= number
        sizes = self.space.sizes()
        distributions = {name: IntDistribution(0, size - 1) for name, size in sizes.items()}
        trials = [self.study.ask(distributions) for _ in range(number)]
        return [(trial, self.space.mix(trial.params)) for trial in trials]

    def tell(self, asked: Sequence[tuple[Any, Mix]], estimates: dict[Mix, Estimate | None]) -> None:
        """What became of a batch."""
        from optuna.trial import TrialState

        for trial, mix in asked:
            estimate = estimates[mix]
            if estimate is None:
                self.study.tell(trial, state=TrialState.FAIL)
                continue
            trial.set_user_attr("excess", list(estimate.excess.values()) or [0.0])
            self.study.tell(trial, list(estimate.gains))


def check_extra() -> None:
    """See to it that mixes can be proposed, before a folder is made.

    Raises:
        UserError: ``missing_extra``/``extra`` without Optuna.
    """
    try:
        import optuna  # noqa: F401
    except ImportError as error:
        raise UserError("missing_extra", "extra", extra="plan", package="optuna") from error


def _stages(
    problem: Problem, space: Space, *, trials: int, seed: int, starts: Sequence[Mix]
) -> list[_Stage]:
    import optuna
    from optuna.study import StudyDirection

    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def excess(trial: Any) -> Any:
        return trial.user_attrs.get("excess", [0.0])

    def stage(sampler: Any, left: int, *, begins: bool) -> _Stage:
        directions = [StudyDirection.MAXIMIZE] * len(problem.objectives)
        study = optuna.create_study(directions=directions, sampler=sampler)
        return _Stage(space, problem, study, left, begins=begins)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # multivariate and constraints are called experimental
        learning = min(trials, LEARNING)
        parzen = optuna.samplers.TPESampler(
            seed=seed % 2**32, multivariate=True, n_startup_trials=BATCH,
            constraints_func=excess, constant_liar=True,
        )  # fmt: skip
        genetic = optuna.samplers.NSGAIISampler(
            seed=(seed + 1) % 2**32, population_size=POPULATION, constraints_func=excess
        )
        stages = [stage(parzen, learning, begins=False)]
        stages[0].begin(list(dict.fromkeys(starts)))
        if trials > learning:
            stages.append(stage(genetic, trials - learning, begins=True))
    return stages
