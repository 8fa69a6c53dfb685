"""A server of `qunsim ui` in a process of its own, and what tests ask of it."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import httpx
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]
ENDED = {"done", "stopped", "failed", "interrupted"}
PATIENCE = 600
"""Seconds until a server has to listen or a task to end; kernels may have to be compiled first."""

SMALL = {
    "name": "Packets or a course?",
    "community": {"preset": "knowledge"},
    "days": 30,
    "futures": 40,
    "precision": None,
    "goal": "active_30d",
    "set": {"members.initial": 100},
    "variants": [
        {"name": "packets", "policies": [{"use": "red_packet", "amount": 20}]},
        {"name": "topics", "policies": [{"use": "daily_topic"}]},
    ],
}
"""A work that is compared in a moment."""

TINY = SMALL | {"days": 21, "futures": 20, "variants": SMALL["variants"][:1]}
"""A work that is compared sooner still."""

LONG = SMALL | {"days": 365, "futures": 1000, "set": {"members.initial": 500}}
"""A work whose comparison takes minutes."""

_LIMITED = """
import json, sys
from pathlib import Path
from sim.web.serve import serve
from sim.web.settings import Limits, Settings
asked = json.loads(sys.argv[1])
limits = Limits(**asked.pop("limits", {}))
settings = Settings(data=Path(asked.pop("data")), limits=limits, port=0, **asked)
serve(settings, said=lambda address: print(address, flush=True))
"""


class Server:
    """A server process.

    Args:
        folder: Where it keeps what is saved.
        arguments: Of the command line.
        settings: Instead of the command: what it allows, as `Settings` and `Limits` have it.
    """

    def __init__(self, folder, *arguments, settings=None):
        self.folder, self.mark = Path(folder), uuid.uuid4().hex
        command = ["-m", "sim", "ui", "--port", "0", "--out", str(folder), *arguments]
        if settings is not None:
            command = ["-c", _LIMITED, json.dumps({"data": str(folder), **settings})]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "QUNSIM_TEST": self.mark,
            "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self.errors = self.folder.with_name(f"{self.folder.name}-{self.mark[:6]}.err")
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *command], env=environment, text=True, cwd=self.folder.parent,
                stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
            )  # fmt: skip
        self.full_address = self._read_address()
        self.address = self.full_address.partition("?")[0].rstrip("/")
        self.port = int(self.address.rpartition(":")[2])

    def _read_address(self):
        readable, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if readable else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            self.clear()
            raise AssertionError(line + self.errors.read_text())
        return found.group()

    @contextmanager
    def client(self, *, session=True, **options):
        """A browser of its own, as far as the server can tell."""
        options = {"base_url": self.address, "trust_env": False, "timeout": 60} | options
        with httpx.Client(**options) as client:
            if session:
                client.post("/api/session").raise_for_status()
            yield client

    def processes(self):
        """Ids of all processes that it began and that still run, itself among them."""
        mark, found = f"QUNSIM_TEST={self.mark}".encode(), {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark not in (folder / "environ").read_bytes():
                    continue
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # it has just ended, or is somebody else's
                continue
            if state not in "ZX":
                found[int(folder.name)] = command
        return found

    def workers(self):
        """Ids of its worker processes."""
        return [pid for pid, command in self.processes().items() if "sim.web.worker" in command]

    def memory_mb(self):
        """Megabytes that its processes have in memory; what they share is counted for each."""
        total = 0
        for pid in self.processes():
            try:
                pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
            except OSError:
                continue
            total += int(pages) * os.sysconf("SC_PAGE_SIZE")
        return total / 1e6

    def end(self, number=signal.SIGINT, *, seconds=15):
        """End it; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        finally:
            self.process.stdout.close()

    def gone(self, *, seconds=10):
        """Whether nothing that it began is left after so long."""
        deadline = time.monotonic() + seconds
        while self.processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def clear(self):
        """End everything of it, whatever happened."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        self.process.stdout.close()


@contextmanager
def running(folder, *arguments, **options):
    """A server that is ended afterwards, with nothing left behind and no error told."""
    server = Server(folder, *arguments, **options)
    try:
        yield server
        if server.process.poll() is None:
            assert server.end() in {0, 130}
        assert server.gone(), server.processes()
        assert "Traceback" not in server.errors.read_text(), server.errors.read_text()
    finally:
        server.clear()


def below(folder, name=None):
    """Everything below a folder, or all of a name; some of it may vanish while one looks."""
    return [
        Path(top) / one
        for top, folders, files in os.walk(folder)
        for one in (*folders, *files)
        if name in (None, one)
    ]


def asked_of(client, method, address, **options):
    """The answer's JSON; it has to be no refusal."""
    answer = client.request(method, address, **options)
    assert answer.is_success, f"{method} {address}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def cookie_of(client):
    """The cookie of a session, as a header has it."""
    ((name, value),) = client.cookies.items()
    return f"{name}={value}"


def save(client, work=None):
    """Id of a new work."""
    return asked_of(client, "POST", "/api/works", json=SMALL if work is None else work)["id"]


def begin(client, work=None, kind="compare", **options):
    """A new task about a new work, or about one that is saved."""
    name = work if isinstance(work, str) else save(client, work)
    return asked_of(client, "POST", f"/api/works/{name}/{kind}", **options)["task"]


def look_at(client, task):
    """A task as it is now."""
    return asked_of(client, "GET", f"/api/tasks/{task if isinstance(task, str) else task['id']}")[
        "task"
    ]


def until(condition, *, seconds=PATIENCE, pause=0.1):
    """Wait until something is so; what it is."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(pause)
    return found


def ended(client, task, *, seconds=PATIENCE):
    """A task when it has ended."""

    def look():
        found = look_at(client, task)
        return found if found["state"] in ENDED else None

    return until(look, seconds=seconds)


def begun(client, task, *, done=1):
    """A task when it runs and has done so much."""

    def look():
        found = look_at(client, task)
        assert found["state"] in {"queued", "running"}, found
        return found if found["state"] == "running" and found["done"] >= done else None

    return until(look)


def view_of(client, task, lang="en"):
    """What is to be seen of a task."""
    return asked_of(client, "GET", f"/api/tasks/{task['id']}/view", params={"lang": lang})


@contextmanager
def watching(client, task, **options):
    """The WebSocket of a task; it yields messages as tables."""
    name = task if isinstance(task, str) else task["id"]
    base = str(client.base_url).rstrip("/")
    jar = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
    headers = {"Cookie": jar} | options.pop("headers", {})
    address = base.replace("http", "ws", 1) + f"/api/tasks/{name}/events?lang=en"
    with connect(
        address, additional_headers=headers, proxy=None, max_size=None, open_timeout=30, **options
    ) as socket:
        yield socket
