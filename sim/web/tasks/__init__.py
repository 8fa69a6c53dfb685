"""What worker processes do for the web application, one module a kind of task.

A task reads what it was asked, simulates, and leaves views (``view.en.json``, ``view.zh.json``)
and downloads (``files/``) in its own folder. Started again in the same folder it goes on with what
is there. A ``UserError`` says what the user can mend.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.web.tasks.base import Asked, Channel

KINDS = {
    "compare": "compare",
    "explain": "explain",
    "plan": "plan",
    "import": "import_log",
    "forecast": "forecast",
    "report": "report",
    "life": "life",
    "members": "members",
}
"""Module of each kind of task."""


def task(kind: str) -> Callable[[Asked, Channel], None]:
    """What does tasks of a kind; its module and all that it needs are imported now.

    Raises:
        KeyError: No such kind.
    """
    module = import_module(f"{__name__}.{KINDS[kind]}")
    do: Callable[[Asked, Channel], None] = module.do
    return do
