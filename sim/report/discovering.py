"""What was discovered, in plain sentences: where something happens, how sure that is.

Everything is read from the table of ``discover.json``, so that a discovery just made and one read
back are told alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.metrics.stage import STAGES
from sim.report import differences, numbers
from sim.report.explaining import assumption_name
from sim.report.terminal import COLUMNS
from sim.study.discovery.prim import LEAST_COVERAGE
from sim.study.discovery.surrogate import LEAST_Q2
from sim.words.typography import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.words import Words

    Table = Mapping[str, Any]
    Labels = Mapping[str, str]

NOTABLE = 0.02
"""Share of an output's variance from which an interaction is worth a sentence."""

_OPERATORS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_MOST_RULES = 3


def factor_name(name: str, *, words: Words, labels: Labels | None = None) -> str:
    """What people call a factor: its label, else what the parameter means, else its path."""
    if labels and name in labels:
        return labels[name]
    told = assumption_name(name, words=words)
    return told.partition("; ")[0].partition("；")[0]


def factor_value(value: float, factor: Table) -> str:
    """A value of a factor, as exact as its range: about a hundredth of it.

    Args:
        value: The value, in the factor's unit; the code of a category.
        factor: Has ``kind``, ``levels`` and the range as ``low`` and ``high``.
    """
    if factor["kind"] == "categorical":
        return str(factor["levels"][round(value)])
    if factor["kind"] == "integer":
        return f"{round(value):,}"
    width = abs(factor["high"] - factor["low"]) or abs(value) or 1.0
    digits = 2 - math.floor(math.log10(width))
    text = f"{round(value, digits):,.{max(0, digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def condition_said(found: Table, *, words: Words) -> tuple[str, str, str]:
    """The condition in words: ``loses money``, ``(futures) that lose money``, ``lose money``."""
    condition = found["condition"]
    kpi, op, value = condition["kpi"], condition["op"], condition["value"]
    if (kpi, op, value) == ("profit", "<", 0):
        keys = ("discover.loses", "discover.that_loses", "discover.they_lose")
        return words.say(keys[0]), words.say(keys[1]), words.say(keys[2])
    if kpi == "stage":
        shown = words.stage(STAGES[round(value)])
    else:
        shown = numbers.kpi(value, kpi, words=words)
    what = words.say(f"discover.what_{_OPERATORS[op]}", kpi=words.kpi(kpi), value=shown)
    return what, words.say("discover.that", what=what), words.say("discover.they", what=what)


def rules_said(box: Table, found: Table, *, words: Words, labels: Labels | None = None) -> str:
    """The limits of a box in one line: ``price > 240 and tolerance < 0.4``."""
    texts = [restriction_said(one, found, words=words, labels=labels)
             for one in box["restrictions"]]  # fmt: skip
    return words.say("discover.and").join(texts)


def restriction_said(
    one: Table, found: Table, *, words: Words, labels: Labels | None = None
) -> str:
    """One limit: ``price > 240``, ``leaders ≥ 3``, ``channel is direct or invited``."""
    factor = factor_of(found, one["factor"])
    name = factor_name(one["factor"], words=words, labels=labels)
    if one["kept"] is not None:
        return words.say("discover.is", name=name, value=words.say("discover.or").join(one["kept"]))
    low, high = (
        None if one[end] is None else factor_value(one[end], factor) for end in ("low", "high")
    )
    whole = factor["kind"] == "integer"
    if low is not None and high is not None:
        if low == high:
            return words.say("discover.exactly", name=name, value=low)
        return words.say("discover.between", name=name, low=low, high=high)
    if low is not None:
        return words.say("discover.least" if whole else "discover.above", name=name, value=low)
    return words.say("discover.most" if whole else "discover.below", name=name, value=high)


def factor_of(found: Table, name: str) -> Table:
    """What is known of a factor: kind, levels, range."""
    factor: Table = next(one for one in found["factors"] if one["name"] == name)
    return factor


def half_of(curve: Table) -> tuple[float, bool] | None:
    """Where the share passes one half, and whether it is larger above; None if nowhere, or often.

    Args:
        curve: One of ``curves``.
    """
    if len(curve["crossings"]) != 1:
        return None
    return curve["crossings"][0], curve["share"][-1] > curve["share"][0]


def discovery_sentences(
    found: Table, *, words: Words, labels: Labels | None = None
) -> list[list[str]]:
    """What was found, a paragraph each: how often, boxes, rules, thresholds, what acts together.

    Args:
        found: The table of a discovery (``discover.json``).
        words: Language.
        labels: What to call factors, by name; a parameter's meaning by default.
    """
    what, _, _ = condition_said(found, words=words)
    head = [
        words.say(
            "discover.head", what=_begin(what), cases=numbers.count(found["cases"], words=words),
            rows=numbers.count(found["rows"], words=words),
            share=numbers.share(found["base"], words=words),
        )
    ]  # fmt: skip
    if found["left_out"]:
        kpi = words.kpi(found["condition"]["kpi"])
        head.append(words.say("discover.left_out", kpi=kpi, count=found["left_out"]))
    parts = [
        head,
        _boxes_said(found, words=words, labels=labels),
        _tree_said(found, words=words, labels=labels),
        _halves_said(found, words=words, labels=labels),
        _surrogate_said(found, words=words, labels=labels),
    ]
    return [part for part in parts if part]


def discovery_lines(found: Table, *, words: Words, labels: Labels | None = None) -> list[str]:
    """The same for the terminal: at most 80 columns, an empty line between paragraphs."""
    lines = list[str]()
    for part in discovery_sentences(found, words=words, labels=labels):
        lines += [""] if lines else []
        for sentence in part:
            lines += fold(sentence, COLUMNS, indent="  ")
    return lines


def _boxes_said(found: Table, *, words: Words, labels: Labels | None) -> list[str]:
    if not found["boxes"]:
        return [words.say("discover.no_box")]
    sentences = []
    for number, box in enumerate(found["boxes"]):
        sentence = _box_said(box, found, words=words, labels=labels)
        if number:
            sentence = words.say("discover.elsewhere", sentence=sentence)
        sentences.append(sentence)
    stable = found["boxes_stability"]
    if not stable["holds"]:
        return [*sentences, words.say("discover.chance")]
    _, that, _ = condition_said(found, words=words)
    low, middle, high = (round(100 * stable["density"][end]) for end in ("p05", "p50", "p95"))
    sentences.append(
        words.say(
            "discover.checked", count=stable["resamples"], low=low, middle=middle, high=high,
            that=that, coverage=numbers.share(stable["coverage"]["p50"], words=words),
        )
    )  # fmt: skip
    listed = [
        words.say(
            "discover.again_one", name=factor_name(one["factor"], words=words, labels=labels),
            share=numbers.share(stable["used"][one["factor"]], words=words),
        )
        for one in found["boxes"][0]["restrictions"]
    ]  # fmt: skip
    return [*sentences, words.say("discover.again", listed=listed)]


def _box_said(box: Table, found: Table, *, words: Words, labels: Labels | None) -> str:
    what, that, _ = condition_said(found, words=words)
    often, total = differences.times(box["density"], n=box["rows"], words=words)
    rules = rules_said(box, found, words=words, labels=labels)
    if words.lang == "zh" and rules[-1].isascii():
        rules += " "
    sentence = words.say(
        "discover.box", what=what, often=often, total=total, that=that,
        rules=rules,
        coverage=numbers.share(box["coverage"], words=words),
    )  # fmt: skip
    return _begin(sentence)


def _tree_said(found: Table, *, words: Words, labels: Labels | None) -> list[str]:
    tree = found["tree"]
    chosen = tree["leaves"][: tree["chosen"]]
    rules = [rule for rule in chosen if rule["coverage"] >= LEAST_COVERAGE][:_MOST_RULES]
    if not rules or not found["tree_stability"]["holds"]:
        return [words.say("discover.no_rule")]
    said = [_box_said(rule, found, words=words, labels=labels) for rule in rules]
    return [words.say("discover.tree"), *said]


def _halves_said(found: Table, *, words: Words, labels: Labels | None) -> list[str]:
    _, _, they = condition_said(found, words=words)
    sentences = []
    for curve in found["curves"]:
        half = half_of(curve)
        if half is None:
            continue
        factor, (value, above) = factor_of(found, curve["factor"]), half
        span = ""
        if curve["crossing_band"]:
            low, high = (factor_value(end, factor) for end in curve["crossing_band"])
            span = words.say("discover.half_span", low=low, high=high)
        sentences.append(
            words.say(
                f"discover.half_{'above' if above else 'below'}", span=span, they=they,
                name=_begin(factor_name(curve["factor"], words=words, labels=labels)),
                value=factor_value(value, factor),
            )
        )  # fmt: skip
    return sentences


def _surrogate_said(found: Table, *, words: Words, labels: Labels | None) -> list[str]:
    surrogate, kpi = found["surrogate"], words.kpi(found["condition"]["kpi"])
    if surrogate is None:
        return []
    values = {
        "method": words.say(f"discover.{surrogate['method']}"), "kpi": kpi,
        "q2": f"{surrogate['q2']:.2f}",
    }  # fmt: skip
    if not surrogate["trusted"]:
        return [_begin(words.say("discover.untrusted", least=f"{LEAST_Q2:g}", **values))]
    share = numbers.share(surrogate["q2"], words=words)
    return [
        *_pairs_said(found["interactions"], kpi=kpi, words=words, labels=labels),
        words.say("discover.surrogate", share=share, **values),
    ]


def _pairs_said(
    pairs: Sequence[Table], *, kpi: str, words: Words, labels: Labels | None
) -> list[str]:
    told = [pair for pair in pairs if pair["share"] >= NOTABLE]
    if pairs and not told:
        return [words.say("discover.apart")]
    sentences = []
    for pair in told:
        first, second = (factor_name(one, words=words, labels=labels) for one in pair["factors"])
        share = numbers.share(pair["share"], words=words)
        said = words.say("discover.together", first=first, second=second, share=share, kpi=kpi)
        sentences.append(_begin(said))
    return sentences


def _begin(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
