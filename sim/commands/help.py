"""Help of a verb: two examples that run as they stand, what it does, options in groups.

Texts come from the catalogue of words: an option's ``help`` is its key, its panel a group's key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from sim.errors import UserError
from sim.words import Words, detect_language
from sim.words.typography import pad, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = 80
GROUPS = ("what", "much", "where", "look")
"""Groups of options, in the order shown."""

_LEFT = 26


def _words(ctx: Any) -> Words:
    found = ctx.find_root().obj
    return found if isinstance(found, Words) else Words(detect_language())


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Two columns; a long left side gets a line of its own."""
    lines = []
    for left, right in rows:
        body = wrap(right, COLUMNS - _LEFT)
        if width(left) + 2 > _LEFT - 2:
            lines.append(f"  {left}")
        else:
            lines.append(pad(f"  {left}", _LEFT) + (body.pop(0) if body else ""))
        lines += [" " * _LEFT + line for line in body]
    return [line.rstrip() for line in lines]


def _left(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    names = ", ".join(param.opts)
    return f"{names} {param.metavar}" if param.metavar else names


def _options(ctx: Any, command: Any, words: Words) -> list[str]:
    lines: list[str] = []
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for param in command.get_params(ctx):
        if getattr(param, "hidden", False):
            continue
        ours = words.has(str(param.help))
        group = getattr(param, "rich_help_panel", None) or "look"
        text = words.say(param.help) if ours else words.say("cli.opt_help")
        groups[group].append((_left(param), text))
    for name, rows in groups.items():
        if rows:
            lines += ["", words.say(f"cli.group_{name}"), *_rows(rows)]
    return lines


class Verb(TyperCommand):
    """A verb whose help is ours; ``help`` is its key under ``cli.about_``."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        words = _words(ctx)
        key = str(self.help)
        examples = words.say(f"cli.examples_{key}").split("\n")
        places = " ".join(
            str(param.metavar) for param in self.params if param.param_type_name == "argument"
        )
        about = wrap(words.say(f"cli.about_{key}"), COLUMNS)
        usage = " ".join(filter(None, (ctx.command_path, places, words.say("cli.options"))))
        lines = [words.say("cli.examples"), *(f"  {line}" for line in examples), "", *about, ""]
        lines += [words.say("cli.usage", usage=usage), *_options(ctx, self, words)]
        formatter.write("\n".join(lines) + "\n")


class Verbs(TyperGroup):
    """The program, or a verb with verbs of its own."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        words = _words(ctx)
        key = str(self.help)
        examples = words.say(f"cli.examples_{key}").split("\n")
        rows = [
            (name, words.say(f"cli.about_{command.help}"))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        about = wrap(words.say(f"cli.about_{key}"), COLUMNS)
        lines = [words.say("cli.examples"), *(f"  {line}" for line in examples), "", *about, ""]
        lines += [words.say("cli.group_verbs"), *_rows(rows), *_options(ctx, self, words)]
        formatter.write("\n".join(lines) + "\n")

    def list_commands(self, ctx: Any) -> list[str]:
        """Verbs in the order of the source."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a verb; a wrong one is told with the nearest."""
        import difflib

        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = difflib.get_close_matches(name, list(self.commands), n=1)
            raise UserError("not_found", "verb", name=name, suggestion=near)
        return super().resolve_command(ctx, args)
