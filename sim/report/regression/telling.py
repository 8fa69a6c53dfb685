"""The sentences and rows that every form of a check shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.metrics import REGISTRY
from sim.report import numbers

if TYPE_CHECKING:
    from sim.study.regression.check import Report
    from sim.study.regression.invariants import Broken
    from sim.study.regression.judging import Row
    from sim.words import Words

SHOWN_BROKEN, SHOWN_FAILED, SHOWN_PARAMETERS, SHOWN_CASES = 20, 10, 5, 3


@dataclass(frozen=True)
class Layer:
    """One layer of a check, in words.

    Attributes:
        key: ``invariants``, ``exact``, ``statistical``, ``decisions``.
        state: Key of ``ci.state_*``.
        detail: What was found.
    """

    key: str
    state: str
    detail: str


@dataclass(frozen=True)
class Told:
    """One row of the table, as texts.

    Attributes:
        case: Community.
        kpi: Name of the KPI, and of what about it.
        before: Value in the baseline.
        after: Value now.
        change: Difference, in percent where the margin is a share of the value.
        interval: 95 % interval of the difference, likewise.
        margin: Largest difference that is equivalent, likewise.
        verdict: In a word.
    """

    case: str
    kpi: str
    before: str
    after: str
    change: str
    interval: str
    margin: str
    verdict: str


def layers(report: Report, *, words: Words) -> tuple[Layer, ...]:
    """The four layers, in order."""
    return (
        _invariants(report, words), _exact(report, words), _statistical(report, words),
        _decisions(report, words),
    )  # fmt: skip


def _invariants(report: Report, words: Words) -> Layer:
    if report.failed:
        one = report.failed[0]
        about = {"count": len(report.failed), "error": one.error}
        return Layer("invariants", "broken", words.say("ci.failed_runs", **about))
    if report.broken:
        about = {"count": len(report.broken), "total": report.invariants}
        return Layer("invariants", "broken", words.say("ci.broken_count", **about))
    return Layer("invariants", "ok", words.say("ci.checks", count=report.invariants))


def _exact(report: Report, words: Words) -> Layer:
    if report.fresh is not None:
        return Layer("exact", "skipped", words.say("ci.fresh", seed=report.fresh))
    if report.first is None:
        return Layer("exact", "same", words.say("ci.all_same", count=_futures(report, words)))
    detail = words.say("ci.first", place=first_place(report, words=words))
    if report.other_machine:
        detail += words.say("ci.aside", text=words.say("ci.other_machine"))
    return Layer("exact", "differs", detail)


def _futures(report: Report, words: Words) -> str:
    """How many futures there are, and of how many if time was up before."""
    count = f"{report.futures:,}"
    if report.futures == report.asked:
        return count
    return words.say("ci.of", count=count, total=f"{report.asked:,}")


def first_place(report: Report, *, words: Words) -> str:
    """Where the first difference is: ``knowledge/future 3/day 0/leaves``."""
    first = report.first
    if first is None:
        return ""
    parts = [first.case, words.say("ci.future", number=first.replicate)]
    if first.day is not None:
        parts.append(words.say("ci.on_day", number=first.day))
    if first.column:
        parts.append(kpi_name(first.column, words=words))
    return "/".join(parts)


def _statistical(report: Report, words: Words) -> Layer:
    total = len(report.rows)
    if report.failed:
        return Layer("statistical", "skipped", words.say("ci.what_failed"))
    if report.verdict == "identical":
        return Layer("statistical", "ok", words.say("ci.follows"))
    if outside := len(report.of("different")):
        detail = words.say("ci.outside", count=outside, total=total)
        return Layer("statistical", "different", detail)
    if unknown := len(report.of("undecided")):
        detail = words.say("ci.not_known", count=unknown, total=total)
        return Layer("statistical", "unclear", detail)
    if not total:
        return Layer("statistical", "skipped", words.say("ci.none_asked"))
    return Layer("statistical", "ok", words.say("ci.inside", total=total))


def _decisions(report: Report, words: Words) -> Layer:
    if report.failed:
        return Layer("decisions", "skipped", words.say("ci.what_failed"))
    flips = [flip for one in report.rankings for flip in one.flips]
    if flips:
        pairs = [words.say("ci.turned_pair", better=one.worse, worse=one.better) for one in flips]
        return Layer(
            "decisions", "different", words.say("ci.turned", count=len(flips), pairs=pairs)
        )
    if not report.rankings:
        return Layer("decisions", "skipped", words.say("ci.none_asked"))
    count = sum(len(one.before) - 1 for one in report.rankings)
    return Layer("decisions", "ok", words.say("ci.order_kept", count=count))


def last_line(report: Report, *, words: Words) -> str:
    """The verdict with its exit code, and what to do about it."""
    budget = f"{report.suite.budget:g}"
    match report.verdict:
        case "identical":
            return words.say("ci.identical", futures=_futures(report, words))
        case "equivalent":
            fresh = report.fresh is not None
            return words.say("ci.equivalent_fresh" if fresh else "ci.equivalent")
        case "different":
            broken = report.broken or report.failed
            key = "ci.broken" if broken else "ci.different"
            return words.say(key, suite=report.suite.source)
    unknown = report.of("undecided")
    kpis = words.say("ci.need_one" if len(unknown) == 1 else "ci.need", count=len(unknown))
    more = f"{max(row.more for row in unknown):,}"
    luck = "ci.pairs" if report.fresh is None else "ci.more_futures"
    key = "ci.inconclusive_pairs" if report.fresh is None else "ci.inconclusive_fresh"
    if report.stopped:
        key = "ci.inconclusive"
    return words.say(key, kpis=kpis, more=words.say(luck, count=more), budget=budget)


def answer(report: Report, *, words: Words) -> list[str]:
    """What the page says first."""
    total = len(report.rows)
    texts = []
    if report.broken or report.failed:
        texts.append(words.say("ci.answer_broken"))
    if report.verdict == "different":
        if count := len(report.of("different")):
            texts.append(words.say("ci.answer_different", count=count, total=total))
        if any(one.flips for one in report.rankings):
            texts.append(words.say("ci.answer_turned"))
        return texts
    if report.verdict == "inconclusive":
        count = len(report.of("undecided"))
        return [words.say("ci.answer_inconclusive", count=count, total=total)]
    return [words.say(f"ci.answer_{report.verdict}")]


def rule(one: Broken, *, words: Words) -> str:
    """What does not hold, in a sentence."""
    probe = f"ci.probe_{one.where}"
    values = {
        "where": words.say(probe) if words.has(probe) else one.where,
        "what": words.say(f"ci.what_{one.what}"),
    }
    if one.detail:
        return words.say("ci.rule_detail", detail=one.detail, **values)
    return words.say("ci.rule", **values)


def broken_lines(report: Report, *, words: Words) -> list[str]:
    """What does not hold and what failed; of very much the first."""
    lines = [rule(one, words=words) for one in report.broken[:SHOWN_BROKEN]]
    lines += [f"{one.variant} {one.replicate}: {one.error}" for one in report.failed[:SHOWN_FAILED]]
    more = len(report.broken) + len(report.failed) - len(lines)
    return [*lines, words.say("ci.broken_more", count=more)] if more else lines


def others_line(count: int, *, words: Words) -> str:
    """How many KPIs are equivalent beside those that are listed."""
    return words.say("ci.others_one" if count == 1 else "ci.others", count=count)


def kpi_name(key: str, *, words: Words) -> str:
    """The key in English, as files have it; the label in Chinese."""
    return words.kpi(key) if words.lang == "zh" else key


def told(row: Row, *, words: Words) -> Told:
    """A row of the table."""
    name = kpi_name(row.kpi, words=words)
    if row.aspect != "mean":
        name = words.say(f"ci.aspect_{row.aspect}", kpi=name)
    before, after = _values(row) if row.aspect == "mean" else _shares(row, words)
    change, low, high, margin = _differences(row, words)
    interval = numbers.UNDEFINED if row.lo is None else f"[{low}, {high}]"
    return Told(
        case=row.case, kpi=name, before=before, after=after, change=change, interval=interval,
        margin=margin, verdict=words.say(f"ci.row_{row.verdict}"),
    )  # fmt: skip


def _shares(row: Row, words: Words) -> tuple[str, str]:
    return numbers.share(row.before, words=words), numbers.share(row.after, words=words)


def _values(row: Row) -> tuple[str, str]:
    """Both means with digits enough to tell them apart by a fifth of the margin."""
    if row.before is None or row.after is None:
        return numbers.UNDEFINED, numbers.UNDEFINED
    places = _places(row.margin / 5)
    before, after = (_number(value, row, places=places) for value in (row.before, row.after))
    return before, after


def _number(value: float | None, row: Row, *, places: int, sign: bool = False) -> str:
    """A value in the KPI's unit."""
    if value is None:
        return numbers.UNDEFINED
    symbol = "¥" if REGISTRY[row.kpi].unit == "yuan" else ""
    return numbers.signed(f"{symbol}{abs(value):,.{places}f}", negative=value < 0, sign=sign)


def _differences(row: Row, words: Words) -> tuple[str, str, str, str]:
    """Change, both ends of its interval, margin: of the value, or in the KPI's own unit."""
    percent = "%" if words.lang == "zh" else " %"
    base = abs(row.before or 0.0)
    if row.aspect != "mean":
        base = 1.0
    elif not base or row.margin > base or REGISTRY[row.kpi].margins.eq.of_revenue:
        places = _places(row.margin / 10)
        change, low, high = (
            _number(value, row, places=places, sign=True) for value in (row.delta, row.lo, row.hi)
        )
        return change, low, high, _number(row.margin, row, places=places)
    change, low, high = (
        numbers.UNDEFINED
        if value is None
        else numbers.signed(f"{abs(100 * value / base):.1f}", negative=value < 0, sign=True)
        for value in (row.delta, row.lo, row.hi)
    )
    return f"{change}{percent}", low, high, f"{round(100 * row.margin / base, 1):g}{percent}"


def _places(step: float) -> int:
    """Decimal places that show a step, at most four."""
    return next((places for places in range(4) if 10.0**-places <= step), 4)


def parameter_lines(report: Report, *, words: Words, most: int = SHOWN_PARAMETERS) -> list[str]:
    """Parameters that are not what they were; one that changed in several communities once."""
    seen: dict[tuple[str, ...], list[str]] = {}
    for case, changed in report.parameters.items():
        for path, (before, after) in changed.items():
            gone, new = _apart(before, after)
            entries = "_entries" if (gone, new) != (before, after) else ""
            told = (f"ci.parameter{entries}", path, _text(gone), _text(new))
            seen.setdefault(told, []).append(case)
    lines = [
        words.say(key, path=path, case=_cases(cases, words), before=before, after=after)
        for (key, path, before, after), cases in list(seen.items())[:most]
    ]
    if len(seen) > most:
        lines.append(words.say("ci.parameters_more", count=len(seen) - most))
    return lines


def _apart(before: object, after: object) -> tuple[object, object]:
    """Of two lists only the entries that the other one has not, unless their order differs."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    gone, new = ([x for x in a if x not in b] for a, b in ((before, after), (after, before)))
    return (gone, new) if gone or new else (before, after)


def _cases(names: list[str], words: Words) -> str:
    """Communities in a sentence: of many the first three, and how many there are."""
    if len(names) <= SHOWN_CASES:
        return words.join(names)
    return words.say("ci.cases", names=names[:SHOWN_CASES], count=len(names))


def _text(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
