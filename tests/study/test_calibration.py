"""The law's uncertainty is honest: where truths stand in their posteriors."""

import numpy as np
import pytest
from scipy.stats import chisquare, norm

from sim.logs.law import POOLED
from sim.study.calibration import Calibration, calibrate, plain_law, shared_law


def test_ranks_of_honest_and_of_proud_fits():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=(400, 2))
    one = Calibration(truth=truth, mean=np.zeros((400, 2)), error=np.full((400, 2), [1.0, 0.4]))
    assert one.ranks[:, 0] == pytest.approx(norm.cdf(truth[:, 0]))
    counts = np.histogram(norm.cdf(truth[:, 0]), bins=10, range=(0, 1))[0]
    assert one.p_values[0] == pytest.approx(chisquare(counts).pvalue)
    assert one.p_values[1] < 1e-6
    assert one.coverage == pytest.approx([0.9, 2 * norm.cdf(0.4 * 1.645) - 1], abs=0.06)
    assert one.rmse == pytest.approx(truth.std(axis=0), rel=0.02)


def test_the_shared_fit_is_calibrated():
    (found,) = calibrate((shared_law,), truths=40, weeks=60, arrivals=2.5)
    away = (found.truth - found.mean) / found.error
    # forty logs tell a standard deviation to about 11 %, a mean to .16
    assert np.all((away.std(axis=0) > 0.65) & (away.std(axis=0) < 1.4))
    assert np.abs(away.mean(axis=0)).max() < 0.6
    assert np.median(found.coverage) > 0.85
    assert found.p_values.min() > 1e-4


@pytest.mark.slow
def test_two_hundred_truths_with_shocks():
    plain, shared = calibrate((plain_law, shared_law), truths=200)
    # what a log tells of feedback is too proud by far if weeks are taken as independent
    assert plain.coverage[POOLED.terms.index("group_trend")] < 0.75
    assert np.all(shared.coverage > 0.8)
    assert np.all(shared.p_values[1:] > 1e-3)
    assert np.all(shared.rmse < 1.05 * plain.rmse)
