"""A pytest plugin: the verdict of ``qunsim ci`` inside a team's own tests.

Pytest loads it by itself where qunsim is installed. It adds a marker, a fixture and two options,
and imports nothing of the simulator until a test asks for the fixture::

    import pytest, sim

    @pytest.mark.simulation
    def test_a_knowledge_group_is_what_it_was(sim_baseline):
        result = sim.run("knowledge", days=30, replicates=40, seed=7)
        sim_baseline.check(result)      # sim_baselines/<file>/<test>.json

    @pytest.mark.simulation(suite="ci/suite.toml")
    def test_the_suite(sim_baseline):
        sim_baseline.check_suite()      # as qunsim ci check

``pytest --sim-record`` records baselines that are missing, ``pytest --sim-accept "reason"``
replaces those from which a result differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sim.study.comparison import Comparison
    from sim.study.regression.baseline import Baseline
    from sim.study.regression.check import Report
    from sim.study.regression.suite import Suite
    from sim.study.results import Result

FOLDER = "sim_baselines"
"""Folder of baselines, beside the file of the tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the plugin."""
    group = parser.getgroup("qunsim", "simulation baselines (qunsim)")
    group.addoption("--sim-record", action="store_true", help="record baselines that are missing")
    group.addoption(
        "--sim-accept", metavar="REASON", default="", help="accept what differs, with the reason"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker, so that ``-m simulation`` and ``--strict-markers`` know it."""
    config.addinivalue_line(
        "markers", "simulation(suite=None): holds a simulation against a baseline (sim_baseline)"
    )


@pytest.fixture
def sim_baseline(request: pytest.FixtureRequest) -> SimBaseline:
    """The baseline of this test: ``check(result)``, ``check_suite()``."""
    marker = request.node.get_closest_marker("simulation")
    return SimBaseline(
        folder=request.path.parent / FOLDER / request.path.stem,
        name=re.sub(r"[^\w.=,-]+", "_", request.node.name),
        suite=None if marker is None else marker.kwargs.get("suite"),
        root=request.config.rootpath,
        record=request.config.getoption("--sim-record"),
        reason=request.config.getoption("--sim-accept"),
    )


class SimBaseline:
    """What a test holds a simulation against.

    Args:
        folder: Where the baselines of its file are.
        name: Name of the test.
        suite: The suite that its marker names, from the root of the project.
        root: Root of the project.
        record: Whether a missing baseline is recorded.
        reason: Why what differs is accepted; empty = it is not.
    """

    def __init__(
        self, *, folder: Path, name: str, suite: str | None, root: Path, record: bool, reason: str
    ) -> None:
        self._folder, self._name, self._suite, self._root = folder, name, suite, root
        self._record, self._reason = record, reason

    def check(
        self,
        result: Result | Comparison,
        *,
        name: str = "",
        kpis: Sequence[str] | None = None,
        margins: Mapping[str, float] | None = None,
    ) -> Report | None:
        """Fail the test unless a result says what its baseline says.

        Args:
            result: What ``sim.run`` or ``sim.compare`` gave.
            name: Tells several results of one test apart.
            kpis: What is judged; fifteen usual ones by default.
            margins: Largest differences that are equivalent, in a KPI's unit, where they are not
                the registry's.

        Returns:
            What was found; None if the baseline was recorded or replaced just now.
        """
        __tracebackhide__ = True
        from sim.study.regression.baseline import read_baseline
        from sim.study.regression.scripted import check_result, suite_of

        if result.interrupted:  # half a result says nothing
            raise KeyboardInterrupt
        path = self._folder / f"{self._name}{f'-{name}' if name else ''}.json"
        with _Told(record="pytest --sim-record", accept='pytest --sim-accept "..."'):
            suite = suite_of(result, name=path.stem, kpis=kpis, margins=margins)
            if not path.exists():
                if not self._record:
                    pytest.fail(f"no baseline {path}: pytest --sim-record", pytrace=False)
                self._keep(path, suite, result, reason="first record")
                return None
            baseline = read_baseline(path, suite=suite.source)
            if self._reason and self._differs(suite, result, baseline):
                self._keep(path, suite, result, reason=self._reason, before=baseline)
                return None
            report = check_result(suite, result, baseline)
        return _passed(report, scripted=True)

    @staticmethod
    def _keep(
        path: Path,
        suite: Suite,
        result: Result | Comparison,
        *,
        reason: str,
        before: Baseline | None = None,
    ) -> None:
        """Write the baseline of a result; futures that failed are no state to agree with."""
        __tracebackhide__ = True
        from sim.study.regression.baseline import write_baseline
        from sim.study.regression.scripted import failures_of, record_result

        if failed := failures_of(result):
            lines = [f"{one.variant} {one.replicate}: {one.error}" for one in failed[:10]]
            pytest.fail("\n".join(["not recorded: futures failed", *lines]), pytrace=False)
        write_baseline(path, record_result(suite, result, reason=reason, before=before))

    @staticmethod
    def _differs(suite: Suite, result: Result | Comparison, baseline: Baseline) -> bool:
        """Whether there is something to accept, which may be another community."""
        from sim.errors import UserError
        from sim.study.regression.scripted import check_result

        try:
            return check_result(suite, result, baseline).verdict != "identical"
        except UserError as error:
            return error.kind == "contradiction"

    def check_suite(
        self,
        suite: str | Path | None = None,
        *,
        budget: float | None = None,
        jobs: int | None = None,
    ) -> Report:
        """Fail the test unless a suite's check passes, as ``qunsim ci check`` would.

        Args:
            suite: The suite's file, from the root of the project; the marker's by default.
            budget: Seconds, in place of the suite's.
            jobs: Threads.
        """
        __tracebackhide__ = True
        from sim.study.compiling import compile_kernels
        from sim.study.regression.baseline import read_baseline
        from sim.study.regression.check import check
        from sim.study.regression.suite import baseline_of, read_suite

        chosen = suite or self._suite
        if chosen is None:
            pytest.fail("name a suite: @pytest.mark.simulation(suite=...)", pytrace=False)
        path = self._root / chosen
        with _Told():
            read = read_suite(str(path))
            place = baseline_of(str(path), root=self._root)
            baseline = read_baseline(place, suite=str(chosen))
            compile_kernels()
            report = check(read, baseline, budget=budget, jobs=jobs)
        return _passed(report)


class _Told:
    """Turns what a user can mend into a failed test of one message.

    Args:
        commands: Commands that the message names, where they are not those for suites.
    """

    def __init__(self, **commands: str) -> None:
        self._commands = commands

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        from sim.errors import UserError
        from sim.words import Words

        __tracebackhide__ = True
        if isinstance(error, UserError):
            error.values.update(self._commands)
            pytest.fail(Words("en").error(error), pytrace=False)


def _passed(report: Report, *, scripted: bool = False) -> Report:
    """The report, if it is none to fail on."""
    __tracebackhide__ = True
    if report.code == 0:
        return report
    from sim.report.regression.terminal import check_lines
    from sim.words import Words

    lines = check_lines(report, words=Words("en"))
    if scripted:  # the last line names what suites have
        lines = [*lines[: lines.index("")], "", f"{report.verdict.upper()}. {_mended(report)}"]
    pytest.fail("\n".join(lines), pytrace=False)


def _mended(report: Report) -> str:
    """What to do about the result of a script."""
    if report.failed:
        return "Futures failed: mend what they say."
    if report.verdict == "different":
        return 'Meant? pytest --sim-accept "..."'
    more = max(row.more for row in report.of("undecided"))
    return (
        f"About {more:,} more futures are needed: raise replicates,"
        " and record the baseline again with the old code."
    )
