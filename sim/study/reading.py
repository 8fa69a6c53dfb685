"""Experiments from TOML files, every mistake told at its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY
from sim.scenario import Scenario, preset_names
from sim.scenario.keys import name_is_usable
from sim.scenario.mistakes import near_miss, schema_mistakes
from sim.scenario.places import Place
from sim.scenario.reading import read_tables
from sim.scenario.toml_text import written
from sim.study.beginning import Saved
from sim.study.experiment import (
    GUARDS,
    MOST_REPLICATES,
    REPLICATES,
    Experiment,
    Spec,
    Stop,
    build_variant,
)
from sim.study.variant import BASE, Variant

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from sim.policies.planning import Caution

SCHEMA = 1
MOST_VARIANTS = 12
"""Variants beside the baseline; more are a job for ``plan``."""

_KEYS = (
    "schema", "question", "question_zh", "base", "days", "goal", "guards", "budget", "minutes",
    "enforce", "stop", "replicates", "seed", "margins", "set", "policies", "without", "variants",
    "plan", "ranges",
)  # fmt: skip
_VARIANT_KEYS = ("name", "zh", "about", "base", "set", "policies", "without")
_STOP_KEYS = ("kpi", "half_width", "max_replicates")
_MOST_YUAN, _MOST_MINUTES, _MOST_SEED = 1e9, 10_080, 2**63 - 1

Begun = tuple[Scenario, Saved | None]
"""A community that nothing was changed in, and the saved one that it goes on from."""


def is_experiment(source: str | os.PathLike[str]) -> bool:
    """Whether a file is an experiment: it has variants, a goal or a question.

    Raises:
        UserError: It cannot be read.
    """
    if str(source) in preset_names() or not str(source).endswith(".toml"):
        return False
    tables, _ = read_tables(Path(source))
    return bool({"variants", "goal", "question", "stop", "plan"} & set(tables))


def read_experiment(
    source: str | os.PathLike[str],
    *,
    days: int | None = None,
    begins: str | os.PathLike[str] | None = None,
    changes: Mapping[str, Any] | None = None,
    policies: Sequence[Mapping[str, Any]] = (),
) -> Experiment:
    """Read an experiment and build its variants.

    Args:
        source: A TOML file.
        days: Horizon; the file's by default, else the community's own.
        begins: Another community to start from than the file's ``base``.
        changes: Values for all variants, by dotted path.
        policies: More policies for all variants.

    Raises:
        UserError: What is wrong, where and how to mend it; ``UserErrors`` if there are several
            mistakes, in order of their lines.
    """
    path = Path(source)
    tables, lines = read_tables(path)
    reader = _Reader(tables, lines, shown=str(source), folder=path.parent)
    return reader.experiment(
        days=days, begins=begins, changes=dict(changes or {}), policies=tuple(policies)
    )


def begun(source: str | os.PathLike[str], *, days: int | None, folder: Path | None = None) -> Begun:
    """A community to start from: a preset, a scenario file, or a saved community.

    Args:
        source: A preset's name or a file.
        days: Horizon from its first morning; its own by default (of a saved one: 180).
        folder: Where a relative path begins.
    """
    if str(source) in preset_names():
        scenario = Scenario.read(str(source))
    else:
        path = Path(source) if folder is None else folder / source
        if not path.exists() and path.suffix != ".toml":
            scenario = Scenario.read(str(source))  # tells that there is no such preset
        elif _is_saved(path):
            saved = Saved.read(path)
            return saved.scenario(days=_AHEAD if days is None else days), saved
        else:
            scenario = Scenario.read(path)
    return (scenario if days is None else scenario.replace({"days": days})), None


_AHEAD = 180


def _is_saved(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False


class _Reader:
    """One file being read; ``errors`` is what is wrong with it."""

    def __init__(
        self, tables: dict[str, Any], lines: dict[str, int], *, shown: str, folder: Path
    ) -> None:
        self._tables, self._lines, self._shown, self._folder = tables, lines, shown, folder
        self.errors: list[UserError] = []

    def experiment(
        self,
        *,
        days: int | None,
        begins: str | os.PathLike[str] | None,
        changes: dict[str, Any],
        policies: tuple[Mapping[str, Any], ...],
    ) -> Experiment:
        tables = self._tables
        if wrong := schema_mistakes(tables.get("schema", SCHEMA), newest=SCHEMA):
            raise self._at(wrong[0], "schema")
        self._known(tables, _KEYS, "")
        own_days = self._whole("days", 1, 10_000)
        days = own_days if days is None else days
        values = self._values()
        base = self._text("base") or "knowledge"
        specs = self._specs(tables.get("variants", []))
        self._stop_here()
        first = self._base_spec(changes, policies)
        variants, cautions = self._variants(
            first, specs, base=base if begins is None else begins, days=days,
            enforced=self._enforced(values), own=begins is None,
        )  # fmt: skip
        self._stop_here()
        return Experiment(
            name=_name_of(self._shown), variants=variants, specs=(first, *specs),
            cautions=cautions, source=self._shown, **values,
        )  # fmt: skip

    def _values(self) -> dict[str, Any]:
        """Everything but the communities."""
        goal = self._kpi("goal", self._tables.get("goal", "profit"))
        guards = self._tables.get("guards")
        if guards is None:
            guards = [one for one in GUARDS.get(goal, ("active_30d", "profit")) if one != goal]
        elif not isinstance(guards, list):
            self._add("wrong_form", "list", "guards", value=written(guards))
            guards = []
        found = [self._kpi(f"guards.{index}", one, guard=True) for index, one in enumerate(guards)]
        return {
            "question": self._text("question"),
            "question_zh": self._text("question_zh"),
            "goal": goal,
            "guards": tuple(dict.fromkeys(one for one in found if one != goal)),
            "budget": self._number("budget", 0, _MOST_YUAN),
            "minutes": self._number("minutes", 0, _MOST_MINUTES),
            "stop": self._stop(),
            "replicates": self._whole("replicates", 2, 100_000) or REPLICATES,
            "seed": self._whole("seed", 0, _MOST_SEED),
            "margins": self._margins(),
            "plan": self._table("plan"),
            "ranges": self._table("ranges"),
        }

    def _enforced(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Limits that hold for every variant, where the file says so."""
        enforce = self._tables.get("enforce", False)
        if not isinstance(enforce, bool):
            self._add("wrong_form", "yes_or_no", "enforce", value=written(enforce))
        if enforce is not True:
            return {}
        limits = {"owner.purse": values["budget"], "owner.minutes_per_week": values["minutes"]}
        return {path: value for path, value in limits.items() if value is not None}

    def _base_spec(
        self, changes: Mapping[str, Any], policies: tuple[Mapping[str, Any], ...]
    ) -> Spec:
        spec = self._spec({"name": BASE, **self._tables}, "")
        return Spec(
            name=BASE, changes={**spec.changes, **changes},
            policies=(*spec.policies, *policies), without=spec.without, places=spec.places,
        )  # fmt: skip

    def _variants(
        self,
        first: Spec,
        specs: Sequence[Spec],
        *,
        base: str | os.PathLike[str],
        days: int | None,
        enforced: Mapping[str, Any],
        own: bool,
    ) -> tuple[tuple[Variant, ...], dict[str, tuple[Caution, ...]]]:
        scenario, saved = self._begun(base, days=days, at="base" if own else "")
        found, cautions = build_variant(first, scenario, begins=saved, extra=enforced)
        variants, told = [found], {BASE: cautions}
        ahead = found.days
        for number, spec in enumerate(specs):
            start, goes_on = found.scenario, saved
            try:
                if spec.base:
                    at = f"variants.{number}.base"
                    start, goes_on = self._begun(spec.base, days=ahead, at=at)
                    start, _ = self._over(first, start, goes_on, enforced)
                variant, told[spec.name] = build_variant(spec, start, begins=goes_on)
            except UserErrors as several:
                self.errors += several.errors
            except UserError as error:
                self.errors.append(error)
            else:
                variants.append(variant)
        return tuple(variants), told

    def _over(
        self, first: Spec, start: Scenario, saved: Saved | None, enforced: Mapping[str, Any]
    ) -> tuple[Scenario, object]:
        """Another community under what holds for all variants."""
        shared = Spec(name=BASE, changes=first.changes, policies=first.policies)
        variant, cautions = build_variant(shared, start, begins=saved, extra=enforced)
        return variant.scenario, cautions

    def _begun(self, source: str | os.PathLike[str], *, days: int | None, at: str) -> Begun:
        try:
            return begun(source, days=days, folder=self._folder if at else None)
        except UserErrors:
            raise
        except UserError as error:
            raise (self._at(error, at) if at and "line" not in error.values else error) from error

    def _specs(self, listed: object) -> list[Spec]:
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            self._add("wrong_form", "variants", "variants", value=written(listed))
            return []
        if len(listed) > MOST_VARIANTS:
            self._add("out_of_range", "variants", "variants", value=len(listed), high=MOST_VARIANTS)
        specs, taken = [], {BASE}
        for number, table in enumerate(listed):
            at = f"variants.{number}"
            self._known(table, _VARIANT_KEYS, f"{at}.")
            name = table.get("name")
            if not isinstance(name, str) or not name_is_usable(name):
                self._add("wrong_form", "variant_name", f"{at}.name", value=written(name))
                continue
            if name in taken:
                self._add("contradiction", "variant_twice", f"{at}.name", name=name)
                continue
            taken.add(name)
            specs.append(self._spec(table, f"{at}."))
        return specs

    def _spec(self, table: Mapping[str, Any], at: str) -> Spec:
        changes = table.get("set", {})
        if not isinstance(changes, dict):
            self._add("wrong_form", "table", f"{at}set", value=written(changes))
            changes = {}
        policies = table.get("policies", [])
        if not isinstance(policies, list) or not all(isinstance(one, dict) for one in policies):
            self._add("wrong_form", "policies", f"{at}policies", value=written(policies))
            policies = []
        without = table.get("without", [])
        if not isinstance(without, list) or not all(isinstance(one, str) for one in without):
            self._add("wrong_form", "list", f"{at}without", value=written(without))
            without = []
        texts = {}
        for key in ("about", "zh", "base") if at else ():
            value = table.get(key, "")
            if not isinstance(value, str):
                self._add("wrong_form", "text", f"{at}{key}", value=written(value))
                value = ""
            texts[key] = value
        return Spec(
            name=str(table["name"]), changes=_flat(changes), policies=tuple(policies),
            without=tuple(without), places=self._places(at), **texts,
        )  # fmt: skip

    def _places(self, at: str) -> dict[str, Place]:
        return {
            key.removeprefix(at): Place(self._shown, line)
            for key, line in self._lines.items()
            if key.startswith(at)
        }

    def _stop(self) -> Stop | None:
        table = self._tables.get("stop")
        if table is None:
            return None
        if not isinstance(table, dict):
            self._add("wrong_form", "table", "stop", value=written(table))
            return None
        self._known(table, _STOP_KEYS, "stop.")
        kpi = self._kpi("stop.kpi", table.get("kpi", "profit"), guard=True)
        half = self._number("stop.half_width", 1e-4, 10.0, table.get("half_width"))
        most = self._whole("stop.max_replicates", 10, 100_000, table.get("max_replicates"))
        if half is None:
            if "half_width" not in table:
                self._add("wrong_form", "missing_key", "stop", key="stop.half_width")
            return None
        return Stop(kpi=kpi, half_width=half, max_replicates=most or MOST_REPLICATES)

    def _margins(self) -> dict[str, float]:
        found = {}
        for name, value in self._table("margins").items():
            kpi = self._kpi(f"margins.{name}", name, guard=True)
            number = self._number(f"margins.{name}", 0, _MOST_YUAN, value)
            if number is not None:
                found[kpi] = number
        return found

    def _kpi(self, at: str, name: object, *, guard: bool = False) -> str:
        """A KPI that differences can be judged by; the goal must be one that can be won."""
        if name not in REGISTRY:
            shown = near_miss(str(name), REGISTRY)
            self._add("not_found", "kpi", at, name=str(name), suggestion=shown)
            return "profit"
        kpi = REGISTRY[str(name)]
        if not guard and (kpi.direction == 0 or kpi.pruning != 0 or kpi.margins.act is None):
            self._add("contradiction", "goal", at, name=kpi.key, known=list(GUARDS))
        return kpi.key

    def _known(self, table: Mapping[str, Any], known: Sequence[str], at: str) -> None:
        for key in table:
            if key not in known and not (at == "" and key == "name"):
                meant = near_miss(key, known)
                self._add(
                    "unknown_key", "experiment", f"{at}{key}", key=f"{at}{key}",
                    suggestion=meant, known=list(known),
                )  # fmt: skip

    def _table(self, key: str) -> dict[str, Any]:
        value = self._tables.get(key, {})
        if not isinstance(value, dict):
            self._add("wrong_form", "table", key, value=written(value))
            return {}
        return value

    def _text(self, key: str) -> str:
        value = self._tables.get(key, "")
        if not isinstance(value, str):
            self._add("wrong_form", "text", key, value=written(value))
            return ""
        return value

    def _number(self, key: str, low: float, high: float, value: Any = None) -> float | None:
        value = self._tables.get(key) if value is None else value
        if value is None:
            return None
        about = {"value": written(value), "low": low, "high": high}
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._add("wrong_form", "number", key, unit="", **about)
            return None
        if not low <= value <= high:
            self._add("out_of_range", "between", key, **about)
            return None
        return float(value)

    def _whole(self, key: str, low: int, high: int, value: Any = None) -> int | None:
        number = self._number(key, low, high, value)
        if number is None:
            return None
        if not number.is_integer():
            about = {"value": written(number), "low": low, "high": high, "mend": round(number)}
            self._add("wrong_form", "whole_number", key, key=key, unit="", **about)
            return None
        return int(number)

    def _add(self, kind: str, reason: str, at: str, /, **values: object) -> None:
        about = {"key": at, **values}
        self.errors.append(self._at(UserError(kind, reason, **about), at))

    def _at(self, error: UserError, at: str) -> UserError:
        """The same mistake with its place; of a key that is not there, the nearest table's."""
        place = at
        while place and place not in self._lines:
            place = place.rpartition(".")[0]
        about = {"file": self._shown, "line": self._lines.get(place)}
        return UserError(error.kind, error.reason, **{**about, **error.values, **about})

    def _stop_here(self) -> None:
        if self.errors:
            order = sorted(self.errors, key=_line)
            raise order[0] if len(order) == 1 else UserErrors(order)


def _line(error: UserError) -> int:
    line = error.values.get("line")
    return line if isinstance(line, int) else 0


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted paths, whether they were written dotted, quoted, or as tables."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}.{name}": inner for name, inner in value.items()}
        else:
            flat[str(key)] = value
    return flat


def _name_of(shown: str) -> str:
    return Path(shown).stem or "experiment"
