"""The glossary: every word of the field in both languages, gathered from the catalogue.

Nothing is written here: names come from the tables that the rest of the program reads, meanings from
``sim.words.meanings``, for KPIs from ``sim.words.kpis`` and for verbs from their help.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sim.words.commands import COMMANDS
from sim.words.interface import INTERFACE
from sim.words.kpis import KPIS
from sim.words.meanings import MEANINGS, SAID
from sim.words.people import PEOPLE
from sim.words.policies import POLICIES

if TYPE_CHECKING:
    from sim.words import Words

KINDS = (
    "policy", "kpi", "role", "stage", "channel", "preset", "platform", "motive", "state", "term",
    "word", "verdict", "badge", "verb",
)  # fmt: skip
"""Kinds of words, in the order shown; ``cli.glossary_*`` names them."""

_NEAR = 3  # suggestions at most


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of the field.

    Attributes:
        key: As files and options write it (``red_packet``, ``active_30d``), else as the catalogue
            does (``role.owner``).
        kind: One of :data:`KINDS`.
        en: English.
        zh: Chinese.
        said: How operators also call it, in Chinese; empty = no other way.
        meaning: What it means, by language.
        handbook: Id of the handbook's row, for policies.
        unit: Unit, for KPIs (``sim.words.kpis.Kpi``).
    """

    key: str
    kind: str
    en: str
    zh: str
    said: str
    meaning: dict[str, str]
    handbook: str = ""
    unit: str = ""

    @property
    def names(self) -> frozenset[str]:
        """All that somebody may ask for it by, in one spelling."""
        short = self.key.rpartition(".")[2]
        said = re.split("[、/]", re.sub("（.*?）", "", self.said))
        given = (self.key, short, self.en, self.zh, re.sub("（.*?）", "", self.zh), *said)
        return frozenset(filter(None, map(_plain, given)))


def _plain(text: str) -> str:
    """One spelling of a word: narrow, lower case, underscores as spaces."""
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip()


@cache
def terms() -> tuple[Term, ...]:
    """All words, by kind and then in the order of the catalogue."""
    found = [*_policies(), *_kpis(), *_labels(), *_verbs()]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def _policies() -> list[Term]:
    return [
        Term(
            key=key, kind="policy", en=one.en, zh=one.zh, said=one.said, handbook=one.handbook,
            meaning=_meaning(f"meaning.policy.{key}"),
        )
        for key, one in POLICIES.items()
    ]  # fmt: skip


def _kpis() -> list[Term]:
    return [
        Term(
            key=key, kind="kpi", en=one.en, zh=one.zh, said=SAID.get(f"kpi.{key}", ""),
            unit=one.unit, meaning={"en": one.en_meaning, "zh": one.zh_meaning},
        )
        for key, one in KPIS.items()
    ]  # fmt: skip


def _labels() -> list[Term]:
    """Words whose names are labels of the catalogue and whose meanings are written."""
    return [
        Term(
            key=key, kind=key.partition(".")[0], en=en, zh=zh, said=SAID.get(key, ""),
            meaning=_meaning(f"meaning.{key}"),
        )
        for key, (en, zh) in {**PEOPLE, **INTERFACE}.items()
        if f"meaning.{key}" in MEANINGS
    ]  # fmt: skip


def _verbs() -> list[Term]:
    """Verbs that there are, by what their help says."""
    return [
        Term(
            key=key, kind="verb", en=en, zh=zh, said=SAID.get(key, ""),
            meaning=dict(zip(("en", "zh"), COMMANDS[about], strict=True)),
        )
        for key, (en, zh) in INTERFACE.items()
        if (about := f"cli.about_{key.removeprefix('verb.')}") in COMMANDS
        and key.startswith("verb.")
    ]  # fmt: skip


def _meaning(key: str) -> dict[str, str]:
    return dict(zip(("en", "zh"), MEANINGS.get(key, ("", "")), strict=True))


def find(text: str) -> tuple[Term, ...]:
    """The words that are called so, in either language, by their key or as operators say."""
    asked = _plain(text)
    return tuple(one for one in terms() if asked in one.names)


def nearest(text: str, *, words: Words) -> list[str]:
    """What was perhaps meant, at most three names in a language: those that hold it, then alike."""
    asked = _plain(text)
    labels = {name: one for one in reversed(terms()) for name in one.names}
    holding = [name for name in labels if len(asked) > 1 and asked in name]
    near = sorted(holding, key=len) or difflib.get_close_matches(asked, labels, n=9, cutoff=0.6)
    told = dict.fromkeys(getattr(labels[name], words.lang) for name in near)
    return list(told)[:_NEAR]
