"""A community of ten million members: memory, and time of a member's day.

Everything an operator can do is on (``sim.bench.engine.EVERYTHING``), and newcomers arrive, so the
columns grow while the days run. Memory is the process's peak, compiled code and the copy that
growing makes included.

    python benchmarks/ten_million.py [MEMBERS] [DAYS]
"""

from __future__ import annotations

import resource
import sys
import time

from sim.bench.engine import community, everything
from sim.population import bytes_per_member
from sim.record import DAILY_INDEX
from sim.simulation import Run

MIB = 2**20
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


def peak() -> float:
    """Largest memory of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / MIB


def main() -> None:
    """Print what it took."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    levers = everything(days)
    Run.start(community(300, days=days), levers=levers).advance()  # compiles
    before = peak()
    begin = time.perf_counter()
    run = Run.start(community(members, days=days), levers=levers)
    print(f"founding  {time.perf_counter() - begin:8.1f} s   peak {peak():8.0f} MiB")
    lived = 0
    for day in range(days):
        wall, used = time.perf_counter(), time.process_time()
        run.advance(day + 1)
        wall, used = time.perf_counter() - wall, time.process_time() - used
        present = int(run.books.daily[day, :, DAILY_INDEX["members"]].sum())
        lived += present
        print(
            f"day {day:<4} {wall:10.1f} s   {1e9 * used / present:6.0f} ns a member   "
            f"{present:,} members   peak {peak():8.0f} MiB"
        )
    total = time.perf_counter() - begin
    print(
        f"all       {total:8.1f} s   {1e9 * total / lived:6.0f} ns a member-day, founding included"
    )
    print(f"state     {bytes_per_member(run.members):8.0f} bytes a member, {before:.0f} MiB before")


if __name__ == "__main__":
    main()
