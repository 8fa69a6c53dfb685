"""All of discovery in one call: what it says, what it refuses, that it is the same every time."""

import json
import sys

import numpy as np
import pytest

from sim.errors import UserError
from sim.study.discovery.sample import Sample, resample

pytest.importorskip("sklearn", reason="the extra plan is not installed")

from sim.study.discovery.discover import discover


@pytest.fixture(scope="module")
def found(made):
    sample, _ = made.planted(n=500, factors=4, seed=1, channel=True)
    y = sample.y + 0.1 * np.random.default_rng(1).standard_normal(500)
    y[::25] = np.nan
    sample = made.table(sample.x, y, kinds=sample.kinds, levels=sample.levels)
    return sample, discover(sample, condition="profit < 0", seed=3, resamples=4)


def test_the_table_says_what_was_found(found):
    sample, discovery = found
    told = json.loads(json.dumps(discovery.table(), allow_nan=False))
    known = np.isfinite(sample.y)
    assert told["schema"] == 1
    assert told["condition"] == {"kpi": "profit", "op": "<", "value": 0.0, "text": "profit < 0"}
    assert (told["rows"], told["left_out"]) == (480, 20)
    assert told["cases"] == int((sample.y[known] < 0).sum())
    box = told["boxes"][0]
    assert min(box["coverage"], box["density"]) > 0.9
    kept = {one["factor"]: one["kept"] for one in box["restrictions"]}
    assert kept == {"f0": None, "f1": None, "f2": ["invited", "event"]}
    assert told["boxes_stability"]["holds"]
    assert told["tree_stability"]["holds"]
    assert {curve["factor"] for curve in told["curves"]} == {"f0", "f1", "f2", "f3"}
    assert [one["name"] for one in told["factors"]] == ["f0", "f1", "f2", "f3"]
    assert told["surrogate"]["points"] == 480
    assert bool(told["interactions"]) == told["surrogate"]["trusted"]


def test_the_same_seed_gives_the_same_table(found):
    sample, discovery = found
    again = discover(sample, condition="profit < 0", seed=3, resamples=4)
    assert again.table() == discovery.table()


def refused(sample, condition):
    with pytest.raises(UserError) as caught:
        discover(sample, condition=condition, seed=1)
    return caught.value.kind, caught.value.reason


def test_a_condition_that_divides_nothing_is_refused(made, found):
    sample, _ = found
    assert refused(sample, "profit < -90") == ("never_happens", "condition")
    assert refused(sample, "profit < 90") == ("never_happens", "not_condition")
    assert refused(made.table(sample.x[:, :2], np.full(500, 4.0)), "profit < 0") == (
        "never_happens", "condition",
    )  # fmt: skip
    nothing = made.table(sample.x[:, :2], np.full(500, np.nan))
    assert refused(nothing, "profit < 0") == ("too_short", "no_outputs")
    few = np.where(np.arange(500) < 9, -1.0, 1.0)
    assert refused(made.table(sample.x[:, :2], few), "profit < 0") == ("too_short", "cases")
    assert refused(made.table(sample.x[:, :2], -few), "profit < 0") == ("too_short", "cases")


def test_a_missing_package_is_named(found, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert refused(found[0], "profit < 0") == ("missing_extra", "extra")


def test_few_points_give_no_surrogate(made):
    rng = np.random.default_rng(1)
    x = np.repeat(rng.random((15, 2)), 10, axis=0)
    y = np.where(x[:, 0] > 0.5, -1.0, 1.0) + rng.standard_normal(150)
    told = discover(made.table(x, y), condition="profit < 0", seed=1, resamples=3).table()
    assert told["surrogate"] is None
    assert told["interactions"] == []


def test_a_factor_that_does_not_vary_is_never_to_blame(made):
    sample, _ = made.planted(n=300, factors=3, seed=1)
    x = np.column_stack([sample.x, np.full(300, 0.5)])
    ends = {"lows": np.r_[np.zeros(3), 0.5], "highs": np.r_[np.ones(3), 0.5]}
    told = discover(
        made.table(x, sample.y, **ends), condition="profit < 0", seed=1, resamples=3
    ).table()
    assert {one["factor"] for one in told["boxes"][0]["restrictions"]} == {"f0", "f1"}
    assert {one["factor"] for one in told["curves"]} == {"f0", "f1", "f2"}


def test_a_sample_that_does_not_fit_itself_is_refused(made):
    x = np.zeros((5, 2))
    with pytest.raises(ValueError, match="do not fit"):
        made.table(x, np.zeros(4))
    with pytest.raises(ValueError, match="without a value"):
        made.table(x + np.nan, np.zeros(5))
    with pytest.raises(ValueError, match="without a label"):
        made.table(x + 2, np.zeros(5), kinds=["categorical", "continuous"], levels=[("a", "b"), ()])
    with pytest.raises(ValueError, match="no kind"):
        made.table(x, np.zeros(5), kinds=["other", "continuous"])


def test_points_are_drawn_whole(made):
    x = np.repeat(np.arange(30.0)[:, np.newaxis], 4, axis=0)
    sample = made.table(x, np.zeros(120))
    assert isinstance(sample, Sample)
    assert sample.futures == 4
    drawn, left = resample(sample.points, np.random.default_rng(1))
    assert len(drawn) == 120
    counts = np.bincount(drawn, minlength=120).reshape(30, 4)
    assert (counts == counts[:, :1]).all()
    assert set(left) == {row for row in range(120) if not counts[row // 4, 0]}
