"""Tables of a sensitivity study's page: indices, outputs, effects, factors, failed runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.influences import factor_name, index_text, output_name
from sim.report.numbers import plain_value
from sim.report.page import Prose, Section, Table
from sim.report.parts import method_section
from sim.study.sensitivity.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.page import Block
    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.factors import Factor
    from sim.study.sensitivity.result import Computed, Sensitivity
    from sim.words import Words

_MOST_FAILED = 20  # failed runs that are listed
_NAMED = 5  # factors that the table of outputs names


def indices_table(label: str, found: Found, computed: Computed, *, words: Words) -> Table:
    """Every index of an output with its 95 % range, the inert factor last.

    Args:
        label: Label of the output.
        found: What is said of it; it has indices.
        computed: The computation that it belongs to.
        words: Language.
    """
    main = computed.main
    header = [words.say("factor.column_factor"), words.say("factor.column_path")]
    for name in METHODS[computed.study.method].columns:
        text = words.say(f"factor.index_{name}")
        ranged = f"{name}_conf" in found.indices
        header += [text, *([words.say("factor.column_range", index=text)] if ranged else [])]
    right = frozenset(range(2, len(header)))
    header.append(words.say("factor.column_told"))
    told, inert = found.told_apart(main), len(computed.study.factors)
    rows = []
    for n in [*found.order(main), inert]:
        yes = "factor.yes" if n in told else "factor.no"
        if n == inert:
            names = [words.say("factor.inert"), numbers.UNDEFINED]
        else:
            factor = computed.study.factors[n]
            names = [factor_name(factor, words=words), factor.path]
        said = numbers.UNDEFINED if n == inert else words.say(yes)
        rows.append((*names, *_cells(n, label, found, computed, words), said))
    return Table(tuple(header), tuple(rows), right=right)


def _cells(n: int, label: str, found: Found, computed: Computed, words: Words) -> list[str]:
    """A factor's indices, each followed by its range where that is known."""
    cells = []
    for name in METHODS[computed.study.method].columns:
        value = float(found.indices[name][n])
        cells.append(index_text(value, name, label, words=words))
        half = found.indices.get(f"{name}_conf")
        if half is None:
            continue
        ends = [value - float(half[n]), value + float(half[n])]
        shown = [_end(end, name, label, words) for end in ends]
        known = np.isfinite(half[n])
        cells.append(numbers.span(*shown, words=words) if known else numbers.UNDEFINED)
    return cells


def _end(value: float, index: str, label: str, words: Words) -> str:
    """An end of a range, which may lie below zero also where the index cannot."""
    text = index_text(value, index, label, words=words)
    return f"-{text}" if value < 0 and not text.startswith("-") and text.strip("0.") else text


def outputs_table(
    found: Mapping[str, Found], computed: Computed, *, words: Words, folded: str = ""
) -> Table:
    """A row an output: what is told from luck, the floor, luck's share, stability, points.

    Args:
        found: What is said of the outputs, by label.
        computed: The computation that they belong to.
        words: Language.
        folded: Words on which it unfolds; empty = always open.
    """
    rows = [_output_row(label, one, computed, words) for label, one in found.items()]
    note = words.say("factor.outputs_note")
    if computed.study.replicates == 1:
        note += " " * (words.lang == "en") + words.say("factor.no_luck")
    columns = ("output", "first", "floor", "luck", "left", "stable", "used")
    return Table(
        tuple(words.say(f"factor.column_{name}") for name in columns), tuple(rows),
        right=frozenset({2, 3, 4, 6}), note="" if folded else note, folded=folded, cards=True,
    )  # fmt: skip


def _output_row(label: str, found: Found, computed: Computed, words: Words) -> tuple[str, ...]:
    row, main = [output_name(label, words=words, first=True)], computed.main
    if found.why:
        row += [words.say(f"factor.why_{found.why}"), numbers.UNDEFINED]
    else:
        told = found.told_apart(main)
        order = [n for n in found.order(main) if n in told]
        paths = [computed.study.factors[n].path for n in order[:_NAMED]]
        paths += [f"+{len(order) - _NAMED}"] if len(order) > _NAMED else []
        unsigned = "span" if main == "effect" else main
        floor = index_text(found.floor(main), unsigned, label, words=words)
        row += [words.join(paths) or words.say("factor.none"), floor]
    luck = found.luck
    shares = (None, None) if luck is None else (luck.single, luck.mean)
    row += [numbers.share(one, words=words) for one in shares]
    stable = stable_of(found, main)
    row.append(
        numbers.UNDEFINED if stable is None else words.say("factor.yes" if stable else "factor.no")
    )
    return (*row, f"{found.used}/{found.used + found.left_out}")


def stable_of(found: Found, main: str) -> bool | None:
    """Whether the order is the same at half the size; None also where no factor has a place."""
    if found.why or not found.told_apart(main):
        return None
    return found.stable(main)


def effects_table(screening: Computed, kept: Sequence[str], *, words: Words) -> Table:
    """Mean size of the effects of the factors that went on, an output a column.

    Args:
        screening: The screening.
        kept: Paths of the factors that went on.
        words: Language.
    """
    outputs = {
        label: one for label, one in screening.found.items() if "@" not in label and not one.why
    }
    rows = []
    for n, factor in enumerate(screening.study.factors):
        if factor.path in kept:
            values = [
                index_text(float(one.indices["mu_star"][n]), "mu_star", label, words=words)
                for label, one in outputs.items()
            ]
            rows.append((factor_name(factor, words=words), factor.path, *values))
    header = [words.say("factor.column_factor"), words.say("factor.column_path")]
    header += [output_name(label, words=words) for label in outputs]
    return Table(
        tuple(header), tuple(rows), right=frozenset(range(2, len(header))), cards=True,
        note=words.say("factor.effects_note"),
    )  # fmt: skip


def failed_section(result: Sensitivity, *, words: Words) -> Section | None:
    """Runs without a result and what went wrong; None = there are none.

    Args:
        result: The study.
        words: Language.
    """
    if not result.failed:
        return None
    out = max((one.left_out for one in result.computed.found.values()), default=0)
    text = words.say("factor.left_out", failed=len(result.failed), out=out)
    listed = list(result.failed.items())[:_MOST_FAILED]
    note = ""
    if len(result.failed) > len(listed):
        note = words.say("factor.failed_more", count=len(listed))
    header = tuple(words.say(f"factor.column_{name}") for name in ("run", "error"))
    table = Table(header, tuple(listed), note=note)
    return Section(words.say("factor.section_failed"), (Prose((text,)), table))


def factors_section(result: Sensitivity, *, words: Words) -> Section:
    """Every factor with its range and where that comes from.

    Args:
        result: The study.
        words: Language.
    """
    used = result.computed.study.factors
    kept = {one.path for one in used}
    others = [one for one in result.asked.factors if one.path not in kept]
    blocks: list[Block] = [_factors_table(used, words)]
    if others:
        folded = words.say("factor.factors_screened", count=len(others))
        blocks.append(_factors_table(others, words, folded=folded))
    return Section(words.say("factor.section_factors"), tuple(blocks))


def _factors_table(factors: Sequence[Factor], words: Words, *, folded: str = "") -> Table:
    """What is known of factors; columns in which nothing stands are left out."""
    shaped = any(one.kind == "categorical" or one.distribution != "uniform" for one in factors)
    columns = {
        "factor.column_factor": [factor_name(one, words=words) for one in factors],
        "factor.column_path": [one.path for one in factors],
        "report.limits": [_range(one, words) for one in factors],
        "factor.column_distribution": [_distribution(one, words) if shaped else ""
                                       for one in factors],
        "factor.column_assumed": [
            "" if one.assumed is None else one.shown(one.assumed) for one in factors
        ],
        "report.confidence": [
            words.say(f"confidence.{one.confidence}") if one.confidence else "" for one in factors
        ],
        "report.source": [one.source for one in factors],
    }  # fmt: skip
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    given = sum(one.own for one in factors)
    ruled = given < len(factors)
    rows = tuple(zip(*kept.values(), strict=True))
    return Table(
        tuple(map(words.say, kept)), rows, folded=folded, whole=frozenset({2}), cards=True,
        note=words.say("factor.ranges_note", given=given, count=len(factors)) if ruled else "",
    )  # fmt: skip


def _range(factor: Factor, words: Words) -> str:
    if factor.kind == "categorical":
        return words.join(list(factor.labels))
    return numbers.span(factor.shown(factor.low), factor.shown(factor.high), words=words)


def _distribution(factor: Factor, words: Words) -> str:
    if factor.kind == "categorical":
        return words.say("factor.distribution_choice")
    shape = [f"{key} {value:g}" for key, value in factor.shape.items()]
    return words.join([words.say(f"factor.distribution_{factor.distribution}"), *shape])


def how_section(result: Sensitivity, *, words: Words, command: str) -> Section:
    """Method in plain sentences, the command to repeat it, the facts.

    Args:
        result: The study.
        words: Language.
        command: The command line that makes it again.
    """
    from sim.report.run import Made
    from sim.study.provenance import versions
    from sim.version import __version__

    study = result.computed.study
    lines = [words.say(f"factor.how_{study.method}")]
    if result.screening is not None:
        lines.append(words.say("factor.how_morris"))
    lines += [words.say(f"factor.how_{name}") for name in ("luck", "floor", "ranges", "blocks")]
    for (first, second), rank in result.asked.dependence.items():
        values = {"one": first, "other": second, "rank": plain_value(rank)}
        lines.append(words.say("factor.how_together", **values))
    made = Made(
        command=command, seed=study.seed, version=__version__, digest=result.asked.digest,
        failed=len(result.failed), versions=versions(),
    )  # fmt: skip
    runs = sum(answers[..., 0].size for answers in result.computed.answers.values())
    return method_section(made, lines, futures=runs, words=words)
