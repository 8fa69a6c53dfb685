"""Scores of buyers by other formulas, and the bar on CDNOW: not worse than BG/NBD."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.events import read_events
from sim.logs.table import WEEK, build_table
from sim.study.backtest.purchases import backtest_purchases, ranked_probability_score


def test_the_score_by_its_other_formula():
    # E|X - y| - E|X - X'| / 2, the second mean over pairs of different draws
    rng = np.random.default_rng(1)
    drawn, actual = rng.poisson(2.5, (9, 40)), rng.poisson(2.0, 40)
    near = np.abs(drawn - actual).mean(axis=0)
    pairs = np.abs(drawn[:, None] - drawn[None]).sum(axis=(0, 1)) / (9 * 8)
    np.testing.assert_allclose(ranked_probability_score(drawn, actual), near - pairs / 2)


@pytest.fixture(scope="module")
def tenth(train):
    """Every tenth customer of CDNOW."""
    whole = read_events(train / "shop_cdnow.csv.gz")
    keep = whole.member % 10 == 0
    return build_table(
        whole.seconds[keep], whole.member[keep], whole.event[keep], whole.reply_to[keep],
        whole.amount[keep], names=whole.names,
    )  # fmt: skip


def test_cdnow_is_forecast_better_than_by_bgnbd(tenth):
    until = tenth.start + 39 * WEEK
    scores = backtest_purchases(tenth, until=until, weeks=39, replicates=60)
    ours, bgnbd, own_rate = scores
    assert [one.method for one in scores] == ["qunsim", "bgnbd", "own_rate"]
    assert {one.buyers for one in scores} == {2357}
    assert {one.bought for one in scores} == {1924}
    assert ours.rps < bgnbd.rps < own_rate.rps
    assert ours.rmse < 1.01 * bgnbd.rmse
    assert abs(ours.bias) < 0.1
    assert own_rate.bias > 0.4  # who is not taken to drop out


def test_what_was_not_seen_cannot_be_scored(tenth):
    with pytest.raises(UserError) as caught:
        backtest_purchases(tenth, until=tenth.end - 3 * WEEK, weeks=4, replicates=2)
    assert (caught.value.reason, caught.value.values["seen"]) == ("holdout", 3)
