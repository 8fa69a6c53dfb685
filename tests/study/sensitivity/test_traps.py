"""What goes wrong silently in SALib, each shown to do so there and not here."""

import numpy as np
import pytest
from SALib.analyze import sobol as theirs
from SALib.sample import sobol as points

from sim.study.sensitivity.analysis import analyse
from sim.study.sensitivity.methods import METHODS
from sim.study.sensitivity.methods.base import problem_of

MANY = ("sobol", "morris", "rbd_fast", "pawn", "delta", "dgsm", "lhs")


def _straight(method, count, *, noise=0.0):
    design = METHODS[method].design(3, count=count, seed=1, centres=np.full(3, 0.5))
    luck = np.random.default_rng(1).normal(size=(len(design.shares), 2)) * noise
    return design, design.shares @ [[3.0], [1.0], [0.0]] + luck


@pytest.mark.filterwarnings("ignore")
def test_one_missing_answer_does_not_poison_the_others():
    problem = problem_of(2)
    shares = points.sample(problem, 64, calc_second_order=False, seed=1)
    answers = shares @ [3.0, 1.0]
    answers[17] = np.nan
    poisoned = theirs.analyze(problem, answers, calc_second_order=False, seed=1)
    assert not (poisoned["ST"] > 0.1).any(), "SALib tells by itself now: the trap is gone"

    for method in MANY:
        design, answers = _straight(method, 128)
        whole = analyse("y", answers, design, method=method, seed=0)
        answers = answers.copy()
        answers[40] = np.nan
        found = analyse("y", answers, design, method=method, seed=0)
        main = METHODS[method].main
        assert found.left_out == design.block
        assert found.used == len(design.shares) - design.block
        assert found.indices[main] == pytest.approx(whole.indices[main], abs=0.15, rel=0.15), method
        assert found.order(main)[0] == 0


def test_a_block_is_left_out_as_a_whole():
    design, answers = _straight("sobol", 64)
    answers = answers.copy()
    answers[7] = np.nan  # the second block of five
    found = analyse("y", answers, design, method="sobol", seed=0)
    kept = np.delete(answers.reshape(64, 5, 2), 1, axis=0).reshape(-1, 2)
    smaller = design.of(np.repeat(np.arange(64) != 1, 5))
    alone = analyse("y", kept, smaller, method="sobol", seed=0)
    assert found.indices["ST"] == pytest.approx(alone.indices["ST"])


@pytest.mark.parametrize("method", METHODS)
def test_what_is_always_missing_or_never_varies_has_no_indices(method):
    design, answers = _straight(method, METHODS[method].count)
    empty = analyse("y", np.full_like(answers, np.nan), design, method=method, seed=0)
    assert (empty.why, empty.indices) == ("missing", {})
    constant = analyse("y", np.full_like(answers, 7.3), design, method=method, seed=0)
    assert (constant.why, constant.indices) == ("constant", {})


@pytest.mark.filterwarnings("ignore")
def test_salib_gives_zeros_or_noise_for_a_constant():
    problem = problem_of(2)
    shares = points.sample(problem, 64, calc_second_order=False, seed=1)
    answers = theirs.analyze(problem, np.full(len(shares), 7.3), calc_second_order=False, seed=1)
    assert not np.nan_to_num(answers["ST"]).any()


def test_nothing_but_luck_is_told_as_such():
    design, _ = _straight("sobol", 64)
    luck = np.random.default_rng(3).normal(size=(len(design.shares), 2))
    found = analyse("y", luck, design, method="sobol", seed=0)
    assert found.why == "luck"
    assert found.luck.single > 0.8


@pytest.mark.parametrize("method", METHODS)
def test_seed_zero_is_reproducible(method):
    count = min(METHODS[method].count, 64) if METHODS[method].given else METHODS[method].count
    design, answers = _straight(method, count, noise=0.1)
    again, _ = _straight(method, count, noise=0.1)
    assert (design.shares == again.shares).all()
    np.random.seed(1)  # noqa: NPY002  the global state that SALib draws from without a seed
    first = analyse("y", answers, design, method=method, seed=0)
    np.random.seed(2)  # noqa: NPY002
    second = analyse("y", answers, design, method=method, seed=0)
    for name, values in first.indices.items():
        assert (values == second.indices[name]).all(), name


def test_salib_does_not_reproduce_seed_zero():
    problem = problem_of(2)
    shares = points.sample(problem, 64, calc_second_order=False, seed=1)
    answers = shares @ [3.0, 1.0] + np.sin(9 * shares[:, 0])
    np.random.seed(1)  # noqa: NPY002
    first = theirs.analyze(problem, answers, calc_second_order=False, seed=0)
    second = theirs.analyze(problem, answers, calc_second_order=False, seed=0)
    assert (first["ST_conf"] != second["ST_conf"]).any()


@pytest.mark.parametrize("method", ["sobol", "morris", "dgsm"])
def test_luck_that_shifts_all_points_alike_is_nobodys_effect(method):
    design, answers = _straight(method, 64, noise=0.05)
    rng = np.random.default_rng(8)
    shift = rng.normal(size=(2, 2)) * 50  # by set and replicate; the effects are of size 3
    shifted = answers + shift[design.luck]
    before = analyse("y", answers, design, method=method, seed=0)
    after = analyse("y", shifted, design, method=method, seed=0)
    main = METHODS[method].main
    assert after.indices[main] == pytest.approx(before.indices[main], abs=1e-6)
    assert after.luck.single > 0.9
