"""What happens to all alike, and how a lifecycle stage is told."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off

_GRID = "chosen on the training logs, families left out"


class Shock(Section):
    """The common fortune of a community: one path a run, the same for all members."""

    volatility: float = parameter(
        0.27, low=0.0, high=1.0, unit="logit per quarter", mark="logs", confidence="medium",
        source="median over the training logs (.05 to .54)",
        note="how much a community's activity moves by itself",
    )
    drift: float = parameter(
        -0.008, low=-0.05, high=0.05, unit="logit per week", mark="logs", confidence="low",
        source=f"{_GRID}; a prior of aging communities, not a law", note="drift of activity",
    )
    start: float = parameter(
        0.5, low=0.0, high=1.0, unit="share of the volatility", mark="logs",
        confidence="medium", source=_GRID, note="uncertainty of the level on day 0",
    )
    walk: float = parameter(
        0.6, low=0.0, high=1.0, unit="share of the volatility", mark="logs",
        confidence="medium", source=_GRID, note="random walk, per 13 weeks",
    )
    weekly_noise: float = parameter(
        0.2, low=0.0, high=1.0, unit="logit", mark="logs", confidence="medium",
        source="training logs (flat optimum)", note="noise of a week, common to all members",
    )
    message_volatility: float = parameter(
        0.35, low=0.0, high=1.0, unit="ln per quarter", mark="logs", confidence="medium",
        source="prior of the volatility of messages per speaker in the training logs",
        note="how much messages per speaker move by themselves",
    )
    message_noise: float = parameter(
        0.3, low=0.0, high=1.0, unit="sd of ln", mark="logs", confidence="medium",
        source=_GRID, note="noise of a week in messages per speaker",
    )
    message_drift: float = parameter(
        0.0, low=-0.05, high=0.05, unit="ln per week", mark="logs", confidence="low",
        source="training logs -.015; none where there is no log",
        note="drift of messages per speaker",
    )
    inflow_share: float = parameter(
        0.5, low=0.0, high=1.0, unit="ln per logit", mark="logs", confidence="medium",
        source=_GRID, note="share of the common shock that moves arrivals too",
    )
    inflow_shape: float = parameter(
        3.5, low=0.5, high=1000.0, unit="gamma shape", mark="logs", confidence="medium",
        source=_GRID, note="over-dispersion of arrivals; large = Poisson",
    )


def _days(default: int, what: str) -> int:
    days: int = parameter(
        default, low=1, high=3650, unit="days", mark="assumption", confidence="medium",
        source="rule set on 40 real logs", note=what,
    )
    return days


class Stage(Section):
    """The rule that tells sprout, growth, active, decline and dormant apart."""

    first: int = _days(14, "no label but sprout before")
    settle: int = _days(56, "sprout ends")
    commit: int = _days(14, "a change must last")
    no_high: int = _days(42, "growth ends without a new high")
    no_low: int = _days(84, "decline ends without a new low")
    memory: int = _days(365, "highs and lows count for")
    silent: int = _days(7, "dormant at once after so long without a speaker")
    step: float = parameter(
        0.69, low=0.1, high=2.0, unit="ln", mark="assumption", confidence="medium",
        source="rule set on 40 real logs", note="doubling or halving",
    )
    k: float = parameter(
        3.0, low=0.0, high=10.0, unit="sd", mark="assumption", confidence="medium",
        source="rule set on 40 real logs", note="chance alone must not explain a step",
    )
    phi: float = parameter(
        2.0, low=1.0, high=20.0, unit="variance / mean", mark="assumption",
        confidence="medium", source="rule set on 40 real logs",
        note="over-dispersion of daily speakers",
    )
    floor: float = parameter(
        0.5, low=0.0, high=100.0, unit="speakers a day", mark="assumption",
        confidence="medium", source="rule set on 40 real logs", note="dormant below",
    )
    floor_share: float = parameter(
        0.05, low=0.0, high=1.0, unit="share of the record", mark="assumption",
        confidence="medium", source="rule set on 40 real logs", note="dormant below, relative",
    )
