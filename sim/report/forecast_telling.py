"""The sentences of a forecast, the same on the page and in the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.differences import times

if TYPE_CHECKING:
    from sim.study.forecast import ForecastResult
    from sim.study.outlook import Span
    from sim.words import Words

_WEEK = dt.timedelta(weeks=1)
_LATELY = 4  # weeks whose mean is "now"


def day_of(seconds: int) -> dt.date:
    """The UTC date of a moment."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


class ForecastTelling:
    """A forecast in words.

    Attributes:
        result: The forecast.
        words: Language.
        targets: Names of what is forecast, in order.
    """

    def __init__(self, result: ForecastResult, *, words: Words) -> None:
        from sim.study.forecast import TARGETS

        self.result, self.words, self.targets = result, words, TARGETS

    @property
    def origin(self) -> str:
        """The day from which one looks ahead."""
        return self._date(day_of(self.result.until))

    @property
    def past(self) -> bool:
        """Whether that day has passed, as far as the log tells."""
        return bool(self.result.actual.size)

    @property
    def when(self) -> str:
        """The words for that day: now, or the day itself."""
        return self.words.say(f"forecast.than_{'then' if self.past else 'now'}")

    def begins(self, ahead: int) -> str:
        """The first day of a coming week, counted from 0."""
        start = day_of(self.result.start)
        return self._date(start + (self.result.first_week + ahead) * _WEEK)

    def count(self, value: float) -> str:
        """A number of people or messages, whole."""
        return numbers.count(float(np.rint(value)), words=self.words)

    def weeks(self, count: int) -> str:
        """A number of weeks."""
        return self.words.say("forecast.week_one" if count == 1 else "forecast.weeks", count=count)

    def last(self, target: int) -> Span:
        """5th, 50th and 95th in 100 of the last week."""
        low, middle, high = map(float, self.result.quantiles[target, -1, [0, 2, 4]])
        return low, middle, high

    def lately(self, target: int) -> float:
        """The last weeks before the origin, a week."""
        return float(self.result.past[target, -_LATELY:].mean())

    def usual(self, span: Span) -> str:
        """What 90 of 100 futures hold."""
        low, high = self._ends(span)
        if low == high:
            return self.words.say("forecast.always")
        return self.words.say("forecast.usually", span=numbers.span(low, high, words=self.words))

    def now(self, target: int) -> str:
        """How it is now, or was on that day."""
        count = self.count(self.lately(target))
        if target == 1:
            return self.words.say(f"forecast.messages_{self._tense}", count=count)
        if target == 2 and self.past:
            return self.words.say("forecast.newcomers_then", count=count)
        return self.words.say(f"forecast.{self._tense}", count=count, date=self.origin)

    def cells(self, ahead: int) -> list[str]:
        """Middle and range of each target in a coming week, counted from 0."""
        cells = []
        for quantiles in self.result.quantiles[:, ahead]:
            low, middle, high = map(float, quantiles[[0, 2, 4]])
            ends = self._ends((low, middle, high))
            cells.append(f"{self.count(middle)} ({numbers.span(*ends, words=self.words)})")
        return cells

    def times(self, share: float) -> tuple[str, int]:
        """In how many of how many futures."""
        return times(share, n=self.result.replicates, words=self.words)

    def headline(self) -> str:
        """Where the group is going."""
        middle = self.last(0)[1]
        key = "person" if round(middle) == 1 else "people"
        return self.words.say(
            f"forecast.{self.result.outlook.direction}", horizon=self.weeks(self.result.weeks),
            middle=self.words.say(f"forecast.{key}", count=self.count(middle)),
            usual=self.usual(self.last(0)), now=self.now(0),
        )  # fmt: skip

    def more(self) -> tuple[str, ...]:
        """What else belongs to the answer: the chances, newcomers, messages."""
        say, outlook = self.words.say, self.result.outlook
        often, n = self.times(outlook.below)
        chances = say("forecast.quieter", often=often, n=n, when=self.when)
        if outlook.direction != "silent":
            often, n = self.times(outlook.silent)
            chances += say("forecast.falls_silent", often=often, n=n)
        others = say(
            "forecast.others",
            newcomers=self.count(self.last(2)[1]), newcomers_usual=self.usual(self.last(2)),
            newcomers_now=self.now(2), messages=self.count(self.last(1)[1]),
            messages_usual=self.usual(self.last(1)), messages_now=self.now(1),
        )  # fmt: skip
        return chances + self._stop, others

    def who(self) -> tuple[str, ...]:
        """Whom the coming weeks rest on."""
        say, outlook = self.words.say, self.result.outlook
        weeks = self.weeks(self.result.weeks)
        lines = [
            say(
                "forecast.known", members=self.count(self.result.members), horizon=weeks,
                count=self.count(outlook.known[1]), usual=self.usual(outlook.known),
            ),
            say(
                "forecast.fresh", count=self.count(outlook.fresh[1]),
                usual=self.usual(outlook.fresh),
            ),
        ]  # fmt: skip
        if round(outlook.late_known[1]) or round(outlook.late_fresh[1]):
            lines.append(
                say(
                    "forecast.late", late=self.weeks(min(_LATELY, self.result.weeks)),
                    known=self.count(outlook.late_known[1]),
                    fresh=self.count(outlook.late_fresh[1]),
                    share=numbers.share(outlook.fresh_messages[1], words=self.words),
                )
            )  # fmt: skip
        return tuple(lines)

    def inside(self, target: int, *, share: float = 0.9) -> int:
        """Weeks that came inside a range."""
        from sim.study.backtest.scoring import coverage

        came = self.result.actual[target].astype(np.float64)
        held = coverage(self.result.quantiles[target, : came.size], came, share=share)
        return int(np.rint(held * came.size))

    def came(self) -> str:
        """How the forecast did, one line; empty where nothing is known."""
        if not self.past:
            return ""
        weeks = self.result.actual.shape[1]
        parts = [
            self.words.say(
                "forecast.came_part", target=self.words.say(f"describe.{name}_week"),
                inside=self.inside(target), n=weeks,
            )
            for target, name in enumerate(self.targets)
        ]  # fmt: skip
        return self.words.say("forecast.came_line", parts=self.words.join(parts))

    def checked(self) -> str:
        """How forecasts from this log's past did."""
        checked = self.result.checked
        if checked is None:
            return self.words.say("forecast.not_checked")
        key = "forecast.origin_one" if checked.origins == 1 else "forecast.origins"
        return self.words.say(
            "forecast.checked", origins=self.words.say(key, count=checked.origins),
            horizon=self.weeks(checked.weeks),
            **{
                target: numbers.share(held, words=self.words)
                for target, held in checked.inside90.items()
            },
        )  # fmt: skip

    @property
    def _tense(self) -> str:
        return "then" if self.past else "now"

    @property
    def _stop(self) -> str:
        return "。" if self.words.lang == "zh" else "."

    def _ends(self, span: Span) -> tuple[str, str]:
        low, _, high = (float(np.rint(value)) for value in span)
        return (
            numbers.count(low, words=self.words, like=high), numbers.count(high, words=self.words),
        )  # fmt: skip

    def _date(self, day: dt.date) -> str:
        return numbers.calendar_date(day, words=self.words)
