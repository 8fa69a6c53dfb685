"""``when`` of a policy: on which mornings it acts, from what was measured (handbook: H1, H2).

A condition compares daily KPIs of the days that are over with numbers: ``speakers_7d < 20``, or
several joined by ``and``. A name with ``_7d`` (any number of days) is the mean of that many days.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.policies.community import OBSERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.policies.community import Community

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SIGNED = ("profit", "revenue")  # refunds of a day may be more than its sales
_PART = re.compile(r"\s*([a-z_]+?)(?:_([0-9]{1,3})d)?\s*(<=|>=|<|>)\s*(-?[0-9]+(?:\.[0-9]*)?)\s*")


@dataclass(frozen=True)
class Comparison:
    """One KPI against one number.

    Attributes:
        name: A KPI of ``OBSERVED``.
        days: Days that are averaged, at least 1.
        sign: ``<``, ``<=``, ``>`` or ``>=``.
        limit: The number.
    """

    name: str
    days: int
    sign: str
    limit: float

    def __str__(self) -> str:
        """As it is written."""
        window = f"_{self.days}d" if self.days > 1 else ""
        return f"{self.name}{window} {self.sign} {self.limit:g}"

    def holds(self, community: Community) -> bool:
        """Whether it is true this morning; never on day 0, before anything was measured."""
        if community.day == 0:
            return False
        value = community.mean(self.name, days=self.days)
        return _COMPARISONS[self.sign](value, self.limit)


def impossible(comparisons: Sequence[Comparison]) -> tuple[Comparison, Comparison] | None:
    """Two comparisons that can never both hold; None if there are none.

    Means over different numbers of days may differ as they like. What is counted is never below
    0, which is the second comparison of a lone impossible one; profit and revenue may be.
    """
    for one in comparisons:
        floor = [] if one.name in _SIGNED else [Comparison(one.name, one.days, ">=", 0.0)]
        for other in (*comparisons, *floor):
            if (one.name, one.days) == (other.name, other.days) and _apart(one, other):
                return one, other
    return None


def _apart(upper: Comparison, lower: Comparison) -> bool:
    """Whether the first is an upper bound below the second, a lower one."""
    if upper.sign[0] != "<" or lower.sign[0] != ">":
        return False
    touching = upper.limit == lower.limit and "=" in upper.sign and "=" in lower.sign
    return upper.limit <= lower.limit and not touching


def read_condition(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a condition, all of which have to hold.

    Args:
        text: For example ``speakers_7d < 20 and members > 100``.

    Raises:
        ValueError: It has another form.
        KeyError: A KPI is unknown; its argument is the name.
    """
    found = []
    for part in text.split(" and "):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(part.strip())
        name, days, sign, limit = match.groups()
        if name not in OBSERVED:
            raise KeyError(name)
        if days is not None and int(days) == 0:
            raise ValueError(part.strip())
        found.append(Comparison(name, int(days or 1), sign, float(limit)))
    return tuple(found)
