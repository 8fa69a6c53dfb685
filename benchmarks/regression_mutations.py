"""Planted changes of the model that `qunsim ci check` has to tell apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """What is changed.

    Attributes:
        key: Short name.
        about: What it is.
        file: File below `sim/`.
        edits: Texts that are there once, each with what takes its place.
        verdict: The verdict that is right.
        compiled: Whether kernels have to be compiled anew.
    """

    key: str
    about: str
    file: str
    edits: tuple[tuple[str, str], ...]
    verdict: str = "different"
    compiled: bool = True


_ARRIVE = """        arrive(
            t, k0, k1, members, groups, c, traits, doses, under, aims, drivers, books, capacity,
            market,
        )  # fmt: skip
"""
_NOTE = "        note_aims(t, aims, counts, books)\n"
_HAZARD = "        * exit_.hazard\n"

MUTATIONS = (
    Mutation(
        key="hazard", about="a hazard + 10 %: leaving", file="agents/member.py",
        edits=((_HAZARD, "        * exit_.hazard * _f(1.1)\n"),),
    ),
    Mutation(
        key="sign", about="a sign flipped: engagement drives out instead of holding",
        file="agents/member.py",
        edits=(("held = exit_.engagement * (", "held = -exit_.engagement * ("),),
    ),
    Mutation(
        key="half_cost", about="a policy's cost halved: content", file="policies/value_content.py",
        edits=(("price.content * self.amount)", "price.content * self.amount / 2)"),),
        compiled=False,
    ),
    Mutation(
        key="phase", about="a phase moved: newcomers arrive after members have looked in",
        file="day.py", edits=((_ARRIVE, ""), (_NOTE, _ARRIVE + _NOTE)),
    ),
    Mutation(
        key="reused_draw", about="a draw reused: all whom one member invites share one luck",
        file="phases/acting.py", edits=(("who, t, ACCEPT, k)", "who, t, ACCEPT, 0)"),),
    ),
    Mutation(
        key="cap", about="a cap off by one: places of a group", file="phases/arriving.py",
        edits=(
            (
                "    if groups_g[HEADCOUNT] >= capacity:\n        return False",
                "    if groups_g[HEADCOUNT] > capacity:\n        return False",
            ),
        ),
    ),
    Mutation(
        key="one_sided", about="a line booked on one side only: the platform's fee",
        file="phases/booking.py",
        edits=(
            (
                "    books.ledger_policy[policy, account] += amount\n",
                """    if account != PLATFORM_FEE:
        books.ledger_policy[policy, account] += amount
""",
            ),
        ),
    ),
    Mutation(
        key="kpi", about="a KPI counts who is gone: active in 30 days", file="metrics/activity.py",
        edits=(
            (
                "_spoke_lately(run, window) & run.persons.present))",
                "_spoke_lately(run, window)))",
            ),
        ),
        compiled=False,
    ),
    Mutation(
        key="muted", about="a factor forgotten: who has muted opens like others",
        file="agents/member.py",
        edits=(("+ opening.muted * muted * (", "+ ZERO * opening.muted * muted * ("),),
    ),
    Mutation(
        key="early", about="off by a day: policies act on the day before they begin",
        file="policies/base.py",
        edits=(("range(self.start, self.end", "range(max(0, self.start - 1), self.end"),),
        compiled=False,
    ),
)  # fmt: skip

NEUTRAL = (
    Mutation(
        key="refactoring", about="a pure refactoring: part of a product gets a name",
        file="agents/member.py", verdict="identical",
        edits=(
            (
                """    return (
        looked
        * exit_.hazard
        * restless
        * exp(""",
                """    drive = looked * exit_.hazard * restless
    return (
        drive
        * exp(""",
            ),
        ),
    ),
    Mutation(
        key="reordered", about="a loop runs backwards: stocks counted from the last block",
        file="day.py", verdict="identical",
        edits=(
            (
                "    staff = 0\n    for b in range(len(members.block_group)):\n",
                "    staff = 0\n    for b in range(len(members.block_group) - 1, -1, -1):\n",
            ),
        ),
    ),
    Mutation(
        key="below", about="a change below the margin: the hazard of leaving + 0.3 %",
        file="agents/member.py", verdict="equivalent",
        edits=((_HAZARD, "        * exit_.hazard * _f(1.003)\n"),),
    ),
    Mutation(
        key="unmute", about="a change that matters to few: nobody unmutes",
        file="phases/staying.py", verdict="equivalent",
        edits=(("_UNMUTE = _f(0.25), _f(0.03)", "_UNMUTE = _f(0.25), _f(0.0)"),),
    ),
    Mutation(
        key="last_bit", about="another platform: the last bit of the exponential",
        file="arithmetic.py", verdict="equivalent",
        edits=(("    return p * scale\n", "    return p * scale * _f(1.0000001)\n"),),
    ),
)  # fmt: skip
