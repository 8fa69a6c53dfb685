"""One member's life as somebody would tell it: the days that matter, and what lay between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report import numbers
from sim.report.telling import Names, chained, counted, listed, often, span

if TYPE_CHECKING:
    from sim.study.life import Event, Life
    from sim.words import Words

_AWAY = 21  # days of silence or absence after which coming back is news
_QUIET = 5  # shorter stretches are passed over
_LIVELY = 5
_RARE = 5
_LATELY = 14
_WINDOW = 28
_SHOWN = 0.05
_NAMED = 4
_MOST = {
    "friend": 2, "friend_left": 3, "brought": 3, "muted": 2, "unmuted": 2, "role": 4, "goods": 2,
    "renewal": 3, "lapsed": 2, "spoke_again": 2, "looked_again": 1,
}  # fmt: skip
"""How often one kind of news is told; what happens more often is counted up."""
_VARIANTS = {"read": 3, "talked": 3, "once": 2, "absent": 2, "meanwhile": 2}


class Story:
    """Tells one life in one language."""

    def __init__(self, life: Life, words: Words) -> None:
        self.life = life
        self.words = words
        self.names = Names(words)
        self.name = self.names.of(life.id)
        self.forms = self.names.pronouns(life.id)
        self.beats: dict[int, list[str]] = {}  # what is told of a day
        self.rest: list[Event] = []
        self.used: dict[str, int] = {}
        self.moods: dict[str, str] = {}
        self.spoken: set[int] = set()  # days of which it is told that he spoke
        self.introduced = False

    def lines(self) -> list[str]:
        """Title, story, ending."""
        return [self.title(), *(text for _, text in self.dated())]

    def title(self) -> str:
        """Whose story it is."""
        return self._say("title", name=self.name, number=self.life.member)

    def dated(self) -> list[tuple[int, str]]:
        """Story and ending, each text with the day it tells of or begins with."""
        life = self.life
        self._collect()
        told: list[tuple[int, str]] = []
        if not any(event.kind == "joined" for event in life.events):
            told.append((life.first, self._opening()))
        before = life.first - 1
        last = life.ending.day
        ends = life.ending.how != "present"
        if ends:
            self._end()
        for day in sorted(self.beats):
            told += self._between(before + 1, day)
            told.append((day, self._day(day)))
            before = day
        if not ends:
            told += self._between(before + 1, last + 1)
            told.append((last, self._standing()))
        if life.ending.reasons:
            told.append((last, self._why()))
        told.append((last, self._total()))
        return told

    def happened(self) -> list[tuple[int, str, str]]:
        """What happened, in order: day, kind of event (or of the ending), words."""
        told = [
            (event.day, event.kind, chained(clauses, words=self.words))
            for event in self.life.events
            if event.kind != "level" and (clauses := self._clauses(event))
        ]
        ending = self.life.ending
        if ending.how != "present" and self.beats:
            told.append((ending.day, ending.how, self.beats[ending.day][-1]))
        return told

    def _say(self, key: str, **values: object) -> str:
        return self.words.say(f"life.{key}", **self.forms, **values)

    def _who(self) -> str:
        """The name at first, the pronoun later."""
        if self.introduced:
            return self.forms["he"]
        self.introduced = True
        return self.name

    def _money(self, fen: float) -> str:
        return numbers.money_words(fen / 100, words=self.words)

    # -- what is worth telling

    def _collect(self) -> None:
        """Sort events into days that matter and the rest, which stretches count up."""
        told: dict[str, int] = {}
        for event in self.life.events:
            kind = str(event.values.get("what", event.kind))
            told[kind] = told.get(kind, 0) + 1
            if told[kind] > _MOST.get(kind, 1_000) or event.kind == "level":
                self.rest.append(event)
                continue
            self._add(event.day, self._clauses(event))
        self._returns()
        self._liveliest()
        self._rare_words()

    def _add(self, day: int, clauses: list[str], *, front: bool = False) -> None:
        if not clauses:
            return
        told = self.beats.get(day, [])
        self.beats[day] = clauses + told if front else told + clauses

    def _clauses(self, event: Event) -> list[str]:
        values = event.values
        match event.kind:
            case "joined":
                person = values["inviter"]
                who = self.names.called(person) if person else ""
                return [self._say(f"joined_{values['channel']}", person=who)]
            case "first_words":
                return [self._first_words(event.day), self._answers(event.day)]
            case "paid":
                return [self._say(f"paid_{values['what']}", money=self._money(values["fen"]))]
            case "refunded":
                return [self._say("refunded", money=self._money(values["fen"]))]
            case "role":
                return [self._say(f"role_{values['after']}")]
            case "moved":
                return [self._say("moved", group=values["group"] + 1)]
            case "muted":
                top, share = next(iter(values["reasons"].items()))
                if top == "ordinary" or share < 0.3:
                    return [self._say("muted")]
                return [self._say("muted_because", reason=self._reason(top, event.day))]
            case "brought" | "friend" | "friend_left":
                return self._people(event)
            case _:
                return [self._say(event.kind)]

    def _people(self, event: Event) -> list[str]:
        """All of one kind on one day in one clause, told with the first of them."""
        same = [
            other for other in self.life.events
            if other.kind == event.kind and other.day == event.day
        ]  # fmt: skip
        if same[0] is not event:
            return []
        names = [self.names.called(other.values["person"]) for other in same[:_NAMED]]
        if len(same) > _NAMED:
            names.append(self._say("others", count=len(same) - _NAMED))
        key = "friends_left" if event.kind == "friend_left" and len(same) > 1 else event.kind
        return [self._say(key, people=listed(names, words=self.words))]

    def _first_words(self, day: int) -> str:
        since = day - self.life.first
        joined = any(event.kind == "joined" for event in self.life.events)
        if not joined:
            return self._say("first_words")
        if since == 0:
            return self._say("first_words_same")
        return self._say("first_words_later", span=span(since, words=self.words))

    def _answers(self, day: int) -> str:
        self.spoken.add(day)
        got = int(self._column("answers")[day - self.life.first])
        if got == 0:
            return self._say("no_answer")
        return counted("life.answers", got, words=self.words, name="answers")

    def _returns(self) -> None:
        """Days on which the member came back after a long absence or silence."""
        for name, key in (("messages", "spoke_again"), ("opened", "looked_again")):
            days = np.flatnonzero(self._column(name))
            gaps = np.diff(days) - 1
            longest = np.argsort(-gaps, kind="stable")[: _MOST[key]]
            for k in longest[gaps[longest] >= _AWAY].tolist():
                day = int(days[k + 1]) + self.life.first
                if key == "looked_again" and self._column("messages")[int(days[k + 1])]:
                    continue  # told already
                clause = [self._say(key, span=span(int(gaps[k]), words=self.words))]
                if name == "messages":
                    clause.append(self._answers(day))
                self._add(day, clause, front=True)

    def _liveliest(self) -> None:
        messages = self._column("messages")
        if (messages > 0).sum() < _LIVELY or messages.max() < _LIVELY:
            return
        day = int(messages.argmax())
        clause = self._say("liveliest", messages=int(messages[day]))
        self._add(day + self.life.first, [clause])

    def _rare_words(self) -> None:
        """Who hardly ever speaks: every day of it is told, unless a stretch will."""
        days = (np.flatnonzero(self._column("messages")) + self.life.first).tolist()
        if len(days) > _RARE:
            return
        for day in days:
            if day in self.beats and day not in self.spoken:
                self._add(day, [self._say("spoke"), self._answers(day)], front=True)

    # -- days and stretches

    def _day(self, day: int) -> str:
        clauses = chained(self.beats[day], words=self.words)
        return self._say("on_day", day=day, who=self._who(), clauses=clauses)

    def _opening(self) -> str:
        life = self.life
        if life.role == "owner":
            return self._say("start_owner", who=self._who())
        if life.channel == "log" or life.old:
            return self._say("start_log", who=self._who())
        what = ""
        if life.role != "lurker":
            what = self._say("start_role", role=self._say(f"a_{life.role}"))
        return self._say("start", who=self._who(), what=what)

    def _between(self, first: int, end: int) -> list[tuple[int, str]]:
        """What filled the days from ``first`` to ``end - 1``."""
        if end - first < _QUIET:
            return []
        part = slice(first - self.life.first, end - self.life.first)
        messages = self._column("messages")[part]
        looked = float(self._column("opened")[part].mean())
        length = span(end - first, words=self.words)
        if messages.sum() > 0:
            answers = int(self._column("answers")[part].sum())
            echo = self._say("echo_none")
            if answers:
                echo = counted("life.echo", answers, words=self.words, name="answers")
            line = self._varied(
                "talked" if (messages > 0).sum() > 1 else "once", span=length,
                often=often(float((messages > 0).mean()), words=self.words, what="talk"),
                said=counted("life.said", int(messages.sum()), words=self.words, name="messages"),
                echo=echo,
            )  # fmt: skip
        elif looked > 0:
            line = self._varied(
                "read", span=length, often=often(looked, words=self.words, what="look")
            )
        else:
            line = self._varied("absent", span=length)
        more = self._meanwhile(first, end)
        if more:
            clauses = chained(more, words=self.words)
            line += " " * (self.words.lang == "en") + self._varied("meanwhile", clauses=clauses)
        return [(first, line[:1].upper() + line[1:])]

    def _varied(self, key: str, **values: object) -> str:
        turn = self.used.get(key, 0) % _VARIANTS[key]
        self.used[key] = self.used.get(key, 0) + 1
        return self._say(key if turn == 0 else f"{key}_{turn}", **values)

    def _meanwhile(self, first: int, end: int) -> list[str]:
        """What else there was in a stretch."""
        part = slice(first - self.life.first, end - self.life.first)
        rest = [event for event in self.rest if first <= event.day < end]
        lost = sum(event.kind == "friend_left" for event in rest)
        brought = sum(event.kind == "brought" for event in rest)
        fen = sum(event.values["fen"] for event in rest if event.kind == "paid")
        blasts = int(self._adverts()[part].sum())
        counts = {
            "packets": int(self._column("packets")[part].sum()),
            "blasts": blasts if blasts >= 3 else 0, "brought": brought, "lost": lost,
        }  # fmt: skip
        names = {"brought": "persons", "lost": "persons"}
        said = [
            counted(f"life.some_{key}", number, words=self.words, name=names.get(key, key))
            for key, number in counts.items()
            if number
        ]
        if fen:
            said.append(self._say("some_orders", money=self._money(fen)))
        levels = [event.values["level"] for event in rest if event.kind == "level"]
        if levels:
            said.append(self._say("level", level=max(levels)))
        return said + (self._mood(part) if self._column("opened")[part].any() else [])

    def _adverts(self) -> Any:
        """Adverts of each day on which the member looked in."""
        return self._column("blasts") * self._column("opened")

    def _mood(self, part: slice) -> list[str]:
        """How feelings moved in a stretch, where one would notice."""
        said = []
        for name, step, up, down in (
            ("engagement", 0.2, "warmer", "colder"), ("trust", 0.08, "trusting", "doubting")
        ):  # fmt: skip
            column = self._column(name)
            before = column[part.start - 1] if part.start else self.life.start[name]
            change = column[part.stop - 1] - before
            key = up if change > 0 else down
            if abs(change) < step or self.moods.get(name) == key:
                continue  # once is enough until it turns
            self.moods[name] = key
            if not (name == "trust" and self.life.role == "owner"):
                said.append(self._say(key))
        return said

    # -- the end

    def _end(self) -> None:
        """The last day, if the member is gone."""
        life, ending = self.life, self.life.ending
        if ending.how in ("left", "owner_goes"):
            clauses = [self._say(ending.how)]
            blasts = int(self._adverts()[-_LATELY:].sum())
            pushed = ending.reasons.get("promotion", 0.0) >= _SHOWN
            if pushed and blasts >= 2:
                clauses = [counted("life.left_adverts", blasts, words=self.words, name="blasts")]
            elif pushed and self._adverts()[-1]:
                clauses = [self._say("left_advert")]
        else:
            name = "messages" if ending.how == "pruned" else "opened"
            days = np.flatnonzero(self._column(name))
            since = life.length - 1 - (int(days[-1]) if len(days) else 0)
            clauses = [self._say(ending.how, span=span(since, words=self.words))]
        self._add(ending.day, clauses)

    def _why(self) -> str:
        reasons = self.life.ending.reasons
        if list(reasons) == ["ordinary"]:
            return self._say("why_ordinary")
        said = [
            self._say(
                "reason", what=self._reason(key, self.life.ending.day),
                share=numbers.share(part, words=self.words).replace(".0", ""),
            )
            for key, part in reasons.items()
            if part >= _SHOWN
        ]  # fmt: skip
        return self._say("why", reasons=self.words.join(said))

    def _reason(self, key: str, day: int) -> str:
        """The name of a push; what was missing is read from the last four weeks."""
        if key != "unrewarded":
            return self._say(f"because_{key}")
        end = day - self.life.first + 1
        lately = slice(max(0, end - _WINDOW), end)
        if self._column("messages")[lately].any():
            heard = self._column("answers")[lately].any()
            return self._say("because_unrewarded" if heard else "because_unanswered")
        company = self._column("company")[lately].any()
        return self._say("because_unrewarded" if company else "because_alone")

    def _standing(self) -> str:
        """How the member stands on the last day."""
        life = self.life
        looked, messages = self._column("opened")[-_LATELY:], self._column("messages")[-_LATELY:]
        if messages.any():
            how = often(float((messages > 0).mean()), words=self.words, what="talk")
            clauses = [self._say("now_talking", often=how)]
        elif looked.any():
            how = often(float(looked.mean()), words=self.words, what="look")
            clauses = [self._say("now_reading", often=how)]
        else:
            days = np.flatnonzero(self._column("opened"))
            since = life.length - 1 - (int(days[-1]) if len(days) else 0)
            clauses = [self._say("now_absent", span=span(since, words=self.words))]
        if self._muted():
            clauses.append(self._say("now_muted"))
        if life.paid_until is not None:
            clauses.append(self._say("now_paying", day=life.paid_until))
        if life.friends:
            people = [self.names.called(friend) for friend in life.friends[:3]]
            clauses.append(self._say("now_friends", people=listed(people, words=self.words)))
        last = self.life.first + life.length - 1
        joined = ("，" if self.words.lang == "zh" else ", ").join(clauses)
        return self._say("still", day=last, who=self._who(), clauses=joined)

    def _muted(self) -> bool:
        turns = [event.kind for event in self.life.events if event.kind in ("muted", "unmuted")]
        return bool(turns) and turns[-1] == "muted"

    def _total(self) -> str:
        messages, answers = (int(self._column(name).sum()) for name in ("messages", "answers"))
        items = [self._say("total_silent")]
        if messages:
            items = [
                counted(f"life.total_{key}", number, words=self.words, name="count")
                for key, number in (("messages", messages), ("answers", answers))
            ]
        fen = float(self._column("fen").sum())
        if fen > 0:
            items.append(self._say("total_money", money=self._money(fen)))
        brought = sum(event.kind == "brought" for event in self.life.events)
        if brought:
            items.append(counted("life.total_brought", brought, words=self.words, name="count"))
        return self._say("total", items=self.words.join(items))

    def _column(self, name: str) -> Any:
        return self.life.days[name]
