"""Runs in other processes: the same bytes, whoever of them is killed; nobody is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ARGUMENTS = ("--replicates", 120, "--days", 200, "--seed", 3, "--quiet")
"""Runs enough that some are left when somebody is killed."""


@pytest.fixture(scope="module")
def whole(forker, files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "threads"
    assert forker.run("run", files / "small.toml", *ARGUMENTS, "--out", folder).code == 0
    return folder


def children(pid):
    """Processes below one, with what they were started as."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes()
        except OSError:  # has ended meanwhile
            continue
        if parent == pid and b"spawn_main" in command:
            found[int(path.name)] = command
    return found


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "Z"


@pytest.fixture
def working(forker, files, look, tmp_path):
    """A command whose processes are at work."""
    folder = tmp_path / "processes"
    line = ["run", files / "small.toml", *ARGUMENTS, "--out", folder]
    command = forker.start(*line, "--scheduler", "processes", "--jobs", 2)
    look.until(lambda: len(look.lines_of(folder)) >= 5, seconds=120)
    return command, folder, line


def test_a_worker_that_is_killed_costs_nothing(working, whole, look):
    command, folder, _ = working
    workers = children(command.pid)
    assert len(workers) == 2
    os.kill(min(workers), signal.SIGKILL)
    before = len(look.lines_of(folder))
    assert before < 120, "killed too late to tell"
    ended = command.end()
    assert ended.code == 0, ended.err
    assert look.content(folder) == look.content(whole)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nobody_outlives_the_command(forker, working, whole, look, number):
    command, folder, line = working
    workers = children(command.pid)
    for pid in workers if number == signal.SIGINT else ():
        os.kill(pid, signal.SIGINT)  # Ctrl-C reaches everybody on a terminal
    command.kill(number)
    asked = time.monotonic()
    ended = command.end()
    assert time.monotonic() - asked < 5
    assert ended.code == (130 if number == signal.SIGINT else -number)
    assert "Traceback" not in ended.err
    look.until(lambda: all(map(gone, workers)), seconds=5)
    before = look.places(folder)
    ended = forker.run(*line)  # threads may go on where processes stopped
    assert ended.code == 0, ended.err
    assert not set(before) & set(ended.begun)
    assert look.content(folder) == look.content(whole)


IDLE = """
import copy, os
from dataclasses import replace
from types import SimpleNamespace as Task
from sim.study.ensemble import run_ensemble
from sim.study.workers import PROCESSES, workers

tasks = [Task(place=("a", n), variant="a", replicate=n) for n in range(3)]
run_ensemble(tasks, crew=replace(workers(PROCESSES, jobs=2), work=copy.copy))
os._exit(0)  # as a command leaves while threads are about
"""


def test_idle_processes_leave_no_semaphores_behind():
    done = subprocess.run(
        [sys.executable, "-c", IDLE], check=False, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_worker_that_is_killed_while_it_sends_a_result_costs_nothing(tmp_path):
    script = Path(__file__).with_name("half_sent.py")
    ended = subprocess.run(
        [sys.executable, script, tmp_path], env=os.environ | {"PYTHONPATH": str(script.parents[2])},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert ended.stdout == "[0, 1, 2, 3, 4, 5, 6, 7]\n", ended.stderr
    assert (tmp_path / "died").exists()
