"""``qunsim presets`` and ``qunsim policies``: what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from sim.commands import shell
from sim.parameters.base import Confidence
from sim.report.policy_lines import known_texts
from sim.report.terminal import COLUMNS, table_lines
from sim.scenario import Scenario, preset_names
from sim.words.typography import pad, width, wrap

if TYPE_CHECKING:
    from sim.policies import Policy, SettingInfo
    from sim.words import Words


def presets(*, words: Words, as_json: bool) -> None:
    """Print the kinds of community."""
    names = preset_names()
    if as_json:
        shell.say_json(list(names))
        return
    header = [words.say(f"cli.preset_{key}") for key in ("key", "name", "members", "about")]
    rows = [
        (
            name, words.preset(name), str(Scenario.preset(name).members.initial),
            words.say(f"about.{name}"),
        )
        for name in names
    ]  # fmt: skip
    lines = table_lines(header[:3], [row[:3] for row in rows], right=frozenset({2}))
    left = max(map(width, lines)) + 2
    told = [pad(lines[0], left) + header[3]]
    for line, row in zip(lines[1:], rows, strict=True):
        about = wrap(row[3], COLUMNS - left)
        told.append(pad(line, left) + about[0])
        told += [" " * left + more for more in about[1:]]
    shell.say(told)
    hint(words, "qunsim presets show knowledge")


def policies(*, words: Words, as_json: bool) -> None:
    """Print what operators can do."""
    from sim.policies.registry import policy_class, policy_keys

    known = [policy_class(key) for key in policy_keys()]
    if as_json:
        shell.say_json([about(policy) for policy in known])
        return
    header = [words.say(f"cli.policy_{key}") for key in ("id", "key", "name", "said")]
    rows: list[tuple[str, ...]] = []
    for policy in known:
        entry = words.policy_entry(policy.key)
        said = entry.said if entry else ""
        rows.append((words.join(policy.handbook), policy.key, words.policy(policy.key), said))
    if words.lang != "zh":  # what operators call it besides is known in Chinese only
        header, rows = header[:3], [row[:3] for row in rows]
    shell.say(table_lines(header, rows))
    hint(words, "qunsim policies show red_packet")


def about(policy: type[Policy]) -> dict[str, Any]:
    """A policy as ``policies --json`` writes it."""
    from sim.policies import settings_of

    return {
        "name": policy.key,
        "handbook": list(policy.handbook),
        "every": policy.every,
        "parameters": {
            one.name: {
                "default": one.default, "low": one.low, "high": one.high, "unit": one.unit,
                "note": one.note, "source": one.source, "confidence": one.confidence,
            }
            for one in settings_of(policy)
        },
        "kpis": dict(policy.kpis),
        "off": dict(policy.off),
        "evidence": list(policy.evidence),
        "failures": list(policy.failures),
    }  # fmt: skip


def show_policy(key: str, *, words: Words, as_json: bool) -> None:
    """Print what one policy is, costs, rests on, and how it fails.

    Raises:
        UserError: ``not_found``/``policy``.
    """
    from sim.policies import settings_of
    from sim.policies.registry import policy_class

    policy = policy_class(key)
    if as_json:
        shell.say_json(about(policy))
        return
    lines = [f"{words.policy(key)} ({key})  {words.join(policy.handbook)}", ""]
    header = [words.say(f"report.{name}") for name in ("parameter", "value", "limits", "meaning")]
    rows = [_setting_row(key, one, words) for one in settings_of(policy)]
    rows.append(("every", f"{policy.every}", "1 ..", words.say("cli.policy_every")))
    rows.append(("start", "0", "0 ..", words.say("cli.policy_start")))
    rows.append(("stop", "-", "1 ..", words.say("cli.policy_stop")))
    rows += [
        (key, "-", "", words.say(f"cli.policy_{key}"))
        for key in ("weekdays", "groups", "to", "when")
    ]
    lines += table_lines(header, rows)
    arrows = {"+": words.say("cli.policy_up"), "-": words.say("cli.policy_down")}
    moved = [f"{words.kpi(name)} {arrows[way]}" for name, way in policy.kpis.items()]
    sections = {
        "moves": [words.join(moved)],
        "confidence": _trusted(settings_of(policy), words),
        "evidence": known_texts("evidence", key, policy.evidence, words),
        "failures": known_texts("failure", key, policy.failures, words),
    }
    for name, texts in sections.items():
        if texts:
            lines += ["", words.say(f"cli.policy_{name}")]
            for text in texts:
                lines += [f"  {line}" for line in wrap(text, COLUMNS - 2, indent="  ")]
    shell.say(lines)
    hint(words, f"qunsim run knowledge --policy {key}")


def _setting_row(key: str, one: SettingInfo, words: Words) -> tuple[str, str, str, str]:
    text = f"setting.{key}.{one.name}"
    meaning = words.say(text) if words.has(text) else f"{one.note} ({one.unit})"
    return (one.name, f"{one.default:g}", f"{one.low:g} .. {one.high:g}", meaning)


def _trusted(settings: tuple[SettingInfo, ...], words: Words) -> list[str]:
    """Parameters by how far their defaults can be trusted, one line each."""
    colon = "：" if words.lang == "zh" else ": "
    lines = []
    for level in get_args(Confidence):
        names = [one.name for one in settings if one.confidence == level]
        if names:
            lines.append(words.say(f"confidence.{level}") + colon + words.join(names))
    return lines


def hint(words: Words, command: str) -> None:
    """What one does next, on standard error."""
    shell.hint("", f"{words.say('run.next')}  {command}")
