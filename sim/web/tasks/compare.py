"""Compare the variants of an experiment; results are to be seen from the first second on."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.report.compared import story_of
from sim.study.comparison import compare
from sim.study.from_log import Fitted
from sim.study.reading import read_experiment
from sim.web.tasks.base import NAME, RESULT
from sim.web.tasks.pace import Clock, Looks
from sim.web.views.compare import Standing, compare_view
from sim.web.views.writing import View, write_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.report.comparison_story import ComparisonStory
    from sim.study.comparison import Comparison
    from sim.study.experiment import Experiment
    from sim.study.stopping import Reached
    from sim.web.tasks.base import Asked, Channel
    from sim.words import Words

COMMAND = "qunsim compare experiment.toml"
"""What makes a result again, once its experiment is saved."""


def do(asked: Asked, channel: Channel) -> None:
    """Compare, showing what is known meanwhile; the same folder goes on where it stopped.

    Raises:
        UserError: What is wrong with the experiment; ``policy_failed`` if no future of a variant
            came to its end.
    """
    assert asked.experiment is not None  # of this kind of task
    experiment = read_experiment(asked.experiment)
    telling = _Telling(asked, channel, experiment)
    comparison = compare(
        experiment, out=asked.folder / RESULT, jobs=asked.jobs, progress=telling.progress,
        look=telling.look, command=COMMAND,
    )  # fmt: skip
    if comparison.interrupted:
        raise KeyboardInterrupt
    _check(comparison)
    write_views(asked.folder, lambda words: final_view(comparison, words=words))
    channel.look()


class _Telling:
    """Tells how far it is and shows what is known."""

    def __init__(self, asked: Asked, channel: Channel, experiment: Experiment) -> None:
        self._folder, self._channel, self._experiment = asked.folder, channel, experiment
        self._clock, self._looks = Clock(), Looks()
        self._done = self._total = self._failed = self._before = 0
        self._started = False

    def progress(
        self, done: int, *, failed: int = 0, total: int = 0, reached: Reached | None = None
    ) -> None:
        """Told after every run."""
        if not self._started:
            self._started, self._before = True, done
        self._done, self._total, self._failed = done, total, failed
        left = self._clock.left(done, total)
        self._channel.progress(done, total, failed=failed, left=left)

    def look(self, so_far: Callable[[], Comparison]) -> None:
        """Judge what is there and show it, if it is time to."""
        if not self._looks.due(self._done - self._before) or not self._done:
            return
        began = time.monotonic()
        comparison = so_far()
        if not comparison.pairs:
            return
        standing = Standing(done=self._done, total=self._total, failed=self._failed)
        write_views(self._folder, lambda words: _view(comparison, standing, words))
        self._channel.look()
        self._looks.looked(time.monotonic() - began)


def final_view(comparison: Comparison, *, words: Words) -> View:
    """A finished comparison as the page shows it."""
    return _view(comparison, standing_of(comparison), words)


def standing_of(comparison: Comparison) -> Standing:
    """A comparison to which nothing more will come."""
    runs = comparison.runs
    ended = len(runs.kept) + len(runs.failures)
    return Standing(
        done=ended, total=ended, failed=len(runs.failures), final=True,
        whole=tuple(_whole(comparison)),
    )  # fmt: skip


def _whole(comparison: Comparison) -> list[tuple[str, int, Any]]:
    """The first future of each variant of which everything is kept."""
    found = []
    for variant in comparison.experiment.variants[1:]:
        records = comparison.runs.whole_records(variant.name)
        if records:
            found.append((variant.name, comparison.runs.numbers(variant.name)[0], records[0]))
    return found


def told(comparison: Comparison, *, words: Words) -> ComparisonStory:
    """A comparison as page and report tell it; an uploaded log is called as it was sent."""
    story = story_of(comparison, words=words, command=COMMAND)
    begins = comparison.experiment.base.begins
    if isinstance(begins, Fitted):
        with suppress(OSError):
            return replace(story, name=Path(begins.path).with_name(NAME).read_text("utf-8"))
    return story


def _view(comparison: Comparison, standing: Standing, words: Words) -> View:
    return compare_view(told(comparison, words=words), standing, words=words)


def _check(comparison: Comparison) -> None:
    """Refuse a comparison in which a variant has no future to speak of."""
    runs = comparison.runs
    for variant in comparison.experiment.variants:
        if runs.numbers(variant.name):
            continue
        failed = next(
            one for place, one in sorted(runs.failures.items()) if place[0] == variant.name
        )
        if failed.policy:
            raise UserError(
                "policy_failed", "raised", policy=failed.policy, day=failed.day, detail=failed.error
            )
        raise UserError("stopped", "internal", detail=failed.error)
