"""``qunsim life``: one member's life in one simulated future of a result."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.errors import UserError
from sim.report.terminal import COLUMNS
from sim.words.typography import fold

if TYPE_CHECKING:
    from pathlib import Path

    from sim.record import RunRecord
    from sim.study.store import Study
    from sim.study.variant import Variant
    from sim.words import Words

FILE = "life.json"


def life_command(
    folder: Path,
    *,
    variant: str | None,
    replicate: int,
    member: int | None,
    as_json: bool,
    words: Words,
) -> None:
    """Tell one member's life and write it down, or list members worth reading about.

    Args:
        folder: What ``run`` or ``compare`` wrote.
        variant: Name of the variant; None = the baseline.
        replicate: Number of the future.
        member: Row in the run's table of members; None = list a few.
        as_json: Print JSON instead of text.
        words: Language.

    Raises:
        UserError: ``not_found`` for a folder, variant, future or member that is not there.
    """
    from sim.study.store import Store, read_study

    study = read_study(folder)
    arm = _variant(study, variant, folder)
    store = Store.look(folder, study)
    finished = sorted(number for name, number in store.runs if name == arm.name)
    if replicate not in finished:
        raise UserError(
            "not_found", "replicate", value=replicate, name=arm.name, file=str(folder),
            low=min(finished, default="-"), high=max(finished, default="-"),
        )  # fmt: skip
    place = (arm.name, replicate)
    record = store.record(place) if store.record_file(place).exists() else None
    if member is None:
        command = ["qunsim", "life", str(folder)]
        command += ["--variant", arm.name] if variant is not None else []
        command += ["--replicate", str(replicate)] if replicate else []
        _list(
            arm, record or _record(arm, study.seed, replicate), command=shlex.join(command),
            words=words, as_json=as_json,
        )  # fmt: skip
    else:
        _tell(folder, study, arm, replicate, member, record, words=words, as_json=as_json)


def _variant(study: Study, name: str | None, folder: Path) -> Variant:
    known = [one.name for one in study.variants]
    if name is not None and name not in known:
        raise UserError(
            "not_found", "variant", name=name, file=str(folder), known=known,
            suggestion=difflib.get_close_matches(name, known, n=1),
        )  # fmt: skip
    return study.base if name is None else study.variant(name)


def _record(arm: Variant, seed: int, replicate: int) -> RunRecord:
    """The record of a run that was not kept whole."""
    run = arm.start(seed=seed, replicate=replicate)
    run.advance()
    return run.record()


def _list(arm: Variant, record: RunRecord, *, command: str, words: Words, as_json: bool) -> None:
    from sim.report.life import pick_lines
    from sim.study.picks import interesting_members

    picks = interesting_members(record)
    if as_json:
        rows = [{"member": one.member, "why": one.why, "value": one.value} for one in picks]
        shell.say_json({"schema": 1, "variant": arm.name, "members": rows})
        return
    *lines, how = pick_lines(picks, words=words, command=command) or [""]
    # A command is to be pasted: it stays in one line.
    shell.say([*(line for text in lines for line in fold(text, COLUMNS)), *([how] if how else [])])


def _tell(
    folder: Path,
    study: Study,
    arm: Variant,
    replicate: int,
    member: int,
    record: RunRecord | None,
    *,
    words: Words,
    as_json: bool,
) -> None:
    from sim.report.life import tell_life
    from sim.study.files import write_json

    run = arm.start(seed=study.seed, replicate=replicate)
    _, lines, document = tell_life(run, member=member, words=words, record=record)
    document = {
        "schema": 1, "variant": arm.name, "seed": study.seed, "replicate": replicate, **document
    }  # fmt: skip
    write_json(folder / FILE, document)
    if as_json:
        shell.say_json(document)
        return
    shell.say(line for text in lines for line in fold(text, COLUMNS))
