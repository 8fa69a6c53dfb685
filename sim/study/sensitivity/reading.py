"""Sensitivity studies from TOML files, every mistake told at its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.scenario.mistakes import near_miss
from sim.scenario.reading import read_tables
from sim.scenario.toml_text import written
from sim.study.form import Form
from sim.study.reading import experiment_of
from sim.study.sensitivity.community import NUMERIC, SERIES, Community
from sim.study.sensitivity.factor_reading import factors_of
from sim.study.sensitivity.formulas import FORMULAS, NOISY, PREFIX, Formula
from sim.study.sensitivity.methods import METHODS
from sim.study.sensitivity.study import Screening, SensitivityStudy

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sim.study.sensitivity.factors import Factor
    from sim.study.sensitivity.study import Subject

OUTPUTS = ("profit", "active_30d", "retention_d30")
"""What is looked at where a study names nothing."""

_KEYS = (
    "schema", "question", "question_zh", "base", "days", "set", "policies", "without", "seed",
    "method", "n", "replicates", "outputs", "series", "every", "factors", "dependence", "levers",
    "screening",
)  # fmt: skip
_COMMUNITY = ("schema", "question", "question_zh", "base", "days", "set", "policies", "without")
_SCREENING = ("trajectories", "keep", "replicates")
_PAIR = ("between", "rank_correlation")
_MOST_SEED, _MOST_POINTS, _MOST_REPLICATES = 2**31 - 2, 1_000_000, 1000


def read_sensitivity(
    source: str | os.PathLike[str],
    *,
    days: int | None = None,
    method: str | None = None,
    count: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> SensitivityStudy:
    """Read a study.

    Args:
        source: A TOML file.
        days: Horizon; the file's by default, else the community's own.
        method: Method; the file's by default.
        count: Size of the design.
        replicates: Runs of each point.
        seed: Seed.
        changes: Values for all points, by dotted path.

    Raises:
        UserError: What is wrong, where and how to mend it; ``UserErrors`` if there are several
            mistakes, in order of their lines.
    """
    path = Path(source)
    tables, lines = read_tables(path)
    asked = {"method": method, "n": count, "replicates": replicates, "seed": seed, "days": days}
    tables |= {key: value for key, value in asked.items() if value is not None}
    if method is not None and count is None:
        tables.pop("n", None)  # it counts something else
    return _Reader(tables, Form(str(source), lines), folder=path.parent).study(changes or {})


class _Reader:
    """One study being read."""

    def __init__(self, tables: dict[str, Any], form: Form, *, folder: Path) -> None:
        self._tables, self._form, self._folder = tables, form, folder

    def study(self, changes: Mapping[str, Any]) -> SensitivityStudy:
        form, tables = self._form, self._tables
        for key in tables:
            if key not in _KEYS:
                form.unknown(key, key, _KEYS)
        base = form.text("base", tables.get("base", "knowledge"))
        values, series = self._values(), self._series()
        values["outputs"] = self._outputs()
        form.stop_here()
        if base.startswith(PREFIX):
            subjects: dict[str, Subject] = {"base": self._formula(base)}
            values |= {"outputs": next(iter(subjects.values())).outputs}
        else:
            subjects = self._communities(changes, series)
        factors = factors_of(
            tables.get("factors", "all"), subjects, form=form, outputs=values["outputs"]
        )
        form.stop_here()
        study = SensitivityStudy(
            name=Path(form.shown).stem, subjects=subjects, factors=factors,
            dependence=self._dependence(factors), source=form.shown, **values,
        )  # fmt: skip
        self._check_fit(study)
        form.stop_here()
        return study

    def _values(self) -> dict[str, Any]:
        form, tables = self._form, self._tables
        method = form.text("method", tables.get("method", "sobol"))
        if method not in METHODS:
            form.add(
                "not_found", "method", "method", name=method, known=list(METHODS),
                suggestion=near_miss(method, METHODS),
            )  # fmt: skip
            method = "sobol"
        how = METHODS[method]
        count = form.whole("n", tables.get("n"), 1, _MOST_POINTS) or how.count
        better = how.wrong_count(count)
        if better is not None:
            form.add("out_of_range", "design_size", "n", value=count, mend=better, name=method)
        return {
            "question": form.text("question", tables.get("question", "")),
            "question_zh": form.text("question_zh", tables.get("question_zh", "")),
            "method": method,
            "count": count,
            "replicates": form.whole(
                "replicates", tables.get("replicates"), 1, _MOST_REPLICATES
            ) or 2,
            "seed": form.whole("seed", tables.get("seed"), 0, _MOST_SEED) or 0,
            "screening": self._screening(),
        }  # fmt: skip

    def _screening(self) -> Screening | None:
        if "screening" not in self._tables:
            return None
        form = self._form
        table = form.table("screening", self._tables["screening"])
        for key in table:
            if key not in _SCREENING:
                form.unknown(f"screening.{key}", key, _SCREENING)
        usual = Screening()
        ends = {"trajectories": (2, 10_000), "keep": (1, 100), "replicates": (1, _MOST_REPLICATES)}
        found = {
            key: form.whole(f"screening.{key}", table.get(key), *ends[key]) or getattr(usual, key)
            for key in _SCREENING
        }
        return Screening(**found)

    def _formula(self, base: str) -> Formula:
        name = base.removeprefix(PREFIX)
        if name.removesuffix(NOISY) not in FORMULAS:
            known = [PREFIX + one for one in FORMULAS]
            self._form.add(
                "not_found", "formula", "base", name=base, known=known,
                suggestion=near_miss(base, known),
            )  # fmt: skip
            self._form.stop_here()
        return Formula(name=name)

    def _communities(
        self, changes: Mapping[str, Any], series: tuple[str, ...]
    ) -> dict[str, Subject]:
        """The baseline and one arm a lever, built as the variants of an experiment are."""
        tables = {key: self._tables[key] for key in _COMMUNITY if key in self._tables}
        if "levers" in self._tables:
            tables["variants"] = self._tables["levers"]
        lines = {
            re.sub(r"^levers(?=\.|$)", "variants", at): line
            for at, line in self._form.lines.items()
        }
        experiment = experiment_of(
            tables, Form(self._form.shown, lines), folder=self._folder, changes=dict(changes)
        )
        every = self._form.whole("every", self._tables.get("every"), 1, experiment.days) or 30
        self._form.stop_here()
        return {
            one.name: Community(variant=one, series=series, every=every)
            for one in experiment.variants
        }

    def _outputs(self) -> tuple[str, ...]:
        listed = self._tables.get("outputs", list(OUTPUTS))
        return self._names("outputs", listed, NUMERIC)

    def _series(self) -> tuple[str, ...]:
        return self._names("series", self._tables.get("series", []), SERIES)

    def _names(self, at: str, listed: object, known: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(listed, list):
            self._form.add("wrong_form", "list", at, value=written(listed))
            return ()
        for index, name in enumerate(listed):
            if name not in known:
                meant = near_miss(str(name), known)
                self._form.add("not_found", "kpi", f"{at}.{index}", name=name, suggestion=meant)
        return tuple(dict.fromkeys(str(one) for one in listed))

    def _dependence(self, factors: tuple[Factor, ...]) -> dict[tuple[str, str], float]:
        form = self._form
        paths = [one.path for one in factors]
        listed = form.tables("dependence", self._tables.get("dependence", []), reason="dependence")
        found: dict[tuple[str, str], float] = {}
        for number, table in enumerate(listed):
            at = f"dependence.{number}"
            for key in table:
                if key not in _PAIR:
                    form.unknown(f"{at}.{key}", key, _PAIR)
            pair = table.get("between")
            rank = form.number(
                f"{at}.rank_correlation", table.get("rank_correlation"), -0.999, 0.999
            )
            if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1] or rank is None:
                form.add("wrong_form", "dependence", at, value=written(table))
                continue
            for path in pair:
                if path not in paths:
                    meant = near_miss(str(path), paths)
                    form.add("not_found", "factor", f"{at}.between", name=path, suggestion=meant)
            found[str(pair[0]), str(pair[1])] = rank
        return found

    def _check_fit(self, study: SensitivityStudy) -> None:
        """What single values do not show: dependence that a method cannot have, ends that clash."""
        from sim.study.sensitivity.dependence import mixing

        form = self._form
        if not study.factors:
            form.add("wrong_form", "no_factors", "factors", value="")
        if study.dependence and not METHODS[study.method].depends:
            known = [key for key, one in METHODS.items() if one.depends]
            form.add("contradiction", "independent", "dependence", name=study.method, known=known)
        if study.dependence and not form.errors:
            try:
                mixing([one.path for one in study.factors], study.dependence)
            except UserError as error:
                form.errors.append(form.placed(error, "dependence"))
        for factor in study.factors:
            if factor.own:
                self._try_ends(study, factor)

    def _try_ends(self, study: SensitivityStudy, factor: Factor) -> None:
        """Refuse a factor with which, at one of its ends, the community makes no sense."""
        if not isinstance(study.base, Community):
            return
        for number in {factor.low, factor.high}:
            try:
                study.base.at({factor.path: factor.value(number)})
            except UserErrors as several:
                error: UserError = several.errors[0]
            except UserError as single:
                error = single
            else:
                continue
            self._form.errors.append(self._form.placed(error, f"factors.{factor.path}"))
            return
