"""What a fit says: a scenario file whose numbers tell their source, JSON, the terminal's table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.terminal import COLUMNS, headline, table_lines
from sim.scenario import Scenario, Source
from sim.study.fit import SCHEMA, SILENT
from sim.words import Words
from sim.words.typography import wrap

if TYPE_CHECKING:
    from sim.logs.estimate import Estimate
    from sim.parameters.base import Confidence
    from sim.study.fit import LogFit

_GROUPS = {
    "law": ("law.",),
    "talk": ("again.", "member.", "talk.", "arrival."),
    "luck": ("shock.", "walk_week"),
    "week": ("rhythm.",),
    "coming": ("newcomers_week", "reach.", "members."),
}
"""Groups of the table by the beginnings of their keys."""
_NAMES = ("name", "title", "kind")
_COUNTED = ("members.initial", "members.history", "start")
_MUCH, _SOME = 0.75, 0.4  # contraction
_NARROW, _WIDE = 0.1, 0.3  # standard deviation, of the value


def confidence(one: Estimate) -> Confidence:
    """How far to trust an estimate: by what the log taught, else by how narrow it is."""
    learned = one.contraction
    if learned is None:
        wide = one.sd if one.log else one.sd / max(abs(one.value), 1e-9)
        return "high" if wide < _NARROW else "medium" if wide < _WIDE else "low"
    if learned < SILENT:
        return "unknown"
    return "high" if learned >= _MUCH else "medium" if learned >= _SOME else "low"


def community(fit: LogFit, *, file: str, digest: str, name: str, words: Words) -> Scenario:
    """The fitted scenario with its name, title and sources.

    Args:
        fit: What was fitted.
        file: Name of the event file.
        digest: SHA-256 of its content.
        name: Name of the scenario.
        words: Language of the title; sources are in both.
    """
    until = datetime.fromtimestamp(fit.community.start, UTC).date().isoformat()
    title = words.say("fit.named", file=file[:80], digest=digest[:12], until=until)
    values: dict[str, object] = {"name": name, "title": title, "start": until}
    given = fit.scenario.flat()
    # four digits are more than any log tells
    values |= {path: float(f"{given[path]:.4g}") for path in fit.estimates}
    named = fit.scenario.replace(values)
    sources = {path: _source(one, file) for path, one in fit.estimates.items()}
    sources |= {path: _plain("fit.source_counted", "high", file) for path in _COUNTED}
    defaults = Scenario.build({}).flat()
    for path, value in named.flat().items():
        if path not in sources and path not in _NAMES and value != defaults[path]:
            sources[path] = _plain("fit.source_forecast", "low", file)
    return named.replace({"sources": sources})


def _source(one: Estimate, file: str) -> Source:
    learned = one.contraction
    key = "fit.source" if learned is None or learned >= SILENT else "fit.source_silent"
    low, high = numbers.decimal(one.low), numbers.decimal(one.high)
    english, chinese = (
        Words(lang).say(key, file=file, low=low, high=high) for lang in ("en", "zh")
    )
    return Source(english, confidence(one), chinese)


def _plain(key: str, trust: Confidence, file: str) -> Source:
    english, chinese = (Words(lang).say(key, file=file) for lang in ("en", "zh"))
    return Source(english, trust, chinese)


def fit_json(fit: LogFit, *, about: dict[str, Any]) -> dict[str, Any]:
    """What ``<stem>.fit.json`` says.

    Args:
        fit: What was fitted.
        about: The file, the command, versions.
    """
    series = fit.community.series
    return {
        "schema": SCHEMA,
        **about,
        "weeks": int(series.speakers.size),
        "members": int(fit.community.states.member.size),
        "member_weeks": fit.member_weeks,
        "parameters": {path: _table(one) for path, one in fit.estimates.items()},
        "also": {key: _table(one) for key, one in fit.also.items()},
        "turnover": {key: _table(one) for key, one in vars(fit.members).items()},
        "correlated": [
            {"first": first, "second": second, "correlation": value}
            for first, second, value in fit.correlated
        ],
        "says_nothing_about": list(fit.silent),
    }


def _table(one: Estimate) -> dict[str, Any]:
    return {
        "value": one.value, "low": one.low, "high": one.high, "sd": one.sd,
        "scale": "log" if one.log else "plain", "prior_sd": one.prior_sd,
        "contraction": one.contraction, "confidence": confidence(one),
    }  # fmt: skip


def fit_lines(
    fit: LogFit, *, file: str, first: str, last: str, shocks: list[tuple[str, str]], words: Words
) -> list[str]:
    """The fit as the terminal shows it, at most 80 columns.

    Args:
        fit: What was fitted.
        file: Name of the event file.
        first: Date of its first event.
        last: Date of its last.
        shocks: Day and name of the past shocks.
        words: Language.
    """
    count = int(fit.community.states.member.size)
    member_weeks = numbers.count(fit.member_weeks, words=words)
    seen = words.say(
        "fit.seen", first=first, last=last, weeks=fit.community.series.speakers.size,
        members=numbers.count(count, words=words), rows=member_weeks,
    )  # fmt: skip
    title = words.say("fit.title", file=file)
    lines = [*headline(title, words.badge("fitted")), *wrap(seen, COLUMNS), ""]
    head = ["", *(words.say(f"fit.column_{name}") for name in ("value", "range", "learned"))]
    every = fit.estimates | fit.also
    rows: list[list[str]] = []
    for group, starts in _GROUPS.items():
        rows.append([words.say(f"fit.group_{group}"), "", "", ""])
        rows += [
            _row(words.say(f"fit.{key}"), one, words)
            for start in starts
            for key, one in every.items()
            if key.startswith(start)
        ]
    rows.append([words.say("fit.group_members"), "", "", ""])
    rows += [
        _row(words.say(f"fit.{key}"), one, words, share=True)
        for key, one in vars(fit.members).items()
    ]
    rows += _shock_rows(fit, shocks, words)
    lines += table_lines(head, rows, right=frozenset({1, 3}))
    return [*lines, "", *_remarks(fit, words)]


def _row(label: str, one: Estimate, words: Words, *, share: bool = False) -> list[str]:
    told = [
        numbers.share(value, words=words) if share else numbers.decimal(value)
        for value in (one.value, one.low, one.high)
    ]
    learned = one.contraction
    known = "" if learned is None else numbers.share(learned, words=words)
    return [f"  {label}", told[0], numbers.span(told[1], told[2], words=words), known]


def _shock_rows(fit: LogFit, shocks: list[tuple[str, str]], words: Words) -> list[list[str]]:
    keys = [key for key in fit.also if key.startswith("shock_")]
    if not keys:
        return []
    rows = [[words.say("fit.group_dated"), "", "", ""]]
    for key in keys:
        number, part = map(int, key.split("_")[1:])
        day, kind = shocks[number]
        form = "fit.shock_week" if part else "fit.shock_before"
        values = {"week": part} if part else {}
        rows.append(_row(words.say(form, day=day, kind=kind, **values), fit.also[key], words))
    return rows


def _remarks(fit: LogFit, words: Words) -> list[str]:
    """What the table means, what cannot be told apart, what the log does not say."""
    told = [words.say("fit.learned_note")]
    for first, second, value in fit.correlated:
        one, other = (words.say(f"fit.{path}") for path in (first, second))
        told.append(
            words.say("fit.pairs", first=one, second=other, correlation=numbers.decimal(value))
        )
    paths = [item for item in fit.silent if "." in item]
    if paths:
        told.append(words.say("fit.silent", items=[words.say(f"fit.{path}") for path in paths]))
    unseen = [words.say(f"fit.silent_{item}") for item in fit.silent if "." not in item]
    told.append(words.say("fit.unseen", items=unseen))
    return [line for text in told for line in wrap(text, COLUMNS)]
