import itertools

import numpy as np
import pytest

from sim.warm_start.days import FurtherDays, days_spoken, fit_base

WEEKDAY = np.array([0.2, 0.1, 0.1, 0.15, 0.15, 0.05, 0.25])
LAW = FurtherDays(base=-1.67, habit=0.41, yesterday=0.95)


def by_enumeration(logit):
    """Mean over all 128 weeks, each with its probability."""
    total = mean = 0.0
    for week in itertools.product((0, 1), repeat=7):
        p, begun, yesterday = 1.0, False, 0
        for spoke, share in zip(week, WEEKDAY, strict=True):
            if begun:
                wish = LAW.base + LAW.habit * logit + LAW.yesterday * yesterday + np.log(7 * share)
                chance = 1 / (1 + np.exp(-wish))
            else:
                chance = 1 - (1 + np.exp(logit)) ** -share
            p *= chance if spoke else 1 - chance
            begun, yesterday = begun or bool(spoke), spoke
        if any(week):
            total += p
            mean += p * sum(week)
    assert total == pytest.approx(1 / (1 + np.exp(-logit)))  # the days make up the weekly chance
    return mean / total


def test_the_mean_is_that_of_all_possible_weeks():
    logits = np.array([-6.0, -1.0, 0.5, 4.0])
    expected = [by_enumeration(logit) for logit in logits]
    mean = days_spoken(logits, law=LAW, weekday=WEEKDAY)
    np.testing.assert_allclose(mean, expected, rtol=1e-12)


def test_pooled_law_gives_the_days_of_the_training_logs():
    logit = np.random.default_rng(1).normal(0.3, 1.6, size=4000)  # members in active weeks
    mean = days_spoken(logit, law=LAW, weekday=np.full(7, 1 / 7))
    assert mean.mean() == pytest.approx(2.21, abs=0.25)  # measured over 12 families


@pytest.mark.parametrize("days", [1.1, 2.2, 4.0])
def test_base_is_found(days):
    logit = np.linspace(-3, 3, 50)
    law = fit_base(logit, mean_days=days, law=LAW, weekday=WEEKDAY, low=-8.0, high=8.0)
    mean = days_spoken(logit, law=law, weekday=WEEKDAY)
    assert mean.mean() == pytest.approx(days, abs=1e-6)
    assert (law.habit, law.yesterday) == (LAW.habit, LAW.yesterday)
