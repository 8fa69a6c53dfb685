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
    from collections.abc import Callable

    from sim.policies.community import Community

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
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

    def holds(self, community: Community) -> bool:
        """Whether it is true this morning; never on day 0, before anything was measured."""
        if community.day == 0:
            return False
        value = community.mean(self.name, days=self.days)
        return _COMPARISONS[self.sign](value, self.limit)


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
