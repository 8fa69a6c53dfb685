"""How one says who somebody is, how long, how often: the small change of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.words.names import NAMES, NUMBERS, PRONOUNS

if TYPE_CHECKING:
    from sim.study.life import Person
    from sim.words import Words

_SPREAD = 2654435761  # Knuth's multiplicative hash: founders are numbered one after the other
_OFTEN = ((0.75, "daily"), (0.35, "half"), (0.12, "weekly"), (0.0, "rare"))


class Names:
    """Names of the people of one story, no two alike.

    The name is made from the number that keys a member's luck, so it is the same in every variant;
    where two in one story would share one, who is named later takes the next.

    Args:
        words: Language.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._given: dict[int, int] = {}

    def of(self, number: int) -> str:
        """The name of a member."""
        return NAMES[self._place(number)][self._words.lang == "zh"]

    def called(self, person: Person) -> str:
        """How others speak of a person: the owner by his office."""
        if person.role == "owner":
            return self._words.say("life.the_owner")
        return self.of(person.id)

    def pronouns(self, number: int) -> dict[str, str]:
        """``he``, ``him`` and ``his`` of a member; empty texts in Chinese."""
        forms = PRONOUNS[NAMES[self._place(number)][2]]
        return dict.fromkeys(forms, "") if self._words.lang == "zh" else forms

    def _place(self, number: int) -> int:
        if number not in self._given:
            place = (number * _SPREAD % 2**32) * len(NAMES) >> 32
            while place in self._given.values() and len(self._given) < len(NAMES):
                place = (place + 1) % len(NAMES)
            self._given[number] = place
        return self._given[number]


def name_of(number: int, *, words: Words) -> str:
    """The name of the member whom this number keys."""
    return Names(words).of(number)


def number_word(number: int, *, words: Words) -> str:
    """A small number as a word before a noun, a larger one in digits."""
    table = NUMBERS[words.lang]
    return table[number] if 0 <= number < len(table) else f"{number:,}"


def counted(key: str, number: int, *, words: Words, name: str) -> str:
    """A text with a count in it; English spells small ones, Chinese writes digits."""
    shown = str(number) if words.lang == "zh" else number_word(number, words=words)
    special = {0: f"{key}_none", 1: f"{key}_one"}.get(number, "")
    return words.say(special) if words.has(special) else words.say(key, **{name: shown})


def span(days: float, *, words: Words) -> str:
    """A length of time as one says it: ``three weeks``, ``两个月``."""
    whole = max(1, round(days))
    if whole == 1:
        return words.say("life.one_day")
    if whole == 7:
        return words.say("life.one_week")
    if 170 <= whole <= 195:
        return words.say("life.half_year")
    for low, unit, key in ((700, 365, "years"), (53, 30.4, "months"), (13, 7, "weeks")):
        if whole >= low and not (key == "months" and whole >= 350):
            number = number_word(round(whole / unit), words=words)
            return words.say(f"life.some_{key}", number=number)
        if key == "years" and whole >= 350:
            return words.say("life.one_year")
    return words.say("life.some_days", number=number_word(whole, words=words))


def often(share: float, *, words: Words, what: str) -> str:
    """How often in a stretch of days.

    Args:
        share: Share of the days.
        words: Language.
        what: ``look`` or ``talk``.
    """
    return words.say(f"life.{what}_" + next(key for least, key in _OFTEN if share >= least))


def chained(items: list[str], *, words: Words) -> str:
    """Clauses or names one after the other: ``a, b and c``, in Chinese by commas."""
    if words.lang == "zh":
        return "，".join(items)
    head, last = items[:-1], items[-1]
    return ", ".join(head) + " and " + last if head else last


def listed(items: list[str], *, words: Words) -> str:
    """Names in a list: ``a, b and c``, ``a、b、c``."""
    return words.join(items) if words.lang == "zh" else chained(items, words=words)
