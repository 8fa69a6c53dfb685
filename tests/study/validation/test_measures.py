"""Measuring functions of the validation: closed forms, counts by hand, published fits."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.metrics import run_kpis
from sim.population import FLAGS, PRESENT
from sim.state import HEADCOUNT
from sim.study.validation import FIRST_SEED, Finding, audience, organic, persons, selling
from sim.study.validation.finding import judge, within
from sim.study.validation.moderation import different
from sim.study.validation.observe import Watched, column, community, start, watch
from sim.study.validation.operating import operated, with_levers
from sim.study.validation.page import page


def events(days, rows, *, members=None):
    """A watched run of one message an event, without anything behind it."""
    days, rows = np.array(days), np.array(rows)
    order = np.argsort(days, kind="stable")
    one = np.ones(days.size, np.int64)
    none = np.zeros(0, np.int64)
    return Watched(
        SimpleNamespace(members=members, days=400),
        days[order],
        rows[order],
        one,
        one > 1,
        none,
        none,
    )


@pytest.mark.parametrize("shape", [0.45, 0.6, 1.0])
def test_weibull_shape_is_found_again(shape):
    rng = np.random.default_rng(1)
    lives = np.ceil(22.0 * rng.weibull(shape, 40_000)).astype(np.int64)
    assert organic.weibull_shape(lives) == pytest.approx(shape, abs=0.02)


def test_lives_are_counted_to_the_last_message():
    groups = organic.Groups(np.array([0, 7, 8, 30, 31, 35]), *np.zeros((5, 6), np.int64))
    assert groups.short.tolist() == [True, True, False, False, False, False]
    assert groups.long.tolist() == [False, False, False, False, True, True]


def test_a_power_law_of_quitting_is_told_from_an_exponential():
    rng = np.random.default_rng(2)
    seen = rng.uniform(100, 300, 30_000)
    lomax = 20.0 * (rng.random(30_000) ** (-1 / 0.7) - 1.0)
    fit = persons.quitting(np.minimum(lomax, seen), lomax < seen)
    assert fit.gain > 1000
    assert fit.shape == pytest.approx(0.7, abs=0.03)
    # hazard of a Lomax law: shape / (scale + t); mean over exposure lies between the ends
    assert 0.7 / 27 < fit.first < 0.7 / 20
    assert 0.7 / 80 < fit.second < 0.7 / 50
    flat = rng.exponential(50.0, 30_000)
    fit = persons.quitting(np.minimum(flat, seen), flat < seen)
    assert fit.gain < 2.0
    assert fit.first == pytest.approx(0.02, rel=0.05)
    assert fit.second == pytest.approx(0.02, rel=0.1)


def test_odds_ratios_by_hand():
    # one message: 30 of 40 answered return, 10 of 20 others: OR 3; nobody else
    answered = np.repeat([True, True, False, False], [30, 10, 10, 10])
    again = np.repeat([True, False, True, False], [30, 10, 10, 10])
    posts = persons.FirstPosts(np.ones(60, np.int64), answered, again)
    assert persons.odds_ratio(posts) == pytest.approx((3.0, 3.0))


def test_who_writes_much_does_not_pass_for_an_effect_of_answers():
    # within each stratum the odds are equal; pooled, long first days are answered and return
    strata = [(1, 5, 15, 20, 60), (9, 60, 20, 15, 5)]
    parts = [
        (np.full(a + b + c + d, n), np.repeat([1, 1, 0, 0], [a, b, c, d]) > 0,
         np.repeat([1, 0, 1, 0], [a, b, c, d]) > 0)
        for n, a, b, c, d in strata
    ]  # fmt: skip
    posts = persons.FirstPosts(*(np.concatenate(p) for p in zip(*parts, strict=True)))
    crude, alike = persons.odds_ratio(posts)
    assert alike == pytest.approx(1.0)
    assert crude == pytest.approx(65 * 65 / (35 * 35))


def test_burstiness_of_gaps():
    clock = events(np.arange(0, 300, 3), np.zeros(100, int))
    assert persons.gap_burstiness(clock) == pytest.approx(-1.0)
    rng = np.random.default_rng(3)
    days = np.flatnonzero(rng.random(200_000) < 0.02)
    coin = events(days, np.zeros(days.size, int))
    # geometric gaps: sd / mean = sqrt(1 - p)
    spread = np.sqrt(0.98)
    assert persons.gap_burstiness(coin) == pytest.approx((spread - 1) / (spread + 1), abs=0.02)


def test_published_subscription_law_is_found_again():
    """Fader and Hardie 2007, high-end segment: years 0 to 7 give .668 and 3.806."""
    high_end = np.array([1.0, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491])
    alpha, beta = selling.fit_sbg(high_end)
    assert (alpha, beta) == pytest.approx((0.668, 3.806), rel=0.01)
    assert selling.sbg_survival(0.668, 3.806, 12)[-1] == pytest.approx(0.378, abs=0.001)


@pytest.fixture(scope="module")
def watched():
    return watch(start(community("interest"), seed=5, replicate=0, days=120))


def test_events_add_up_to_the_record(watched):
    daily = np.bincount(watched.day, weights=watched.messages, minlength=120)
    assert np.array_equal(daily, watched.record.total("messages"))
    speakers = np.bincount(watched.day, minlength=120)
    assert np.array_equal(speakers, watched.record.total("speakers"))
    assert watched.invite_day.size >= watched.record.total("invites_accepted").sum()


def test_the_log_of_a_run_holds_its_messages(watched):
    table = watched.table()
    messages = watched.record.members.messages
    assert len(table) == messages.sum()
    assert np.all(np.diff(table.seconds) >= 0)
    assert sorted(np.bincount(table.member)) == sorted(messages[messages > 0])
    _, first = np.unique(table.member, return_index=True)
    assert np.all(np.diff(first) > 0)  # codes in order of first appearance
    statistics = persons.log_statistics(watched)
    gini = run_kpis(watched.record, keys=("gini_messages",))["gini_messages"]
    assert statistics["gini"] == pytest.approx(gini)


def test_half_the_ordinary_members_go_without_a_trace():
    run = start(community("knowledge"), seed=6, replicate=0, days=40)
    run.advance(30)
    before = run.groups[0, HEADCOUNT]
    stays = audience.remove_half(run, seed=1)
    here = (column(run.members, "flags") & PRESENT) > 0
    assert np.array_equal(stays, here)
    assert run.groups[0, HEADCOUNT] == here.sum()
    assert 0.4 < here.sum() / before < 0.6
    assert run.members.byte[0, FLAGS, 0] & PRESENT  # the owner stays


def test_an_experiment_adds_to_the_scenarios_own_levers():
    scenario = community("knowledge")
    own = operated(scenario, days=10)
    more = with_levers(scenario, days=10, doses={"promo": lambda day: 1.0 if day == 4 else 0.0})
    changed = np.argwhere(own.values != more.values)
    assert changed[:, 0].tolist() == [4]
    assert more.policies == (*own.policies, "experiment")


def test_communities_differ_and_are_the_same_for_the_same_seed():
    interest = community("interest")
    assert different(interest, seed=3) == different(interest, seed=3)
    assert different(interest, seed=3) != different(interest, seed=4)


def test_verdicts_and_page():
    assert [judge(True, True), judge(True, False), judge(False)] == ["hit", "partly", "miss"]
    assert not within(None, 0, 1)
    assert not within(float("nan"), 0, 1)
    assert FIRST_SEED >= 10_000_000
    finding = Finding(
        key="V0", statement="a share", band=".1 to .2",
        values={"share": 0.15, "none": float("nan")},
        verdict="partly", mark="emergent", note="made up",
    )  # fmt: skip
    text = page([finding], remarks="Remarks.")
    assert "| V0 | a share | .1 to .2 | share 0.15, none none | **in part** | emergent |" in text
    assert "**0 hits, 1 in part, 0 misses** of 1" in text
    assert text.endswith("Remarks.\n")
