"""The pytest plugin in a project of its own, found by its entry point as an installed one is."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sim.study.regression.baseline import write_baseline
from sim.study.regression.check import record
from sim.study.regression.suite import baseline_of, read_suite

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


@pytest.fixture
def project(tmp_path):
    """A project beside an installed qunsim, of which only the entry points are needed."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    site = tmp_path / "site" / "qunsim_here-0.dist-info"
    site.mkdir(parents=True)
    (site / "METADATA").write_text("Metadata-Version: 2.1\nName: qunsim-here\nVersion: 0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in about.items()
    ]
    (site / "entry_points.txt").write_text("".join(lines))
    folder = tmp_path / "project"
    (folder / "tests").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\nfilterwarnings = ["error"]\n'
    )
    (folder / "tests" / "test_group.py").write_text(TEST.format(more=""))
    return folder


def run(folder, *arguments):
    path = os.pathsep.join([str(folder.parent / "site"), str(ROOT)])
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        capture_output=True, text=True, cwd=folder, check=False,
        env=os.environ | {"PYTHONPATH": path, "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""},
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def test_a_project_records_checks_and_accepts(project):
    assert run(project, "--sim-record")[0] == 0
    kept = project / "tests" / "sim_baselines" / "test_group" / "test_a_group_is_what_it_was.json"
    assert kept.exists()
    code, said = run(project, "-m", "simulation")
    assert (code, "1 passed" in said) == (0, True)
    test = project / "tests" / "test_group.py"
    test.write_text(TEST.format(more=', policies=["value_content:amount=3"]'))
    code, said = run(project)
    assert code == 1
    assert "cost" in said
    assert "DIFFERENT" in said
    assert "Traceback" not in said
    assert run(project, "--sim-accept", "more pieces")[0] == 0
    assert "more pieces" in kept.read_text()
    kept.write_text(kept.read_text()[:300])
    code, said = run(project)
    assert (code, "is no baseline" in said) == (1, True)


def test_what_was_never_recorded_is_told(project):
    (project / "tests" / "test_group.py").write_text(
        "import pytest\n\n@pytest.mark.simulation(suite='nowhere.toml')\n"
        "def test_suite(sim_baseline):\n    sim_baseline.check_suite()\n\n"
        "def test_no_suite(sim_baseline):\n    sim_baseline.check_suite()\n"
    )
    code, said = run(project)
    assert (code, "no file" in said, "name a suite" in said) == (1, True, True)


def test_a_suite_can_be_a_test(project, monkeypatch):
    (project / "suite.toml").write_text(SUITE)
    (project / "tests" / "test_group.py").write_text(
        "import pytest\n\n"
        "@pytest.mark.simulation(suite='suite.toml')\n"
        "def test_suite(sim_baseline):\n    assert sim_baseline.check_suite(jobs=1).code == 0\n"
    )
    made, *_ = record(read_suite(str(project / "suite.toml")), reason="first", jobs=1)
    monkeypatch.chdir(project)
    write_baseline(baseline_of("suite.toml"), made)
    code, said = run(project)
    assert (code, "1 passed" in said) == (0, True)


def test_who_does_not_use_it_does_not_notice(project):
    test = project / "tests" / "test_group.py"
    test.write_text("import sys\n\ndef test_it():\n    assert 'sim.pytest_plugin' in sys.modules\n")
    code, said = run(project)
    assert (code, "1 passed" in said) == (0, True), said
    heavy = "numpy numba matplotlib mesa duckdb scipy pandas sim.study sim.words typer"
    asked = f"import sys, sim.pytest_plugin; print(*set({heavy!r}.split()) & set(sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ended.stdout.split() == []
