"""The pytest plugin in a project of its own, found by its entry point as an installed one is.

One test begins processes, as a team's pytest would; the others have the plugin in this process.
"""

import contextlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

import sim
from sim.study.regression.baseline import write_baseline
from sim.study.regression.check import record
from sim.study.regression.invariants import Invariants
from sim.study.regression.suite import baseline_of, read_suite

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[1]
TEST = """
import pytest
import sim


@pytest.mark.simulation
def test_a_group_is_what_it_was(sim_baseline):
    result = sim.run("course", days=10, replicates=12, seed=7, jobs=1{more})
    sim_baseline.check(result, kpis=["members", "messages", "cost"])
"""
SUITE = """
replicates = 10
days = 7
[[scenarios]]
name = "course"
base = "course"
kpis = ["members"]
"""


@pytest.fixture(scope="module", autouse=True)
def loaded():
    """What a test of a project would import is there: else each would import it anew."""
    sim.run("course", days=2, replicates=2, jobs=1)


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "tests").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\nfilterwarnings = ["error"]\n'
    )
    (folder / "tests" / "test_group.py").write_text(TEST.format(more=""))
    return folder


@pytest.fixture
def installed(tmp_path):
    """An installed qunsim, of which only the entry points are needed."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    site = tmp_path / "site" / "qunsim_here-0.dist-info"
    site.mkdir(parents=True)
    (site / "METADATA").write_text("Metadata-Version: 2.1\nName: qunsim-here\nVersion: 0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in about.items()
    ]
    (site / "entry_points.txt").write_text("".join(lines))
    return site.parent


@pytest.fixture
def run(pytester, project, monkeypatch, capsys):
    """Run the tests of the project in this process; the exit code and what was printed."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.chdir(project)

    def call(*arguments):
        capsys.readouterr()
        ended = pytester.inline_run(
            "-q", "-p", "no:cacheprovider", "-p", "sim.pytest_plugin", *arguments
        )
        printed = capsys.readouterr()
        return int(ended.ret), printed.out + printed.err

    return call


def test_an_installed_plugin_is_found_and_says_the_same_in_another_process(
    project, installed, run, monkeypatch
):
    assert run("--sim-record")[0] == 0
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    path = os.pathsep.join([str(installed), str(ROOT)])
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "simulation"],
        capture_output=True, text=True, cwd=project, check=False,
        env=os.environ | {"PYTHONPATH": path, "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout


def test_a_project_records_checks_and_accepts(project, run):
    kept = project / "tests" / "sim_baselines" / "test_group" / "test_a_group_is_what_it_was.json"
    code, said = run()
    assert (code, "pytest --sim-record" in said) == (1, True)
    assert run("--sim-record")[0] == 0
    code, said = run("-m", "simulation")
    assert (code, "1 passed" in said) == (0, True)
    test = project / "tests" / "test_group.py"
    test.write_text(TEST.format(more=', policies=["value_content:amount=3"]'))
    code, said = run()
    assert code == 1
    assert "cost" in said
    assert "DIFFERENT" in said
    assert "Traceback" not in said
    assert run("--sim-accept", "more pieces")[0] == 0
    assert [one["reason"] for one in json.loads(kept.read_text())["history"]] == [
        "first record", "more pieces",
    ]  # fmt: skip
    kept.write_text(kept.read_text()[:300])
    code, said = run()
    assert (code, "delete it, then pytest --sim-record" in said) == (1, True)


def test_with_another_seed_futures_are_two_samples(project, run):
    test = project / "tests" / "test_group.py"
    assert run("--sim-record")[0] == 0
    margins = "margins={'members': 500, 'messages': 1e6, 'cost': 1e6}"
    test.write_text(
        TEST.format(more="").replace("seed=7", "seed=8").replace("kpis=", f"{margins}, kpis=")
    )
    code, said = run()
    assert code == 0, said
    test.write_text(test.read_text().replace("'members': 500", "'members': 0.2"))
    code, said = run()
    assert (code, "INCONCLUSIVE. About" in said, "raise replicates" in said) == (1, True, True)
    assert "sim-accept" not in said


def test_futures_that_fail_are_no_state_to_agree_with(project, run):
    test = project / "tests" / "test_group.py"
    test.write_text(
        "import dataclasses, pytest, sim\nfrom sim.study.simulate import Failure\n\n"
        "@pytest.mark.simulation\ndef test_it(sim_baseline):\n"
        "    result = sim.run('course', days=5, replicates=9, seed=7, jobs=1)\n"
        "    result._runs.failures['course', 2] = Failure("
        "variant='course', replicate=2, error='ZeroDivisionError: nobody')\n"
        "    sim_baseline.check(result, kpis=['members'])\n"
    )
    code, said = run("--sim-record")
    assert (code, "not recorded" in said, "ZeroDivisionError: nobody" in said) == (1, True, True)
    assert not (project / "tests" / "sim_baselines").exists()


def test_what_was_never_recorded_is_told(project, run):
    (project / "tests" / "test_group.py").write_text(
        "import pytest\n\n@pytest.mark.simulation(suite='nowhere.toml')\n"
        "def test_suite(sim_baseline):\n    sim_baseline.check_suite()\n\n"
        "def test_no_suite(sim_baseline):\n    sim_baseline.check_suite()\n"
    )
    code, said = run()
    assert (code, "no suite" in said, "name a suite" in said) == (1, True, True)


def test_a_suite_can_be_a_test(project, run, monkeypatch):
    probes = contextlib.nullcontext(SimpleNamespace(end=lambda: (0, ())))
    monkeypatch.setattr(Invariants, "begin", lambda: probes)  # which have tests of their own
    (project / "suite.toml").write_text(SUITE)
    (project / "tests" / "test_group.py").write_text(
        "import pytest\n\n"
        "@pytest.mark.simulation(suite='suite.toml')\n"
        "def test_suite(sim_baseline):\n    assert sim_baseline.check_suite(jobs=1).code == 0\n"
    )
    made, *_ = record(read_suite(str(project / "suite.toml")), reason="first", jobs=1)
    write_baseline(baseline_of("suite.toml"), made)
    code, said = run()
    assert (code, "1 passed" in said) == (0, True)
    os.chdir(project / "tests")  # the baseline's place does not depend on where pytest begins
    code, said = run()
    assert (code, "1 passed" in said) == (0, True)


def test_who_does_not_use_it_does_not_notice(project, run):
    test = project / "tests" / "test_group.py"
    test.write_text("import sys\n\ndef test_it():\n    assert 'sim.pytest_plugin' in sys.modules\n")
    code, said = run()
    assert (code, "1 passed" in said) == (0, True), said
    heavy = "numpy numba matplotlib mesa duckdb scipy pandas sim.study sim.words typer"
    asked = f"import sys, sim.pytest_plugin; print(*set({heavy!r}.split()) & set(sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ended.stdout.split() == []
