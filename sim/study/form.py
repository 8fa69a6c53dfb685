"""A TOML file being read: values with their checks; all that is wrong is told at once, by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY
from sim.scenario.mistakes import near_miss
from sim.scenario.toml_text import written
from sim.study.experiment import GUARDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Needs = Literal["nothing", "direction", "margin"]
"""What a KPI must have: a good direction, and a margin too, beyond which people act."""


class Form:
    """What is wrong with a file, and the checks that find it.

    Args:
        shown: The file as the user named it; empty = there is none.
        lines: Line of each dotted path.
    """

    def __init__(self, shown: str, lines: Mapping[str, int]) -> None:
        self.shown, self.lines = shown, lines
        self.errors: list[UserError] = []

    def add(self, kind: str, reason: str, at: str, /, **values: object) -> None:
        """Something is wrong at a dotted path."""
        self.errors.append(self.placed(UserError(kind, reason, **{"key": at, **values}), at))

    def placed(self, error: UserError, at: str) -> UserError:
        """The same mistake with its line; of a key that is not there, the nearest table's."""
        if error.values.get("line"):
            return error
        while at and at not in self.lines:
            at = at.rpartition(".")[0]
        about = {"file": self.shown or None, "line": self.lines.get(at)}
        return UserError(error.kind, error.reason, **{**error.values, **about})

    def stop_here(self) -> None:
        """Go no further if anything is wrong.

        Raises:
            UserError: What it is; ``UserErrors`` in order of their lines if there are several.
        """
        if not self.errors:
            return
        found = list({str(error): error for error in self.errors}.values())
        found.sort(key=_line)
        raise found[0] if len(found) == 1 else UserErrors(found)

    def number(self, at: str, value: object, low: float, high: float) -> float | None:
        """A number between ends; None if it is none, or was not written."""
        if value is None:
            return None
        about = {"value": written(value), "low": low, "high": high}
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.add("wrong_form", "number_between", at, **about)
            return None
        if not low <= value <= high:
            self.add("out_of_range", "between", at, **about)
            return None
        return float(value)

    def whole(self, at: str, value: object, low: int, high: int) -> int | None:
        """A whole number between ends; None if it is none, or was not written."""
        number = self.number(at, value, low, high)
        if number is None:
            return None
        if not number.is_integer():
            about = {"value": written(value), "low": low, "high": high, "mend": round(number)}
            self.add("wrong_form", "whole_number", at, **about)
            return None
        return int(number)

    def text(self, at: str, value: object) -> str:
        """A text; empty if it is none."""
        if not isinstance(value, str):
            self.add("wrong_form", "text", at, value=written(value))
            return ""
        return value

    def table(self, at: str, value: object) -> dict[str, Any]:
        """A table; empty if it is none."""
        if not isinstance(value, dict):
            self.add("wrong_form", "table", at, value=written(value))
            return {}
        return value

    def tables(self, at: str, value: object, *, reason: str) -> list[dict[str, Any]]:
        """A list of tables; empty if it is none."""
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.add("wrong_form", reason, at, value=written(value))
            return []
        return value

    def kpi(self, at: str, name: object, *, needs: Needs = "nothing") -> str:
        """A KPI that may stand there; ``profit`` in place of what is none."""
        if name not in REGISTRY:
            shown = near_miss(str(name), REGISTRY)
            self.add("not_found", "kpi", at, name=str(name), suggestion=shown)
            return "profit"
        kpi = REGISTRY[str(name)]
        fit = needs == "nothing" or kpi.direction != 0
        if needs == "margin":
            fit = fit and kpi.pruning == 0 and kpi.margins.act is not None
        if not fit:
            self.add("contradiction", "goal", at, name=kpi.key, known=list(GUARDS))
        return kpi.key

    def unknown(self, at: str, key: str, known: Sequence[str], *, shown: str = "") -> None:
        """A key that nobody knows."""
        meant = near_miss(key, known)
        self.add(
            "unknown_key", "experiment", at, key=shown or at, suggestion=meant, known=list(known)
        )  # fmt: skip


def _line(error: UserError) -> int:
    line = error.values.get("line")
    return line if isinstance(line, int) else 0
