"""Who answers whom: the network of replies, where a log has them.

A log says whom a message answers, not which message of his. It is taken for an answer to the last
one before it, which is what a reader of a chat would think.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.table import DAY, MESSAGE
from sim.metrics.inequality import top_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.table import EventTable

GROUPS = ("top", "tenth", "half", "quiet")
"""Members by how much they write: the busiest 1 %, up to 10 %, up to half, the quieter half."""

_BOUNDS = (0.01, 0.10, 0.50)


@dataclass(frozen=True, kw_only=True)
class ReplyNetwork:
    """Replies among those who wrote; None = nothing to take a share of.

    Attributes:
        replies: Messages that answer somebody else.
        links: Pairs (who answered, whom), each counted once.
        reciprocity: Share of links whose reverse exists too.
        answered: Share of messages that got an answer (see above).
        first_answered: Share of members, those of the log's first 30 days left out, of whom a
            message of the first 24 hours was answered within them.
        top10_received: Share of replies that go to the tenth of the members that gets most.
        largest: Share of members in the largest set that replies connect.
        core_size: Members of the innermost core, each of whom has replies with at least
            ``core_degree`` others of it (the k-core, Seidman 1983, Social Networks 5, 269-287).
        core_degree: That number.
        groups: How many members each of :data:`GROUPS` has.
        between: Replies from group (row) to group (column), of shape (4, 4).
    """

    replies: int
    links: int
    reciprocity: float
    answered: float
    first_answered: float | None
    top10_received: float
    largest: float
    core_size: int
    core_degree: int
    groups: tuple[int, ...]
    between: NDArray[np.int64]

    def document(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self) | {"between": self.between.tolist()}


def reply_network(table: EventTable) -> ReplyNetwork | None:
    """The network of a log's replies.

    Args:
        table: The events.

    Returns:
        None if no message of the log answers anybody else: then it does not tell.
    """
    use = table.event == MESSAGE
    seconds, member, target = table.seconds[use], table.member[use], table.reply_to[use]
    written = np.bincount(member, minlength=table.members)
    # Somebody who was answered without ever writing was not answered, but mentioned.
    real = (target >= 0) & (target != member) & (written[target] > 0)
    if not real.any():
        return None
    people = np.flatnonzero(written)
    code = np.full(table.members, -1, dtype=np.int64)
    code[people] = np.arange(people.size)
    source, goal = code[member[real]], code[target[real]]
    size = people.size
    links = np.unique(source * size + goal)
    back = links % size * size + links // size
    received = np.bincount(goal, minlength=size)
    concentration = top_share(received, top=0.10)
    assert concentration is not None
    degree, core = _core(links // size, links % size, size)
    rank = np.empty(size, dtype=np.int64)
    rank[np.argsort(-written[people], kind="stable")] = np.arange(size)
    cuts = np.array([-(-size * round(100 * bound) // 100) for bound in _BOUNDS])
    group = np.searchsorted(cuts, rank, side="right")
    between = np.bincount(group[source] * 4 + group[goal], minlength=16).reshape(4, 4)
    answered, first = _answered(seconds, member, target, real, start=int(table.seconds[0]))
    return ReplyNetwork(
        replies=int(source.size),
        links=int(links.size),
        reciprocity=float(np.isin(back, links, assume_unique=True).mean()),
        answered=answered,
        first_answered=first,
        top10_received=concentration,
        largest=_largest(links // size, links % size, size) / size,
        core_size=core,
        core_degree=degree,
        groups=tuple(np.bincount(group, minlength=4).tolist()),
        between=between.astype(np.int64),
    )


def _answered(
    seconds: NDArray[np.int64],
    member: NDArray[np.int32],
    target: NDArray[np.int32],
    real: NDArray[np.bool_],
    *,
    start: int,
) -> tuple[float, float | None]:
    """Share of messages answered, and of newcomers answered on their first day."""
    # Messages by member and time; the one that a reply answers is the last of its target before it.
    place = np.arange(seconds.size)
    order = np.argsort(member, kind="stable")
    key = member[order].astype(np.int64) * seconds.size + place[order]
    wanted = target[real].astype(np.int64) * seconds.size + place[real]
    at = np.searchsorted(key, wanted) - 1
    known = (at >= 0) & (key[at] // seconds.size == target[real])
    question = key[at[known]] % seconds.size
    answer = place[real][known]
    share = np.unique(question).size / seconds.size
    people, first = np.unique(member, return_index=True)
    began = np.zeros(int(member.max()) + 1, dtype=np.int64)
    began[people] = seconds[first]
    new = people[(began[people] >= start + 30 * DAY) & (began[people] <= seconds[-1] - DAY)]
    if not new.size:
        return share, None
    soon = seconds[answer] - began[member[question]] <= DAY
    met = np.zeros(began.size, dtype=np.bool_)
    met[member[question[soon]]] = True
    return share, float(met[new].mean())


def _largest(source: NDArray[np.int64], goal: NDArray[np.int64], size: int) -> int:
    """Members of the largest weakly connected component."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(source.size, np.int8), (source, goal)), shape=(size, size))
    return int(np.bincount(connected_components(graph, directed=False)[1]).max())


def _core(source: NDArray[np.int64], goal: NDArray[np.int64], size: int) -> tuple[int, int]:
    """Degree and size of the innermost core of the undirected network."""
    pairs = np.unique(np.minimum(source, goal) * size + np.maximum(source, goal))
    one, other = np.divmod(pairs, size)
    level, core = 0, (one, other)
    while True:
        while one.size:
            degree = np.bincount(one, minlength=size) + np.bincount(other, minlength=size)
            stay = (degree[one] > level) & (degree[other] > level)
            if stay.all():
                break
            one, other = one[stay], other[stay]
        if not one.size:
            return level, int(np.unique(np.concatenate(core)).size)
        level, core = level + 1, (one, other)
