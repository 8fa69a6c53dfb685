"""The page of a sensitivity study: what decides the outputs, when, along what, and how sure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.courses import course_finding, draw_course, sizes_of
from sim.report.figures.points import MOST_PANELS, Spread, draw_points, line_of
from sim.report.figures.screening import Effect, draw_plane
from sim.report.figures.sensitivity import draw_influences, influence_finding
from sim.report.fonts import figure_words, font_notice
from sim.report.influences import (
    AMOUNTS,
    answer_text,
    answers_of,
    courses,
    factor_name,
    index_text,
    influences,
    output_name,
    parted,
)
from sim.report.page import Page, Picture, Prose, Section, Table, Tile, render, write_pngs
from sim.report.page import write_report as write_page
from sim.report.sensitivity_tables import (
    effects_table,
    factors_section,
    failed_section,
    how_section,
    indices_table,
    outputs_table,
    stable_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.influences import Course, Influence
    from sim.report.page import Block
    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.result import Computed, Sensitivity
    from sim.words import Words

PAGE, FIGURES = "report.html", "figures"
"""What is written into a folder."""

_NAMED = 3  # factors beside the first that an answer names
_FEWEST = 20  # points below which they tell nothing by eye
_MOSTLY = 0.5  # share of a total index under which a factor acts mostly with others


def sensitivity_page(result: Sensitivity, *, words: Words, command: str) -> str:
    """The page of a study as one HTML file that opens offline.

    Args:
        result: The study.
        words: Language.
        command: The command line that makes it again.
    """
    return render(page_of(result, words=words, command=command), words=words)


def write_sensitivity(folder: Path, result: Sensitivity, *, words: Words, command: str) -> Path:
    """Write ``report.html`` and ``figures/*.png``.

    Args:
        folder: Where.
        result: The study.
        words: Language.
        command: The command line that makes it again.

    Returns:
        Path of the page.

    Raises:
        UserError: As :func:`sim.report.page.write_report`.
    """
    page = page_of(result, words=words, command=command)
    write_pngs(folder / FIGURES, page)
    return write_page(folder / PAGE, page, words=words)


def page_of(result: Sensitivity, *, words: Words, command: str) -> Page:
    """The page of a study, before it is HTML.

    Args:
        result: The study.
        words: Language.
        command: The command line that makes it again.
    """
    computed = result.computed
    sections: list[Section | None] = []
    if not result.missing:
        sections = [
            _outputs_section(computed, words), _time_section(computed, words),
            _points_section(computed, words), _screening_section(result, words),
            failed_section(result, words=words),
        ]  # fmt: skip
    sections.append(factors_section(result, words=words))
    sections.append(how_section(result, words=words, command=command))
    notice = font_notice(words)
    return Page(
        title=_title(result, words), line=_line(result, words), badge=_badge(result, words),
        verdict=_verdict(result, words), tiles=() if result.missing else _tiles(result, words),
        notes=(words.say("factor.note_means"), *((notice,) if notice else ())),
        sections=tuple(one for one in sections if one is not None),
    )  # fmt: skip


def _title(result: Sensitivity, words: Words) -> str:
    from sim.study.sensitivity.community import Community

    base = result.asked.base
    name = result.asked.name
    if isinstance(base, Community):
        name = words.preset(base.variant.scenario.name)
    return result.asked.question_in(words.lang) or words.say("factor.question", name=name)


def _line(result: Sensitivity, words: Words) -> str:
    study, computed = result.computed.study, result.computed
    line = words.say(
        "factor.line", method=words.say(f"factor.method_{study.method}"), size=study.count,
        factors=len(study.factors), points=len(computed.design.shares),
        replicates=study.replicates,
    )  # fmt: skip
    if result.screening is not None:
        line = words.say("factor.line_screened", line=line, all=len(result.asked.factors))
    return words.say("factor.line_days", days=study.days, line=line) if study.days else line


def _badge(result: Sensitivity, words: Words) -> str:
    """How far the community is fitted; a formula has no badge."""
    from sim.study.from_log import Fitted
    from sim.study.sensitivity.community import Community

    base = result.asked.base
    if not isinstance(base, Community):
        return ""
    return words.badge("fitted" if isinstance(base.variant.begins, Fitted) else "not_fitted")


def whole_outputs(computed: Computed) -> dict[str, Found]:
    """Outputs over the whole run, without the stretches."""
    return {label: one for label, one in computed.found.items() if parted(label)[1] is None}


def _verdict(result: Sensitivity, words: Words) -> tuple[str, ...]:
    """A sentence an output; of a study of stretches only, one a course."""
    computed = result.computed
    if result.missing:
        return (words.say("factor.missing", count=result.missing),)
    told = [answer(label, one, computed, words=words) for label, one in
            whole_outputs(computed).items()]  # fmt: skip
    if told:
        return tuple(told)
    names = [factor_name(one, words=words) for one in computed.study.factors]
    stop = "。" if words.lang == "zh" else "."
    return tuple(course_finding(one, names, words=words) + stop for one in courses(computed))


def answer(label: str, found: Found, computed: Computed, *, words: Words) -> str:
    """What decides an output, in two or three sentences.

    Args:
        label: Its label.
        found: What is said of it.
        computed: The computation that it belongs to.
        words: Language.
    """
    if found.why:
        return words.say(
            "factor.no_answer", output=output_name(label, words=words, first=True),
            why=words.say(f"factor.why_{found.why}"),
        )  # fmt: skip
    rows = influences(found, computed=computed, words=words)
    told = [row for row in rows if row.told]
    rest = []
    if told and told[0].alone is not None and told[0].alone < _MOSTLY * told[0].value:
        rest.append(words.say("factor.together"))
    listed = [
        words.say(
            "factor.then_one", name=words.quote(row.name),
            amount=_amount(row, computed.main, label, words),
        )
        for row in told[1 : 1 + _NAMED]
    ]  # fmt: skip
    if listed:
        rest.append(words.say("factor.then", listed=words.join(listed)))
    others = len(rows) - len(told)
    if told and others:
        key = "factor.rest_one" if others == 1 else "factor.rest"
        rest.append(words.say(key, count=others))
    finding = influence_finding(rows, label=label, index=computed.main, words=words)
    text = words.say(
        "factor.sentence", finding=finding, rest=(" " * (words.lang == "en")).join(rest)
    )
    return text.strip()


def _amount(row: Influence, index: str, label: str, words: Words) -> str:
    """An index inside a sentence: shares of variance as percent."""
    if index in ("ST", "S1"):
        return numbers.share(row.value, words=words)
    return index_text(row.value, index, label, words=words)


def _tiles(result: Sensitivity, words: Words) -> tuple[Tile, ...]:
    computed = result.computed
    known = {label: one for label, one in computed.found.items() if not one.why}
    tiles = []
    label, first = next(iter(whole_outputs(computed).items()), ("", None))
    if first is not None and not first.why:
        told, count = len(first.told_apart(computed.main)), len(computed.study.factors)
        output = output_name(label, words=words)
        text = words.say("factor.tile_told_of", told=told, count=count)
        tiles.append(Tile(text, words.say("factor.tile_told"), output))
        if first.luck is not None:
            left = numbers.share(first.luck.mean, words=words)
            tiles.append(Tile(
                numbers.share(first.luck.single, words=words), words.say("factor.tile_luck"),
                words.say("factor.tile_luck_note", output=output, left=left),
            ))  # fmt: skip
    stable = [stable_of(one, computed.main) for one in known.values()]
    judged = [one for one in stable if one is not None]
    if judged:
        text = words.say("factor.tile_told_of", told=sum(judged), count=len(judged))
        tiles.append(Tile(text, words.say("factor.tile_stable"), words.say("factor.tile_outputs")))
    runs = sum(answers[..., 0].size for answers in computed.answers.values())
    if result.screening is not None:
        runs += sum(answers[..., 0].size for answers in result.screening.answers.values())
    tiles.append(Tile(
        numbers.count(len(result.failed), words=words), words.say("factor.tile_failed"),
        words.say("factor.tile_runs", count=numbers.count(runs, words=words)),
    ))  # fmt: skip
    return tuple(tiles)


def _outputs_section(computed: Computed, words: Words) -> Section | None:
    blocks: list[Block] = []
    said = figure_words(words)
    for label, found in whole_outputs(computed).items():
        if found.why:
            blocks.append(Prose((answer(label, found, computed, words=words),)))
            continue
        rows = influences(found, computed=computed, words=said)
        figure = draw_influences(
            rows, words=words, label=label, index=computed.main, floor=found.floor(computed.main)
        )
        table = indices_table(label, found, computed, words=words)
        blocks.append(Picture(f"influences-{_file(label)}", figure, table))
    if blocks:
        blocks.append(outputs_table(whole_outputs(computed), computed, words=words))
    return Section(words.say("factor.section_outputs"), tuple(blocks)) if blocks else None


def _time_section(computed: Computed, words: Words) -> Section | None:
    said = figure_words(words)
    names = [(factor_name(one, words=said), one.path) for one in computed.study.factors]
    blocks: list[Block] = []
    for one in courses(computed):
        if all(one.whys):
            why = words.say(f"factor.why_{one.whys[-1]}")
            output = output_name(one.label, words=words, first=True)
            blocks.append(Prose((words.say("factor.no_answer", output=output, why=why),)))
            continue
        figure = draw_course(one, words=words, index=computed.main, names=names)
        table = _course_table(one, computed, words)
        blocks.append(Picture(f"course-{_file(one.label)}", figure, table))
    stretches = {label: one for label, one in computed.found.items() if "@" in label}
    if stretches:
        folded = words.say("factor.stretches")
        blocks.append(outputs_table(stretches, computed, words=words, folded=folded))
    return Section(words.say("factor.section_time"), tuple(blocks)) if blocks else None


def _course_table(course: Course, computed: Computed, words: Words) -> Table:
    index = computed.main
    header = [words.say("factor.column_factor"), words.say("factor.column_path")]
    header += [words.say("factor.column_day", day=day) for day in course.days]
    order = np.argsort(-np.nan_to_num(sizes_of(course, relative=index in AMOUNTS)).sum(axis=1))
    rows = []
    for n in order:
        factor = computed.study.factors[int(n)]
        values = [index_text(one, index, course.label, words=words) for one in course.values[n]]
        rows.append((factor_name(factor, words=words), factor.path, *values))
    return Table(tuple(header), tuple(rows), right=frozenset(range(2, len(header))))


def _points_section(computed: Computed, words: Words) -> Section | None:
    blocks = []
    for label, found in whole_outputs(computed).items():
        if not found.why and (picture := _points(label, found, computed, words)):
            blocks.append(picture)
    return Section(words.say("factor.section_points"), tuple(blocks)) if blocks else None


def _points(label: str, found: Found, computed: Computed, words: Words) -> Picture | None:
    """The output along its strongest factors, where there are points enough."""
    study = computed.study
    answers = answers_of(label, computed)
    rows = np.isfinite(answers) & (computed.design.luck == 0)
    if rows.sum() < _FEWEST or study.method in ("oat", "factorial"):
        return None
    order = found.order(computed.main)[:MOST_PANELS]
    said, told = figure_words(words), found.told_apart(computed.main)
    spreads = [
        Spread(
            name=factor_name(study.factors[n], words=said), values=computed.numbers[rows, n],
            labels=study.factors[n].labels,
            curved=study.factors[n].distribution == "loguniform", told=n in told,
        )
        for n in order
    ]  # fmt: skip
    figure = draw_points(
        spreads, answers[rows], words=words, label=label, replicates=study.replicates
    )
    cells = []
    for n, spread in zip(order, spreads, strict=True):
        factor, line = study.factors[n], line_of(spread.values, answers[rows])
        name = factor_name(factor, words=words)
        for at, mean, count in zip(line.at, line.means, line.counts, strict=True):
            value = answer_text(float(mean), label, words=words)
            cells.append((name, factor.path, factor.shown(float(at)), value, str(count)))
    mean = words.say("factor.column_mean", output=output_name(label, words=words))
    names = [words.say(f"factor.column_{key}") for key in ("factor", "path", "at")]
    header = (*names, mean, words.say("factor.column_points"))
    table = Table(header, tuple(cells), right=frozenset({2, 3, 4}))
    return Picture(f"points-{_file(label)}", figure, table)


def _screening_section(result: Sensitivity, words: Words) -> Section | None:
    """What the screening saw, and what went on."""
    screening, asked = result.screening, result.asked.screening
    if screening is None or asked is None:
        if result.computed.study.method != "morris":
            return None
        blocks = _planes(result.computed, frozenset(), words)
        return Section(words.say("factor.section_plane"), tuple(blocks)) if blocks else None
    kept = [one.path for one in result.computed.study.factors]
    text = words.say(
        "factor.screened", trajectories=asked.trajectories, count=len(screening.study.factors),
        kept=len(kept),
    )  # fmt: skip
    table = effects_table(screening, kept, words=words)
    planes = _planes(screening, frozenset(kept), words)
    return Section(words.say("factor.section_screening"), (Prose((text,)), table, *planes))


def _planes(computed: Computed, kept: frozenset[str], words: Words) -> list[Picture]:
    """Morris' plane of each output over the whole run."""
    said, pictures = figure_words(words), []
    for label, found in whole_outputs(computed).items():
        if found.why:
            continue
        sizes, spreads = found.indices["mu_star"], found.indices["sigma"]
        told = found.told_apart("mu_star")
        effects = [
            Effect(
                name=factor_name(one, words=said), size=float(sizes[n]), spread=float(spreads[n]),
                told=n in told, kept=one.path in kept,
            )
            for n, one in enumerate(computed.study.factors)
        ]  # fmt: skip
        inert = Effect(
            name=said.say("factor.inert"), size=float(sizes[-1]), spread=float(spreads[-1]),
            told=False, inert=True,
        )  # fmt: skip
        figure = draw_plane([*effects, inert], words=words, label=label)
        table = indices_table(label, found, computed, words=words)
        pictures.append(Picture(f"plane-{_file(label)}", figure, table))
    return pictures


def _file(label: str) -> str:
    """An output's label as part of a file name."""
    return re.sub(r"[^\w.@]+", "-", label).strip("-")
