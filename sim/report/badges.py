"""How far a result is fitted to somebody's own community."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.study.variant import Variant


def badge_of(base: Variant) -> str:
    """Key of ``badge.*``: whether a study begins with a real community."""
    from sim.study.from_log import Fitted

    return "fitted" if isinstance(base.begins, Fitted) else "not_fitted"
