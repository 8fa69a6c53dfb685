"""Calling a policy that anybody may have written: errors and endless work are told by its name."""

from __future__ import annotations

import ctypes
import threading
import time
from typing import TYPE_CHECKING

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 10.0
"""Seconds that one call of a policy may take."""
_EVERY = 0.25


class TookTooLong(BaseException):
    """Raised inside a policy that has used its time up."""


class _Watch:
    """Looks a few times a second whether a call has used its time up, and interrupts it.

    One thread for all calls, because a timer for each would take longer than most of them. What
    hangs outside Python cannot be interrupted.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._thread: threading.Thread | None = None

    def begin(self, limit: float) -> None:
        with self._lock:
            self._deadlines[threading.get_ident()] = time.monotonic() + limit
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, daemon=True)
                self._thread.start()

    def end(self) -> None:
        """The call is over; an interruption under way is awaited, or it would hit what follows.

        Raises:
            TookTooLong: It was under way.
        """
        with self._lock:
            if self._deadlines.pop(threading.get_ident(), None) is not None:
                return
        while True:
            time.sleep(0.01)

    def _look(self) -> None:
        while True:
            time.sleep(_EVERY)
            with self._lock:
                now = time.monotonic()
                for thread in [one for one, limit in self._deadlines.items() if now > limit]:
                    del self._deadlines[thread]
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(thread), ctypes.py_object(TookTooLong)
                    )


_WATCH = _Watch()


def guarded(
    call: Callable[[], object], *, policy: str, day: int | None = None, limit: float = LIMIT
) -> None:
    """Call a policy.

    Args:
        call: What is to be called; it must return None.
        policy: The policy's name, for the message.
        day: Day on which it is called; None = while it plans.
        limit: Seconds it may take.

    Raises:
        UserError: ``policy_failed``/``planning`` or ``raised`` if it raises, returns something or
            takes too long.
    """
    detail = ""
    try:
        _WATCH.begin(limit)
        try:
            result = call()
        except Exception as error:  # noqa: BLE001  whatever it is, it is the policy's
            detail = f"{type(error).__name__}: {error}".splitlines()[0]
        else:
            if result is not None:
                detail = f"returned {type(result).__name__} instead of nothing"
        _WATCH.end()
    except TookTooLong:
        detail = f"took longer than {limit:g} s"
    if detail and day is None:
        raise UserError("policy_failed", "planning", policy=policy, detail=detail)
    if detail:
        raise UserError("policy_failed", "raised", policy=policy, day=day, detail=detail)
