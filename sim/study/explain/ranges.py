"""How far each assumption may be off: the experiment's own ranges, else one rule by confidence.

The rule is a convention, not a measurement: what is trusted less is moved further, both ways, by
the factor of :data:`FACTORS`, within the parameter's bounds. A value of zero has no such range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.parameters import SECTIONS, table
from sim.policies.base import settings_of
from sim.policies.registry import policy_class
from sim.scenario import Scenario
from sim.scenario.mistakes import near_miss
from sim.study.explain.players import numbered
from sim.study.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.policies.base import SettingInfo

FACTORS = {"high": 1.1, "medium": 1.25, "low": 1.5, "unknown": 2.0}
"""By which a value is multiplied and divided, by confidence."""

KNOWN = frozenset({
    "members.initial", "members.leaders", "members.seed_users", "members.administrators",
    "members.guests", "groups.number", "groups.capacity", "groups.qr_limit",
    "owner.minutes_per_week", "owner.purse", "owner.leaves_on",
})  # fmt: skip
"""What an operator sees or decides; it is moved only where the experiment gives it a range."""

_MEASURING = {
    "stage.": ("stage", "alive_end", "half_life_days"), "finance.": ("npv",),
    "owner.hour_value": ("profit_after_time",),
}  # fmt: skip
"""What changes no run but only how it is measured: beginnings of paths, and KPIs it matters to."""

_UNCERTAIN = ("low", "unknown")


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """One value that may be off.

    Attributes:
        path: Dotted path; of a policy's setting its name and key, ``free_course#2.candidates``.
        low: Low end of its range.
        value: What is assumed.
        high: High end.
        confidence: How far it is trusted.
        own: Whether the experiment gave the range.
        counts: Whether only whole numbers are allowed.
    """

    path: str
    low: float
    value: float
    high: float
    confidence: str
    own: bool = False
    counts: bool = False

    def at(self, share: float) -> float:
        """The value at a share of its range: 0 low, 0.5 as assumed, 1 high, straight between."""
        if share < 0.5:
            found = self.low + (self.value - self.low) * 2 * share
        else:
            found = self.value + (self.high - self.value) * (2 * share - 1)
        return float(round(found)) if self.counts else found


def range_of(value: float, confidence: str, *, low: float, high: float) -> tuple[float, float]:
    """The range of a value by the rule.

    Args:
        value: What is assumed.
        confidence: ``high``, ``medium``, ``low`` or ``unknown``.
        low: Smallest value allowed.
        high: Largest value allowed.
    """
    factor = FACTORS[confidence]
    ends = sorted((value * factor, value / factor))
    return min(value, max(low, ends[0])), max(value, min(high, ends[1]))


def assumptions_of(
    base: Scenario,
    variants: Sequence[Variant],
    *,
    kpi: str,
    ranges: Mapping[str, Any] | None = None,
) -> tuple[Assumption, ...]:
    """Everything that may be off, each with its range.

    Args:
        base: The baseline; its parameters are moved in all variants alike.
        variants: Variants whose own policies' settings are moved where they are little trusted and
            nobody wrote them down.
        kpi: What is explained: what only the measuring of others depends on is left out.
        ranges: The experiment's own, ``path = [low, high]``; what no variant here has is passed
            over (:func:`check_ranges`).

    Raises:
        UserError: ``wrong_form``/``range``, ``out_of_range``/``between`` for a range that makes no
            sense.
    """
    own = _own_ranges(ranges or {})
    found = [*_parameters(base, kpi, own), *_settings(base, variants, own)]
    return tuple(one for one in found if one.low < one.high)


def check_ranges(ranges: Mapping[str, Any], variants: Sequence[Variant]) -> None:
    """Refuse ranges of what is neither a parameter nor a setting of an added policy.

    Args:
        ranges: The experiment's own.
        variants: All of them, the baseline first.

    Raises:
        UserError: ``unknown_key``/``parameter``; as :func:`assumptions_of`.
    """
    own = _own_ranges(ranges)
    base, *others = variants
    known = [*(row.path for row in table())]
    known += [one.path for one in _settings(base.scenario, others, own)]
    for path in own:
        if path not in known:
            meant = near_miss(path, known)
            raise UserError("unknown_key", "parameter", key=path, suggestion=meant)


def _parameters(base: Scenario, kpi: str, own: Mapping[str, Any]) -> Iterable[Assumption]:
    values = base.flat()
    for row in table():
        told = base.sources.get(row.path)
        left_out = row.path in KNOWN or any(
            row.path.startswith(start) and kpi not in measured
            for start, measured in _MEASURING.items()
        )
        if row.path not in own and left_out:
            continue
        value = values[row.path]
        assert isinstance(value, int | float)
        yield _assumption(
            row.path, value, own.get(row.path), low=row.low, high=row.high, counts=row.counts,
            confidence=told.confidence if told else row.confidence,
        )  # fmt: skip


def _settings(
    base: Scenario, variants: Sequence[Variant], own: Mapping[str, Any]
) -> Iterable[Assumption]:
    shared = numbered(base.policies)
    seen = set()
    for variant in variants:
        entries = variant.scenario.policies
        for name, entry in zip(numbered(entries), entries, strict=True):
            if name in shared:
                continue
            for info in settings_of(policy_class(str(entry["use"]))):
                path = f"{name}.{info.name}"
                if path not in seen and (path in own or _may_be_off(info, entry)):
                    seen.add(path)
                    yield _assumption(
                        path, float(entry.get(info.name, info.default)), own.get(path),
                        low=info.low, high=info.high, counts=isinstance(info.default, int),
                        confidence=info.confidence,
                    )  # fmt: skip


def _may_be_off(info: SettingInfo, entry: Mapping[str, Any]) -> bool:
    """Whether a setting is an assumption: what somebody wrote down is his decision."""
    return info.name not in entry and info.confidence in _UNCERTAIN


def _assumption(
    path: str,
    value: float,
    own: tuple[float, float] | None,
    *,
    low: float,
    high: float,
    confidence: str,
    counts: bool,
) -> Assumption:
    if own is None:
        least, most = range_of(float(value), confidence, low=low, high=high)
    else:
        for end in own:
            if not low <= end <= high:
                raise UserError("out_of_range", "between", key=path, value=end, low=low, high=high)
        least, most = min(own[0], value), max(own[1], value)
    if counts:
        least, most = round(least), round(most)
    return Assumption(
        path=path, low=float(least), value=float(value), high=float(most), confidence=confidence,
        own=own is not None, counts=counts,
    )  # fmt: skip


def _own_ranges(ranges: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    found = {}
    for path, ends in _flat(ranges):
        fine = (
            isinstance(ends, (list, tuple))
            and len(ends) == 2
            and all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends)
            and ends[0] < ends[1]
        )
        if not fine:
            raise UserError("wrong_form", "range", key=path, value=str(ends))
        found[path] = (float(ends[0]), float(ends[1]))
    return found


def _flat(ranges: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in ranges.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def moved(variant: Variant, values: Mapping[str, float]) -> Variant:
    """A variant under other assumptions; settings of policies that it does not have stay out.

    Args:
        variant: The variant.
        values: Values by path (:attr:`Assumption.path`).

    Raises:
        UserError: The values do not fit together.
    """
    # built anew, not replaced: hundreds of variants with hundreds of values need no places in files
    data: dict[str, Any] = variant.scenario.resolved()
    data.pop("sources", None)
    places = dict(zip(numbered(data["policies"]), data["policies"], strict=True))
    for path, value in values.items():
        section, _, key = path.partition(".")
        if section in SECTIONS:
            data[section][key] = value
        elif section in places:
            places[section][key] = value
    made = Variant(scenario=Scenario.build(data), name=variant.name, begins=variant.begins)
    return variant if made == variant else made
