"""How a parameter is declared: a typed, bounded, documented field of one section.

Every number of a scenario is declared once, by :func:`parameter`, as a field of a section. The
declaration carries what a reader, a sensitivity study and the manual need beside the default: the
range, the unit, where the value comes from and how far it can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Mark = Literal["published", "logs", "calibrated", "assumption"]
"""Where a default comes from: a publication; fits to real event logs; calibration of the whole
model against published targets; or nowhere but judgement."""

Confidence = Literal["high", "medium", "low", "unknown"]
"""How far a default can be trusted. ``unknown``: the literature is silent; sweep it."""


@dataclass(frozen=True)
class ParameterInfo:
    """One row of the parameter table.

    Attributes:
        path: Dotted path, as in TOML, ``--set`` and studies.
        default: Default value; an ``int`` where the parameter counts something, else a ``float``.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit, in words.
        mark: Where the default comes from.
        source: The publication or data behind it.
        confidence: How far to trust it.
        note: What it means.
    """

    path: str
    default: float
    low: float
    high: float
    unit: str
    mark: Mark
    source: str
    confidence: Confidence
    note: str

    @property
    def counts(self) -> bool:
        """Whether only whole numbers are allowed."""
        return isinstance(self.default, int)


class Section(BaseModel):
    """A family of parameters; immutable, no unknown keys, no NaN, no infinity."""

    # built on first use: importing the table must not cost what validating costs
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _plain_numbers(cls, data: object) -> object:
        """Accept what holds the same number in another form.

        Studies sample counts as floats and hand over array scalars: 150.0 is the count 150.
        Booleans and text stay what they are and are refused by the field.
        """
        if not isinstance(data, dict):
            return data
        return {key: _plain_number(value, cls, key) for key, value in data.items()}


def _plain_number(value: object, section: type[Section], key: object) -> object:
    if type(value) in {int, float, str, bool}:
        plain = value
    else:
        item = getattr(value, "item", None)  # array scalars
        plain = item() if callable(item) else value
    field = section.model_fields.get(str(key))
    if field is not None and field.annotation is int and isinstance(plain, float):
        return int(plain) if plain.is_integer() else plain
    return plain


def parameter(
    default: float,
    *,
    low: float,
    high: float,
    unit: str,
    source: str,
    mark: Mark,
    confidence: Confidence,
    note: str,
) -> Any:
    """Declare a parameter as a field of a :class:`Section`.

    Args:
        default: Value unless a scenario says otherwise.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit, in words (``share``, ``yuan``, ``logit per sd`` ...).
        source: The publication, log or reason behind the default.
        mark: Kind of that source.
        confidence: How far to trust the default.
        note: What the parameter means, in half a sentence.

    Returns:
        A pydantic field. Typed ``Any`` so that it can stand as the default of a ``float``.
    """
    return Field(
        default,
        ge=low,
        le=high,
        json_schema_extra={
            "low": low,
            "high": high,
            "unit": unit,
            "mark": mark,
            "source": source,
            "confidence": confidence,
            "note": note,
        },
    )


def rows(name: str, section: type[Section]) -> tuple[ParameterInfo, ...]:
    """The parameters of one section, in order of declaration.

    Args:
        name: The section's name, the first part of its paths.
        section: The section.
    """
    infos = []
    for key, field in section.model_fields.items():
        # every field of a section is made by parameter(), so its extra is the dict made there
        about: Any = field.json_schema_extra
        infos.append(ParameterInfo(path=f"{name}.{key}", default=field.default, **about))
    return tuple(infos)
