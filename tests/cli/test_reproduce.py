"""``qunsim results reproduce`` with another copy of the package: real processes, changed models."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.kernel_cache import cache_folder
from sim.study import provenance
from sim.study.compiling import compile_kernels
from sim.study.journal import read_journal
from sim.study.results import run
from sim.words.typography import width

ROOT = Path(__file__).resolve().parents[2]
ACTIVITY, STAYING = "metrics/activity.py", "phases/staying.py"
RATE = 'ratio(run.total("member_speakers"), run.member_days)'


@pytest.fixture(scope="module")
def result(tmp_path_factory, community_text):
    parent = tmp_path_factory.mktemp("made")
    (parent / "small.toml").write_text(community_text)
    run(parent / "small.toml", replicates=4, seed=2, out=parent / "a", command="qunsim run x")
    return parent / "a"


def kernels(package):
    """Names of the folders that Numba keeps the kernels of a package's files in."""
    for folder in sorted({path.parent for path in package.rglob("*.py")}):
        key = hashlib.sha1(str(folder).encode(), usedforsecurity=False).hexdigest()
        yield f"{folder.name}_{key}"


@pytest.fixture
def other(tmp_path):
    """A copy of the package that changes can be made in; it knows the kernels of this one."""
    compile_kernels()
    package, cache = tmp_path / "other" / "sim", tmp_path / "kernels"
    shutil.copytree(ROOT / "sim", package, ignore=shutil.ignore_patterns("__pycache__"))
    compiled = Path(os.environ.get("NUMBA_CACHE_DIR", str(cache_folder())))
    for mine, its in zip(kernels(ROOT / "sim"), kernels(package), strict=True):
        if (compiled / mine).exists():
            shutil.copytree(compiled / mine, cache / its)
    environment = os.environ | {
        "PYTHONPATH": str(package.parent), "NUMBA_CACHE_DIR": str(cache),
        "LANG": "en_US.UTF-8", "LC_ALL": "",
    }  # fmt: skip

    def change(name, text, by):
        path = package / name
        source = path.read_text("utf-8")
        assert source.count(text) == 1
        path.write_text(source.replace(text, by), encoding="utf-8")

    def reproduce(folder, *options):
        command = [sys.executable, "-m", "sim", "results", "reproduce", str(folder), *options]
        return subprocess.run(
            command, cwd=package.parent, env=environment, capture_output=True, text=True,
            check=False, timeout=600,
        )  # fmt: skip

    return SimpleNamespace(package=package, cache=cache, change=change, reproduce=reproduce)


def test_a_fresh_copy_gives_every_number_again(result, other):
    answer = other.reproduce(result, "--json")
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert (found["outcome"], found["runs"], found["changed"]) == ("identical", 4, 0)
    assert (found["kpis"], found["within"], found["tables"]) == ([], [], [])
    assert found["before"] == {}
    assert found["files"] == {"changed": [], "added": [], "removed": []}


@pytest.mark.parametrize(
    ("factor", "outcome", "code"),
    [(2, "different", 1), pytest.param(1.01, "equivalent", 0, marks=pytest.mark.slow)],
)
def test_a_changed_measure_is_named_with_its_file(result, other, factor, outcome, code):
    other.change(ACTIVITY, RATE, RATE.replace("run.m", f"{factor} * run.m"))
    (other.package / "metrics" / "unused.py").write_text("")
    answer = other.reproduce(result, "--json")
    assert answer.returncode == code, answer.stderr
    found = json.loads(answer.stdout)
    assert (found["outcome"], found["changed"]) == (outcome, 4)
    (moved,) = found["kpis" if code else "within"]
    assert not found["within" if code else "kpis"]
    assert moved["kpi"] == "interaction_rate"
    runs = [one.kpis for one in read_journal(result)[0].values()]
    rate = sum(one["interaction_rate"] for one in runs) / 4
    assert moved["before"] == pytest.approx(rate)
    assert moved["after"] == pytest.approx(rate / factor)
    assert moved["margin"] == pytest.approx(max(0.005, 0.03 * rate))
    assert moved["margins"] == pytest.approx(rate * (1 - 1 / factor) / moved["margin"])
    assert found["files"] == {"changed": [ACTIVITY], "added": ["metrics/unused.py"], "removed": []}
    assert [*found["before"]] == ["code"]


def test_what_changed_is_told_in_both_languages(result, other):
    other.change(ACTIVITY, RATE, RATE.replace("run.m", "2 * run.m"))
    for lang, label in (("en", "share who spoke today"), ("zh", "互动率")):
        told = other.reproduce(result, "--lang", lang, "--quiet").stdout
        assert ACTIVITY in told
        assert label in told
        assert max(map(width, told.splitlines())) <= 80


@pytest.fixture
def forged(result, tmp_path):
    """A copy of the result, whose manifest is another one."""

    def forge(change):
        shutil.copytree(result, tmp_path / "forged")
        path = tmp_path / "forged" / "manifest.json"
        about = json.loads(path.read_text("utf-8"))
        change(about)
        path.write_text(json.dumps(about), encoding="utf-8")
        return tmp_path / "forged"

    return forge


def test_a_manifest_lists_what_the_code_is_made_of(result):
    about = json.loads((result / "manifest.json").read_text("utf-8"))
    listed = about["sources"]
    assert {STAYING, ACTIVITY} <= set(listed)
    assert not {name for name in listed if name.startswith(("words/", "report/", "study/"))}
    whole = hashlib.sha256()
    for name, digest in listed.items():
        content = (ROOT / "sim" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:8] == digest
        whole.update(name.encode() + b"\0" + content + b"\0")
    assert whole.hexdigest() == about["code"]


def test_many_files_are_named_by_their_number(qunsim, forged):
    def change(about):
        about["code"] = "0" * 64
        names = [name for name in about["sources"] if name.startswith(("logs/", "phases/"))]
        about["sources"] |= dict.fromkeys(names, "0" * 8) | {"phases/gone.py": "0" * 8}
        del about["sources"]["day.py"]

    folder = forged(change)
    files = json.loads(qunsim("results", "reproduce", folder, "--json").out)["files"]
    assert (files["added"], files["removed"]) == (["day.py"], ["phases/gone.py"])
    assert len(files["changed"]) == sum(
        len(list((ROOT / "sim" / name).glob("*.py"))) for name in ("logs", "phases")
    )
    for lang, rest in (("en", "and {} more"), ("zh", "另有 {} 个")):
        told = qunsim("results", "reproduce", folder, "--lang", lang).out
        assert max(map(width, told.splitlines())) <= 80
        assert rest.format(len(files["changed"]) - 8) in " ".join(told.split())
        assert "phases/acting.py" in told  # what runs are made of stands before what reads logs
        assert "logs/" not in told


def test_an_older_manifest_does_not_list_its_sources(qunsim, forged):
    def change(about):
        about["code"] = "0" * 64
        del about["sources"], about["commit"]

    folder = forged(change)
    answer = qunsim("results", "reproduce", folder, "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["outcome"], found["files"]) == (0, "identical", None)
    assert [*found["before"]] == ["code"]  # a commit that is not known is not another one
    assert "is not known" in qunsim("results", "reproduce", folder).out


def test_measures_that_only_one_side_has_are_told_and_not_judged(qunsim, forged):
    def change(about):
        about["code"] = "0" * 64
        about["kpis"] = ["wisdom" if one == "stickiness" else one for one in about["kpis"]]

    folder = forged(change)
    found = json.loads(qunsim("results", "reproduce", folder, "--json").out)
    assert (found["outcome"], found["kpis"]) == ("identical", [])
    assert (found["new_kpis"], found["gone_kpis"]) == (["stickiness"], ["wisdom"])
    assert "wisdom" in qunsim("results", "reproduce", folder).out


def test_parameters_that_are_no_more(qunsim, forged):
    def change(about):
        about["configuration"]["exit"]["wisdom"] = 3
        about["sources"][STAYING] = about["code"] = "0" * 8

    answer = qunsim("results", "reproduce", forged(change))
    assert answer.code == 2
    first, second, third = answer.err.splitlines()
    assert "was written by qunsim" in first
    assert second.endswith(STAYING)
    assert "exit.wisdom" in third


@pytest.mark.parametrize("packed", [False, True])
def test_the_commit_of_a_checkout_is_read_without_git(monkeypatch, tmp_path, packed):
    monkeypatch.setattr(provenance, "_HERE", tmp_path / "sim")
    assert provenance.commit() == ""
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    if packed:
        lines = f"# pack-refs\n{'1' * 40} refs/heads/main2\n{'2' * 40} refs/heads/main\n"
        (tmp_path / ".git" / "packed-refs").write_text(lines)
    else:
        (tmp_path / ".git" / "refs" / "heads" / "main").write_text("2" * 40 + "\n")
    assert provenance.commit() == "2" * 40
    (tmp_path / ".git" / "HEAD").write_text("3" * 40 + "\n")
    assert provenance.commit() == "3" * 40


@pytest.mark.slow
def test_a_changed_model_is_named_with_its_file(result, other):
    # everybody who is there goes at the first evening; the loop over days is compiled anew
    shutil.rmtree(other.cache)
    other.change(STAYING, "(ONE - exp(-work", "(TWO - exp(-work")
    answer = other.reproduce(result, "--json")
    assert answer.returncode == 1, answer.stderr
    found = json.loads(answer.stdout)
    assert found["outcome"] == "different"
    assert found["files"] == {"changed": [STAYING], "added": [], "removed": []}
    (leaves,) = [one for one in found["kpis"] if one["kpi"] == "leaves"]
    assert leaves["after"] > 3 * leaves["before"]
