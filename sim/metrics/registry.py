"""The registry: every KPI that a run gives. A new KPI is one new entry.

Margins follow one rule, the larger of a share of the baseline's mean and a floor by kind: 1 for
counts, 0.005 for rates, 50 and 500 yuan (equivalent, worth acting on) for sums of money. Money per
head has a thousandth of these floors: 500 yuan are what half a yuan a head makes in a group of a
thousand, and a cost of 5 yuan a newcomer could never differ by 500.

Left out because a finished run does not tell: what needs two payments or two messages of one member
(repeat purchase, renewal, reactivation, still opening or speaking after N days, core), whom replies
went to, the fate of single invitations, orders and refunds, active members of every day, limits of
budget and time, roles at the start.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from sim.metrics import activity, counts, inequality, joining, money
from sim.metrics.kpi import Kpi, Margin, Margins

if TYPE_CHECKING:
    from sim.metrics.kpi import Direction, Log, Unit


def _count(eq: float, act: float) -> Margins:
    return Margins(eq=Margin(relative=eq, floor=1.0), act=Margin(relative=act, floor=1.0))


def _rate(eq: float, act: float) -> Margins:
    return Margins(eq=Margin(relative=eq, floor=0.005), act=Margin(relative=act, floor=0.005))


def _money(eq: float, act: float) -> Margins:
    return Margins(eq=Margin(relative=eq, floor=50.0), act=Margin(relative=act, floor=500.0))


def _per_head(eq: float, act: float) -> Margins:
    return Margins(eq=Margin(relative=eq, floor=0.05), act=Margin(relative=act, floor=0.5))


def _absolute(eq: float, act: float | None, *, relative: float = 0.0) -> Margins:
    return Margins(
        eq=Margin(relative=relative, floor=eq),
        act=None if act is None else Margin(relative=0.0, floor=act),
    )


_BY_REVENUE = Margins(
    eq=Margin(relative=0.02, floor=50.0, of_revenue=True),
    act=Margin(relative=0.05, floor=500.0, of_revenue=True),
)


def _column(
    key: str,
    how: Literal["last", "mean", "sum"],
    direction: Direction,
    margins: Margins,
    *,
    unit: Unit = "persons",
    log: Log = "part",
    pruning: Direction = 0,
    contract: Literal["daily", "more"] = "daily",
) -> Kpi:
    """A KPI that reduces one column of the daily counts."""
    reduction = {"last": counts.last, "mean": counts.mean, "sum": counts.total}[how]
    measure = partial(money.money_total if unit == "yuan" else reduction, name=key)
    return Kpi(
        key, unit=unit, measure=measure, margins=margins, direction=direction, reduce=how,
        pruning=pruning, log=log, contract=contract,
    )  # fmt: skip


_DAILY = (
    _column("members", "last", 0, _count(0.01, 0.05), pruning=-1),
    _column("openers", "mean", 1, _count(0.01, 0.05), log="no"),
    _column("speakers", "mean", 1, _count(0.02, 0.05), log="yes"),
    _column("messages", "sum", 0, _count(0.03, 0.10), unit="messages", log="yes"),
    _column("replies", "sum", 1, _count(0.03, 0.10), unit="messages"),
    _column("joins", "sum", 1, _count(0.02, 0.10)),
    _column("leaves", "sum", -1, _count(0.03, 0.10)),
    _column("pruned", "sum", 0, _count(0.03, 0.10)),
    _column("muted", "last", -1, _count(0.02, 0.10), log="no", pruning=-1),
    _column("invites_sent", "sum", 0, _count(0.03, 0.10), unit="count", log="no"),
    _column("invites_accepted", "sum", 1, _count(0.03, 0.10)),
    Kpi(
        "payers", unit="persons", reduce="distinct", direction=1, log="part", contract="daily",
        margins=_count(0.03, 0.10), measure=money.payers,
    ),
    _column("revenue", "sum", 1, _money(0.02, 0.05), unit="yuan"),
    _column("cost", "sum", -1, _money(0.01, 0.05), unit="yuan", log="no"),
    Kpi(
        "profit", unit="yuan", reduce="sum", direction=1, contract="daily", margins=_BY_REVENUE,
        measure=money.profit,
    ),
)  # fmt: skip

_MORE_DAILY = (
    _column("member_speakers", "mean", 1, _count(0.02, 0.05), contract="more"),
    Kpi(
        "net_joins", unit="persons", reduce="sum", direction=1, pruning=-1, log="part",
        margins=_count(0.03, 0.10), measure=counts.net_joins,
    ),
    _column("newcomer_speakers", "sum", 1, _count(0.03, 0.10), log="yes", contract="more"),
    _column("paid_members", "last", 1, _count(0.02, 0.05), log="no", contract="more"),
    _column("gross_sales", "sum", 0, _money(0.02, 0.05), unit="yuan", log="no", contract="more"),
    Kpi(
        "owner_minutes", unit="minutes", reduce="sum", direction=-1, margins=_count(0.02, 0.10),
        measure=partial(money.minutes, account="staff_minutes"),
    ),
    Kpi(
        "work_not_done_minutes", unit="minutes", reduce="sum", direction=-1,
        margins=_count(0.03, 0.10), measure=partial(money.minutes, account="minutes_not_done"),
    ),
    Kpi(
        "work_not_done_money", unit="yuan", reduce="sum", direction=-1, margins=_money(0.03, 0.10),
        measure=money.money_not_done,
    ),
)  # fmt: skip

_RATES = (
    Kpi(
        "interaction_rate", unit="share", reduce="sum/sum", direction=1, pruning=1,
        margins=_rate(0.03, 0.10), because="no_members", measure=activity.interaction_rate,
    ),
    Kpi(
        "open_rate", unit="share", reduce="sum/sum", direction=1, pruning=1,
        margins=_rate(0.02, 0.05), because="no_members", measure=activity.open_rate,
    ),
    Kpi(
        "message_density", unit="ratio", reduce="sum/sum", direction=0, pruning=1,
        margins=_rate(0.03, 0.10), because="no_members", measure=activity.message_density,
    ),
    Kpi(
        "messages_per_speaker", unit="ratio", reduce="sum/sum", direction=0, log="yes",
        margins=_rate(0.03, 0.10), because="no_speakers", measure=activity.messages_per_speaker,
    ),
    Kpi(
        "reply_share", unit="share", reduce="sum/sum", direction=1, log="part",
        margins=_rate(0.03, 0.10), because="no_messages", measure=activity.reply_share,
    ),
    Kpi(
        "answered_share", unit="share", reduce="sum/sum", direction=1, log="part",
        margins=_rate(0.03, 0.10), because="no_messages", measure=activity.answered_share,
    ),
    Kpi(
        "mute_share", unit="share", reduce="last", direction=-1, pruning=-1,
        margins=_rate(0.02, 0.10), because="no_members", measure=activity.mute_share,
    ),
    Kpi(
        "silent_share_7d", unit="share", reduce="last", direction=-1, pruning=-1, window=7,
        margins=_rate(0.02, 0.05), because="no_members",
        measure=partial(activity.silent_share, window=7),
    ),
    Kpi(
        "silent_share_30d", unit="share", reduce="last", direction=-1, pruning=-1, window=30,
        margins=_rate(0.02, 0.05), because="no_members",
        measure=partial(activity.silent_share, window=30),
    ),
    Kpi(
        "exit_rate_30d", unit="share", reduce="last", direction=-1, pruning=1, log="part",
        window=30, margins=_rate(0.03, 0.10), because="no_members",
        measure=partial(activity.exit_rate, window=30),
    ),
)  # fmt: skip

_LIFE = (
    Kpi(
        "active_7d", unit="persons", direction=1, log="yes", contract="run", window=7,
        margins=_count(0.02, 0.05), measure=partial(activity.active, window=7),
    ),
    Kpi(
        "active_30d", unit="persons", direction=1, log="yes", contract="run", window=30,
        margins=_count(0.02, 0.05), measure=partial(activity.active, window=30),
    ),
    Kpi(
        "stickiness", unit="ratio", direction=1, log="yes", window=30, margins=_rate(0.02, 0.05),
        because="few_speakers", measure=activity.stickiness,
    ),
    Kpi(
        "peak_day", unit="days", direction=0, log="yes", contract="run",
        margins=_absolute(7.0, 14.0), measure=activity.peak_day,
    ),
    Kpi(
        "peak_at_edge", unit="share", direction=0, log="yes", margins=_absolute(0.05, None),
        measure=activity.peak_at_edge,
    ),
    Kpi(
        "half_life_days", unit="days", direction=1, log="yes", contract="run", may_never=True,
        margins=_absolute(7.0, 14.0, relative=0.05), because="no_speakers",
        measure=activity.half_life_days,
    ),
    Kpi(
        "stage", unit="stage", direction=0, log="yes", contract="run",
        margins=_absolute(0.05, 0.10), measure=activity.stage,
    ),
    Kpi(
        "alive_end", unit="share", direction=1, log="yes", margins=_absolute(0.02, 0.05),
        measure=activity.alive_end,
    ),
)  # fmt: skip

_STAYING = (
    *(
        Kpi(
            f"retention_d{days}", unit="share", direction=1, pruning=-1, log="part", contract="run",
            few_joins=True, margins=_absolute(0.01, 0.03), because="no_newcomers_seen",
            measure=partial(joining.retention, tenure=days),
        )
        for days in (7, 30, 90)
    ),
    *(
        Kpi(
            f"voluntary_retention_d{days}", unit="share", direction=1, pruning=1, few_joins=True,
            margins=_absolute(0.01, 0.03), because="no_newcomers_seen",
            measure=partial(joining.voluntary_retention, tenure=days),
        )
        for days in (7, 30, 90)
    ),
    Kpi(
        "activation_d7", unit="share", direction=1, log="part", few_joins=True,
        margins=_absolute(0.01, 0.03), because="no_newcomers_seen",
        measure=partial(joining.activation, window=7),
    ),
    Kpi(
        "one_and_done", unit="share", direction=-1, log="yes", margins=_absolute(0.01, 0.03),
        because="no_speakers", measure=partial(activity.one_and_done, window=30),
    ),
    Kpi(
        "effective_joins", unit="persons", direction=1, window=30, margins=_count(0.02, 0.05),
        measure=partial(joining.effective_joins, window=30),
    ),
    Kpi(
        "k_factor", unit="ratio", direction=1, log="part", contract="run", few_joins=True,
        margins=_absolute(0.02, 0.05), because="no_newcomers_seen",
        measure=partial(joining.k_factor, window=30),
    ),
    Kpi(
        "invite_depth_max", unit="levels", direction=0, log="part", margins=_absolute(0.02, None),
        measure=joining.invite_depth_max,
    ),
    Kpi(
        "invite_depth3_share", unit="share", direction=0, log="part", because="no_invited",
        margins=_absolute(0.02, None), measure=joining.invite_depth3_share,
    ),
    Kpi(
        "wiener_index", unit="steps", direction=0, log="part", because="no_tree",
        margins=_absolute(0.05, None), measure=joining.wiener_index,
    ),
)  # fmt: skip

_TALK = (
    Kpi(
        "gini_messages", unit="share", direction=0, log="yes", contract="run",
        margins=_absolute(0.01, 0.05), because="no_messages", measure=inequality.gini_messages,
    ),
    Kpi(
        "top1_share", unit="share", direction=0, log="yes", contract="run",
        margins=_absolute(0.01, 0.05), because="no_messages",
        measure=partial(inequality.top_message_share, top=0.01),
    ),
    Kpi(
        "top10_share", unit="share", direction=0, log="yes", contract="run",
        margins=_absolute(0.01, 0.05), because="no_messages",
        measure=partial(inequality.top_message_share, top=0.10),
    ),
    Kpi(
        "never_spoke", unit="share", direction=-1, margins=_absolute(0.01, 0.05),
        because="no_members", measure=activity.never_spoke,
    ),
)  # fmt: skip

_MONEY = (
    Kpi(
        "contribution", unit="yuan", direction=1, margins=_BY_REVENUE, measure=money.contribution,
    ),
    Kpi(
        "profit_after_time", unit="yuan", direction=1, margins=_BY_REVENUE,
        measure=money.profit_after_time,
    ),
    Kpi(
        "arpu", unit="yuan", direction=1, pruning=1, contract="run", because="no_members",
        margins=_per_head(0.02, 0.05), measure=money.arpu,
    ),
    Kpi(
        "arppu", unit="yuan", direction=1, margins=_per_head(0.02, 0.05), because="no_payers",
        measure=money.arppu,
    ),
    Kpi(
        "conversion_30d", unit="share", direction=1, few_joins=True,
        margins=_absolute(0.003, 0.01), because="no_newcomers_seen",
        measure=partial(money.conversion, window=30),
    ),
    Kpi(
        "margin_rate", unit="share", direction=1, margins=_absolute(0.01, 0.03),
        because="no_revenue", measure=money.margin_rate,
    ),
    Kpi(
        "ltv", unit="yuan", direction=1, contract="run", window=365, few_joins=True,
        margins=_per_head(0.03, 0.10), because="no_joins", measure=money.ltv,
    ),
    Kpi(
        "ltv_days", unit="days", direction=0, margins=_absolute(7.0, None), because="no_joins",
        measure=money.ltv_days,
    ),
    Kpi(
        "cac", unit="yuan", direction=-1, contract="run", margins=_per_head(0.02, 0.10),
        because="no_joins", measure=money.cac,
    ),
    Kpi(
        "cac_payer", unit="yuan", direction=-1, margins=_per_head(0.02, 0.10), because="no_payers",
        measure=money.cac_payer,
    ),
    Kpi(
        "ltv_cac", unit="ratio", direction=1, window=365, few_joins=True, margins=_rate(0.05, 0.10),
        because="no_spending", measure=money.ltv_cac,
    ),
    Kpi(
        "roas", unit="ratio", direction=1, margins=_rate(0.02, 0.05), because="no_spending",
        measure=money.roas,
    ),
    Kpi(
        "return_on_spend", unit="ratio", direction=1, margins=_rate(0.02, 0.05),
        because="no_spending", measure=money.return_on_spend,
    ),
    Kpi(
        "payback_day", unit="days", direction=-1, contract="run", may_never=True,
        margins=_absolute(3.0, 7.0), measure=money.payback_day,
    ),
    Kpi("npv", unit="yuan", direction=1, margins=_BY_REVENUE, measure=money.npv),
)  # fmt: skip

REGISTRY: dict[str, Kpi] = {
    kpi.key: kpi for kpi in (*_DAILY, *_MORE_DAILY, *_RATES, *_LIFE, *_STAYING, *_TALK, *_MONEY)
}
"""Every KPI by key, in the order in which they are shown."""

DAILY_KPIS = tuple(key for key, kpi in REGISTRY.items() if kpi.contract == "daily")
"""The fifteen of daily files, in order."""

RUN_KPIS = tuple(key for key, kpi in REGISTRY.items() if kpi.contract == "run")
"""The KPIs of a whole run that every study offers."""
