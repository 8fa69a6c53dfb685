"""The page of a forecast: where the group is going, and what came where that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.figures import draw_forecast, to_png, to_svg
from sim.report.fonts import font_notice
from sim.report.forecast_telling import ForecastTelling, day_of
from sim.report.page import Page, Picture, Prose, Section, Table, Tile
from sim.report.parts import method_section
from sim.report.standing import chance_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from sim.report.run import Made
    from sim.study.forecast import ForecastResult
    from sim.study.purchases import PurchaseForecast
    from sim.words import Words

SHOWN = (1, 4, 13, 26, 52)
"""Weeks ahead that are told, beside the last."""


@dataclass(frozen=True)
class ForecastStory:
    """A forecast, ready to be told.

    Attributes:
        name: The group, as its file is called.
        result: The forecast.
        made: How it was made.
    """

    name: str
    result: ForecastResult
    made: Made

    @property
    def badge(self) -> str:
        """Key of ``badge.*``."""
        return "backtested" if self.result.backtested else "fitted"


def forecast_page(story: ForecastStory, *, words: Words) -> Page:
    """The page of a forecast.

    Args:
        story: The forecast.
        words: Language.

    Returns:
        The page, ready for :func:`sim.report.page.write_report` and ``write_pngs``.
    """
    result, telling = story.result, ForecastTelling(story.result, words=words)
    checked = telling.checked() if result.backtested else ""
    sections = (
        Section(words.say("forecast.ahead"), _pictures(telling)),
        Section(words.say("forecast.table"), _tables(telling)),
        _came(telling),
        Section(words.say("forecast.who"), (Prose(telling.who()),)),
        Section(words.say("forecast.holds"), (Prose(_holds(telling)),)),
        _method(story, telling),
    )
    return Page(
        title=words.say("forecast.question"),
        line=words.say(
            "forecast.line", name=story.name, members=telling.count(result.members),
            date=telling.origin, past=telling.weeks(result.past.shape[1]),
            horizon=telling.weeks(result.weeks), futures=result.replicates,
        ),
        badge=words.badge(story.badge),
        verdict=(telling.headline(), *telling.more()),
        tiles=forecast_tiles(telling),
        notes=tuple(filter(None, (checked, font_notice(words)))),
        sections=tuple(section for section in sections if section is not None),
        footer=words.say("report.footer", version=story.made.version),
    )  # fmt: skip


def forecast_figure(result: ForecastResult, target: int, *, words: Words) -> Figure:
    """The picture of a target: past, ranges, middle, and what came."""
    from sim.study.forecast import TARGETS

    return draw_forecast(
        result.past[target].astype(float), result.quantiles[target], words=words,
        target=TARGETS[target], first_week=result.first_week,
        start=day_of(result.start), today=day_of(result.until),
        actual=result.actual[target].astype(float) if result.actual.size else None,
    )  # fmt: skip


def forecast_files(result: ForecastResult, *, words: Words) -> dict[str, bytes]:
    """The pictures as files: ``forecast_<target>.png`` and ``.svg``."""
    from sim.study.forecast import TARGETS

    return _files({name: forecast_figure(result, k, words=words) for k, name in enumerate(TARGETS)})


def purchase_files(result: PurchaseForecast, *, words: Words) -> dict[str, bytes]:
    """The pictures of purchases as files, named as those of :func:`forecast_files`."""
    figures = {
        name: draw_forecast(
            result.past[target], result.quantiles[target], words=words, target=name,
            first_week=result.first_week, start=day_of(result.start), today=day_of(result.until),
        )
        for target, name in enumerate(result.targets)
    }  # fmt: skip
    return _files(figures)


def _files(figures: dict[str, Figure]) -> dict[str, bytes]:
    files = {}
    for name, figure in figures.items():
        files[f"forecast_{name}.png"] = to_png(figure)
        files[f"forecast_{name}.svg"] = to_svg(figure).encode()
    return files


def _pictures(telling: ForecastTelling) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            f"forecast_{name}",
            forecast_figure(telling.result, target, words=telling.words),
            forecast_table(telling, target),
            end=True,
        )
        for target, name in enumerate(telling.targets)
    )


def forecast_table(telling: ForecastTelling, target: int) -> Table:
    """Every week of a target."""
    words, result = telling.words, telling.result
    columns = [words.say(f"report.column_{name}") for name in ("p05", "p50", "p95")]
    header = [words.say("forecast.column_week"), words.say("forecast.column_begins"), *columns]
    came = result.actual[target]
    if came.size:
        header.append(words.say("forecast.column_actual"))
    rows = []
    for week, quantiles in enumerate(result.quantiles[target]):
        row = [str(week + 1), telling.begins(week)]
        row += [telling.count(quantiles[level]) for level in (0, 2, 4)]
        if came.size:
            row.append(telling.count(came[week]) if week < came.size else numbers.UNDEFINED)
        rows.append(tuple(row))
    return Table(tuple(header), tuple(rows), right=frozenset({0, *range(2, len(header))}))


def _tables(telling: ForecastTelling) -> tuple[Table, ...]:
    words = telling.words
    header = (
        "", words.say("forecast.column_begins"),
        *(words.say(f"describe.{name}_week") for name in telling.targets),
    )  # fmt: skip
    rows = tuple(
        (
            words.say("cli.forecast_week", week=week),
            telling.begins(week - 1),
            *telling.cells(week - 1),
        )
        for week in shown(telling.result.weeks)
    )
    note = words.say("forecast.table_note")
    right = frozenset({2, 3, 4})
    return (Table(header, rows, right=right, note=note, whole=frozenset({0, 1}), cards=True),)


def shown(weeks: int) -> Sequence[int]:
    """Which weeks of a horizon are told, counted from 1."""
    return sorted({*(week for week in SHOWN if week < weeks), weeks})


def _came(telling: ForecastTelling) -> Section | None:
    """How the forecast did, where the log goes on after it."""
    if not telling.result.actual.size:
        return None
    words, weeks = telling.words, telling.result.actual.shape[1]
    names = ("target", "inside90", "inside50", "mean", "actual_mean")
    rows = []
    for target, name in enumerate(telling.targets):
        inside = [
            words.say("forecast.inside", inside=telling.inside(target, share=share), n=weeks)
            for share in (0.9, 0.5)
        ]
        means = (telling.result.quantiles[target, :weeks, 2], telling.result.actual[target])
        rows.append(
            (
                words.say(f"describe.{name}_week"), *inside,
                *(telling.count(float(values.mean())) for values in means),
            )
        )  # fmt: skip
    table = Table(
        tuple(words.say(f"forecast.column_{name}") for name in names), tuple(rows),
        right=frozenset({1, 2, 3, 4}), note=words.say("forecast.came_note", date=telling.origin),
        cards=True,
    )  # fmt: skip
    return Section(words.say("forecast.came"), (table,))


def _holds(telling: ForecastTelling) -> tuple[str, ...]:
    names = ("holds_luck", "holds_each", "holds_not", "holds_whole")
    said = [telling.words.say(f"forecast.{name}") for name in names]
    return (*said, *([] if telling.result.backtested else [telling.checked()]))


def _method(story: ForecastStory, telling: ForecastTelling) -> Section:
    words, result = telling.words, story.result
    values = {
        "past": telling.weeks(result.past.shape[1]), "date": telling.origin,
        "futures": result.replicates,
    }  # fmt: skip
    names = ("members", "fit", "before", "luck")
    lines = [words.say(f"forecast.method_{name}", **values) for name in names]
    return method_section(story.made, lines, futures=result.replicates, words=words)


def forecast_tiles(telling: ForecastTelling) -> tuple[Tile, ...]:
    """The last week ahead of each target, and how likely the group falls silent."""
    words, outlook, n = telling.words, telling.result.outlook, telling.result.replicates
    last = words.say("cli.forecast_week", week=telling.result.weeks)
    tiles = [
        Tile(
            telling.count(telling.last(target)[1]),
            words.say(f"forecast.tile_{name}", week=last),
            words.say(
                "forecast.tile_note", usual=telling.usual(telling.last(target)),
                now=telling.now(target),
            ),
        )
        for target, name in enumerate(telling.targets)
    ]  # fmt: skip
    silent, total = telling.times(outlook.silent)
    tiles.append(
        Tile(
            chance_text(outlook.below, n=n),
            words.say("forecast.tile_quieter", when=telling.when),
            words.say("forecast.tile_silent", often=silent, n=total),
        )
    )
    return tuple(tiles)
