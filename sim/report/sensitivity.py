"""What the terminal shows of a sensitivity study, and sentences that page and terminal share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.registry import REGISTRY
from sim.report import numbers
from sim.report.terminal import COLUMNS, labelled, next_lines
from sim.study.sensitivity.analysis import FIRST
from sim.study.sensitivity.community import Community
from sim.study.sensitivity.methods import METHODS
from sim.study.sensitivity.study import names_of
from sim.words.typography import clip, pad, width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.sensitivity import Sensitivity
    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.result import Computed
    from sim.words import Words

_ROWS = 10
"""Factors shown of an output; what is told apart from the inert one is shown in any case."""

_ENDS = 6  # columns of a course
_LEAST = 0.01  # a floor below this is told as this
_TOGETHER = 0.5  # S1 below this share of ST: a factor that matters mostly with others


def output_name(label: str, *, words: Words) -> str:
    """What people call an output: a KPI, the arm behind it."""
    key, _, arm = label.partition("[")
    name = key.partition("@")[0]
    shown = words.kpi(name) if name in REGISTRY else name
    return f"{shown} [{arm}" if arm else shown


def sensitivity_lines(
    result: Sensitivity, *, words: Words, report: str, next_commands: Sequence[tuple[str, str]]
) -> list[str]:
    """The whole answer in at most 80 columns.

    Args:
        result: A finished study, nothing missing.
        words: Language.
        report: Path of the page; empty = none was written.
        next_commands: Commands that can be pasted, each with what it is good for.
    """
    computed = result.computed
    lines = wrap(facts(result, words=words), COLUMNS)
    if result.screening is not None:
        lines += wrap(screening_sentence(result, words=words), COLUMNS)
    for label in _plain_outputs(computed):
        lines += ["", *_output_lines(computed, label, words=words)]
    for name in _courses(computed):
        lines += ["", *_course_lines(computed, name, words=words)]
    if result.failed:
        text = words.say("sensitivity.failed", count=len(result.failed), folder=result.folder or "")
        lines += ["", *wrap(text, COLUMNS)]
    return [*lines, *next_lines(report, next_commands, words)]


def facts(result: Sensitivity, *, words: Words) -> str:
    """Method and size in one line."""
    study, design = result.computed.study, result.computed.design
    return words.say(
        "sensitivity.facts", method=words.say(f"sensitivity.{study.method}"),
        n=f"{study.count:,}", factors=len(study.factors), outputs=len(study.outputs),
        points=f"{len(design.shares) * len(study.subjects):,}", replicates=study.replicates,
    )  # fmt: skip


def screening_sentence(result: Sensitivity, *, words: Words) -> str:
    """What was screened, and which factors went on."""
    assert result.screening is not None
    kept = [one.path for one in result.computed.study.factors]
    return words.say(
        "sensitivity.screened", n=result.screening.study.count,
        factors=len(result.screening.study.factors), kept=len(kept), names=words.join(kept),
    )  # fmt: skip


def _plain_outputs(computed: Computed) -> list[str]:
    return [label for label in computed.found if "@" not in label]


def _courses(computed: Computed) -> list[str]:
    """Daily counts whose course was looked at, each arm's for itself."""
    found = dict.fromkeys(
        label.partition("@")[0] + _arm(label) for label in computed.found if "@" in label
    )
    return list(found)


def _arm(label: str) -> str:
    _, bracket, arm = label.partition("[")
    return bracket + arm


def _output_lines(computed: Computed, label: str, *, words: Words) -> list[str]:
    found = computed.found[label]
    name = output_name(label, words=words)
    if found.why:
        reason = words.say(f"sensitivity.why_{found.why}")
        return labelled(name, [reason])
    lines = [name, *_table(computed, found, words=words)]
    lines += [f"  {line}" for line in wrap(luck_sentence(computed, found, words=words), 76)]
    lines += labelled(
        words.say("sensitivity.reading"), [sentences(reading(computed, label, words=words), words)]
    )
    stable = stable_sentence(computed, found, words=words)
    lines += labelled(words.say("sensitivity.stable_label"), [stable]) if stable else []
    if found.left_out:
        lines += wrap(words.say("sensitivity.left_out", count=found.left_out, output=name), COLUMNS)
    return lines


def _table(computed: Computed, found: Found, *, words: Words) -> list[str]:
    """Factors by the main index, with intervals; the inert one last."""
    names, columns = names_of(computed.study), METHODS[computed.study.method].columns
    shown = shown_factors(found, computed.main)
    head = [words.say("sensitivity.factor")]
    for column in columns:
        head.append(column)
        if f"{column}_conf" in found.indices:
            head.append(words.say("sensitivity.interval"))
    rows = [head]
    for place in (*shown, len(names) - 1):
        inert = place == len(names) - 1
        row = [words.say("sensitivity.inert") if inert else names[place]]
        for column in columns:
            value = float(found.indices[column][place])
            row.append(index_text(value))
            if f"{column}_conf" in found.indices:
                half = float(found.indices[f"{column}_conf"][place])
                row.append(f"[{index_text(value - half)}, {index_text(value + half)}]")
        rows.append(row)
    widths = [max(width(row[i]) for row in rows) for i in range(len(head))]
    room = COLUMNS - 2 - sum(widths[1:]) - 2 * (len(head) - 1)
    widths[0] = min(widths[0], max(room, 12))
    lines = [
        "  "
        + "  ".join(
            pad(clip(text, widths[i]), widths[i], right=i > 0) for i, text in enumerate(row)
        ).rstrip()
        for row in rows
    ]
    rest = len(names) - 1 - len(shown)
    if rest:
        order = found.order(computed.main)
        most = abs(float(found.indices[computed.main][order[len(shown)]]))
        text = words.say("sensitivity.others", count=rest, value=index_text(most))
        lines.insert(-1, "  " + text)
    return lines


def shown_factors(found: Found, main: str) -> list[int]:
    """The strongest factors, all that are told apart from the inert one among the first twenty."""
    order, apart = found.order(main), found.told_apart(main)
    least = min(len(order), _ROWS)
    return [n for place, n in enumerate(order) if place < least or (n in apart and place < 20)]


def sentences(texts: Sequence[str], words: Words) -> str:
    """Sentences one after the other; Chinese has no space between them."""
    return ("" if words.lang == "zh" else " ").join(texts)


def index_text(value: float) -> str:
    """An index as it is printed: ``.41``, ``-.01``, ``1.20``; large ones with three digits."""
    if not np.isfinite(value):
        return "-"
    if abs(value) >= 10:
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    text = f"{value:.2f}"
    if float(text) == 0:
        text = "0.00"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def luck_sentence(computed: Computed, found: Found, *, words: Words) -> str:
    """How much of the variance is luck."""
    if found.luck is None:
        return words.say("sensitivity.luck_unknown")
    return words.say(
        "sensitivity.luck", single=numbers.share(found.luck.single, words=words),
        mean=numbers.share(found.luck.mean, words=words), replicates=computed.study.replicates,
    )  # fmt: skip


def reading(computed: Computed, label: str, *, words: Words) -> list[str]:
    """What the indices of an output mean, in sentences."""
    found, main = computed.found[label], computed.main
    names, output = names_of(computed.study), output_name(label, words=words)
    apart = found.told_apart(main)
    order = [n for n in found.order(main) if n in apart]
    if not order:
        return [words.say("sensitivity.read_none")]
    lead, told = order[0], []
    alone = found.indices.get("S1") if main in {"ST", "S1"} else None
    if alone is not None and alone[lead] > 0:
        share = numbers.share(float(alone[lead]), words=words)
        told.append(
            words.say("sensitivity.read_first", name=names[lead], share=share, output=output)
        )
    else:
        told.append(words.say("sensitivity.read_strongest", name=names[lead], output=output))
    if main == "ST" and alone is not None:
        told += _together(found, order, names, words=words)
    rest = len(names) - 1 - len(order)
    if rest:
        floor = index_text(max(found.floor(main), _LEAST))
        told.append(
            words.say("sensitivity.read_floor", count=rest, all=len(names) - 1, floor=floor)
        )
    return told


def _together(
    found: Found, order: Sequence[int], names: Sequence[str], *, words: Words
) -> list[str]:
    """Which factors matter only with others, where totals tell."""
    alone, total = found.indices["S1"], found.indices["ST"]
    mixed = [names[n] for n in order if alone[n] < _TOGETHER * total[n]][:3]
    told = []
    if mixed:
        told.append(words.say("sensitivity.read_together", names=words.join(mixed)))
    summed = float(np.clip(alone[:-1], 0, None).sum())
    if summed < 0.9:
        share = numbers.share(summed, words=words)
        told.append(words.say("sensitivity.read_interact", share=share))
    return told


def stable_sentence(computed: Computed, found: Found, *, words: Words) -> str:
    """Whether the order of the first factors is the same at half the size; empty = not known."""
    stable = found.stable(computed.main)
    count = min(FIRST, len(found.told_apart(computed.main)))
    if stable is None or not count:
        return ""
    if stable:
        return words.say("sensitivity.stable_yes", count=count)
    more = "" if METHODS[computed.study.method].extends else "_more"
    return words.say(f"sensitivity.stable_no{more}", count=count)


def _course_lines(computed: Computed, name: str, *, words: Words) -> list[str]:
    """The main index of the strongest factors at some days."""
    key, arm = name.partition("[")[0], _arm(name)
    labels = {
        int(label.partition("@")[2].partition("[")[0]): label
        for label in computed.found
        if label.startswith(f"{key}@") and _arm(label) == arm
    }
    ends = sorted(labels)
    places = np.unique(np.linspace(0, len(ends) - 1, min(_ENDS, len(ends))).round().astype(int))
    chosen = [ends[int(place)] for place in places]
    known = [computed.found[labels[end]] for end in ends]
    told = [one.indices[computed.main][:-1] for one in known if not one.why]
    base = computed.study.base
    title = words.say(
        "sensitivity.over_time", output=output_name(name, words=words), index=computed.main,
        every=base.every if isinstance(base, Community) else 1,
    )  # fmt: skip
    if not told:
        return [*wrap(title, COLUMNS), "  " + words.say("sensitivity.read_none")]
    order = np.argsort(-np.nanmax(np.abs(told), axis=0), kind="stable")[:FIRST]
    names = names_of(computed.study)
    rows = [["", *(words.say("sensitivity.day", day=end) for end in chosen)]]
    for n in order:
        row = [names[int(n)]]
        for end in chosen:
            one = computed.found[labels[end]]
            row.append("-" if one.why else index_text(float(one.indices[computed.main][int(n)])))
        rows.append(row)
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  " + "  ".join(pad(text, widths[i], right=i > 0) for i, text in enumerate(row)).rstrip()
        for row in rows
    ]
    return [*wrap(title, COLUMNS), *lines]
