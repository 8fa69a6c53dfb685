"""What the measuring itself depends on: the stage rule's parameters, interest, price of an hour."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class StageParameters:
    """Parameters of the lifecycle stage rule (scenario: ``stage.*``).

    The defaults were measured on 40 public logs (173 years) and on constructed series; they are a
    compromise between false alarms on level series and the delay of "decline".

    Attributes:
        first: Days before the first change of label is possible.
        settle: Day on which a sprout that neither grew nor declined counts as active.
        commit: Days in a row that a gradual change must persist.
        no_high: Days without a new high after which growth has become activity.
        no_low: Days without a new low after which decline has become activity on a lower floor.
        memory: Days that highs and lows are remembered.
        silent: Days without one speaker after which a quiet group is dormant at once.
        step: Smallest change of the log level that counts (0.69 = doubling, halving).
        k: Standard errors that a change must exceed in a small group.
        phi: Variance of daily speakers over their mean (1 = Poisson).
        floor: Speakers a day below which a group is quiet.
        floor_share: The same as a share of the group's own record.
    """

    first: int = 14
    settle: int = 56
    commit: int = 14
    no_high: int = 42
    no_low: int = 84
    memory: int = 365
    silent: int = 7
    step: float = 0.69
    k: float = 3.0
    phi: float = 2.0
    floor: float = 0.5
    floor_share: float = 0.05


@dataclass(frozen=True, kw_only=True)
class KpiParameters:
    """Everything a KPI needs besides the run itself.

    Attributes:
        stage: Parameters of the stage rule.
        discount_rate: Yearly interest for ``npv``, > -1 (assumption).
        hour_value: Worth of an hour of the owner's time in yuan, >= 0 (assumption).
    """

    stage: StageParameters = field(default_factory=StageParameters)
    discount_rate: float = 0.08
    hour_value: float = 60.0


DEFAULT_PARAMETERS = KpiParameters()
