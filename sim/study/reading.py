"""Experiments from TOML files, every mistake told at its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.scenario import Scenario, preset_names
from sim.scenario.keys import name_is_usable
from sim.scenario.mistakes import schema_mistakes
from sim.scenario.places import Place
from sim.scenario.reading import read_tables
from sim.scenario.toml_text import written
from sim.study.beginning import begun
from sim.study.experiment import (
    GUARDS,
    MOST_REPLICATES,
    REPLICATES,
    Experiment,
    Spec,
    Stop,
    build_variant,
)
from sim.study.form import Form
from sim.study.later import keys_of
from sim.study.variant import BASE, Variant

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from sim.policies.planning import Caution
    from sim.study.beginning import Beginning, Begun

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
    reader = _Reader(tables, Form(str(source), lines), folder=path.parent)
    return reader.experiment(
        days=days, begins=begins, changes=dict(changes or {}), policies=tuple(policies)
    )


def experiment_of(
    tables: dict[str, Any], form: Form, *, folder: Path, changes: Mapping[str, Any]
) -> Experiment:
    """An experiment whose tables were read already.

    Args:
        tables: What the file says.
        form: The file's name and lines.
        folder: Where relative paths begin.
        changes: Values for all variants, by dotted path.

    Raises:
        UserError: As :func:`read_experiment`.
    """
    reader = _Reader(tables, form, folder=folder)
    return reader.experiment(days=None, begins=None, changes=dict(changes), policies=())


class _Reader:
    """One experiment being read."""

    def __init__(self, tables: dict[str, Any], form: Form, *, folder: Path) -> None:
        self._tables, self._form, self._folder = tables, form, folder

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
            raise self._form.placed(wrong[0], "schema")
        self._known(tables, _KEYS, "")
        own_days = self._form.whole("days", tables.get("days"), 1, 10_000)
        days = own_days if days is None else days
        values = self._values()
        base = self._text("base") or "knowledge"
        specs = self._specs(tables.get("variants", []))
        self._form.stop_here()
        first = self._base_spec(changes, policies)
        variants, cautions = self._variants(
            first, specs, base=base if begins is None else begins, days=days,
            enforced=self._enforced(values), own=begins is None,
        )  # fmt: skip
        self._form.stop_here()
        return Experiment(
            name=_name_of(self._form.shown), variants=variants, specs=(first, *specs),
            cautions=cautions, source=self._form.shown, **values,
        )  # fmt: skip

    def _values(self) -> dict[str, Any]:
        """Everything but the communities."""
        form, tables = self._form, self._tables
        goal = form.kpi("goal", tables.get("goal", "profit"), needs="margin")
        guards = tables.get("guards")
        if guards is None:
            guards = [one for one in GUARDS.get(goal, ("active_30d", "profit")) if one != goal]
        elif not isinstance(guards, list):
            form.add("wrong_form", "list", "guards", value=written(guards))
            guards = []
        found = [form.kpi(f"guards.{index}", one) for index, one in enumerate(guards)]
        return {
            "question": self._text("question"),
            "question_zh": self._text("question_zh"),
            "goal": goal,
            "guards": tuple(dict.fromkeys(one for one in found if one != goal)),
            "budget": form.number("budget", tables.get("budget"), 0, _MOST_YUAN),
            "minutes": form.number("minutes", tables.get("minutes"), 0, _MOST_MINUTES),
            "stop": self._stop(),
            "replicates": form.whole("replicates", tables.get("replicates"), 2, 100_000)
            or REPLICATES,
            "seed": form.whole("seed", tables.get("seed"), 0, _MOST_SEED),
            "margins": self._margins(),
            "plan": self._table("plan"),
            "ranges": self._table("ranges"),
        }

    def _enforced(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Limits that hold for every variant, where the file says so."""
        enforce = self._tables.get("enforce", False)
        if not isinstance(enforce, bool):
            self._form.add("wrong_form", "yes_or_no", "enforce", value=written(enforce))
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
            start, goes_on, gone = found.scenario, saved, keys_of(cautions)
            try:
                if spec.base:
                    at = f"variants.{number}.base"
                    start, goes_on = self._begun(spec.base, days=ahead, at=at)
                    start, there = self._over(first, start, goes_on, enforced)
                    gone = keys_of(there)
                variant, told[spec.name] = build_variant(spec, start, begins=goes_on, gone=gone)
            except UserErrors as several:
                self._form.errors += several.errors
            except UserError as error:
                self._form.errors.append(error)
            else:
                variants.append(variant)
        return tuple(variants), told

    def _over(
        self, first: Spec, start: Scenario, saved: Beginning | None, enforced: Mapping[str, Any]
    ) -> tuple[Scenario, tuple[Caution, ...]]:
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
            raise (self._form.placed(error, at) if at else error) from error

    def _specs(self, variants: object) -> list[Spec]:
        listed = self._form.tables("variants", variants, reason="variants")
        if len(listed) > MOST_VARIANTS:
            about = {"value": len(listed), "high": MOST_VARIANTS}
            self._form.add("out_of_range", "variants", "variants", **about)
        specs, taken = [], {BASE}
        for number, table in enumerate(listed):
            at = f"variants.{number}"
            self._known(table, _VARIANT_KEYS, f"{at}.")
            name = table.get("name")
            if not isinstance(name, str) or not name_is_usable(name):
                self._form.add("wrong_form", "variant_name", f"{at}.name", value=written(name))
                continue
            if name in taken:
                self._form.add("contradiction", "variant_twice", f"{at}.name", name=name)
                continue
            taken.add(name)
            specs.append(self._spec(table, f"{at}."))
        return specs

    def _spec(self, table: Mapping[str, Any], at: str) -> Spec:
        form = self._form
        without = table.get("without", [])
        if not isinstance(without, list) or not all(isinstance(one, str) for one in without):
            form.add("wrong_form", "list", f"{at}without", value=written(without))
            without = []
        texts = {
            key: form.text(f"{at}{key}", table.get(key, ""))
            for key in (("about", "zh", "base") if at else ())
        }
        return Spec(
            name=str(table["name"]),
            changes=_flat(form.table(f"{at}set", table.get("set", {}))),
            policies=tuple(
                form.tables(f"{at}policies", table.get("policies", []), reason="policies")
            ),
            without=tuple(without), places=self._places(at), **texts,
        )  # fmt: skip

    def _places(self, at: str) -> dict[str, Place]:
        return {
            key.removeprefix(at): Place(self._form.shown, line)
            for key, line in self._form.lines.items()
            if key.startswith(at)
        }

    def _stop(self) -> Stop | None:
        form = self._form
        if "stop" not in self._tables:
            return None
        table = form.table("stop", self._tables["stop"])
        if table is not self._tables["stop"]:
            return None
        self._known(table, _STOP_KEYS, "stop.")
        kpi = form.kpi("stop.kpi", table.get("kpi", "profit"))
        half = form.number("stop.half_width", table.get("half_width"), 1e-4, 10.0)
        most = form.whole("stop.max_replicates", table.get("max_replicates"), 10, 100_000)
        if half is None:
            if "half_width" not in table:
                form.add("wrong_form", "missing_key", "stop", key="stop.half_width")
            return None
        return Stop(kpi=kpi, half_width=half, max_replicates=most or MOST_REPLICATES)

    def _margins(self) -> dict[str, float]:
        found = {}
        for name, value in self._table("margins").items():
            kpi = self._form.kpi(f"margins.{name}", name)
            number = self._form.number(f"margins.{name}", value, 0, _MOST_YUAN)
            if number is not None:
                found[kpi] = number
        return found

    def _known(self, table: Mapping[str, Any], known: Sequence[str], at: str) -> None:
        for key in table:
            if key not in known and not (at == "" and key == "name"):
                self._form.unknown(f"{at}{key}", key, known)

    def _table(self, key: str) -> dict[str, Any]:
        return self._form.table(key, self._tables.get(key, {}))

    def _text(self, key: str) -> str:
        return self._form.text(key, self._tables.get(key, ""))


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
