"""The command in real processes, on a community that is simulated in milliseconds."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": "", "OPENBLAS_NUM_THREADS": "1",
}  # fmt: skip

PATIENCE = 180  # seconds; kernels may have to be compiled first

EXPERIMENT = """
question = "Packets or topics?"
base = "small.toml"
goal = "active_30d"

[[variants]]
name = "packets"
policies = [{ use = "red_packet", amount = 20 }]

[[variants]]
name = "topics"
policies = [{ use = "daily_topic" }]
"""

STUDY = """
base = "small.toml"
days = 150
method = "sobol"
n = 32
outputs = ["profit", "messages"]

[factors]
law.intercept = [-1.4, -0.5]
exit.hazard = [0.05, 0.15]
"""


class Command:
    """A process that was started."""

    def __init__(self, forker, pid, folder):
        self._forker, self.pid, self._folder = forker, pid, folder

    def kill(self, number):
        os.kill(self.pid, number)

    def alive(self):
        """Whether it still runs."""
        stat = Path(f"/proc/{self.pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"

    def end(self):
        """Wait for it: its exit code (negative: the signal), what it printed, what it simulated."""
        code = self._forker.ask([], "")
        out, err, begun = map(self._text, ("out", "err", "begun"))
        return SimpleNamespace(code=code, out=out, err=err, begun=begun.splitlines())

    def _text(self, name):
        """What is in a file, nothing if it was killed before it wrote any."""
        path = self._folder / name
        return path.read_text("utf-8") if path.exists() else ""


class Forker:
    """Starts commands, one at a time."""

    def __init__(self, folder, community_text):
        self._folder, self._count = folder, 0
        small = folder / "small.toml"
        small.write_text(community_text)
        script = Path(__file__).parent / "forker.py"
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(small)], env=ENVIRONMENT, text=True, cwd=folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, arguments, folder):
        self._process.stdin.write(json.dumps([arguments, str(folder)]) + "\n")
        self._process.stdin.flush()
        answered, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        assert answered, f"no end within {PATIENCE} s"
        return int(self._process.stdout.readline())

    def start(self, *arguments):
        self._count += 1
        folder = self._folder / f"command-{self._count}"
        folder.mkdir()
        return Command(self, self.ask([*map(str, arguments)], folder), folder)

    def run(self, *arguments):
        return self.start(*arguments).end()

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


@pytest.fixture(scope="session")
def forker(tmp_path_factory, community_text):
    """``start`` or ``run`` the command with arguments."""
    if not (hasattr(os, "fork") and Path("/proc/self/stat").exists()):
        pytest.skip("forks and looks into /proc")
    forker = Forker(tmp_path_factory.mktemp("commands"), community_text)
    yield forker
    forker.close()


@pytest.fixture(scope="session")
def environment():
    """Of processes that import the package."""
    return ENVIRONMENT


@pytest.fixture(scope="session")
def files(tmp_path_factory, community_text):
    """A folder with a community and an experiment."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "small.toml").write_text(community_text)
    (folder / "experiment.toml").write_text(EXPERIMENT)
    (folder / "study.toml").write_text(STUDY)
    return folder


def lines_of(folder):
    """Whole lines of a journal."""
    path = folder / "journal.jsonl"
    return path.read_bytes().split(b"\n")[:-1] if path.exists() else []


def places(folder):
    """Runs that a journal names, as often as it does."""
    found = []
    for raw in lines_of(folder):
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if "point" in line:
            numbers = {**line.get("answers", {}), **line.get("errors", {})}
            found += [f"{line['point']} {number}" for number in numbers]
            continue
        found.append(f"{line['variant']} {line['replicate']}")
    return found


def content(folder):
    """Bytes of every file that numbers depend on; whole lines of the journal as a set."""
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".html", ".png"}
    }
    journal = found.pop("journal.jsonl").splitlines()
    return found | {"journal": {line for line in journal if line.endswith(b"}")}}


def until(condition, *, seconds=60):
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


@pytest.fixture(scope="session")
def look():
    """Functions that look at result folders and wait."""
    return SimpleNamespace(content=content, lines_of=lines_of, places=places, until=until)
