"""One member's life in one future of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.study.life import life_of, same_member
from sim.web.tasks.futures import future_of
from sim.web.views.lives import life_view
from sim.web.views.writing import write_views

if TYPE_CHECKING:
    from sim.web.tasks.base import Asked, Channel


def do(asked: Asked, channel: Channel) -> None:
    """Live that future once more and watch the member.

    ``options``: as for ``future_of``, and ``member`` = row in the run's table of members.

    Raises:
        UserError: As ``future_of``; ``not_found``/``member``.
    """
    future = future_of(asked)
    member = int(asked.options["member"])
    life = life_of(future.begin(), member, record=future.kept(future.variant))
    others = {
        number: future.kept(variant)
        for number, variant in enumerate(future.study.variants)
        if variant is not future.variant
    }
    same = {
        number: same_member(record, life) for number, record in others.items() if record is not None
    }
    write_views(asked.folder, lambda words: life_view(life, same=same, words=words))
    channel.look()
