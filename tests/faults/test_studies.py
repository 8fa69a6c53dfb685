"""A sensitivity study whose processes are killed: nothing finished is lost, nothing done twice."""

import os
import random
import signal
from pathlib import Path

import pytest

POINTS = 32 * (2 + 1 + 2)  # Saltelli's scheme for two factors and the inert one
RUNS = 2 * POINTS


@pytest.fixture(scope="module")
def line(files):
    return ["sensitivity", files / "study.toml", "--quiet", "--jobs", 2]


@pytest.fixture(scope="module")
def whole(forker, line, tmp_path_factory):
    """The result of a command that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole") / "study"
    ended = forker.run(*line, "--out", folder)
    assert ended.code == 0, ended.err
    return folder


def made(look, folder):
    """All that numbers depend on, but who asked."""
    content = look.content(folder)
    content.pop("manifest.json")
    return content


def test_every_run_is_there_once(look, whole):
    assert len(look.places(whole)) == len(set(look.places(whole))) == RUNS


@pytest.mark.slow
def test_a_study_that_is_killed_again_and_again(look, forker, line, whole, tmp_path):
    folder = tmp_path / "study"
    luck = random.Random(7)  # noqa: S311  not for secrets
    for after in sorted(luck.randrange(POINTS) for _ in range(4)):
        before = look.places(folder)
        process = forker.start(*line, "--out", folder)
        look.until(lambda: len(look.lines_of(folder)) >= after or not process.alive())  # noqa: B023
        process.kill(signal.SIGKILL)
        assert process.end().code in {-signal.SIGKILL, 0}
        assert set(before) <= set(look.places(folder))
    ended = forker.run(*line, "--out", folder)
    assert ended.code == 0, ended.err
    assert sorted(look.places(folder)) == sorted(look.places(whole))
    assert made(look, folder) == made(look, whole)


def test_a_worker_process_that_is_killed_costs_nothing(look, forker, line, whole, tmp_path):
    folder = tmp_path / "study"
    process = forker.start(*line, "--out", folder, "--scheduler", "processes")
    look.until(lambda: len(look.lines_of(folder)) >= POINTS // 4, seconds=120)
    children = _children(process.pid)
    assert children, "no worker processes"
    os.kill(children[-1], signal.SIGKILL)
    assert len(look.lines_of(folder)) < POINTS, "killed too late to tell"
    ended = process.end()
    assert ended.code == 0, ended.err
    assert made(look, folder) == made(look, whole)


def test_ctrl_c_keeps_what_is_finished(look, forker, line, tmp_path):
    folder = tmp_path / "study"
    process = forker.start(*line, "--out", folder)
    look.until(lambda: len(look.lines_of(folder)) >= 20)
    process.kill(signal.SIGINT)
    ended = process.end()
    assert ended.code == 130, ended.err
    assert "Traceback" not in ended.err
    assert 20 <= len(look.lines_of(folder)) < POINTS


def test_shards_joined_are_the_whole(look, forker, line, whole, tmp_path):
    parts = [tmp_path / f"part-{n}" for n in (1, 2, 3)]
    for number, part in enumerate(parts, start=1):
        ended = forker.run(*line, "--shard", f"{number}/3", "--out", part)
        assert ended.code == 0, ended.err
        assert not (part / "indices.json").exists()
    ended = forker.run("results", "merge", *parts[:2], "--out", tmp_path / "two")
    assert ended.code == 0, ended.err
    assert not (tmp_path / "two" / "indices.json").exists()
    ended = forker.run("results", "merge", *parts, "--out", tmp_path / "joined")
    assert ended.code == 0, ended.err
    for name in ("indices.json", "sensitivity.json", "runs.parquet"):
        assert (tmp_path / "joined" / name).read_bytes() == (whole / name).read_bytes()


def _children(pid):
    """Processes that a process started and that work for it."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            line = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == pid and b"spawn_main" in line:
            found.append(int(path.name))
    return sorted(found)
