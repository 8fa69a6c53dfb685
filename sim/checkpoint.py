"""A run in one file: saved on any day, it goes on as if it had never stopped.

Draws are keyed, so a run has no generator to save: columns, seed and day are all there is. The file
is a ZIP archive of ``header.json`` (schema, scenario as TOML, seed, day, names of columns) and one
``.npy`` array each for what changes or was planned; equal runs make equal files. Arrays of Python
objects are never written and never read, and no index is believed before it was checked.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.audiences import MOST, NAMES
from sim.errors import UserError
from sim.kernel_cache import cache_folder
from sim.levers import AIMED, LEVERS, Aims, Levers
from sim.phases.arriving import Traits
from sim.policies.planning import recall_operator
from sim.population import (
    ARCHIVED,
    BYTE,
    BYTE_INDEX,
    DAY,
    LANES,
    NOBODY,
    REAL,
    SLOTS,
    WORD,
    WORD_INDEX,
    Population,
)  # fmt: skip
from sim.record import ACCOUNTS, CHANNELS, DAILY, LEFT_HOW, ROLES
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import ABOVE, DOOR, GROUP, TAIL, Books, Drivers
from sim.tidying import numbers_on_file
from sim.version import __version__

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCHEMA = 1
"""Version of the file format; a newer one is refused."""

KIND = "qunsim run"

_HEADER = "header.json"
_LARGEST_HEADER = 10_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a ZIP archive can tell: files depend on runs alone

_LAYOUT: dict[str, tuple[str, ...]] = {
    "real": REAL, "word": WORD, "day": DAY, "byte": BYTE, "group": GROUP, "daily": DAILY,
    "accounts": ACCOUNTS, "levers": tuple(lever.name for lever in LEVERS), "roles": ROLES,
    "channels": CHANNELS, "left_how": LEFT_HOW,
}  # fmt: skip
"""What the numbers along the arrays' axes mean; a file with another layout is not read."""

Arrays = dict[str, "NDArray[Any]"]


class _DamagedError(Exception):
    """The file does not hold what a checkpoint holds."""


def save(run: Run, path: str | os.PathLike[str]) -> None:
    """Write a run to one file, whole or not at all.

    Args:
        run: Stays as it is.
        path: File to write; one of this name is replaced in one step.

    Raises:
        UserError: ``no_space``, ``no_permission``, ``not_found``/``folder`` or ``cannot_read``
            if it cannot be written.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise UserError("cannot_read", "directory", file=str(target))
        _replace(target, lambda stream: _write(run, stream))
    except OSError as error:
        raise _unwritable(error, target) from error


def load(path: str | os.PathLike[str]) -> Run:
    """The run that :func:`save` wrote.

    Raises:
        UserError: ``not_found``/``file``; ``cannot_read``/``newer_schema``;
            ``damaged``/``unreadable`` for what is no checkpoint, was cut or altered, or has the
            columns of another version of qunsim.
    """
    source = Path(path)
    if not source.exists():
        raise UserError("not_found", "file", file=str(source), suggestion=None)
    if source.is_dir():
        raise UserError("cannot_read", "directory", file=str(source))
    try:
        with zipfile.ZipFile(source) as archive:
            header = _header(archive, source)
            arrays = {
                entry.removesuffix(".npy"): _array(archive, entry)
                for entry in archive.namelist()
                if entry != _HEADER
            }
        return _assemble(header, arrays)
    except PermissionError as error:
        raise UserError("no_permission", "file", file=str(source)) from error
    except (
        _DamagedError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
        RuntimeError, ValueError, TypeError, KeyError, OverflowError, RecursionError,
        tokenize.TokenError,  # NumPy reads the heads of arrays with it
    ) as error:  # fmt: skip
        raise UserError("damaged", "unreadable", file=str(source)) from error


def _replace(target: Path, write: Any) -> None:
    """Let ``write`` fill a file beside the target, then give it the target's name."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The process's mask; reading it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(error: OSError, target: Path) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return UserError("no_space", "disk_full", file=str(target))
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return UserError("not_found", "folder", file=str(target.parent), suggestion=None)
    return UserError("no_permission", "file", file=str(target))


def _write(run: Run, stream: IO[bytes]) -> None:
    with zipfile.ZipFile(stream, "w") as archive:
        text = json.dumps(_describe(run), ensure_ascii=False, indent=1, sort_keys=True)
        with archive.open(_entry(_HEADER), "w") as entry:
            entry.write(text.encode())
        for name, array in _arrays(run).items():
            with archive.open(_entry(f"{name}.npy"), "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001  public from 3.13 on
    return entry


def _describe(run: Run) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "kind": KIND,
        "version": __version__,
        "code": cache_folder().name.rpartition("-")[2],
        "scenario": run.scenario.to_toml(full=True),
        "policies": list(run.levers.policies),
        "operator": None if run.levers.operator is None else run.levers.operator.memory(),
        "seed": int(run.seed),
        "replicate": int(run.replicate),
        "key": [int(word) for word in run.key],
        "day": int(run.day),
        "days": int(run.days),
        "initial_members": int(run.initial_members),
        "leaving": bool(run.leaving),
        "tidy": bool(run.tidy),
        "layout": {axis: list(names) for axis, names in _LAYOUT.items()},
    }


def _arrays(run: Run) -> Arrays:
    bundles: dict[str, NamedTuple] = {
        "members": run.members, "drivers": run.drivers, "books": run.books, "traits": run.traits,
        "aims": run.levers.aims,
    }  # fmt: skip
    arrays: Arrays = {
        f"{bundle}.{name}": array
        for bundle, values in bundles.items()
        for name, array in values._asdict().items()
    }
    days = slice(run.days)  # levers may reach further than the run
    return arrays | {
        "levers.values": run.levers.values[days],
        "levers.booker": run.levers.booker[days],
        "levers.planned": run.levers.planned[:, days],
        "aims.values": run.levers.aims.values[days],
        "aims.booker": run.levers.aims.booker[days],
        "groups": run.groups,
        "capacity": run.capacity,
    }


def _header(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    with archive.open(_HEADER) as entry:
        header = json.loads(entry.read(_LARGEST_HEADER))
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise _DamagedError
    schema = header["schema"]
    if isinstance(schema, int) and schema > SCHEMA:
        raise UserError(
            "cannot_read", "newer_schema", value=schema, newest=SCHEMA, file=str(source)
        )
    if schema != SCHEMA or header["layout"] != {axis: list(one) for axis, one in _LAYOUT.items()}:
        raise _DamagedError
    return header


def _array(archive: zipfile.ZipFile, entry: str) -> NDArray[Any]:
    with archive.open(entry) as stream:
        array: NDArray[Any] = np.lib.format.read_array(stream, allow_pickle=False)
        if stream.read(1):  # also makes the archive compare its checksum
            raise _DamagedError
    return array


def _assemble(header: dict[str, Any], arrays: Arrays) -> Run:
    """The run of a header and its arrays, every shape and index checked."""
    try:
        scenario = Scenario.parse(header["scenario"])
    except UserError as error:  # about a text that no user has written
        raise _DamagedError from error
    policies = tuple(header["policies"])
    groups = max(scenario.groups.number, len(arrays.get("groups", ())))
    _check_shapes(arrays, header, policies=len(policies), groups=groups)
    members = Population(**_bundle(arrays, "members"))
    _check_members(members, arrays["groups"])
    _check_levers(arrays, policies=len(policies))
    first, second = header["key"]
    run = Run(
        scenario=scenario, seed=header["seed"], replicate=header["replicate"],
        day=header["day"], days=header["days"], key=(np.uint32(first), np.uint32(second)),
        members=members, groups=arrays["groups"],
        levers=_levers(arrays, policies, header, scenario),
        drivers=Drivers(**_bundle(arrays, "drivers")), books=Books(**_bundle(arrays, "books")),
        traits=Traits(**_bundle(arrays, "traits")), capacity=arrays["capacity"],
        initial_members=header["initial_members"], leaving=header["leaving"],
        tidy=header.get("tidy", True),
    )  # fmt: skip
    if not 0 <= run.day <= run.days:
        raise _DamagedError
    return run


def _levers(
    arrays: Arrays, policies: tuple[str, ...], header: dict[str, Any], scenario: Scenario
) -> Levers:
    written, memory = _bundle(arrays, "levers"), header.get("operator")
    operator = None
    if memory is not None:
        try:
            operator = recall_operator(memory, scenario=scenario, days=header["days"])
        except UserError as error:
            if error.kind in {"not_found", "policy_failed"}:  # a policy that is not installed here
                raise
            raise _DamagedError from error
    return Levers(
        values=written["values"], booker=written["booker"], planned=written["planned"],
        policies=policies, operator=operator, aims=Aims(**_bundle(arrays, "aims")),
    )  # fmt: skip


def _bundle(arrays: Arrays, name: str) -> Arrays:
    return {
        key.removeprefix(f"{name}."): array
        for key, array in arrays.items()
        if key.startswith(f"{name}.")
    }


def _check_shapes(arrays: Arrays, header: dict[str, Any], *, policies: int, groups: int) -> None:
    """Compiled code believes shapes and types; a wrong one would read foreign memory."""
    H, B, P, G = header["days"], len(arrays["members.fill"]), policies, groups
    A, T = len(arrays["aims.kind"]), len(AIMED)
    weeks, knots = len(arrays["drivers.common"]), len(arrays["traits.restless"])
    wanted = {
        "members.real": (np.float32, (B, len(REAL), LANES)),
        "members.word": (np.uint32, (B, len(WORD), LANES)),
        "members.day": (np.int16, (B, len(DAY), LANES)),
        "members.byte": (np.uint8, (B, len(BYTE), LANES)),
        "members.block_group": (np.int32, (B,)),
        "members.fill": (np.int64, (B,)),
        "members.spent": (np.int64, (B, LANES)),
        "members.partner": (np.uint32, (B * LANES, SLOTS)),
        "members.tie": (np.float32, (B * LANES, SLOTS)),
        "groups": (np.float64, (G, len(GROUP))),
        "capacity": (np.int64, (G,)),
        "levers.values": (np.float32, (H, G, len(LEVERS))),
        "levers.booker": (np.int16, (H, G, len(LEVERS))),
        "levers.planned": (np.int64, (P, H, len(ACCOUNTS))),
        "aims.kind": (np.int32, (A,)),
        "aims.number": (np.int32, (A,)),
        "aims.values": (np.float32, (H, G, A, T)),
        "aims.booker": (np.int16, (H, G, A, T)),
        "drivers.common": (np.float64, (weeks,)),
        "drivers.message": (np.float64, (len(arrays["drivers.message"]),)),
        "drivers.reach": (np.float64, (H, 5)),
        "drivers.posters": (np.float64, (H,)),
        "drivers.weekday": (np.float64, (7,)),
        "drivers.weekend": (np.float64, (7,)),
        "books.daily": (np.int64, (H, G, len(DAILY))),
        "books.weekly": (np.int64, (H // 7, G, 3)),
        "books.ledger": (np.int64, (H, len(ACCOUNTS))),
        "books.ledger_policy": (np.int64, (P, len(ACCOUNTS))),
        "books.tenure": (np.int64, (H,)),
        "books.since": (np.int64, (1,)),
        **{f"traits.{name}": (np.float64, (knots,)) for name in Traits._fields},
    }
    if arrays.keys() != wanted.keys() or not weeks or knots < 2:
        raise _DamagedError
    for name, (dtype, shape) in wanted.items():
        if arrays[name].dtype != np.dtype(dtype) or arrays[name].shape != shape:
            raise _DamagedError


def _check_levers(arrays: Arrays, *, policies: int) -> None:
    """Compiled code believes indices, too."""
    kind = arrays["aims.kind"]
    bookers = (arrays["levers.booker"], arrays["aims.booker"])
    sound = len(kind) <= MOST and ((kind >= 0) & (kind < len(NAMES))).all()
    if not (sound and all(((one >= 0) & (one < policies)).all() for one in bookers)):
        raise _DamagedError


def _check_members(members: Population, groups: NDArray[Any]) -> None:
    """The same for members' rows and codes."""
    blocks = len(members.fill)
    tails = groups[:, TAIL]
    inviters = members.word[:, WORD_INDEX["inviter"], :]
    pointers = np.concatenate([inviters.ravel(), members.partner.ravel()])
    on_file = numbers_on_file(members)
    sound = (
        ((members.fill >= 0) & (members.fill <= LANES)).all()
        and ((members.block_group >= ARCHIVED) & (members.block_group < len(groups))).all()
        and ((pointers < blocks * LANES) | (pointers == NOBODY)).all()
        and ((tails >= -1) & (tails < blocks)).all()
        and np.isin(groups[:, DOOR], np.arange(len(groups))).all()
        and np.isin(groups[:, ABOVE], np.arange(-1, len(groups))).all()
        and (members.byte[:, BYTE_INDEX["role"], :] < len(ROLES)).all()
        and (members.byte[:, BYTE_INDEX["channel"], :] < len(CHANNELS)).all()
        and (members.byte[:, BYTE_INDEX["left_how"], :] < len(LEFT_HOW)).all()
        and np.unique(on_file).size == on_file.size
        and (on_file < members.fill.sum()).all()
    )
    if not sound:
        raise _DamagedError
