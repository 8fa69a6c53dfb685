"""Which views of members there are, kept in step with the columns."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim import mesa_compat
from sim.population import FLAGS, NOBODY, PRESENT, ROLE
from sim.views import VIEWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.views import Member, Viewed


class Roster:
    """The views of those present, by row; brought up to date only when the model has changed."""

    def __init__(self) -> None:
        self._version = -1
        self._shown: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._views: dict[int, Member] = {}
        self._before = 0
        self._made: weakref.WeakSet[Member] = weakref.WeakSet()  # also who has left since

    def __getstate__(self) -> dict[str, Any]:
        """All of it, so that a model can be copied and pickled: weak references cannot."""
        return {**vars(self), "_made": list(self._made)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The roster again."""
        vars(self).update(state)
        self._made = weakref.WeakSet(state["_made"])

    def update(self, model: Viewed, *, version: int) -> None:
        """Make, take out and re-class views until they are those of the members present.

        Args:
            model: The model they belong to.
            version: Number of the model's state; nothing happens if it was shown already.
        """
        if version == self._version:
            return
        members = model.engine.members
        present = (members.byte[:, FLAGS, :] & PRESENT) > 0
        now = np.where(present, members.byte[:, ROLE, :] + np.uint8(1), np.uint8(0)).ravel()
        before = np.zeros_like(now)
        before[: len(self._shown)] = self._shown
        for row in np.flatnonzero(now != before).tolist():
            self._show(model, row, int(now[row]))
        self._shown = now
        self._version = version

    def readdress(self, moved: NDArray[np.uint32]) -> None:
        """Let views point to their members' new rows.

        Args:
            moved: New row of each row, as in ``sim.simulation.Run.moves``.
        """
        self._before += len(moved)  # numbers of new views stay apart from those given
        views, shown = self._views, self._shown
        self._shown = np.zeros(int(moved[moved != NOBODY].max()) + 1, np.uint8)
        for view in self._made:
            view.row = int(moved[view.row])
        self._views = {view.row: view for view in views.values()}
        for row, view in views.items():
            self._shown[view.row] = shown[row]

    def drop(self, row: int) -> None:
        """Forget a view that its model lets go."""
        self._views.pop(row, None)
        self._shown[row : row + 1] = 0

    def _show(self, model: Viewed, row: int, code: int) -> None:
        view = self._views.get(row)
        if view is None:
            self._views[row] = VIEWS[code - 1](model, row=row, before=self._before)
            self._made.add(self._views[row])
        elif code == 0:
            del self._views[row]
            mesa.Agent.remove(view)
        else:
            mesa_compat.change_class(view, VIEWS[code - 1])
