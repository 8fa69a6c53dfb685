"""The shifted beta-geometric law: identities, and the published subscription tables."""

import csv

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.survival import SurvivalLaw, fit_survival, resampled_laws

LAW = SurvivalLaw(alpha=0.7, beta=2.3)

# Fader and Hardie 2007, the first seven renewals of each segment, in percent.
HIGH_END = (100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1)
REGULAR = (100.0, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1)


def test_survival_is_the_mean_over_members():
    theta = np.random.default_rng(1).beta(0.7, 2.3, 400_000)
    for periods in (0, 1, 5, 12):
        expected = ((1 - theta) ** periods).mean()
        assert LAW.survival(np.array([periods]))[0] == pytest.approx(expected, abs=0.003)


def test_retention_is_the_ratio_of_survivals():
    curve = LAW.survival(np.arange(20))
    np.testing.assert_allclose(LAW.retention(np.arange(1, 20)), curve[1:] / curve[:-1])
    assert curve[1] == pytest.approx(1 - LAW.lapse)


def test_lifetimes_are_sums_of_survival():
    curve = LAW.survival(np.arange(20_000))
    assert LAW.lifetime(periods=13) == pytest.approx(curve[:13].sum())
    discounted = (curve[:500] / 1.1 ** np.arange(500)).sum()
    assert LAW.lifetime(discount=0.1) == pytest.approx(discounted)
    assert LAW.lifetime() == np.inf
    short = SurvivalLaw(alpha=3.0, beta=2.0)
    assert short.lifetime() == pytest.approx(short.survival(np.arange(20_000)).sum(), rel=1e-4)


@pytest.mark.parametrize(
    ("seen", "alpha", "beta", "twelfth"),
    [(HIGH_END, 0.668, 3.806, 0.378), (REGULAR, 0.704, 1.182, 0.170)],
)
def test_published_tables(seen, alpha, beta, twelfth):
    law = fit_survival(seen)
    assert law.alpha == pytest.approx(alpha, abs=5e-4)
    assert law.beta == pytest.approx(beta, abs=5e-4)
    assert law.survival(np.array([12]))[0] == pytest.approx(twelfth, abs=5e-4)


def test_ranges_hold_what_came(train):
    path = train / "sbg_subscription_survival.csv"
    with path.open() as stream:
        rows = list(csv.DictReader(stream))
    for segment in ("high_end", "regular"):
        left = np.array([float(r["percent_surviving"]) for r in rows if r["segment"] == segment])
        law = fit_survival(left[:8])
        laws = resampled_laws(law, members=1000, periods=7, runs=20)
        ends = [each.survival(np.arange(8, 13)) for each in laws]
        low, high = np.quantile(ends, (0.05, 0.95), axis=0)
        assert ((low <= left[8:] / 100) & (left[8:] / 100 <= high)).all()


def test_settings_are_those_of_a_community():
    from sim.scenario import Scenario

    scenario = Scenario(name="x").replace(LAW.settings)
    assert (scenario.member.lapse_alpha, scenario.member.lapse_beta) == (LAW.alpha, 2.3)


@pytest.mark.parametrize("left", [(100.0, 60.0), (100.0,), ()])
def test_two_renewals_are_needed(left):
    with pytest.raises(UserError, match="renewals"):
        fit_survival(left)


@pytest.mark.parametrize("left", [(100, 60, 70), (0, 0, 0), (100, 50, -1)])
def test_numbers_that_do_not_fall(left):
    with pytest.raises(UserError, match="survival"):
        fit_survival(left)
