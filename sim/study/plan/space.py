"""What a plan may choose from: policies, the values of their settings, and mixes of them."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.policies.registry import policy_class
from sim.study.explain.ranges import moved
from sim.study.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sim.scenario.places import Place

STEPS = 24
"""Values of a setting that are tried, about: mixes repeat, and what is recommended is readable."""

_MONEY_IN = ("price", "fee", "share", "discount")
"""Settings by which money is taken in or passed on, which is not spending."""

Entry = dict[str, Any]
"""One ``[[policies]]`` table."""

Number = float | int | str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One key of a policy's entry of which the value is chosen.

    Attributes:
        name: The key.
        values: What it may be, ascending where it is a number; at least two.
        high: Largest value that the policy allows; None = it is no number.
        switches: Whether the policy is off where it (and others like it) has its value ``off``.
    """

    name: str
    values: tuple[Number, ...]
    high: float | None = None
    switches: bool = False

    @property
    def spends(self) -> bool:
        """Whether more of it is more spending."""
        return self.switches and self.name not in _MONEY_IN

    def nearest(self, value: object) -> int:
        """Index of a value, or of the one nearest to it."""
        if value in self.values:
            return self.values.index(value)
        if not isinstance(value, int | float):
            return 0
        numbers = [one for one in self.values if not isinstance(one, str)]
        return min(range(len(numbers)), key=lambda i: abs(numbers[i] - value), default=0)


def grid(low: float, high: float, *, whole: bool, keep: Iterable[float] = ()) -> tuple[Number, ...]:
    """Both ends, and round numbers between them.

    Args:
        low: Smallest.
        high: Largest, above ``low``.
        whole: Whether only whole numbers are allowed.
        keep: Values that are to be among them, if they lie between.

    Returns:
        Ascending; about :data:`STEPS`, in steps of 1, 2 or 5 times a power of ten.
    """
    raw = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= 0.8 * raw)
    step = max(1.0, step) if whole else step
    first = math.floor(low / step) + 1
    inner = [round(k * step, 10) for k in range(first, math.ceil(high / step))]
    found = {low, high, *(v for v in inner if low < v < high), *(v for v in keep if low < v < high)}
    return tuple(sorted({int(v) for v in found} if whole else {float(v) for v in found}))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One policy that a mix may have.

    Attributes:
        name: The policy's key, ``red_packet#2`` for its second use.
        use: The policy's key.
        fixed: What of its entry is not chosen.
        settings: What is.
        dated: Whether its days count from today where the community is a saved one.
        places: Where its keys were written.
    """

    name: str
    use: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    dated: bool = True
    places: Mapping[str, Place] = field(default_factory=dict)

    def entry(self, chosen: Mapping[str, Number]) -> Entry:
        """Its table with chosen values."""
        order = {one.name: chosen[one.name] for one in self.settings}
        return {"use": self.use, **self.fixed, **order}

    def is_off(self, entry: Mapping[str, Any]) -> bool:
        """Whether it does nothing."""
        policy = policy_class(self.use)
        fields = policy.model_fields
        return bool(policy.off) and all(
            entry.get(key, fields[key].default) == value for key, value in policy.off.items()
        )

    def scaled(self, entry: Mapping[str, Any], factor: float) -> Entry | None:
        """Its table with so many times its spending; None = more than the policy allows.

        Whole numbers stay whole; only what switches it and costs is scaled.
        """
        policy = policy_class(self.use)
        scaled = dict(entry)
        for key, off in policy.off.items():
            if key in _MONEY_IN:
                continue
            declared = policy.model_fields[key]
            value = entry.get(key, declared.default)
            more = off + (value - off) * factor
            about: Any = declared.json_schema_extra
            if more > about["high"] or more < about["low"]:
                return None
            scaled[key] = round(more) if isinstance(declared.default, int) else round(more, 6)
        return scaled

    @property
    def can_be_scaled(self) -> bool:
        """Whether it has something of which more is more spending."""
        return any(key not in _MONEY_IN for key in policy_class(self.use).off)


@dataclass(frozen=True)
class Mix:
    """Policies with their values; equal tables are equal mixes.

    Attributes:
        entries: Tables by candidate name, in order of the candidates; empty = nothing is done.
    """

    entries: Mapping[str, Entry]

    @cached_property
    def key(self) -> str:
        """SHA-256 of its tables, 16 hex digits."""
        listed = list(self.entries.items())
        text = json.dumps(listed, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mix) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def without(self, name: str) -> Mix:
        """The same without one policy."""
        return Mix({key: value for key, value in self.entries.items() if key != name})

    def having(self, name: str, entry: Entry) -> Mix:
        """The same with another table for one of its policies."""
        return Mix({key: entry if key == name else value for key, value in self.entries.items()})


@dataclass(frozen=True, kw_only=True)
class Space:
    """Everything that may be chosen.

    Attributes:
        base: The baseline; what it has of the candidates' policies is decided anew.
        candidates: Policies to choose from.
        starts: Mixes worth trying first, as they were written.
    """

    base: Variant
    candidates: tuple[Candidate, ...]
    starts: tuple[Mix, ...] = ()

    @cached_property
    def now(self) -> dict[str, Entry]:
        """What the baseline does of the candidates' policies, by candidate."""
        found, counts = {}, dict[str, int]()
        names = [one.name for one in self.candidates]
        for entry in self.base.scenario.policies:
            use = str(entry["use"])
            counts[use] = counts.get(use, 0) + 1
            name = use if counts[use] == 1 else f"{use}#{counts[use]}"
            if name in names:
                found[name] = {key: _plain(value) for key, value in entry.items()}
        return found

    def reverted(self, mix: Mix, name: str) -> Mix:
        """A mix with one policy as the baseline has it, which may be not at all."""
        entry = self.now.get(name)
        entries = {key: value for key, value in mix.entries.items() if key != name}
        if entry is not None:
            entries[name] = entry
        order = [one.name for one in self.candidates if one.name in entries]
        return Mix({key: entries[key] for key in order})

    @cached_property
    def replaced(self) -> tuple[str, ...]:
        """Keys of the baseline's policies that are decided anew."""
        chosen = {one.use for one in self.candidates}
        return tuple(
            dict.fromkeys(
                str(entry["use"])
                for entry in self.base.scenario.policies
                if entry.get("use") in chosen
            )
        )

    def sizes(self) -> dict[str, int]:
        """Dimensions and how many values each has: whether a policy is used, and its settings."""
        found = {}
        for one in self.candidates:
            found[one.name] = 2
            found |= {f"{one.name}.{each.name}": len(each.values) for each in one.settings}
        return found

    def mix(self, places: Mapping[str, int]) -> Mix:
        """The mix at a point of the space, one index a dimension."""
        entries = {}
        for one in self.candidates:
            if not places[one.name]:
                continue
            chosen = {s.name: s.values[places[f"{one.name}.{s.name}"]] for s in one.settings}
            entry = one.entry(chosen)
            if not one.is_off(entry):
                entries[one.name] = entry
        return Mix(entries)

    def place(self, mix: Mix) -> dict[str, int]:
        """The point of the space nearest to a mix."""
        found = {}
        for one in self.candidates:
            entry = mix.entries.get(one.name)
            found[one.name] = int(entry is not None)
            for each in one.settings:
                middle = (len(each.values) - 1) // 2
                place = middle if entry is None else each.nearest(entry.get(each.name))
                found[f"{one.name}.{each.name}"] = place
        return found

    def candidate(self, name: str) -> Candidate:
        """The candidate of a name."""
        return next(one for one in self.candidates if one.name == name)

    def under(self, mix: Mix | None, changes: Mapping[str, Any] | None = None) -> Variant:
        """The community under a mix (None = the baseline) and other assumptions.

        Args:
            mix: What is done.
            changes: Values by path: of parameters, or of settings of the baseline's policies and
                of candidates, by policy's name and key.

        Raises:
            UserError: As ``Scenario.replace``.
        """
        made = self.base if mix is None else self.variant(mix)
        return moved(made, changes) if changes else made

    def variant(self, mix: Mix) -> Variant:
        """The community under a mix.

        Args:
            mix: What is done.

        Raises:
            UserError: As ``Scenario.replace``.
        """
        start = self.base.scenario
        policies = [e for e in start.policies if e.get("use") not in self.replaced]
        places: dict[str, Place] = {}
        for name, entry in mix.entries.items():
            one = self.candidate(name)
            begins = self.base.begins if one.dated else None
            for key, place in one.places.items():
                places[f"policies.{len(policies)}.{key}"] = place
            policies.append(dict(entry) if begins is None else begins.dated(entry))
        scenario = start.replace({"policies": policies}, places=places)
        return Variant(scenario=scenario, name="mix", begins=self.base.begins)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def far_apart(mixes: Sequence[Mix], space: Space, *, most: int) -> list[Mix]:
    """The first mixes of a list that are not nearly the same as one before.

    Two are nearly the same if they have the same policies and every setting lies within a tenth of
    its values.

    Args:
        mixes: Best first.
        space: What they were chosen from.
        most: How many are wanted.
    """
    sizes, kept = space.sizes(), list[Mix]()
    places: list[dict[str, int]] = []
    for mix in mixes:
        if len(kept) >= most:
            break
        here = space.place(mix)
        near = any(
            set(mix.entries) == set(other.entries)
            and all(abs(here[key] - there[key]) <= sizes[key] / 10 for key in sizes)
            for other, there in zip(kept, places, strict=True)
        )
        if not near:
            kept.append(mix)
            places.append(here)
    return kept
