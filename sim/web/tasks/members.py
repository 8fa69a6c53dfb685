"""Members of one future of a comparison who are worth reading about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.study.picks import interesting_members
from sim.web.tasks.futures import future_of
from sim.web.views.lives import members_view
from sim.web.views.writing import write_views

if TYPE_CHECKING:
    from sim.web.tasks.base import Asked, Channel


def do(asked: Asked, channel: Channel) -> None:
    """Find them; ``options`` as for ``future_of``.

    Raises:
        UserError: As ``future_of``.
    """
    picks = interesting_members(future_of(asked).record())
    write_views(asked.folder, lambda words: members_view(picks, words=words))
    channel.look()
