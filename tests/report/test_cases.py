"""Which case applies: each rule at its boundary, by numbers worked out by hand."""

import math
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.report.cases import BETTER, WORSE, Name, case_of, margin_of, mark_of

A = 100.0  # margin worth acting on


def case(delta, lo, hi, p, *, kpi="profit", pairs=400, undefined=0.0, most=1000, **more):
    entry = {"delta": delta, "lo": lo, "hi": hi, "p_better": p, "n": pairs, **more}
    return case_of(
        entry, kpi=kpi, margin=A, undefined_share=undefined, max_replicates=most, pairs=pairs
    )


@pytest.mark.parametrize(
    ("numbers", "name"),
    [
        ((10, -99.9, 99.9, 0.5), "same"),
        ((50, 1, 99.9, 0.95), "same"),  # clear of zero, and yet not worth acting on
        ((-50, -99.9, -1, 0.1), "same"),
        ((10, -99.9, 100, 0.5), "unclear"),  # the margin itself does not count as within it
        ((10, -100, 99.9, 0.5), "unclear"),
        ((100, 0.1, 200, 0.90), "clearly_better"),
        ((99.9, 0.1, 200, 0.90), "probably_better"),  # less than is worth acting on
        ((100, 0.1, 200, 0.899), "probably_better"),
        ((100, 0.1, 200, 0.66), "probably_better"),
        ((100, 0.1, 200, 0.659), "better_on_average"),
        ((100, 0, 200, 0.99), "unclear"),  # the interval must be clear of zero
        ((-100, -200, -0.1, 0.10), "clearly_worse"),
        ((-99.9, -200, -0.1, 0.10), "probably_worse"),
        ((-100, -200, -0.1, 0.101), "probably_worse"),
        ((-100, -200, -0.1, 0.34), "probably_worse"),
        ((-100, -200, -0.1, 0.341), "worse_on_average"),
        ((-100, -200, 0, 0.01), "unclear"),
    ],
)
def test_the_first_case_that_applies(numbers, name):
    assert case(*numbers).name == name


def test_no_verdict_from_fewer_than_ten_pairs_or_many_undefined():
    good = (300, 200, 400, 0.99)
    assert case(*good, pairs=9).reason == "few"
    assert case(*good, pairs=10).name == "clearly_better"
    assert case(*good, undefined=0.21).reason == "undefined"
    assert case(*good, undefined=0.20).name == "clearly_better"
    assert case(None, None, None, None, why="undefined").reason == "undefined"
    assert case(None, None, None, None, why="never").reason == "never"
    assert case(*good, kpi="members").reason == "neutral"  # more is not better
    assert case(*good, kpi="my_own_kpi").reason == "neutral"


def test_for_some_kpis_less_is_better():
    """20 fewer leave: better, though the difference is negative; p is counted in that direction."""
    found = case(-120, -150, -90, 0.95, kpi="leaves")
    assert (found.name, found.delta, found.good) == ("clearly_better", -120, 120)
    assert (found.low, found.high) == (-150, -90)  # as they are, not turned round
    assert case(120, 90, 150, 0.05, kpi="leaves").name == "clearly_worse"


def test_how_many_more_futures_would_decide():
    """Half-width 300 of 100 pairs; the interval shrinks with the square root of the pairs."""
    # To the difference itself: (300 / 150)^2 x 100 - 100 = 300.
    assert case(150, -150, 450, 0.6, pairs=100).more == 300
    # To the margin where the difference is smaller: (300 / 100)^2 x 100 - 100 = 800.
    assert case(0, -300, 300, 0.5, pairs=100).more == 800
    assert case(150, -150, 450, 0.6, pairs=100, most=400).more == 300
    assert case(150, -150, 450, 0.6, pairs=100, most=399).more is None
    # Two digits are all that is worth saying: (250 / 150)^2 x 400 - 400 = 711.1.
    assert case(150, -100, 400, 0.6, most=5000).more == 720


def test_narrower_than_the_margin_but_undecided():
    """80 +- 90 with a margin of 100: the interval must shrink to 80 to be clear of zero."""
    found = case(80, -10, 170, 0.6, pairs=100)
    assert found.name == "unclear"
    assert found.more == 27  # (90 / 80)^2 x 100 - 100 = 26.6


@given(
    delta=st.floats(-1e6, 1e6), width=st.floats(0, 1e6), shift=st.floats(-1, 1), p=st.floats(0, 1),
    margin=st.floats(1e-3, 1e5), pairs=st.integers(0, 2000), undefined=st.floats(0, 1),
    kpi=st.sampled_from(["profit", "leaves", "active_30d", "members"]),
)  # fmt: skip
def test_any_numbers_give_exactly_one_case(delta, width, shift, p, margin, pairs, undefined, kpi):
    entry = {
        "delta": delta, "lo": delta - width * (1 + shift), "hi": delta + width * (1 - shift),
        "p_better": p, "n": pairs,
    }  # fmt: skip
    found = case_of(
        entry, kpi=kpi, margin=margin, undefined_share=undefined, max_replicates=1000, pairs=pairs
    )
    assert found.name in get_args(Name)
    assert (found.name in BETTER) + (found.name in WORSE) <= 1
    assert (found.reason != "") == (found.name == "none")
    assert mark_of(found) in ("better", "worse", "same", "unclear", "")
    if found.name in BETTER:
        assert found.good > 0
    if found.more is not None:
        assert found.name == "unclear"
        assert found.more >= 1


MIRRORED = {
    "clearly_better": "clearly_worse", "probably_better": "probably_worse",
    "better_on_average": "worse_on_average",
}  # fmt: skip


@given(
    st.floats(-1e4, 1e4), st.floats(0, 1e4), st.integers(0, 100), st.sampled_from([40, 200, 1000])
)
@example(-100.0, 0.0, 34, 40)  # 1 - 0.34 is a little less than 0.66
def test_what_is_better_is_worse_the_other_way_round(delta, width, percent, pairs):
    there = case(delta, delta - width, delta + width, percent / 100, pairs=pairs)
    back = case(-delta, -delta - width, -delta + width, 1 - percent / 100, pairs=pairs)
    both = MIRRORED | {worse: better for better, worse in MIRRORED.items()}
    assert back.name == both.get(there.name, there.name)
    assert back.more == there.more


@pytest.mark.parametrize("value", [math.nan, math.inf, None])
def test_what_is_no_number_is_undefined(value):
    assert case(value, 1.0, 2.0, 0.9).reason == "undefined"
    assert case(1.5, 1.0, value, 0.9).reason == "undefined"


def test_margins_refer_to_the_baseline(comparisons):
    base = comparisons.BASE
    assert margin_of("profit", base) == pytest.approx(2400)  # 5 % of revenue, not of profit
    assert margin_of("active_30d", base) == pytest.approx(7.1)
    assert margin_of("retention_d30", base) == 0.03
    assert margin_of("half_life_days", base) == 14  # has no mean: some never come
    assert margin_of("cost", base, which="eq") == pytest.approx(270)
    assert margin_of("invite_depth_max", base) == margin_of("my_own_kpi", base) == 0
