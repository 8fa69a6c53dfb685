"""The owner (handbook A1): leads the talk, and is freshest at the start."""

from __future__ import annotations

import numpy as np

from sim.arithmetic import behaviour


@behaviour
def freshness(owner, day):
    """Factor on the quality of the owner's own content on a day, 1 at the start.

    Halves every ``owner.half_life`` days: "hot at the start, downhill within two years"
    (handbook A1; the rate is an assumption).
    """
    return 0.5 ** (np.float64(day) / np.float64(owner.half_life))
