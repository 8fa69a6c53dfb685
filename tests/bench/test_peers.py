"""Measuring other simulators: what agrees is timed, what fails becomes a row with its reason."""

import sys
import types
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from scipy.stats import ttest_ind

from sim.bench import environments, peers, workers
from sim.bench.environments import UnavailableError
from sim.bench.lite import reference

HERE = """
import sys
sys.path.insert(0, {lite!r})
import reference
from harness import serve


class Run:
    def __init__(self, n, days, seed):
        {broken}
        self.arguments = n, seed

    def advance(self, days):
        n, seed = self.arguments
        self.kept = reference.run(n, days=days, seed=seed) * {factor}

    def rows(self):
        print("what a simulator prints is no answer")
        return self.kept.tolist()


serve(Run)
"""


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """Simulators: one agrees, one does not, one fails, one says nothing."""
    lite = str(workers.LITE)
    kinds = {
        "right": ("pass", 1.0),
        "wrong": ("pass", 1.5),
        "broken": ("raise RuntimeError('out of order')", 1.0),
        "late": ("import time; time.sleep(60)", 1.0),
    }
    for name, (broken, factor) in kinds.items():
        text = HERE.format(lite=lite, broken=broken, factor=factor)
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setattr(workers, "LITE", tmp_path)
    return tmp_path


def worker(folder, name):
    return workers.Worker(Path(sys.executable), script=f"{name}.py", log=folder / f"{name}.log")


def test_a_worker_answers_with_rows_and_seconds(scripts):
    with worker(scripts, "right") as right:
        for seed in (0, 1):
            answer = right.ask(50, days=9, seed=seed, patience=60)
            np.testing.assert_array_equal(answer.rows, reference.run(50, days=9, seed=seed))
            assert 0 < answer.seconds < 60


def test_a_failing_worker_gives_its_reason(scripts):
    with worker(scripts, "broken") as broken:
        with pytest.raises(UnavailableError, match="RuntimeError: out of order"):
            broken.ask(50, days=9, seed=0, patience=60)
        with pytest.raises(UnavailableError):  # and stays unavailable
            broken.ask(50, days=9, seed=0, patience=60)


def test_a_silent_worker_is_not_waited_for(scripts):
    with (
        worker(scripts, "late") as late,
        pytest.raises(UnavailableError, match="no answer for 50 members"),
    ):
        late.ask(50, days=9, seed=0, patience=0.2)


def test_a_missing_interpreter_is_unavailable(tmp_path):
    with pytest.raises(UnavailableError):
        workers.Worker(tmp_path / "python", script="mesa_lite.py", log=tmp_path / "log")


def test_mesa_agrees_with_the_reference(tmp_path):
    with workers.Worker(Path(sys.executable), script="mesa_lite.py", log=tmp_path / "log") as mesa:
        days = [1, 10, 40]
        rows = np.stack([mesa.ask(100, days=41, seed=s, patience=60).rows[days] for s in range(20)])
    against = np.stack([reference.run(100, days=41, seed=s)[days] for s in range(200)])
    assert peers.largest_z(rows, against) < 4


def test_welch_statistic_is_scipys():
    rng = np.random.default_rng(4)
    a, b = rng.normal(0.3, 2, (30, 5, 3)), rng.normal(0, 1, (200, 5, 3))
    expected = np.abs(ttest_ind(a, b, equal_var=False).statistic).max()
    assert peers.largest_z(a, b) == pytest.approx(expected, rel=1e-12)
    same = np.zeros((4, 5, 3))
    assert peers.largest_z(same, same) == 0
    assert peers.largest_z(same + 1, same) == np.inf


@pytest.mark.parametrize(("n", "days"), [(1_000, 365), (10_000, 60), (100_000, 6), (10**6, 3)])
def test_larger_communities_are_timed_for_fewer_days(n, days):
    assert peers.horizon(n) == days


@pytest.fixture
def small(scripts, monkeypatch):
    """The three simulators as peers, in this environment, with a short check."""
    names = ("right", "wrong", "broken")
    monkeypatch.setattr(
        peers, "PEERS", {name: peers.Peer(name, f"{name}==1", f"{name}.py") for name in names}
    )
    monkeypatch.setattr(peers, "environment_for", lambda *_, **__: Path(sys.prefix))
    monkeypatch.setattr(peers, "CHECK_RUNS", 5)
    monkeypatch.setattr(peers, "REFERENCE_RUNS", 10)
    monkeypatch.setattr(peers, "CHECK_MEMBERS", 100)
    (scripts / "peers").mkdir()
    return scripts


def own(monkeypatch):
    module = types.ModuleType("sim.bench.community_lite")
    module.timed = lambda n, days, seed: (1e-3, reference.run(n, days=days, seed=seed))
    monkeypatch.setitem(sys.modules, "sim.bench.community_lite", module)


def test_what_fails_is_a_row_and_the_rest_is_measured(small, monkeypatch):
    own(monkeypatch)
    seen = []
    result = peers.measure_peers(
        ("right", "wrong", "broken"), sizes=(100, 1000), progress=seen.append, cache=small
    )
    assert set(result) == {"peers", "community_lite", "details"}
    for speeds in (result["peers"]["right"], result["community_lite"]):
        assert set(speeds) == {"1e2", "1e3"}
        assert all(0 < speed < 1e4 for speed in speeds.values())
    nothing = {"1e2": None, "1e3": None}
    assert result["peers"]["wrong"] == result["peers"]["broken"] == nothing
    details = result["details"]
    assert details["right"]["not_available"] is None
    assert details["right"]["max_z"] == details["community_lite"]["max_z"] < 4
    assert "simulates something else" in details["wrong"]["not_available"]
    assert "out of order" in details["broken"]["not_available"]
    assert [p.name for p in seen if p.step == "install"] == ["right", "wrong", "broken"]
    assert {p.name for p in seen if p.step == "failed"} == {"wrong", "broken"}
    timed = [p.name for p in seen if p.step == "time"]
    assert timed == ["right", "community_lite"] * 2 * peers.ROUNDS, "rounds are interleaved"


def test_an_engine_that_is_missing_is_a_row_too(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "sim.bench.community_lite", None)
    result = peers.measure_peers((), sizes=(1000,), cache=small)
    assert result["community_lite"] == {"1e3": None}
    assert "community_lite" in result["details"]["community_lite"]["not_available"]


def test_an_unknown_name_is_an_error():
    with pytest.raises(KeyError, match="nonsense"):
        peers.measure_peers(("nonsense",))


def test_every_peer_has_its_script_and_a_pinned_release():
    assert set(peers.PEERS) == {"mesa", "starsim", "ambr", "agentpy", "mesa-frames"}
    for name, peer in peers.PEERS.items():
        assert (workers.LITE / peer.script).exists()
        requirement = Requirement(peer.requirement)
        assert requirement.name == name
        assert [s.operator for s in requirement.specifier] == ["=="]


def test_a_failed_installation_gives_pips_reason():
    pip = "import sys; print('ERROR: No matching distribution found for x', file=sys.stderr)"
    with pytest.raises(UnavailableError, match=r"^ERROR: No matching distribution found for x$"):
        environments._call([sys.executable, "-c", f"{pip}; print('hint'); sys.exit(1)"])
    with pytest.raises(UnavailableError, match="ValueError: last words"):
        environments._call([sys.executable, "-c", "raise ValueError('last words')"])
    with pytest.raises(UnavailableError):
        environments._call([Path("no") / "such" / "program"])
    environments._call([sys.executable, "-c", "pass"])


def test_a_slow_installation_is_given_up(monkeypatch):
    monkeypatch.setattr(environments, "INSTALL_SECONDS", 0.1)
    with pytest.raises(UnavailableError, match="took more than"):
        environments._call([sys.executable, "-c", "import time; time.sleep(60)"])


def test_an_environment_appears_only_when_complete(tmp_path, monkeypatch):
    calls = []

    def call(command):
        calls.append(command)
        python = environments.interpreter_of(Path(command[-1]))
        if "venv" in command:
            python.parent.mkdir(parents=True)
            python.touch()
        elif "bad==1" in command:
            raise UnavailableError("no such release")

    monkeypatch.setattr(environments, "_call", call)
    with pytest.raises(UnavailableError, match="no such release"):
        environments.environment_for("bad==1", cache=tmp_path)
    assert list((tmp_path / "peers").iterdir()) == []
    home = environments.environment_for("good==1", cache=tmp_path)
    assert list((tmp_path / "peers").iterdir()) == [home]
    assert environments.interpreter_of(home).exists()
    assert "good==1" in calls[-1]


def test_a_finished_environment_is_used_again(tmp_path, monkeypatch):
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    python = environments.interpreter_of(tmp_path / "peers" / f"some-1.0-py{version}")
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(environments, "_call", lambda _: pytest.fail("nothing to install"))
    home = environments.environment_for("some==1.0", cache=tmp_path)
    assert environments.interpreter_of(home) == python


def test_a_cache_that_cannot_be_written_is_a_reason(tmp_path):
    (tmp_path / "peers").write_text("a file where the folder should be")
    with pytest.raises(UnavailableError):
        environments.environment_for("some==1.0", cache=tmp_path)


def test_the_cache_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("QUNSIM_CACHE", str(tmp_path))
    assert environments.cache_folder() == tmp_path
    monkeypatch.delenv("QUNSIM_CACHE")
    assert environments.cache_folder().name == "qunsim"
