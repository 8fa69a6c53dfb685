"""From what the validator found to errors that say what was written, where, and how to mend it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Any, get_args

from sim.errors import UserError
from sim.parameters import SECTIONS, by_path
from sim.scenario.keys import TOP_KEYS, Keys
from sim.scenario.places import Place
from sim.scenario.sources import policy_values, read_sources
from sim.scenario.toml_text import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_PERCENT = re.compile(r"([-+]?\d*\.?\d+)\s*%")
_WITH_UNIT = re.compile(
    r"[¥$]?\s*(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?)\s*(?P<wan>万)?\s*(?P<unit>[^\d.,]*)"
)


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like a misspelt one, if any is like it."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def near_key(path: str) -> str | None:
    """The key that was probably meant.

    The same word in another section, if there is only one; else a like word in the section that
    was named; else the most similar path.
    """
    section, dot, key = path.partition(".")
    word = key if dot else path
    same = [name for name in by_path() if name.partition(".")[2] == word]
    if len(same) == 1:
        return same[0]
    if dot and section in SECTIONS:
        found = near_miss(word, SECTIONS[section].model_fields)
        return f"{section}.{found}" if found else None
    return near_miss(path, [*TOP_KEYS, *SECTIONS, *by_path(), "schema", "base"])


def schema_mistakes(value: object, *, newest: int) -> list[UserError]:
    """Whether a file's ``schema`` is one that this version reads."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return [UserError("wrong_form", "schema", key="schema", value=written(value))]
    if value > newest:
        return [UserError("cannot_read", "newer_schema", key="schema", value=value, newest=newest)]
    return []


def source_mistakes(value: object, policies: object) -> list[UserError]:
    """Sources of another form, and those of values that the scenario does not have.

    Args:
        value: The table ``sources``.
        policies: The tables ``policies``; None = not known, then no source of theirs is wrong.
    """
    sources, errors = read_sources(value)
    known = [key for key in TOP_KEYS if key not in {"policies", "sources"}]
    known += [*by_path(), *policy_values(policies)]
    for path in sources:
        theirs = path.partition(".")[0] not in SECTIONS
        if path not in known and not (policies is None and theirs):
            meant = near_miss(path, known)
            about = {"key": f"sources.{path}", "path": path, "suggestion": meant}
            errors.append(UserError("unknown_key", "source", **about))
    return errors


def field_mistakes(error: ValidationError, data: Mapping[str, object]) -> list[UserError]:
    """One coded error for each mistake that pydantic found in single fields."""
    unknown_sections = {key for key in data if key not in SECTIONS and key not in TOP_KEYS}
    return [
        _field_mistake(detail, unknown_sections)
        for detail in error.errors(include_url=False, include_context=True)
    ]


def _field_mistake(detail: ErrorDetails, unknown_sections: set[str]) -> UserError:
    key = ".".join(str(part) for part in detail["loc"][:2])
    value = detail["input"]
    match detail["type"]:
        case "extra_forbidden":
            return _unknown(key, value, unknown_sections)
        case "greater_than_equal" | "less_than_equal":
            return _out_of_range(key, value)
        case "literal_error":
            choices = get_args(Keys.model_fields[key].annotation)
            suggestion = near_miss(value, choices) if isinstance(value, str) else None
            return UserError(
                "wrong_form", "choice", key=key, value=written(value),
                choices=list(choices), suggestion=suggestion,
            )  # fmt: skip
        case "model_type" | "model_attributes_type":
            return UserError("wrong_form", "table", key=key, value=written(value))
        case "finite_number":
            return UserError("wrong_form", "finite", key=key, value=str(value))
        case "float_type" | "int_type":
            return _not_a_number(key, value)
        case "string_too_long":
            limit = detail.get("ctx", {}).get("max_length")
            return UserError("out_of_range", "text_length", key=key, limit=limit)
    match key:  # what is left are the three top-level texts
        case "name":
            return UserError("wrong_form", "name", key=key, value=written(value))
        case "start":
            return UserError("wrong_form", "start", key=key, value=written(value))
    return UserError("wrong_form", "text", key=key, value=written(value))


def _unknown(key: str, value: object, unknown_sections: set[str]) -> UserError:
    suggestion = near_key(key)
    if key in unknown_sections and isinstance(value, dict):
        suggestion = near_miss(key, SECTIONS)
    return UserError("unknown_key", "parameter", key=key, suggestion=suggestion)


def _limits(key: str) -> dict[str, Any]:
    """``low``, ``high`` and ``unit`` of a number."""
    if info := by_path().get(key):
        return {"low": info.low, "high": info.high, "unit": info.unit}
    low = high = None
    for bound in Keys.model_fields[key].metadata:
        low = getattr(bound, "ge", low)
        high = getattr(bound, "le", high)
    return {"low": low, "high": high, "unit": key}


def _out_of_range(key: str, value: object) -> UserError:
    return UserError("out_of_range", "limits", key=key, value=value, **_limits(key))


def _not_a_number(key: str, value: object) -> UserError:
    """Text, truth or a list where a number belongs, or a fraction where one counts."""
    text = written(value)
    info = by_path().get(key)
    counts = info.counts if info else True  # days
    if isinstance(value, int) and not isinstance(value, bool):  # beyond every float
        return UserError("out_of_range", "limits", key=key, value=text, **_limits(key))
    if isinstance(value, float):
        return UserError("wrong_form", "whole_number", key=key, value=text, mend=round(value))
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).strip()
        if (percent := _PERCENT.fullmatch(plain)) and not counts:
            mend = f"{float(percent[1]) / 100:.10g}"
            return UserError("wrong_form", "percent", key=key, value=text, mend=mend)
        if (number := _WITH_UNIT.fullmatch(plain)) and "%" not in plain:
            amount = float(number["number"].replace(",", "")) * (10_000 if number["wan"] else 1)
            mend = f"{amount:.10g}"
            if number["unit"] or number["wan"]:
                return UserError("wrong_form", "unit", key=key, value=text, mend=mend)
            return UserError("wrong_form", "quoted_number", key=key, value=text, mend=mend)
    return UserError("wrong_form", "number", key=key, value=text, **_limits(key))


def located(errors: list[UserError], places: Mapping[str, Place]) -> list[UserError]:
    """The same errors with ``file`` and ``line``, in the order of the file."""
    found = []
    for error in errors:
        keys = error.values.get("keys") or (error.values.get("key", ""),)
        assert isinstance(keys, list | tuple)
        place = _place(tuple(str(key) for key in keys), places)
        values = error.values | {"file": place.file, "line": place.line}
        found.append(UserError(error.kind, error.reason, **values))
    return sorted(found, key=_order)


def _place(keys: tuple[str, ...], places: Mapping[str, Place]) -> Place:
    """The first of the keys that was written; else the nearest table around the first key."""
    for key in keys:
        if key in places:
            return places[key]
    path = keys[0]
    while path and path not in places:
        path = path.rpartition(".")[0]
    return places.get(path, Place())


def _order(error: UserError) -> tuple[str, int]:
    line = error.values.get("line")
    return str(error.values.get("file") or ""), line if isinstance(line, int) else 0
