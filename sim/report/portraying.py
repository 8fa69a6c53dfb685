"""A real community's portrait in words: its numbers, weeks that stand out, its place among others.

Terminal and page say the same; what a log cannot tell is said to be unknown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.logs.table import DAY, WEEK
from sim.report import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.logs.network import ReplyNetwork
    from sim.logs.peers import Place
    from sim.logs.portrait import Portrait
    from sim.logs.shocks import Shock
    from sim.words import Words

_SHARES = (
    "reply_share", "last_to_peak", "top1_share", "top10_share", "once", "one_day", "ret30_60",
    "newcomer_share", "answered", "first_answered", "reciprocity", "top10_received", "largest",
)  # fmt: skip
_MEANS = (
    "messages_per_active_day", "messages_per_speaking_day", "mam_last3", "med_life_days",
    "speakers_week", "messages_week", "newcomers_week", "gini", "burstiness", "member_burstiness",
    "messages_speaker_week",
)  # fmt: skip
_CHANGES = ("growth_quarter", "growth_year", "growth")
_SHOWN_TWICE = ("top1", "top10", "too_quiet")  # exact variants of what is shown, and riders
_NETWORK = ("answered", "first_answered", "reciprocity", "top10_received", "largest")
_ORDINARY = 0.25  # a rank this near to the middle is nothing to talk about
_TOGETHER = 2  # weeks within which shocks of both series are one


@dataclass(frozen=True)
class OutOfLine:
    """Something that stands out.

    Attributes:
        start: Seconds since 1970 UTC at which it begins.
        text: A sentence about it.
    """

    start: int
    text: str


def date_of(seconds: int) -> dt.date:
    """The UTC date of a moment."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def statistic_rows(portrait: Portrait, *, words: Words) -> list[tuple[str, str]]:
    """Label and value of every single number of a portrait."""
    statistics = dict(portrait.statistics)
    rows = []
    for name, value in statistics.items():
        if name in _SHOWN_TWICE:
            continue
        rows.append((_label(name, words), statistic(name, value, statistics, words=words)))
        if name == "stage" and not statistics["too_quiet"]:
            since = date_of(portrait.start + portrait.spells[-1][1] * DAY)
            rows.append((words.say("describe.since"), numbers.calendar_date(since, words=words)))
    if portrait.network is None:
        return [*rows, (words.say("describe.answers"), words.say("describe.unknown"))]
    for name in _NETWORK:
        value = getattr(portrait.network, name)
        rows.append((_label(name, words), statistic(name, value, statistics, words=words)))
    return [*rows, (words.say("describe.core"), _core(portrait.network, words))]


def _label(name: str, words: Words) -> str:
    key = f"describe.{name}"
    return words.say(key) if words.has(key) else name


def statistic(name: str, value: Any, statistics: dict[str, Any], *, words: Words) -> str:
    """A statistic as people read it.

    Args:
        name: As in :func:`sim.logs.describe.describe` or :func:`sim.logs.peers.period`.
        value: Its value; None = unknown.
        statistics: All of them; ``too_quiet`` is looked at for the stage.
        words: Language.
    """
    if value is None:
        return words.say("describe.unknown")
    if name == "stage":
        return words.say("stage.too_quiet") if statistics["too_quiet"] else words.stage(value)
    if name == "hours":
        busiest = max(range(24), key=value.__getitem__)
        share = numbers.share(value[busiest], words=words)
        return words.say("describe.hour", hour=f"{busiest:02d}:00", share=share)
    if name == "weekdays":
        busiest = max(range(7), key=value.__getitem__)
        share = numbers.share(value[busiest], words=words)
        return words.say("describe.day", day=words.say(f"describe.day_{busiest}"), share=share)
    if name in _CHANGES:
        return ("+" if value > 0 else "") + numbers.share(value, words=words)
    if name in _SHARES:
        return numbers.share(value, words=words)
    if name in _MEANS:
        return numbers.decimal(value)
    return numbers.count(value, words=words) if isinstance(value, int) else str(value)


def _core(network: ReplyNetwork, words: Words) -> str:
    values = {"size": network.core_size, "degree": network.core_degree}
    return words.say("describe.core_of", **values)


def network_facts(network: ReplyNetwork, *, words: Words) -> list[str]:
    """The network's numbers, a short line each."""
    # Who gets most is not who writes most: beside the picture it would only confuse.
    values = {name: getattr(network, name) for name in _NETWORK if name != "top10_received"}
    facts = [
        words.say(f"describe.fact_{name}", share=numbers.share(value, words=words))
        for name, value in values.items()
        if value is not None
    ]
    core = {"size": network.core_size, "degree": network.core_degree}
    return [*facts, words.say("describe.fact_core", **core)]


def out_of_line(portrait: Portrait, *, words: Words) -> list[OutOfLine]:
    """The weeks that stand out, in order of time; newcomers beside speakers where both do."""
    told: list[tuple[str, Shock]] = [
        (series, shock)
        for series in ("speakers", "newcomers")
        for shock in getattr(portrait.shocks[series], "shocks", ())
    ]
    lines, merged = [], set[int]()
    for place, (series, shock) in enumerate(told):
        if place in merged:
            continue
        text = _shock(series, shock, words)
        for other, (also, same) in enumerate(told):
            near = abs(same.start - shock.start) <= _TOGETHER * WEEK and same.up == shock.up
            if series == "speakers" and also == "newcomers" and near and other not in merged:
                merged.add(other)
                text += words.say("describe.shock_also", **_ends(same, words))
        lines.append(OutOfLine(shock.start, text))
    return sorted(lines, key=lambda line: line.start)


def _ends(shock: Shock, words: Words) -> dict[str, str]:
    def people(value: float) -> str:
        return numbers.decimal(value, digits=1) if value < 10 else numbers.count(value, words=words)

    return {"before": people(shock.before), "after": people(shock.after)}


def _shock(series: str, shock: Shock, words: Words) -> str:
    date = numbers.calendar_date(date_of(shock.start), words=words)
    many = "" if shock.weeks == 1 else "s"
    return words.say(
        f"describe.shock_{'up' if shock.up else 'down'}",
        when=words.say(f"describe.shock_week{many}", date=date, weeks=shock.weeks),
        what=words.say(f"describe.shock_{series}"),
        how=words.say(f"describe.shock_{shock.kind}{many if shock.kind == 'brief' else ''}"),
        **_ends(shock, words),
    )


def shock_notes(portrait: Portrait, *, words: Words) -> list[str]:
    """What is to be known of the weeks that stand out: none, not to be told, gaps."""
    notes = []
    unknown = [name for name, search in portrait.shocks.items() if search is None]
    if len(unknown) == 2:
        notes.append(words.say("describe.shocks_unknown"))
    else:
        if not any(search and search.shocks for search in portrait.shocks.values()):
            notes.append(words.say("describe.shocks_none"))
        if unknown:
            notes.append(words.say("describe.shocks_half"))
    for first, after in portrait.gaps:
        dates = (numbers.calendar_date(date_of(one), words=words) for one in (first, after - 1))
        start, end = dates
        notes.append(words.say("describe.gap", start=start, end=end))
    return notes


def place_rows(place: Place, *, words: Words) -> list[tuple[str, str, float, str]]:
    """Label, value, rank and rank in words of every statistic that is known."""
    rows = []
    for name, rank in place.ranks.items():
        if rank is not None:
            value = statistic(name, place.values[name], {}, words=words)
            label = words.say(f"describe.peer_{name}")
            rows.append((label, value, rank, rank_said(rank, words=words)))
    return rows


def rank_said(rank: float, *, words: Words) -> str:
    """A rank in words: ``higher than 8 of 10``.

    Args:
        rank: Share of real communities with less, 0 to 1.
        words: Language.
    """
    tenths = round(10 * rank)
    if tenths in (0, 10):
        return words.say("describe.rank_lowest" if tenths == 0 else "describe.rank_highest")
    if tenths == 5:
        return words.say("describe.rank_middle")
    if tenths > 5:
        return words.say("describe.rank_higher", count=tenths)
    return words.say("describe.rank_lower", count=10 - tenths)


def stands_out(place: Place, *, words: Words, most: int = 2) -> list[str]:
    """How a community differs most from real ones: ``is more unequal than 8 of 10``.

    The Gini coefficient and the busiest tenth say the same: the first of them counts.

    Args:
        place: Where it stands.
        words: Language.
        most: How many at most.
    """
    known = {name: rank for name, rank in place.ranks.items() if rank is not None}
    order = sorted(known, key=lambda name: -abs(known[name] - 0.5))
    twins = [name for name in order if name in ("gini", "top10_share")][1:]
    order = [name for name in order if name not in twins]
    said = []
    for name in order[:most]:
        rank = known[name]
        if abs(rank - 0.5) <= _ORDINARY:
            break
        share = min(9, round(10 * max(rank, 1 - rank)))
        side = "high" if rank > 0.5 else "low"
        said.append(words.say(f"describe.{side}_{name}", count=share))
    return said


def unknowns(portrait: Portrait, *, words: Words) -> list[str]:
    """What this log cannot tell, a sentence each."""
    names = ["readers"]
    if "leaves" not in portrait.statistics:
        names.append("leaves")
    if portrait.network is None:
        names.append("replies")
    if portrait.place is None:
        names.append("place")
    if not (portrait.retention.followed > 0).any():
        names.append("retention")
    return [words.say(f"describe.not_{name}") for name in names]


def place_title(place: Place, *, words: Words) -> str:
    """The finding about a community's place: what sets it apart most, or that nothing does."""
    said: Sequence[str] = stands_out(place, words=words)
    if not said:
        return words.say("figure.placed_middle")
    return words.say("figure.placed_find", what=words.say("describe.and").join(said))
