"""What a KPI may be: a number, a word, or undefined."""

from __future__ import annotations

NEVER = "never"
"""Value of a time that did not come within the horizon: later than the last day, not undefined."""

Value = float | str | None
"""None = undefined (zero denominator, nothing observed). Never an infinity or a NaN."""

FEN_PER_YUAN = 100


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``; undefined unless the whole is positive."""
    return part / whole if whole > 0 else None


def yuan(fen: float) -> float:
    """Fen as yuan."""
    return fen / FEN_PER_YUAN


def restricted(value: Value, *, horizon: int) -> float | None:
    """A time as studies need it that want a number from every run.

    Args:
        value: A number, ``NEVER``, or None.
        horizon: Days simulated, H.

    Returns:
        ``min(time, H)``, H where it never came, None where undefined. The 0/1 of having come is
        ``value != NEVER``.

    Raises:
        TypeError: For a word that is no time, such as a stage.
    """
    if value is None:
        return None
    if value == NEVER:
        return float(horizon)
    if isinstance(value, str):
        msg = f"not a time: {value!r}"
        raise TypeError(msg)
    return min(value, float(horizon))
