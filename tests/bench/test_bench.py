"""``qunsim bench``: what it measures, what it writes, what it prints."""

import json
import re
import time

import numpy as np
import pytest

from sim import cli
from sim.bench import bench, bench_lines, engine, peers
from sim.bench.engine import EVERYTHING, Extent
from sim.bench.sizes import size_key, size_label
from sim.commands import shell
from sim.levers import LEVER_INDEX, LEVERS, NEUTRAL, Levers
from sim.words import Words
from sim.words.typography import width

SMALL = Extent(sizes=(300, 1_000), small=100, rounds=2, member_days=1, runs=2, year=14, pairs=2)
SIZES = {"300", "1e3"}
CONTRACT = {
    "schema", "ns_per_member_day", "bytes_per_member", "ensemble_runs_per_second", "peers",
    "community_lite",
}  # fmt: skip


@pytest.fixture(scope="module")
def measured():
    seen = []
    return bench(progress=seen.append, extent=SMALL), seen


def test_the_result_is_the_agreed_one(measured):
    result, _ = measured
    assert set(result) >= CONTRACT
    assert result["schema"] == 1
    assert result["peers"] == {}
    for key in ("ns_per_member_day", "ns_per_member_day_neutral", "day_over_community_lite"):
        assert set(result[key]) == SIZES
        assert all(0 < value < 1e6 for value in result[key].values())
    assert set(result["community_lite"]) == {"1e2", *SIZES}
    assert result["ensemble_runs_per_second"] > 0
    for size, speed in result["community_lite"].items():
        # a million agent-steps a second are a thousand nanoseconds each
        assert speed * result["community_lite_ns"][size] == pytest.approx(1e3)
    assert json.loads(json.dumps(result)) == result
    costs = result["policies_over_none"]
    assert set(costs) == {"talking_20", "trading_20", "reacting_5", "talking_20_messages"}
    assert costs["reacting_5"] > 1.0, "who is asked every morning takes time"


def test_a_members_memory_is_that_of_the_columns(measured):
    result, _ = measured
    # 4 blocks of 256 rows for 1,000 members; a row: 24 float32, 4 uint32, 7 int16, 6 bytes,
    # int64 spent, 6 ties of 4 + 4 bytes; a block: int32 group, int64 fill
    row = 24 * 4 + 4 * 4 + 7 * 2 + 6 + 8 + 6 * 8
    assert result["bytes_per_member"] == pytest.approx(4 * (256 * row + 12) / 1_000)


def test_rounds_are_interleaved(measured):
    _, seen = measured
    assert [news.step for news in seen[:2]] == ["compile", "day"]
    assert seen[-1].step == "policies"
    turns = [(news.step, news.name) for news in seen[1:-1]]
    once = [("day", "100"), *[("day", "300")] * 3, *[("day", "1,000")] * 3, *[("ensemble", "")] * 2]
    assert turns == once * 2
    assert [news.done for news in seen[1:-1]] == list(range(len(turns)))


def test_everything_on_is_more_than_half_of_the_levers():
    levers = engine.everything(60)
    used = (levers.values != NEUTRAL).any(axis=(0, 1))
    names = {lever.name for lever, on in zip(LEVERS, used, strict=True) if on}
    assert names == set(EVERYTHING)
    assert len(names) > len(LEVERS) / 2
    for lever in LEVERS:
        column = levers.values[:, :, LEVER_INDEX[lever.name]]
        assert lever.low <= column.min() <= column.max() <= lever.high


def test_what_is_timed_is_the_days(monkeypatch):
    # a clock that ticks a second a look: two looks a run, so a second for each run
    ticks = iter(range(1_000))
    monkeypatch.setattr(time, "process_time", lambda: next(ticks))
    members = []
    advance = engine.Run.advance

    def counted(run):
        advance(run)
        members.append(int(run.record().total("members").sum()))

    monkeypatch.setattr(engine.Run, "advance", counted)
    cost = engine.day_cost(300, levers=Levers.neutral(7, 1), seed=1, member_days=5_000)
    assert len(members) == 3, "2,100 member-days a run, less those who leave"
    assert cost == pytest.approx(1e9 * 3 / sum(members))


def test_a_run_that_fails_is_not_a_fast_one(monkeypatch):
    def fail(*_):
        raise ValueError("out of order")

    monkeypatch.setattr("sim.study.ensemble.simulate", fail)
    with pytest.raises(RuntimeError, match="ValueError: out of order"):
        engine.ensemble_speed(levers=Levers.neutral(7, 1), runs=2, seed=0)


def beside(measured):
    """A result with one peer that was timed and one that was not."""
    nothing = {"requirement": None, "max_z": None, "not_available": None}
    return measured | {
        "peers": {"mesa": {"1e2": 0.5, "1e3": 0.25}, "ambr": {"1e2": None, "1e3": None}},
        "community_lite": {"1e2": 100.0, "1e3": 110.0},
        "details": {
            "mesa": nothing | {"requirement": "mesa==3.3.1", "max_z": 1.5},
            "ambr": nothing
            | {"requirement": "ambr==0.5.2", "not_available": "ERROR: no such release " * 8},
            "community_lite": nothing | {"max_z": 2.0},
        },
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_fit_80_columns_in_both_languages(measured, lang):
    result, _ = measured
    wide = result | {
        "ns_per_member_day": dict.fromkeys(("1e4", "1e5", "1e6"), 12_345.6),
        "ensemble_runs_per_second": None,
    }
    for one in (result, beside(result), beside(wide)):
        lines = bench_lines(one, Words(lang))
        assert all(width(line) <= 80 for line in lines)
        assert any("1,000" in line for line in lines)


def test_peers_are_told_beside_ours(measured):
    text = "\n".join(bench_lines(beside(measured[0]), Words("en")))
    assert re.search(r"mesa 3\.3\.1 +0\.50 \(x200\) +0\.25 \(x440\)\n", text)
    assert re.search(r"ambr 0\.5\.2 +— +—\n", text)
    assert "ambr was not measured: ERROR: no such release" in text


def test_our_speed_beside_peers_is_the_one_timed_with_them(monkeypatch):
    told = {"peers": {"mesa": {"1e3": 1.0}}, "community_lite": {"1e2": None, "1e3": 77.0}}
    monkeypatch.setattr(peers, "measure_peers", lambda **_: told | {"details": {"mesa": {}}})
    own = {"100": 5.0, "1e2": 6.0, "1e3": 7.0}
    monkeypatch.setattr(engine, "measure_engine", lambda *_, **__: {"community_lite": own})
    result = bench(peers=True)
    assert result["community_lite"] == {"100": 5.0, "1e2": 6.0, "1e3": 77.0}
    assert result["peers"] == told["peers"]


@pytest.mark.parametrize(("n", "key", "label"), [
    (1_000, "1e3", "1,000"), (10**6, "1e6", "1,000,000"), (1_500, "1500", "1,500"),
])  # fmt: skip
def test_sizes_are_named_by_powers_of_ten(n, key, label):
    assert (size_key(n), size_label(key)) == (key, label)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_prints_and_writes(monkeypatch, capsys, tmp_path, lang):
    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(shell, "_leave", leave)
    monkeypatch.setattr(engine, "Extent", lambda: SMALL)
    file = tmp_path / "bench.json"
    monkeypatch.setattr("sys.argv", ["qunsim", "bench", "--json", str(file), "--lang", lang])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    assert ended.value.code == 0
    result = json.loads(file.read_text("utf-8"))
    assert set(result) >= CONTRACT
    assert printed.out.splitlines() == bench_lines(result, Words(lang))
    assert len(printed.err.splitlines()) == 2 + 2 * 9
    assert np.isfinite(list(result["ns_per_member_day"].values())).all()
