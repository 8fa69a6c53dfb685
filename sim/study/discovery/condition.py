"""What is looked for: ``profit < 0``, ``retention_d30 >= 30%``, ``stage == dormant``."""

from __future__ import annotations

import difflib
import math
import operator
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from sim.errors import UserError
from sim.metrics.registry import REGISTRY
from sim.metrics.stage import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sim.study.discovery.sample import Bools, Floats

Operator = Literal["<", "<=", ">", ">=", "==", "!="]

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_ALIKE = {"≤": "<=", "≥": ">=", "≠": "!="}
_FORM = re.compile(
    r"\s*(?P<kpi>[\w.\[\]-]+)\s*(?P<op><=|>=|==|!=|<|>|=)\s*(?P<value>\S+(?:\s*%)?)\s*"
)


@dataclass(frozen=True)
class Condition:
    """A comparison that an output meets or not.

    Attributes:
        kpi: Name of the output.
        op: The comparison.
        value: What it is compared with, in the output's unit; a stage as its code.
    """

    kpi: str
    op: Operator
    value: float

    def __str__(self) -> str:
        return f"{self.kpi} {self.op} {self.shown}"

    @property
    def shown(self) -> str:
        """The value as one would write it: ``0``, ``0.3``, ``dormant``."""
        stage = self.kpi == "stage" and self.value in range(len(STAGES))
        return STAGES[int(self.value)] if stage else f"{self.value:.12g}"

    def met(self, y: Floats) -> Bools:
        """Where the output meets it, same shape; what is not known (NaN) never does."""
        return cast("Bools", _COMPARE[self.op](y, self.value) & ~np.isnan(y))

    def table(self) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {"kpi": self.kpi, "op": self.op, "value": self.value, "text": str(self)}


def parse_condition(text: str, *, known: Collection[str] | None = None) -> Condition:
    """Read a condition.

    Args:
        text: An output, a comparison (``<``, ``<=``, ``>``, ``>=``, ``==``, ``!=``), a number.
            Full-width signs and ``≤ ≥ ≠ =`` are read, ``30%`` is 0.3, a stage has its name.
        known: Outputs there are; None = every KPI.

    Raises:
        UserError: ``wrong_form``/``discover_condition`` or ``discover_number``,
            ``not_found``/``kpi`` or, with outputs given, ``not_found``/``output``.
    """
    plain = unicodedata.normalize("NFKC", text)
    for sign, written in _ALIKE.items():
        plain = plain.replace(sign, written)
    found = _FORM.fullmatch(plain)
    if found is None:
        raise UserError("wrong_form", "discover_condition", value=text)
    kpi, op = found["kpi"], found["op"]
    names = list(REGISTRY if known is None else known)
    if kpi not in names:
        near = difflib.get_close_matches(kpi, names, n=1, cutoff=0.6)
        if known is None:
            raise UserError("not_found", "kpi", name=kpi, suggestion=near)
        raise UserError("not_found", "output", name=kpi, suggestion=near, known=names)
    value = _number(found["value"], stage=kpi == "stage")
    if not math.isfinite(value):
        raise UserError("wrong_form", "discover_number", value=text, word=found["value"])
    return Condition(kpi, cast("Operator", "==" if op == "=" else op), value)


def _number(word: str, *, stage: bool) -> float:
    """The number that a word stands for; NaN if none."""
    if stage and word in STAGES:
        return float(STAGES.index(word))
    percent = word.endswith("%")
    try:
        number = float(word.rstrip("% ").replace(",", ""))
    except ValueError:
        return math.nan
    return number / 100 if percent else number
