"""The scenario: one community and its world, typed, bounded, immutable."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Self

from pydantic import PrivateAttr, model_validator
from pydantic import ValidationError as FieldErrors

from sim.errors import UserError, UserErrors
from sim.parameters import SECTIONS
from sim.scenario.fitting import contradictions, policy_mistakes
from sim.scenario.keys import SCHEMA, Keys, copied
from sim.scenario.mistakes import field_mistakes, located, schema_mistakes, source_mistakes
from sim.scenario.places import Place, renamed
from sim.scenario.reading import load, load_preset, load_text
from sim.scenario.sources import Source, policy_values
from sim.scenario.writing import scenario_text

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping


class Scenario(Keys):
    """Everything that can be configured of one community; frozen.

    Sections are attributes (``scenario.member.activity_sigma``), beside the few top-level keys
    below. Make one by :meth:`preset`, :meth:`read`, :meth:`parse`, :meth:`build` or
    :meth:`replace`: these report mistakes as ``UserError``. Scenarios with the same resolved
    configuration are equal.

    """

    _places: dict[str, Place] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        errors = contradictions(self.flat()) + source_mistakes(self.sources, self.policies)
        if errors:
            raise UserErrors(errors) if len(errors) > 1 else errors[0]
        return self

    @classmethod
    def preset(cls, name: str) -> Self:
        """A scenario shipped with qunsim.

        Raises:
            UserError: ``not_found``/``preset``, with the nearest name.
        """
        return cls._from_layers(*load_preset(name))

    @classmethod
    def read(cls, source: str | os.PathLike[str]) -> Self:
        """A scenario by a preset's name or from a TOML file.

        Args:
            source: ``knowledge`` is the preset; ``knowledge.toml``, ``./knowledge`` and any
                ``Path`` are files.

        Raises:
            UserError: What is wrong, where (file, key, line) and how to mend it; ``UserErrors``
                if there are several mistakes, in order of their lines.
        """
        return cls._from_layers(*load(source))

    @classmethod
    def parse(cls, text: str, *, file: str | None = None) -> Self:
        """A scenario from TOML text.

        Args:
            text: What would stand in a file; ``base`` may name a preset.
            file: Name for error messages.

        Raises:
            UserError: As :meth:`read`.
        """
        return cls._from_layers(*load_text(text, file=file))

    @classmethod
    def build(cls, data: Mapping[str, object]) -> Self:
        """A scenario from plain tables, as in TOML or as :meth:`resolved` wrote them.

        Raises:
            UserError: As :meth:`read`, without places.
        """
        return cls._from_layers(dict(data), {})

    @classmethod
    def _from_layers(cls, data: dict[str, object], places: dict[str, Place]) -> Self:
        """Validate; collect every mistake there is before raising, in order of lines."""
        data = dict(data)
        errors = schema_mistakes(data.pop("schema", SCHEMA), newest=SCHEMA)
        if errors:
            raise located(errors, places)[0]
        policies = data.get("policies", ())
        if wrong := policy_mistakes(policies):
            errors += wrong
            policies = None
            del data["policies"]
        if wrong := source_mistakes(data.get("sources", {}), policies):
            errors += wrong
        if errors:
            data.pop("sources", None)  # they may be about what was taken out
        errors += contradictions(_flatten(data))
        try:
            scenario = cls.model_validate(data)
        except FieldErrors as error:
            errors += field_mistakes(error, data)
        except UserError as error:
            errors = errors or [error]  # found above already, unless the data hold sections
        if errors:
            errors = located(errors, places)
            raise UserErrors(errors) if len(errors) > 1 else errors[0]
        scenario._places = places  # noqa: SLF001  of the same class
        return scenario

    def replace(
        self, changes: Mapping[str, object], *, places: Mapping[str, Place] | None = None
    ) -> Self:
        """The same scenario with other values.

        Sources of changed values are left behind: they explain the old ones.

        Args:
            changes: New values by dotted path (``member.activity_sigma``, ``days``,
                ``policies`` as a whole).
            places: Where new values were written, for messages about them.

        Raises:
            UserError: As :meth:`read`.
        """
        data = self.resolved() | {"sources": self._kept_sources(changes)}
        for path, value in changes.items():
            section, dot, key = path.partition(".")
            table = data.get(section)
            if dot and section in SECTIONS and isinstance(table, dict):
                table[key] = value
            else:
                data[path] = value
        kept = {
            key: place
            for key, place in self._places.items()
            if not any(key.startswith(f"{path}.") for path in changes)
        }
        kept |= dict.fromkeys(changes, Place())  # what is new was not written in the file
        return self._from_layers(data, kept | dict(places or {}))

    def _kept_sources(self, changes: Mapping[str, object]) -> dict[str, Source]:
        """The sources of what stays as it is."""
        kept = {path: source for path, source in self.sources.items() if path not in changes}
        if "policies" not in changes:
            return kept
        before, after = policy_values(self.policies), policy_values(changes["policies"])
        return {
            path: source
            for path, source in kept.items()
            if path not in before or (path in after and after[path] == before[path])
        }

    def place(self, path: str) -> Place:
        """Where a value was written, for messages about it.

        Args:
            path: Dotted path; policies by index, ``policies.0.amount``.

        Returns:
            File and line; those of the nearest enclosing table if the key itself is not in the
            file, empty if nothing is known.
        """
        while path and path not in self._places:
            path = path.rpartition(".")[0]
        return self._places.get(path, Place())

    def places_of_policy(self, index: int, number: int) -> dict[str, Place]:
        """Places of the keys of one policy, as they are called if it becomes another's number."""
        return renamed(self._places, f"policies.{index}", f"policies.{number}")

    @property
    def first_weekday(self) -> int:
        """Weekday of day 0: 0 = Monday (also without a start date) to 6 = Sunday."""
        return self.start.weekday() if self.start else 0

    def flat(self) -> dict[str, str | int | float | None]:
        """Every value by its dotted path, policies and sources left out.

        Returns:
            Top-level keys, then the parameters in order of the table; ``start`` in ISO form.
        """
        values: dict[str, str | int | float | None] = {
            "name": self.name,
            "title": self.title,
            "kind": self.kind,
            "start": self.start.isoformat() if self.start else None,
            "days": self.days,
            "platform": self.platform,
        }
        for section in SECTIONS:
            for key, value in getattr(self, section):
                values[f"{section}.{key}"] = value
        return values

    def resolved(self) -> dict[str, object]:
        """The whole configuration as plain tables, ready for JSON; :meth:`build` reads it back."""
        data: dict[str, object] = {"schema": SCHEMA}
        for path, value in self.flat().items():
            section, dot, key = path.partition(".")
            if dot:
                table = data.setdefault(section, {})
                assert isinstance(table, dict)
                table[key] = value
            else:
                data[path] = value
        data["policies"] = [copied(entry) for entry in self.policies]
        if self.sources:
            data["sources"] = {path: one.table() for path, one in self.sources.items()}
        return data

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the resolved configuration, 64 hex digits.

        Sources are left out: they change no result. Keys are sorted and whole numbers are written
        without a point, so that ``50`` and ``50.0`` are one configuration.
        """
        data = {key: value for key, value in self.resolved().items() if key != "sources"}
        text = json.dumps(
            _canonical(data), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def to_toml(self, *, full: bool = False) -> str:
        """The scenario as a TOML file.

        Args:
            full: Write every parameter instead of only what differs from the defaults. Such a
                file keeps its meaning when defaults are recalibrated.

        Returns:
            Text from which :meth:`parse` makes an equal scenario.
        """
        return scenario_text(self, full=full)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        return self is other or self.digest() == other.digest()

    def __hash__(self) -> int:
        return hash(self.digest())


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _flatten(data: Mapping[str, object]) -> dict[str, object]:
    """Raw tables by dotted path, one level deep, whatever they hold."""
    values: dict[str, object] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            values.update({f"{key}.{name}": item for name, item in value.items()})
        else:
            values[key] = value
    return values
