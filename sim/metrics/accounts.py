"""Which accounts make up revenue and the classes of cost.

The order of ``sim.record.ACCOUNTS`` is by class, so a class is a slice. Memo accounts belong to no
class and never enter profit.
"""

from __future__ import annotations

from sim.record import ACCOUNTS

_LAST_OF_CLASS = {
    "revenue": "refund",
    "variable": "fulfilment",
    "acquisition": "partner_fee",
    "engagement": "care",
    "fixed": "other",
}


def _slices() -> dict[str, slice]:
    slices, start = {}, 0
    for name, last in _LAST_OF_CLASS.items():
        stop = ACCOUNTS.index(last) + 1
        slices[name] = slice(start, stop)
        start = stop
    return slices


CLASS_OF_ACCOUNTS = _slices()
"""Class name -> slice of ``ACCOUNTS``: revenue (refunds are negative lines) and the four classes of
cost."""
