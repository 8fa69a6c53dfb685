"""Members worth reading about, and one member's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.life import pick_text
from sim.report.story import Story
from sim.report.telling import name_of
from sim.web.views.writing import numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.life import Life
    from sim.study.picks import Pick
    from sim.web.views.writing import View
    from sim.words import Words


def members_view(picks: Sequence[Pick], *, words: Words) -> View:
    """Members of one future worth reading about.

    Args:
        picks: Who and why.
        words: Language.
    """
    return {
        "kind": "members",
        "members": [
            {
                "member": one.member, "why": one.why, "value": one.value,
                "name": name_of(one.id, words=words), "text": pick_text(one, words=words),
            }
            for one in picks
        ],
    }  # fmt: skip


def life_view(life: Life, *, same: Mapping[int, int | None], words: Words) -> View:
    """One member's life as the page shows it.

    Args:
        life: The life.
        same: The same person's place in the same future of other variants; None = never came.
        words: Language.
    """
    story = Story(life, words)
    prose = story.dated()
    title = story.title()
    return {
        "kind": "life", "member": life.member, "name": name_of(life.id, words=words),
        "title": title, "lines": [title, *(text for _, text in prose)],
        "prose": [{"day": day, "text": text} for day, text in prose],
        "series": {
            "days": list(range(life.first, life.first + life.length)),
            **{key: numbers_of(life.days[key], digits=3) for key in ("engagement", "trust")},
        },
        "events": [
            {"day": day, "kind": kind, "text": text} for day, kind, text in story.happened()
        ],
        "same": [{"variant": index, "member": row} for index, row in same.items()],
    }  # fmt: skip
