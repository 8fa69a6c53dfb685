"""What a sensitivity study found, as figures and pages draw it: names, indices, courses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.report import differences, numbers
from sim.report.explaining import assumption_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.factors import Factor
    from sim.study.sensitivity.result import Computed
    from sim.words import Words

    Numbers = NDArray[np.float64]

AMOUNTS = ("mu_star", "sigma", "mu", "effect", "span", "low", "high")
"""Indices in the unit of the output; the others are plain numbers."""

SIGNED = ("PRCC", "SRC", "effect", "mu", "low", "high")
"""Indices whose sign tells the direction."""

_BETWEEN = " - "  # two arms, in the label of their difference


@dataclass(frozen=True, kw_only=True)
class Influence:
    """What one factor does to one output.

    Attributes:
        path: Its path.
        name: What people call it; the path if it has no name.
        value: The main index.
        half: Half of its 95 % interval; 0 = not known.
        alone: Of a total index, the part that the factor has by itself; None = no such thing.
        ends: Changes at the low and the high end, where that is what was simulated.
        told: Whether it is told apart from a factor without effect.
    """

    path: str
    name: str
    value: float
    half: float = 0.0
    alone: float | None = None
    ends: tuple[float, float] | None = None
    told: bool = True


@dataclass(frozen=True, kw_only=True)
class Course:
    """The main index of every factor, stretch by stretch of the days.

    Attributes:
        label: The output, without its day: ``members``, ``members[paid]``.
        days: Last day of each stretch, of shape (S,).
        values: Of shape (F, S), in the order of the study's factors; NaN = there is none.
        told: Likewise: whether it is told apart from a factor without effect.
        whys: Why a stretch has none (``constant``, ``missing``, ``luck``); empty = it has.
    """

    label: str
    days: tuple[int, ...]
    values: Numbers
    told: NDArray[np.bool_]
    whys: tuple[str, ...]


def parted(label: str) -> tuple[str, int | None, str]:
    """The label of an output taken apart: KPI, last day of a stretch (None = the whole), arm."""
    name, _, arm = label.partition("[")
    kpi, _, day = name.partition("@")
    return kpi, int(day) if day else None, arm.removesuffix("]")


def output_name(label: str, *, words: Words, first: bool = False) -> str:
    """What people call an output: ``profit``, ``profit (paid - base)``.

    Args:
        label: Its label in the study.
        words: Language.
        first: Whether a sentence begins with it.
    """
    kpi, day, arm = parted(label)
    name = words.kpi(kpi)
    if day is not None:
        name = words.say("factor.until", output=name, day=day)
    name = words.say("factor.in_arm", output=name, arm=arm) if arm else name
    # what has no name is called by its key, which keeps its letters
    return name[:1].upper() + name[1:] if first and words.kpi_entry(kpi) else name


def factor_name(factor: Factor, *, words: Words) -> str:
    """What people call a factor; its path if it has no name."""
    return assumption_name(factor.path, words=words) if "." in factor.path else factor.path


def index_text(value: float, index: str, label: str, *, words: Words) -> str:
    """An index as printed: ``0.42``, or an amount in the output's unit."""
    if index not in AMOUNTS:
        return numbers.decimal(value)
    kpi = parted(label)[0]
    if index in SIGNED:
        return differences.difference(value, kpi, words=words, half_width=abs(value) / 5)
    return differences.size(value, kpi, words=words, half_width=abs(value) / 5, short=True)


def answer_text(value: float, label: str, *, words: Words, half_width: float | None = None) -> str:
    """An output as printed; of the difference of two arms, with its sign."""
    kpi, _, arm = parted(label)
    if _BETWEEN in arm:
        return differences.difference(value, kpi, words=words, half_width=half_width)
    return numbers.kpi(value, kpi, words=words, half_width=half_width)


def influences(found: Found, *, computed: Computed, words: Words) -> tuple[Influence, ...]:
    """What each factor does to an output that has indices, the strongest first.

    Args:
        found: What is said of the output; ``why`` is empty.
        computed: The computation that it belongs to.
        words: Language of the names.
    """
    main, factors = computed.main, computed.study.factors
    values = found.indices[main]
    halves = np.nan_to_num(found.indices.get(f"{main}_conf", np.zeros_like(values)))
    alone = found.indices.get("S1") if main == "ST" else None
    ends = [found.indices[name] for name in ("low", "high")] if main == "span" else None
    told = found.told_apart(main)
    return tuple(
        Influence(
            path=factors[n].path, name=factor_name(factors[n], words=words),
            value=float(values[n]), half=float(halves[n]),
            alone=None if alone is None else float(alone[n]),
            ends=None if ends is None else (float(ends[0][n]), float(ends[1][n])),
            told=n in told,
        )
        for n in found.order(main)
    )  # fmt: skip


def courses(computed: Computed) -> tuple[Course, ...]:
    """Every output that was looked at stretch by stretch, if there are two stretches or more."""
    groups: dict[str, list[tuple[int, Found]]] = {}
    for label, found in computed.found.items():
        kpi, day, arm = parted(label)
        if day is not None:
            groups.setdefault(f"{kpi}[{arm}]" if arm else kpi, []).append((day, found))
    return tuple(
        _course(label, stretches, computed)
        for label, stretches in groups.items()
        if len(stretches) > 1
    )


def _course(label: str, stretches: Sequence[tuple[int, Found]], computed: Computed) -> Course:
    shape = (len(computed.study.factors), len(stretches))
    values, told = np.full(shape, np.nan), np.zeros(shape, bool)
    for column, (_, found) in enumerate(stretches):
        if not found.why:
            values[:, column] = found.indices[computed.main][:-1]
            told[list(found.told_apart(computed.main)), column] = True
    return Course(
        label=label, days=tuple(day for day, _ in stretches), values=values, told=told,
        whys=tuple(found.why for _, found in stretches),
    )  # fmt: skip


def answers_of(label: str, computed: Computed) -> Numbers:
    """Means over the replicates of an output at each point, NaN where one failed: of shape (P,)."""
    kpi, day, arm = parted(label)
    place = computed.study.measured.index(kpi if day is None else f"{kpi}@{day}")
    first = next(iter(computed.answers))
    other, minus, _ = arm.partition(f"{_BETWEEN}{first}")
    means = computed.answers[other or first][:, :, place].mean(axis=1)
    if minus:
        means = means - computed.answers[first][:, :, place].mean(axis=1)
    found: Numbers = means
    return found
