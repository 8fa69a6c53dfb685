"""Runs of a study as a table to explore: where things go wrong among its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.discovery.sample import Sample

if TYPE_CHECKING:
    from sim.study.sensitivity.result import Computed


def sample_of(computed: Computed, output: str, *, arm: str | None = None) -> Sample:
    """One output of every run, failed ones included.

    Args:
        computed: A study with its answers.
        output: What was measured: a KPI, or ``members@60``.
        arm: Name of the arm; the first by default.

    Raises:
        UserError: ``not_found``/``arm``.
    """
    study = computed.study
    arm = next(iter(computed.answers)) if arm is None else arm
    if arm not in computed.answers:
        raise UserError("not_found", "arm", name=arm, known=list(computed.answers))
    table = computed.answers[arm][:, :, study.measured.index(output)]
    return Sample(
        names=tuple(one.path for one in study.factors),
        kinds=tuple(one.kind for one in study.factors),
        levels=tuple(one.labels for one in study.factors),
        lows=np.array([one.low for one in study.factors]),
        highs=np.array([one.high for one in study.factors]),
        x=np.repeat(computed.numbers, table.shape[1], axis=0), y=table.reshape(-1),
    )  # fmt: skip
