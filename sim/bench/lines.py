"""The result of a benchmark as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.bench.sizes import size_label
from sim.words.typography import pad, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.words import Words

COLUMNS = 80
_LABEL, _CELL = 38, 14


def bench_lines(result: Mapping[str, Any], words: Words) -> list[str]:
    """What ``qunsim bench`` prints.

    Args:
        result: As ``bench`` returned it, also when read back from a file.
        words: The language.

    Returns:
        Lines of at most 80 columns.
    """
    sizes = list(result["ns_per_member_day"])
    lines = [
        words.say("bench.title", machine=result["machine"]),
        "",
        _row(words.say("bench.members"), [size_label(size) for size in sizes]),
    ]
    lines += [
        _row(words.say(f"bench.{label}"), [_figure(result[key].get(size)) for size in sizes])
        for label, key in (
            ("everything", "ns_per_member_day"),
            ("neutral", "ns_per_member_day_neutral"),
            ("lite", "community_lite_ns"),
            ("ratio", "day_over_community_lite"),
        )
    ]
    told = [
        words.say("bench.bytes", count=_figure(result["bytes_per_member"])),
        words.say(
            "bench.ensemble",
            busy=_figure(result["ensemble_runs_per_second"]),
            neutral=_figure(result["ensemble_runs_per_second_neutral"]),
        ),
        words.say(
            "bench.policies",
            talking=_figure(result["policies_over_none"]["talking_20"]),
            messages=_figure(result["policies_over_none"]["talking_20_messages"]),
            trading=_figure(result["policies_over_none"]["trading_20"]),
            reacting=_figure(result["policies_over_none"]["reacting_5"]),
        ),
        words.say("bench.lite_is"),
    ]
    lines += ["", *(line for text in told for line in wrap(text, COLUMNS))]
    return lines + (_peer_lines(result, words) if result["peers"] else [])


def _peer_lines(result: Mapping[str, Any], words: Words) -> list[str]:
    """Speeds of others, and how many times slower than ours each is."""
    own = result["community_lite"]
    sizes = list(next(iter(result["peers"].values())))
    lines = ["", *wrap(words.say("bench.peers"), COLUMNS), ""]
    lines.append(_row(words.say("bench.members"), [size_label(size) for size in sizes]))
    lines.append(_row("qunsim", [_figure(own.get(size)) for size in sizes]))
    reasons: list[str] = []
    for name, speeds in result["peers"].items():
        detail = result["details"][name]
        label = (detail["requirement"] or name).replace("==", " ")
        cells = [_beside(speeds[size], own.get(size)) for size in sizes]
        lines.append(_row(label, cells))
        if reason := detail["not_available"]:
            text = words.say("bench.not_available", name=name, reason=reason)
            reasons += wrap(text, COLUMNS, indent="  ")
    return lines + (["", *reasons] if reasons else [])


def _beside(speed: float | None, own: float | None) -> str:
    if speed is None or own is None:
        return _figure(speed)
    return f"{_figure(speed)} (x{_figure(own / speed)})"


def _row(label: str, cells: Sequence[str]) -> str:
    return pad(label, _LABEL) + "".join(pad(cell, _CELL, right=True) for cell in cells)


def _figure(value: float | None) -> str:
    """Three figures that count; a dash for what was not measured."""
    if value is None:
        return "—"
    decimals = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{decimals}f}"
