"""Read an uploaded chat export, keep who, when and to whom, delete it, and make its portrait."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.logs.events import read_events, write_events
from sim.logs.importers import import_files
from sim.logs.portrait import portrait
from sim.report.fitted import community, fit_json
from sim.report.importing import import_notes
from sim.scenario.keys import name_is_usable
from sim.study.files import content_digest, write_json, write_text
from sim.study.fit import fit_log
from sim.study.from_log import Fitted
from sim.web.tasks.base import EVENTS, FILES, NAME, SCENARIO
from sim.web.tasks.forecast import REPLICATES, WEEKS, forecast_into
from sim.web.views.log import portrait_view
from sim.web.views.writing import write_views
from sim.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from sim.logs.importers import ImportReport
    from sim.scenario import Scenario
    from sim.web.tasks.base import Asked, Channel

COMMUNITY = "community.toml"
"""A community like it, founded anew, among the downloads."""

_DAYS = 180
_READ, _DESCRIBED, _FITTED, _ALL = 40, 50, 70, 100
"""How far it is after each part, of 100."""


def do(asked: Asked, channel: Channel) -> None:
    """Import; what was uploaded is deleted, whatever happens.

    ``options``: ``raw`` = the export, relative to the task's folder, ``name`` = what the user calls
    it.

    Raises:
        UserError: What is wrong with the export, told of the name that the user knows; nothing of
            it is kept then.
    """
    raw = asked.folder / str(asked.options["raw"])
    name = str(asked.options.get("name") or raw.name)
    events = asked.folder / EVENTS
    channel.progress(0, _ALL, stage="reading")
    try:
        report = _read(raw if raw.exists() else events, events)  # interrupted, it may be there
        _make(asked, channel, report, name)
    except UserError as error:
        _forget(asked.folder)
        raise _renamed(error, asked.folder, name) from None
    except BaseException:
        _forget(asked.folder)
        raise
    finally:
        _delete(raw, asked.folder)


def _read(raw: Path, events: Path) -> ImportReport:
    table, report = import_files([raw])
    write_events(table, events)
    return report


def _make(asked: Asked, channel: Channel, report: ImportReport, name: str) -> None:
    """Portrait, fitted community, forecast."""
    _delete(asked.folder / str(asked.options["raw"]), asked.folder)
    channel.progress(_READ, _ALL, stage="describing")
    write_text(asked.folder / NAME, name.partition(".")[0] or name)
    table = read_events(asked.folder / EVENTS)
    found = portrait(table)
    channel.progress(_DESCRIBED, _ALL, stage="fitting")
    scenario = _fit(asked.folder, name)
    channel.progress(_FITTED, _ALL, stage="forecasting")

    def progress(done: int) -> None:
        at = _FITTED + round((_ALL - _FITTED) * done / REPLICATES)
        channel.progress(min(at, _ALL - 1), _ALL, stage="forecasting")

    result = forecast_into(asked.folder, table, weeks=WEEKS, jobs=asked.jobs, progress=progress)
    files = tuple(replace(one, file=name) for one in report.files)
    named = replace(report, files=files)
    write_json(asked.folder / FILES / "import.json", named.table())

    def view(words: Words) -> dict[str, Any]:
        notes = import_notes(named, words=words)
        told = portrait_view(found, scenario, result, name=name, notes=notes, words=words)
        return {"kind": "import", "final": True, "upload": asked.folder.name, "portrait": told}

    write_views(asked.folder, view)
    channel.progress(_ALL, _ALL)
    channel.look()


def _fit(folder: Path, name: str) -> Scenario:
    """What will be simulated, with where its numbers come from; a community like it as a file."""
    events = folder / EVENTS
    fit = fit_log(read_events(events))
    stem = name.partition(".")[0]
    called = stem if name_is_usable(stem) else "community"
    digest = content_digest(events)
    fitted = community(fit, file=name, digest=digest, name=called, words=Words("en"))
    (folder / FILES).mkdir(exist_ok=True)
    write_text(folder / FILES / COMMUNITY, fitted.to_toml())
    write_json(folder / FILES / "community.fit.json", fit_json(fit, about={"events": name}))
    going_on = Fitted.read(events).scenario(days=_DAYS)
    known = going_on.flat()
    found = fitted.flat()
    sources = {
        path: told
        for path, told in fitted.sources.items()
        if path in known and _alike(known[path], found[path])
    }
    simulated = going_on.replace({"sources": sources})
    write_text(folder / SCENARIO, simulated.to_toml(full=True))
    return simulated


def _alike(value: object, other: object) -> bool:
    """Whether two values are one, as far as four digits tell."""
    if isinstance(value, int | float) and isinstance(other, int | float):
        return math.isclose(value, other, rel_tol=1e-3, abs_tol=1e-9)
    return value == other


def _renamed(error: UserError, folder: Path, name: str) -> UserError:
    """The error told of the file as the user knows it, not of where it was put."""
    if isinstance(error, UserErrors):
        return UserErrors([_renamed(one, folder, name) for one in error.errors])
    values = {
        key: name if isinstance(value, str) and value.startswith(str(folder)) else value
        for key, value in error.values.items()
    }
    return UserError(error.kind, error.reason, **values)


def _forget(folder: Path) -> None:
    """Delete what was made of a log that cannot be used."""
    for name in (EVENTS, NAME, SCENARIO):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / FILES, ignore_errors=True)


def _delete(raw: Path, folder: Path) -> None:
    """Delete what was uploaded, with the folder it was put in."""
    raw.unlink(missing_ok=True)
    if raw.parent != folder:
        shutil.rmtree(raw.parent, ignore_errors=True)
