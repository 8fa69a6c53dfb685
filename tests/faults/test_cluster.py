"""A real Dask cluster on this machine: a scheduler and two workers, each a process of its own."""

import json
import signal
import subprocess
import sys
import time

import pytest

from sim.errors import UserError
from sim.study import cluster as module
from sim.study.provenance import code_digest
from sim.study.workers import workers as crew
from sim.words import Words

Client = pytest.importorskip("distributed").Client

ARGUMENTS = ("--replicates", 120, "--days", 200, "--seed", 3, "--quiet")
DASK = [sys.executable, "-m", "dask"]


class Cluster:
    def __init__(self, folder, environment):
        self._folder, self._environment = folder, environment
        self._processes = []
        about = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                    "--scheduler-file", about)  # fmt: skip
        deadline = time.monotonic() + 60
        while not about.exists() or not about.read_text():
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.02)
        time.sleep(0.05)
        self.address = json.loads(about.read_text())["address"]

    def _start(self, *arguments):
        with (self._folder / "log").open("a") as log:
            process = subprocess.Popen(
                [*DASK, *map(str, arguments)], env=self._environment, stdout=log, stderr=log,
                cwd=self._folder,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def worker(self):
        about = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
        return self._start("worker", self.address, *about)

    def close(self):
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait(timeout=10)


@pytest.fixture(scope="module")
def cluster(environment, tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), environment)
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def workers(cluster):
    return [cluster.worker(), cluster.worker()]


@pytest.fixture(scope="module")
def whole(forker, files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "threads"
    assert forker.run("run", files / "small.toml", *ARGUMENTS, "--out", folder).code == 0
    return folder


@pytest.mark.parametrize("there", [True, False])
def test_a_scheduler_without_workers_is_told(cluster, monkeypatch, there):
    monkeypatch.setattr(module, "_PATIENCE", 1)
    address = cluster.address if there else "tcp://127.0.0.1:9"
    with pytest.raises(UserError) as caught:
        crew(address)
    assert caught.value.reason == ("workers" if there else "scheduler")
    assert f"dask worker {address}" in Words("en").error(caught.value)


def test_ctrl_c_keeps_what_is_finished_and_a_killed_worker_costs_nothing(
    forker, files, cluster, workers, whole, look, tmp_path
):
    folder = tmp_path / "cluster"
    line = ["run", files / "small.toml", *ARGUMENTS, "--out", folder]
    line += ["--scheduler", cluster.address]
    command = forker.start(*line)
    look.until(lambda: len(look.lines_of(folder)) >= 5, seconds=120)
    command.kill(signal.SIGINT)
    asked = time.monotonic()
    ended = command.end()
    assert time.monotonic() - asked < 5
    assert ended.code == 130, ended.err
    assert "Traceback" not in ended.err
    before = look.places(folder)
    assert len(before) < 120, "stopped too late to tell"

    command = forker.start(*line)
    look.until(lambda: len(look.lines_of(folder)) > len(before), seconds=120)
    workers[0].send_signal(signal.SIGKILL)
    assert len(look.lines_of(folder)) < 120, "killed too late to tell"
    ended = command.end()
    assert ended.code == 0, ended.err
    assert len(look.places(folder)) == len(set(look.places(folder))) == 120
    assert look.content(folder) == look.content(whole)


@pytest.mark.slow
def test_a_comparison_is_the_same_there(forker, files, cluster, workers, look, tmp_path):
    line = ["compare", files / "experiment.toml", "--replicates", 12, "--quiet", "--out"]
    assert forker.run(*line, tmp_path / "threads").code == 0
    ended = forker.run(*line, tmp_path / "cluster", "--scheduler", cluster.address)
    assert ended.code == 0, ended.err
    assert look.content(tmp_path / "cluster") == look.content(tmp_path / "threads")


def test_workers_with_other_code_are_refused(cluster, workers):
    with Client(cluster.address, set_as_default=False) as client:
        module._check(client, cluster.address, code=code_digest())
        with pytest.raises(UserError, match="worker_code"):
            module._check(client, cluster.address, code="f" * 64)
    with pytest.raises(module.OtherCodeError):
        module.simulate_alike("f" * 64, None)


@pytest.mark.slow
def test_a_study_is_the_same_there_though_a_worker_is_killed(
    forker, files, environment, look, tmp_path
):
    line = ["sensitivity", files / "study.toml", "--quiet", "--out"]
    assert forker.run(*line, tmp_path / "threads").code == 0
    (tmp_path / "three").mkdir()
    cluster = Cluster(tmp_path / "three", environment)
    try:
        three = [cluster.worker() for _ in range(3)]
        folder = tmp_path / "cluster"
        command = forker.start(*line, folder, "--scheduler", cluster.address)
        total = len(look.lines_of(tmp_path / "threads"))
        look.until(lambda: len(look.lines_of(folder)) > total // 4, seconds=120)
        three[0].send_signal(signal.SIGKILL)
        assert len(look.lines_of(folder)) < total, "killed too late to tell"
        ended = command.end()
    finally:
        cluster.close()
    assert ended.code == 0, ended.err
    assert sorted(look.places(folder)) == sorted(look.places(tmp_path / "threads"))
    for name in ("indices.json", "runs.parquet"):
        assert (folder / name).read_bytes() == (tmp_path / "threads" / name).read_bytes()
