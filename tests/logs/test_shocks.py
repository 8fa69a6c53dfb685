import numpy as np
import pytest

from sim.logs.shocks import FALSE_ALARMS, FEWEST_BINS, _count_noise, _Model, find_shocks, gap_weeks
from sim.logs.table import WEEK

END = 1_700_000_000


def week_of(shock, weeks):
    return weeks - (END - shock.start) // WEEK


def stationary(seed, *, weeks, mean, walk=0.0, own=0.0):
    """Counts without any shock: a level that walks at random, noise of its own, Poisson."""
    rng = np.random.default_rng(seed)
    level = np.log(mean) + np.cumsum(rng.normal(0, walk, weeks)) + rng.normal(0, own, weeks)
    return rng.poisson(np.exp(level))


def alarms(logs, **settings):
    """Series with a shock among so many; those that wander to hardly anybody are not searched."""
    found = [find_shocks(stationary(seed, **settings), end=END) for seed in range(logs)]
    assert sum(search is not None for search in found) >= logs / 2
    return sum(search is not None and bool(search.shocks) for search in found)


def test_few_false_alarms_where_nothing_happens():
    # 25 series at 5 in 100: five or more would be seen once in 140 times.
    assert alarms(25, weeks=60, mean=10) <= 4
    assert alarms(25, weeks=60, mean=40, walk=0.06, own=0.15) <= 4


@pytest.mark.slow
@pytest.mark.parametrize("mean", [7, 40])
@pytest.mark.parametrize(("walk", "own"), [(0.0, 0.0), (0.03, 0.1), (0.1, 0.2)])
@pytest.mark.parametrize("weeks", [52, 150])
def test_false_alarms_at_the_stated_level(mean, walk, own, weeks):
    logs = 60
    allowed = FALSE_ALARMS * logs + 2.6 * np.sqrt(FALSE_ALARMS * (1 - FALSE_ALARMS) * logs)
    assert alarms(logs, weeks=weeks, mean=mean, walk=walk, own=own) <= allowed


@pytest.mark.parametrize("factor", [2.5, 0.3])
def test_a_planted_change_of_level_is_found_and_dated(factor):
    weeks, at = 104, 70
    rng = np.random.default_rng(3)
    mean = np.where(np.arange(weeks) < at, 40.0, 40.0 * factor)
    search = find_shocks(rng.poisson(mean), end=END)
    (shock,) = search.shocks
    assert (shock.kind, week_of(shock, weeks), shock.up) == ("lasting", at, factor > 1)
    assert shock.after / shock.before == pytest.approx(factor, rel=0.2)
    assert shock.before == pytest.approx(40, rel=0.2)


def test_a_single_week_out_of_line_is_brief_and_the_last_ones_are_open():
    counts = np.random.default_rng(4).poisson(30, size=104)
    counts[60], counts[102] = 90, 95
    brief, recent = find_shocks(counts, end=END).shocks
    assert (brief.kind, week_of(brief, 104), brief.after) == (
        "brief",
        60,
        pytest.approx(90, rel=0.1),
    )
    assert (recent.kind, week_of(recent, 104)) == ("open", 102)


def test_one_shock_does_not_hide_another():
    rng = np.random.default_rng(5)
    mean = np.full(150, 20.0)
    mean[50:] = 60.0
    mean[100:] = 20.0
    mean[120] = 80.0
    found = find_shocks(rng.poisson(mean), end=END).shocks
    assert [(week_of(one, 150), one.kind) for one in found] == [
        (50, "lasting"), (100, "lasting"), (120, "brief"),
    ]  # fmt: skip


def test_gaps_are_no_shocks():
    counts = np.random.default_rng(6).poisson(30, size=80)
    counts[40:43] = 0
    gaps = gap_weeks(counts)
    assert np.flatnonzero(gaps).tolist() == [40, 41, 42]
    assert find_shocks(counts, end=END, gaps=gaps).shocks == ()
    assert find_shocks(counts, end=END).shocks != ()


def test_a_silent_week_of_a_quiet_community_is_no_gap():
    counts = np.array([3, 2, 0, 4, 8, 0, 9] * 10)
    assert not gap_weeks(counts).any()
    assert not gap_weeks(np.zeros(30, dtype=np.int64)).any()


def test_the_end_of_a_community_is_found_long_after():
    counts = np.random.default_rng(11).poisson(np.where(np.arange(300) < 80, 15, 0.02))
    (shock,) = find_shocks(counts, end=END).shocks
    assert (week_of(shock, 300), shock.kind, shock.up) == (80, "lasting", False)


def test_what_is_too_short_or_too_quiet_is_unknown():
    busy = np.full(FEWEST_BINS, 20)
    assert find_shocks(busy, end=END) is not None
    assert find_shocks(busy[1:], end=END) is None
    assert find_shocks(np.ones(300, dtype=np.int64), end=END) is None
    assert find_shocks(np.zeros(300, dtype=np.int64), end=END) is None
    assert find_shocks(np.array([], dtype=np.int64), end=END) is None


def test_quiet_series_are_counted_in_pairs_or_fours_that_end_with_the_log():
    counts = np.random.default_rng(7).poisson(2, size=121)
    search = find_shocks(counts, end=END)
    assert search.weeks == 4
    counts[61:65] = 20  # bins of four begin in week 1
    (shock,) = find_shocks(counts, end=END).shocks
    assert (week_of(shock, 121), shock.kind) == (61, "brief")
    assert shock.after == pytest.approx(20, rel=0.1)


def test_statistics_are_those_of_generalised_least_squares_on_levels():
    """The textbook way: the whole covariance of the log counts, the first level unknown."""
    counts = np.random.default_rng(8).poisson(25, size=40).astype(np.float64)
    series = np.log(counts + 0.5)
    model = _Model(counts, series, np.zeros(40, dtype=np.bool_))
    model.fit([])
    time = np.arange(40)
    whole = model.walk * np.minimum.outer(time, time) + np.diag(model.noise + model.own)
    inverse = np.linalg.inv(whole)
    lasting, brief = model.statistics(np.diff(series))
    for at in (7, 20, 31):
        for shape, statistic in ((time >= at, lasting[at]), (time == at, brief[at])):
            design = np.column_stack([np.ones(40), shape])
            covariance = np.linalg.inv(design.T @ inverse @ design)
            size = covariance @ design.T @ inverse @ series
            assert statistic == pytest.approx(size[1] / np.sqrt(covariance[1, 1]), rel=1e-6)


def test_noise_of_log_counts():
    for mean in (0.7, 4.0, 31.0, 1500.0):
        draws = np.log(np.random.default_rng(9).poisson(mean, 200_000) + 0.5)
        centre, variance = _count_noise(np.array([mean]))
        assert centre[0] == pytest.approx(draws.mean(), abs=0.02)
        assert variance[0] == pytest.approx(draws.var(), rel=0.03)


def test_the_same_series_gives_the_same_shocks():
    counts = stationary(10, weeks=90, mean=20, walk=0.2)
    assert find_shocks(counts, end=END) == find_shocks(counts, end=END)
