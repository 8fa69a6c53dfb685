"""SIGKILL at random moments, Ctrl-C, a second process: nothing is lost, nothing done twice."""

import random
import shutil
import signal
import time

import pytest

from sim.errors import UserError
from sim.study.files import Lock

REPLICATES = 24
RUNS = 3 * REPLICATES


@pytest.fixture(scope="module")
def arguments(files):
    line = ["compare", files / "experiment.toml", "--replicates", REPLICATES, "--seed", 3]
    return [*line, "--quiet"]


@pytest.fixture(scope="module")
def whole(look, forker, arguments, tmp_path_factory):
    """The result of a command that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole") / "sweep"
    ended = forker.run(*arguments, "--out", folder)
    assert ended.code == 0, ended.err
    assert sorted(look.places(folder)) == sorted(ended.begun)
    assert len(set(look.places(folder))) == RUNS
    return folder


def moments(count, *, seed):
    """When to kill: after how many runs, and how many seconds later."""
    luck = random.Random(seed)  # noqa: S311  not for secrets
    last = max(1, count // 4)  # while tables are made
    after = sorted(luck.randrange(RUNS) for _ in range(count - last)) + [RUNS] * last
    return [(number, luck.random() * (0.03 if number < RUNS else 0.8)) for number in after]


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_a_sweep_that_is_killed_again_and_again(look, forker, arguments, whole, tmp_path, kills):
    folder = tmp_path / "sweep"
    plan = moments(kills, seed=kills)
    print("killed after (runs, seconds):", plan)
    for number, seconds in plan:
        before = look.places(folder)
        process = forker.start(*arguments, "--out", folder)
        look.until(lambda: len(look.lines_of(folder)) >= number or not process.alive())  # noqa: B023
        time.sleep(seconds)
        process.kill(signal.SIGKILL)
        ended = process.end()
        assert ended.code in {-signal.SIGKILL, 0}, ended.err
        assert not set(before) & set(ended.begun)
        assert set(before) <= set(look.places(folder))
    before = look.places(folder)
    ended = forker.run(*arguments, "--out", folder)
    assert ended.code == 0, ended.err
    assert not set(before) & set(ended.begun)
    assert len(look.places(folder)) == len(set(look.places(folder))) == RUNS
    assert look.content(folder) == look.content(whole)


def test_killed_before_the_first_run(look, forker, arguments, whole, tmp_path):
    folder = tmp_path / "sweep"
    (folder / "runs").mkdir(parents=True)  # what there is before the manifest
    (folder / ".manifest.json.a1b2c3d4").write_text("{")
    assert forker.run(*arguments, "--out", folder).code == 0
    assert look.content(folder) == look.content(whole)


def test_two_sweeps_on_one_folder(look, forker, arguments, whole, tmp_path):
    folder = tmp_path / "sweep"
    first = forker.start(*arguments, "--out", folder)
    look.until(lambda: look.lines_of(folder))
    with pytest.raises(UserError, match="busy"):  # as a second process of the command would
        Lock.of(folder)
    assert first.end().code == 0
    assert look.content(folder) == look.content(whole)
    with Lock.of(folder):
        second = forker.run(*arguments, "--out", folder)
    assert second.code == 2
    assert second.err.startswith("Already taken: ")
    assert "another process" in second.err
    assert len(second.err.splitlines()) == 1
    assert look.content(folder) == look.content(whole)


def cut(path):
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def test_tables_that_were_cut_are_made_again(look, forker, arguments, whole, tmp_path):
    folder = tmp_path / "sweep"
    shutil.copytree(whole, folder)
    for names in (["compare.json"], ["daily.parquet", "summary.json"]):
        for name in names:
            cut(folder / name)
        ended = forker.run(*arguments, "--out", folder)
        assert ended.code == 0, ended.err
        assert not ended.begun
        assert "written again" in ended.err
        assert look.content(folder) == look.content(whole)
    assert "written again" not in forker.run(*arguments, "--out", folder).err
    cut(folder / "manifest.json")  # now nobody knows whose journal it is
    ended = forker.run(*arguments, "--out", folder)
    assert ended.code == 2
    assert ended.err.startswith("Damaged: ")
    assert not ended.begun


def test_a_journal_that_was_cut(look, forker, arguments, whole, tmp_path):
    folder = tmp_path / "sweep"
    shutil.copytree(whole, folder)
    raw = (folder / "journal.jsonl").read_bytes()
    (folder / "journal.jsonl").write_bytes(raw[:-100])
    ended = forker.run(*arguments, "--out", folder)
    assert ended.code == 0, ended.err
    assert len(ended.begun) == 1
    assert "Damaged lines in the journal: 1" in ended.err
    assert look.content(folder) == look.content(whole)


def test_ctrl_c_keeps_what_is_finished(look, forker, arguments, whole, tmp_path):
    folder = tmp_path / "sweep"
    process = forker.start(*arguments, "--out", folder)
    look.until(lambda: len(look.lines_of(folder)) >= 20)
    process.kill(signal.SIGINT)
    asked = time.monotonic()
    ended = process.end()
    assert time.monotonic() - asked < 5
    assert ended.code == 130
    before = look.places(folder)
    # one may be written down and not yet counted when the signal comes
    told = [f"{len(before) - late} of {RUNS} futures kept" for late in (0, 1)]
    assert any(one in ended.err for one in told), ended.err
    ended = forker.run(*arguments, "--out", folder)
    assert not set(before) & set(ended.begun)
    assert look.content(folder) == look.content(whole)
