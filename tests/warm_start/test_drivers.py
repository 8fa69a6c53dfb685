from types import SimpleNamespace

import numpy as np
import pytest

from sim.draws import run_key
from sim.logs.inflow import InflowFit
from sim.parameters.world import Shock
from sim.phases.returning import outside_uniforms
from sim.simulation import week_shape
from sim.warm_start.drivers import draw_drivers, inflow_path, message_factor, message_path

RUNS = 600


@pytest.fixture(scope="module")
def paths(from_log):
    """Community, scenario and the drivers of many runs."""
    _, community, scenario = from_log("irc_zig")
    weekday, weekend = week_shape(scenario)
    many = [
        draw_drivers(run_key(9, r), community=community, scenario=scenario, weeks=26,
                     weekday=weekday, weekend=weekend)
        for r in range(RUNS)
    ]  # fmt: skip
    return community, scenario, many


def test_the_community_shock_has_the_published_moments(paths):
    community, scenario, many = paths
    common = np.array([drivers.common for drivers in many])
    share = community.returning.share
    luck = np.array([outside_uniforms(*run_key(9, r), 1)[0, 0, 2] for r in range(RUNS)])
    returns = luck < share
    assert 0.45 < share <= 0.5  # an old log
    assert abs(returns.mean() - share) < 0.08
    s = community.shock
    week = np.arange(1, 27)
    variance = s**2 * (0.5**2 + 0.6**2 * week / 13) + 0.2**2
    # Only the part that takes the messages' inflation out is not in the formula; it is small.
    bias = scenario.law.volume * 0.3
    for some, leads in ((~returns, -0.012 * week), (returns, community.returning.speakers)):
        error = np.sqrt(variance / some.sum())
        assert (np.abs(common[some].mean(axis=0) - leads) < 4 * error + bias).all()
        assert common[some].std(axis=0) == pytest.approx(np.sqrt(variance), rel=0.2)
        steps = np.corrcoef(common[some][:, 0], common[some][:, 25])[0, 1]
        assert 0.2 < steps < 0.9  # one path a run


def test_messages_have_the_level_and_noise_of_the_log(paths):
    community, scenario, _ = paths
    z = np.random.default_rng(2).standard_normal((4000, 3, 2, 4))
    start, trend = community.message_level.sd, np.array([-0.1, -0.2])
    logs = np.log([message_path(one, scenario.shock, start=start, trend=trend) for one in z])
    np.testing.assert_allclose(logs.mean(axis=0), trend, atol=0.04)
    step = (0.5 * community.message_shock) ** 2 / 13
    variance = start**2 + step * np.array([1, 2]) + community.message_noise**2
    np.testing.assert_allclose(logs.var(axis=0), variance, rtol=0.1)


def test_newcomers_start_at_the_level_of_the_log(paths):
    community, _, many = paths
    weekly = np.array([drivers.posters.reshape(26, 7).sum(axis=1) for drivers in many])
    fit = community.inflow
    assert weekly[:, 0].mean() == pytest.approx(fit.mean, rel=0.1)
    # gamma luck of shape 3.5 on a level with a gamma posterior
    spread = 1 / 3.5 + 1 / fit.shape + 0.06**2 + (0.5 * community.shock * 0.6) ** 2 / 13
    assert (weekly[:, 0].std() / weekly[:, 0].mean()) ** 2 == pytest.approx(spread, rel=0.3)
    days = many[0].posters.reshape(26, 7)
    shares = days / days.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, np.tile(community.weekday, (26, 1)), rtol=1e-9)


def test_longer_horizons_begin_alike(from_log):
    _, community, scenario = from_log("irc_zig")
    weekday, weekend = week_shape(scenario)
    short, long = (
        draw_drivers(run_key(1, 2), community=community, scenario=scenario, weeks=weeks,
                     weekday=weekday, weekend=weekend)
        for weeks in (5, 30)
    )  # fmt: skip
    np.testing.assert_array_equal(short.common, long.common[:5])
    np.testing.assert_array_equal(short.message, long.message[:5])
    np.testing.assert_array_equal(short.posters, long.posters[:35])


def test_the_factor_undoes_what_members_remember():
    """A member who speaks every week follows the wanted path though the volume remembers it."""
    wanted = np.exp(np.random.default_rng(0).normal(0.1, 0.2, size=40).cumsum() * 0.3)
    extra, persistence = 4.0, 0.7
    factor, inflation = message_factor(wanted, extra=extra, persistence=persistence)
    volume = 1.0
    for week, f in enumerate(factor):
        assert inflation[week] == pytest.approx(volume)
        messages = 1.0 + f * extra * volume**persistence
        assert messages == pytest.approx(wanted[week] * (1.0 + extra))
        volume = 0.75 * volume + 0.25 * messages / (1.0 + extra)


def test_there_is_at_least_one_message_on_a_speaking_day():
    factor, _ = message_factor(np.array([1e-3, 1.0]), extra=0.5, persistence=0.7)
    assert factor[0] == 0.0


def _without_luck(*, trend, reversion, weeks=40):
    """Ratios of the inflow's weeks to the first, every draw being its median."""
    fit = InflowFit(
        shape=9.0, rate=2.0, long_run=np.log(20.0), largest=1e9, weeks=30, trend=trend,
        reversion=reversion,
    )  # fmt: skip
    found = inflow_path(
        np.full((weeks + 1, 2, 4), 0.5), np.zeros((weeks + 1, 2, 4)),
        community=SimpleNamespace(inflow=fit), shock=Shock(), walk=np.zeros(weeks + 1),
    )  # fmt: skip
    return np.log(found / found[0])


def test_a_young_inflow_goes_on_with_its_trend_which_fades():
    week = np.arange(1, 41)
    moved = 0.03 * (1 - 0.95**week) / 0.05 - 0.008 * week
    found = _without_luck(trend=0.03, reversion=0.0)
    np.testing.assert_allclose(found, moved - moved[0], atol=1e-12)


def test_an_old_inflow_reverts_to_its_mean():
    found = _without_luck(trend=0.0, reversion=0.025, weeks=600)
    steps = np.diff(found)
    # a linear recurrence: steps shrink by the reversion, towards the mean less drift / reversion
    np.testing.assert_allclose(steps[1:], steps[:-1] * 0.975, atol=1e-12)
    assert steps[0] > 0
    still = _without_luck(trend=0.0, reversion=0.0, weeks=2)
    np.testing.assert_allclose(np.diff(still), -0.008, atol=1e-12)
