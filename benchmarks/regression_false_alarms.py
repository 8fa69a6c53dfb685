"""How often `qunsim ci check --fresh` calls an unchanged model different (an A/A test).

Baselines are recorded with seeds of their own, and each is checked in other futures, as the nightly
job does. Nothing differs, so every `different` is a false alarm. Probes of layer 1 do not depend on
the seed and are left out.

    python benchmarks/regression_false_alarms.py [--checks 200] [--baselines 4] [--first 0]

Checks are numbered, so that parts can be made side by side:
`--first 100 --checks 100 --baselines 2`.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from scipy.stats import beta

from sim.study.compiling import compile_kernels
from sim.study.regression.check import check, record
from sim.study.regression.invariants import Invariants
from sim.study.regression.suite import read_suite

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "experiments" / "ci" / "suite.toml"


class NoProbes:
    """In place of probes that say the same every time."""

    @classmethod
    def begin(cls):
        return contextlib.nullcontext(cls())

    def end(self):
        return 0, ()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=200)
    parser.add_argument("--baselines", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    compile_kernels()
    Invariants.begin = NoProbes.begin
    suite = read_suite(str(SUITE))
    verdicts, culprits, unknown, seconds = Counter(), Counter(), Counter(), []
    size = -(-asked.checks // asked.baselines)
    for number in range(asked.first, asked.first + asked.checks):
        if (number - asked.first) % size == 0:
            seed = 1_000_000 + number
            baseline, *_ = record(replace(suite, seed=seed), reason="A/A", jobs=1)
        mine = replace(suite, seed=baseline.seed)
        # by the processor's clock, so that nobody else's work uses a check's budget up
        report = check(mine, baseline, fresh=2_000_000 + number, jobs=1, clock=time.process_time)
        verdicts[report.verdict] += 1
        seconds.append(report.seconds)
        culprits.update((row.case, row.kpi, row.aspect) for row in report.of("different"))
        culprits.update(("flip", one.decision) for one in report.rankings if one.flips)
        unknown.update((row.case, row.kpi) for row in report.of("undecided"))
        if len(seconds) % 10 == 0:
            print(len(seconds), dict(verdicts), dict(culprits), file=sys.stderr, flush=True)
    alarms = verdicts["different"]
    high = float(beta.ppf(0.975, alarms + 1, asked.checks - alarms))
    print(f"{asked.checks} checks of {asked.baselines} baselines: {dict(verdicts)}")
    print(f"different: {alarms / asked.checks:.1%} (97.5 % upper bound {high:.1%})")
    print(f"seconds a check: {sum(seconds) / len(seconds):.1f}, at most {max(seconds):.1f}")
    print(f"different were: {dict(culprits)}; not known: {dict(unknown.most_common(8))}")


if __name__ == "__main__":
    main()
