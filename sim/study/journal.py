"""The journal of a result folder: one line a run, written when it ends, whole or not at all.

A line names variant and replicate in plain text; trace and KPIs of the run are packed in it
(``sim.study.trace``). What a crash has torn is passed over, and that run simulated again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.metrics import REGISTRY
from sim.study.files import append_line
from sim.study.simulate import Failure
from sim.study.trace import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sim.metrics import Value
    from sim.study.simulate import Finished
    from sim.study.trace import Trace

JOURNAL = "journal.jsonl"

Place = tuple[str, int]
"""Name of the variant, number of the replicate."""


@dataclass
class Kept:
    """A finished run as the journal has it; unpacked when it is looked at.

    Attributes:
        packed: Trace and KPIs.
        keys: Keys of the KPIs, in the order in which they were packed.
    """

    packed: str = field(repr=False)
    keys: Sequence[str] = field(default=tuple(REGISTRY), repr=False)

    @cached_property
    def _content(self) -> tuple[Trace | None, dict[str, Value]]:
        return unpack(self.packed, keys=self.keys)

    @property
    def trace(self) -> Trace:
        """Daily counts and books."""
        trace = self._content[0]
        if trace is None:
            raise ValueError("a finished run has a trace")
        return trace

    @property
    def kpis(self) -> dict[str, Value]:
        """KPIs by key."""
        return self._content[1]


def kpis_of(runs: Mapping[Place, Kept], variant: str) -> dict[int, dict[str, Value]]:
    """KPIs of a variant's finished runs by replicate, in order."""
    numbers = sorted(number for name, number in runs if name == variant)
    return {number: runs[variant, number].kpis for number in numbers}


def traces_of(runs: Mapping[Place, Kept], failures: Mapping[Place, Failure]) -> dict[Place, Trace]:
    """What is kept of runs; of failed ones the days before, if there are any."""
    traces = {place: one.trace for place, one in runs.items()}
    return traces | {place: one.trace for place, one in failures.items() if one.trace}


def write_finished(folder: Path, one: Finished) -> Kept:
    """Put a finished run down.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    _append(folder, {"variant": one.variant, "replicate": one.replicate, "data": one.packed})
    return Kept(one.packed)


def write_failed(folder: Path, one: Failure) -> None:
    """Put a failed run down, with the days before.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    data = {} if one.trace is None else {"data": pack(one.trace, {})}
    _append(folder, failed_entry(one) | data)


def failed_entry(one: Failure) -> dict[str, Any]:
    """A failed run as journal and manifest name it."""
    line: dict[str, Any] = {"variant": one.variant, "replicate": one.replicate}
    line |= {"status": "failed", "error": one.error}
    if one.policy:
        line |= {"policy": one.policy, "day": one.day}
    return line


def read_journal(
    folder: Path, *, kpis: Sequence[str] = tuple(REGISTRY)
) -> tuple[dict[Place, Kept], dict[Place, Failure], int]:
    """What is in the journal of a folder.

    Args:
        folder: The folder.
        kpis: Keys of KPIs that were measured when it was written, in their order.

    Returns:
        The finished runs; those that failed and never finished since; how many lines cannot be
        read.
    """
    finished: dict[Place, Kept] = {}
    failed: dict[Place, Failure] = {}
    torn = 0
    with suppress(FileNotFoundError), (folder / JOURNAL).open("rb") as stream:
        for raw in stream:
            try:
                line = json.loads(raw)
                place = (str(line["variant"]), int(line["replicate"]))
                if line.get("status") == "failed":
                    if place not in finished:
                        failed[place] = _failure(line)
                    continue
                kept = Kept(str(line["data"]), kpis)
                _ = kept.trace.days  # unpacked now: a torn or altered line is no run
            except (ValueError, KeyError, TypeError, AttributeError):
                torn += bool(raw.strip())
                continue
            finished[place] = kept
            failed.pop(place, None)
    return finished, failed, torn


def _failure(line: dict[str, Any]) -> Failure:
    return Failure(
        variant=str(line["variant"]), replicate=int(line["replicate"]), error=str(line["error"]),
        policy=str(line.get("policy", "")), day=line.get("day"),
        trace=unpack(line["data"])[0] if "data" in line else None,
    )  # fmt: skip


def _append(folder: Path, line: dict[str, Any]) -> None:
    append_line(folder / JOURNAL, json.dumps(line, ensure_ascii=False, separators=(",", ":")))
