"""What an explanation says, as data and as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import read_json, write_json
from sim.study.store import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from sim.study.explain.assumptions import Bar, Uncertainty
    from sim.study.explain.players import Kind

FILE = "explain.json"
_COMPARE = "compare.json"


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one change adds to the goal.

    Attributes:
        name: Key of the policy, path of the value, or name of the beginning.
        kind: What was changed.
        value: Mean over futures, in the KPI's unit; over all changes they add up to the total.
        lo: Lower end of the 95 % interval of that mean.
        hi: Upper end.
        before: Values that were replaced, by path.
        after: Values that replaced them.
    """

    name: str
    kind: Kind
    value: float
    lo: float
    hi: float
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Where a difference comes from, and what would overturn it.

    Attributes:
        goal: KPI that is explained.
        baseline: Name of the baseline.
        variant: Name of the variant.
        players: The changes, in the order of the variant.
        total: Mean difference; what the changes add up to.
        lo: Lower end of its 95 % interval.
        hi: Upper end.
        base_value: The KPI's mean in the baseline, in the same futures.
        futures: Futures over which this was measured.
        pairs: Futures of the comparison.
        exact: Whether all combinations of changes were looked at.
        assumptions: What assumptions are worth.
        simulated: Runs that were simulated, not found.
        failed: Runs without a result.
        folder: Where it is kept.
    """

    goal: str
    baseline: str
    variant: str
    players: tuple[Share, ...]
    total: float
    lo: float
    hi: float
    base_value: float
    futures: int
    pairs: int
    exact: bool
    assumptions: Uncertainty
    simulated: int
    failed: int
    folder: Path

    def table(self) -> dict[str, Any]:
        """The content of ``explain.json``."""
        found = self.assumptions
        return {
            "schema": SCHEMA,
            "goal": self.goal,
            "baseline": self.baseline,
            "variant": self.variant,
            "players": [_player(one) for one in self.players],
            "total": self.total, "lo": self.lo, "hi": self.hi, "base_value": self.base_value,
            "futures": self.futures, "pairs": self.pairs,
            "method": "exact" if self.exact else "sampled orders",
            "assumptions": {
                "sets": found.sets,
                "ahead": dict(found.ahead),
                "default": found.default,
                "ranking": [
                    {"path": path, "reach": reach} for path, reach in found.ranking.items()
                ],
                "tornado": [_bar(bar, found.default) for bar in found.bars],
                "turning": [vars(point).copy() for point in found.turning],
            },
        }  # fmt: skip

    def write(self) -> None:
        """Write ``explain.json``, and what concerns assumptions into ``compare.json``.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        write_json(self.folder / FILE, self.table())
        path = self.folder / _COMPARE
        if not path.exists():
            return
        compared = read_json(path)
        old = compared.get("assumptions") or {}
        found = self.assumptions
        kept = old if old.get("sets") == found.sets else {}
        compared["assumptions"] = {
            "sets": found.sets,
            "ahead": {**kept.get("ahead", {}), **found.ahead},
            "turning": {
                **kept.get("turning", {}),
                self.variant: [vars(point).copy() for point in found.turning],
            },
        }
        write_json(path, compared)


def _player(one: Share) -> dict[str, Any]:
    table: dict[str, Any] = {
        "name": one.name, "kind": one.kind, "value": one.value, "lo": one.lo, "hi": one.hi,
    }  # fmt: skip
    if one.after:
        plain = {name: str(v) if hasattr(v, "isoformat") else v for name, v in one.after.items()}
        table |= {"before": dict(one.before), "after": plain}
    return table


def _bar(bar: Bar, default: float) -> dict[str, Any]:
    one = bar.assumption
    return {
        "path": one.path, "low": one.low, "high": one.high, "default": one.value,
        "at_low": bar.low[0], "at_high": bar.high[0], "at_default": default,
        "at_low_lo": bar.low[1], "at_low_hi": bar.low[2],
        "at_high_lo": bar.high[1], "at_high_hi": bar.high[2],
        "confidence": one.confidence, "own_range": one.own,
        "counts": one.counts,
    }  # fmt: skip


def read_explanation(folder: Path) -> dict[str, Any] | None:
    """The content of ``explain.json``; None if there is none.

    Raises:
        UserError: ``damaged``/``not_json``, ``cannot_read``/``newer_schema``.
    """
    path = folder / FILE
    if not path.exists():
        return None
    table = read_json(path)
    if not isinstance(table, dict) or not isinstance(table.get("schema"), int):
        raise UserError("damaged", "not_json", file=str(path))
    found: dict[str, Any] = table
    if found["schema"] > SCHEMA:
        raise UserError(
            "cannot_read", "newer_schema", file=str(path), value=found["schema"], newest=SCHEMA
        )
    return found
