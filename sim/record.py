"""What one run leaves behind: daily counts, weekly counts, the books, and every member ever.

KPIs are functions of a :class:`RunRecord` alone, so that a run that was simulated a day at a time,
in one compiled call, or read back from a file is measured by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAILY = (
    "members",  # stock at the end of the day, staff included
    "openers",
    "speakers",
    "messages",
    "replies",
    "joins",
    "leaves",
    "pruned",
    "muted",  # stock at the end of the day
    "invites_sent",
    "invites_accepted",
    "payers",  # distinct members who paid more than 0 that day
    "revenue",  # fen, refunds deducted
    "cost",  # fen
    "member_speakers",  # staff left out
    "member_openers",  # staff left out
    "member_messages",  # staff left out
    "newcomer_speakers",  # first message ever falls on this day
    "paid_members",  # stock in a paid period at the end of the day
    "gross_sales",  # fen
    "roots",  # messages that are not replies
    "roots_answered",  # of these, answered on the same day
    "moved_in",
    "moved_out",
    "first_payers",  # paid for the first time ever
)
"""Columns of ``RunRecord.daily``, in order. Rates are derived on reading."""

DAILY_INDEX = {name: index for index, name in enumerate(DAILY)}

ACCOUNTS = (
    "membership", "entry_fee", "course", "goods", "affiliate", "agent_fee", "sponsor", "refund",
    "goods_cost", "platform_fee", "commission_out", "fulfilment",
    "ads", "referral_reward", "giveaway", "newcomer_packet", "free_course_cost", "partner_fee",
    "packet", "prize", "points_redeemed", "content", "guest_fee", "venue", "event_cost", "care",
    "wages", "tools", "other",
    "gross_sales", "discount_given", "peer_packet",
    "staff_minutes", "minutes_not_done", "money_not_done",
    "aimed_persons", "aimed_at_nobody",
)  # fmt: skip
"""Accounts of the ledger (classes in ``sim.ledger``): revenue, variable, acquisition, engagement,
fixed, and memo lines that are never part of profit. Fen, except minutes, and the last two: members
for whom an aimed policy was meant, once a day; groups and days on which it was meant for nobody."""

ROLES = ("lurker", "seed_user", "leader", "owner", "administrator", "guest")
"""Role codes. Staff = owner, administrator, guest: left out of rates and of the stage."""

STAFF_ROLES = (3, 4, 5)

LEFT_HOW = ("present", "left", "pruned")
"""How a stay ended."""

CHANNELS = ("founder", "invited", "open", "content", "giveaway", "partner", "business", "log")
"""How a member arrived."""


@dataclass(frozen=True)
class Members:
    """Every member ever, one row each, in order of arrival; all arrays have length R.

    Days are 0-based; -1 = never (for ``joined``: before day 0, an initial member).
    """

    id: NDArray[np.uint32]
    group: NDArray[np.int32]
    role: NDArray[np.int32]  # at the end (or on leaving)
    channel: NDArray[np.int32]
    inviter: NDArray[np.int64]  # row of the inviter, -1 = none
    joined: NDArray[np.int32]  # -1 for initial members
    left: NDArray[np.int32]  # day of leaving or removal, -1 = still a member
    left_how: NDArray[np.int32]  # code of LEFT_HOW
    first_spoke: NDArray[np.int32]
    last_spoke: NDArray[np.int32]
    last_opened: NDArray[np.int32]
    messages: NDArray[np.int64]  # in the run
    invited: NDArray[np.int64]  # accepted invitations
    spent: NDArray[np.int64]  # fen, refunds deducted
    first_paid: NDArray[np.int32]
    muted: NDArray[np.bool_]
    paid_until: NDArray[np.int32]  # first day without a paid period, -1 = never paid for one


@dataclass(frozen=True)
class RunRecord:
    """One finished run.

    Attributes:
        days: Horizon H.
        daily: int64 of shape (H, G, len(DAILY)); flows of the day, stocks at its end. Persons are
            in one group at a time, so summing over groups gives the community.
        weekly: int64 of shape (W, G, 3) for whole 7-day windows from day 0: distinct speakers,
            messages, members whose first message ever fell in the week.
        ledger: int64 of shape (H, len(ACCOUNTS)): fen (minutes) booked a day.
        ledger_policy: int64 of shape (P, len(ACCOUNTS)): the same totals by policy.
        policies: Names of the P bookers; index 0 is ``"scenario"`` (what no policy did).
        initial_members: Members present before day 0.
        members: Every member ever.
        tenure_contribution: int64 of shape (H,): contribution in fen from members who joined in
            the run (not initial ones), by days since joining.
        capacity: int64 of shape (G,): places a group.
    """

    days: int
    daily: NDArray[np.int64]
    weekly: NDArray[np.int64]
    ledger: NDArray[np.int64]
    ledger_policy: NDArray[np.int64]
    policies: tuple[str, ...]
    initial_members: int
    members: Members
    tenure_contribution: NDArray[np.int64]
    capacity: NDArray[np.int64]

    @property
    def groups(self) -> int:
        """Groups, also those that never opened."""
        return int(self.daily.shape[1])

    def of_group(self, name: str, group: int) -> NDArray[np.int64]:
        """One group's daily series of one column of DAILY: int64 of shape (H,)."""
        series: NDArray[np.int64] = self.daily[:, group, DAILY_INDEX[name]]
        return series

    def total(self, name: str) -> NDArray[np.int64]:
        """The community's daily series of one column of DAILY: int64 of shape (H,)."""
        series: NDArray[np.int64] = self.daily[:, :, DAILY_INDEX[name]].sum(axis=1)
        return series
