"""Benchmarks: what the engine costs on this machine, and what other simulators cost beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.bench.lines import bench_lines
from sim.bench.progress import OnProgress, nobody

if TYPE_CHECKING:
    from sim.bench.engine import Extent

__all__ = ["bench", "bench_lines"]

SCHEMA = 1


def bench(
    *, peers: bool = False, progress: OnProgress = nobody, extent: Extent | None = None
) -> dict[str, Any]:
    """Measure the engine and, if asked, other simulators beside it.

    Args:
        peers: Whether to measure other simulators, each in an environment of its own, which is
            made on first use (minutes, and a network).
        progress: Called before everything that takes a while.
        extent: How much to measure of the engine; by default what ``qunsim bench`` does.

    Returns:
        What ``measure_engine`` gives, with ``schema``, ``machine``, ``versions``, ``peers``
        (million agent-steps a second by name and size; empty unless asked for) and ``details``
        (by name: release, largest Welch z of the check, why it is not available). With peers,
        ``community_lite`` of the sizes they were timed at is what was timed in turn with them.
    """
    from sim.bench.engine import measure_engine
    from sim.study.provenance import machine, versions

    result: dict[str, Any] = {"schema": SCHEMA, "machine": machine(), "versions": versions()}
    result |= measure_engine(progress, extent=extent) | {"peers": {}, "details": {}}
    if peers:
        from sim.bench.peers import OWN, measure_peers

        beside = measure_peers(progress=progress)
        result["peers"], result["details"] = beside["peers"], beside["details"]
        timed = {size: speed for size, speed in beside[OWN].items() if speed is not None}
        result[OWN] = result[OWN] | timed
    return result
