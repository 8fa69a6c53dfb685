"""The page of a backtest: how far forecasts can be trusted, beside other methods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.figures.skill import draw_ratios
from sim.report.fonts import font_notice
from sim.report.page import Page, Picture, Section, Table, Tile
from sim.report.parts import method_section
from sim.report.sheets import Sheet, about_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.run import Made
    from sim.study.backtest.scoring import Score
    from sim.words import Words

Skill = dict[str, dict[str, float | str]]


@dataclass(frozen=True)
class SkillStory:
    """A backtest, ready to be told.

    Attributes:
        scores: All scores, at least those of one forecast.
        skipped: Files that were left out, each with the reason.
        weeks: Weeks ahead.
        replicates: Simulated futures of each forecast.
        made: How it was made.
    """

    scores: tuple[Score, ...]
    skipped: tuple[tuple[str, str], ...]
    weeks: int
    replicates: int
    made: Made


def backtest_page(story: SkillStory, *, words: Words) -> Page:
    """The page of a backtest.

    Args:
        story: The backtest.
        words: Language.
    """
    from sim.study.backtest.skill import skill

    about = skill(story.scores)
    cases = {(one.log, one.origin) for one in story.scores}
    key = "forecast.week_one" if story.weeks == 1 else "forecast.weeks"
    notice = font_notice(words)
    sections = (
        Section(words.say("backtest.skill"), (_by_target(about, words),)),
        _families(story, about, words),
        _methods(story, about, words),
        _cases(story, about, words),
        _left_out(story, words),
        method_section(
            story.made, [words.say(f"backtest.method_{one}") for one in ("past", "same", "hits")],
            futures=story.replicates, words=words,
        ),
    )  # fmt: skip
    return Page(
        title=words.say("backtest.question"),
        line=words.say(
            "backtest.line", forecasts=len(cases), logs=len({log for log, _ in cases}),
            families=len({one.family for one in story.scores}),
            weeks=words.say(key, count=story.weeks),
        ),
        verdict=tuple(_sentence(target, one, words) for target, one in about.items()),
        tiles=tuple(_tile(target, one, words) for target, one in about.items()),
        notes=(notice,) if notice else (),
        sections=tuple(section for section in sections if section is not None),
        footer=words.say("report.footer", version=story.made.version),
    )  # fmt: skip


def backtest_sheets(story: SkillStory, page: Page, *, words: Words) -> tuple[Sheet, ...]:
    """The tables of a backtest: every score.

    Args:
        story: The backtest.
        page: Its page, whose question and verdict head the first table.
        words: Language.
    """
    names = ("log", "family", "origin", "target", "method", "wis", "coverage50", "coverage90")
    rows = tuple(
        tuple(getattr(one, name) for name in names) for one in story.scores
    )  # header as in scores.csv
    scores = Sheet(key="scores", title=words.say("backtest.cases"), header=names, rows=rows)
    return about_sheet(page, story.made, words), scores


def _sentence(target: str, one: Mapping[str, float | str], words: Words) -> str:
    ratio = float(one["to_best_single"])
    return words.say(
        "backtest.below" if ratio < 1 else "backtest.above",
        target=_name(target, words), name=one["best_single"],
        percent=numbers.share(abs(1 - ratio), words=words),
        won=numbers.share(float(one["won"]), words=words),
        held=numbers.share(float(one["coverage90"]), words=words),
    )  # fmt: skip


def _tile(target: str, one: Mapping[str, float | str], words: Words) -> Tile:
    held = numbers.share(float(one["coverage90"]), words=words)
    return Tile(
        f"{float(one['to_best_single']):.2f}",
        words.say("backtest.tile", target=words.say(f"describe.{target}_week")),
        f"{words.say('backtest.most')} {held}",
    )  # fmt: skip


def _name(target: str, words: Words) -> str:
    name = words.say(f"describe.{target}_week")
    return name[:1].upper() + name[1:]


def _by_target(about: Skill, words: Words) -> Table:
    columns = ("target", "single", "ratio", "error", "won", "bgbb", "ensemble", "half", "most")
    rows = []
    for target, one in about.items():
        cells = [words.say(f"describe.{target}_week"), str(one["best_single"])]
        cells += [_two(one["to_best_single"]), _two(one["log_error"])]
        cells.append(numbers.share(float(one["won"]), words=words))
        cells += [_two(one["to_bgbb"]), _two(one["to_ensemble"])]
        cells += [numbers.share(float(one[key]), words=words) for key in _COVERAGES]
        rows.append(tuple(cells))
    return Table(
        tuple(words.say(f"backtest.{name}") for name in columns), tuple(rows),
        right=frozenset(range(2, len(columns))), note=words.say("backtest.score_note"), cards=True,
    )  # fmt: skip


_COVERAGES = ("coverage50", "coverage90")


def _families(story: SkillStory, about: Skill, words: Words) -> Section:
    from sim.study.backtest.run import OURS
    from sim.study.backtest.scoring import ratio
    from sim.study.backtest.skill import family_rows

    families: dict[str, list[Score]] = {}
    for one in story.scores:
        families.setdefault(one.family, []).append(one)
    ratios = {
        family: [
            ratio(mine, method=OURS, reference=str(of["best_single"]), target=target)
            for target, of in about.items()
        ]
        for family, mine in families.items()
    }
    header = tuple(words.say(f"backtest.{name}") for name in ("family", "count"))
    header += tuple(words.say(f"describe.{target}_week") for target in about)
    table = Table(
        header, tuple(family_rows(story.scores, about)), right=frozenset(range(1, len(header)))
    )
    picture = Picture("families", draw_ratios(ratios, list(about), words=words), table)
    return Section(words.say("backtest.families"), (picture,))


def _methods(story: SkillStory, about: Skill, words: Words) -> Section:
    from sim.study.backtest.run import METHODS
    from sim.study.backtest.skill import method_row

    header = (
        words.say("backtest.method"), *(words.say(f"describe.{target}_week") for target in about)
    )  # fmt: skip
    rows = tuple(method_row(story.scores, method, about) for method in METHODS)
    table = Table(header, rows, right=frozenset({1, 2, 3}), cards=True)
    return Section(words.say("backtest.methods"), (table,))


def _cases(story: SkillStory, about: Skill, words: Words) -> Section:
    from sim.study.backtest.skill import case_rows

    rows = tuple(case_rows(story.scores, about))
    header = tuple(words.say(f"backtest.{name}") for name in ("log", "origin"))
    header += tuple(words.say(f"describe.{target}_week") for target in about)
    table = Table(
        header, rows, right=frozenset(range(1, len(header))),
        note=words.say("backtest.case_note"), cards=True,
        folded=words.say("backtest.all_cases", count=len(rows)),
    )  # fmt: skip
    return Section(words.say("backtest.cases"), (table,))


def _left_out(story: SkillStory, words: Words) -> Section | None:
    if not story.skipped:
        return None
    rows = tuple((name, words.say(f"backtest.why_{why}")) for name, why in story.skipped)
    return Section(words.say("backtest.left_out"), (Table(("", ""), rows),))


def _two(value: float | str) -> str:
    number = float(value)
    return numbers.UNDEFINED if math.isnan(number) else f"{number:.2f}"
