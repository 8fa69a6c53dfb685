"""How a command ends: its exit code, what it prints when something is wrong, where details go.

0 done, 1 internal error (one line and a log file), 2 bad input (a message), 4 finished with failed
runs kept as rows, 130 interrupted with everything finished kept.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import sys
import tempfile
import threading
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from sim.errors import UserError
from sim.words import Words, detect_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DONE, INTERNAL, BAD_INPUT, SOME_FAILED, INTERRUPTED = 0, 1, 2, 4, 130

UsageError: Any = typer.BadParameter.__mro__[1]
"""Base of the mistakes that the parser of the command line reports, in all versions of typer."""

ClickException: Any = UsageError.__mro__[1]


def say(lines: Iterable[str]) -> None:
    """Print lines of a result to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def hint(*lines: str) -> None:
    """Print lines that are no result to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def say_json(value: object) -> None:
    """Print a result as JSON to standard output."""
    say([json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)])


def language_asked(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` says, wherever it stands: messages about the other options need it too."""
    asked = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked


def execute(command: Callable[[list[str], Words], int], arguments: list[str]) -> NoReturn:
    """Run a command line and leave the process.

    Args:
        command: Called with the arguments and the words; returns the exit code.
        arguments: What was typed after the program's name.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    words = Words("en")
    try:
        words = Words(detect_language())
        words = Words(detect_language(language_asked(arguments)))
        code = command(arguments, words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        hint(words.say("stop.plain"))
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = DONE
    except Exception as error:  # noqa: BLE001  the border: nothing may escape as a traceback
        code = _told(error, words)
    _leave(code)


def _told(error: Exception, words: Words) -> int:
    """Tell what went wrong; the exit code."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        error = UserError("no_space", "disk_full", file=error.filename or words.say("cli.output"))
    if isinstance(error, ClickException):
        error = usage_mistake(error)
    if isinstance(error, UserError):
        with contextlib.suppress(OSError):
            hint(words.error(error))
        return BAD_INPUT
    with tempfile.NamedTemporaryFile(
        "w", prefix="qunsim-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"{' '.join(sys.argv)}\n\n")
        log.writelines(traceback.format_exception(error))
    about = f"{type(error).__name__}: {error}".splitlines()[0]
    with contextlib.suppress(OSError):
        hint(words.say("cli.internal", error=about, log=log.name))
    return INTERNAL


def _leave(code: int) -> NoReturn:
    """Leave now, without waiting for a thread that is still computing for nobody."""
    if threading.active_count() > 1:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def usage_mistake(error: Any) -> UserError:
    """A mistake of the command line as one of ours, so that it is told in both languages."""
    option = getattr(error, "option_name", None)
    message = str(getattr(error, "message", error))
    match type(error).__name__:
        case "NoSuchOption":
            near = list(getattr(error, "possibilities", None) or [])
            return UserError("unknown_key", "option", name=option, suggestion=sorted(near)[:1])
        case "BadOptionUsage":
            return UserError("wrong_form", "option_alone", name=option)
        case "MissingParameter":
            parameter = getattr(error, "param", None)
            name = getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
            return UserError("wrong_form", "missing", name=name)
        case "BadParameter":
            parameter = getattr(error, "param", None)
            name = (getattr(parameter, "opts", None) or [getattr(parameter, "name", "")])[0]
            decimal = any(word in message for word in ("valid number", "valid float"))
            return UserError(
                "wrong_form", "option_decimal" if decimal else "option_number", name=name
            )
    found = re.search(r"\(([^()]*)\)\W*$", message)
    if "extra argument" in message and found:
        return UserError("wrong_form", "extra", value=found[1])
    return UserError("wrong_form", "usage", detail=message)
