"""A scenario as a TOML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.parameters import SECTIONS, by_path
from sim.scenario.keys import SCHEMA, TOP_KEYS
from sim.scenario.toml_text import table_lines

if TYPE_CHECKING:
    from sim.scenario.keys import Keys


def scenario_text(scenario: Keys, *, full: bool) -> str:
    """A scenario as a TOML file that reads back as an equal one.

    Args:
        scenario: What to write.
        full: Every parameter, or only what differs from the defaults.
    """
    top = {"schema": SCHEMA} | {
        key: getattr(scenario, key) for key in TOP_KEYS if key not in {"policies", "sources"}
    }
    if not scenario.title:
        del top["title"]
    blocks = [table_lines(top)]
    for name in SECTIONS:
        values = {
            key: value
            for key, value in getattr(scenario, name)
            if full or value != by_path()[f"{name}.{key}"].default
        }
        if values:
            blocks.append([f"[{name}]", *table_lines(values)])
    if scenario.sources:
        tables = {path: source.table() for path, source in scenario.sources.items()}
        blocks.append(["[sources]", *table_lines(tables)])
    blocks += [["[[policies]]", *table_lines(entry)] for entry in scenario.policies]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"
