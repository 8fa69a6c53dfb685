"""The recommended mix as an experiment that ``qunsim compare`` runs as it stands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sim.scenario.toml_text import table_lines, toml_value
from sim.study.files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sim.study.experiment import Experiment
    from sim.study.plan.space import Mix, Space

NAME = "recommended"
BASE = "base.toml"


def write_recommended(
    path: Path,
    experiment: Experiment,
    space: Space,
    mix: Mix,
    *,
    limits: Mapping[str, float | None],
) -> None:
    """Write the experiment, and beside it the community that it starts from.

    Args:
        path: The file.
        experiment: What was planned for.
        space: What was chosen from.
        mix: What was chosen.
        limits: ``budget`` and ``minutes`` of the plan.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    base, first = experiment.base, experiment.specs[0]
    top: dict[str, Any] = {"schema": 1, "question": experiment.question or None}
    blocks: list[list[str]] = []
    if base.begins is None:
        _write(path.with_name(BASE), base.scenario.to_toml(full=True))
        top["base"] = BASE
    else:
        top["base"] = os.path.relpath(base.begins.path, path.parent.resolve())
        top["without"] = list(first.without) or None
        if first.changes:
            blocks.append(["[set]", *table_lines(dict(first.changes))])
        blocks += [["[[policies]]", *table_lines(dict(one))] for one in first.policies]
    top |= {"days": experiment.days, "goal": experiment.goal, "guards": list(experiment.guards)}
    top |= dict(limits)
    if experiment.stop is not None:
        top["stop"] = vars(experiment.stop).copy()
    if experiment.margins:
        top["margins"] = dict(experiment.margins)
    variant = [f"name = {toml_value(NAME)}"]
    if space.replaced:
        variant.append(f"without = {toml_value(list(space.replaced))}")
    blocks = [table_lines(top), *blocks, ["[[variants]]", *variant]]
    blocks += [["[[variants.policies]]", *table_lines(one)] for one in mix.entries.values()]
    _write(path, "\n\n".join("\n".join(block) for block in blocks) + "\n")


def _write(path: Path, text: str) -> None:
    with replacing(path) as part:
        part.write_bytes(text.encode())
