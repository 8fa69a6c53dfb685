"""An experiment: one community, several ways to go on, and what decides between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.policies.planning import Caution, read_plan
from sim.scenario.places import Place, renamed
from sim.study.later import cautions_of, late_policies
from sim.study.variant import BASE, Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sim.scenario import Scenario
    from sim.study.beginning import Beginning
    from sim.study.store import Study

GUARDS: Mapping[str, tuple[str, ...]] = {
    "active_30d": ("profit", "exit_rate_30d", "owner_minutes"),
    "effective_joins": ("active_30d", "retention_d30", "cac", "profit"),
    "profit": ("active_30d", "retention_d30"),
    "ltv": ("profit", "active_30d"),
    "owner_minutes": ("active_30d", "profit"),
}
"""What must not suffer, by goal, where an experiment names nothing."""

MOST_REPLICATES = 1000
"""Futures after which an experiment gives up becoming more precise, unless it says otherwise."""

REPLICATES = 200
"""Futures of an experiment that asks for no precision."""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """How precise a comparison has to be.

    Attributes:
        kpi: The KPI whose difference has to be known.
        half_width: Half of its 95 % interval, as a share of the KPI's margin base.
        max_replicates: Futures of each variant at most.
    """

    kpi: str
    half_width: float
    max_replicates: int = MOST_REPLICATES


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One variant as it was written: what differs from the base.

    Attributes:
        name: What it is called.
        about: What it means, in the writer's words.
        zh: What it is called in Chinese; empty = as ``name``.
        base: Another community to begin with; empty = the experiment's.
        changes: Values by dotted path.
        policies: Policies that are added.
        without: Keys of policies that are left out.
        places: Where each of these was written, by the paths of the variant's own table.
    """

    name: str
    about: str = ""
    zh: str = ""
    base: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    policies: tuple[Mapping[str, Any], ...] = ()
    without: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """What is compared, and by which measure.

    Attributes:
        name: Short name, of the result folder.
        question: Heads the report.
        question_zh: The same in Chinese; empty = as ``question``.
        variants: The arms; the baseline first.
        specs: What was written of each, the baseline first.
        goal: KPI that decides.
        guards: KPIs that may veto.
        budget: Yuan that may be spent over the horizon; None = not limited.
        minutes: Staff minutes a week; None = not limited.
        stop: When it is precise enough; None = a number of futures is simulated.
        replicates: That number.
        seed: Seed, where the file names one.
        margins: Smallest differences worth acting on, in a KPI's unit, where they are not the
            registry's.
        plan: What ``plan`` may choose from, as written.
        ranges: Ranges of assumptions, as written.
        cautions: What is probably not meant, by variant.
        source: The file, for the command that makes the result again.
    """

    name: str
    variants: tuple[Variant, ...]
    specs: tuple[Spec, ...]
    question: str = ""
    question_zh: str = ""
    goal: str = "profit"
    guards: tuple[str, ...] = GUARDS["profit"]
    budget: float | None = None
    minutes: float | None = None
    stop: Stop | None = None
    replicates: int = REPLICATES
    seed: int | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, Any] = field(default_factory=dict)
    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)
    source: str = ""

    @property
    def base(self) -> Variant:
        """The baseline."""
        return self.variants[0]

    @property
    def days(self) -> int:
        """Days that are simulated."""
        return self.base.days

    def question_in(self, language: str) -> str:
        """The question in ``zh`` if it was written in Chinese, else as it was written."""
        return (self.question_zh if language == "zh" else "") or self.question

    def table(self) -> dict[str, Any]:
        """What the manifest says of it."""
        stop = None if self.stop is None else vars(self.stop).copy()
        return {
            "question": self.question, "question_zh": self.question_zh,
            "goal": self.goal, "guards": list(self.guards),
            "budget": self.budget, "minutes": self.minutes, "stop": stop,
            "margins": dict(self.margins), "ranges": dict(self.ranges), "source": self.source,
            "specs": [
                {
                    "name": one.name, "about": one.about, "zh": one.zh, "base": one.base,
                    "set": dict(one.changes), "policies": [dict(entry) for entry in one.policies],
                    "without": list(one.without),
                }
                for one in self.specs
            ],
        }  # fmt: skip


def build_variant(
    spec: Spec,
    start: Scenario,
    *,
    begins: Beginning | None = None,
    extra: Mapping[str, Any] | None = None,
    gone: Collection[str] = (),
) -> tuple[Variant, tuple[Caution, ...]]:
    """A variant of a community, checked.

    Args:
        spec: What differs.
        start: The community that nothing was changed in.
        begins: The saved community that it goes on from, if there is one; days of added policies
            then count from today.
        extra: More values by dotted path, which the spec's own override.
        gone: Keys of policies that the horizon has left out of ``start`` already.

    Returns:
        The variant, and what in its policies is probably not meant.

    Raises:
        UserError: ``not_found``/``without`` for a policy that is not there to be left out; as
            ``Scenario.replace`` and ``policies.planning.read_plan``, each at its place.
    """
    if begins is None or begins.knows_policies:
        _refuse_absent(spec, start, gone)
    kept = [
        (index, entry)
        for index, entry in enumerate(start.policies)
        if entry.get("use") not in spec.without
    ]
    added = [dict(entry) if begins is None else begins.dated(entry) for entry in spec.policies]
    places = {
        f"{path}": spec.places[f"set.{path}"]
        for path in spec.changes
        if f"set.{path}" in spec.places
    }
    for number in range(len(added)):
        places |= renamed(spec.places, f"policies.{number}", f"policies.{len(kept) + number}")
    for number, (index, _) in enumerate(kept):
        places |= start.places_of_policy(index, number)
    changes: dict[str, Any] = {**(extra or {}), **spec.changes}
    if spec.policies or spec.without:
        changes["policies"] = [entry for _, entry in kept] + added
    scenario = start.replace(changes, places=places) if changes else start
    plan = read_plan(scenario)
    late = late_policies(scenario, plan)
    if late:
        own = [one for index, one in enumerate(scenario.policies) if index not in late]
        scenario = scenario.replace({"policies": own})
    cautions = (*plan.cautions, *cautions_of(late, days=scenario.days))
    return Variant(name=spec.name, scenario=scenario, begins=begins), cautions


def _refuse_absent(spec: Spec, start: Scenario, gone: Collection[str]) -> None:
    used = [str(entry.get("use")) for entry in start.policies]
    for index, key in enumerate(spec.without):
        if key not in used and key not in gone:
            place = spec.places.get(f"without.{index}", spec.places.get("without", Place()))
            raise UserError(
                "not_found", "without", name=key, known=sorted(set(used)) or None,
                file=place.file, line=place.line,
            )  # fmt: skip


def from_scenarios(
    communities: Sequence[tuple[Scenario, Beginning | None]], *, names: Sequence[str], name: str
) -> Experiment:
    """An experiment that compares whole communities; the first is the baseline.

    Args:
        communities: At least one, each with the saved one that it goes on from, if any.
        names: What the others are called, one less than there are communities.
        name: Name of the experiment.

    Raises:
        UserError: ``contradiction``/``horizons`` if they are not simulated equally long.
    """
    called = (BASE, *names)
    variants = tuple(
        Variant(name=one, scenario=scenario, begins=begins)
        for one, (scenario, begins) in zip(called, communities, strict=True)
    )
    for one in variants:
        if one.days != variants[0].days:
            raise UserError(
                "contradiction", "horizons", name=one.name, value=one.days, days=variants[0].days
            )
    cautions = {one.name: read_plan(one.scenario).cautions for one in variants}
    specs = tuple(Spec(name=one) for one in called)
    return Experiment(
        name=name,
        variants=variants,
        specs=specs,
        question=variants[0].scenario.title,
        cautions=cautions,
    )


def experiment_of(study: Study) -> Experiment:
    """The experiment that a result folder holds, as its manifest describes it.

    Raises:
        UserError: ``damaged``/``not_json`` if the manifest does not.
    """
    try:
        about = dict(study.about["experiment"])
        specs = tuple(
            Spec(
                name=one["name"], about=one["about"], zh=one.get("zh", ""), base=one["base"],
                changes=one["set"], policies=tuple(one["policies"]), without=tuple(one["without"]),
            )
            for one in about.pop("specs")
        )  # fmt: skip
        stop = None if about["stop"] is None else Stop(**about["stop"])
        about |= {"stop": stop, "guards": tuple(about["guards"]), "seed": study.seed}
        cautions = {one.name: read_plan(one.scenario).cautions for one in study.variants}
        return Experiment(
            name=study.base.scenario.name, variants=study.variants, specs=specs,
            cautions=cautions, **about,
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise UserError("damaged", "not_json", file="manifest.json") from error
