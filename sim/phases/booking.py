"""Phase 10's tools: the columns of the daily counts and the lines of the ledger, by number."""

from __future__ import annotations

import numpy as np

from sim.arithmetic import phase
from sim.record import ACCOUNTS, DAILY

(MEMBERS_END, OPENERS_DAY, SPEAKERS, MESSAGES_SAID, REPLIES_SAID, JOINS, LEAVES, PRUNED, MUTED_END,
 INVITES_SENT, INVITES_ACCEPTED, PAYERS, REVENUE, COST, MEMBER_SPEAKERS, MEMBER_OPENERS,
 MEMBER_MESSAGES, NEWCOMER_SPEAKERS, PAID_END, GROSS, ROOTS, ANSWERED, MOVED_IN, MOVED_OUT,
 FIRST_PAYERS) = range(len(DAILY))  # fmt: skip

(MEMBERSHIP, ENTRY_FEE, COURSE_SALES, GOODS, AFFILIATE, AGENT_FEE, SPONSOR, REFUND, GOODS_COST,
 PLATFORM_FEE, COMMISSION_OUT, FULFILMENT, ADS, REFERRAL_REWARD, GIVEAWAY, NEWCOMER_PACKET,
 FREE_COURSE_COST, PARTNER_FEE, PACKET, PRIZE, POINTS_REDEEMED, CONTENT_COST, GUEST_FEE, VENUE,
 EVENT_COST, CARE_COST, WAGES, TOOLS, OTHER, GROSS_SALES, DISCOUNT_GIVEN, PEER_PACKET,
 STAFF_MINUTES, MINUTES_NOT_DONE, MONEY_NOT_DONE, AIMED_PERSONS, AIMED_AT_NOBODY) = range(len(ACCOUNTS))  # fmt: skip


@phase
def fen(yuan):
    """Yuan as whole fen, halves up."""
    return np.int64(np.floor(np.float64(yuan) * 100.0 + 0.5))


@phase
def book(books, t, account, policy, amount):
    """Book one line: fen (or minutes) of a day, under an account and a policy."""
    books.ledger[t, account] += amount
    books.ledger_policy[policy, account] += amount
