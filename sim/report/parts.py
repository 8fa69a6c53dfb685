"""Parts that the pages of a run and of a comparison share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.audiences import EVERYONE
from sim.report import numbers
from sim.report.figures import band_table
from sim.report.page import Code, Prose, Section, Table
from sim.report.policy_lines import settings_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.report.policy_lines import PolicyLine
    from sim.report.run import Made
    from sim.words import Words

    Paths = NDArray[np.float64]


def policies_table(policies: Sequence[PolicyLine], *, words: Words) -> Table:
    """Which policies act, when, for whom and with which settings."""
    names = ["word.policy", "report.handbook", "report.from_day", "report.to_day", "report.rhythm",
             "report.settings"]  # fmt: skip
    aimed = any(line.audience != EVERYONE for line in policies)
    if aimed:
        names.insert(2, "report.for_whom")
    rows = []
    for line in policies:
        entry = words.policy_entry(line.use.partition("#")[0])
        until = words.say("report.to_end") if line.stop is None else str(line.stop - 1)
        row = [words.policy(line.use), entry.handbook if entry else numbers.UNDEFINED]
        row += [words.audience(line.audience)] if aimed else []
        row += [str(line.start), until, line.rhythm, words.join(settings_said(line, words=words))]
        rows.append(tuple(row))
    first_day = names.index("report.from_day")
    return Table(
        tuple(map(words.say, names)), tuple(rows), right=frozenset({first_day, first_day + 1}),
        whole=frozenset(range(first_day)), cards=True,
    )  # fmt: skip


def method_section(made: Made, lines: Sequence[str], *, futures: int, words: Words) -> Section:
    """How sure, how made: plain sentences, the command to repeat it, the facts."""
    facts = {
        "seed": str(made.seed),
        "futures": str(futures),
        "failed": str(made.failed),
        "version": f"qunsim {made.version}",
        "hash": made.digest,
        "made": made.made_on,
    }
    rows = [(words.say(f"report.{name}"), text) for name, text in facts.items() if text]
    rows += [(name, version) for name, version in made.versions.items()]
    table = Table((words.say("report.facts"), ""), tuple(rows))
    command = Prose((words.say("report.command"),))
    return Section(
        words.say("report.method"), (Prose(tuple(lines)), command, Code(made.command), table)
    )


def band_data(
    days: NDArray[np.int64],
    paths: Paths | Mapping[str, Paths],
    *,
    words: Words,
    money: bool = False,
) -> Table:
    """The numbers behind a figure of one variant, or of several (by name) below each other."""
    if not isinstance(paths, Mapping):
        header, rows = band_table(days, paths, words=words, money=money)
    else:
        header, rows = [], []
        for name, one in paths.items():
            columns, body = band_table(days, one, words=words, money=money, rows=7)
            header = [words.say("word.variant"), *columns]
            rows += [[name, *row] for row in body]
    first = isinstance(paths, Mapping)
    right = frozenset(range(int(first), len(header)))
    return Table(tuple(header), tuple(map(tuple, rows)), right=right)
