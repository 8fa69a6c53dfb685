"""The backtest of real and made-up logs: nobody sees the future, and it resumes."""

import json

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.events import write_events
from sim.study.backtest import backtest
from sim.study.backtest.classical import CLASSICAL, recent
from sim.study.backtest.run import HEADER, METHODS

pytest.importorskip("statsforecast", reason="the extra backtest is not installed")


@pytest.fixture
def logs(tmp_path, make_table):
    rng = np.random.default_rng(3)
    folder = tmp_path / "logs"
    folder.mkdir()
    for name, weeks in (("long", 80), ("short", 20)):
        rows = [
            (7 * week + rng.uniform(0, 7), f"m{who}")
            for week in range(weeks)
            for who in range(6)
            if rng.random() < 0.6
        ]
        write_events(make_table(sorted([*rows, (7 * weeks - 0.01, "m0")])), folder / f"{name}.csv")
    (folder / "notes.csv").write_text("nothing\n")
    return sorted(folder.glob("*.csv"))


def test_every_method_is_scored_and_the_rest_is_left_out(logs, tmp_path):
    told = []
    found = backtest(
        logs, origins=[0.6], weeks=8, replicates=20, jobs=1, out=tmp_path / "out",
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert [(path.name, why) for path, why in found.skipped] == [
        ("notes.csv", "no_events"), ("short.csv", "weeks")
    ]  # fmt: skip
    assert told[0] == (0, 3)  # three files to look at
    assert told[-1] == (4, 4)  # and one case
    assert told == sorted(told)
    assert len(found.scores) == 3 * len(METHODS)
    assert all(np.isfinite(one.wis) and one.wis >= 0 for one in found.scores)
    assert found.csv().splitlines()[0] == HEADER

    journal = tmp_path / "out" / "journal.jsonl"
    journal.write_text(journal.read_text() + '{"key": "torn')
    again = backtest(
        logs, origins=[0.6], weeks=8, replicates=20, jobs=1, out=tmp_path / "out"
    )  # fmt: skip
    assert again.simulated == 0
    assert again.scores == found.scores
    kinds = [sorted(json.loads(line)) for line in journal.read_text().splitlines()[:-1]]
    assert kinds == [["key", "look"]] * 2 + [["key", "scores"]]


def test_a_file_that_was_mended_is_looked_at_again(logs, tmp_path):
    out = tmp_path / "out"
    options = {"origins": [0.6], "weeks": 8, "replicates": 5, "jobs": 1, "out": out}
    notes = next(path for path in logs if path.name == "notes.csv")
    assert len(backtest(logs, **options).skipped) == 2
    notes.write_bytes(next(path for path in logs if path.name == "long.csv").read_bytes())
    again = backtest(logs, **options)
    assert [path.name for path, _ in again.skipped] == ["short.csv"]
    assert again.simulated == 1
    assert {one.log for one in again.scores} == {"long", "notes"}


def test_nothing_but_what_is_no_log(logs):
    with pytest.raises(UserError):
        backtest([path for path in logs if path.name == "notes.csv"])


@pytest.mark.parametrize("name", CLASSICAL)
@pytest.mark.parametrize("kind", ["flat", "dead", "lively"])
def test_classical_methods_give_quantiles_whatever_the_series(name, kind):
    rng = np.random.default_rng(4)
    series = {
        "flat": np.full(60, 7.0), "dead": np.r_[rng.poisson(5, 30), np.zeros(30)],
        "lively": rng.poisson(20, 60).astype(float),
    }[kind]  # fmt: skip
    quantiles = CLASSICAL[name](series, 5)
    assert quantiles.shape == (5, 5)
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert (quantiles >= 0).all()
    if kind == "flat":
        assert (quantiles == 7).all()
    if kind == "lively":
        assert np.abs(quantiles[:, 2] - 20).max() < 12
    assert recent(series, 5)[0, 2] == np.median(series[-26:])
