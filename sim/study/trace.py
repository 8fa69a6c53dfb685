"""What a study keeps of every run: daily counts, weekly counts, what policies booked, the KPIs.

A run's whole record has a row for everybody who was ever a member; thousands of runs are kept
without those. A trace is a few kilobytes as text, so that each run is one line of a journal.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.metrics import DAILY_KPIS, REGISTRY
from sim.record import ACCOUNTS, DAILY_INDEX
from sim.study.records import smallest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.metrics import Value
    from sim.record import RunRecord

TRACED = (
    *(name for name in DAILY_KPIS if name in DAILY_INDEX),
    "member_speakers", "paid_members", "moved_in", "moved_out",
)  # fmt: skip
"""Columns of ``sim.record.DAILY`` that are kept; profit is revenue less cost."""

_COLUMNS = [DAILY_INDEX[name] for name in TRACED]
_TRACED_INDEX = {name: index for index, name in enumerate(TRACED)}
_ALPHABET = b"".join(base64.b85encode(bytes([0, 0, 0, n]))[-1:] for n in range(85))
_DIGITS = np.full(256, -1, np.int64)
_DIGITS[list(_ALPHABET)] = range(85)
_POWERS = 85 ** np.arange(4, -1, -1, dtype=np.int64)


@dataclass(frozen=True)
class Trace:
    """One run as a study keeps it; counts are in the smallest type that holds them.

    Attributes:
        days: Days simulated, H.
        counts: Of shape (len(TRACED), H, G).
        weekly: Of shape (W, G, 3), as ``RunRecord.weekly``.
        policies: Names of the bookers, the scenario first.
        booked: Of shape (P, len(ACCOUNTS)), as ``RunRecord.ledger_policy``.
    """

    days: int
    counts: NDArray[np.integer]
    weekly: NDArray[np.integer]
    policies: tuple[str, ...]
    booked: NDArray[np.integer]

    @property
    def groups(self) -> int:
        """Groups, also those that never opened."""
        return int(self.counts.shape[2])

    def total(self, name: str) -> NDArray[np.int64]:
        """The community's daily series of a column: int64 of shape (H,)."""
        series: NDArray[np.int64] = self.counts[_TRACED_INDEX[name]].sum(axis=1, dtype=np.int64)
        return series

    def of_group(self, name: str, group: int) -> NDArray[np.int64]:
        """One group's daily series of a column: int64 of shape (H,)."""
        return self.counts[_TRACED_INDEX[name], :, group].astype(np.int64)

    def account(self, name: str, *, policy: str | None = None) -> int:
        """Fen or minutes on an account over the run, by one booker or by all."""
        column = self.booked[:, ACCOUNTS.index(name)].astype(np.int64)
        if policy is None:
            return int(column.sum())
        return int(column[self.policies.index(policy)]) if policy in self.policies else 0


def trace_of(record: RunRecord) -> Trace:
    """The trace of a run."""
    counts = np.moveaxis(record.daily[:, :, _COLUMNS], -1, 0)
    return Trace(
        days=record.days,
        counts=smallest(counts),
        weekly=smallest(record.weekly),
        policies=record.policies,
        booked=smallest(record.ledger_policy),
    )


def pack(trace: Trace | None, kpis: Mapping[str, Value]) -> str:
    """A run's trace and KPIs as text of ASCII letters; the same run gives the same text."""
    named = None if tuple(kpis) == tuple(REGISTRY) else tuple(kpis)
    head: dict[str, Any] = {"kpis": list(kpis.values()), "keys": named}
    bodies = []
    if trace is not None:
        head |= {"days": trace.days, "policies": trace.policies, "arrays": {}}
        arrays = {"weekly": trace.weekly, "booked": trace.booked}
        for name, array in {"counts": smallest(_surprises(trace.counts)), **arrays}.items():
            head["arrays"][name] = [array.dtype.str, array.shape]
            bodies.append(_planes(array))
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    packed = zlib.compress(len(text).to_bytes(4, "little") + text + b"".join(bodies), 6)
    return base64.b85encode(packed).decode("ascii")


def unpack(
    text: str, *, keys: Sequence[str] = tuple(REGISTRY)
) -> tuple[Trace | None, dict[str, Value]]:
    """What :func:`pack` packed.

    Args:
        text: The packed run.
        keys: Names of the KPIs in their order, where the text does not name them.

    Raises:
        ValueError: It is something else, or was cut or altered.
    """
    try:
        data = zlib.decompress(_from_base85(text))
        start = 4 + int.from_bytes(data[:4], "little")
        head = json.loads(data[4:start])
        named = keys if head["keys"] is None else head["keys"]
        kpis: dict[str, Value] = dict(zip(named, head["kpis"], strict=True))
        if "arrays" not in head:
            return None, kpis
        arrays = {}
        for name, (kind, shape) in head["arrays"].items():
            end = start + np.dtype(kind).itemsize * int(np.prod(shape))
            arrays[name] = _unplaned(data[start:end], kind, tuple(shape))
            start = end
        arrays["counts"] = smallest(_surprises(arrays["counts"], back=True))
        trace = Trace(days=head["days"], policies=tuple(head["policies"]), **arrays)
    except (zlib.error, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a packed run") from error
    return trace, kpis


def _from_base85(text: str) -> bytes:
    """What ``base64.b85decode`` gives, twenty times as fast.

    Raises:
        ValueError: It is no such text.
    """
    letters = np.frombuffer(text.encode("ascii"), np.uint8)
    missing = -letters.size % 5
    digits = np.concatenate([_DIGITS[letters], np.full(missing, 84, np.int64)])
    words = digits.reshape(-1, 5) @ _POWERS
    if digits.min(initial=0) < 0 or words.max(initial=0) > 0xFFFFFFFF:
        raise ValueError("no base 85")
    data = words.astype(">u4").tobytes()
    return data[: len(data) - missing]


def _surprises(counts: NDArray[np.integer], *, back: bool = False) -> NDArray[np.int64]:
    """Counts less what other columns say of them, which packs to half; ``back`` undoes it.

    Members follow from who came and went, staff who speak are few, stocks change little by little.
    """
    column = dict(zip(TRACED, counts.astype(np.int64), strict=True))
    came = column["joins"] - column["leaves"] - column["pruned"]
    stocked = np.cumsum(came + column["moved_in"] - column["moved_out"], axis=0)
    if not back:
        column["members"] = column["members"] - stocked
    for name in ("members", "muted", "paid_members"):
        stock = column[name]
        column[name] = np.cumsum(stock, axis=0) if back else np.diff(stock, axis=0, prepend=0)
    if back:
        column["members"] = column["members"] + stocked
    column["member_speakers"] = column["speakers"] - column["member_speakers"]
    return np.stack(list(column.values()))


def _planes(array: NDArray[np.integer]) -> bytes:
    """All first bytes, then all second bytes: the upper ones are alike and pack well."""
    flat = np.ascontiguousarray(array).reshape(-1)
    return flat.view(np.uint8).reshape(flat.size, flat.itemsize).T.tobytes()


def _unplaned(data: bytes, kind: str, shape: tuple[int, ...]) -> NDArray[np.integer]:
    size = np.dtype(kind).itemsize
    planes = np.frombuffer(data, np.uint8).reshape(size, -1)
    array: NDArray[np.integer] = np.ascontiguousarray(planes.T).reshape(-1).view(kind)
    return array.reshape(shape)
