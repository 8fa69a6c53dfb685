"""How results name the sizes of communities."""

from __future__ import annotations

import math


def size_key(n: int) -> str:
    """``1000`` as ``1e3``."""
    power = round(math.log10(n))
    return f"1e{power}" if n == 10**power else str(n)


def size_label(key: str) -> str:
    """``1e3`` as ``1,000``."""
    return f"{int(float(key)):,}"
