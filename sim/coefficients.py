"""The parameter table as compiled code takes it: one record of float32, section by section.

A kernel gets the record ``c``; ``c.opening.base`` is the parameter ``opening.base``. A parameter
added to the table is at once a coefficient.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arithmetic import behaviour
from sim.parameters import SECTIONS

if TYPE_CHECKING:
    from sim.parameters import Parameters

LAYOUT = np.dtype(
    [
        (section, [(field, np.float32) for field in model.model_fields])
        for section, model in SECTIONS.items()
    ]
)


def _local(section: str) -> Any:
    """Compiled reader of one section: record -> named tuple of float32.

    Vector loops take coefficients from such a tuple: they stay in registers, whereas a field of the
    record is read again for every member. The source is written out because compiled code needs the
    names of the fields.
    """
    fields = tuple(SECTIONS[section].model_fields)
    made = namedtuple(section.capitalize(), fields)  # type: ignore[misc]  # noqa: PYI024
    values = ", ".join(f"c.{section}.{field}" for field in fields)
    scope: dict[str, Any] = {"made": made}
    exec(f"def read(c): return made({values})", scope)  # noqa: S102
    return behaviour(scope["read"])


law = _local("law")
again = _local("again")
opening = _local("opening")
benefit = _local("benefit")
cost = _local("cost")
trust = _local("trust")
engagement = _local("engagement")
leaving = _local("exit")
invite = _local("invite")
buy = _local("buy")


def coefficients(parameters: Parameters) -> np.void:
    """The parameters of a scenario as one record, whole numbers included."""
    sections = (vars(getattr(parameters, name)) for name in SECTIONS)
    values = tuple(
        tuple(section[field] for field in LAYOUT[name].names or ())
        for name, section in zip(SECTIONS, sections, strict=True)
    )
    scalar: np.void = np.array([values], LAYOUT)[0]
    return scalar
