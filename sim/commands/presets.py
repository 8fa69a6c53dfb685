"""``qunsim presets show``: what a community assumes, on what grounds, and what is done in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.parameters import by_path
from sim.report.assumed import own_assumptions
from sim.report.numbers import plain_value
from sim.report.policy_lines import policy_lines
from sim.report.terminal import COLUMNS
from sim.scenario import Scenario
from sim.scenario.keys import FIRMS
from sim.words.typography import wrap

if TYPE_CHECKING:
    from sim.report.assumed import Assumption
    from sim.report.policy_lines import PolicyLine
    from sim.words import Words


def show_preset(name: str, *, words: Words, as_json: bool) -> None:
    """Print a preset, or a scenario file, value by value.

    Raises:
        UserError: As ``Scenario.read`` and ``policies.planning.read_plan``.
    """
    scenario = Scenario.read(name)
    own = own_assumptions(scenario, words=words)
    policies = policy_lines(scenario, words)
    if as_json:
        shell.say_json(_about(scenario, own, policies, words))
        return
    lines = _head(scenario, words)
    lines += ["", words.say("cli.preset_parameters")]
    for key in ("platform", "days"):
        if told := scenario.sources.get(key):
            lines += _indented(_key_line(key, scenario, words), 2)
            lines += _grounds(told.said(words.lang), told.confidence, words)
    for one in own:
        if one.path in by_path():
            text = words.say("cli.preset_line", name=one.meaning, path=one.path, value=_value(one))
            lines += _indented(text, 2)
            lines += _grounds(one.source, one.confidence, words)
    if policies:
        lines += ["", words.say("cli.preset_policies")]
    for line in policies:
        lines += _policy(line, scenario, own, words)
    shell.say(lines)
    hint(words, f"qunsim run {name}")


def _key_line(key: str, scenario: Scenario, words: Words) -> str:
    platform = words.say(f"platform.{scenario.platform}")
    value = platform if key == "platform" else f"{scenario.days} {words.unit('days')}"
    return words.say("cli.preset_line", name=words.say(f"cli.preset_{key}"), path=key, value=value)


def _head(scenario: Scenario, words: Words) -> list[str]:
    number = scenario.groups.number
    size = words.say(
        "cli.preset_size" if number == 1 else "cli.preset_size_groups",
        members=scenario.members.initial, count=number, policies=len(scenario.policies),
        platform=words.say(f"platform.{scenario.platform}"),
    )  # fmt: skip
    texts = [words.say("cli.preset_named", name=words.preset(scenario.name), path=scenario.name)]
    texts += [words.say(about)] if words.has(about := f"about.{scenario.name}") else []
    texts += [size]
    texts += [words.say("cli.preset_firm")] if scenario.name in FIRMS else []
    return [line for text in texts for line in wrap(text, COLUMNS)]


def _policy(line: PolicyLine, scenario: Scenario, own: list[Assumption], words: Words) -> list[str]:
    """A policy, what was set for it, and on what grounds."""
    name = words.policy(line.use)
    text = words.say("cli.preset_line", name=name, path=line.use, value=line.rhythm)
    lines = _indented(text, 2)
    if told := scenario.sources.get(line.use):
        lines += _grounds(told.said(words.lang), told.confidence, words)
    for one in own:
        name, _, key = one.path.rpartition(".")
        if name != line.use or key not in line.written:
            continue
        lines += _indented(f"{key} = {_value(one)}", 6)
        if one.path in scenario.sources:
            lines += _grounds(one.source, one.confidence, words)
    return lines


def _value(one: Assumption) -> str:
    return f"{plain_value(one.value)} {one.unit}"


def _grounds(source: str, confidence: str, words: Words) -> list[str]:
    level = words.say("cli.preset_confidence", confidence=words.say(f"confidence.{confidence}"))
    return _indented(f"{source}{'；' if words.lang == 'zh' else '; '}{level}", 6)


def _indented(text: str, spaces: int) -> list[str]:
    return [" " * spaces + line for line in wrap(text, COLUMNS - spaces)]


def _about(
    scenario: Scenario, own: list[Assumption], policies: list[PolicyLine], words: Words
) -> dict[str, Any]:
    """The same for programs."""
    values = [
        {
            "path": one.path, "value": one.value, "unit": one.unit, "meaning": one.meaning,
            "source": one.source, "confidence": one.confidence,
        }
        for one in own
    ]  # fmt: skip
    return {
        "schema": 1,
        "name": scenario.name,
        "label": words.preset(scenario.name),
        "kind": scenario.kind,
        "platform": scenario.platform,
        "members": scenario.members.initial,
        "parameters": [one for one in values if one["path"] in by_path()],
        "policies": [
            {
                "use": line.use, "start": line.start, "stop": line.stop, "rhythm": line.rhythm,
                "settings": [
                    one for one in values if str(one["path"]).rpartition(".")[0] == line.use
                ],
            }
            for line in policies
        ],
    }  # fmt: skip
