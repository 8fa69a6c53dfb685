"""A work (方案): one community, what may be done with it, and how it is judged.

It is what the page edits, the server keeps and a ``.qunsim`` file holds. Here stand its form, with
limits that keep one browser from asking for more than a computer can do, and its way into an
experiment, the form that everything else in qunsim reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sim.errors import UserError, UserErrors
from sim.parameters import by_path
from sim.scenario.keys import NAME_LENGTH, name_is_usable, preset_names
from sim.scenario.mistakes import near_key, near_miss
from sim.scenario.toml_text import table_lines, written
from sim.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

SCHEMA = 1
MOST_VARIANTS = 5
"""Beside the baseline: more columns than six nobody reads."""
MOST_POLICIES = 60
MOST_MEMBERS = 20_000
MOST_CHANGES = 400
"""Changed parameters; there are fewer than that."""

LIMITS: Mapping[str, tuple[float, float]] = {
    "days": (14, 1095),
    "futures": (10, 1000),
    "precision": (0.001, 1.0),
    "budget": (0, 1e9),
    "minutes": (0, 10_080),
    "seed": (0, 2**53 - 1),  # the largest whole number that a browser holds
}
"""Lowest and highest value of the numbers of a work."""

MEMBERS = "members.initial"
_ALSO_SET = ("platform", "start")  # keys outside the sections that a work may set
_MOST_KEYS, _MOST_TEXT, _MOST_ITEMS, _MOST_NUMBER = 40, 500, 256, 1e15
_BASE = "base"  # sim.study.variant.BASE; importing it loads what studies need
_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")  # looks alike

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _refuse(kind: str, reason: str, /, **values: Any) -> NoReturn:
    """Refuse a value with an error that ``sim.words`` has a sentence for."""
    raise PydanticCustomError(
        "user", "{kind}/{reason}", {"kind": kind, "reason": reason, "values": values}
    )


def _plain(value: object) -> bool:
    """Whether a value is one that a policy or a parameter may have."""
    if isinstance(value, str):
        return len(value) <= _MOST_TEXT and not any("\ud800" <= one <= "\udfff" for one in value)
    return isinstance(value, int | float) and abs(value) <= _MOST_NUMBER  # NaN is not


def _checked(table: dict[str, Any]) -> dict[str, Any]:
    """A table of plain values and short lists of them, as TOML has them too."""
    for key, value in table.items():
        listed = value if isinstance(value, list) else [value]
        if len(listed) > _MOST_ITEMS or not all(map(_plain, listed)) or not _plain(key):
            _refuse("wrong_form", "work_form", inner=key, value=_shown(value))
    return table


def _policy(table: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(table.get("use"), str):
        _refuse("wrong_form", "work_missing", inner="use")
    if len(table) > _MOST_KEYS:
        _refuse("out_of_range", "work_many", value=len(table), high=_MOST_KEYS)
    return _checked(table)


def _changes(table: dict[str, Any]) -> dict[str, Any]:
    if len(table) > MOST_CHANGES:
        _refuse("out_of_range", "work_many", value=len(table), high=MOST_CHANGES)
    for path in table:
        if path not in by_path() and path not in _ALSO_SET:
            _refuse("unknown_key", "parameter", inner=path, suggestion=near_key(path))
    members = table.get(MEMBERS)
    if isinstance(members, int | float) and members > MOST_MEMBERS:
        _refuse("out_of_range", "between", inner=MEMBERS, value=members, low=1, high=MOST_MEMBERS)
    return _checked(table)


Value = bool | int | float | str | list[bool | int | float | str]
PolicyTable = Annotated[
    dict[str, Any],
    Field(json_schema_extra={"required": ["use"], "properties": {"use": {"type": "string"}}}),
    AfterValidator(_policy),
]
"""One policy as files have it: ``use``, when, where and for whom, and settings of its own."""
Changes = Annotated[dict[str, Any], AfterValidator(_changes)]
"""Values of parameters by dotted path."""


def _number(name: str, default: Any) -> Any:
    low, high = LIMITS[name]
    return Field(default, ge=low, le=high)


def _policies() -> Any:
    return Field((), max_length=MOST_POLICIES, strict=False)


class _Part(BaseModel):
    """Part of a work: immutable, no unknown keys, nothing taken for something else."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False,
        validate_by_name=True, validate_by_alias=True, serialize_by_alias=True,
    )  # fmt: skip


class Community(_Part):
    """Where a work begins: a kind of community, or one fitted to a chat log.

    Attributes:
        preset: Key of a preset.
        upload: Id of an upload.
    """

    preset: str | None = Field(None, max_length=NAME_LENGTH)
    upload: str | None = Field(None, max_length=64)

    @model_validator(mode="after")
    def _one(self) -> Community:
        if (self.preset is None) == (self.upload is None):
            _refuse("wrong_form", "work_community")
        known = preset_names()
        if self.preset is not None and self.preset not in known:
            near = near_miss(self.preset, known)
            _refuse("not_found", "preset", inner="preset", name=self.preset, suggestion=near)
        if self.upload is not None and not _ID.fullmatch(self.upload):
            _refuse("not_found", "upload", inner="upload", name=self.upload)
        return self


class WorkVariant(_Part):
    """What is done otherwise than now.

    Attributes:
        name: What it is called.
        policies: Policies that are added.
        without: Keys of policies that are left out.
        set: Values of parameters that are unlike the baseline's.
    """

    name: str = Field("", max_length=NAME_LENGTH)
    policies: tuple[PolicyTable, ...] = _policies()
    without: tuple[str, ...] = _policies()
    set: Changes = Field(default_factory=dict)


class WorkRun(_Part):
    """A task of a work, as lists of works show it.

    Attributes:
        id: The task's.
        kind: What it computes.
        state: Whether it is over.
        when: When it was asked for, ISO 8601.
    """

    id: str
    kind: str
    state: str
    when: str


class Work(_Part):
    """One work as the page sends it and as it is kept.

    Attributes:
        schema_version: Version of the form (``schema``).
        id: Given by the server; empty = not saved yet.
        name: What it is called; the question of the comparison.
        created: ISO 8601, given by the server.
        changed: Likewise.
        community: Where it begins.
        days: Days that are simulated.
        goal: Key of the KPI that decides.
        budget: Yuan that may be spent over all days; None = not limited.
        minutes: Staff minutes a week; None = not limited.
        seed: Seed.
        precision: Half width of the goal's interval that is asked for, as a share of its margin
            base; None = as many futures as said are simulated.
        futures: Futures of each variant at most.
        set: Values of parameters for all variants.
        policies: Policies that are added in all variants, the baseline too.
        without: Keys of the community's own policies that are left out in all.
        variants: What is compared with the baseline.
        runs: Its tasks, newest first; given by the server.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    id: str = Field("", max_length=64)
    name: str = Field("", max_length=NAME_LENGTH)
    created: str = Field("", max_length=40)
    changed: str = Field("", max_length=40)
    community: Community
    days: int = _number("days", 180)
    goal: str = Field("profit", max_length=40)
    budget: float | None = _number("budget", None)
    minutes: float | None = _number("minutes", None)
    seed: int = _number("seed", 0)
    precision: float | None = _number("precision", 0.05)
    futures: int = _number("futures", 384)
    set: Changes = Field(default_factory=dict)
    policies: tuple[PolicyTable, ...] = _policies()
    without: tuple[str, ...] = _policies()
    variants: tuple[WorkVariant, ...] = Field((), max_length=MOST_VARIANTS, strict=False)
    runs: tuple[WorkRun, ...] = Field((), strict=False)


def read_work(data: object) -> Work:
    """A work from what JSON held.

    Raises:
        UserError: What is wrong, with its dotted path as the value ``key``; ``UserErrors`` if
            there are several mistakes.
    """
    try:
        return Work.model_validate(data)
    except ValidationError as error:
        found = mistakes(error.errors(include_url=False))
        raise found[0] if len(found) == 1 else UserErrors(found) from error


def mistakes(details: Iterable[ErrorDetails | Mapping[str, Any]]) -> list[UserError]:
    """One coded error for each mistake that pydantic found in a work.

    Args:
        details: As pydantic tells them; FastAPI puts ``body`` in front of places.

    Returns:
        Errors with the dotted path as the value ``key``, in the order they were found.
    """
    return [_mistake(one) for one in details]


def _mistake(detail: ErrorDetails | Mapping[str, Any]) -> UserError:
    parts = [str(part) for part in detail["loc"]]
    at = ".".join(parts[1:] if parts[:1] == ["body"] else parts)
    at = _clean(at)
    context: dict[str, Any] = dict(detail.get("ctx") or {})
    shown = _shown(detail.get("input"))
    match detail["type"]:
        case "user":
            values = {name: _clean(value) for name, value in context["values"].items()}
            inner = values.pop("inner", "")
            at = ".".join(part for part in (at, inner) if part)
            return UserError(context["kind"], context["reason"], key=at, **values)
        case "extra_forbidden":
            suggestion = near_miss(parts[-1], _known(parts))
            return UserError("unknown_key", "parameter", key=at, suggestion=suggestion)
        case "missing":
            return UserError("wrong_form", "work_missing", key=at)
        case "literal_error":
            return UserError("cannot_read", "newer_schema", key=at, value=shown, newest=SCHEMA)
        case "too_long":
            reason = {"variants": "work_variants"}.get(parts[-1], "work_many")
            about = {"value": context["actual_length"], "high": context["max_length"]}
            return UserError("out_of_range", reason, key=at, **about)
        case "string_too_long":
            return UserError("out_of_range", "text_length", key=at, limit=context["max_length"])
    if not parts or parts[-1] not in LIMITS:
        return UserError("wrong_form", "work_form", key=at, value=shown)
    low, high = (f"{limit:.16g}" for limit in LIMITS[parts[-1]])
    about = {"key": at, "value": shown, "low": low, "high": high}
    if detail["type"] in {"greater_than_equal", "less_than_equal"}:
        return UserError("out_of_range", "between", **about)
    return UserError("wrong_form", "work_number", **about)


def _shown(value: object) -> str:
    """A value for a message."""
    return str(_clean(written(value)))


def _clean(value: Any) -> Any:
    """A text with half a character, which nothing can write, as a question mark."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _known(parts: Sequence[str]) -> list[str]:
    """Keys of the part that an unknown key was found in."""
    part: type[_Part] = Work
    for name, inner in (("variants", WorkVariant), ("community", Community), ("runs", WorkRun)):
        if name in parts[:-1]:
            part = inner
    return [field.alias or name for name, field in part.model_fields.items()]


def experiment_tables(work: Work, base: str) -> dict[str, Any]:
    """A work as the tables of an experiment's file.

    Args:
        work: The work.
        base: What it begins with: a preset's name, or the file of a fitted community or a log.

    Returns:
        Tables as TOML has them; what is empty is left out. The stop rule is about the goal.
    """
    stop = {"kpi": work.goal, "half_width": work.precision, "max_replicates": work.futures}
    tables: dict[str, Any] = {
        "schema": SCHEMA, "question": work.name.strip(), "base": base, "days": work.days,
        "goal": work.goal, "budget": work.budget, "minutes": work.minutes,
        "stop": stop if work.precision is not None else None,
        "replicates": work.futures if work.precision is None else None, "seed": work.seed,
        **_differences(work),
    }  # fmt: skip
    tables["variants"] = [
        {**named, **_differences(one)}
        for named, one in zip(variant_names(work), work.variants, strict=True)
    ]
    return {key: value for key, value in tables.items() if value not in (None, "", [])}


def _differences(part: Work | WorkVariant) -> dict[str, Any]:
    tables = {
        "without": list(part.without),
        "set": dict(part.set),
        "policies": [dict(one) for one in part.policies],
    }
    return {key: value for key, value in tables.items() if value}


def variant_names(work: Work) -> list[dict[str, str]]:
    """What the variants of a work are called in an experiment.

    There a name has to be able to name a folder, and each its own. Where the user's own is not such
    a name, ``about`` keeps it as it was typed; one without a name gets a number in both languages.

    Returns:
        ``name`` of each variant, with ``zh`` and ``about`` where they differ from it.
    """
    taken = {_BASE}
    found = []
    for number, variant in enumerate(work.variants, start=1):
        own = variant.name.strip()
        numbered = [Words(lang).say("web.server.variant", number=number) for lang in ("en", "zh")]
        name = _free(_usable(own) or numbered[0], taken)
        taken.add(name)
        entry = {"name": name}
        if not own:
            entry["zh"] = numbered[1]
        elif own != name:
            entry["about"] = own
        found.append(entry)
    return found


def _usable(name: str) -> str:
    """A name as a folder may be called; empty if nothing is left of it."""
    if name_is_usable(name):
        return name
    clean = "".join(one for one in name.translate(_FULL_WIDTH) if one.isprintable())
    clean = clean[:NAME_LENGTH].lstrip(".- ").rstrip(". ")
    return clean if name_is_usable(clean) else ""


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it if another variant has it already."""
    number, free = 1, name
    while free in taken:
        number += 1
        tail = f" ({number})"
        free = f"{name[: NAME_LENGTH - len(tail)].rstrip('. ')}{tail}"
    return free


def experiment_text(work: Work, base: str) -> str:
    """A work as the file of an experiment, which reads back as :func:`experiment_tables`.

    Args:
        work: The work.
        base: As there.
    """
    tables = experiment_tables(work, base)
    variants = tables.pop("variants", [])
    blocks = _blocks(tables, "")
    for one in variants:
        blocks += _blocks(one, "variants.")
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _blocks(tables: Mapping[str, Any], above: str) -> list[list[str]]:
    """Plain values of one table first, then the tables under it."""
    plain = {key: value for key, value in tables.items() if key not in {"set", "policies"}}
    head = [f"[[{above.rstrip('.')}]]"] if above else []
    blocks = [head + table_lines(plain)]
    if "set" in tables:
        blocks.append([f"[{above}set]", *table_lines(tables["set"])])
    policies = tables.get("policies", [])
    blocks += [[f"[[{above}policies]]", *table_lines(one)] for one in policies]
    return blocks
