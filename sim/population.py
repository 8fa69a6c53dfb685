"""The members' columns: who is there, one row a member, in order of arrival.

Columns are stored in blocks of 256 members (array of structures of arrays): a block's column is
contiguous, so the day's loops run on vectors, and a block belongs to one group, so a group's
quantities are constants inside them. A row number is ``block * 256 + lane``. The day never moves a
row; between days departed members are put on file and the others move together (``sim.tidying``).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

LANES = 256
CHUNK = 32
"""Rows that a scan for rare things looks at together: 32 bytes fill a vector register."""
WORD_BYTES = 8
"""Bytes, such as flags or events, that are looked at together as one uint64."""
EACH_BYTE = 0x0101010101010101
"""Times bits of one byte: the same bits in each of them."""
NOBODY = np.uint32(0xFFFFFFFF)
NEVER = np.int16(-32768)
FREE, ARCHIVED = -1, -2
"""Groups of blocks that are no group's: not in use yet, and rows of the departed put on file."""
SLOTS = 6
"""Ties kept for each member; the weakest is replaced. Four carry every effect of ties, two more
keep friends beside the leaders."""

REAL = (
    # traits, fixed at entry
    "activity",  # appetite to talk relative to the median, > 0
    "fit",  # closeness to the group's core, standard deviations
    "restless",  # relative hazard of leaving, role included, >= 0
    "tolerance",  # of promotion, > 0
    "wallet",  # willingness to pay, yuan
    "buy_rate",  # relative rate of buying goods
    "friends",  # friends outside who might still join
    # states
    "engagement",  # memory of net benefit, 0 to 1
    "lift",  # part of engagement that the operator's actions made, -1 to 1
    "trust",  # in the operator, 0 to 1
    "fatigue",  # decaying count of promotions seen
    "grief",  # decaying weight of departed ties
    "heat",  # of inviting
    "standing",  # smoothed replies received a day
    "points",
    "got",  # replies received today (yesterday's, before phase 4)
    "company",  # weight of ties who spoke today (yesterday's, before phase 4)
    "peers",  # weight of paying ties
    # habit: smoothed own activity on three time scales (forecasting law)
    "fast",
    "medium",
    "slow",
    "volume",  # smoothed messages of an active week
    "week_messages",
    "habit",  # logit of speaking in this week, before the group and the shock
)
WORD = ("id", "inviter", "messages", "invited")
DAY = ("joined", "left", "first_spoke", "last_spoke", "last_opened", "paid_until", "first_paid")
BYTE = ("flags", "role", "channel", "lessons", "left_how", "pending")

PRESENT, MUTED, OPENED, SPOKE, WEEK, PAID, COURSE, HUNTER = (np.uint8(1 << k) for k in range(8))
"""Bits of the column ``flags``."""

LURKER, SEED_USER, LEADER, OWNER, ADMINISTRATOR, GUEST = range(6)
"""Codes of the column ``role`` (order of ``sim.record.ROLES``)."""

REAL_INDEX = {name: k for k, name in enumerate(REAL)}
WORD_INDEX = {name: k for k, name in enumerate(WORD)}
DAY_INDEX = {name: k for k, name in enumerate(DAY)}
BYTE_INDEX = {name: k for k, name in enumerate(BYTE)}

(ACTIVITY, FIT, RESTLESS, TOLERANCE, WALLET, BUY_RATE, FRIENDS, ENGAGEMENT, LIFT,
 TRUST, FATIGUE, GRIEF, HEAT, STANDING, POINTS, GOT, COMPANY, PEERS, FAST, MEDIUM, SLOW, VOLUME,
 WEEK_MESSAGES, HABIT) = range(24)  # fmt: skip
ID, INVITER, MESSAGES, INVITED = range(4)
JOINED, LEFT, FIRST_SPOKE, LAST_SPOKE, LAST_OPENED, PAID_UNTIL, FIRST_PAID = range(7)
FLAGS, ROLE, CHANNEL, LESSONS, LEFT_HOW, PENDING = range(6)


class Population(NamedTuple):
    """The columns of all members ever (a tuple of arrays: compiled code takes it as it is).

    Attributes:
        real: float32 of shape (blocks, len(REAL), 256).
        word: uint32 of shape (blocks, len(WORD), 256).
        day: int16 of shape (blocks, len(DAY), 256); ``NEVER`` = not yet.
        byte: uint8 of shape (blocks, len(BYTE), 256).
        block_group: int32 of shape (blocks,): the group of each block, ``FREE`` or ``ARCHIVED``.
        fill: int64 of shape (blocks,): rows in use in each block.
        spent: int64 of shape (blocks, 256): fen paid to the operator, refunds deducted.
        partner: uint32 of shape (blocks * 256, SLOTS): rows of those a member is tied to,
            ``NOBODY`` = none. Ties are looked up member by member, not column by column, so those
            of one member lie together.
        tie: float32 of shape (blocks * 256, SLOTS): their weights, 0 to 1.
    """

    real: NDArray[np.float32]
    word: NDArray[np.uint32]
    day: NDArray[np.int16]
    byte: NDArray[np.uint8]
    block_group: NDArray[np.int32]
    fill: NDArray[np.int64]
    spent: NDArray[np.int64]
    partner: NDArray[np.uint32]
    tie: NDArray[np.float32]

    @property
    def rows(self) -> NDArray[np.int64]:
        """Row numbers in use, in order of blocks: int64 of shape (R,)."""
        lanes = np.arange(LANES)
        used = lanes[None, :] < self.fill[:, None]
        return np.flatnonzero(used.ravel())

    def column(self, name: str) -> NDArray[np.generic]:
        """A view of one column, of shape (blocks, 256); writing to it writes to the members.

        Raises:
            KeyError: No column has this name.
        """
        if name in REAL_INDEX:
            return self.real[:, REAL_INDEX[name], :]
        if name in WORD_INDEX:
            return self.word[:, WORD_INDEX[name], :]
        if name in DAY_INDEX:
            return self.day[:, DAY_INDEX[name], :]
        return self.byte[:, BYTE_INDEX[name], :]


def allocate(blocks: int) -> Population:
    """An empty population with room for ``blocks`` x 256 members."""
    population = Population(
        real=np.zeros((blocks, len(REAL), LANES), np.float32),
        word=np.zeros((blocks, len(WORD), LANES), np.uint32),
        day=np.full((blocks, len(DAY), LANES), NEVER, np.int16),
        byte=np.zeros((blocks, len(BYTE), LANES), np.uint8),
        block_group=np.full(blocks, FREE, np.int32),
        fill=np.zeros(blocks, np.int64),
        spent=np.zeros((blocks, LANES), np.int64),
        partner=np.full((blocks * LANES, SLOTS), NOBODY, np.uint32),
        tie=np.zeros((blocks * LANES, SLOTS), np.float32),
    )
    population.word[:, INVITER, :] = NOBODY
    population.real[:, TOLERANCE, :] = 1.0
    population.real[:, WALLET, :] = 1.0
    return population


def grow(population: Population, blocks: int) -> Population:
    """The same members with room for ``blocks`` more blocks; row numbers stay."""
    more = allocate(blocks)
    columns: Any = zip(population, more, strict=True)
    return Population(*(np.concatenate(pair) for pair in columns))


def bytes_per_member(population: Population) -> float:
    """Bytes of state for each row in use, spare rows of started blocks included."""
    used = population.block_group != FREE
    size = sum(array.nbytes for array in population) * used.mean()
    return float(size) / max(1, int(population.fill[used].sum()))
