"""One member's life as text and as data: from a watched life, or from a run lived once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.story import Story
from sim.report.telling import name_of, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.record import RunRecord
    from sim.simulation import Run
    from sim.study.life import Life
    from sim.study.picks import Pick
    from sim.words import Words


def life_lines(life: Life, *, words: Words) -> list[str]:
    """The story of a life.

    Args:
        life: The life.
        words: Language.

    Returns:
        A title, then one or two sentences each: the beginning, the days that matter and the
        stretches between them in order, why the member left or how he stands today, and what it
        comes to in all.
    """
    return Story(life, words).lines()


def life_document(life: Life, *, words: Words) -> dict[str, Any]:
    """The life as plain data for ``life.json``, with the name and the story in this language."""
    return {
        **life.document(),
        "name": name_of(life.id, words=words),
        "lang": words.lang,
        "lines": life_lines(life, words=words),
    }


def tell_life(
    run: Run, *, member: int, words: Words, record: RunRecord | None = None
) -> tuple[Life, list[str], dict[str, Any]]:
    """Live one run, watch one member, tell the story.

    Args:
        run: A run that has not begun (``Variant.start``).
        member: Row in ``RunRecord.members``.
        words: Language.
        record: Record of that run, if kept.

    Returns:
        The life, its lines, and the content of ``life.json`` but for what made the run.

    Raises:
        UserError: ``not_found``/``member``.
    """
    from sim.study.life import life_of

    life = life_of(run, member, record=record)
    document = life_document(life, words=words)
    return life, document["lines"], document


def pick_text(pick: Pick, *, words: Words) -> str:
    """What somebody is worth reading about for."""
    value = f"{pick.value:.0f}"
    if "payer" in pick.why:
        value = numbers.money(pick.value / 100, words=words)
    elif pick.why in ("left_soon", "came_back", "removed", "fell_silent", "reader"):
        value = span(pick.value, words=words)
    return words.say(f"life.pick_{pick.why}", value=value)


def pick_lines(picks: Sequence[Pick], *, words: Words, command: str) -> list[str]:
    """The members worth reading about, one line each, and the command that tells one's life."""
    lines = [words.say("life.picks")]
    for pick in picks:
        name, why = name_of(pick.id, words=words), pick_text(pick, words=words)
        lines.append(words.say("life.pick", number=pick.member, name=name, why=why))
    if not picks:
        return []
    return [*lines, words.say("life.pick_how", command=command, number=picks[0].member)]
