"""Compiling what a new installation lacks, on two processors.

The compiler works on one thing at a time in a process, and the day of a community takes it three
times as long as all the rest; so another process does the rest meanwhile. Both write into the same
cache.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from sim.kernel_cache import is_cold


def compile_kernels() -> None:
    """Compile what simulating a community takes, if the cache lacks it."""
    if not is_cold():
        return
    other = subprocess.Popen(
        [sys.executable, "-c", f"from {__name__} import compile_rest; compile_rest()"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        compile_days()
        other.wait()  # if it failed, the first run compiles what is missing
    finally:
        other.kill()


def compile_rest() -> None:
    """Compile founding, measuring and tidying, by way of a community on the morning of day 0."""
    from sim.metrics import stage_codes
    from sim.metrics.cascade import cascade
    from sim.population import allocate
    from sim.scenario import Scenario
    from sim.simulation import Run
    from sim.tidying import tidy_group

    run = Run.start(Scenario.preset("knowledge"), days=1)
    stage_codes(np.zeros(1))
    cascade(run.record())
    tidy_group(run.members, run.groups[0], allocate(1))


def compile_days() -> None:
    """Compile the loop over days, by letting it simulate no day of an empty community."""
    from sim.coefficients import coefficients
    from sim.day import run_days
    from sim.draws import run_key
    from sim.founding import trait_tables
    from sim.levers import Levers
    from sim.population import allocate
    from sim.scenario import Scenario
    from sim.state import Drivers, new_books, new_groups

    scenario = Scenario.preset("knowledge")
    levers = Levers.neutral(1, 1)
    drivers = Drivers(
        common=np.zeros(1), message=np.ones(1), reach=np.zeros((1, 5)), posters=np.zeros(1),
        weekday=np.zeros(7), weekend=np.zeros(7),
    )  # fmt: skip
    run_days(
        0, 0, *run_key(0, 0), allocate(1), new_groups(1), coefficients(scenario),
        trait_tables(scenario), levers.values, levers.booker, levers.aims, drivers,
        new_books(1, 1, 0), np.ones(1, np.int64), 1.0, True,
    )  # fmt: skip
