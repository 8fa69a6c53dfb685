"""Values that arrive as text: ``--set member.activity_sigma=2.1``."""

from __future__ import annotations

import tomllib

from sim.errors import UserError


def parse_assignment(text: str) -> tuple[str, object]:
    """Split ``path=value`` and read the value as TOML would.

    Args:
        text: For example ``days=180``, ``platform=qq``, ``start=2026-05-04``,
            ``policies=[]``. Text needs no quotes.

    Returns:
        The dotted path and the value; whether they exist and fit is checked by
        ``Scenario.replace``.

    Raises:
        UserError: ``wrong_form``/``assignment`` if there is no path or no equals sign.
    """
    path, equals, value = text.partition("=")
    path = path.strip()
    if not equals or not path or any(character.isspace() for character in path):
        raise UserError("wrong_form", "assignment", value=text)
    value = value.strip()
    if "\n" in value:
        return path, value
    try:
        return path, tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        return path, value  # a word without quotes
