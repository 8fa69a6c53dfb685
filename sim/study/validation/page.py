"""The validation as a page: a table of hits and misses, and what to make of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.validation.finding import Finding
    from sim.study.validation.unknowns import Swept

COMMAND = "python -m sim.study.validation"

_HEAD = f"""# Validation

What the model gives beside what was published, on seeds that no calibration has seen (they begin at
30,000,000; `benchmarks/calibrate.py` and tuning by hand used 1 to 1999; validations from
10,000,000 and from 20,000,000 on were looked at before the last changes of parameters). This page
is written by `{COMMAND}` (`make validate`); its last section stands in
`sim/study/validation/remarks.md`.

How to read the marks:

- **calibrated**: parameters were fitted to this figure. A hit shows that the model can, no more.
- **put in**: the figure is a coefficient of the model. A hit shows that the code is right.
- **seen**: a result was looked at, then the form or a constant was changed. Not a clean test.
- **emergent**: nobody fitted or touched it. Only these test the model.

V1 to V9 are about all WeChat groups of one summer (dinners, projects, friends), not about operated
groups, for which no published figures of quality exist.
"""

_SWEPT = """## What has no number in the literature

For these nobody has published an effect that could be compared. Each is tried from one end to the
other of what is thinkable, against the same futures without it: changes of a year's messages, mean
members and revenue (goods where they are sold, membership at 99 yuan), with the signs that lie
beyond two standard errors. What the operator spends is not deducted. The table says what the model
makes of an assumption, not what happens.

| doing | parameter or setting | values | confidence | messages | members | revenue |
|---|---|---|---|---|---|---|"""


def page(findings: Sequence[Finding], swept: Sequence[Swept] = (), *, remarks: str) -> str:
    """The page in Markdown.

    Args:
        findings: In the order of the table.
        swept: What has no published figure.
        remarks: Markdown that follows the table.
    """
    rows = [_HEAD, _summary(findings), "", "| | target | published | model | verdict | mark |"]
    rows.append("|---|---|---|---|---|---|")
    rows += [_row(one) for one in findings]
    notes = [f"- {one.key}: {one.note}." for one in findings if one.note]
    unknown = [_SWEPT, *(_swept_row(one) for one in swept), ""] if swept else []
    return "\n".join([*rows, "", "Notes", "", *notes, "", *unknown, remarks.strip(), ""])


def _summary(findings: Sequence[Finding]) -> str:
    count = Counter((one.mark, one.verdict) for one in findings)
    total = Counter(one.verdict for one in findings)
    parts = [
        f"{mark}: {count[mark, 'hit']} of {sum(v for (m, _), v in count.items() if m == mark)}"
        for mark in ("calibrated", "put in", "seen", "emergent")
    ]
    return (
        f"**{total['hit']} hits, {total['partly']} in part, {total['miss']} misses** "
        f"of {len(findings)}. Hits by mark: {', '.join(parts)}."
    )


def _row(one: Finding) -> str:
    values = ", ".join(f"{name} {_number(value)}" for name, value in one.values.items())
    verdict = {"hit": "hit", "partly": "**in part**", "miss": "**miss**"}[one.verdict]
    return f"| {one.key} | {one.statement} | {one.band} | {values} | {verdict} | {one.mark} |"


def _swept_row(one: Swept) -> str:
    unknown = one.unknown
    carrier = f"`{unknown.path}`" if unknown.path else unknown.setting
    values = ", ".join(f"{value:g}" for value in unknown.values)
    cells = [
        f"{one.sign(kpi)}: {', '.join(f'{change:+.3f}' for change, _ in several)}"
        for kpi, several in one.changes.items()
    ]
    return "| " + " | ".join([unknown.what, carrier, values, one.confidence, *cells]) + " |"


def _number(value: float) -> str:
    """Three digits, no exponent."""
    if value != value:  # noqa: PLR0124  the only test for NaN that needs no import
        return "none"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 or value == 0 else f"{value:.4f}"
