"""A sensitivity study: what is moved, how, and what is looked at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sim.study.sensitivity.community import Community
from sim.study.sensitivity.dependence import mixing, together
from sim.study.sensitivity.factors import INERT, Factor
from sim.study.sensitivity.formulas import Formula
from sim.study.sensitivity.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.study.sensitivity.methods import Design

    Numbers = NDArray[np.float64]

Subject = Community | Formula
"""What values go into."""


class Measured(Protocol):
    """What an arm is to those who only look at its answers."""

    @property
    def key(self) -> str:
        """All that determines its numbers but values and luck."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of what is measured."""


@dataclass(frozen=True, kw_only=True)
class Screening:
    """Morris first, over everything; only the strongest go on.

    Attributes:
        trajectories: Trajectories through all factors.
        keep: Factors that go on.
        replicates: Replicates of each point.
    """

    trajectories: int = 10
    keep: int = 10
    replicates: int = 1


@dataclass(frozen=True, kw_only=True)
class SensitivityStudy:
    """What is asked.

    Attributes:
        name: Short name, of the result folder.
        subjects: The arms by name, the baseline first: decisions (levers) that all points are
            simulated under.
        factors: What is moved.
        outputs: What is looked at: KPIs.
        method: Key of a method.
        count: Size of its design.
        replicates: Runs of each point, with the same luck at all points.
        seed: Seed of design and luck.
        dependence: Rank correlations of factors, by two paths.
        screening: What is done before, to choose among the factors; None = nothing.
        question: Heads the report.
        question_zh: The same in Chinese; empty = as ``question``.
        source: The file.
    """

    name: str
    subjects: Mapping[str, Measured]
    factors: tuple[Factor, ...]
    outputs: tuple[str, ...]
    method: str = "sobol"
    count: int = 512
    replicates: int = 2
    seed: int = 0
    dependence: Mapping[tuple[str, str], float] = field(default_factory=dict)
    screening: Screening | None = None
    question: str = ""
    question_zh: str = ""
    source: str = ""

    @property
    def base(self) -> Measured:
        """The first arm."""
        return next(iter(self.subjects.values()))

    @property
    def arms(self) -> dict[str, Subject]:
        """The arms that can be simulated: all, but for a table that something else wrote."""
        return {name: one for name, one in self.subjects.items() if isinstance(one, Subject)}

    @property
    def days(self) -> int:
        """Days simulated; 0 for a formula."""
        return self.base.variant.days if isinstance(self.base, Community) else 0

    @property
    def measured(self) -> tuple[str, ...]:
        """Names of all that a run gives: KPIs and courses, also those not looked at."""
        return self.base.outputs

    @property
    def looked_at(self) -> tuple[str, ...]:
        """Outputs, and the courses of daily counts stretch by stretch."""
        courses = tuple(name for name in self.measured if "@" in name)
        return (*self.outputs, *courses)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what makes runs comparable: the baseline, what is measured, the seed.

        Factors, levers and designs are not part of it: a folder takes more of them, and no run of
        the ones before is repeated.
        """
        return hashlib.sha256(json.dumps([self.base.key, self.seed]).encode()).hexdigest()

    def question_in(self, language: str) -> str:
        """The question in ``zh`` if it was written in Chinese, else as it was written."""
        return (self.question_zh if language == "zh" else "") or self.question

    def narrowed(self, paths: tuple[str, ...]) -> SensitivityStudy:
        """Only some factors, in their order here."""
        kept = tuple(one for one in self.factors if one.path in paths)
        pairs = {
            pair: rank for pair, rank in self.dependence.items() if all(p in paths for p in pair)
        }
        return replace(self, factors=kept, dependence=pairs)

    def screened(self) -> SensitivityStudy:
        """The screening, as a study of its own."""
        assert self.screening is not None
        return replace(
            self, method="morris", count=self.screening.trajectories,
            replicates=self.screening.replicates, screening=None,
        )  # fmt: skip

    def design(self) -> Design:
        """Points, factors that go together doing so, the inert factor in the last column."""
        centres = np.array([*(centre_of(one) for one in self.factors), 0.5])
        design = METHODS[self.method].design(
            len(self.factors) + 1, count=self.count, seed=self.seed + 1, centres=centres
        )
        mix = mixing([one.path for one in self.factors], self.dependence)
        mixed = together(design.shares[:, :-1], mix)
        return replace(design, shares=np.column_stack([mixed, design.shares[:, -1]]))

    def numbers(self, design: Design) -> Numbers:
        """Values of the factors at the points, categories by their numbers: of shape (P, D - 1)."""
        columns = [one.numbers(design.shares[:, n]) for n, one in enumerate(self.factors)]
        return np.column_stack(columns)

    def values(self, row: Numbers) -> dict[str, Any]:
        """One point as values by path."""
        return {
            one.path: one.value(number)
            for one, number in zip(self.factors, row.tolist(), strict=True)
        }

    def runs(self) -> int:
        """Runs asked for, the screening's included; points that coincide count once."""
        if self.screening is not None:
            paths = tuple(one.path for one in self.factors[: self.screening.keep])
            after = replace(self.narrowed(paths), screening=None)
            return self.screened().runs() + after.runs()
        design = self.design()
        rows = np.column_stack([self.numbers(design), design.luck])
        return len(np.unique(rows, axis=0)) * self.replicates * len(self.subjects)

    def table(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "question": self.question, "question_zh": self.question_zh, "method": self.method,
            "count": self.count, "replicates": self.replicates, "outputs": list(self.outputs),
            "factors": [one.table() for one in self.factors],
            "dependence": [[*pair, rank] for pair, rank in self.dependence.items()],
            "screening": None if self.screening is None else vars(self.screening).copy(),
            "source": self.source,
        }  # fmt: skip


def centre_of(factor: Factor) -> float:
    """The share at which a factor is as assumed; the middle where that is not known."""
    if factor.assumed is None:
        return 0.5
    low, high = 0.0, 1.0
    for _ in range(60):  # quantile functions only rise
        middle = (low + high) / 2
        if factor.numbers(np.array([middle]))[0] < factor.assumed:
            low = middle
        else:
            high = middle
    return high


def names_of(study: SensitivityStudy) -> tuple[str, ...]:
    """Paths of the factors, the inert one last."""
    return (*(one.path for one in study.factors), INERT)
