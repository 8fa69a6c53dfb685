import math

import numpy as np
import pytest

from sim.logs.volatility import messages_volatility, speakers_volatility, volatility
from sim.logs.weeks import WeeklySeries


def naive(series, prior):
    series = list(series)[-156:]
    level = [sum(series[i : i + 6]) / 6 + 0.3 for i in range(len(series) - 5)]
    terms = []
    for j in range(len(level) - 13):
        change = math.log(level[j + 13] / level[j])
        noise = 0.7 * (1 / (6 * level[j]) + 1 / (6 * level[j + 13]))
        terms.append(max(min(change**2, 1.0) - noise, -0.2))
    effective = len(terms) / 13
    excess = sum(terms) / len(terms)
    return math.sqrt(max((6 * prior**2 + effective * excess) / (6 + effective), 0.05**2))


@pytest.mark.parametrize("weeks", [19, 60, 156, 400])
@pytest.mark.parametrize("mean", [0.4, 5.0, 60.0])
def test_against_the_formula_one_term_at_a_time(weeks, mean):
    rng = np.random.default_rng(weeks)
    level = mean * np.exp(np.cumsum(rng.normal(0, 0.08, size=weeks)))
    series = rng.poisson(level).astype(float)
    assert volatility(series, prior=0.3) == pytest.approx(naive(series, 0.3))


def test_a_short_series_leaves_the_prior():
    assert volatility(np.arange(18.0), prior=0.3) == 0.3


def test_a_level_series_is_calmer_than_the_prior_and_a_restless_one_is_not():
    rng = np.random.default_rng(1)
    level = rng.poisson(200.0, size=156).astype(float)
    walk = 200.0 * np.exp(np.cumsum(rng.normal(0, 0.6 / math.sqrt(13), size=156)))
    # eleven effective quarters without change: 6 * 0.09 / (6 + 10.6)
    assert volatility(level, prior=0.3) == pytest.approx(math.sqrt(0.54 / 16.6), rel=0.05)
    assert volatility(walk, prior=0.3) > 0.35


def test_which_series_and_priors_are_used():
    speakers, messages = np.arange(1, 41), np.arange(1, 41) * 7 + 3
    series = WeeklySeries(speakers=speakers, messages=messages, newcomers=speakers)
    assert speakers_volatility(series) == pytest.approx(naive(speakers, 0.30))
    assert messages_volatility(series) == pytest.approx(
        naive((messages + 0.5) / (speakers + 0.5), 0.35)
    )
