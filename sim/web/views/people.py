"""Figures of single members: who stays, who talks, who brought whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report import numbers
from sim.report.figures.people import (
    cohort_cells,
    cohorts_finding,
    lorenz_at,
    participation_finding,
)
from sim.report.telling import name_of
from sim.web.views.writing import View, numbers_of

if TYPE_CHECKING:
    from sim.record import RunRecord
    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.words import Words

MOST_NODES = 300
"""Members that a picture of invitations shows; the largest trees first."""

_GRID = np.linspace(0, 1, 101)
_READ = (0.5, 0.8, 0.9, 0.99)  # shares of speakers that the table tells of


def cohorts_figure(variant: VariantStory, *, words: Words) -> View | None:
    """Of those who joined in a week, who is still there some weeks later."""
    table = variant.series.cohorts
    if table is None or table.joins.sum() <= 0:
        return None
    futures = max(1, len(variant.series.messages))  # of which single members are known
    joins = table.joins / futures
    cells = cohort_cells(table.share, joins, table.censored)
    names = cells.names(words=words)
    weeks = [column * cells.step for column in range(cells.share.shape[1])]
    shares = numbers_of(cells.share, digits=3)
    body = [
        [name, *(numbers.UNDEFINED if one is None else numbers.share(one, words=words)
                 for one in row)]
        for name, row in zip(names, shares, strict=True)
    ]  # fmt: skip
    return {
        "key": "cohorts", "kind": "heat",
        "title": words.say("web.views.cohorts", v=words.quote(variant.label)),
        "finding": cohorts_finding(table.share, joins, words), "unit": "share",
        "x_label": words.say("figure.cohorts_x"), "y_label": words.say("web.views.cohorts_y"),
        "x": weeks, "y": names, "z": shares, "z_label": words.say("web.views.cohorts_z"),
        "partial": cells.partial.tolist(), "note": words.say("figure.cohorts_note", n=futures),
        "table": {"columns": [words.say("web.views.cohorts_y"), *map(str, weeks)], "rows": body},
    }  # fmt: skip


def participation_figure(
    story: ComparisonStory, *, best: VariantStory, words: Words
) -> View | None:
    """How unequally members talk: a Lorenz curve a variant, in the middle future."""
    lines, rows, finding = [], [], ""
    for index, variant in enumerate(story.variants):
        curves = [lorenz_at(one, _GRID) for one in variant.series.messages if (one > 0).any()]
        if not curves:
            continue
        middle = np.median(np.stack(curves), axis=0)
        gini = variant.summary.get("gini_messages", {}).get("p50")
        lines.append({
            "index": index, "name": variant.label, "x": numbers_of(_GRID, digits=3),
            "y": numbers_of(middle, digits=4), "gini": None if gini is None else round(gini, 3),
        })  # fmt: skip
        shares = (1 - float(np.interp(at, _GRID, middle)) for at in _READ)
        rows.append([variant.label, *(numbers.share(one, words=words) for one in shares)])
        if variant is best or not finding:
            finding = participation_finding(_GRID, middle, words=words)
    if not lines:
        return None
    columns = [
        words.say("word.variant"),
        *(words.say("web.views.top", share=numbers.share(1 - at, words=words)) for at in _READ),
    ]
    return {
        "key": "participation", "kind": "lorenz", "title": words.say("web.views.participation"),
        "finding": finding, "unit": "share", "x_label": words.say("figure.participation_x"),
        "y_label": words.say("web.views.participation_y"), "lines": lines,
        "table": {"columns": columns, "rows": rows},
    }  # fmt: skip


def tree_figure(
    record: RunRecord, *, index: int, label: str, future: int, words: Words
) -> View | None:
    """Who brought whom in one future: the largest trees, as many as can be shown.

    Args:
        record: The future.
        index: Number of its variant.
        label: What that is called.
        future: Its number.
        words: Language.
    """
    shown = invitation_trees(record, most=MOST_NODES)
    if not shown:
        return None
    members = record.members
    nodes: list[dict[str, Any]] = [
        {
            "id": row, "parent": None if parent < 0 else parent,
            "label": name_of(int(members.id[row]), words=words), "joined": int(members.joined[row]),
            "size": int(members.invited[row]),
        }
        for row, parent in shown
    ]  # fmt: skip
    depth = _depths(shown)
    joined = int((members.inviter >= 0).sum())
    top = max(nodes, key=lambda node: node["size"])
    finding = words.say(
        "web.views.tree_finding", count=numbers.count(joined, words=words), name=top["label"],
        most=top["size"], levels=max(depth.values()),
    )  # fmt: skip
    names = {node["id"]: node["label"] for node in nodes}
    left_out = joined - sum(node["parent"] is not None for node in nodes)
    note = words.say("web.views.tree_note", future=future)
    if left_out:
        note += " " * (words.lang == "en") + words.say("web.views.tree_more", count=left_out)
    columns = [words.say(f"web.views.tree_{name}") for name in ("name", "by", "day", "brought")]
    rows = [
        [
            node["label"],
            numbers.UNDEFINED if node["parent"] is None else names[node["parent"]],
            numbers.UNDEFINED if node["joined"] < 0 else str(node["joined"]), str(node["size"]),
        ]
        for node in nodes
    ]  # fmt: skip
    return {
        "key": "tree", "kind": "tree",
        "title": words.say("web.views.tree", v=words.quote(label)), "finding": finding,
        "unit": "persons", "x_label": words.say("web.views.day"), "y_label": "", "nodes": nodes,
        "note": note, "variant": index, "replicate": future,
        "table": {"columns": columns, "rows": rows},
    }  # fmt: skip


def invitation_trees(record: RunRecord, *, most: int) -> list[tuple[int, int]]:
    """Members of the largest trees of invitations of a future.

    Args:
        record: The future.
        most: Members at most; the largest trees are taken first, of the last one those who are
            nearest to its root.

    Returns:
        Row of a member and row of who invited him (-1 = nobody), inviters before invited.
    """
    inviter = record.members.inviter
    children: dict[int, list[int]] = {}
    for row, by in enumerate(inviter.tolist()):
        if by >= 0:
            children.setdefault(by, []).append(row)
    trees = [_branches(root, children) for root in children if inviter[root] < 0]
    trees.sort(key=lambda tree: (-len(tree), tree[0]))
    shown: list[tuple[int, int]] = []
    for tree in trees:
        for row, parent in tree[: most - len(shown)]:
            shown.append((row, parent))
        if len(shown) >= most:
            break
    return shown


def _branches(root: int, children: dict[int, list[int]]) -> list[tuple[int, int]]:
    """A tree, level by level."""
    found = [(root, -1)]
    for row, _ in found:  # grows meanwhile
        found += [(child, row) for child in children.get(row, ())]
    return found


def _depths(shown: list[tuple[int, int]]) -> dict[int, int]:
    """Generations below the root of each member shown."""
    depth: dict[int, int] = {}
    for row, parent in shown:
        depth[row] = 0 if parent < 0 else depth[parent] + 1
    return depth
