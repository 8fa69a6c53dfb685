"""What a plan may choose from, read from the table ``[plan]``, every mistake told at its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY
from sim.policies.base import settings_of
from sim.policies.planning import read_plan
from sim.policies.registry import policy_class
from sim.policies.schedule import KEYS, LIMITS
from sim.scenario.places import Place
from sim.scenario.reading import read_tables
from sim.scenario.toml_text import written
from sim.study.form import Form
from sim.study.plan.space import Candidate, Mix, Number, Setting, Space, grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.policies.base import Policy
    from sim.study.experiment import Experiment

TRIALS = 2000
"""Mixes that are tried unless something else is asked."""

SHARE = 0.95
"""Share of the baseline's mean that must be kept of a guard."""

MOST_TRIALS = 100_000

_KEYS = ("trials", "objectives", "constraints", "policies", "uses")
_LISTS = ("weekdays", "groups")  # keys of which a list is one value
_TIMES = 2  # of its written amount that a policy may have, where [plan] says nothing


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the table ``[plan]`` asks for.

    Attributes:
        space: What may be chosen.
        objectives: KPIs to be raised (or lowered, where lower is better), the first decides.
        constraints: Share of the baseline's mean that must be kept, by KPI.
        trials: Mixes to be tried.
    """

    space: Space
    objectives: tuple[str, ...]
    constraints: Mapping[str, float]
    trials: int


def read_candidates(experiment: Experiment) -> Asked:
    """What a plan may choose from.

    Args:
        experiment: Its ``plan`` is read; without policies there, those of its baseline and its
            variants are what can be chosen, each from off to twice its amount.

    Raises:
        UserError: What is wrong, where and how to mend it; ``UserErrors`` if there are several
            mistakes, in order of their lines.
    """
    return _Reader(experiment).read()


class _Reader:
    """The table being read."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment, self._table = experiment, experiment.plan
        source, lines = experiment.source, dict[str, int]()
        if source and Path(source).is_file():
            _, lines = read_tables(Path(source))
        self._form = Form(source, lines)

    def read(self) -> Asked:
        form, table = self._form, self._table
        for key in table:
            if key not in _KEYS:
                form.unknown(f"plan.{key}", key, _KEYS)
        objectives = self._objectives(table.get("objectives", [self._experiment.goal]))
        constraints = self._constraints(objectives)
        trials = form.whole("plan.trials", table.get("trials"), 1, MOST_TRIALS) or TRIALS
        listed = table.get("policies")
        if listed is None:
            candidates, starts = _of_experiment(self._experiment, self._uses(table.get("uses")))
        else:
            candidates, starts = self._candidates(listed), []
        self._form.stop_here()
        space = Space(
            base=self._experiment.base, candidates=candidates,
            starts=(*starts, *_usual(candidates)),
        )  # fmt: skip
        if not candidates:
            self._form.add("not_found", "candidates", "plan")
        self._form.stop_here()
        self._check(space)
        return Asked(space=space, objectives=objectives, constraints=constraints, trials=trials)

    def _uses(self, listed: object) -> list[str] | None:
        """Policies that may be chosen at all; None = all of the experiment."""
        if listed is None:
            return None
        if not isinstance(listed, list):
            self._form.add("wrong_form", "list", "plan.uses", value=written(listed))
            return None
        for number, use in enumerate(listed):
            try:
                policy_class(str(use))
            except UserError as error:
                at = f"plan.uses.{number}"
                self._form.add(error.kind, error.reason, at, **error.values)
        self._form.stop_here()
        return [str(use) for use in dict.fromkeys(listed)]

    def _objectives(self, listed: object) -> tuple[str, ...]:
        if not isinstance(listed, list) or not listed:
            self._form.add("wrong_form", "list", "plan.objectives", value=written(listed))
            return ("profit",)
        found = [
            self._form.kpi(f"plan.objectives.{i}", name, needs="margin")
            for i, name in enumerate(listed)
        ]
        return tuple(dict.fromkeys(found))

    def _constraints(self, objectives: Sequence[str]) -> dict[str, float]:
        guards = [one for one in self._experiment.guards if one not in ("owner_minutes", "cost")]
        usual = {one: SHARE for one in guards if one not in objectives}
        usual = {one: share for one, share in usual.items() if REGISTRY[one].direction}
        found = {}
        table = self._form.table("plan.constraints", self._table.get("constraints", usual))
        for name, written_share in table.items():
            at = f"plan.constraints.{name}"
            key = self._form.kpi(at, name, needs="direction")
            share = self._form.number(at, written_share, 0, 2)
            if share is not None:
                found[key] = share
        return found

    def _candidates(self, listed: object) -> tuple[Candidate, ...]:
        found: list[Candidate] = []
        tables = self._form.tables("plan.policies", listed, reason="policies")
        for number, table in enumerate(tables):
            at = f"plan.policies.{number}"
            use = str(table.get("use", ""))
            try:
                policy = policy_class(use)
            except UserError as error:
                self._form.add(error.kind, error.reason, f"{at}.use", **error.values)
                continue
            times = 1 + sum(one.use == use for one in found)
            name = use if times == 1 else f"{use}#{times}"
            fixed, settings = self._keys(table, policy, at)
            places = {
                key.removeprefix(f"{at}."): Place(self._form.shown, line)
                for key, line in self._form.lines.items()
                if key.startswith(f"{at}.")
            }
            found.append(
                Candidate(name=name, use=use, fixed=fixed, settings=settings, places=places)
            )
        return tuple(found)

    def _keys(
        self, table: Mapping[str, Any], policy: type[Policy], at: str
    ) -> tuple[dict[str, Any], tuple[Setting, ...]]:
        known = {one.name: one for one in settings_of(policy)}
        fixed, settings = {}, []
        for key, value in table.items():
            if key == "use":
                continue
            if key not in known and key not in KEYS:
                shown = f"{policy.key}.{key}"
                self._form.unknown(f"{at}.{key}", key, (*known, *KEYS), shown=shown)
            elif not isinstance(value, list) or key in _LISTS:
                fixed[key] = value
            elif (one := self._choice(key, value, policy, at)) is not None:
                settings.append(one)
        return fixed, tuple(settings)

    def _choice(self, key: str, value: list[Any], policy: type[Policy], at: str) -> Setting | None:
        """The values that a key may have: two numbers are ends, anything else is a list of them."""
        at = f"{at}.{key}"
        if value and all(isinstance(one, str) for one in value):
            distinct = tuple(dict.fromkeys(value))
            return Setting(name=key, values=distinct) if len(distinct) > 1 else None
        info = next((one for one in settings_of(policy) if one.name == key), None)
        low, high = (info.low, info.high) if info is not None else LIMITS.get(key, (0, 0))
        low, high = (int(end) if float(end).is_integer() else end for end in (low, high))
        about: dict[str, Any] = {"low": low, "high": high, "unit": info.unit if info else "days"}
        numbers = [one for one in value if isinstance(one, int | float) and one is not True]
        if len(numbers) != len(value) or len(value) < 2 or key not in (*LIMITS, info and info.name):
            self._form.add("wrong_form", "plan_bounds", at, value=written(value), **about)
            return None
        whole = info is None or isinstance(info.default, int)
        for one in value:
            if not low <= one <= high:
                self._form.add("out_of_range", "limits", at, **(about | {"value": one}))
                return None
            if whole and float(one) != int(one):
                mend = round(one)
                self._form.add(
                    "wrong_form", "whole_number", at, **about, value=written(one), mend=mend
                )
                return None
        switches = info is not None and key in policy.off
        if len(value) > 2:
            values: tuple[Number, ...] = tuple(
                sorted({int(one) if whole else float(one) for one in value})
            )
        elif value[0] >= value[1]:
            self._form.add("contradiction", "plan_bounds", at, value=written(value))
            return None
        else:
            values = grid(value[0], value[1], whole=whole)
        return Setting(name=key, values=values, high=high, switches=switches)

    def _check(self, space: Space) -> None:
        """Every candidate alone, at both ends of all its settings, as the policies' reader sees it.

        What is written for the plan may be wrong only together: a start beyond the horizon.
        """
        for number, one in enumerate(space.candidates):
            for end in (0, -1):
                chosen = {each.name: each.values[end] for each in one.settings}
                try:
                    read_plan(space.variant(Mix({one.name: one.entry(chosen)})).scenario)
                except UserErrors as several:
                    self._form.errors += several.errors
                except UserError as error:
                    at = f"plan.policies.{number}"
                    self._form.errors.append(self._form.placed(error, at))
                if self._form.errors:
                    break
        self._form.stop_here()


def _of_experiment(
    experiment: Experiment, uses: Sequence[str] | None = None
) -> tuple[tuple[Candidate, ...], list[Mix]]:
    """Every policy of the baseline and of the variants, and the mixes that were written.

    Args:
        experiment: The experiment.
        uses: Keys of the policies that may be chosen; those of none of its mixes as they are by
            themselves. None = all of its policies.
    """
    candidates: list[Candidate] = []
    now = experiment.base.scenario.policies
    own = [_candidate(entry, dated=False) for entry in now if uses is None or entry["use"] in uses]
    for one, _ in own:
        candidates.append(_named(one, candidates))
    base = {c.name: dict(e) for c, (_, e) in zip(candidates, own, strict=True)}
    starts = [Mix(base)]
    for spec in experiment.specs[1:]:
        mix = {k: e for k, e in base.items() if k.partition("#")[0] not in spec.without}
        for written_entry in spec.policies:
            if uses is not None and written_entry["use"] not in uses:
                continue
            one, entry = _candidate(written_entry, dated=True)
            known = [c for c in candidates if c.name not in mix and _alike(c, one)]
            if not known:
                known = [_named(one, candidates)]
                candidates.append(known[0])
            mix[known[0].name] = entry
        starts.append(Mix(mix))
    used = {one.use for one in candidates}
    new = [use for use in uses or () if use not in used]
    candidates += [_candidate({"use": use}, dated=True)[0] for use in new]
    order = [one.name for one in candidates]
    return tuple(candidates), [
        Mix({name: mix.entries[name] for name in order if name in mix.entries}) for mix in starts
    ]


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two uses of a policy differ at most in how much."""
    return (one.use, one.fixed, one.dated) == (other.use, other.fixed, other.dated)


def _named(one: Candidate, before: Sequence[Candidate]) -> Candidate:
    times = 1 + sum(other.use == one.use for other in before)
    name = one.use if times == 1 else f"{one.use}#{times}"
    return Candidate(
        name=name, use=one.use, fixed=one.fixed, settings=one.settings, dated=one.dated
    )


def _candidate(entry: Mapping[str, Any], *, dated: bool) -> tuple[Candidate, dict[str, Any]]:
    """A policy as it was written, its amount to be chosen from off to twice as much."""
    use = str(entry["use"])
    policy = policy_class(use)
    infos = {one.name: one for one in settings_of(policy)}
    settings = []
    for key, off in policy.off.items():
        info, whole = infos[key], isinstance(infos[key].default, int)
        value = entry.get(key, info.default)
        if value == off or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        end = max(info.low, min(info.high, off + _TIMES * (value - off)))
        low, high = sorted((float(off), float(end)))
        values = grid(low, high, whole=whole, keep=(value,))
        settings.append(Setting(name=key, values=values, high=info.high, switches=True))
    if len(settings) == 1:  # whether it is used at all is a choice of its own
        one = settings[0]
        kept = tuple(value for value in one.values if value != policy.off[one.name])
        settings = [Setting(name=one.name, values=kept, high=one.high, switches=True)]
    settings = [one for one in settings if len(one.values) > 1]
    chosen = {one.name for one in settings}
    fixed = {key: value for key, value in entry.items() if key != "use" and key not in chosen}
    found = Candidate(name=use, use=use, fixed=fixed, settings=tuple(settings), dated=dated)
    defaults = {one.name: entry.get(one.name, infos[one.name].default) for one in settings}
    return found, found.entry(defaults)


def _usual(candidates: Sequence[Candidate]) -> list[Mix]:
    """Nothing, every candidate alone in the middle of its range, and all of them at once."""
    middles = {
        one.name: one.entry({s.name: s.values[(len(s.values) - 1) // 2] for s in one.settings})
        for one in candidates
    }
    return [Mix({}), *(Mix({name: entry}) for name, entry in middles.items()), Mix(middles)]
