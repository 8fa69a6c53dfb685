"""A plain-Python reading of the day, written from docs/ODD.md.

Objects with attributes, ordinary loops, no columns and no compiled phases. Shared with the engine
are only the keyed draws and the float32 ``exp`` and ``ln``, because two readings of a model can be
compared member by member only where they have the same luck.
"""

from .day import Community

__all__ = ["Community"]
