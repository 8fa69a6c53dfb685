"""Errors that a user can mend.

Lower layers raise a coded error with values and never write prose; ``sim.words`` turns it into one
sentence in the user's language (what is wrong, where, how to mend it).
"""

from __future__ import annotations


class UserError(Exception):
    """Bad input: shown as one message, exit code 2, never a traceback.

    Args:
        kind: Kind of mistake, a key of the error catalogue in ``sim.words``
            (``not_found``, ``unknown_key``, ``cannot_read``, ``wrong_form``, ``out_of_range``,
            ``contradiction``, ``never_happens``, ``wrong_file``, ``too_short``, ``taken``,
            ``no_space``, ``no_permission``, ``damaged``, ``too_big``, ``policy_failed``,
            ``missing_extra``).
        reason: Key of the sentence within the kind.
        values: What the sentence needs: names, places, limits, suggestions.
    """

    def __init__(self, kind: str, reason: str, **values: object) -> None:
        self.kind = kind
        self.reason = reason
        self.values = values
        super().__init__(f"{kind}/{reason}: {values}")


class UserErrors(UserError):
    """Several mistakes of one input, reported together (at most ten are shown)."""

    def __init__(self, errors: list[UserError]) -> None:
        self.errors = errors
        super().__init__("several", "several", count=len(errors))
