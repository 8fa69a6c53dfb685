"""The baseline: what a suite came to when somebody last agreed with it, in a file for review.

A reviewer reads means, reasons and versions; beside them stand, packed, the value of every KPI in
every future (so that a check can pair futures), a digest of every run, and the days of the first
few. The file ends with a digest of itself: it is written by commands, never by hand.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.metrics import REGISTRY
from sim.study.files import as_json, write_json
from sim.study.provenance import code_digest, machine, versions
from sim.study.regression.sample import DIGEST, values_of
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.study.regression.sample import Sample
    from sim.study.regression.suite import Case, Suite

SCHEMA, KIND = 1, "ci"
TRACED = 2
"""Futures of each community of which the days are kept, so that the first difference has a day."""

_HISTORY = 20  # reasons that are kept, the newest last


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a baseline has of one community.

    Attributes:
        written: What of the suite's file decided its runs.
        key: Digest of the whole configuration, defaults included.
        parameters: Every parameter by path, and the policies.
        values: By KPI one value a future: float64 of shape (n,), NaN = undefined.
        digests: Digest of each future.
        traces: The first futures, packed.
    """

    written: Mapping[str, Any]
    key: str
    parameters: Mapping[str, Any]
    values: Mapping[str, NDArray[np.float64]]
    digests: tuple[str, ...]
    traces: tuple[str, ...]

    @property
    def size(self) -> int:
        """Futures."""
        return len(self.digests)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """What a suite came to.

    Attributes:
        seed: Seed of its futures.
        cases: Communities by name.
        history: Why it was recorded or accepted: ``reason, date, qunsim, code``, the newest last.
        qunsim: Version.
        code: Digest of the code that decides what a run gives.
        platform: System and processor.
        versions: Of Python and what results are made with.
        kpis: KPIs that the digests of runs know.
    """

    seed: int
    cases: Mapping[str, Kept]
    history: tuple[Mapping[str, str], ...]
    qunsim: str
    code: str
    platform: str
    versions: Mapping[str, str]
    kpis: tuple[str, ...]

    def same_machine(self) -> bool:
        """Whether it was made on this platform with these versions: then bits should agree."""
        return self.platform == machine() and dict(self.versions) == versions()


def baseline_from(
    suite: Suite, runs: Mapping[str, Sequence[Sample]], *, reason: str, before: Baseline | None
) -> Baseline:
    """The baseline of runs that were just made.

    Args:
        suite: What was simulated.
        runs: Every future of every community, in order.
        reason: Why it is recorded or accepted.
        before: The one that it replaces.
    """
    entry = {
        "reason": reason, "date": f"{datetime.now(UTC):%Y-%m-%d}", "qunsim": __version__,
        "code": code_digest()[:12],
    }  # fmt: skip
    history = (() if before is None else before.history) + (entry,)
    return Baseline(
        seed=suite.seed, cases={one.name: _kept(suite, one, runs[one.name]) for one in suite.cases},
        history=history[-_HISTORY:], qunsim=__version__, code=code_digest()[:12],
        platform=machine(), versions=versions(), kpis=tuple(REGISTRY),
    )  # fmt: skip


def _kept(suite: Suite, case: Case, runs: Sequence[Sample]) -> Kept:
    kpis = [one.kpis for one in runs]
    return Kept(
        written=as_json(case.written), key=case.variant.key, parameters=parameters_of(case),
        values={
            key: values_of(kpis, kpi=key, horizon=case.days) for key in suite.kept(case.name)
        },
        digests=tuple(one.digest for one in runs),
        traces=tuple(one.packed for one in runs[: 0 if case.decides else TRACED]),
    )  # fmt: skip


def parameters_of(case: Case) -> dict[str, Any]:
    """Every parameter of a community by its path, and its policies."""
    scenario = case.variant.scenario
    found: dict[str, Any] = {
        key: value for key, value in scenario.flat().items() if key not in {"name", "title"}
    }
    found["policies"] = list(scenario.policies)
    plain: dict[str, Any] = as_json(found)
    return plain


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline; its folder is made if it is missing.

    Raises:
        UserError: ``no_permission``, ``no_space``.
    """
    from sim.study.files import refusals

    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    table = _table(baseline)
    write_json(path, table | {"digest": _digest(table)})


def read_baseline(path: Path, *, suite: str = "") -> Baseline:
    """Read a baseline.

    Args:
        path: The file.
        suite: The suite as commands name it, for what is told.

    Raises:
        UserError: ``not_found``/``baseline``; ``damaged``/``baseline`` (no JSON, or not of a
            suite), ``damaged``/``baseline_edited`` (its digest says something else);
            ``cannot_read``/``baseline_newer``, ``baseline_folder``, ``denied``.
    """
    about = {"file": str(path), "suite": suite, **_commands(suite)}
    if path.is_dir():
        raise UserError("cannot_read", "baseline_folder", **about)
    try:
        table = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UserError("not_found", "baseline", **about) from error
    except PermissionError as error:
        raise UserError("cannot_read", "denied", file=str(path), detail=error.strerror) from error
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("damaged", "baseline", **about) from error
    schema = table.get("schema") if isinstance(table, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or table.get("kind") != KIND:
        raise UserError("damaged", "baseline", **about)
    if schema > SCHEMA:
        raise UserError("cannot_read", "baseline_newer", value=schema, newest=SCHEMA, **about)
    body = {key: value for key, value in table.items() if key != "digest"}
    if table.get("digest") != _digest(body):
        raise UserError("damaged", "baseline_edited", **about)
    try:
        return _baseline(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("damaged", "baseline", **about) from error


def _digest(table: Mapping[str, Any]) -> str:
    text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _commands(suite: str) -> dict[str, str]:
    """Commands that messages name."""
    return {
        "record": f"qunsim ci record {suite}".strip(),
        "accept": f'qunsim ci accept {suite} --reason "..."',
    }


def _table(baseline: Baseline) -> dict[str, Any]:
    table: dict[str, Any] = as_json(
        {
            "schema": SCHEMA,
            "kind": KIND,
            "history": [dict(one) for one in baseline.history],
            "qunsim": baseline.qunsim,
            "code": baseline.code,
            "platform": baseline.platform,
            "versions": dict(baseline.versions),
            "seed": baseline.seed,
            "cases": {name: _case_table(one) for name, one in baseline.cases.items()},
            "kpis": " ".join(baseline.kpis),
        }
    )
    return table


def _case_table(kept: Kept) -> dict[str, Any]:
    return {
        "written": kept.written,
        "futures": kept.size,
        "kpis": {key: _kpi_table(values) for key, values in kept.values.items()},
        "key": kept.key[:12],
        "digests": "".join(kept.digests),
        "parameters": _packed(json.dumps(kept.parameters, ensure_ascii=False).encode()),
        "days": list(kept.traces),
    }


def _kpi_table(values: NDArray[np.float64]) -> dict[str, Any]:
    known = values[~np.isnan(values)]
    spread = float(known.std(ddof=1)) if len(known) > 1 else None
    return {
        "mean": float(f"{known.mean():.7g}") if len(known) else None,
        "sd": None if spread is None else float(f"{spread:.4g}"),
        "defined": len(known),
        "values": _packed(_planes(values)),
    }


def _planes(values: NDArray[np.float64]) -> bytes:
    """Values as 32-bit numbers, all first bytes first: the upper ones are alike and pack well."""
    return values.astype("<f4").view(np.uint8).reshape(-1, 4).T.tobytes()


def _packed(data: bytes) -> str:
    return base64.b85encode(zlib.compress(data, 9)).decode("ascii")


def _unpacked(text: str) -> bytes:
    try:
        return zlib.decompress(base64.b85decode(text))
    except zlib.error as error:
        raise ValueError("not packed") from error


def _baseline(table: Mapping[str, Any]) -> Baseline:
    return Baseline(
        seed=int(table["seed"]),
        cases={name: _kept_of(one) for name, one in table["cases"].items()},
        history=tuple(table["history"]), qunsim=table["qunsim"], code=table["code"],
        platform=table["platform"], versions=table["versions"],
        kpis=tuple(table["kpis"].split()),
    )  # fmt: skip


def _kept_of(table: Mapping[str, Any]) -> Kept:
    digests = table["digests"]
    kept = Kept(
        written=table["written"], key=table["key"],
        parameters=json.loads(_unpacked(table["parameters"])),
        values={
            key: np.frombuffer(_unpacked(one["values"]), np.uint8)
            .reshape(4, -1).T.copy().view("<f4").reshape(-1).astype(np.float64)
            for key, one in table["kpis"].items()
        },
        digests=tuple(digests[i : i + DIGEST] for i in range(0, len(digests), DIGEST)),
        traces=tuple(table["days"]),
    )  # fmt: skip
    sizes = {len(values) for values in kept.values.values()} | {kept.size, int(table["futures"])}
    if len(sizes) != 1:
        raise ValueError("lists of different lengths")
    return kept


def matching(suite: Suite, baseline: Baseline) -> None:
    """Refuse a baseline of other communities than the suite's.

    Raises:
        UserError: ``contradiction``/``baseline_seed`` if the suite has another seed,
            ``baseline_other`` if its file describes a community otherwise than when the baseline
            was made, or asks for a KPI that was not kept.
    """
    other = [
        one.name
        for one in suite.cases
        if one.name not in baseline.cases
        or baseline.cases[one.name].written != as_json(one.written)
        or not set(suite.kept(one.name)) <= set(baseline.cases[one.name].values)
    ]
    about = {"suite": suite.source, **_commands(suite.source)}
    if other:
        raise UserError("contradiction", "baseline_other", names=other, **about)
    if suite.seed != baseline.seed:
        raise UserError(
            "contradiction", "baseline_seed", value=suite.seed, seed=baseline.seed, **about
        )
