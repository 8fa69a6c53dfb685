"""Watches which keyed draws a run asks for: no draw may decide two things.

Compiled code cannot be watched, so a process of its own reads the same sources as plain Python and
simulates a small community. It compiles nothing and takes two seconds. Run as a module it prints
what is used more often than it may be, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

DAYS = 9

ALLOWED = {
    ("trait", 0): 2,  # a trait decides at the door and is written down behind it
    ("arrival", None): 2,  # the day's count, once to make room for it and once to let them in
    ("live", 0): 2,  # whether somebody invites, and how many: one number of two parts
    ("meet", 0): 3,  # whether somebody comes (counted, then listed) and whom he meets: other words
}
"""How often one key may be asked for, by purpose and ordinal (None = any); once elsewhere."""

_ROWS = {"look", "live"}
"""Purposes that are drawn for whole blocks: rows that nobody is in have number 0 and no luck."""

_LEVERS = {  # lever: (first day, every, amount); together they bring every phase into motion
    "content": (0, 1, 2.0), "packet": (1, 3, 20.0), "packet_parts": (1, 3, 5.0),
    "ask": (0, 1, 4.0), "invite_reward": (0, 1, 2.0), "promo": (2, 2, 1.0),
    "price_goods": (0, 1, 9.0), "price_course": (1, 1, 19.0), "meet": (4, 4, 1.0),
    "reach_content": (0, 1, 4.0), "cultivate": (0, 1, 1.0), "lesson": (3, 2, 1.0),
    "entry_price": (6, 1, 5.0),
}  # fmt: skip


_BEGIN = f"""
import sys
sys.path.insert(0, {str(Path(__file__).resolve().parents[3])!r})
from sim.study.regression.drawing import main
main()
"""


def watch() -> subprocess.Popen[str]:
    """Begin to watch in a process of its own.

    It reads the package that runs here, whatever else is called ``sim`` in the current folder.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BEGIN], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def answer(process: subprocess.Popen[str]) -> list[str] | None:
    """What a watching process found, one text a purpose; None if it failed."""
    out, _ = process.communicate()
    try:
        found = json.loads(out) if process.returncode == 0 else None
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def _as_python() -> None:
    """Let decorators of kernels leave functions as they are; before anything is imported."""
    import numba

    def leave(*given: Any, **_: Any) -> Any:
        if given and callable(given[0]):
            given[0].py_func = given[0]
            return given[0]
        return leave

    numba.njit = leave


def _plain(record: Any) -> Any:
    """A record of coefficients as plain Python can read it."""
    if record.dtype.names is None:
        return record
    return SimpleNamespace(**{name: _plain(record[name]) for name in record.dtype.names})


class _Witness:
    """Counts what is asked of the generator, and who asks."""

    def __init__(self, draws: Any) -> None:
        self._uniforms, self._philox = draws.uniforms, draws.philox
        self.asked: dict[tuple[int, ...], dict[str, int]] = {}

    def uniforms(self, k0: Any, k1: Any, *counter: Any) -> Any:
        """Keyed uniforms, noted: counter = (who, day, purpose, ordinal)."""
        self._note((k0, k1, *counter))
        return self._uniforms(k0, k1, *counter)

    def philox(self, k0: Any, k1: Any, *counter: Any) -> Any:
        """Keyed words, noted if they were not asked for by :meth:`uniforms`."""
        if sys._getframe(1).f_code.co_name != "uniforms":  # noqa: SLF001  who asks is what is asked
            self._note((k0, k1, *counter))
        return self._philox(k0, k1, *counter)

    def _note(self, key: tuple[Any, ...]) -> None:
        frame = sys._getframe(2)  # noqa: SLF001  as above
        where = f"{frame.f_globals['__name__'].removeprefix('sim.')}.{frame.f_code.co_name}"
        who = self.asked.setdefault(tuple(map(int, key)), {})
        who[where] = who.get(where, 0) + 1


def reused(asked: dict[tuple[int, ...], dict[str, int]], purposes: dict[str, int]) -> list[str]:
    """What was asked for more often than it may be.

    Args:
        asked: By key (two words, who, day, purpose, ordinal) who asked for it how often.
        purposes: Codes of purposes.

    Returns:
        One text a purpose: ``accept: phases.acting.invite x3``.
    """
    names = {code: name for name, code in purposes.items()}
    worst: dict[str, dict[str, int]] = {}
    for (_, _, who, _, purpose, ordinal), callers in asked.items():
        name = names.get(purpose, str(purpose))
        if name in _ROWS and who == 0:
            continue
        most = ALLOWED.get((name, ordinal), ALLOWED.get((name, None), 1))
        if sum(callers.values()) > max(most, sum(worst.get(name, {}).values())):
            worst[name] = callers
    return [
        f"{name}: " + " + ".join(f"{where} x{count}" for where, count in sorted(callers.items()))
        for name, callers in sorted(worst.items())
    ]


def main() -> None:
    """Simulate a small community as plain Python and print what is reused."""
    _as_python()
    import numpy as np

    from sim import coefficients, draws

    np.seterr(all="ignore")  # 32-bit words are meant to overflow
    witness = _Witness(draws)
    draws.uniforms, draws.philox = witness.uniforms, witness.philox
    reckon = coefficients.coefficients
    coefficients.coefficients = lambda parameters: _plain(reckon(parameters))

    from sim.levers import Levers
    from sim.scenario import Scenario
    from sim.simulation import Run

    changes = {
        "members.initial": 60, "members.leaders": 3, "members.seed_users": 6, "invite.rate": 0.3,
        "groups.number": 2, "member.engagement_start": 0.7,
    }  # fmt: skip
    scenario = Scenario.preset("knowledge").replace(changes)
    levers = Levers.neutral(DAYS, 2, ("operator",))
    for name, (first, every, amount) in _LEVERS.items():
        for day in range(first, DAYS, every):
            levers.set(name, day, amount, policy=1)
    Run.start(scenario, seed=1, days=DAYS, levers=levers).advance()
    sys.stdout.write(json.dumps(reused(witness.asked, draws.PURPOSES)))


if __name__ == "__main__":
    main()
