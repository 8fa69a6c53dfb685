"""A suite: which communities are simulated, what is measured, which differences are small."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY, Margin
from sim.scenario.keys import name_is_usable
from sim.scenario.mistakes import schema_mistakes
from sim.scenario.places import Place
from sim.scenario.reading import read_tables
from sim.scenario.toml_text import written
from sim.study.beginning import begun
from sim.study.experiment import Spec, build_variant
from sim.study.form import Form
from sim.study.regression.equivalence import LEAST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.variant import Variant

SCHEMA = 1
BUDGET, REPLICATES, SEED = 300.0, 100, 1
NOTHING = "nothing"
"""Name of the option in which the operator does nothing more: what a go is measured against."""

KPIS = (
    "members", "openers", "speakers", "messages", "joins", "leaves", "muted", "invites_accepted",
    "payers", "revenue", "cost", "profit", "active_30d", "gini_messages", "exit_rate_30d",
)  # fmt: skip
GATE = ("members", "messages", "leaves", "profit")

_KEYS = (
    "schema", "about", "budget", "seed", "replicates", "days", "gate", "kpis", "margins",
    "scenarios", "decisions",
)  # fmt: skip
_COMMUNITY = ("name", "base", "days", "replicates", "set", "policies", "without", "kpis", "margins")
_DECISION = (*_COMMUNITY, "goal", "options")
_OPTION = ("name", "set", "policies", "without")
_LEAST = {"replicates": LEAST}
_MOST = {"budget": 86_400, "replicates": 100_000, "days": 10_000, "seed": 2**62}
_WIDEST = 10**9  # a margin, in the unit of its KPI


@dataclass(frozen=True, kw_only=True)
class Case:
    """One community of a suite.

    Attributes:
        name: What it is called; that of a decision's option is ``decision/option``.
        variant: The community with its policies.
        kpis: What is judged.
        margins: Margin of equivalence of each.
        replicates: Futures at most.
        written: What of the file decides its runs.
        decides: Whether it is an option of a decision.
    """

    name: str
    variant: Variant
    kpis: tuple[str, ...]
    margins: Mapping[str, Margin]
    replicates: int
    written: Mapping[str, Any]
    decides: bool = False

    @property
    def days(self) -> int:
        """Horizon."""
        return self.variant.days


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A choice between options, by one KPI.

    Attributes:
        name: What it is called.
        goal: KPI that decides.
        options: Names of the options, ``nothing`` first.
    """

    name: str
    goal: str
    options: tuple[str, ...]

    def case(self, option: str) -> str:
        """Name of the case in which an option is simulated."""
        return f"{self.name}/{option}"


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What a check simulates and how it judges.

    Attributes:
        name: The file's stem.
        source: The file as the user named it.
        cases: Communities; those of scenarios first, then those of decisions.
        decisions: Choices.
        gate: KPIs of which no false alarm is allowed among many (Holm).
        seed: Seed of the futures that are simulated before and after.
        budget: Seconds after which a check begins nothing more.
    """

    name: str
    source: str
    cases: tuple[Case, ...]
    decisions: tuple[Decision, ...] = ()
    gate: frozenset[str] = field(default_factory=frozenset)
    seed: int = SEED
    budget: float = BUDGET

    def case(self, name: str) -> Case:
        """The case of a name."""
        return next(one for one in self.cases if one.name == name)

    def kept(self, name: str) -> tuple[str, ...]:
        """KPIs to keep of a case: what is judged, what decides, and what margins refer to."""
        case = self.case(name)
        goals = [one.goal for one in self.decisions if name.startswith(f"{one.name}/")]
        takings = ["revenue"] if any(one.of_revenue for one in case.margins.values()) else []
        return tuple(dict.fromkeys((*case.kpis, *goals, *takings)))


def baseline_of(source: str, *, root: Path | None = None) -> Path:
    """Where a suite's baseline stands.

    ``results/baseline/<stem>.json``: beside the folder ``experiments`` where the suite lies below
    one, else in ``root``, by default the folder in which the command is given.
    """
    path = Path(source)
    above = [one for one in path.resolve().parents if one.name == "experiments"]
    root = above[-1].parent if above else root or Path.cwd()
    place = root / "results" / "baseline" / f"{path.stem}.json"
    return place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place


def read_suite(source: str) -> Suite:
    """Read a suite and build its communities.

    Args:
        source: A TOML file.

    Raises:
        UserError: ``not_found``/``suite``; what is wrong, where and how to mend it;
            ``UserErrors`` if there are several mistakes, in order of their lines.
    """
    if not Path(source).exists():
        raise UserError("not_found", "suite", file=source)
    tables, lines = read_tables(Path(source))
    return _Reader(tables, Form(source, lines), folder=Path(source).parent).suite()


class _Reader:
    """One suite being read."""

    def __init__(self, tables: dict[str, Any], form: Form, *, folder: Path) -> None:
        self._tables, self._form, self._folder = tables, form, folder
        self._taken: set[str] = set()

    def suite(self) -> Suite:
        tables, form = self._tables, self._form
        if wrong := schema_mistakes(tables.get("schema", SCHEMA), newest=SCHEMA):
            raise form.placed(wrong[0], "schema")
        self._known(tables, _KEYS, "")
        budget = form.number("budget", tables.get("budget"), 1, _MOST["budget"])
        seed = form.whole("seed", tables.get("seed"), 0, _MOST["seed"])
        gate = self._kpis("gate", tables.get("gate"), GATE)
        cases, decisions = [], []
        listed = form.tables("scenarios", tables.get("scenarios", []), reason="suite_scenarios")
        for number, table in enumerate(listed):
            at = f"scenarios.{number}."
            self._known(table, _COMMUNITY, at)
            name = self._name(table, at)
            cases += self._case(name, [(table, at)], kpis=KPIS, decides=False)
        listed = form.tables("decisions", tables.get("decisions", []), reason="suite_decisions")
        for number, table in enumerate(listed):
            decision, options = self._decision(table, f"decisions.{number}.")
            decisions.append(decision)
            cases += options
        if not cases and not form.errors:
            form.add("wrong_form", "suite_empty", "scenarios")
        form.stop_here()
        return Suite(
            name=Path(form.shown).stem, source=form.shown, cases=tuple(cases),
            decisions=tuple(decisions), gate=frozenset(gate), budget=budget or BUDGET,
            seed=SEED if seed is None else seed,
        )  # fmt: skip

    def _decision(self, table: dict[str, Any], at: str) -> tuple[Decision, list[Case]]:
        form = self._form
        self._known(table, _DECISION, at)
        name = self._name(table, at)
        goal = form.kpi(f"{at}goal", table.get("goal", "profit"), needs="direction")
        shared = {key: value for key, value in table.items() if key not in {"goal", "options"}}
        options = [NOTHING]
        cases = self._case(f"{name}/{NOTHING}", [(shared, at)], kpis=(), decides=True)
        given = form.tables(f"{at}options", table.get("options", []), reason="suite_options")
        for number, option in enumerate(given):
            place = f"{at}options.{number}."
            self._known(option, _OPTION, place)
            called = self._name(option, place, within=f"{name}/")
            options.append(called)
            both = [(shared, at), (option, place)]
            cases += self._case(f"{name}/{called}", both, kpis=(), decides=True)
        if len(options) == 1:
            form.add("wrong_form", "suite_options", f"{at}options", value="[]")
        return Decision(name=name, goal=goal, options=tuple(options)), cases

    def _case(
        self,
        name: str,
        layers: Sequence[tuple[dict[str, Any], str]],
        *,
        kpis: tuple[str, ...],
        decides: bool,
    ) -> list[Case]:
        """A community, its table and perhaps an option's; none if something is wrong with it."""
        form, (table, at) = self._form, layers[0]
        days = self._whole("days", table, at)
        replicates = self._whole("replicates", table, at) or REPLICATES
        base = form.text(f"{at}base", table.get("base", "knowledge")) or "knowledge"
        own_kpis = decides or "kpis" in table
        given = (table if own_kpis else self._tables).get("kpis")
        judged = self._kpis(f"{at}kpis" if own_kpis else "kpis", given, kpis)
        if not judged and not decides:
            form.add("wrong_form", "suite_kpis", f"{at}kpis" if own_kpis else "kpis")
        for key in form.table(f"{at}margins", table.get("margins", {})):
            if key in REGISTRY and key not in judged:
                form.add("contradiction", "suite_idle", f"{at}margins.{key}", name=key)
        margins = {
            key: self._margin(key, at, table) for key in judged if REGISTRY[key].unit != "stage"
        }
        spec, own = self._spec(name, layers)
        try:
            scenario, saved = begun(base, days=days, folder=self._folder)
            variant, _ = build_variant(spec, scenario, begins=saved)
            variant.check()
        except UserErrors as several:
            form.errors += [form.placed(one, at.rstrip(".")) for one in several.errors]
            return []
        except UserError as error:
            form.errors.append(form.placed(error, f"{at}base" if "base" in table else at[:-1]))
            return []
        kept = {"base": base, "days": variant.days, **own}
        return [
            Case(
                name=name, variant=variant, kpis=judged, margins=margins, replicates=replicates,
                written=kept, decides=decides,
            )
        ]  # fmt: skip

    def _spec(
        self, name: str, layers: Sequence[tuple[dict[str, Any], str]]
    ) -> tuple[Spec, dict[str, Any]]:
        """What differs from the base, over all layers, and the same as it was written."""
        form = self._form
        changes: dict[str, Any] = {}
        policies: list[dict[str, Any]] = []
        without: list[str] = []
        places: dict[str, Place] = {}
        for table, at in layers:
            for key, line in form.lines.items():
                inner = key.removeprefix(at)
                if inner == key and at:
                    continue
                if inner.startswith("policies."):
                    number, _, rest = inner.removeprefix("policies.").partition(".")
                    if not number.isdigit():
                        continue
                    inner = f"policies.{len(policies) + int(number)}" + (f".{rest}" if rest else "")
                places[inner] = Place(form.shown, line)
            changes |= _flat(form.table(f"{at}set", table.get("set", {})))
            policies += form.tables(f"{at}policies", table.get("policies", []), reason="policies")
            left = table.get("without", [])
            if not isinstance(left, list) or not all(isinstance(one, str) for one in left):
                form.add("wrong_form", "list", f"{at}without", value=written(left))
                left = []
            without += left
        spec = Spec(
            name=name, changes=changes, policies=tuple(policies), without=tuple(without),
            places=places,
        )  # fmt: skip
        return spec, {"set": changes, "policies": policies, "without": without}

    def _margin(self, key: str, at: str, table: Mapping[str, Any]) -> Margin:
        """The margin of a KPI: the scenario's, the suite's, the registry's."""
        own = REGISTRY[key].margins.eq
        for place in (f"{at}margins", "margins"):
            given = (table if place != "margins" else self._tables).get("margins", {})
            value = self._form.table(place, given).get(key)
            if value is None:
                continue
            if isinstance(value, str):
                return Margin(
                    relative=self._percent(f"{place}.{key}", value), floor=own.floor,
                    of_revenue=own.of_revenue,
                )  # fmt: skip
            number = self._form.number(f"{place}.{key}", value, 0, _WIDEST)
            return Margin(relative=0.0, floor=number or 0.0)
        return own

    def _percent(self, at: str, text: str) -> float:
        """``"3 %"`` as a share."""
        number = text.replace("%", "").strip()
        try:
            share = float(number) / 100
        except ValueError:
            share = -1.0
        if "%" not in text or not 0 <= share <= 10:
            self._form.add("wrong_form", "suite_margin", at, value=written(text))
            return 0.0
        return share

    def _kpis(self, at: str, value: object, default: tuple[str, ...]) -> tuple[str, ...]:
        if value is None:
            return default
        if not isinstance(value, list):
            self._form.add("wrong_form", "list", at, value=written(value))
            return default
        names = []
        for number, one in enumerate(value):
            place = f"{at}.{number}" if f"{at}.{number}" in self._form.lines else at
            key = self._form.kpi(place, one)
            if REGISTRY[key].unit == "stage":
                self._form.add("contradiction", "suite_stage", place, name=key)
            names.append(key)
        return tuple(dict.fromkeys(names))

    def _name(self, table: Mapping[str, Any], at: str, *, within: str = "") -> str:
        name = table.get("name")
        if name is None:
            self._form.add("wrong_form", "suite_unnamed", f"{at}name")
            return f"{within}?"
        if not isinstance(name, str) or not name_is_usable(name) or name == NOTHING:
            self._form.add("wrong_form", "suite_name", f"{at}name", value=written(name))
            return f"{within}?"
        if f"{within}{name}" in self._taken:
            self._form.add("contradiction", "suite_twice", f"{at}name", name=name)
        self._taken.add(f"{within}{name}")
        return name

    def _whole(self, key: str, table: Mapping[str, Any], at: str) -> int | None:
        place = f"{at}{key}" if key in table else key
        value = table.get(key, self._tables.get(key))
        return self._form.whole(place, value, _LEAST.get(key, 1), _MOST[key])

    def _known(self, table: Mapping[str, Any], known: Sequence[str], at: str) -> None:
        for key in table:
            if key not in known:
                self._form.unknown(f"{at}{key}", key, known)
        for name in self._form.table(f"{at}margins", table.get("margins", {})):
            if name not in REGISTRY:
                self._form.kpi(f"{at}margins.{name}", name)


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted paths, whether they were written dotted, quoted, or as tables."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{name}": inner for name, inner in value.items()}
        else:
            flat[str(key)] = value
    return flat
