"""One run's record as one small file: numbers in their smallest type, packed, always equal bytes.

It is a ``.npz`` file, so NumPy alone reads it: arrays by the names of :class:`sim.record.RunRecord`
and, with the prefix ``members.``, of :class:`sim.record.Members`.
"""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.record import Members, RunRecord
from sim.study.files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the file
_LEVEL = 3  # twice as fast as the usual 6 and nearly as small
_SMALL = (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32)
_SCALARS = ("days", "initial_members")
_MEMBERS = {
    "id": np.uint32, "inviter": np.int64, "messages": np.int64, "replies_received": np.int64,
    "invited": np.int64, "spent": np.int64, "muted": np.bool_,
}  # fmt: skip


def save_record(record: RunRecord, path: Path) -> None:
    """Write a record; the same record gives the same bytes.

    Raises:
        UserError: ``no_space``/``disk_full`` or ``no_permission``/``file``.
    """
    arrays: dict[str, NDArray[Any]] = {}
    for field in fields(RunRecord):
        value = getattr(record, field.name)
        if isinstance(value, Members):
            for column in fields(Members):
                arrays[f"members.{column.name}"] = getattr(value, column.name)
        else:
            arrays[field.name] = np.asarray(value)
    try:
        with replacing(path) as part:
            _write_arrays(part, arrays)
    except ValueError as error:
        # a ZIP archive that Ctrl-C cut short complains of that when it is closed
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise


def _write_arrays(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=True) as stream:
                np.lib.format.write_array(stream, smallest(array), allow_pickle=False)


def load_record(path: Path) -> RunRecord:
    """Read a record as :func:`save_record` wrote it, values and types alike.

    Raises:
        UserError: ``damaged``/``run_file``.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as packed:
            arrays = {name: packed[name] for name in packed.files}
        members = {
            column.name: arrays[f"members.{column.name}"].astype(
                _MEMBERS.get(column.name, np.int32)
            )
            for column in fields(Members)
        }
        values: dict[str, Any] = {"members": Members(**members)}
        for field in fields(RunRecord):
            if field.name in _SCALARS:
                values[field.name] = int(arrays[field.name])
            elif field.name == "policies":
                values[field.name] = tuple(str(name) for name in arrays[field.name])
            elif field.name != "members":
                values[field.name] = arrays[field.name].astype(np.int64)
        return RunRecord(**values)
    except (
        OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile,
        tokenize.TokenError,  # NumPy reads the heads of arrays with it
    ) as error:  # fmt: skip
        raise UserError("damaged", "run_file", file=str(path)) from error


def is_whole(path: Path) -> bool:
    """Whether a file of :func:`save_record` is there and nothing of it was cut or altered."""
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.testzip() is None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return False


def smallest(array: NDArray[Any]) -> NDArray[Any]:
    """The same whole numbers in the smallest type that holds them all."""
    if array.dtype.kind not in "iu":
        return array
    low, high = (int(array.min()), int(array.max())) if array.size else (0, 0)
    for small in _SMALL:
        limits = np.iinfo(small)
        if limits.min <= low and high <= limits.max:
            return array.astype(small)
    return array
