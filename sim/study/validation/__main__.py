"""``python -m sim.study.validation [PAGE]``: measure every target and write the page."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from sim.study.validation.battery import sweep, validate
from sim.study.validation.page import page

_ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """Write docs/validation.md, or the file named; progress goes to stderr."""
    parser = argparse.ArgumentParser(description="Hold the model against published figures.")
    default = _ROOT / "docs" / "validation.md"
    parser.add_argument("page", nargs="?", type=Path, default=default, help="file to write")
    target: Path = parser.parse_args().page
    began = time.monotonic()

    def tell(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:5.0f} s  {what} ...\n")

    findings = validate(progress=tell)
    swept = sweep(progress=tell)
    remarks = Path(__file__).with_name("remarks.md").read_text("utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(findings, swept, remarks=remarks), "utf-8")
    tell("written: " + str(target))


if __name__ == "__main__":
    main()
