"""A first look at every log: which cases it makes, and what it says about the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.logs.events import read_events
from sim.logs.table import MESSAGE, WEEK
from sim.logs.weeks import active_weeks
from sim.study.backtest.cases import FEWEST_WEEKS, Case, cases_of
from sim.study.backtest.pooling import Evidence, evidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Look:
    """A log to be looked at, in one process.

    Attributes:
        path: Its event file.
        log: Its name.
        family: Its family.
        origins: Shares of its weeks after which one looks ahead.
        weeks: Horizon.
        pools: Whether its evidence about the law is wanted.
        key: Of its content and these.
    """

    path: Path
    log: str
    family: str
    origins: tuple[float, ...]
    weeks: int
    pools: bool
    key: str

    @property
    def place(self) -> tuple[str, int]:
        """The key, as an ensemble knows its tasks."""
        return self.key, 0

    @property
    def size(self) -> int:
        """Bytes of the file; 0 if there is none."""
        return self.path.stat().st_size if self.path.is_file() else 0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen of a log.

    Attributes:
        variant: Key of the look.
        replicate: Always 0.
        cases: Forecasts to be made.
        why: Why there are none: ``weeks``, ``quiet``, ``no_messages``, ``no_events``; else empty.
        evidence: What it says about the law, if that was wanted and it says anything.
        refused: Of ``no_events``: kind, reason and values of the error.
    """

    variant: str
    replicate: int = 0
    cases: tuple[Case, ...] = ()
    why: str = ""
    evidence: Evidence | None = None
    refused: tuple[str, str, dict[str, Any]] | None = None


def look(job: Look) -> Seen:
    """Read a log and see what can be done with it."""
    try:
        table = read_events(job.path)
    except UserError as error:
        told = {name: str(value) for name, value in error.values.items()}
        return Seen(variant=job.key, why="no_events", refused=(error.kind, error.reason, told))
    if not (table.event == MESSAGE).any():
        return Seen(variant=job.key, why="no_messages")
    cases = cases_of(
        table, log=job.log, family=job.family, origins=job.origins, weeks=job.weeks
    )  # fmt: skip
    long_enough = (table.end - table.start) // WEEK >= FEWEST_WEEKS
    return Seen(
        variant=job.key,
        cases=tuple(cases),
        why="" if cases else "quiet" if long_enough else "weeks",
        evidence=evidence(active_weeks(table), family=job.family) if job.pools else None,
    )


def to_json(seen: Seen) -> dict[str, Any]:
    """A look as a line of the journal."""
    own = seen.evidence
    return {
        "why": seen.why,
        "cases": [
            {**vars(case), "past": case.past.tolist(), "future": case.future.tolist()}
            for case in seen.cases
        ],
        "evidence": None if own is None else {
            "family": own.family, "coefficients": own.coefficients.tolist(),
            "curvature": own.curvature.tolist(), "spoken": own.spoken,
        },
    }  # fmt: skip


def from_json(key: str, line: Mapping[str, Any]) -> Seen:
    """A look from a line of the journal.

    Raises:
        KeyError, TypeError, ValueError: If it is none.
    """
    own = line["evidence"]
    return Seen(
        variant=key,
        why=str(line["why"]),
        cases=tuple(
            Case(**{
                **case, "past": np.array(case["past"], np.int64),
                "future": np.array(case["future"], np.int64),
            })
            for case in line["cases"]
        ),
        evidence=None if own is None else Evidence(**{
            **own, "coefficients": np.array(own["coefficients"]),
            "curvature": np.array(own["curvature"]),
        }),
    )  # fmt: skip
