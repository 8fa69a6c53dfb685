"""From a name or a file to plain tables and the places of their keys."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from sim.errors import UserError
from sim.scenario.fullwidth import FullWidth, find_full_width, straight_form
from sim.scenario.keys import PRESETS, name_is_usable, preset_names
from sim.scenario.mistakes import near_miss
from sim.scenario.places import Place, key_lines
from sim.scenario.sources import flat_sources, inherited_sources

LARGEST = 5_000_000
"""Bytes; a scenario of some kilobytes is long."""

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")

Layers = tuple[dict[str, object], dict[str, Place]]
"""Plain tables, with those of the base below, and the place of every key."""


def load_preset(name: str) -> Layers:
    """Tables of a scenario shipped with qunsim.

    Raises:
        UserError: ``not_found``/``preset``.
    """
    if name not in preset_names():
        raise UserError(
            "not_found", "preset", name=name, suggestion=near_miss(name, preset_names())
        )
    return _load_file(PRESETS / f"{name}.toml", shown=f"{name}.toml", above=())


def load(source: str | os.PathLike[str]) -> Layers:
    """Tables of a scenario by preset name or file.

    Raises:
        UserError: What keeps it from being read.
    """
    name = os.fspath(source)
    if isinstance(source, str) and (name in preset_names() or not _looks_like_file(name)):
        return load_preset(name)
    return _load_file(Path(name), shown=name, above=())


def load_text(text: str, *, file: str | None) -> Layers:
    """Tables of a scenario from TOML text.

    Raises:
        UserError: What keeps it from being read.
    """
    data, lines = _parsed(text, shown=file, beside=None)
    return _layers(data, lines, shown=file, folder=None, above=())


def read_tables(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The tables of a TOML file and the lines of their keys.

    Raises:
        UserError: What keeps it from being read.
    """
    return _parsed(_text_of(path, shown=str(path)), shown=str(path), beside=path)


def _looks_like_file(name: str) -> bool:
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return True
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long, or with a NUL: no system has such a file
        return False


def _load_file(path: Path, *, shown: str, above: tuple[Path, ...]) -> Layers:
    text = _text_of(path, shown=shown)
    data, lines = _parsed(text, shown=shown, beside=path)
    above = (*above, path.resolve())
    tables, places = _layers(data, lines, shown=shown, folder=path.parent, above=above)
    if "name" not in tables:
        tables["name"] = _usable_name(path.stem)
    return tables, places


def _layers(
    data: dict[str, Any],
    lines: dict[str, int],
    *,
    shown: str | None,
    folder: Path | None,
    above: tuple[Path, ...],
) -> Layers:
    """A file's own tables over those of its base."""
    if "variants" in data:
        raise UserError("wrong_form", "experiment", file=shown, line=lines["variants"])
    if "sources" in data:
        data["sources"] = flat_sources(data["sources"])
    shipped = folder == PRESETS
    places = {key: Place(shown, line, shipped) for key, line in lines.items()}
    places[""] = Place(shown, shipped=shipped)
    if "base" not in data:
        return data, places
    base, base_places = _base(data.pop("base"), places["base"], folder=folder, above=above)
    for key in ("schema", "name", "title"):  # of the base's own, not inherited
        base.pop(key, None)
    base["sources"] = inherited_sources(base, data)
    replaced = "policies" in data  # a list is replaced as a whole
    inherited = {
        key: place
        for key, place in base_places.items()
        if not (replaced and (key == "policies" or key.startswith("policies.")))
    }
    return _over(data, base), inherited | places


def _base(value: object, place: Place, *, folder: Path | None, above: tuple[Path, ...]) -> Layers:
    where: dict[str, Any] = {"file": place.file, "line": place.line}
    if not isinstance(value, str) or not value:
        raise UserError("wrong_form", "base", key="base", value=str(value), **where)
    if value in preset_names():
        return load_preset(value)
    if folder is None or not value.endswith(".toml"):
        raise UserError(
            "not_found",
            "preset",
            name=value,
            suggestion=near_miss(value, preset_names()),
            **where,
        )
    path = folder / value
    if path.resolve() in above:
        raise UserError("contradiction", "base_loop", key="base", value=value, **where)
    return _load_file(path, shown=value, above=above)


def _over(upper: dict[str, Any], lower: dict[str, Any]) -> dict[str, Any]:
    """Values of ``upper``, else of ``lower``; sections are merged key by key."""
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = below | value
        else:
            merged[key] = value
    return merged


def _usable_name(stem: str) -> str:
    """A file's name as a scenario's name."""
    if name_is_usable(stem):
        return stem
    cleaned = re.sub(r"[^\w-]+", "-", stem)[:40].strip("-.")
    return cleaned if cleaned and name_is_usable(cleaned) else "scenario"


def _text_of(path: Path, *, shown: str) -> str:
    """The text of a file that should hold a scenario."""
    try:
        if path.is_dir():
            raise UserError("cannot_read", "directory", file=shown)
        if not path.exists():
            raise UserError("not_found", "file", file=shown, suggestion=_sibling(path))
        if not path.is_file():
            raise UserError("cannot_read", "not_a_file", file=shown)
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("cannot_read", "denied", file=shown, detail=reason) from error
    if len(raw) > LARGEST:
        raise UserError("too_big", "scenario", file=shown, limit_mb=LARGEST // 1_000_000)
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError("cannot_read", "binary", file=shown)
    try:
        return raw.decode("utf-8-sig")  # editors on Windows put a mark in front
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UserError(
            "cannot_read", "not_utf8", file=shown, line=line, encoding=_encoding_of(raw)
        ) from error


def _encoding_of(raw: bytes) -> str | None:
    """What a file that is not UTF-8 probably is."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030"


def _sibling(path: Path) -> str | None:
    """A file beside a missing one that was probably meant."""
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix == ".toml"]
    except OSError:
        names = []
    return near_miss(path.name, [*names, *preset_names()])


def _parsed(
    text: str, *, shown: str | None, beside: Path | None
) -> tuple[dict[str, Any], dict[str, int]]:
    """The tables of a TOML text and the lines of their keys, or what is wrong with it."""
    try:
        return tomllib.loads(text), key_lines(text)
    except RecursionError as error:
        raise UserError("cannot_read", "nested", file=shown) from error
    except ValueError as error:  # TOMLDecodeError; plain ValueError for numbers too long to read
        raise _broken(text, error, shown=shown, beside=beside) from error


def _broken(text: str, error: ValueError, *, shown: str | None, beside: Path | None) -> UserError:
    position = _POSITION.search(str(error))
    detail = _POSITION.sub("", str(error))
    line = int(position[1]) if position and position[1] else text.count("\n") + 1
    column = int(position[2]) if position and position[2] else None
    found = find_full_width(text) or _suspect(text, line)
    if found is None:
        return UserError("cannot_read", "toml", file=shown, line=line, column=column, detail=detail)
    values: dict[str, Any] = {
        "file": shown,
        "line": found.line,
        "column": found.column,
        "character": found.character,
        "straight": found.straight,
    }
    if fixed := _mended_copy(found.mended, beside):
        return UserError("cannot_read", "full_width", fixed=fixed, **values)
    return UserError("cannot_read", "full_width_only", **values)


def _suspect(text: str, line: int) -> FullWidth | None:
    """A full-width character in the line that broke, where quotes of both kinds hide it."""
    broken = text.split("\n")[line - 1]
    for column, character in enumerate(broken, start=1):
        straight = straight_form(character)
        if straight in {'"', "'"}:
            return FullWidth(character, straight, line, column, mended="")
    return None


def _mended_copy(mended: str, beside: Path | None) -> str | None:
    """Write ``NAME.fixed.toml`` if that reads; its name, or ``None``.

    A file of that name that holds something else is left alone.
    """
    if beside is None or not mended:
        return None
    try:
        tomllib.loads(mended)
    except (ValueError, RecursionError):
        return None
    fixed = beside.with_name(f"{beside.stem}.fixed.toml")
    try:
        if fixed.exists():
            return fixed.name if fixed.read_text("utf-8") == mended else None
        fixed.write_text(mended, encoding="utf-8", newline="")
    except (OSError, ValueError):
        return None
    return fixed.name
