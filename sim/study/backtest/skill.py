"""What a backtest showed, as a page of tables: every log, hits and misses."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.backtest.run import BGBB, ENSEMBLE, METHODS, OURS, SINGLE
from sim.study.backtest.scoring import Score, best_single, log_ratios, mean_coverage, ratio
from sim.study.forecast import TARGETS
from sim.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sim.study.backtest.run import Backtest


_SCORED = (
    "Each sees only what came before its origin; with five families or more the law's prior is "
    "fitted without the family that is forecast. The score is the weighted interval score (twice "
    "the mean pinball loss over the quantiles 5, 25, 50, 75 and 95 %); a ratio is the geometric "
    "mean over cases, families weighted alike; below 1 qunsim is better. *Best single* is the one "
    "classical method with the lowest score over all logs, chosen in hindsight."
)


def skill(scores: Sequence[Score]) -> dict[str, dict[str, float | str]]:
    """How qunsim did, by target.

    Returns:
        ``best_single`` (the method), ratios to it (``to_best_single``), to BG/BB (``to_bgbb``) and
        to the median ensemble (``to_ensemble``), the standard error of the first over families
        (``log_error``), the share of cases won against it (``won``), ``coverage50`` and
        ``coverage90``.
    """
    found: dict[str, dict[str, float | str]] = {}
    for target in TARGETS:
        best = best_single(scores, SINGLE, target=target)
        by_family = log_ratios(scores, method=OURS, reference=best, target=target)
        means = [float(np.mean(values)) for values in by_family.values()]
        cases = [value for values in by_family.values() for value in values]
        half, most = mean_coverage(scores, method=OURS, target=target)
        found[target] = {
            "best_single": best,
            "to_best_single": ratio(scores, method=OURS, reference=best, target=target),
            "to_bgbb": ratio(scores, method=OURS, reference=BGBB, target=target),
            "to_ensemble": ratio(scores, method=OURS, reference=ENSEMBLE, target=target),
            "log_error": float(np.std(means, ddof=1) / math.sqrt(len(means)))
            if len(means) > 1
            else math.nan,
            "won": float(np.mean([value < 0 for value in cases])) if cases else math.nan,
            "coverage50": half,
            "coverage90": most,
        }
    return found


def read_scores(path: Path) -> list[Score]:
    """The scores of ``scores.csv``.

    Raises:
        UserError: ``not_found``/``file``; ``damaged``/``not_json``.
    """
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            return [_score(row) for row in csv.DictReader(stream)]
    except FileNotFoundError as error:
        raise UserError("not_found", "file", file=str(path)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("damaged", "not_json", file=str(path)) from error


def _score(row: Mapping[str, str]) -> Score:
    return Score(
        log=row["log"], family=row["family"], origin=float(row["origin"]), target=row["target"],
        method=row["method"], wis=float(row["wis"]), coverage50=float(row["coverage50"]),
        coverage90=float(row["coverage90"]),
    )  # fmt: skip


GOALS: dict[str, tuple[str, float, float]] = {
    "to_best_single": ("ratio to the best single method", 0.0, 0.95),
    "to_bgbb": ("ratio to BG/BB", 0.0, 0.85),
    "coverage50": ("50 % interval holds", 0.42, 0.58),
    "coverage90": ("90 % interval holds", 0.85, 0.95),
}
"""Figure by name: what it is, and the range it should lie in."""

_OTHER_GOALS = {("newcomers", "coverage90"): (0.85, 0.98), ("newcomers", "coverage50"): None}
"""Newcomers are mostly 0 to 3 a week: intervals of whole numbers hold more than they say."""


def _goal_rows(about: dict[str, dict[str, float | str]]) -> Iterable[tuple[str, ...]]:
    for target, found in about.items():
        for name, (figure, *usual) in GOALS.items():
            goal = _OTHER_GOALS.get((target, name), tuple(usual))
            value = float(found[name])
            if goal is None:
                yield target, figure, "none", f"{value:.3f}", ""
                continue
            low, high = goal
            asked = f"{low:g} to {high:g}" if low else f"at most {high:g}"
            held = "held" if low <= value <= high else "**missed**"
            yield target, figure, asked, f"{value:.3f}", held


def skill_page(result: Backtest, *, command: str) -> str:
    """The page in Markdown.

    Args:
        result: A backtest with at least one case.
        command: The command that makes it again.
    """
    scores = result.scores
    about = skill(scores)
    cases = {(one.log, one.origin) for one in scores}
    families = {one.family for one in scores}
    intro = (
        f"Made by `{command}`: {len(cases)} forecasts of {len({log for log, _ in cases})} logs in "
        f"{len(families)} families. {_SCORED}"
    )
    lines = [
        "# How well forecasts do", "", intro, "",
        *_table(
            (
                "target", "best single", "ratio to it", "s.e. of its log", "cases won",
                "ratio to BG/BB", "ratio to the median ensemble", "50 % interval holds",
                "90 % interval holds",
            ),
            (
                (
                    target, str(one["best_single"]), _two(one["to_best_single"]),
                    _two(one["log_error"]), _percent(one["won"]), _two(one["to_bgbb"]),
                    _two(one["to_ensemble"]), _percent(one["coverage50"]),
                    _percent(one["coverage90"]),
                )
                for target, one in about.items()
            ),
        ),
        "",
        "## Goals",
        "",
        "Set before the scores were known.",
        "",
        *_table(("target", "figure", "goal", "found", ""), _goal_rows(about)),
        "",
        "## Methods",
        "",
        "Score of each relative to the best single one, and how often its 90 % interval held.",
        "",
        *_table(("method", *TARGETS), (method_row(scores, one, about) for one in METHODS)),
        "",
        "## Families",
        "",
        "Ratio of qunsim to the best single method (share of weeks in its 90 % interval).",
        "",
        *_table(("family", "cases", *TARGETS), family_rows(scores, about)),
        "",
        "## Every case",
        "",
        "Score of qunsim / of the best single method; a miss is a ratio above 1.",
        "",
        *_table(
            ("log", "origin", *(f"{target}: ours, theirs, ratio" for target in TARGETS)),
            case_rows(scores, about),
        ),
    ]  # fmt: skip
    if result.skipped:
        lines += ["", "## Left out", "", *_left_out(result)]
    return "\n".join(lines) + "\n"


def _left_out(result: Backtest) -> list[str]:
    words = Words("en")
    return [
        f"- {path.name}: {words.say(f'backtest.why_{reason}')}" for path, reason in result.skipped
    ]


def method_row(
    scores: Sequence[Score], method: str, about: dict[str, dict[str, float | str]]
) -> tuple[str, ...]:
    """A method, and by target its score relative to the best single one (90 % interval held)."""
    cells = [method]
    for target in TARGETS:
        best = str(about[target]["best_single"])
        value = 1.0 if method == best else ratio(
            scores, method=method, reference=best, target=target
        )  # fmt: skip
        held = mean_coverage(scores, method=method, target=target)[1]
        cells.append(f"{value:.3f} ({held:.0%})")
    return tuple(cells)


def family_rows(
    scores: Sequence[Score], about: dict[str, dict[str, float | str]]
) -> Iterable[tuple[str, ...]]:
    """A family, its cases, and by target the ratio of qunsim to the best single method."""
    for family in sorted({one.family for one in scores}):
        mine = [one for one in scores if one.family == family]
        cells = [family, str(len({(one.log, one.origin) for one in mine}))]
        for target in TARGETS:
            best = str(about[target]["best_single"])
            value = ratio(mine, method=OURS, reference=best, target=target)
            held = mean_coverage(mine, method=OURS, target=target)[1]
            cells.append(f"{value:.2f} ({held:.0%})")
        yield tuple(cells)


def case_rows(
    scores: Sequence[Score], about: dict[str, dict[str, float | str]]
) -> Iterable[tuple[str, ...]]:
    """A log, its origin, and by target the scores of qunsim and of the best single, their ratio."""
    known = {(one.log, one.origin, one.target, one.method): one.wis for one in scores}
    for log, origin in dict.fromkeys((one.log, one.origin) for one in scores):
        cells = [log, f"{origin:g}"]
        for target in TARGETS:
            mine = known[log, origin, target, OURS]
            theirs = known[log, origin, target, str(about[target]["best_single"])]
            shown = f"{mine / theirs:.2f}" if theirs > 0 else "-"
            cells.append(f"{mine:.2f}, {theirs:.2f}, {shown}")
        yield tuple(cells)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _two(value: float | str) -> str:
    return f"{value:.3f}" if isinstance(value, float) else value


def _percent(value: float | str) -> str:
    return f"{value:.0%}" if isinstance(value, float) else value
