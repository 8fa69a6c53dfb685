"""Look for the mix of policies that a budget is best spent on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.report.planning import plan_story
from sim.study.plan import plan, prepare
from sim.study.plan.search import check_extra
from sim.study.reading import read_experiment
from sim.web.tasks.base import RESULT
from sim.web.tasks.pace import Clock, Looks
from sim.web.views.plan import plan_so_far, plan_view
from sim.web.views.writing import write_views

if TYPE_CHECKING:
    from sim.study.experiment import Experiment
    from sim.web.tasks.base import Asked, Channel

TRIALS = 400
"""Mixes that are tried unless something else is asked."""

USUAL = (
    "free_course", "paid_course", "friend_referral", "red_packet", "daily_topic", "value_content",
    "welcome", "event",
)  # fmt: skip
"""What can be chosen where nothing is asked for and nothing was planned yet."""

PAIRS, SETS = 160, 16
"""Fresh futures of each finalist, sets of assumptions: so that a page is waited for minutes."""


def do(asked: Asked, channel: Channel) -> None:
    """Plan; the same folder goes on where it stopped.

    ``options``: ``budget`` (yuan), ``minutes`` (a week), ``candidates`` (keys of policies),
    ``trials``; None = as the experiment has it. The goal is the experiment's.

    Raises:
        UserError: What is wrong with what was asked; ``policy_failed`` if no mix could be
            simulated; ``missing_extra`` without the extra ``plan``.
    """
    assert asked.experiment is not None  # of this kind of task
    check_extra()
    experiment = _choosing(read_experiment(asked.experiment), asked.options.get("candidates"))
    wanted: dict[str, Any] = {
        "budget": asked.options.get("budget"), "minutes": asked.options.get("minutes"),
        "trials": asked.options.get("trials") or TRIALS,
    }  # fmt: skip
    _, choice, problem = prepare(experiment, **wanted)
    planned = plan(
        experiment, **wanted, jobs=asked.jobs, out=asked.folder / RESULT, pairs=PAIRS, sets=SETS,
        progress=_Telling(asked, channel, problem.goal), command="qunsim plan experiment.toml",
    )  # fmt: skip
    if planned.interrupted:
        raise KeyboardInterrupt
    if not planned.finalists and planned.error:
        raise UserError("policy_failed", "baseline", detail=planned.error)
    command = "qunsim plan experiment.toml"
    write_views(
        asked.folder,
        lambda words: plan_view(
            plan_story(planned, experiment, now=choice.space.now, words=words, command=command),
            replaced=choice.space.replaced, words=words,
        ),
    )  # fmt: skip
    channel.look()


def _choosing(experiment: Experiment, candidates: list[str] | None) -> Experiment:
    """The experiment with what may be chosen."""
    if candidates is None and any(spec.policies for spec in experiment.specs[1:]):
        return experiment
    uses = list(USUAL if candidates is None else candidates)
    return replace(experiment, plan={**experiment.plan, "uses": uses})


class _Telling:
    """Tells how far the search is, then the judging of what it found."""

    def __init__(self, asked: Asked, channel: Channel, goal: str) -> None:
        self._folder, self._channel, self._goal = asked.folder, channel, goal
        self._stage, self._clock, self._looks = "", Clock(), Looks()
        self._best: float | None = None

    def __call__(self, stage: str, done: int, total: int, *, best: float | None = None) -> None:
        if stage != self._stage:
            self._stage, self._clock, self._looks = stage, Clock(), Looks(first=1)
        if best is not None:
            self._best = best
        left = self._clock.left(done, total)
        self._channel.progress(done, total, left=left, stage=stage)
        if self._looks.due(done):
            write_views(
                self._folder,
                lambda words: plan_so_far(
                    goal=self._goal, best=self._best, stage=stage, words=words
                ),
            )
            self._channel.look()
            self._looks.looked(0.0)
