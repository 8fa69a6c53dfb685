"""Twenty people at one `qunsim ui` at once: how long answers take, how much memory, who sees what.

    python benchmarks/web_load.py [--people 18] [--browsers 2] [--jobs 2]

Each saves a work of a name and a seed of its own, has it compared and follows it by a WebSocket or
in a browser, while one more session asks what the page asks all the time. Needs Linux.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "web"))

from web_server import SMALL, asked_of, begin, running, save, view_of, watching
from websockets.exceptions import ConnectionClosed

WORK = SMALL | {
    "days": 60, "futures": 60, "set": {"members.initial": 200}, "goal": "profit",
}  # fmt: skip
PAUSE = 0.25
"""Seconds between two rounds of questions."""
MOST_MS = 300
MOST_MB = 2 * 1024**3 / 1e6
PATIENCE = 1800


@dataclass
class Load:
    """What was measured.

    Attributes:
        times: Milliseconds of every answer, by question.
        memory_mb: Megabytes of the server and its workers, at most.
        waited: Seconds from asking for a comparison to its end, of each session.
        first: Seconds to the first thing to see.
        wrong: What somebody saw that was not theirs, or did not see.
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    memory_mb: float = 0.0
    waited: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def p95(self, question):
        return statistics.quantiles(self.times[question], n=20)[-1]


def work_of(number):
    return WORK | {"name": f"work of person {number:02}", "seed": number}


def person(server, number, load):
    """One session that has its work compared and follows it."""
    with server.client() as client:
        work = work_of(number)
        task = begin(client, work)
        since = time.monotonic()
        views = []
        with watching(client, task) as socket:
            try:
                while True:
                    told = json.loads(socket.recv(PATIENCE))
                    if told["type"] == "look":
                        if not views:
                            load.first.append(time.monotonic() - since)
                        views.append(told["view"])
                    elif told["task"]["id"] != task["id"] or told["task"]["name"] != work["name"]:
                        load.wrong.append(f"{number}: {told['task']}")
            except ConnectionClosed:
                load.waited.append(time.monotonic() - since)
        check(client, work, task, views, load)


def check(client, work, task, views, load):
    """A session sees its own work and task, and nothing of anybody else."""
    works = asked_of(client, "GET", "/api/works")["works"]
    tasks = asked_of(client, "GET", "/api/tasks")["tasks"]
    final = view_of(client, task)
    found = {
        "works": [one["name"] for one in works] == [work["name"]],
        "tasks": [one["id"] for one in tasks] == [task["id"]],
        "done": tasks[0]["state"] == "done" and tasks[0]["failed_runs"] == 0,
        "title": all(view["title"] == work["name"] for view in [*views, final]),
        "pairs": final["final"] and final["pairs"] == WORK["futures"],
        "last": bool(views) and views[-1] == final,
    }
    load.wrong += [f"{work['name']}: {what}" for what, fine in found.items() if not fine]


class Window:
    """A browser window that follows a comparison of its own."""

    def __init__(self, browser, server, number):
        self.number, self.complaints = number, []
        self.context = browser.new_context(base_url=server.address, locale="en-US")
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("/")
        asked = self.context.request
        self.work = asked.post("/api/works", data=work_of(number)).json()["id"]
        self.task = asked.post(f"/api/works/{self.work}/compare").json()["task"]["id"]
        self.page.goto(f"/#/compare/{self.work}")

    def is_over(self):
        self.page.wait_for_timeout(200)
        task = self.context.request.get(f"/api/tasks/{self.task}").json()["task"]
        return task["state"] not in {"queued", "running"}

    def close(self, load):
        view = self.context.request.get(f"/api/tasks/{self.task}/view?lang=en").json()
        self.page.wait_for_timeout(3000)
        seen = self.page.inner_text("body")
        if not view.get("final") or view["verdict"][0] not in seen:
            load.wrong.append(f"window {self.number}: the verdict is not there")
        others = [k for k in range(99) if k != self.number and work_of(k)["name"] in seen]
        load.wrong += [f"window {self.number}: {others}"] if others else []
        load.wrong += [f"window {self.number}: {text}" for text in self.complaints]
        self.context.close()


def ask(server, load, over):
    """Ask what the page asks all the time, and note how long answers take."""
    with server.client() as client:
        for number in range(5):
            save(client, work_of(number))
        questions = {
            "GET /api/status": ("GET", "/api/status", None),
            "GET /api/works": ("GET", "/api/works", None),
            "POST /api/check": ("POST", "/api/check", WORK),
        }
        while not over.is_set():
            for name, (method, address, body) in questions.items():
                before = time.perf_counter()
                asked_of(client, method, address, json=body)
                load.times.setdefault(name, []).append(1000 * (time.perf_counter() - before))
            load.memory_mb = max(load.memory_mb, server.memory_mb())
            over.wait(PAUSE)


def measure(*, people, browsers, jobs, folder):
    """Load a server; what was measured."""
    load, over = Load(), threading.Event()
    with ExitStack() as stack:
        server = stack.enter_context(running(folder, "--jobs", str(jobs)))
        asking = threading.Thread(target=ask, args=(server, load, over))
        asking.start()
        pool = stack.enter_context(ThreadPoolExecutor(people))
        try:
            at_work = [pool.submit(person, server, number, load) for number in range(people)]
            if browsers:
                windows(stack, server, range(people, people + browsers), load)
            for one in at_work:
                one.result()
        finally:
            over.set()
            asking.join()
    return load


def windows(stack, server, numbers, load):
    """Browser windows, side by side, until what they follow has ended."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    opened = [Window(browser, server, number) for number in numbers]
    since = time.monotonic()
    while not all(window.is_over() for window in opened):
        assert time.monotonic() - since < PATIENCE
    for window in opened:
        window.close(load)
    browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=18)
    parser.add_argument("--browsers", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        load = measure(**vars(asked), folder=Path(folder) / "data")
    print(
        f"{asked.people} scripts and {asked.browsers} browsers, {asked.jobs} comparisons at once;"
    )
    print(f"{os.cpu_count()} processors, {busy:.1f} of other work waiting at the start.\n")
    print("| question | answers | half within | 95 % within | longest |\n|---|---|---|---|---|")
    for name, times in load.times.items():
        middle, most = statistics.median(times), max(times)
        print(
            f"| {name} | {len(times)} | {middle:.0f} ms | {load.p95(name):.0f} ms | {most:.0f} ms |"
        )
    print(f"\nMemory of the server and its workers: {load.memory_mb:.0f} MB at most.")
    if load.waited:
        last, first = max(load.waited), statistics.median(load.first)
        print(f"All comparisons done after {last:.0f} s; half saw something within {first:.1f} s.")
    print("\n".join(load.wrong) or "Everybody saw their own comparison only.")
    return 1 if load.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
