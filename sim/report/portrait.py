"""The page about a real community: what its log shows, and what it cannot show."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.table import DAY, WEEK
from sim.metrics.stage import STAGES
from sim.report import numbers
from sim.report.figures import (
    draw_answers,
    draw_participation,
    draw_past,
    draw_placed,
    draw_returning,
    draw_rhythm,
)
from sim.report.figures.past import finding
from sim.report.figures.returning import overall
from sim.report.fonts import figure_words, font_notice
from sim.report.page import Code, Page, Picture, Prose, Section, Table, Tile
from sim.report.portraying import (
    date_of,
    network_facts,
    out_of_line,
    place_rows,
    place_title,
    shock_notes,
    stands_out,
    statistic_rows,
    unknowns,
)
from sim.version import __version__

if TYPE_CHECKING:
    from sim.logs.portrait import Portrait
    from sim.report.page import Block
    from sim.words import Words

_FEWEST_ANSWERS = 20
_FEWEST_MESSAGES = 20
_FEWEST_PEOPLE = 10
_NOW = 4
_INDENT = "\N{EM SPACE}"  # an ordinary one goes at the beginning of a cell


def portrait_page(portrait: Portrait, *, name: str, command: str, words: Words) -> Page:
    """The page of a portrait.

    Args:
        portrait: What the log tells.
        name: What the community is called.
        command: The command line that makes the page again.
        words: Language.

    Returns:
        The page; pictures that the log has too little for are left out.
    """
    sections = [
        _past(portrait, words),
        _returning(portrait, words),
        _wrote(portrait, words),
        _rhythm(portrait, words),
        _answers(portrait, words),
        _placed(portrait, words),
        _all(portrait, words),
        Section(
            words.say("describe.section_unknown"), (Prose(tuple(unknowns(portrait, words=words))),)
        ),
        Section(words.say("report.method"), (Prose(_method(portrait, words)), Code(command))),
    ]
    notice = font_notice(words)
    return Page(
        title=words.say("describe.question"),
        line=portrait_line(portrait, name=name, words=words),
        verdict=portrait_verdict(portrait, words),
        tiles=portrait_tiles(portrait, words),
        notes=(notice,) if notice else (),
        sections=tuple(section for section in sections if section is not None),
        footer=words.say("report.footer", version=__version__),
    )


def portrait_line(portrait: Portrait, *, name: str, words: Words) -> str:
    """Whose log it is, from when to when, how much of it."""
    statistics = portrait.statistics
    first, last = (
        numbers.calendar_date(dt.date.fromisoformat(statistics[key]), words=words)
        for key in ("first", "last")
    )
    return words.say(
        "describe.line", name=name, first=first, last=last,
        posters=numbers.count(statistics["posters"], words=words),
        messages=numbers.count(statistics["messages"], words=words),
    )  # fmt: skip


def portrait_verdict(portrait: Portrait, words: Words) -> tuple[str, ...]:
    """What stands at the top: now against before, place among others, stage."""
    said = []
    if portrait.weekly.speakers.size:
        start = date_of(portrait.start)
        stop = "。" if words.lang == "zh" else "."
        said.append(finding(portrait.weekly.speakers, start=start, words=words) + stop)
    place = portrait.place
    if place is not None and (apart := stands_out(place, words=words)):
        what = words.say("describe.and").join(apart)
        said.append(words.say("describe.placed_lead", count=place.peers.logs, what=what))
    if not portrait.statistics["too_quiet"]:
        code, first, _ = portrait.spells[-1]
        date = numbers.calendar_date(date_of(portrait.start + first * DAY), words=words)
        said.append(words.say("describe.stage_now", date=date, stage=words.stage(STAGES[code])))
    return tuple(said)


def portrait_tiles(portrait: Portrait, words: Words) -> tuple[Tile, ...]:
    """How many speak now, how many are new and come back, how unequal it is, which stage."""
    statistics, weekly = portrait.statistics, portrait.weekly
    weeks = min(_NOW, weekly.speakers.size)
    tiles = []
    if weeks:
        note = words.say("describe.tile_now_note", weeks=weeks)
        for key, series in (("now", weekly.speakers), ("new", weekly.newcomers)):
            value = numbers.decimal(float(series[-weeks:].mean()), digits=1)
            tiles.append(Tile(value, words.say(f"describe.tile_{key}"), note))
    back = overall(portrait.retention, 1)
    shares = {"back": back, "tenth": statistics["top10_share"]}
    tiles += [
        Tile(numbers.share(value, words=words), words.say(f"describe.tile_{key}"))
        for key, value in shares.items()
        if value is not None
    ]
    stage = "stage.too_quiet" if statistics["too_quiet"] else f"stage.{statistics['stage']}"
    return (*tiles, Tile(words.say(stage), words.say("describe.tile_stage")))


def _past(portrait: Portrait, words: Words) -> Section:
    weekly, start = portrait.weekly, portrait.start
    blocks: list[Block] = []
    lines = out_of_line(portrait, words=words)
    if weekly.speakers.size:
        marks = [
            ((line.start - start) / DAY + 3.5, number) for number, line in enumerate(lines, start=1)
        ]
        gaps = [((first - start) / DAY, (after - start) / DAY) for first, after in portrait.gaps]
        figure = draw_past(
            weekly.speakers, weekly.newcomers, portrait.stages, start=date_of(start), words=words,
            marks=marks, gaps=gaps,
        )  # fmt: skip
        blocks.append(Picture("activity", figure, _weeks(portrait, words)))
    told = [f"{number}. {line.text}" for number, line in enumerate(lines, start=1)]
    notes = shock_notes(portrait, words=words)
    blocks.append(Prose((*told, *notes)))
    if any(search is not None for search in portrait.shocks.values()):
        blocks.append(Prose((words.say("describe.shocks_note"),), quiet=True))
    return Section(words.say("describe.section_past"), tuple(blocks))


def _weeks(portrait: Portrait, words: Words) -> Table:
    """The weeks behind the picture; long logs every fourth."""
    weekly = portrait.weekly
    step = 1 if weekly.speakers.size <= 104 else 4
    header = [words.say(f"describe.{key}") for key in ("week_column", "speakers", "newcomers")]
    header.append(words.say("describe.messages"))
    rows = [
        (
            str(date_of(portrait.start + week * WEEK)),
            *(
                numbers.count(int(series[week]), words=words)
                for series in (weekly.speakers, weekly.newcomers, weekly.messages)
            ),
        )
        for week in range(0, weekly.speakers.size, step)
    ]
    return Table(tuple(header), tuple(rows), right=frozenset({1, 2, 3}))


def _returning(portrait: Portrait, words: Words) -> Section | None:
    figure = draw_returning(portrait.retention, words=words)
    if figure is None:
        return None
    return Section(words.say("describe.section_returning"), (Picture("retention", figure),))


def _wrote(portrait: Portrait, words: Words) -> Section | None:
    if portrait.messages.size < _FEWEST_PEOPLE:
        return None
    figure = draw_participation([portrait.messages], words=words, note="wrote_note")
    return Section(words.say("describe.section_wrote"), (Picture("participation", figure),))


def _rhythm(portrait: Portrait, words: Words) -> Section | None:
    if portrait.statistics["messages"] < _FEWEST_MESSAGES:
        return None
    figure = draw_rhythm(portrait.rhythm, portrait.hours, zone=portrait.zone, words=words)
    return Section(words.say("describe.section_rhythm"), (Picture("rhythm", figure),))


def _answers(portrait: Portrait, words: Words) -> Section | None:
    network = portrait.network
    if network is None:
        return None
    facts = network_facts(network, words=figure_words(words))
    heading = words.say("describe.section_answers")
    if network.replies < _FEWEST_ANSWERS or len(np.flatnonzero(network.groups)) < 2:
        return Section(heading, (Prose(tuple(network_facts(network, words=words))),))
    figure = draw_answers(network, words=words, facts=facts)
    return Section(heading, (Picture("answers", figure),))


def _placed(portrait: Portrait, words: Words) -> Section | None:
    place = portrait.place
    if place is None:
        return None
    said = figure_words(words)
    peers = place.peers
    figure = draw_placed(
        place_rows(place, words=said), title=place_title(place, words=said), weeks=peers.weeks,
        count=peers.logs, families=peers.families, words=words,
    )  # fmt: skip
    note = words.say("describe.peers_note", weeks=peers.weeks)
    blocks = (Picture("placed", figure), Prose((note,), quiet=True))
    return Section(words.say("describe.section_placed"), blocks)


def _all(portrait: Portrait, words: Words) -> Section:
    header = (words.say("describe.statistic"), words.say("describe.value"))
    rows = tuple(
        (label.replace("  ", _INDENT), value)
        for label, value in statistic_rows(portrait, words=words)
    )
    table = Table(header, rows, right=frozenset({1}))
    return Section(words.say("report.numbers"), (table,))


def _method(portrait: Portrait, words: Words) -> tuple[str, ...]:
    return (
        words.say("describe.method_weeks", zone=portrait.zone),
        words.say("describe.method_staff"),
    )
