"""The command in a process of its own: start-up, interruption, full disks, closed pipes."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.study import load, run
from sim.study.store import read_manifest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "sim"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": ""}


def qunsim(*arguments, **options):
    options = {"capture_output": True, "text": True, "env": ENVIRONMENT, "timeout": 300} | options
    return subprocess.run([*COMMAND, *map(str, arguments)], check=False, **options)


def test_help_is_quick():
    assert qunsim("--help").returncode == 0
    started = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert qunsim("--help").returncode == 0
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started[1]
    assert used < 0.5, "seconds of processor time"


def test_bad_input_is_exit_code_2(tmp_path):
    answer = qunsim("run", "knowlege", cwd=tmp_path)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.iterdir())


def files(folder):
    """Bytes of every file that a simulation leaves; the journal's lines in any order."""
    found = {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*.*")
        if path.suffix not in {".html", ".png"}
    }
    journal = found.pop(Path("journal.jsonl"))
    return found | {"journal": sorted(journal.splitlines())}


def heeds_interrupts():
    """What a shell starts in the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


FUTURES = 50
"""Runs that take seconds, so that some are left when the signal comes."""


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_interrupting_a_process_loses_nothing(small, tmp_path):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    arguments = ["run", str(small), "--days", "200", "--replicates", str(FUTURES)]
    arguments += ["--jobs", "1"]
    process = subprocess.Popen(
        [*COMMAND, *arguments, "--out", str(stopped)], env=ENVIRONMENT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=heeds_interrupts,  # noqa: PLW1509  it takes no lock
    )  # fmt: skip
    journal = stopped / "journal.jsonl"
    deadline = time.monotonic() + 240  # kernels may have to be compiled first
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 2):
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    waited = time.monotonic() - asked
    assert process.returncode == 130, err
    assert waited < 5  # it is well under 1 on a machine that does nothing else
    assert "Traceback" not in err
    kept = len(load(stopped).kpis)
    assert 2 <= kept < FUTURES
    assert f"Stopped. {kept} of {FUTURES} futures kept." in err
    assert out == ""
    assert qunsim(*arguments, "--out", stopped, "--quiet").returncode == 0
    command = read_manifest(stopped)["command"]
    run(small, days=200, replicates=FUTURES, out=whole, command=command)
    assert files(stopped) == files(whole)


def too_small():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize("verb", ["run", "import"])
def test_a_full_disk_is_one_message(small, tmp_path, verb):
    if verb == "run":
        run(small, replicates=1)  # compiled kernels need more room than there will be
        arguments = ["run", small, "--replicates", 2, "--out", tmp_path / "out"]
    else:
        rows = "".join(f"2026-05-01T00:00:{i % 60:02d},{i}\n" for i in range(999))
        (tmp_path / "chat.csv").write_text(f"timestamp,member\n{rows}")
        arguments = ["import", tmp_path / "chat.csv", "--out", tmp_path / "events.csv"]
    kept = {"PYTHONDONTWRITEBYTECODE": "1"}  # or half a module's bytecode is left for the next one
    answer = qunsim(*arguments, preexec_fn=too_small, env=ENVIRONMENT | kept)
    assert answer.returncode == 2
    assert answer.stderr.startswith("Disk full")
    assert len(answer.stderr.splitlines()) == 1
    left = [path.name for path in tmp_path.rglob("*") if path.name.startswith(".")]
    assert not left
    assert not (tmp_path / "events.csv").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_cannot_be_written_is_told():
    with open("/dev/full", "w") as full:  # noqa: PTH123
        answer = qunsim("presets", "--json", stdout=full, capture_output=False, stderr=-1)
    assert answer.returncode == 2
    assert answer.stderr.splitlines()[0].startswith("Disk full")
    assert "Traceback" not in answer.stderr


def test_a_reader_may_stop_reading():
    reading, writing = os.pipe()
    os.close(reading)
    answer = qunsim("presets", stdout=writing, capture_output=False, stderr=-1)
    os.close(writing)
    assert answer.returncode == 0
    assert "Traceback" not in answer.stderr
    assert "Broken" not in answer.stderr
