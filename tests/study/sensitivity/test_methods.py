"""Indices against values that others published, or that follow from a formula by hand."""

import math

import numpy as np
import pytest
from SALib.analyze import sobol as reference

from sim.study.sensitivity.methods import METHODS, Sample
from sim.study.sensitivity.methods.sobol import estimates

A, B = 7.0, 0.1
V = A**2 / 8 + B * math.pi**4 / 5 + B**2 * math.pi**8 / 18 + 0.5
V1 = 0.5 * (1 + B * math.pi**4 / 5) ** 2
V2 = A**2 / 8
V13 = B**2 * math.pi**8 * (1 / 18 - 1 / 50)
ISHIGAMI = {  # Ishigami and Homma 1990; (S1, ST)
    "x1": (V1 / V, (V1 + V13) / V), "x2": (V2 / V, V2 / V), "x3": (0.0, V13 / V), "x4": (0.0, 0.0),
}  # fmt: skip

_PARTS = [1 / (3 * (1 + a) ** 2) for a in (0, 1, 4.5, 9, 99, 99, 99, 99)]
_WHOLE = math.prod(1 + part for part in _PARTS) - 1
SOBOL_G = {  # Saltelli and Sobol 1995
    f"x{n + 1}": (part / _WHOLE, part / (1 + part) * (_WHOLE + 1) / _WHOLE)
    for n, part in enumerate(_PARTS)
}  # fmt: skip


def test_the_answers_are_the_published_ones():
    assert [round(s1, 4) for s1, _ in ISHIGAMI.values()] == [0.3139, 0.4424, 0.0, 0.0]
    assert [round(st, 4) for _, st in ISHIGAMI.values()] == [0.5576, 0.4424, 0.2437, 0.0]
    assert round(SOBOL_G["x1"][0], 2) == 0.72
    assert round(SOBOL_G["x1"][1], 2) == 0.79


@pytest.mark.parametrize(("formula", "answers"), [("ishigami", ISHIGAMI), ("sobol_g", SOBOL_G)])
def test_sobol_indices_lie_within_their_intervals(solve, formula, answers):
    indices, _ = solve(formula, "sobol", n=2048)
    for name, (first, total) in answers.items():
        one = indices[name]
        assert one["S1"] == pytest.approx(first, abs=max(one["S1_conf"], 0.01)), name
        assert one["ST"] == pytest.approx(total, abs=max(one["ST_conf"], 0.01)), name
        assert one["S1_conf"] < 0.1
    assert indices["inert"]["ST"] == 0


@pytest.mark.parametrize("replicates", [2, 4])
def test_luck_is_not_credited_to_factors(solve, replicates):
    indices, found = solve("ishigami-noisy", "sobol", n=1024, replicates=replicates)
    for name, (first, total) in ISHIGAMI.items():
        one = indices[name]
        assert one["S1"] == pytest.approx(first, abs=1.5 * one["S1_conf"]), name
        assert one["ST"] == pytest.approx(total, abs=1.5 * one["ST_conf"]), name
    assert abs(indices["x4"]["ST"]) < 0.03
    assert abs(indices["inert"]["ST"]) < 0.03
    assert found.luck.single == pytest.approx(1.5**2 / (1.5**2 + V), rel=0.1)
    assert found.luck.mean == pytest.approx(
        1.5**2 / replicates / (1.5**2 / replicates + V), rel=0.1
    )  # fmt: skip
    assert [found.order("ST")[n] for n in range(3)] == [0, 1, 2]
    assert found.told_apart("ST") == {0, 1, 2}


def test_one_replicate_credits_luck_to_everything_and_the_inert_factor_shows_it(solve):
    indices, found = solve("ishigami-noisy", "sobol", n=1024)
    share = 1.5**2 / (1.5**2 + V)  # Jansen's estimator of a factor that only moves luck
    assert indices["inert"]["ST"] == pytest.approx(share, abs=0.03)
    assert indices["x4"]["ST"] == pytest.approx(share, abs=0.03)
    assert 3 not in found.told_apart("ST")
    assert found.luck is None


def test_without_luck_the_estimators_are_those_of_salib():
    rng = np.random.default_rng(5)
    blocks = rng.normal(size=(64, 5, 1)) + 3
    first, total, variance = estimates(blocks, np.full((1, 64), 1 / 64))
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    theirs = reference.analyze(problem, blocks.reshape(-1), calc_second_order=False, seed=1)
    # SALib centres by the mean of all answers and divides by the variance of A and B
    shifted = blocks - blocks.mean()
    ends = shifted[:, [0, -1], 0]
    own = (shifted[:, -1] * (shifted[:, 1:-1, 0] - shifted[:, [0], 0])).mean(axis=0) / ends.var()
    assert theirs["S1"] == pytest.approx(own)
    assert total[0] == pytest.approx(theirs["ST"])
    assert variance[0] == pytest.approx(ends.var())
    shift = blocks[:, [0, -1]].mean() - blocks.mean()
    moved = (blocks[:, 1:-1, 0] - blocks[:, [0], 0]).mean(axis=0)
    assert first[0] == pytest.approx(theirs["S1"] - shift * moved / ends.var())


def test_fast_and_rbd_fast_find_the_published_values(solve):
    fast, _ = solve("ishigami", "fast", n=2049)
    balance, _ = solve("ishigami", "rbd_fast", n=4096)
    for name, (first, total) in ISHIGAMI.items():
        assert fast[name]["S1"] == pytest.approx(first, abs=0.05), name
        assert fast[name]["ST"] == pytest.approx(total, abs=0.08), name
        assert balance[name]["S1"] == pytest.approx(first, abs=0.03), name


def test_moment_independent_measures_order_the_factors(solve):
    # Plischke et al. 2013, table 2: delta of Ishigami's x1 .21 to .22, x2 .39, x3 .16
    delta, _ = solve("ishigami", "delta", n=1024)
    values = [delta[name]["delta"] for name in ("x2", "x1", "x3", "x4")]
    assert values == sorted(values, reverse=True)
    assert delta["x1"]["delta"] == pytest.approx(0.22, abs=0.04)
    pawn, found = solve("ishigami", "pawn", n=256)
    assert found.told_apart("median") <= {0, 1, 2}
    assert {0, 1} <= found.told_apart("median")
    assert pawn["inert"]["median"] > 0


def test_slopes_bound_total_indices(solve):
    # mean squares of the slopes of Ishigami on the unit cube, by hand
    two = (2 * math.pi) ** 2
    slopes = {
        "x1": two * 0.5 * (1 + 2 * B * math.pi**4 / 5 + B**2 * math.pi**8 / 9),
        "x2": two * A**2 / 2,
        "x3": two * 16 * B**2 * math.pi**6 / 7 * 0.5,
        "x4": 0.0,
    }
    found, _ = solve("ishigami", "dgsm", n=4096)
    for name, value in slopes.items():
        # a step of a twentieth of the range is a secant, not a tangent
        assert found[name]["vi"] == pytest.approx(value, rel=0.2, abs=1e-9), name
        assert found[name]["dgsm"] >= ISHIGAMI[name][1] - 0.02, name
    noisy, _ = solve("ishigami-noisy", "dgsm", n=512, replicates=2)
    assert abs(noisy["inert"]["dgsm"]) < 2 * noisy["inert"]["dgsm_conf"]


def test_morris_screens_out_what_does_nothing(solve):
    effects, found = solve("ishigami", "morris", n=40)
    assert effects["x4"]["mu_star"] == effects["inert"]["mu_star"] == 0
    assert found.told_apart("mu_star") == {0, 1, 2}
    noisy, found = solve("ishigami-noisy", "morris", n=200, replicates=2)
    # a step between two levels is two thirds of the range: E|N(0, 2 sd^2 / 2)| / (2/3)
    floor = 1.5 * math.sqrt(2 / math.pi) * 1.5
    assert noisy["inert"]["mu_star"] == pytest.approx(floor, rel=0.15)
    assert noisy["x4"]["mu_star"] == pytest.approx(floor, rel=0.15)
    assert 3 not in found.told_apart("mu_star")


def _linear(method, shares, slopes):
    return (shares @ np.array(slopes))[:, None]


def test_of_a_straight_model_corners_ends_and_regression_give_its_slopes():
    slopes = [3.0, -1.0, 0.5, 0.0]
    for key, index in (("factorial", "effect"), ("oat", "span"), ("lhs", "SRC")):
        how = METHODS[key]
        design = how.design(4, count=how.count, seed=3, centres=np.full(4, 0.5))
        answers = _linear(key, design.shares, slopes)
        found = how.indices(Sample(design=design, answers=answers, seed=1))[index]
        if key == "lhs":
            spread = answers.std()
            expected = np.array(slopes) * design.shares.std(axis=0) / spread
        elif key == "oat":
            expected = np.abs(slopes) / 2
        else:
            expected = np.array(slopes)
        assert found == pytest.approx(expected, abs=1e-9), key


def test_rank_correlations_see_through_a_monotone_curve(solve):
    how = METHODS["lhs"]
    design = how.design(3, count=512, seed=1, centres=np.full(3, 0.5))
    answers = np.exp(8 * design.shares[:, [0]])
    found = how.indices(Sample(design=design, answers=answers, seed=1))
    assert found["PRCC"][0] == pytest.approx(1, abs=1e-6)
    assert found["SRC"][0] < 0.9
