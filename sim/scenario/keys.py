"""What a scenario holds beside the sections of parameters, and the presets that are shipped."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from sim.errors import UserErrors
from sim.parameters import SECTIONS, Parameters
from sim.scenario.fitting import policy_mistakes
from sim.scenario.platforms import Platform  # noqa: TC001  pydantic reads it at run time
from sim.scenario.sources import Source, read_sources

SCHEMA = 1
"""Version of the file format; a newer one is refused."""

Kind = Literal[
    "knowledge", "interest", "product", "resource", "project", "mixed", "organic", "course",
    "custom",
]  # fmt: skip
"""What the community is for (handbook: B1), or the two settings kept for validation."""

NAME_LENGTH = 80
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def name_is_usable(name: str) -> bool:
    """Whether a name can stand in the name of a folder on every system."""
    return (
        0 < len(name) <= NAME_LENGTH
        and name.isprintable()
        and not _NOT_IN_NAMES.intersection(name)
        and name[0] not in ".- "
        and name[-1] not in ". "
    )


def _check_name(name: str) -> str:
    if not name_is_usable(name):
        raise ValueError("name")
    return name


def _as_date(value: object) -> object:
    """Accept the ISO writing of a date, as JSON and the command line have no dates."""
    if isinstance(value, datetime):
        raise ValueError("start")  # noqa: TRY004  pydantic turns only ValueError into a mistake
    return date.fromisoformat(value) if isinstance(value, str) else value


def _as_policies(value: Any) -> tuple[object, ...]:
    if mistakes := policy_mistakes(value):
        raise UserErrors(mistakes)
    # a copy: whoever built the scenario may go on using the tables they handed over
    return tuple(copied(entry) for entry in value)


def copied(value: Any) -> Any:
    """A copy of nested tables and lists (tuples become lists)."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [copied(item) for item in value]
    return value


def _as_sources(value: object) -> dict[str, Source]:
    found, mistakes = read_sources(value)
    if mistakes:
        raise UserErrors(mistakes)
    return found


class Keys(Parameters):
    """Every key of a scenario, each checked by itself.

    Attributes:
        name: Short name, part of the result folder's name.
        title: Free text, heads the report.
        kind: What the community is for.
        start: Date of day 0; none = an unnamed Monday.
        days: Horizon, 1 to 10,000 days.
        platform: Where the groups live; bounds ``groups.capacity``.
        policies: Tables ``{use, start, stop, every, ...}`` as given, checked where policies are
            known. Treat them as read-only.
        sources: Where values come from, by path. Treat it as read-only.
    """

    name: Annotated[str, AfterValidator(_check_name)] = "scenario"
    title: str = Field("", max_length=200)
    kind: Kind = "custom"
    start: Annotated[date | None, BeforeValidator(_as_date)] = None
    days: int = Field(365, ge=1, le=10_000)
    platform: Platform = "wechat"
    policies: Annotated[tuple[dict[str, Any], ...], BeforeValidator(_as_policies)] = ()
    sources: Annotated[dict[str, Source], BeforeValidator(_as_sources)] = Field(
        default_factory=dict
    )


TOP_KEYS = tuple(key for key in Keys.model_fields if key not in SECTIONS)
"""Keys of a scenario outside the sections (``schema`` and ``base`` belong to the file)."""

PRESETS = Path(__file__).resolve().parent.parent / "presets"
"""Folder of the scenarios shipped with qunsim."""

FIRMS = ("xiaomi_fans", "starbucks", "xiaohongshu", "zhihu", "douyin")
"""Presets named after a firm (handbook: G), in its order: assumptions, no claims about it."""


def preset_names() -> tuple[str, ...]:
    """Names of the scenarios shipped with qunsim, sorted."""
    return tuple(sorted(path.stem for path in PRESETS.glob("*.toml")))
