"""``qunsim glossary``: the words of the field, in both languages."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.errors import UserError
from sim.report.terminal import COLUMNS
from sim.words.glossary import KINDS, find, nearest, terms
from sim.words.typography import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.words import Words
    from sim.words.glossary import Term


def glossary(asked: str | None, *, words: Words, as_json: bool) -> None:
    """Print all words, or those that one is called by.

    Args:
        asked: A word in either language, or a key; None = all.
        words: Language of the meanings.
        as_json: Print JSON instead of text.

    Raises:
        UserError: ``not_found``/``term`` with the nearest.
    """
    chosen = terms() if asked is None else find(asked)
    if not chosen:
        near = nearest(asked or "", words=words)
        raise UserError("not_found", "term", name=asked, suggestion=near)
    if as_json:
        shell.say_json([asdict(one) for one in chosen])
        return
    shell.say(_lines(chosen, words, titles=asked is None))
    policy = next((one for one in chosen if one.kind == "policy"), None)
    known = policy is not None and _is_policy(policy.key)
    if asked is None:
        hint(words, f"qunsim glossary {'红包' if words.lang == 'zh' else 'red_packet'}")
    elif policy is not None and known:
        hint(words, f"qunsim policies show {policy.key}")


def _is_policy(key: str) -> bool:
    from sim.policies.registry import policy_keys

    return key in policy_keys()


def _lines(chosen: Sequence[Term], words: Words, *, titles: bool) -> list[str]:
    lines: list[str] = []
    for kind in KINDS:
        group = [one for one in chosen if one.kind == kind]
        if group and titles:
            lines += ["", words.say(f"cli.glossary_{kind}")]
        for one in group:
            lines += _entry(one, words)
    return lines[1:] if titles else lines


def _entry(one: Term, words: Words) -> list[str]:
    """The word, the same in the other language, how it is also called, its key; what it means."""
    mine, other = (one.en, one.zh) if words.lang == "en" else (one.zh, one.en)
    names = [other]
    if one.said and one.said != one.zh:
        names.append(words.say("cli.glossary_said", said=one.said))
    if one.key not in {one.en, one.zh}:
        names.append(one.key)
    head = f"{mine}  {'  '.join(names)}"
    lines = wrap(head, COLUMNS - 2, indent="  ")
    lines += [f"  {line}" for line in wrap(one.meaning[words.lang], COLUMNS - 4)]
    return [f"  {line}" for line in lines]
