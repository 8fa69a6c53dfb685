"""The policy of docs/adding-a-policy.md, installed as a distribution of its own."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-policy.md"


def block(language, after):
    """The first code block of a language behind some words of the page."""
    text = PAGE.read_text("utf-8")
    return re.search(rf"```{language}\n(.*?)```", text[text.index(after) :], re.DOTALL)[1]


@pytest.fixture
def installed(tmp_path):
    """A folder with what an installer leaves of the example; the environment that finds it."""
    project = tomllib.loads(block("toml", "`pyproject.toml` beside it"))["project"]
    (tmp_path / "greeting.py").write_text(block("python", "`greeting.py`"), "utf-8")
    about = tmp_path / "qunsim_greeting-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (about / "entry_points.txt").write_text("".join(lines), "utf-8")
    return os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"}


def qunsim(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "sim", *map(str, arguments)], env=environment, text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


def test_the_example_is_short():
    assert len(block("python", "`greeting.py`").splitlines()) < 40


def test_the_example_runs_by_name_from_toml(installed, tmp_path):
    scenario = tmp_path / "mine.toml"
    entry = block("toml", "and in a scenario or an experiment")
    scenario.write_text(
        f'schema = 1\nkind = "interest"\ndays = 28\nmembers.initial = 30\n\n{entry}', "utf-8"
    )
    out = tmp_path / "out"
    done = qunsim(installed, "run", scenario, "--replicates", 2, "--out", out)
    assert done.returncode == 0, done.stderr
    summary = json.loads((out / "summary.json").read_text("utf-8"))["base"]
    # three Mondays after day 0, on which nothing was seen yet; 30 members are never 60 openers
    assert summary["owner_minutes"]["p50"] == 3 * 20


def test_the_example_is_listed_and_shown(installed):
    listed = qunsim(installed, "policies", "--json")
    assert "greeting" in {entry["name"] for entry in json.loads(listed.stdout)}
    shown = qunsim(installed, "policies", "show", "greeting", "--lang", "zh")
    assert shown.returncode == 0, shown.stderr
    assert "copied greetings are noticed" in shown.stdout


def test_one_that_cannot_be_imported_is_one_message(installed, tmp_path):
    (tmp_path / "greeting.py").write_text("import nothing_of_this_name\n", "utf-8")
    done = qunsim(installed, "run", "knowledge", "--days", 60, "--policy", "greeting")
    assert done.returncode == 2
    assert "greeting cannot be loaded: ModuleNotFoundError" in done.stderr
    assert "Traceback" not in done.stderr
