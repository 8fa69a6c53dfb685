"""Result folders: what they hold, how they are resumed, extended, refused, moved aside."""

import json
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.errors import UserError
from sim.metrics import DAILY_KPIS, REGISTRY, RUN_KPIS, summarise
from sim.study import files, load, manifest, parquet, run, store, study

SCALE_OUT = Path(__file__).resolve().parents[2] / "docs" / "scale-out.md"
COMMAND = "qunsim run small.toml --replicates 5 --seed 2"


def simulated(scenario, folder, **options):
    options = {"replicates": 5, "seed": 2, "command": COMMAND, "out": folder} | options
    return run(scenario, **options)


def content(folder):
    """Bytes of every file; the journal's lines in any order."""
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
    journal = files.pop(next(path for path in files if path.name == store.JOURNAL))
    return files | {"journal": sorted(journal.splitlines())}


@pytest.fixture(scope="module")
def finished(scenario, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "finished"
    simulated(scenario, folder, jobs=1)
    return folder


def test_a_folder_holds_what_is_promised(scenario, finished):
    names = {path.name for path in finished.iterdir()}
    assert names == {"manifest.json", "journal.jsonl", "runs", "daily.parquet", "summary.json"}
    about = json.loads((finished / "manifest.json").read_text("utf-8"))
    assert about["schema"] == 1
    assert about["kpis"] == list(REGISTRY)
    assert about["digest"] == scenario.digest()
    assert about["configuration"] == scenario.resolved()
    assert (about["seed"], about["days"], about["replicates"]) == (2, 30, 5)
    assert about["command"] == COMMAND
    assert {"numpy", "numba", "python"} <= set(about["versions"])


def test_the_daily_table_is_the_contract_s(scenario, finished):
    table = load(finished).daily
    assert list(table.columns) == ["variant", "replicate", "day", *DAILY_KPIS, "stage"]
    assert len(table) == 5 * 30
    assert table["replicate"].tolist() == [n for n in range(5) for _ in range(30)]
    assert table["day"].tolist() == list(range(30)) * 5
    assert set(table["variant"]) == {"base"}
    balance = table["revenue"] - table["cost"] - table["profit"]
    assert np.abs(balance).max() < 1e-9
    one = run(scenario, replicates=5, seed=2).records[3]
    assert table["messages"][table["replicate"] == 3].tolist() == one.total("messages").tolist()


def test_the_summary_is_the_contract_s(scenario, finished):
    summary = json.loads((finished / "summary.json").read_text("utf-8"))
    assert summary.pop("schema") == 1
    result = simulated(scenario, None)
    assert summary == result.summary
    assert summary["base"] == summarise(list(result.kpis.values()), days=30)
    assert {*DAILY_KPIS, *RUN_KPIS} <= set(summary["base"])


def test_groups_have_a_table_of_their_own(in_groups, tmp_path):
    folder = simulated(in_groups, tmp_path / "g", replicates=2).folder
    groups = files.read_json(folder / "summary.json")
    table = parquet.read_parquet(folder / "groups.parquet")
    assert groups["schema"] == 1
    assert len(table) == 2 * 3 * 30
    daily = load(folder).daily
    summed = table.groupby(["replicate", "day"])["messages"].sum().tolist()
    assert summed == daily["messages"].tolist()
    assert (table["revenue"] == 0).all() or table["revenue"].sum() == daily["revenue"].sum()


def test_other_programs_read_the_tables(in_groups, tmp_path):
    arrow = pytest.importorskip("pyarrow.parquet")
    folder = simulated(in_groups, tmp_path / "g", replicates=2).folder
    texts, money = {"variant", "stage"}, {"revenue", "cost", "profit"}
    for name in ("daily.parquet", "groups.parquet"):
        table = arrow.read_table(folder / name)
        for field in table.schema:
            kind = "string" if field.name in texts else "double" if field.name in money else "int32"
            assert str(field.type) == kind, field
        assert not any(column.null_count for column in table.columns)
        assert table.to_pandas().equals(parquet.read_parquet(folder / name))


def test_the_lines_that_the_documentation_has_for_python(in_groups, tmp_path, monkeypatch, capsys):
    pytest.importorskip("pyarrow")
    (lines,) = re.findall(r"```python\n(.*?)```", SCALE_OUT.read_text("utf-8"), flags=re.DOTALL)
    simulated(in_groups, tmp_path / "results" / "sweep", replicates=2)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(lines, names)  # noqa: S102  the documentation's own
    assert names["wide"].shape == (2, 1)
    assert len(names["bands"]) == 30
    low, middle, high = names["bands"]["band"].iloc[-1]
    counts = names["last"]["members"].tolist()
    assert middle == pytest.approx(sum(counts) / 2)
    assert high - low == pytest.approx(0.9 * abs(counts[0] - counts[1]))
    assert "29" in capsys.readouterr().out


def test_threads_change_nothing(scenario, finished, tmp_path):
    simulated(scenario, tmp_path / "two", jobs=2)
    assert content(finished) == content(tmp_path / "two")


def test_the_same_again_is_shown_and_not_computed(scenario, finished, monkeypatch):
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*")}
    monkeypatch.setattr(study, "run_ensemble", None)
    again = simulated(scenario, finished)
    assert again.already
    assert again.summary == load(finished).summary
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*")} == before


def test_more_replicates_extend_it(scenario, finished, tmp_path):
    simulated(scenario, tmp_path / "a", replicates=2)
    kept = (tmp_path / "a" / "runs" / "base" / "00001.npz").stat().st_mtime_ns
    extended = simulated(scenario, tmp_path / "a")
    assert (tmp_path / "a" / "runs" / "base" / "00001.npz").stat().st_mtime_ns == kept
    assert content(tmp_path / "a") == content(finished)
    assert extended.replicates == 5
    fewer = simulated(scenario, tmp_path / "a", replicates=1)
    assert fewer.already
    assert len(fewer.kpis) == 5


def interrupting(after):
    def progress(done, failed=0):
        if done >= after:
            raise KeyboardInterrupt

    return progress


def test_interrupted_work_resumes_without_loss_or_repetition(scenario, finished, tmp_path):
    folder = tmp_path / "stopped"
    first = simulated(scenario, folder, jobs=1, progress=interrupting(2))
    assert first.interrupted
    kept = set(first.kpis)
    assert len(kept) >= 2  # what was under way may still have ended
    assert not (folder / "summary.json").exists()
    halfway = load(folder)
    assert halfway.interrupted
    assert set(halfway.kpis) == kept
    assert len(halfway.daily) == 30 * len(kept)
    times = {n: (folder / "runs" / "base" / f"{n:05d}.npz").stat().st_mtime_ns for n in kept}
    second = simulated(scenario, folder)
    assert not second.interrupted
    assert all(
        (folder / "runs" / "base" / f"{n:05d}.npz").stat().st_mtime_ns == t
        for n, t in times.items()
    )
    assert content(folder) == content(finished)


def test_stopping_before_the_first_run_leaves_nothing(scenario, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        simulated(scenario, tmp_path / "nothing", progress=interrupting(0))
    assert not (tmp_path / "nothing").exists()


def test_a_torn_line_and_a_lost_file_cost_one_run_each(scenario, finished, tmp_path):
    folder = tmp_path / "torn"
    shutil.copytree(finished, folder)
    journal = (folder / "journal.jsonl").read_bytes()
    (folder / "journal.jsonl").write_bytes(journal[:-40])
    (folder / "runs" / "base" / "00001.npz").unlink()
    (folder / "runs" / "base" / "00002.npz").write_bytes(b"nonsense")
    result = simulated(scenario, folder)
    assert len(result.kpis) == 5
    for name in ("daily.parquet", "summary.json", "manifest.json", "runs/base/00001.npz"):
        assert (folder / name).read_bytes() == (finished / name).read_bytes()
    assert len(load(folder).kpis) == 5


@pytest.mark.parametrize("options", [{"seed": 3}, {"days": 31}, {"policies": ["red_packet"]}])
def test_a_folder_of_another_experiment_is_refused(scenario, finished, options):
    before = content(finished)
    with pytest.raises(UserError) as caught:
        simulated(scenario, finished, **options)
    assert (caught.value.kind, caught.value.reason) == ("taken", "folder")
    assert caught.value.values["suggestion"].endswith("finished-2")
    assert content(finished) == before


def test_a_folder_of_something_else_is_refused(scenario, tmp_path):
    (tmp_path / "diary.txt").write_text("private")
    with pytest.raises(UserError) as caught:
        simulated(scenario, tmp_path)
    assert (caught.value.kind, caught.value.reason) == ("taken", "foreign")
    with pytest.raises(UserError) as caught:
        simulated(scenario, tmp_path / "diary.txt")
    assert (caught.value.kind, caught.value.reason) == ("taken", "file")
    with pytest.raises(UserError) as caught:
        simulated(scenario, tmp_path / "diary.txt" / "deeper")
    assert caught.value.kind == "no_permission"
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_an_empty_folder_is_free(scenario, tmp_path):
    assert simulated(scenario, tmp_path, replicates=1).folder == tmp_path


def test_results_of_other_code_are_moved_aside(scenario, finished, tmp_path, monkeypatch):
    folder = tmp_path / "old"
    shutil.copytree(finished, folder)
    old = content(folder)
    for module in (store, manifest):
        monkeypatch.setattr(module, "code_digest", lambda: "f" * 64)
    result = simulated(scenario, folder)
    assert content(result.moved) == old
    assert result.moved.parent == tmp_path
    assert not result.already
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["code"] == "f" * 64


def test_a_newer_folder_is_refused(scenario, finished, tmp_path):
    folder = tmp_path / "newer"
    shutil.copytree(finished, folder)
    newer = json.loads((folder / "manifest.json").read_text("utf-8")) | {"schema": 2}
    (folder / "manifest.json").write_text(json.dumps(newer))
    for attempt in (load, lambda path: simulated(scenario, path)):
        with pytest.raises(UserError) as caught:
            attempt(folder)
        assert (caught.value.kind, caught.value.reason) == ("cannot_read", "newer_schema")


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 1}', '{"schema": "1"}'])
def test_a_damaged_manifest_is_told(finished, tmp_path, text):
    shutil.copytree(finished, tmp_path / "bad")
    (tmp_path / "bad" / "manifest.json").write_text(text)
    with pytest.raises(UserError) as caught:
        load(tmp_path / "bad")
    assert caught.value.kind == "damaged"


def test_what_is_no_result_cannot_be_loaded(tmp_path):
    for folder, reason in ((tmp_path, "result"), (tmp_path / "none", "folder")):
        with pytest.raises(UserError) as caught:
            load(folder)
        assert (caught.value.kind, caught.value.reason) == ("not_found", reason)


def test_failed_runs_are_kept_as_rows(scenario, tmp_path, monkeypatch):
    from sim.study import ensemble, simulate

    def broken(task, *_):
        if task.replicate == 1:
            raise MemoryError("too much")
        return simulate.simulate(task)

    monkeypatch.setattr(ensemble, "simulate", broken)
    result = simulated(scenario, tmp_path / "some", replicates=3)
    rows = [(one.replicate, one.error) for one in result.failures]
    assert rows == [(1, "MemoryError: too much")]
    read = load(tmp_path / "some")
    assert [(one.replicate, one.error) for one in read.failures] == rows
    assert not read.interrupted
    assert sorted(set(read.daily["replicate"])) == [0, 2]
    monkeypatch.undo()
    mended = simulated(scenario, tmp_path / "some", replicates=3)
    assert sorted(mended.kpis) == [0, 1, 2]
    assert not load(tmp_path / "some").failures


def test_a_result_in_memory_can_be_saved(scenario, finished, tmp_path):
    result = simulated(scenario, None)
    assert result.folder is None
    assert len(result.daily) == 150
    result.save(tmp_path / "saved", command=COMMAND)
    assert content(tmp_path / "saved") == content(finished)
    assert load(tmp_path / "saved").records[2].days == 30


@pytest.mark.parametrize(
    "options", [{"replicates": 0}, {"seed": -1}, {"seed": 2**63}, {"jobs": 0}, {"replicates": 2.5}]
)
def test_impossible_numbers_are_told(scenario, tmp_path, options):
    with pytest.raises(UserError) as caught:
        simulated(scenario, tmp_path / "x", **options)
    assert caught.value.kind == "out_of_range"
    assert not (tmp_path / "x").exists()


def test_presets_and_files_are_communities_too(tmp_path):
    result = run(
        "organic", days=5, replicates=1, policies=["red_packet:amount=1", {"use": "value_content"}]
    )
    assert result.days == 5
    assert [entry["use"] for entry in result.scenario.policies] == ["red_packet", "value_content"]


def test_nothing_is_half_written_when_the_disk_is_full(scenario, finished, tmp_path, monkeypatch):
    folder = tmp_path / "full"
    rename = os.replace

    def full(source, target, **kwargs):
        if str(target).endswith("daily.parquet"):
            raise OSError(28, "No space left on device", str(target))
        rename(source, target, **kwargs)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError) as caught:
        simulated(scenario, folder)
    assert (caught.value.kind, caught.value.reason) == ("no_space", "disk_full")
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    assert not (folder / "summary.json").exists()
    monkeypatch.undo()
    assert len(simulated(scenario, folder).kpis) == 5
    assert content(folder) == content(finished)
