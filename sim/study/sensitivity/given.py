"""Indices of given data: what runs that are there already say by another method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.manifest import read_manifest
from sim.study.sensitivity.folder import study_of
from sim.study.sensitivity.methods import GIVEN, Design
from sim.study.sensitivity.points import Answers
from sim.study.sensitivity.result import Computed, Sensitivity
from sim.study.sensitivity.run import collected, found_of, keys_of, lucks_of

if TYPE_CHECKING:
    from pathlib import Path

    from sim.study.sensitivity.study import SensitivityStudy

_FEWEST = 32


def finished(folder: Path) -> tuple[SensitivityStudy, Answers]:
    """The study of a folder as it was carried out, after its screening, and its answers.

    Raises:
        UserError: As ``study_of``.
    """
    study, kept = study_of(folder), tuple(read_manifest(folder).get("kept", ()))
    if kept:
        study = replace(study.narrowed(kept), screening=None)
    return study, Answers(folder)


def load(folder: Path) -> Sensitivity:
    """What a folder holds, its indices read off again; nothing is simulated.

    Raises:
        UserError: As :func:`finished`; ``too_short``/``points`` if runs are still missing.
    """
    asked = study_of(folder)
    study, answers = finished(folder)
    screening = None
    if asked.screening is not None:
        screening = _computed(asked.screened(), answers, folder)
    failed = {f"{key}/{number}": error for (key, number), error in answers.failed.items()}
    return Sensitivity(
        asked=asked, computed=_computed(study, answers, folder), screening=screening,
        failed=failed, folder=folder, torn=answers.torn,
    )  # fmt: skip


def _computed(study: SensitivityStudy, answers: Answers, folder: Path) -> Computed:
    design = study.design()
    numbers = study.numbers(design)
    keys = keys_of(study, numbers)
    table, missing = collected(study, keys, lucks_of(study, design), answers)
    if missing:
        raise UserError("too_short", "points", file=str(folder), value=missing)
    return Computed(
        study=study, design=design, numbers=numbers, answers=table,
        found=found_of(study, design, table),
    )  # fmt: skip


def given_data(folder: Path, *, method: str) -> Sensitivity:
    """Indices by a method that needs no design of its own, of points simulated for another one.

    Of Saltelli's scheme only the two independent samples are used; trajectories, curves and corners
    are points on a grid, which cover a cube less evenly: intervals tell how much that matters.

    Args:
        folder: A finished study.
        method: One of ``GIVEN``.

    Raises:
        UserError: ``contradiction``/``needs_design`` for another method; ``too_short``/``points``
            if runs are missing, ``too_short``/``given`` if there are too few points; as
            :func:`finished`.
    """
    if method not in GIVEN:
        raise UserError("contradiction", "needs_design", name=method, known=list(GIVEN))
    done = load(folder)
    old = done.computed
    design = old.design
    rows = np.ones(len(design.shares), bool)
    if old.study.method == "sobol":
        place = np.arange(len(rows)) % design.block
        rows = (place == 0) | (place == design.block - 1)
    elif old.study.method == "dgsm":
        rows = np.arange(len(rows)) % design.block == 0
    if rows.sum() < _FEWEST:
        raise UserError("too_short", "given", file=str(folder), value=int(rows.sum()), low=_FEWEST)
    study = replace(old.study, method=method, count=int(rows.sum()))
    chosen = Design(shares=design.shares[rows], luck=design.luck[rows])
    answers = {arm: table[rows] for arm, table in old.answers.items()}
    computed = Computed(
        study=study, design=chosen, numbers=old.numbers[rows], answers=answers,
        found=found_of(study, chosen, answers),
    )  # fmt: skip
    return replace(done, asked=study, computed=computed, screening=None)
