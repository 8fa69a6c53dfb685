"""What the terminal shows: progress, the result of a run, tables. At most 80 columns.

Progress and hints go to standard error, results to standard output. Nothing is coloured, so that
``NO_COLOR`` has nothing to switch off and a copied text is the text.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Self

from sim.report import numbers
from sim.words.typography import clip, fold, pad, width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import TextIO

    from sim.words import Words

COLUMNS = 80
FIRST_FIVE = ("members", "active_30d", "retention_d30", "profit", "stage")
"""The few numbers of a run that everybody is shown."""

_BAR, _SHORT_BAR = 28, 10
_REDRAW = 0.2  # seconds: at most five times a second
_PLAIN = 10.0  # seconds between lines where nothing can be redrawn
_LEFT_AFTER = 2.0  # seconds before a time left is worth saying


class Progress:
    """How far a calculation is: one line that is redrawn, or a plain line every ten seconds.

    Args:
        total: Steps to do; may be changed later (``progress.total = n``).
        words: Language.
        unit: What is counted, a key of ``unit.*``.
        quiet: Never redraw.
        stream: Where to write; standard error by default.
        environ: Environment; ``CI`` set means that nothing is redrawn.
        clock: Seconds, monotonic.

    Example:
        with Progress(50, words=words) as progress:
            progress.update(12)
    """

    def __init__(
        self,
        total: int,
        *,
        words: Words,
        unit: str = "future",
        quiet: bool = False,
        stream: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self._words, self._unit, self._clock = words, unit, clock
        self._stream = sys.stderr if stream is None else stream
        environ = os.environ if environ is None else environ
        self._redraws = self._stream.isatty() and not quiet and not environ.get("CI")
        self._start = self._last = clock()
        self._first_done: int | None = None
        self._drawn = 0
        self._done = self._failed = 0
        self._extra = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.clear()

    def update(self, done: int, *, failed: int = 0, extra: str = "") -> None:
        """Say how much is done; draws only if it is time to.

        Args:
            done: Steps done, those found finished from an earlier run included.
            failed: Of these, steps that failed.
            extra: What else is known so far, e.g. the precision reached.
        """
        if self._first_done is None:
            self._first_done = done
        self._done, self._failed, self._extra = done, failed, extra
        now = self._clock()
        if now - self._last >= (_REDRAW if self._redraws else _PLAIN):
            self._last = now
            self._draw(self.line())

    def line(self) -> str:
        """The line as it stands now."""
        return self._line(*self._time_left())

    def finish(self) -> None:
        """The last line: everything done, and the time it took."""
        took = clock_time(self._clock() - self._start, words=self._words)
        self._draw(self._line(self._words.say("progress.took", time=took)))
        if self._redraws:
            self._stream.write("\n")
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away, so that a message can stand in its place."""
        if self._redraws and self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()
            self._drawn = 0

    def _line(self, *times: str) -> str:
        """Bar, counts and what else there is; the bar gives way to what else there is."""
        words = self._words
        failed = [words.say("progress.failed", count=self._failed)] if self._failed else []
        tail = [*times, *failed, *([self._extra] if self._extra else [])]
        share = min(1.0, self._done / self.total) if self.total else 1.0

        def text(bar: int) -> str:
            full = int(share * bar)
            counts = words.say(
                "progress.bar", bar=f"[{'#' * full}{'-' * (bar - full)}]", percent=int(share * 100),
                done=f"{self._done:,}", total=f"{self.total:,}",
                unit=words.say(f"unit.{self._unit}"),
            )  # fmt: skip
            return "  ".join([counts, *tail])

        over = max(0, width(text(_BAR)) - (COLUMNS - 1))
        # The last column stays free: some terminals would go on to the next line.
        return clip(text(max(_SHORT_BAR, _BAR - over)), COLUMNS - 1)

    def _time_left(self) -> list[str]:
        passed = self._clock() - self._start
        new = self._done - (self._first_done or 0)
        if passed < _LEFT_AFTER or new <= 0 or self._done >= self.total:
            return []
        left = passed / new * (self.total - self._done)
        return [self._words.say("progress.left", time=clock_time(left, words=self._words))]

    def _draw(self, line: str) -> None:
        if self._redraws:
            used = width(line)
            self._stream.write("\r" + line + " " * max(0, self._drawn - used))
            self._drawn = used
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


def clock_time(seconds: float, *, words: Words) -> str:
    """A time to wait, rounded as one says it: ``0:06``, ``3 min``, ``2 h``."""
    if seconds < 60:
        return f"0:{int(seconds):02d}"
    if seconds < 5400:
        return words.say("progress.minutes", count=round(seconds / 60))
    return words.say("progress.hours", count=round(seconds / 3600))


def stopped_line(*, done: int, total: int, words: Words) -> str:
    """What Ctrl-C leaves behind."""
    return words.say("stop.kept", done=done, total=total) if done else words.say("stop.nothing")


def headline(title: str, badge: str) -> list[str]:
    """A title with the badge at the right edge, or beneath where both do not fit."""
    if width(title) + 2 + width(badge) <= COLUMNS:
        return [pad(title, COLUMNS - width(badge)) + badge]
    return [*fold(title, COLUMNS), badge]


def table_lines(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()
) -> list[str]:
    """A table in at most 80 columns; the widest column gives way.

    Args:
        header: One text a column; all empty = no header line.
        rows: Texts, as many a row as the header has.
        right: Columns of numbers, set flush right.

    Returns:
        The lines, without trailing spaces.
    """
    lines = [list(header), *map(list, rows)] if any(header) else [list(row) for row in rows]
    widths = [max((width(row[i]) for row in lines), default=0) for i in range(len(header))]
    while sum(widths) + 2 * (len(widths) - 1) > COLUMNS and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return [
        "  ".join(
            pad(clip(text, columns), columns, right=i in right)
            for i, (text, columns) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in lines
    ]


def run_summary_lines(
    summary: Mapping[str, Mapping[str, Any]],
    *,
    words: Words,
    name: str,
    members: int,
    days: int,
    futures: int,
    badge: str = "not_fitted",
    keys: Sequence[str] = FIRST_FIVE,
    report: str = "",
    next_command: str = "",
    failed: int = 0,
    notes: Sequence[str] = (),
) -> list[str]:
    """The result of ``qunsim run``: a few numbers, the group's life in one sentence, what next.

    Args:
        summary: ``{kpi: {mean, sd, p05, p25, p50, p75, p95, n, never, shares, small_n, why}}`` of
            one variant, as in ``summary.json``.
        words: Language.
        name: The community, as people call it.
        members: Members at the start.
        days: Horizon H.
        futures: Simulated futures that finished.
        badge: Key of ``badge.*``.
        keys: KPIs to show.
        report: Path of the report, if one was written.
        next_command: A command that can be pasted.
        failed: Futures that failed.
        notes: Warnings, already worded.

    Returns:
        Lines of at most 80 columns (a path or command that is longer stays whole).
    """
    title = "run.title_one" if futures == 1 else "run.title"
    values = {"name": name, "members": numbers.count(members, words=words)}
    lines = headline(words.say(title, days=days, futures=futures, **values), words.badge(badge))
    lines += ["", *_number_lines(summary, keys, days=days, words=words)]
    if life := life_sentence(summary, days=days, words=words):
        lines += [f"  {line}" for line in wrap(life, COLUMNS - 2)]
    if any(summary.get(key, {}).get("small_n") for key in keys):
        lines += [f"  {line}" for line in wrap(words.say("run.few"), COLUMNS - 2)]
    if failed:
        lines.append("  " + words.say("run.failed", failed=failed, total=futures + failed))
    label = words.say("warning.label") + ("：" if words.lang == "zh" else ": ")
    for note in notes:
        lines += wrap(label + note, COLUMNS, indent="  ")
    commands = [(next_command, "")] if next_command else []
    return lines + next_lines(report, commands, words)


def life_sentence(summary: Mapping[str, Mapping[str, Any]], *, days: int, words: Words) -> str:
    """When the group is busiest, and whether it fades: one sentence, empty if unknown."""
    peak, half = summary.get("peak_day", {}), summary.get("half_life_days", {})
    if peak.get("p50") is None:
        return ""
    late = (peak.get("at_edge") or 0) > 0.5
    parts = [words.say("run.peak_late") if late else words.say("run.peak", day=round(peak["p50"]))]
    total = half.get("n") or 0
    never = round((half.get("never") or 0) * total)
    if total and not late:
        if half.get("p50") is not None:
            parts.append(words.say("run.halved", half=round(half["p50"])))
        else:
            parts.append(words.say("run.not_halved", count=never, total=total, days=days))
    zh = words.lang == "zh"
    return ("；" if zh else "; ").join(parts) + ("。" if zh else ".")


def value_and_range(
    key: str, entry: Mapping[str, Any], *, words: Words, dash: str = "-", short: bool = False
) -> tuple[str, str]:
    """The middle value of a KPI over futures, and what is said about its spread.

    Args:
        key: Key of the KPI.
        entry: Its summary.
        words: Language.
        dash: What stands for an undefined value.
        short: Whether there is little room for the range.

    Returns:
        Value and range; the range is empty with fewer than 20 futures.
    """
    if key == "stage":
        return _stage(entry, words, dash)
    low, middle, high = (entry.get(name) for name in ("p05", "p50", "p95"))
    total = entry.get("n") or 0
    never = round((entry.get("never") or 0) * total)
    pays = key == "payback_day"
    if middle is None:
        if never:
            word = "verdict.never_pays" if pays else "verdict.never"
            return words.say(word), words.say("run.stages", count=never, total=total)
        if why := entry.get("why"):
            return dash, words.say("run.undefined_why", why=words.say(f"report.why_{why}"))
        return dash, words.say("run.undefined")
    if low is None or high is None or entry.get("small_n"):
        said = "run.never_pays_in" if pays else "run.never_in"
        spread = words.say(said, count=never, total=total) if never else ""
        return numbers.kpi(middle, key, words=words), spread
    value = numbers.kpi(middle, key, words=words, half_width=(high - low) / 2)
    ends = numbers.kpi_ends(low, high, key, words=words)
    if ends[0] == ends[1] == value:  # a range of one number is no range
        return value, words.say("run.stages", count=total, total=total)
    said = "run.usually_short" if short else "run.usually"
    return value, words.say(said, low=ends[0], high=ends[1])


def _stage(entry: Mapping[str, Any], words: Words, dash: str) -> tuple[str, str]:
    shares, total = entry.get("shares") or {}, entry.get("n") or 0
    counts = {name: round(share * total) for name, share in shares.items() if share > 0}
    if not counts:
        return dash, words.say("run.undefined")
    order = sorted(counts, key=counts.__getitem__, reverse=True)
    parts = [words.say("run.stages", count=counts[order[0]], total=total)]
    parts += [
        words.say("run.stage_more", name=words.stage(name), count=counts[name])
        for name in order[1:]
    ]
    return words.stage(order[0]), ("；" if words.lang == "zh" else "; ").join(parts)


def _number_lines(
    summary: Mapping[str, Mapping[str, Any]], keys: Sequence[str], *, days: int, words: Words
) -> list[str]:
    """One line a KPI: label, value, range; what they refer to stands before or above them."""
    rows = [
        (words.kpi(key), *value_and_range(key, summary[key], words=words))
        for key in keys
        if key in summary
    ]
    lead = words.say("run.after", days=days)
    columns = [max((width(row[i]) for row in rows), default=0) for i in range(3)]
    beside = 2 + width(lead) + 2 + sum(columns) + 4 <= COLUMNS
    indent = " " * (width(lead) + 4 if beside else 4)
    behind = width(indent) + columns[0] + columns[1] + 4
    lines = [] if beside else [f"  {lead}"]
    for i, (label, value, spread) in enumerate(rows):
        start = pad(f"  {lead}  ", width(indent)) if beside and i == 0 else indent
        text = f"{start}{pad(label, columns[0])}  {pad(value, columns[1])}  {spread}".rstrip()
        lines += wrap(text, COLUMNS, indent=" " * behind)
    return lines


def next_lines(report: str, commands: Sequence[tuple[str, str]], words: Words) -> list[str]:
    """Where the report is, and commands with what they are good for where there is room.

    Args:
        report: Path of the report; empty = none was written.
        commands: Commands that can be pasted, each with what it is good for.
        words: Language.
    """
    labels = [words.say("run.report"), words.say("run.next")]
    column = max(map(width, labels)) + 2
    longest = max((width(command) for command, _ in commands), default=0) + 2
    lines = [pad(labels[0], column) + report] if report else []
    for number, (command, why) in enumerate(commands):
        head = pad(labels[1] if number == 0 else "", column)
        beside = head + pad(command, longest) + why
        fits = width(beside.rstrip()) <= COLUMNS
        lines.append(beside.rstrip() if fits else head + command)
        if not fits and why:
            lines += [" " * (column + 2) + line for line in fold(why, COLUMNS - column - 2)]
    return ["", *lines] if lines else []


def labelled(label: str, paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs beside a label that stands in front of the first line; empty ones are left out."""
    label += "  "
    lines = [
        line for text in filter(None, paragraphs) for line in fold(text, COLUMNS - width(label))
    ]
    indent = " " * width(label)
    return [(indent if number else label) + line for number, line in enumerate(lines)]
