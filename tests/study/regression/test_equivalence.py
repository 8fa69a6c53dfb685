"""Verdicts against textbook values and simulated levels."""

import numpy as np
import pytest
from scipy import stats

from sim.study.regression.equivalence import (
    Estimate,
    independent_estimate,
    paired_estimate,
    rejected_by_discovery,
    rejected_by_holm,
    shape_distance,
    spent,
)
from sim.study.regression.judging import Judge

RNG = np.random.default_rng(1)


def test_a_paired_estimate_is_students():
    before, after = RNG.normal(10, 2, 20), RNG.normal(11, 2, 20)
    found = paired_estimate(before, after)
    known = stats.ttest_rel(after, before)
    assert found.delta / found.error == pytest.approx(known.statistic)
    assert found.interval() == pytest.approx(tuple(known.confidence_interval(0.95)))


def test_an_independent_estimate_is_welchs():
    before, after = RNG.normal(10, 2, 30), RNG.normal(11, 5, 12)
    found = independent_estimate(before, after)
    known = stats.ttest_ind(after, before, equal_var=False)
    assert found.delta / found.error == pytest.approx(known.statistic)
    assert found.freedom == pytest.approx(known.df)
    assert (found.n, found.before, found.after) == (12, before.mean(), after.mean())


def test_two_one_sided_tests_and_the_test_beyond():
    """Both one-sided tests have p <= .05 just where the 90 % interval is within the margin."""
    values = RNG.normal(0.1, 1, 40)
    found = paired_estimate(np.zeros(40), values)
    for margin in (0.1, 0.3, 0.5, 1.0):
        low = stats.ttest_1samp(values, -margin, alternative="greater").pvalue
        high = stats.ttest_1samp(values, margin, alternative="less").pvalue
        assert found.within(margin, level=0.05) == (max(low, high) <= 0.05)
    beyond = stats.ttest_1samp(values, -0.05 if found.delta < 0 else 0.05,
                               alternative="less" if found.delta < 0 else "greater")  # fmt: skip
    assert found.beyond(0.05) == pytest.approx(beyond.pvalue)


def test_what_does_not_vary_is_decided_by_the_margin_alone():
    ten = np.full(10, 3.0)
    found = paired_estimate(ten, ten + 0.5)
    assert found.interval() == (0.5, 0.5)
    assert found.within(0.5, level=0.01)
    assert (found.beyond(0.5), found.beyond(0.4)) == (1.0, 0.0)


def test_few_futures_say_nothing():
    found = paired_estimate(np.zeros(4), np.full(4, 9.0))
    assert not found.within(10.0, level=0.05)
    assert found.beyond(0.1) == 1.0


def test_holm_and_benjamini_hochberg():
    """Example of Benjamini and Hochberg (1995), section 3.2: 15 hypotheses at .05."""
    chances = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
               .6528, .7590, 1.0]  # fmt: skip
    assert sum(rejected_by_discovery(chances, 0.05)) == 4
    assert sum(rejected_by_holm(chances, 0.05)) == 3  # as Bonferroni's in the paper
    assert rejected_by_discovery(chances[::-1], 0.05)[::-1] == rejected_by_discovery(chances, 0.05)


def test_looks_spend_a_level_between_them():
    shares = (0.125, 0.25, 0.5, 1.0)
    parts = [spent(0.05, until=b, since=a) for a, b in zip((0.0, *shares), shares, strict=False)]
    assert sum(parts) == pytest.approx(0.05)
    assert all(part > 0 for part in parts)


def test_without_tolerance_the_distance_is_kolmogorovs():
    before, after = RNG.normal(0, 1, 80), RNG.normal(0.3, 1.4, 60)
    known = stats.ks_2samp(before, after, method="asymp")
    assert shape_distance(before, after, tolerance=0.0)[0] == pytest.approx(known.statistic)


def test_a_shift_within_the_tolerance_is_no_other_shape():
    before = RNG.normal(0, 1, 500)
    assert shape_distance(before, before + 0.2, tolerance=0.2) == (0.0, 1.0)
    assert shape_distance(before, before + 0.2, tolerance=0.1)[0] > 0
    distance, chance = shape_distance(before, before * 3, tolerance=0.2)
    assert distance > 0.15
    assert chance < 1e-4


@pytest.mark.parametrize("paired", [True, False])
def test_levels_hold_over_repeated_looks(paired):
    """At the margin itself, over four looks: at most 5 in 100 are called equivalent, and at most
    .5 in 100 different; 2,000 series, so three standard errors are 1.5 and .5 in 100."""
    equivalent = different = 0
    for _ in range(2000):
        before, noise = RNG.normal(0, 1, 64), RNG.normal(1.0, 1, 64)
        called = set()
        since = 0.0
        for share in (0.125, 0.25, 0.5, 1.0):
            n = round(64 * share)
            found = (
                paired_estimate(before[:n], before[:n] + noise[:n])
                if paired
                else independent_estimate(before, noise[:n])
            )
            if found.within(1.0, level=spent(0.05, until=share, since=since)):
                called.add("equivalent")
            if found.beyond(1.0) <= spent(0.005, until=share, since=since):
                called.add("different")
            since = share
        equivalent += "equivalent" in called
        different += "different" in called
    assert equivalent / 2000 <= 0.05 + 0.015
    assert different / 2000 <= 0.005 + 0.005


def test_more_futures_are_asked_for_where_they_help():
    found = Estimate(n=20, before=1.0, after=1.0, delta=0.0, error=0.5, freedom=19)
    # the standard error has to fall until its t quantile fits into the margin
    t = stats.t.ppf(0.975, 19)
    assert found.more(0.4, level=0.025) == np.ceil(20 * (t * 0.5 / 0.4) ** 2 - 20)


def test_a_kpi_that_becomes_undefined_is_told(suite):
    judge = Judge(suite, paired=True)
    values = {
        one.name: {key: RNG.normal(50, 1, one.replicates) for key in suite.kept(one.name)}
        for one in suite.cases
    }
    after = {name: {key: v.copy() for key, v in kept.items()} for name, kept in values.items()}
    after["talk"]["leaves"][:] = np.nan
    judge.look(values, after, share=1.0)
    found = {key: row.verdict for key, row in judge.rows.items()}
    assert found["talk", "leaves", "defined"] == "different"
    assert found["talk", "members", "mean"] == "equivalent"


def test_a_wider_spread_about_the_same_mean_is_told(suite):
    judge = Judge(suite, paired=False)
    values = {
        one.name: {key: RNG.normal(50, 1, 400) for key in suite.kept(one.name)}
        for one in suite.cases
    }
    after = {name: {key: v.copy() for key, v in kept.items()} for name, kept in values.items()}
    calm = values["talk"]["members"]
    after["talk"]["members"] = 50 + (calm - 50) * 12
    judge.look(values, after, share=1.0)
    judge.shapes(values, after)
    assert [key for key, row in judge.rows.items() if row.verdict == "different"] == [
        ("talk", "members", "shape")
    ]


def test_an_unchanged_model_is_rarely_called_different(suite):
    """Normal, skewed and counted KPIs, looked at four times: at most 2 of 100 checks against other
    futures; 300 are made, so three standard errors are 2.4 in 100."""
    draws = {
        "members": lambda n: RNG.normal(200, 16, n),  # margin 4 %
        "speakers": lambda n: RNG.exponential(20, n) + 20,  # 20 %
        "messages": lambda n: RNG.poisson(9, n) * 30.0 + 200,  # 15 %
        "leaves": lambda n: RNG.gamma(2, 30, n) + 100,  # 15 %
        "payback_day": lambda n: np.where(RNG.random(n) < 0.4, np.nan, RNG.normal(40, 6, n)),
        "cost": lambda n: np.full(n, 500.0),
    }
    alarms = 0
    for _ in range(300):
        judge = Judge(suite, paired=False)
        before, after = (
            {
                one.name: {key: draws[key](times * 32) for key in suite.kept(one.name)}
                for one in suite.cases
            }
            for times in (1, 2)
        )
        for share in (0.125, 0.25, 0.5, 1.0):
            part = {
                name: {key: values[: round(share * 64)] for key, values in kept.items()}
                for name, kept in after.items()
            }
            judge.look(before, part, share=share)
        judge.shapes(before, after)
        alarms += any(row.verdict == "different" for row in judge.rows.values())
    assert alarms / 300 <= 0.02 + 0.024
