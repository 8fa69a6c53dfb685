"""From runs to a summary."""

import json
import math

import numpy as np
import pytest

from sim.metrics import NEVER, restricted, summarise
from sim.metrics.stage import STAGES

NULLS = dict.fromkeys(("mean", "sd", "p05", "p25", "p50", "p75", "p95"))


def of(key, values, **rest):
    return summarise([{key: value} for value in values], **rest)[key]


def test_mean_sd_and_linear_quantiles():
    values = np.random.default_rng(1).gamma(2, 50, 37).tolist()
    found = of("messages", values)
    assert found.pop("n") == 37
    assert found.pop("mean") == pytest.approx(np.mean(values))
    assert found.pop("sd") == pytest.approx(np.std(values, ddof=1))
    for name, value in found.items():
        assert value == pytest.approx(np.percentile(values, int(name[1:])))
    assert list(found) == ["p05", "p25", "p50", "p75", "p95"]


def test_one_run_has_no_spread_and_is_small():
    found = of("profit", [3.5])
    assert found["sd"] is None
    assert found["mean"] == found["p05"] == found["p95"] == 3.5
    assert found["n"] == 1
    assert found["small_n"] is True
    assert "small_n" not in of("profit", [1.0] * 20)
    assert "small_n" in of("profit", [1.0] * 19)


def test_undefined_runs_drop_out_up_to_a_fifth():
    found = of("cac", [2.0] * 8 + [None] * 2)
    assert (found["mean"], found["n"]) == (2.0, 8)
    assert "why" not in found
    hidden = of("cac", [2.0] * 7 + [None] * 3)
    assert hidden == {**NULLS, "n": 7, "small_n": True, "why": "no_joins"}
    assert of("cac", [None])["why"] == "no_joins"


def test_a_missing_key_and_a_nan_are_undefined():
    runs = [{"cac": 1.0, "joins": 1.0}] * 5 + [{"joins": 1.0}, {"cac": math.nan, "joins": 1.0}]
    found = summarise(runs)
    assert found["cac"]["why"] == "no_joins"
    assert found["joins"]["n"] == 7


def test_times_that_never_come_are_later_than_every_day():
    found = of("payback_day", [10.0, 20.0, 30.0, NEVER])
    assert found["never"] == 0.25
    assert found["mean"] is None
    assert found["sd"] is None
    assert found["p25"] == pytest.approx(17.5)
    assert found["p50"] == 25.0
    assert found["p75"] is None  # a quarter of the way from 30 to never
    assert of("payback_day", [NEVER] * 3)["p05"] is None
    assert of("half_life_days", [5.0, 7.0]) == {
        "mean": 6.0, "sd": pytest.approx(math.sqrt(2)), "p05": pytest.approx(5.1), "p25": 5.5,
        "p50": 6.0, "p75": 6.5, "p95": pytest.approx(6.9), "n": 2, "small_n": True, "never": 0.0,
    }  # fmt: skip


def test_a_quantile_on_the_last_number_is_known():
    assert of("payback_day", [1.0, 2.0, 3.0, NEVER, NEVER])["p50"] == 3.0


def test_stages_have_shares_and_ordinal_quantiles():
    found = of("stage", ["active"] * 6 + ["decline"] * 3 + ["dormant"])
    assert found["shares"] == {
        "sprout": 0.0, "growth": 0.0, "active": 0.6, "decline": 0.3, "dormant": 0.1,
    }  # fmt: skip
    assert found["mean"] is None
    assert found["sd"] is None
    names = [STAGES[found[name]] for name in ("p05", "p25", "p50", "p75", "p95")]
    assert names == ["active", "active", "active", "decline", "dormant"]


def test_flags_of_short_runs_few_joins_and_rising_peaks():
    same = {"retention_d7": 1.0, "active_30d": 1.0, "peak_day": 3.0, "peak_at_edge": 0.0}
    runs = [{**same, "joins": joins} for joins in (5.0, 31.0, 29.0)]
    runs[0]["peak_at_edge"] = 1.0
    found = summarise(runs, days=29)
    assert found["active_30d"]["partial"] is True
    assert found["retention_d7"]["few_joins"] is True
    assert found["peak_day"]["at_edge"] == pytest.approx(1 / 3)
    assert "few_joins" not in found["active_30d"]
    longer = summarise(runs[1:2], days=30)
    assert "partial" not in longer["active_30d"]
    assert "few_joins" not in longer["retention_d7"]


def test_no_runs_no_summary_and_unknown_keys_are_refused():
    assert summarise([]) == {}
    with pytest.raises(KeyError):
        summarise([{"health_score": 1.0}])


def test_only_the_types_of_json():
    text = json.dumps(summarise([{"members": np.float64(3), "stage": "growth"}]))
    assert json.loads(text)["members"]["mean"] == 3.0


@pytest.mark.parametrize(
    ("value", "expected"), [(3.0, 3.0), (900.0, 365.0), (NEVER, 365.0), (None, None)]
)
def test_restricted_times(value, expected):
    assert restricted(value, horizon=365) == expected


def test_a_stage_is_no_time():
    with pytest.raises(TypeError, match="not a time"):
        restricted("active", horizon=9)
