"""Keyed draws and float32 functions against published vectors and closed forms."""

import math

import numpy as np
import pytest
from scipy import stats

from sim import arithmetic, draws
from sim.arithmetic import kernel
from sim.founding import trait_tables
from sim.scenario import Scenario

POINTS = (np.arange(20_000) + 0.5) / 20_000


@kernel
def words(k0, k1, c0, c1, c2, c3):
    return draws.philox(
        np.uint32(k0), np.uint32(k1), np.uint32(c0), np.uint32(c1), np.uint32(c2), np.uint32(c3)
    )


@kernel
def each(values, which):
    out = np.empty(len(values), np.float64)
    for i in range(len(values)):
        if which == 0:
            out[i] = arithmetic.exp(values[i])
        elif which == 1:
            out[i] = arithmetic.ln(values[i])
        else:
            out[i] = draws.normal(values[i])
    return out


@kernel
def counts(values, mean):
    out = np.empty(len(values), np.int64)
    for i in range(len(values)):
        out[i] = draws.poisson(values[i], mean)
    return out


@kernel
def quantiles(values, knots):
    out = np.empty(len(values), np.float64)
    for i in range(len(values)):
        out[i] = draws.quantile(values[i], knots)
    return out


@kernel
def many(count):
    out = np.empty((count, 4), np.float64)
    for i in range(count):
        a, b, c, d = draws.uniforms(np.uint32(1), np.uint32(2), i % 1000, i // 1000, 16, 0)
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = a, b, c, d
    return out


# known-answer vectors of philox4x32-10 published with the Random123 library
VECTORS = [
    ((0, 0), (0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 2, (0xFFFFFFFF,) * 4, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0xA4093822, 0x299F31D0),
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("key", "counter", "answer"), VECTORS)
def test_philox_gives_the_published_words(key, counter, answer):
    assert words(*key, *counter) == answer


def test_uniforms_are_uniform_and_uncorrelated():
    n = 50_000
    drawn = many(n)
    assert drawn.min() > 0.0
    assert drawn.max() < 1.0
    for k in range(4):
        # Kolmogorov's distribution at one in 100,000
        assert stats.kstest(drawn[:, k], "uniform").pvalue > 1e-5
    off = np.corrcoef(drawn.T)[np.triu_indices(4, 1)]
    assert (abs(off) < 5 / math.sqrt(n)).all()


def test_no_uniform_is_zero_or_one():
    assert float(draws.uniform.py_func(np.uint32(0))) == 2.0**-24
    assert float(draws.uniform.py_func(np.uint32(0xFFFFFFFF))) == 1 - 2.0**-24


def test_exp_is_accurate_to_single_precision():
    x = np.linspace(-86.9, 87.9, 100_001).astype(np.float32)
    assert (abs(each(x, 0) / np.exp(x.astype(float)) - 1) < 1.5e-7).all()
    assert each(np.array([-1000, 1000], np.float32), 0) == pytest.approx(
        [math.exp(-87), math.exp(88)], rel=1e-6
    )


def test_ln_is_accurate_to_single_precision():
    x = np.exp(np.linspace(-80, 80, 100_001)).astype(np.float32)
    exact = np.log(x.astype(float))
    assert (abs(each(x, 1) - exact) < 1.5e-7 * np.maximum(1, abs(exact))).all()
    near = np.linspace(0.9, 1.1, 10_001).astype(np.float32)
    assert (abs(each(near, 1) - np.log(near.astype(float))) < 1e-7).all()


def test_normal_quantile():
    u = np.concatenate([POINTS, 10.0 ** -np.arange(2, 8), 1 - 10.0 ** -np.arange(2, 8)])
    assert abs(each(u, 2) - stats.norm.ppf(u)).max() < 1e-6


@pytest.mark.parametrize("mean", [0.02, 0.7, 3.0, 40.0, 400.0])
def test_poisson_inverts_the_distribution(mean):
    drawn = counts(POINTS, mean)
    assert (drawn == stats.poisson.ppf(POINTS, mean)).mean() > 0.9999
    assert (np.diff(drawn) >= 0).all()


def test_poisson_of_large_means_has_its_two_moments():
    drawn = counts(POINTS, 2_000.0)
    assert drawn.mean() == pytest.approx(2_000.0, abs=0.02)
    # rounding to whole numbers adds a twelfth
    assert drawn.var() == pytest.approx(2_000.0 + 1 / 12, rel=0.002)
    assert counts(POINTS, 0.0).sum() == 0


GAMMAS = [
    ("member.buy_shape", "buy_rate", 0.1),
    ("member.buy_shape", "buy_rate", 0.243),
    ("member.restless_shape", "restless", 0.7),
    ("shock.inflow_shape", "inflow", 3.5),
    ("shock.inflow_shape", "inflow", 1000.0),
]


@pytest.mark.parametrize(("path", "name", "shape"), GAMMAS)
def test_traits_follow_their_distribution(path, name, shape):
    """The tables hold logarithms of gamma quantiles of mean 1, so their form is known exactly."""
    scenario = Scenario.preset("interest").replace({path: shape})
    u = np.linspace(0.001, 0.999, 999)
    exact = np.log(stats.gamma.ppf(u, shape) / shape)
    assert abs(quantiles(u, getattr(trait_tables(scenario), name)) - exact).max() < 2e-3
