"""When, where and for whom a policy acts, as it is written: ``start``, ``every`` and the rest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sim.policies.aiming import audience_of
from sim.policies.base import LONGEST, WEEKDAYS, Calendar, Policy
from sim.policies.community import OBSERVED
from sim.policies.conditions import impossible, read_condition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.audiences import Audience
    from sim.scenario import Scenario

LIMITS = {"start": (0, LONGEST), "stop": (1, LONGEST), "every": (1, LONGEST)}
KEYS = (*LIMITS, "weekdays", "when", "groups", "to")
"""Keys of a ``[[policies]]`` table beside ``use`` and the policy's own parameters."""


class ScheduleReader:
    """Reads the schedule of one entry; mistakes go to ``add``.

    Args:
        entry: The table.
        policy: Whose schedule it is.
        scenario: For the date of day 0 and the number of groups.
        days: Horizon.
        add: Takes mistakes.
    """

    def __init__(
        self,
        entry: Mapping[str, Any],
        *,
        policy: type[Policy],
        scenario: Scenario,
        days: int,
        add: Callable[..., None],
    ) -> None:
        self._entry, self._policy, self._scenario = entry, policy, scenario
        self._days, self._add = days, add

    def calendar(self) -> dict[str, Any]:
        """``start``, ``stop``, ``every`` and ``weekdays``, checked."""
        found: dict[str, Any] = {"start": 0, "stop": None, "every": self._policy.every}
        for name, (low, high) in LIMITS.items():
            if name in self._entry:
                value = self._day(name, self._entry[name])
                about = {"key": f"{self._policy.key}.{name}", "value": value, "unit": "days"}
                if isinstance(value, bool) or not isinstance(value, int):
                    self._add("wrong_form", "number", name, low=low, high=high, **about)
                elif not low <= value <= high:
                    self._add("out_of_range", "limits", name, low=low, high=high, **about)
                else:
                    found[name] = value
        if "weekdays" in self._entry:
            found["weekdays"] = self._weekdays(self._entry["weekdays"])
            if "every" not in self._entry:
                found["every"] = 1
        self._check_span(found["start"], found["stop"])
        self._check_weekdays(found)
        return found

    def _day(self, name: str, value: object) -> object:
        """A date as a day of the run; anything else as it is, whole floats as whole numbers."""
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if name == "every" or self._scenario.start is None:
            return value
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return value
        if isinstance(value, dt.date):
            return (value - self._scenario.start).days
        return value

    def _weekdays(self, value: object) -> frozenset[int]:
        names = value if isinstance(value, list | tuple) else [value]
        wrong = [name for name in names if name not in WEEKDAYS]
        if wrong or not names:
            about = {"key": f"{self._policy.key}.weekdays", "value": wrong[0] if wrong else "[]"}
            self._add("wrong_form", "weekday", "weekdays", names=" ".join(WEEKDAYS), **about)
            return frozenset()
        return frozenset(WEEKDAYS.index(name) for name in names)

    def _check_span(self, start: int, stop: int | None) -> None:
        about = {"policy": self._policy.key, "start": start}
        if start >= self._days:
            self._add("never_happens", "start", "start", last=self._days - 1, **about)
        elif stop is not None and stop <= start:
            self._add("never_happens", "stop", "stop", stop=stop, **about)

    def _check_weekdays(self, found: dict[str, Any]) -> None:
        """Weekdays that never fall on a day of the rhythm, or not before the end."""
        if not found.get("weekdays"):
            return
        calendar = Calendar(
            days=self._days, first_weekday=self._scenario.first_weekday, **found
        )  # fmt: skip
        if calendar.start < calendar.end and not calendar.acting:
            self._add(
                "never_happens", "weekdays", "weekdays", policy=self._policy.key,
                names=" ".join(WEEKDAYS[day] for day in sorted(found["weekdays"])),
                start=calendar.start, last=calendar.end - 1, every=calendar.every,
            )  # fmt: skip

    def condition(self) -> tuple[Any, ...]:
        """``when``, checked: comparisons that all have to hold."""
        if "when" not in self._entry:
            return ()
        text = self._entry["when"]
        key = f"{self._policy.key}.when"
        try:
            found = read_condition(text if isinstance(text, str) else "")
        except KeyError as error:
            known = " ".join(OBSERVED)
            self._add("unknown_key", "observed", "when", key=key, value=error.args[0], known=known)
        except ValueError as error:
            self._add("wrong_form", "condition", "when", key=key, value=str(error) or str(text))
        else:
            if pair := impossible(found):
                one, other = map(str, pair)
                self._add("contradiction", "condition", "when", key=key, one=one, other=other)
            return found
        return ()

    def audience(self) -> Audience | None:
        """``to``, checked: for whom it is; None = everybody."""
        if "to" not in self._entry:
            return None
        return audience_of(self._entry["to"], key=f"{self._policy.key}.to", add=self._add)

    def groups(self) -> tuple[int, ...]:
        """``groups`` in which it acts, ascending, 0-based; empty = all.

        Whether there will be such groups is known when all policies are read.
        """
        if "groups" not in self._entry:
            return ()
        value = self._entry["groups"]
        chosen = value if isinstance(value, list | tuple) else [value]
        for one in chosen:
            if isinstance(one, bool) or not isinstance(one, int) or one < 0:
                self._add(
                    "out_of_range", "group", "groups", key=f"{self._policy.key}.groups", value=one,
                    last=self._scenario.groups.number - 1,
                )  # fmt: skip
                return ()
        return tuple(sorted(set(chosen)))
