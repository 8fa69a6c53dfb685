"""The factors of a study as they are written: ranges, distributions, choices, or a rule for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.parameters import by_path
from sim.scenario.mistakes import near_miss
from sim.scenario.toml_text import written
from sim.study.explain.players import numbered
from sim.study.explain.ranges import assumptions_of
from sim.study.sensitivity.community import Community
from sim.study.sensitivity.factors import INERT, SHAPES, Factor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.study.explain.ranges import Assumption
    from sim.study.form import Form
    from sim.study.sensitivity.study import Subject

ALL = "all"
"""Every assumption of the community, each in the range that its confidence gives it."""

_RANGE = ("low", "high", "distribution", "integer")
_CHOICE = ("values", "policies", "labels", "weights")
_FACTOR = (*_RANGE, *_CHOICE, *dict.fromkeys(name for shape in SHAPES.values() for name in shape))
_HUGE = 1e15


def factors_of(
    listed: object, subjects: Mapping[str, Subject], *, form: Form, outputs: Sequence[str]
) -> tuple[Factor, ...]:
    """Factors from what stands under ``factors``.

    Args:
        listed: ``"all"``; a list of paths, each in the range by its confidence; or a table of
            ``path = [low, high]``, ``path = "default"``, or ``path = {low, high, distribution,
            ...}``, ``{values = [...]}``, ``{policies = {label = [...]}}``.
        subjects: The arms, the baseline first.
        form: Where mistakes are told.
        outputs: What is looked at: with ``all``, what only the measuring of others depends on is
            left out.
    """
    base = next(iter(subjects.values()))
    if not isinstance(base, Community):
        return _of_formula(listed, base.paths, form)
    known = _Known(subjects, outputs)
    if listed == ALL:
        return tuple(known.by_rule(one) for one in known.assumptions)
    if isinstance(listed, list):
        listed = dict.fromkeys((str(one) for one in listed), "default")
    found = []
    for path, about in _flat(form.table("factors", listed)):
        factor = _Reading(path, about, form, known).factor()
        if factor is not None:
            found.append(factor)
    return tuple(found)


def _of_formula(
    listed: object, paths: Mapping[str, tuple[float, float]], form: Form
) -> tuple[Factor, ...]:
    """All factors of a formula, or those that are written."""
    names = list(paths)
    if isinstance(listed, list):
        for one in listed:
            if one not in paths:
                form.add(
                    "not_found", "factor", "factors", name=one, suggestion=near_miss(one, names)
                )
        names = [one for one in names if one in listed]
    return tuple(Factor(path=name, low=paths[name][0], high=paths[name][1]) for name in names)


class _Known:
    """What may be a factor of a community."""

    def __init__(self, subjects: Mapping[str, Subject], outputs: Sequence[str]) -> None:
        arms = [one.variant for one in subjects.values() if isinstance(one, Community)]
        self.scenario = arms[0].scenario
        kpi = "profit" if "profit" in outputs else outputs[0]
        self.assumptions = assumptions_of(self.scenario, arms, kpi=kpi)
        self.policies = {name for arm in arms for name in numbered(arm.scenario.policies)}

    def by_rule(self, one: Assumption) -> Factor:
        """An assumption in the range that its confidence gives it."""
        row = by_path().get(one.path)
        told = self.scenario.sources.get(one.path)
        source = told.source if told else "" if row is None else row.source
        return Factor(
            path=one.path, kind="integer" if one.counts else "continuous", low=one.low,
            high=one.high, assumed=one.value, confidence=one.confidence, source=source, own=False,
        )  # fmt: skip

    def rule(self, path: str) -> Factor | None:
        """The factor of a path by the rule; None = it has no range of its own."""
        row = by_path().get(path)
        if row is None:
            return None
        value = self.scenario.flat()[path]
        assert isinstance(value, int | float)
        found = assumptions_of(self.scenario, [], kpi="profit", ranges={path: _ends(value, path)})
        return next((self.by_rule(one) for one in found if one.path == path), None)

    def names(self) -> list[str]:
        """Paths of parameters."""
        return list(by_path())


def _ends(value: float, path: str) -> list[float]:
    """The range by the rule, also of what operators know."""
    from sim.study.explain.ranges import range_of

    row = by_path()[path]
    low, high = range_of(value, row.confidence, low=row.low, high=row.high)
    return [low, high]


class _Reading:
    """One factor being read."""

    def __init__(self, path: str, about: Any, form: Form, known: _Known) -> None:
        self._path, self._about, self._form, self._known = path, about, form, known
        self._at = f"factors.{path}"

    def factor(self) -> Factor | None:
        """The factor; None if something is wrong, which is told."""
        path, about, form = self._path, self._about, self._form
        if path == INERT:
            form.add("taken", "inert", self._at, name=path)
            return None
        chooses = isinstance(about, dict) and "policies" in about
        if not chooses and not self._exists():
            return None
        if about == "default":
            return self._by_rule()
        if isinstance(about, list):
            about = {"low": about[0], "high": about[1]} if len(about) == 2 else {}
        if not isinstance(about, dict) or not about:
            form.add("wrong_form", "factor", self._at, value=written(self._about))
            return None
        for key in about:
            if key not in _FACTOR:
                form.unknown(f"{self._at}.{key}", key, _FACTOR)
        if chooses or "values" in about:
            return self._choice(about)
        return self._range(about)

    def _exists(self) -> bool:
        """Whether there is such a value to be moved."""
        section, _, key = self._path.partition(".")
        if self._path in by_path() or self._path == "platform":
            return True
        if key and section in self._known.policies:
            return True
        meant = near_miss(self._path, self._known.names())
        self._form.add("unknown_key", "parameter", self._at, key=self._path, suggestion=meant)
        return False

    def _by_rule(self) -> Factor | None:
        found = self._known.rule(self._path)
        if found is None:
            self._form.add("wrong_form", "factor", self._at, value="default")
        return found

    def _range(self, about: Mapping[str, Any]) -> Factor | None:
        form, at = self._form, self._at
        low = form.number(f"{at}.low", about.get("low"), -_HUGE, _HUGE)
        high = form.number(f"{at}.high", about.get("high"), -_HUGE, _HUGE)
        if low is None or high is None or not low < high:
            form.add("wrong_form", "factor", at, value=written(self._about))
            return None
        row = by_path().get(self._path)
        whole = bool(about.get("integer", row is not None and row.counts))
        if whole and not (low.is_integer() and high.is_integer()):
            form.add("wrong_form", "factor", at, value=written(self._about))
            return None
        shape = self._shape(about, low, high)
        if shape is None:
            return None
        assumed = self._known.scenario.flat().get(self._path)
        inside = isinstance(assumed, int | float) and low <= assumed <= high
        return Factor(
            path=self._path, kind="integer" if whole else "continuous", low=low, high=high,
            distribution=about.get("distribution", "uniform"), shape=shape,
            assumed=float(assumed) if inside and isinstance(assumed, int | float) else None,
            confidence="" if row is None else row.confidence,
        )  # fmt: skip

    def _shape(self, about: Mapping[str, Any], low: float, high: float) -> dict[str, float] | None:
        """Parameters of the distribution, checked; None if something is wrong."""
        form, at = self._form, self._at
        name = about.get("distribution", "uniform")
        if name not in SHAPES:
            meant = near_miss(str(name), SHAPES)
            form.add(
                "not_found", "distribution", f"{at}.distribution", name=name, suggestion=meant,
                known=list(SHAPES),
            )  # fmt: skip
            return None
        shape: dict[str, float] = {}
        for key in SHAPES[name]:
            ends = (low, high) if key == "mode" else (-_HUGE, _HUGE)
            ends = (1e-9, _HUGE) if key in {"sd", "sigma", "median", "a", "b"} else ends
            number = form.number(f"{at}.{key}", about.get(key), *ends)
            if number is None:
                if key not in about:
                    form.add("wrong_form", "missing_key", at, key=f"{at}.{key}")
                return None
            shape[key] = number
        if name in {"loguniform", "lognormal"} and low <= 0:
            form.add("out_of_range", "positive", f"{at}.low", value=low, name=name)
            return None
        return shape

    def _choice(self, about: Mapping[str, Any]) -> Factor | None:
        """Categories: values of the path, or policies that are added."""
        form, at = self._form, self._at
        if "policies" in about:
            table = form.table(f"{at}.policies", about["policies"])
            labels = list(table)
            choices: list[Any] = [
                form.tables(f"{at}.policies.{label}", listed, reason="policies")
                for label, listed in table.items()
            ]
        else:
            values = about["values"]
            choices = values if isinstance(values, list) else []
            labels = about.get("labels") or [str(one) for one in choices]
        weights = about.get("weights", [])
        fine = len(choices) >= 2 and len(labels) == len(choices) == len(set(map(str, labels)))
        fine = fine and isinstance(weights, list) and len(weights) in {0, len(choices)}
        fine = fine and all(isinstance(w, int | float) and w > 0 for w in weights)
        if not fine:
            form.add("wrong_form", "factor", at, value=written(self._about))
            return None
        return Factor(
            path=self._path, kind="categorical", low=0.0, high=len(choices) - 1.0,
            choices=tuple(choices), labels=tuple(map(str, labels)),
            weights=tuple(map(float, weights)),
        )  # fmt: skip


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Factors by dotted path, whether it was written dotted, quoted, or as tables."""
    for key, value in table.items():
        inner = isinstance(value, dict) and not set(value) & set(_FACTOR)
        if inner and value:
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
