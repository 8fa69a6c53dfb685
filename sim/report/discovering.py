"""What was discovered, in plain sentences: where something happens, how sure that is.

Everything is read from the table of ``discover.json``, so that a discovery just made and one read
back are told alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import differences, numbers
from sim.report.findings import (
    NOTABLE,
    begun,
    condition_said,
    factor_name,
    factor_of,
    factor_value,
    half_of,
    rules_said,
)
from sim.report.terminal import COLUMNS
from sim.study.discovery.prim import LEAST_COVERAGE
from sim.study.discovery.surrogate import LEAST_Q2
from sim.words.typography import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.words import Words

    Table = Mapping[str, Any]
    Labels = Mapping[str, str]

_MOST_RULES = 3
_OFTEN = 0.5  # share of resamples in which a limit has to come back to be told without a warning


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
            "discover.head", what=begun(what), cases=numbers.count(found["cases"], words=words),
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
    used = {
        factor_name(one["factor"], words=words, labels=labels): stable["used"][one["factor"]]
        for one in found["boxes"][0]["restrictions"]
    }
    listed = [
        words.say("discover.again_one", name=name, share=numbers.share(share, words=words))
        for name, share in used.items()
    ]
    sentences.append(words.say("discover.again", listed=listed))
    if shaky := [name for name, share in used.items() if share < _OFTEN]:
        sentences.append(words.say("discover.shaky", listed=shaky))
    return sentences


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
    return begun(sentence)


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
        low, high = (factor_value(end, factor) for end in curve["crossing_band"])
        sentences.append(
            words.say(
                f"discover.half_{'above' if above else 'below'}", low=low, high=high, they=they,
                name=begun(factor_name(curve["factor"], words=words, labels=labels)),
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
        return [begun(words.say("discover.untrusted", least=f"{LEAST_Q2:g}", **values))]
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
        said = words.say("discover.together", one=first, other=second, share=share, kpi=kpi)
        sentences.append(begun(said))
    return sentences
