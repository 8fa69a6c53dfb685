"""A comparison, just finished or read back, as terminal, report and page tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.parameters import by_path
from sim.report.assumed import assumptions_of
from sim.report.badges import badge_of
from sim.report.cautions import failure_notes, warnings_of
from sim.report.comparison_story import (
    ComparisonStory,
    InputChange,
    Reasons,
    Swings,
    VariantStory,
)
from sim.report.explaining import parts_of, swings_of
from sim.report.numbers import plain_value
from sim.report.policy_lines import policy_lines
from sim.report.run import Made, series_of
from sim.study.explain import read_explanation
from sim.study.provenance import versions
from sim.study.simulate import kpi_parameters
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.scenario import Scenario
    from sim.study.comparison import Comparison
    from sim.study.experiment import Experiment
    from sim.study.variant import Variant
    from sim.words import Words

_UNPAIRED = 0.8
"""Variance reduction below which common luck has done harm rather than good."""


def story_of(comparison: Comparison, *, words: Words, command: str) -> ComparisonStory:
    """A comparison as terminal and report tell it.

    Args:
        comparison: Finished, in a folder or in memory.
        words: Language.
        command: The command line that makes it again.
    """
    experiment, base = comparison.experiment, comparison.experiment.base.scenario
    summary = comparison.summary
    finished = [
        one for one in experiment.variants if comparison.runs.numbers(one.name)
    ]  # of whose every run failed there is nothing to tell
    return ComparisonStory(
        members=_members(comparison),
        question=experiment.question_in(words.lang),
        name=words.preset(base.name),
        days=experiment.days, goal=experiment.goal, guards=experiment.guards,
        baseline=experiment.base.name, compared=comparison.table(),
        variants=tuple(_variant(one, comparison, summary[one.name], words) for one in finished),
        made=Made(
            command=command, seed=comparison.seed, version=__version__,
            digest=comparison.runs.study.digest(), failed=len(comparison.runs.failures),
            versions=versions(),
        ),
        budget=experiment.budget, minutes=experiment.minutes,
        max_replicates=experiment.stop.max_replicates if experiment.stop else 1000,
        capacity=base.groups.capacity * base.groups.number, start=base.start,
        assumptions=tuple(assumptions_of(base, words=words, changed=experiment.specs[0].changes)),
        notes=tuple(_notes(comparison, words)),
        badge=badge_of(experiment.base),
        **_explained(comparison, words),
    )  # fmt: skip


def _explained(comparison: Comparison, words: Words) -> dict[str, Any]:
    """What ``qunsim explain`` found, if it was asked of this comparison."""
    explained = None if comparison.folder is None else read_explanation(comparison.folder)
    if explained is None or explained["variant"] not in comparison.differences:
        return {}
    name, parts = explained["variant"], parts_of(explained, words=words)
    rows = swings_of(explained, words=words)
    return {
        "reasons": (Reasons(variant=name, parts=parts),),
        "swings": (Swings(variant=name, rows=rows),),
    }


def _variant(
    variant: Variant, comparison: Comparison, summary: dict[str, Any], words: Words
) -> VariantStory:
    experiment = comparison.experiment
    runs, is_base = comparison.runs, variant is experiment.base
    stage = kpi_parameters(variant.scenario).stage
    inputs = () if is_base else _inputs(experiment.base.scenario, variant.scenario, words)
    return VariantStory(
        name=variant.name, label=label_of(variant, experiment, words),
        changes=0 if is_base else _changes(experiment.base, variant, inputs), summary=summary,
        series=series_of(
            runs.traces(variant.name), records=runs.whole_records(variant.name), stage=stage,
            futures=runs.numbers(variant.name),
        ),
        policies=tuple(policy_lines(variant.scenario, words, begins=variant.begins)),
        inputs=inputs,
    )  # fmt: skip


def _members(comparison: Comparison) -> int:
    """Members on the first morning; of a saved community as many as there are today."""
    base = comparison.experiment.base
    traces = comparison.runs.traces(base.name) if base.begins is not None else []
    if not traces:
        return base.scenario.members.initial
    first = traces[0]
    came, went = (
        sum(int(first.total(name)[0]) for name in names)
        for names in (("joins",), ("leaves", "pruned"))
    )
    return int(first.total("members")[0]) - came + went


def label_of(variant: Variant, experiment: Experiment, words: Words) -> str:
    """What people call a variant."""
    if variant is experiment.base:
        return words.say("word.as_now")
    spec = next((one for one in experiment.specs if one.name == variant.name), None)
    return spec.zh if spec is not None and spec.zh and words.lang == "zh" else variant.name


def _changes(base: Variant, variant: Variant, inputs: Sequence[InputChange]) -> int:
    """How many inputs and policies differ."""
    before, after = list(base.scenario.policies), list(variant.scenario.policies)
    added = [entry for entry in after if entry not in before]
    gone = [entry for entry in before if entry not in after]
    return len(inputs) + len(added) + len(gone) + (base.begins != variant.begins)


def _inputs(base: Scenario, other: Scenario, words: Words) -> tuple[InputChange, ...]:
    """Parameters in which two scenarios differ."""
    before, after, known = base.flat(), other.flat(), by_path()
    changes = []
    for path, value in after.items():
        if value == before[path] or path in {"name", "title", "days"}:
            continue
        info = known.get(path)
        changes.append(
            InputChange(
                path=path, label=words.parameter(path, info.note) if info else "",
                before=plain_value(before[path]), after=plain_value(value),
                unit=words.unit(info.unit) if info else "",
            )
        )  # fmt: skip
    return tuple(changes)


def _notes(comparison: Comparison, words: Words) -> list[str]:
    """Warnings about a comparison, worded."""
    experiment, runs = comparison.experiment, comparison.runs
    failures = tuple(runs.failures[place] for place in sorted(runs.failures))
    notes = failure_notes(failures, comparison.folder, words)
    if failures:
        total = len(failures) + len(runs.kept)
        notes.append(words.say("compare.failed", count=len(failures), total=total))
    seen: set[str] = set()
    for variant in experiment.variants:
        for note in warnings_of(experiment.cautions.get(variant.name, ()), words):
            if note not in seen:  # what the base warns of, every variant would
                seen.add(note)
                label = label_of(variant, experiment, words)
                notes.append(words.say("compare.of_variant", name=label, note=note))
    for variant in experiment.variants[1:]:
        found = comparison.differences[variant.name][experiment.goal]
        reduction = found.variance_reduction
        if variant == experiment.base:
            notes.append(
                words.say(
                    "warning.equal",
                    variant=label_of(variant, experiment, words),
                    baseline=words.say("word.as_now"),
                )
            )
        elif reduction is not None and reduction < _UNPAIRED:
            notes.append(words.say("warning.unpaired", name=label_of(variant, experiment, words)))
    return notes
