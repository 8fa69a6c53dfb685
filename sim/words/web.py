"""The words of the web page: the tables of its parts, joined.

Keys are ``web.<part>.<name>``; each part has a module of its own.
"""

from __future__ import annotations

import importlib

PARTS = (
    "shell", "start", "portrait", "library", "policies", "budget", "compare", "member", "views",
    "server", "setting", "catalogue",
)  # fmt: skip
"""Parts of the page with words: ``sim.words.web_<part>`` holds ``WEB_<PART>``."""

WEB: dict[str, tuple[str, str]] = {
    key: texts
    for part in PARTS
    for key, texts in getattr(
        importlib.import_module(f"sim.words.web_{part}"), f"WEB_{part.upper()}"
    ).items()
}
