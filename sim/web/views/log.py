"""A real community as its log shows it: portrait, past, weeks ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.table import DAY
from sim.report import numbers
from sim.report.figures.forecast import forecast_finding
from sim.report.figures.people import lorenz_at, participation_finding
from sim.report.figures.returning import FEWEST, pooled_retention, retention_finding
from sim.report.forecast_telling import ForecastTelling, day_of
from sim.report.forecasting import forecast_table, forecast_tiles
from sim.report.portrait import portrait_line, portrait_tiles, portrait_verdict
from sim.report.portraying import shock_notes, statistic, statistic_rows, unknowns
from sim.web.portrait import portrait_of
from sim.web.views.writing import numbers_of, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.logs.portrait import Portrait
    from sim.report.page import Tile
    from sim.scenario import Scenario
    from sim.study.forecast import ForecastResult
    from sim.web.views.writing import View
    from sim.words import Words

PAST = 104
"""Most past weeks that a forecast stands beside."""

FACTS = (
    "first", "last", "posters", "messages", "speakers_week", "messages_week", "newcomers_week",
    "growth_quarter", "ret30_60", "top10_share", "stage",
)  # fmt: skip
"""What of a log is told first; everything else stands in the table."""

_KNOWN = ("members.", "reach.")
_FEWEST_PEOPLE = 10
_GRID = np.linspace(0, 1, 101)


def portrait_view(
    portrait: Portrait,
    scenario: Scenario,
    result: ForecastResult,
    *,
    name: str,
    notes: Sequence[str],
    words: Words,
) -> View:
    """A log's portrait, of the shape of a preset's.

    Args:
        portrait: What the log tells.
        scenario: What was fitted to it, with sources.
        result: The weeks ahead.
        name: What the community is called: the file as it was sent.
        notes: What has to be known of how it was read.
        words: Language.
    """
    base = portrait_of(scenario, badge="fitted", words=words).model_dump(mode="json")
    statistics = dict(portrait.statistics)
    rows = [list(row) for row in statistic_rows(portrait, words=words)]
    figures = (_wrote(portrait, words), _returning(portrait, words))
    return {
        **base, "name": name, "about": portrait_line(portrait, name=name, words=words),
        "badge": "fitted", "badge_label": words.badge("fitted"), "members": result.members,
        "roles": [],
        "facts": [
            {
                "label": words.say(f"describe.{key}").strip(),
                "value": statistic(key, statistics.get(key), statistics, words=words),
            }
            for key in FACTS
        ],
        # who is there and how many come is known from the log: that is not to be changed
        "adjust": [one for one in base["adjust"] if not one["path"].startswith(_KNOWN)],
        "verdict": list(portrait_verdict(portrait, words)),
        "tiles": tiles_of(portrait_tiles(portrait, words)),
        "table": {
            "columns": [words.say("describe.statistic"), words.say("describe.value")],
            "rows": rows,
        },
        "notes": [*notes, *shock_notes(portrait, words=words)],
        "unknown": list(unknowns(portrait, words=words)),
        "figures": [one for one in figures if one is not None],
        "forecast": forecast_view(result, words=words),
    }  # fmt: skip


def forecast_view(result: ForecastResult, *, words: Words) -> View:
    """The weeks ahead: sentences, four numbers, a fan of each target.

    Args:
        result: The forecast.
        words: Language.
    """
    telling = ForecastTelling(result, words=words)
    badge = "backtested" if result.backtested else "fitted"
    return {
        "kind": "forecast", "final": True, "title": words.say("forecast.question"),
        "verdict": [telling.headline(), *telling.more()], "checked": telling.checked(),
        "badge": badge, "badge_label": words.badge(badge), "weeks": result.weeks,
        "tiles": tiles_of(forecast_tiles(telling)),
        "figures": [_fan(telling, target) for target in range(len(telling.targets))],
    }  # fmt: skip


def tiles_of(tiles: Sequence[Tile]) -> list[View]:
    """Tiles of a report as a page shows them."""
    return [{"value": one.value, "label": one.label, "note": one.note} for one in tiles]


def _fan(telling: ForecastTelling, target: int) -> View:
    """The weeks so far as a line, the weeks ahead with their ranges; day 0 = today."""
    result, words, name = telling.result, telling.words, telling.targets[target]
    past = result.past[target][-PAST:].astype(float)
    known = len(result.past[target])
    weeks = [*range(known - len(past), known)]
    weeks += range(result.first_week, result.first_week + result.weeks)
    days = [(result.start + 7 * DAY * week - result.until) // DAY for week in weeks]
    fan = np.rint(result.quantiles[target])
    line: dict[str, Any] = {
        "index": 1, "name": words.say(f"figure.forecast_{name}"),
        "mid": [*numbers_of(past), *numbers_of(fan[:, 2])],
    }  # fmt: skip
    for key, level in (("lo90", 0), ("lo50", 1), ("hi50", 3), ("hi90", 4)):
        line[key] = [*([None] * len(past)), *numbers_of(fan[:, level])]
    label = words.say(f"figure.forecast_{name}")
    return {
        "key": f"forecast_{name}", "kind": "bands", "title": label[:1].upper() + label[1:],
        "finding": forecast_finding(result.past[target].astype(float), result.quantiles[target],
                                    label, words),
        "unit": "messages" if name == "messages" else "persons",
        "x_label": words.say("web.views.days_from_today"), "y_label": label,
        "x": days, "series": [line],
        "marks": [{"x": 0, "label": words.say("figure.today"), "kind": "today"}],
        "start": day_of(result.until).isoformat(),
        "table": table_of(forecast_table(telling, target)),
    }  # fmt: skip


def _wrote(portrait: Portrait, words: Words) -> View | None:
    """How unequally people wrote."""
    if portrait.messages.size < _FEWEST_PEOPLE:
        return None
    curve = lorenz_at(portrait.messages, _GRID)
    gini = portrait.statistics["gini"]
    rows = [
        [numbers.share(1 - at, words=words),
         numbers.share(1 - float(np.interp(at, _GRID, curve)), words=words)]
        for at in (0.99, 0.9, 0.8, 0.5)
    ]  # fmt: skip
    return {
        "key": "participation", "kind": "lorenz", "title": words.say("web.views.participation"),
        "finding": participation_finding(_GRID, curve, words=words), "unit": "share",
        "x_label": words.say("figure.participation_x"),
        "y_label": words.say("web.views.participation_y"),
        "lines": [
            {
                "index": 1, "name": words.say("web.views.this_log"),
                "x": numbers_of(_GRID, digits=3), "y": numbers_of(curve, digits=4),
                "gini": None if gini is None else round(gini, 3),
            }
        ],
        "table": {
            "columns": [words.say("web.views.top_people"), words.say("web.views.participation_y")],
            "rows": rows,
        },
    }  # fmt: skip


def _returning(portrait: Portrait, words: Words) -> View | None:
    """Of those who first wrote in a month, who wrote again some months later."""
    retention = portrait.retention
    if not (retention.followed > 0).any():
        return None
    length, pooled = pooled_retention(retention)
    kept = pooled.firsts > 0
    share, followed = pooled.share[kept], pooled.followed[kept]
    share = np.where(followed >= FEWEST, share, np.nan)
    dates = pooled.months[kept].astype("datetime64[D]").tolist()
    named = numbers.year if length == 12 else numbers.month
    names = [
        words.say("figure.retention_row", count=int(count), month=named(date, words=words))
        for date, count in zip(dates, pooled.firsts[kept], strict=True)
    ]
    shares = numbers_of(share, digits=3)
    months = list(range(1, share.shape[1] + 1))
    rows = [
        [name, *(numbers.UNDEFINED if one is None else numbers.share(one, words=words)
                 for one in row)]
        for name, row in zip(names, shares, strict=True)
    ]  # fmt: skip
    return {
        "key": "retention", "kind": "heat", "title": words.say("describe.section_returning"),
        "finding": retention_finding(retention, words), "unit": "share", "x": months, "y": names,
        "z": shares, "x_label": words.say("figure.retention_x"),
        "y_label": words.say("web.views.first_wrote"), "z_label": words.say("web.views.wrote"),
        "note": words.say("figure.retention_note", least=FEWEST),
        "table": {"columns": [words.say("web.views.first_wrote"), *map(str, months)], "rows": rows},
    }  # fmt: skip
