"""Ended at the worst moment: nothing finished is lost, nothing is left behind."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from web_server import (
    ENDED,
    LONG,
    SMALL,
    Server,
    asked_of,
    begin,
    begun,
    below,
    ended,
    look_at,
    running,
    save,
    until,
    view_of,
    watching,
)  # fmt: skip
from websockets.exceptions import ConnectionClosed

WORK = SMALL | {"futures": 40, "days": 45, "variants": SMALL["variants"][:1]}
RUNS = 40 * 2
NUMBERS = ("verdict", "price", "table", "variants", "tiles", "best", "pairs", "figures")


@pytest.fixture(scope="module")
def whole(server):
    """What is seen of a comparison that nobody disturbed."""
    with server.client() as client:
        task = begin(client, WORK)
        assert ended(client, task)["state"] == "done"
        return numbers(view_of(client, task))


def numbers(view):
    return {key: view[key] for key in NUMBERS}


def goes_on(client, task, whole):
    """Gone on with, a task ends with the numbers of one that nobody disturbed."""
    kept = look_at(client, task)["done"]
    assert kept > 0
    again = asked_of(client, "POST", f"/api/tasks/{task['id']}/go-on")["task"]
    assert again["state"] in {"queued", "running"}
    assert again["error"] is None
    least = kept

    def over():
        nonlocal least
        found = look_at(client, task)
        if found["done"]:
            least = min(least, found["done"])
        return found if found["state"] in ENDED else None

    found = until(over)
    assert (found["state"], found["done"], found["total"]) == ("done", RUNS, RUNS), found
    assert numbers(view_of(client, task)) == whole


def test_a_worker_that_is_killed(server, client, whole):
    task = begin(client, WORK)
    begun(client, task, done=10)
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    found = ended(client, task, seconds=5)
    assert found["state"] == "interrupted"
    assert found["error"]["code"] == "stopped/worker_died"
    assert found["error"]["message"].startswith("Stopped: ")
    assert 10 <= found["done"] < found["total"] == RUNS
    goes_on(client, task, whole)


@pytest.mark.slow
def test_a_worker_that_is_killed_while_it_waits(server, client):
    until(lambda: client.get("/api/status").json()["warm"] and len(server.workers()) == 1)
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    until(lambda: not server.workers())
    time.sleep(0.5)  # until the server has heard of it
    assert ended(client, begin(client, WORK))["state"] == "done"


def test_stopped_within_a_second(server, client, whole):
    task = begin(client, WORK)
    begun(client, task, done=10)
    with watching(client, task) as socket:
        before = time.monotonic()
        said = asked_of(client, "POST", f"/api/tasks/{task['id']}/stop")["task"]
        assert time.monotonic() - before < 1
        assert said["state"] == "stopped"
        assert [one for one in messages(socket) if one["type"] == "task"][-1]["task"] == said
    busy = [pid for pid in server.workers() if processor(pid) > 0.5]
    assert busy == [], "the processor is free"
    goes_on(client, task, whole)


def processor(pid, *, seconds=1.0):
    """Share of a processor that a process takes; one that is loading has seconds to finish."""

    def used():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
            return sum(map(int, stat.rpartition(")")[2].split()[11:13]))
        except OSError:
            return 0

    deadline = time.monotonic() + 60
    while True:
        before = used()
        time.sleep(seconds)
        share = (used() - before) / os.sysconf("SC_CLK_TCK") / seconds
        if share < 0.5 or time.monotonic() > deadline:
            return share


def messages(socket, *, seconds=120):
    """Everything that a WebSocket tells until its end."""
    found = []
    try:
        while True:
            found.append(json.loads(socket.recv(seconds)))
    except ConnectionClosed:
        return found


def test_two_windows_see_the_same(server, client, whole):
    task = begin(client, WORK)
    heard = [[], []]

    def listen(number):
        with watching(client, task) as socket:
            heard[number] = messages(socket)

    threads = [threading.Thread(target=listen, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    for told in heard:
        tasks = [one["task"] for one in told if one["type"] == "task"]
        looks = [one["view"] for one in told if one["type"] == "look"]
        assert tasks[-1]["state"] == "done"
        done = [one["done"] for one in tasks]
        assert done == sorted(done)
        assert len(looks) > 1, "there is something to see before the end"
        assert not looks[0]["final"]
        assert looks[0]["pairs"] < looks[-1]["pairs"]
        assert numbers(looks[-1]) == whole
    assert heard[0][-1] == heard[1][-1]
    with watching(client, task) as socket:  # opened again after the end
        again = messages(socket, seconds=10)
    assert [one["type"] for one in again] == ["task", "look"]
    assert again[0]["task"]["state"] == "done"
    assert numbers(again[1]["view"]) == whole


@pytest.mark.slow
def test_a_connection_that_was_lost(client):
    task = begin(client, WORK)
    begun(client, task)
    for _ in range(3):  # torn off without a word, again and again
        with watching(client, task) as socket:
            assert json.loads(socket.recv(30))["task"]["id"] == task["id"]
            socket.socket.close()
    with watching(client, task) as socket:
        told = messages(socket)
    assert [one["task"]["state"] for one in told if one["type"] == "task"][-1] == "done"


@pytest.mark.slow
def test_more_tasks_than_workers(start):
    server = start(workers=1, tasks=4, all_tasks=6)
    with server.client() as client, server.client() as other, server.client() as third:
        first = begin(client, LONG)
        waiting = [begin(client, SMALL | {"seed": seed}) for seed in (1, 2, 3)]
        assert [look_at(client, one)["state"] for one in waiting] == ["queued"] * 3
        assert [look_at(client, one)["place"] for one in waiting] == [1, 2, 3]
        too_many(client)
        theirs = [begin(other, SMALL), begin(other, SMALL | {"seed": 1})]
        too_many(other)
        too_many(third)
        said = asked_of(client, "POST", f"/api/tasks/{waiting[0]['id']}/stop")["task"]
        assert (said["state"], said["place"]) == ("stopped", 0)
        assert [look_at(client, one)["place"] for one in waiting[1:]] == [1, 2]
        asked_of(client, "POST", f"/api/tasks/{waiting[2]['id']}/stop")
        asked_of(client, "DELETE", f"/api/works/{waiting[1]['work']}")
        assert client.get(f"/api/tasks/{waiting[1]['id']}").status_code == 404
        asked_of(other, "POST", f"/api/tasks/{theirs[1]['id']}/stop")
        began = time.monotonic()
        asked_of(client, "POST", f"/api/tasks/{first['id']}/stop")
        assert time.monotonic() - began < 1
        assert ended(other, theirs[0])["state"] == "done"
        assert not below(server.folder, waiting[1]["id"])


def too_many(client):
    work = save(client, SMALL | {"seed": 99})
    answer = client.post(f"/api/works/{work}/compare")
    assert answer.status_code == 429, answer.text
    assert answer.json()["error"]["code"] == "too_big/tasks"
    assert not list_of(client, work)


def list_of(client, work):
    tasks = asked_of(client, "GET", "/api/tasks")["tasks"]
    return [one for one in tasks if one["work"] == work]


def test_the_server_is_killed_and_started_again(tmp_path, whole):
    folder = tmp_path / "data"
    server = Server(folder, "--jobs", "1")
    try:
        with server.client() as client:
            task = begin(client, WORK)
            behind = begin(client, WORK | {"seed": 5})
            cookies = dict(client.cookies)
            found = begun(client, task, done=10)
            until(lambda: saved(folder, task)["done"] >= 10)
            os.kill(server.process.pid, signal.SIGKILL)
            assert server.gone(seconds=10), "workers end with the server"
    finally:
        server.clear()
    with running(folder, "--jobs", "1") as again, again.client(session=False) as client:
        client.cookies.update(cookies)
        works = asked_of(client, "GET", "/api/works")["works"]
        assert {one["id"] for one in works} == {task["work"], behind["work"]}
        assert {one["last"]["state"] for one in works} == {"interrupted"}
        kept = look_at(client, task)
        assert kept["total"] == RUNS
        assert kept["done"] >= found["done"] - 20
        goes_on(client, task, whole)
        assert look_at(client, behind)["state"] == "interrupted"


def saved(folder, task):
    (kept,) = below(folder, task["id"])
    return json.loads((kept / "task.json").read_text())["task"]


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_ended_in_the_middle_of_everything(tmp_path, number):
    with running(tmp_path / "data") as server, server.client() as client:
        task = begin(client, LONG)
        begun(client, task, done=5)
        with watching(client, task) as socket:
            code = server.end(number)
            assert code in ({0, 130} if number == signal.SIGINT else {0, 143, -signal.SIGTERM})
            told = messages(socket, seconds=10)
        assert told
        assert server.gone()
        assert saved(server.folder, task)["state"] == "interrupted"


def test_one_folder_one_server(server):
    with pytest.raises(AssertionError, match="Already taken"):
        Server(server.folder)
    assert server.process.poll() is None


def test_what_is_wrong_tells_of_no_folders(server, client):
    found = ended(client, begin(client, SMALL | {"set": {"members.initial": 3000}}))
    assert (found["state"], found["error"]["code"]) == ("failed", "contradiction/places")
    assert "3000" in found["error"]["message"]
    assert ".toml" not in found["error"]["message"]
    assert str(server.folder) not in json.dumps(found)


@pytest.mark.slow
def test_more_memory_than_allowed(start):
    server = start(memory_mb=400)
    with server.client() as client:
        size = {"members.initial": 20_000, "groups.number": 40}
        greedy = LONG | {"set": size, "futures": 10}
        found = ended(client, begin(client, greedy))
        assert (found["state"], found["error"]["code"]) == ("failed", "too_big/memory")
        assert "400" in found["error"]["message"]
        assert ended(client, begin(client, SMALL))["state"] == "done", "the next one is not harmed"


@pytest.mark.slow
def test_more_time_than_allowed(start):
    server = start(seconds=6.0)
    with server.client() as client:
        task = begin(client, LONG)
        done = 0
        for _ in range(3):
            found = ended(client, task)
            assert (found["state"], found["error"]["code"]) == ("stopped", "stopped/time")
            assert "6 seconds" in found["error"]["message"]
            assert found["done"] > done, "each time it comes further"
            done = found["done"]
            asked_of(client, "POST", f"/api/tasks/{task['id']}/go-on")
        asked_of(client, "POST", f"/api/tasks/{task['id']}/stop")


@pytest.mark.slow
def test_killed_again_and_again(server, client):
    work = WORK | {"futures": 400, "days": 60}
    undisturbed = begin(client, work)
    assert ended(client, undisturbed)["state"] == "done"
    task = begin(client, work)
    for number in range(1, 6):
        begun(client, task, done=number * 60)
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        assert ended(client, task, seconds=5)["state"] == "interrupted"
        asked_of(client, "POST", f"/api/tasks/{task['id']}/go-on")
    assert ended(client, task)["state"] == "done"
    assert numbers(view_of(client, task)) == numbers(view_of(client, undisturbed))
