"""What a log's fits say, as values of a scenario."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sim.logs import inflow, volatility
from sim.logs.table import DAY
from sim.parameters import by_path
from sim.scenario import Scenario
from sim.warm_start.levels import NEWCOMERS_SIGMA

if TYPE_CHECKING:
    from sim.logs.community import Community
    from sim.warm_start.levels import TalkLevels

TERM_PATHS = {
    "intercept": "law.intercept",
    "habit_fast": "law.fast",
    "habit_medium": "law.medium",
    "habit_slow": "law.slow",
    "spoke_last_week": "law.just_spoke",
    "log_silence": "law.silence",
    "log_tenure": "law.tenure",
    "once": "law.once",
    "log_volume": "law.volume",
    "once_log_silence": "law.once_silence",
    "group_short": "law.swing",
    "group_trend": "law.trend",
}
"""Where the terms of the fitted law (``sim.logs.law.TERMS``) stand in a scenario."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Keys of the section ``rhythm``, Monday first."""
FIXED: dict[str, object] = {
    "platform": "open",
    "groups.number": 1,
    "groups.capacity": 10_000_000,
    "groups.qr_limit": 10_000_000,
    "market.size": 1_500_000_000,
    "members.leaders": 0,
    "members.seed_users": 0,
    "members.administrators": 0,
    "members.guests": 0,
    "members.history": 0,
    # A log shows every poster's arrival, by whatever way: the inflow has them all already.
    "reach.open": 0.0,
    "reach.content": 0.0,
    "reach.giveaway": 0.0,
    "reach.partner": 0.0,
    "reach.business": 0.0,
    "invite.rate": 0.0,
    "hunter.share_open": 0.0,
    # Messages of a speaker do not depend on the number of speakers in the logs (forecasting note,
    # section 5: elasticity .3 and .6 are worse), nor is there an upper bound or a lack of matter.
    "matter.limit": 0.0,
    "talk.audience_elasticity": 0.0,
    "talk.day_cap": 100_000.0,
    # Nor do answers multiply when somebody comes to lead or more look in: through the members'
    # smoothed volume such a step would grow several times larger than anything the logs show.
    "talk.leaderless_loss": 0.0,
    "talk.audience_for_n": 0.001,
    "group.luck_sigma": 0.0,
    "group.purpose_sigma": 0.0,
    # The law holds those who left already, as ever rarer return after silence. Formal leaving is
    # therefore rare here and next to nothing among those who still speak.
    "exit.hazard": 0.001,
    "exit.habit": 3.0,
}
"""What every log's scenario has in common."""


def first_guess(community: Community, *, levels: TalkLevels, weeks: int) -> Scenario:
    """The scenario before trial weeks.

    Args:
        community: The fitted log.
        levels: Its daily levels.
        weeks: Horizon.

    Raises:
        UserError: ``out_of_range``/``limits`` for a horizon that no scenario can have.
    """
    values: dict[str, object] = dict(FIXED)
    values["name"] = "log"
    values["days"] = 7 * weeks
    values["start"] = date(1970, 1, 1) + timedelta(days=community.start // DAY)
    values["members.initial"] = max(1, int(community.states.member.size))
    fitted = dict(zip(community.law.terms, community.law.coefficients.tolist(), strict=True))
    for term, path in TERM_PATHS.items():
        values[path] = fitted.get(term, 0.0)
    for position, share in enumerate(community.weekday):
        name = WEEKDAYS[(community.first_weekday + position) % 7]
        values[f"rhythm.{name}"] = 7.0 * float(share)
    values["again.base"] = levels.further.base
    # Answers multiply what a speaker brings, here by their bound from the first speaker on.
    values["member.activity_rate"] = levels.rate * (1.0 - by_path()["talk.n_max"].default)
    values["member.activity_sigma"] = NEWCOMERS_SIGMA
    values["arrival.first_volume"] = levels.first_volume
    values["member.burst"] = levels.burst
    values["talk.volume_persistence"] = levels.persistence
    values["shock.volatility"] = community.shock
    values["shock.message_volatility"] = community.message_shock
    values["shock.drift"] = volatility.SPEAKERS_DRIFT
    values["shock.start"] = volatility.SPEAKERS_START
    values["shock.walk"] = volatility.SPEAKERS_WALK
    values["shock.weekly_noise"] = volatility.SPEAKERS_WEEK_SD
    values["shock.message_drift"] = volatility.MESSAGES_DRIFT
    values["shock.message_noise"] = community.message_noise
    values["shock.inflow_share"] = inflow.SHOCK_SHARE
    values["shock.inflow_shape"] = inflow.WEEK_SHAPE
    return Scenario.build({"schema": 1}).replace(within_ranges(values))


def within_ranges(values: dict[str, object]) -> dict[str, object]:
    """The same values, fitted numbers moved to the nearest end of their parameter's range."""
    table = by_path()
    kept: dict[str, object] = {}
    for path, value in values.items():
        info = table.get(path)
        if info is not None and isinstance(value, float):
            kept[path] = min(max(value, info.low), info.high)
        else:
            kept[path] = value
    return kept
