"""Checking a work at once: what is wrong, what is probably not meant, what it takes as planned.

The work is read as an experiment in memory, by what reads experiments from files; the place of a
mistake is the path in the work instead of a line. What it takes are the policies' own plans
(``sim.policies.costing``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from sim.errors import UserError, UserErrors
from sim.policies.planning import read_plan
from sim.report.cautions import warnings_of
from sim.report.policy_lines import policy_line
from sim.study.form import Form
from sim.study.reading import experiment_of
from sim.web.said import Mistake, mistakes_said, path_said, value_said
from sim.web.totals import Arm, VariantPlan, said, variant_plan
from sim.web.work import Work, WorkVariant, experiment_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.study.experiment import Experiment
    from sim.study.variant import Variant
    from sim.words import Words

_OF_WORK = {
    "stop.kpi": "goal", "stop.half_width": "precision", "stop.max_replicates": "futures",
    "replicates": "futures", "question": "name", "base": "community",
}  # fmt: skip
"""Paths of an experiment that a work calls otherwise."""


class Warned(BaseModel):
    """Something that is allowed and probably not meant.

    Attributes:
        variant: Index, 0 = the baseline.
        message: What.
    """

    variant: int
    message: str


class Checked(BaseModel):
    """The answer about a work.

    Attributes:
        errors: What keeps it from being simulated.
        warnings: What is probably not meant.
        variants: What each variant takes, the baseline first; None where an error keeps it from
            being told.
        budget: The work's limit of money.
        minutes: The work's limit of staff minutes a week.
        changes: What is otherwise than in the baseline, by variant; of the baseline, than in the
            community.
    """

    errors: list[Mistake] = []
    warnings: list[Warned] = []
    variants: list[VariantPlan | None] = []
    budget: float | None = None
    minutes: float | None = None
    changes: list[list[str]] = []


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A work as far as it could be read.

    Attributes:
        arms: Variants without mistakes, the baseline first; empty if that has one.
        errors: Mistakes, with ``at`` among their values.
    """

    arms: tuple[Arm, ...]
    errors: tuple[UserError, ...]


def check(work: Work, base: str, *, words: Words) -> Checked:
    """Check a work.

    Args:
        work: The work.
        base: What it begins with: a preset's name, or the file of a fitted community.
        words: Language.
    """
    read = _read(work, base)
    answer = Checked(
        errors=mistakes_said(read.errors, words=words), budget=work.budget, minutes=work.minutes,
        variants=[None] * (len(work.variants) + 1), changes=_changes(work, read, words),
    )  # fmt: skip
    for arm in read.arms:
        told = warnings_of(arm.cautions, words)
        answer.warnings += [Warned(variant=arm.number, message=text) for text in told]
        answer.variants[arm.number] = variant_plan(work, arm, words)
    return answer


def _read(work: Work, base: str) -> _Read:
    """The work as an experiment; variants with mistakes are left out, and their mistakes told."""
    tables = experiment_tables(work, base)
    variants = tables.pop("variants", [])
    left, errors = list(range(len(variants))), list[UserError]()
    while True:
        kept = [variants[index] for index in left]
        paths = list(_paths({**tables, "variants": kept}, ""))
        form = Form("", {path: line for line, path in enumerate(paths, start=1)})
        try:
            experiment = experiment_of(
                {**tables, "variants": kept}, form, folder=Path(), changes={}
            )
        except UserError as error:
            several = error.errors if isinstance(error, UserErrors) else [error]
            found = [_located(one, paths, left) for one in several]
            errors += found
            wrong = {_variant_at(str(one.values["at"])) for one in found}
            if None in wrong or not wrong:
                return _Read(arms=(), errors=tuple(errors))
            left = [index for index in left if index not in wrong]
        else:
            order = (0, *(index + 1 for index in left))
            arms = [
                _arm(number, variant, experiment)
                for number, variant in zip(order, experiment.variants, strict=True)
            ]
            return _Read(arms=tuple(arms), errors=tuple(errors))


def _arm(number: int, variant: Variant, experiment: Experiment) -> Arm:
    return Arm(
        number=number, scenario=variant.scenario, planned=read_plan(variant.scenario).policies,
        cautions=experiment.cautions[variant.name],
    )  # fmt: skip


def _paths(value: object, at: str) -> Iterator[str]:
    """Dotted paths of everything in nested tables, as lines of a file would be counted."""
    inner: Sequence[tuple[object, object]] = ()
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    for key, one in inner:
        path = f"{at}.{key}" if at else str(key)
        yield path
        yield from _paths(one, path)


def _located(error: UserError, paths: Sequence[str], left: Sequence[int]) -> UserError:
    """The mistake with its place in the work as the value ``at``, and without file and line."""
    values = dict(error.values)
    line, file = values.pop("line", None), values.pop("file", None)
    known = isinstance(line, int) and not file and line <= len(paths)
    at = paths[line - 1] if known and isinstance(line, int) else ""
    index = _variant_at(at)
    if index is not None:  # counted among the variants that were read
        rest = at.split(".")[2:]
        at = ".".join(["variants", str(left[index]), *rest])
    at = _OF_WORK.get(at, at)
    return UserError(error.kind, error.reason, **{**values, "at": at})


def _variant_at(path: str) -> int | None:
    """Index of the variant that a path lies in."""
    head, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    return int(number) if head == "variants" and number.isdecimal() else None


def _changes(work: Work, read: _Read, words: Words) -> list[list[str]]:
    """What each variant does otherwise, as far as it can be told."""
    arms = {arm.number: arm for arm in read.arms}
    parts: tuple[Work | WorkVariant, ...] = (work, *work.variants)
    return [
        _differences(part, arms.get(number), arms.get(0) if number else None, words)
        for number, part in enumerate(parts)
    ]


def _differences(
    part: Work | WorkVariant, arm: Arm | None, baseline: Arm | None, words: Words
) -> list[str]:
    texts = [words.say("web.server.left_out", name=words.policy(key)) for key in part.without]
    if arm is None:
        return texts
    now, then = arm.scenario.flat(), {} if baseline is None else baseline.scenario.flat()
    for path in part.set:
        name = path_said(path, words=words)
        after = value_said(path, now[path], words=words)
        if path in then:
            old = value_said(path, then[path], words=words)
            texts.append(words.say("web.server.changed", name=name, before=old, after=after))
        else:
            texts.append(words.say("web.server.set_to", name=name, after=after))
    plan = list(zip(arm.planned, arm.scenario.policies, strict=True))
    texts += [
        said(policy_line(one, entry, words), days=one.calendar.days, words=words)
        for one, entry in plan[len(plan) - len(part.policies) :]
    ]
    return texts
