"""What `qunsim ci check` says of planted changes: ten that it must catch, five that it must not.

Each change is made in a copy of the package, with a kernel cache of its own, and checked against a
baseline that the unchanged code recorded. Compiling takes a minute or two a change and is not
counted. Prints the table of docs/tutorial-ci.md.

    python benchmarks/regression_power.py [--only KEY...] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from regression_mutations import MUTATIONS, NEUTRAL

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "experiments" / "ci" / "suite.toml"


def plant(mutation, package):
    """Make the edits of a change in a copy of the package."""
    path = package / mutation.file
    text = path.read_text("utf-8")
    for old, new in mutation.edits:
        if text.count(old) != 1:
            raise ValueError(f"{mutation.key}: {old!r} is there {text.count(old)} times")
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def copy_of(package):
    """The unchanged package in a place that is always the same, so that kernels stay known."""
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(ROOT / "sim", package, ignore=shutil.ignore_patterns("__pycache__"))


def qunsim(work, *arguments):
    """Run the command with the copy of the package."""
    environment = os.environ | {
        "PYTHONPATH": str(work), "QUNSIM_CACHE": str(work / "cache"), "LANG": "en_US.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1", "GITHUB_ACTIONS": "",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "sim", "ci", *map(str, arguments)], cwd=work, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def checked(mutation, work, *, suite=SUITE, baseline=None):
    """Plant a change and check it; the JSON of the check."""
    package = work / "sim"
    copy_of(package)
    plant(mutation, package)
    before = set((work / "cache").rglob("kernels-*"))
    ended = qunsim(
        work, "check", suite, "--baseline", baseline or work / "baseline.json", "--jobs", "1",
        "--json", "--quiet", "--out", work / "out",
    )  # fmt: skip
    for folder in set((work / "cache").rglob("kernels-*")) - before:
        shutil.rmtree(folder)
    if ended.returncode not in (0, 1, 3):
        raise RuntimeError(f"{mutation.key}: {ended.stderr}")
    return json.loads(ended.stdout)


def caught_by(found):
    """Layers that say so, and the plainest of what they say."""
    layers, said = [], ""
    if broken := found["invariants"]["broken"] + found["invariants"]["failed"]:
        layers.append("invariants")
        one = broken[0]
        said = f"{one.get('where', '')} {one.get('what', 'failed')} {one.get('detail', '')}"
    different = [row for row in found["statistical"] if row["verdict"] == "different"]
    if different:
        layers.append("statistical")
        row = max(different, key=lambda row: abs(row["delta"]) / row["margin"])
        said = said or f"{row['case']} {row['kpi']} {row['before']:.4g} to {row['after']:.4g}"
    if any(one["flips"] for one in found["decisions"]):
        layers.append("decisions")
        said = said or str(found["decisions"][0]["flips"][0])
    return " + ".join(layers) or "-", said.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--work", type=Path, default=None)
    asked = parser.parse_args()
    work = asked.work or Path(tempfile.mkdtemp(prefix="qunsim-power-"))
    work.mkdir(parents=True, exist_ok=True)
    copy_of(work / "sim")
    (work / "baseline.json").unlink(missing_ok=True)
    ended = qunsim(work, "record", SUITE, "--baseline", work / "baseline.json", "--quiet")
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    print("| change | verdict | caught by | what it says | seconds |")
    print("|---|---|---|---|---|", flush=True)
    wrong = []
    for one in (*MUTATIONS, *NEUTRAL):
        if asked.only and one.key not in asked.only:
            continue
        found = checked(one, work)
        layers, said = caught_by(found)
        right = found["verdict"] == one.verdict
        mark = "" if right else f" (should be {one.verdict})"
        wrong += [] if right else [one.key]
        print(
            f"| {one.about} | {found['verdict']}{mark} | {layers} | {said} |"
            f" {found['seconds']:.0f} |",
            flush=True,
        )
    if asked.work is None:
        shutil.rmtree(work)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
