"""What the terminal shows of an explanation, and the names that page and terminal share."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics.registry import REGISTRY
from sim.report import differences, numbers
from sim.report.numbers import plain_value
from sim.report.terminal import COLUMNS, headline, next_lines, table_lines
from sim.study.explain.ranges import FACTORS
from sim.study.explain.shapley import rounded
from sim.words.typography import clip, fold, pad, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.figures import Part, Swing
    from sim.words import Words

    Table = Mapping[str, Any]

_BAR, _NAME = 16, 24
_MOSTLY = 0.5


def player_name(player: Table, *, words: Words) -> str:
    """What people call a change: ``free course``, ``without welcome``, ``wallet 90 (was 120)``."""
    name, kind = str(player["name"]), player["kind"]
    if kind == "setting":
        before, after = (plain_value(player[when].get(name)) for when in ("before", "after"))
        label = assumption_name(name, words=words)
        return words.say("explain.setting", name=label, after=after, before=before)
    if kind == "settings":
        return words.say("explain.settings", count=len(player["after"]))
    if kind == "start":
        return words.say("explain.start", name=words.preset(name))
    if kind == "all":
        return words.say("explain.all")
    policy = words.policy(name)
    if kind == "policy":
        return policy
    return words.say(f"explain.{kind}", policy=policy)


def assumption_name(path: str, *, words: Words) -> str:
    """What an assumption means: a parameter's meaning, or a policy and what is set of it."""
    from sim.parameters import by_path
    from sim.policies.base import settings_of
    from sim.policies.registry import policy_class

    if path in by_path():
        return words.parameter(path, by_path()[path].note)
    name, _, key = path.rpartition(".")
    use = name.partition("#")[0]
    if not use:
        return path
    text = f"setting.{use}.{key}"
    meaning = words.say(text) if words.has(text) else ""
    try:
        notes = {one.name: one.note for one in settings_of(policy_class(use))}
    except UserError:  # a policy from elsewhere that is not installed here
        notes = {}
    colon = "：" if words.lang == "zh" else ": "
    return words.policy(name) + colon + (meaning or notes.get(key, key))


def parts_of(explained: Table, *, words: Words) -> tuple[Part, ...]:
    """What each change adds, as the page draws it."""
    from sim.report.figures import Part

    return tuple(
        Part(name=player_name(one, words=words), value=one["value"], low=one["lo"], high=one["hi"])
        for one in explained["players"]
    )


def swings_of(explained: Table, *, words: Words) -> tuple[Swing, ...]:
    """How far assumptions move the difference, as the page draws it."""
    from sim.report.figures import Swing

    return tuple(
        Swing(
            name=assumption_name(bar["path"], words=words), low=_short(bar["low"]),
            high=_short(bar["high"]), at_low=bar["at_low"], at_high=bar["at_high"],
        )
        for bar in explained["assumptions"]["tornado"]
    )  # fmt: skip


def printed_parts(values: Sequence[float], step: float) -> list[float]:
    """Values rounded to a step so that they add up to their sum as it is printed."""
    return [one * step for one in rounded([Fraction(value) / Fraction(step) for value in values])]


def explanation_lines(
    explained: Table,
    *,
    words: Words,
    name: str,
    days: int,
    labels: Mapping[str, str],
    badge: str = "not_fitted",
    report: str = "",
    next_commands: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """The result of ``qunsim explain``.

    Args:
        explained: Content of ``explain.json``.
        words: Language.
        name: The community, as people call it.
        days: Horizon.
        labels: What people call the variants, by name.
        badge: Key of ``badge.*``.
        report: Path of the report, if one was written.
        next_commands: Commands that can be pasted, each with what it is good for.

    Returns:
        Lines of at most 80 columns (a path or command that is longer stays whole).
    """
    variant = labels[explained["variant"]]
    lines = headline(words.say("explain.title", v=variant), words.badge(badge))
    some = explained["futures"] < explained["pairs"]
    facts = words.say(
        "explain.facts_some" if some else "explain.facts", name=name, days=days,
        kpi=words.kpi(explained["goal"]), futures=explained["futures"], pairs=explained["pairs"],
    )  # fmt: skip
    lines += [*fold(facts, COLUMNS), ""]
    lines += fold(lead(explained, words=words, labels=labels), COLUMNS)
    if explained["players"]:
        lines += ["", *_waterfall(explained, words, labels)]
    lines += ["", *_assumption_lines(explained, words, labels)]
    return lines + next_lines(report, next_commands, words)


def lead(explained: Table, *, words: Words, labels: Mapping[str, str]) -> str:
    """The answer in a sentence: what the variant brings, and what most of it comes from."""
    goal, total = explained["goal"], explained["total"]
    values: dict[str, Any] = {
        "v": labels[explained["variant"]], "b": labels[explained["baseline"]],
    }  # fmt: skip
    players = explained["players"]
    if not players:
        return words.say("explain.nothing", **values)
    if not total:
        return words.say("explain.no_gain", kpi=words.kpi(goal), **values)
    half = (explained["hi"] - explained["lo"]) / 2
    values["gain"] = differences.gain(total, goal, words=words, half_width=half)
    if len(players) == 1:
        return words.say("explain.plain", **values)
    top = max(players, key=lambda one: one["value"] * total)
    others = [one for one in players if one["value"] * total < 0 and not _unclear(one)]
    found = []
    if top["value"] / total > _MOSTLY and not _unclear(top):
        found.append("mostly")
        values["policy"] = player_name(top, words=words)
    if others:
        found.append("against")
        names = [player_name(one, words=words) for one in others]
        values["other" if len(found) > 1 else "policy"] = differences.listing(names, words=words)
    return words.say(f"explain.{'_'.join(found) or 'plain'}", **values)


def _waterfall(explained: Table, words: Words, labels: Mapping[str, str]) -> list[str]:
    """Baseline, one bar a change from where the last one ended, the variant."""
    goal, players = explained["goal"], explained["players"]
    halves = [(one["hi"] - one["lo"]) / 2 for one in players]
    half = min(halves) if REGISTRY[goal].unit == "yuan" else None
    values = [one["value"] for one in players]
    step = _step(goal, half, largest=max(map(abs, (*values, explained["total"]))))
    parts = printed_parts(values, step)
    shown = math.fsum(parts)
    sizes = [abs(part) for part in (*parts, shown)]
    like = max(sizes)
    sure = explained["lo"] > 0 or explained["hi"] < 0

    def amount(value: float) -> str:
        return differences.difference(value, goal, words=words, half_width=10 * step, like=like)

    def ends(one: Table) -> list[str]:
        return [
            differences.difference(one[end], goal, words=words, half_width=half, like=like)
            for end in ("lo", "hi")
        ]

    bars = _bars([*parts])
    rows = []
    for one, part, bar in zip(players, parts, bars, strict=True):
        low, high = ends(one)
        label = clip(player_name(one, words=words), _NAME) + (" *" if _unclear(one) else "")
        share = numbers.share(part / shown, words=words) if sure and shown else ""
        rows.append([label, amount(part), bar, numbers.span(low, high, words=words), share])
    low, high = ends(explained)
    base = numbers.kpi(explained["base_value"], goal, words=words, half_width=half)
    rows.insert(0, [clip(labels[explained["baseline"]], _NAME), base, "", "", ""])
    rows.append([
        clip(labels[explained["variant"]], _NAME), amount(shown), _bars([shown], like=parts)[0],
        numbers.span(low, high, words=words), numbers.share(1.0, words=words) if sure else "",
    ])  # fmt: skip
    header = ["change", "adds", "", "average", "part" if sure else ""]
    texts = [words.say(f"explain.{key}") if key else "" for key in header]
    lines = table_lines(texts, rows, right=frozenset({1, 4}))
    unclear = any(map(_unclear, players))
    if len(players) > 1:
        note = words.say("explain.shared" if unclear else "explain.shared_sure")
        lines += ["", *fold(note, COLUMNS)]
    return lines


def _step(goal: str, half: float | None, *, largest: float) -> float:
    """The last digit that is printed of differences of this KPI, the largest given."""
    unit = REGISTRY[goal].unit
    if unit != "yuan":
        return {"share": 0.001, "ratio": 0.01}.get(unit, 1.0)
    step = 1.0 if half is None or half <= 10 else 10.0 ** round(math.log10(half / 10))
    if largest >= 10_000:  # three significant digits
        step = max(step, 10.0 ** (math.floor(math.log10(largest)) - 2))
    return step


def _bars(parts: Sequence[float], *, like: Sequence[float] = ()) -> list[str]:
    """Bars of ``#`` for more and ``-`` for less, each from where the one before ended."""
    ends = [0.0]
    for part in like or parts:
        ends.append(ends[-1] + part)
    low, span = min(ends), (max(ends) - min(ends)) or 1.0
    at, bars = 0.0, []
    for part in parts:
        first, last = sorted((at, at + part))
        begin = round((first - low) / span * _BAR)
        size = max(1, round((last - low) / span * _BAR) - begin) if part else 0
        begin = min(begin, _BAR - size)
        bars.append(pad(" " * begin + ("#" if part > 0 else "-") * size, _BAR))
        at += part
    return bars


def _unclear(player: Table) -> bool:
    return bool(player["lo"] <= 0 <= player["hi"])


def _assumption_lines(explained: Table, words: Words, labels: Mapping[str, str]) -> list[str]:
    found, goal = explained["assumptions"], explained["goal"]
    counts = [
        words.say("explain.ahead", v=labels.get(name, name), k=count)
        for name, count in found["ahead"].items()
    ]
    lines = [words.say("explain.assumptions")]
    joined = ("，" if words.lang == "zh" else ", ").join(counts)
    lines += fold(words.say("explain.at_once", m=found["sets"], counts=joined), COLUMNS)
    bars = found["tornado"]
    if bars:
        lines += ["", words.say("explain.one_by_one"), *_tornado(bars, goal, words)]
        lines += ["", *fold(turning_sentence(explained, words=words, labels=labels), COLUMNS)]
    factors = words.join([
        words.say("explain.factor", factor=f"{factor:g}", confidence=words.say(f"confidence.{key}"))
        for key, factor in FACTORS.items()
    ])  # fmt: skip
    return [*lines, *fold(words.say("explain.rule", factors=factors), COLUMNS)]


def _tornado(bars: Sequence[Table], goal: str, words: Words) -> list[str]:
    half = min((bar["at_low_hi"] - bar["at_low_lo"]) / 2 for bar in bars)
    like = max(abs(bar[end]) for bar in bars for end in ("at_low", "at_high"))
    rows = []
    for bar in bars:
        ends = [
            differences.difference(bar[end], goal, words=words, half_width=half, like=like)
            for end in ("at_low", "at_high")
        ]
        span = numbers.span(_short(bar["low"]), _short(bar["high"]), words=words)
        rows.append([assumption_name(bar["path"], words=words), span, *ends])
    header = [words.say(f"explain.{key}") for key in ("assumption", "values", "at_low", "at_high")]
    room = COLUMNS - sum(max(width(row[i]) for row in (header, *rows)) + 2 for i in (1, 2, 3))
    told = []
    for name, *values in rows:  # a long name goes on beneath, so that it can be understood
        first, *more = fold(name, room - 2)
        told += [[first, *values], *([f"  {line}", "", "", ""] for line in more)]
    return table_lines(header, told, right=frozenset({2, 3}))


def turning_sentence(explained: Table, *, words: Words, labels: Mapping[str, str]) -> str:
    """From where on one assumption alone changes who is ahead, or that none does."""
    found = explained["assumptions"]
    if explained["lo"] <= 0 <= explained["hi"]:
        return words.say("explain.unclear")
    if not found["turning"]:
        return words.say("explain.none_turns")
    points = [
        words.say(
            "compare.turning_below" if point["below"] else "compare.turning_above",
            name=assumption_name(point["path"], words=words), value=_short(point["value"]),
            default=_short(point["default"]),
        )
        for point in found["turning"]
    ]  # fmt: skip
    direction = REGISTRY[explained["goal"]].direction or 1
    key = "falls_behind" if explained["total"] * direction > 0 else "gets_ahead"
    return words.say(
        f"explain.{key}", turning=words.say("compare.or").join(points),
        v=labels[explained["variant"]], b=labels[explained["baseline"]],
    )  # fmt: skip


def _short(value: float) -> str:
    return plain_value(float(f"{value:.3g}"))
