"""Where groups live, and how many a group holds there (handbook: B4)."""

from __future__ import annotations

from typing import Literal

Platform = Literal["wechat", "qq", "planet", "open"]

CAPACITY: dict[str, int] = {
    "wechat": 500,
    "qq": 2_000,
    "planet": 10_000_000,
    "open": 10_000_000,
}
"""Places in a group by platform, by the platforms' rules; the last two set no bound that matters
(10,000,000 is the bound of ``groups.capacity`` itself)."""
