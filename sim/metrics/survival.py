"""How long members stay: Kaplan-Meier survival of stays that may still be going on.

Kaplan and Meier 1958, Journal of the American Statistical Association 53, 457-481. Tenure is
counted in days since joining: 0 is the day of joining itself. Those who left on tenure day d were
at risk on d; those still members at the end of the run were at risk on every day they were seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.record import LEFT_HOW

if TYPE_CHECKING:
    from numpy.typing import NDArray


LEFT = LEFT_HOW.index("left")


@dataclass(frozen=True, kw_only=True)
class Survival:
    """A survival curve by tenure; arrays of shape (horizon,).

    Attributes:
        at_risk: Stays that reached tenure d under observation.
        exits: Of these, ended on tenure day d.
        share: Share still a member at the end of tenure day d.
        reach: Longest tenure that any stay could have been observed at, -1 = no stays.
    """

    at_risk: NDArray[np.int64]
    exits: NDArray[np.int64]
    share: NDArray[np.float64]
    reach: int

    @property
    def reached(self) -> NDArray[np.float64]:
        """Share of stays that reach tenure day d: still members at the end of d - 1."""
        return np.concatenate(([1.0], self.share[:-1]))

    def at(self, tenure: int) -> float | None:
        """Share still a member at the end of tenure day ``tenure``.

        Returns:
            None where the data are silent: no stay began early enough to be seen that long, or
            nobody was left at risk although some might have stayed. When everybody is known to
            have gone before, the share is known too: 0. Dropping those runs would leave only the
            communities that kept somebody.
        """
        if tenure > self.reach:
            return None
        share = float(self.share[tenure])
        return share if self.at_risk[tenure] > 0 or share == 0.0 else None


def survival(
    tenure: NDArray[np.int32], *, exited: NDArray[np.bool_], horizon: int, reach: int
) -> Survival:
    """Estimate a survival curve.

    Args:
        tenure: Last tenure day observed of each stay, 0 to horizon - 1, of shape (n,).
        exited: Whether the stay ended on that day (else the observation did), of shape (n,).
        horizon: Length of the curve, days.
        reach: Longest tenure that could have been observed; -1 without stays.
    """
    ended = np.bincount(tenure, minlength=horizon)
    exits = np.bincount(tenure[exited], minlength=horizon)
    at_risk = np.cumsum(ended[::-1])[::-1]
    stayed: NDArray[np.float64] = 1.0 - exits / np.maximum(at_risk, 1)
    share = np.cumprod(stayed, dtype=np.float64)
    return Survival(at_risk=at_risk, exits=exits, share=share, reach=reach)
