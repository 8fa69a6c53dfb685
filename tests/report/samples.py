"""A small made-up result, the same every time."""

import datetime as dt
from dataclasses import fields, replace

import numpy as np

from sim.metrics import CohortTable
from sim.record import ACCOUNTS, DAILY, DAILY_INDEX, Members, RunRecord
from sim.report.assumed import Assumption
from sim.report.comparison_story import (
    ComparisonStory,
    InputChange,
    Reasons,
    Swings,
    VariantStory,
)
from sim.report.figures import Part, Swing
from sim.report.policy_lines import PolicyLine
from sim.report.run import Made, RunStory, Series
from sim.words import Words

R, H = 24, 84
NEVER = ("left", "first_paid", "paid_until", "inviter")


def series():
    rng = np.random.default_rng(11)
    days = np.arange(H)
    members = np.clip(
        150 + 3.0 * days + np.cumsum(rng.normal(0, 2, (R, H)), axis=1), 0, 500
    ).round()
    speakers = np.clip(
        40 * np.exp(-(((days - 30) / 25.0) ** 2)) + rng.normal(8, 2, (R, H)), 0, None
    )
    stages = np.zeros((R, H), dtype=np.int8)
    stages[:, 20:] = 1
    stages[: R // 2, 60:] = 3
    stages[R // 2 :, 50:] = 2
    revenue = np.where(days > 20, 90.0, 0.0) * rng.uniform(0.4, 1.6, (R, 1)) * np.ones((1, H))
    weeks = H // 7
    share = np.array(
        [[0.96**k if k < weeks - c else np.nan for k in range(weeks)] for c in range(weeks)]
    )
    return Series(
        days=days,
        members=members,
        revenue=revenue,
        cost=np.full((R, H), 40.0),
        speakers=speakers,
        weekly_speakers=speakers[:, 6::7].round() * 2,
        stages=stages,
        messages=tuple(np.exp(rng.normal(1, 1.6, 120)).astype(np.int64) for _ in range(R)),
        cohorts=CohortTable(joins=np.full(weeks, 8 * R), share=share, censored=np.isnan(share)),
    )


def record(seed):
    """35 days of two groups of 30; three join on day 0, 10, 20; one course is sold on day 3."""
    days, rows = 35, 63
    daily = np.zeros((days, 2, len(DAILY)), dtype=np.int64)
    joined = np.full(rows, -1, dtype=np.int32)
    joined[60:] = (0, 10, 20)
    for t in range(days):
        daily[t, :, DAILY_INDEX["members"]] = 30, 30 + (joined[60:] <= t).sum()
    daily[:, :, DAILY_INDEX["openers"]] = 5
    daily[:, :, DAILY_INDEX["speakers"]] = daily[:, :, DAILY_INDEX["member_speakers"]] = 2 + seed
    daily[:, :, DAILY_INDEX["messages"]] = 4
    daily[joined[60:], 1, DAILY_INDEX["joins"]] = 1
    daily[3, 0, DAILY_INDEX["revenue"]] = 19_900
    weekly = np.full((5, 2, 3), 7, dtype=np.int64)
    messages = np.zeros(rows, dtype=np.int64)
    messages[1:4] = 1, 2, 3
    spoke = np.where(messages > 0, 1, -1).astype(np.int32)
    never, zeros = np.full(rows, -1, dtype=np.int32), np.zeros(rows, dtype=np.int64)
    columns = {
        "id": np.arange(rows, dtype=np.uint32),
        "group": (np.arange(rows) >= 30).astype(np.int32),
        "role": np.where(np.isin(np.arange(rows), (0, 30)), 3, 0).astype(np.int32),
        "joined": joined,
        "first_spoke": spoke,
        "last_spoke": spoke,
        "messages": messages,
        "channel": np.zeros(rows, dtype=np.int32),
        "left_how": np.zeros(rows, dtype=np.int32),
        "last_opened": np.full(rows, 30, dtype=np.int32),
    }
    rest = {field.name for field in fields(Members)} - columns.keys()
    unset = {name: never if name in NEVER else zeros for name in rest}
    members = Members(**columns, **unset)
    ledger = np.zeros((days, len(ACCOUNTS)), dtype=np.int64)
    ledger[3, ACCOUNTS.index("course")] = 19_900
    return RunRecord(
        days=days, daily=daily, weekly=weekly, ledger=ledger,
        ledger_policy=ledger.sum(axis=0)[None, :], policies=("scenario",), initial_members=60,
        members=members, tenure_contribution=np.zeros(days, dtype=np.int64),
        capacity=np.array([500, 500]),
    )  # fmt: skip


SUMMARY = {
    "members": {"p05": 431.0, "p50": 468.0, "p95": 497.0, "n": 50},
    "active_30d": {"p05": 118.0, "p50": 142.0, "p95": 169.0, "n": 50},
    "retention_d30": {"p05": 0.77, "p50": 0.81, "p95": 0.85, "n": 50},
    "profit": {"p05": 6000.0, "p50": 21_000.0, "p95": 39_000.0, "n": 50},
    "stage": {"n": 50, "shares": {"active": 0.74, "decline": 0.24, "dormant": 0.02}},
    "peak_day": {"p05": 40.0, "p50": 64.0, "p95": 90.0, "n": 50, "at_edge": 0.1},
    "half_life_days": {"p50": None, "n": 50, "never": 0.62},
    "payback_day": {"p05": 40.0, "p50": 53.0, "p95": None, "n": 50, "never": 0.06},
    "ltv": {"p50": None, "n": 3, "why": "no_joins"},
    "k_factor": {"p50": 0.31, "n": 12, "small_n": True, "p05": 0.1, "p95": 0.5},
}


def story(words: Words, **changes):
    values = {
        "name": words.preset("knowledge"),
        "members": 500,
        "futures": R,
        "summary": SUMMARY,
        "series": series(),
        "capacity": 500.0,
        "start": dt.date(2026, 3, 2),
        "made": Made(
            command="qunsim run knowledge --days 84 --seed 7", seed=7, version="0.1.0",
            digest="3f9a17c2", versions={"numpy": "2.4.0"},
        ),
        "policies": (PolicyLine("red_packet", 7, None, ("amount = 200",), "every 7 days"),),
        "assumptions": (
            Assumption(
                "member.activity_sigma", 2.1, 1.0, 2.6, "sd ln", "logs", "medium", changed=True
            ),
            Assumption("talk.gain", 0.35, 0.0, 0.8, "1", "none", "unknown"),
            Assumption("groups.capacity", 500, 3, 1e7, "persons", "platform", "high"),
        ),
    }  # fmt: skip
    return RunStory(**(values | changes))


def entry(delta, *, half, p, n=384, spread=3.0):
    """What compare.json says of one KPI: mean, its interval, and what one future may bring."""
    wide = spread * half
    return {
        "delta": delta, "lo": delta - half, "hi": delta + half, "p_better": p, "n": n,
        "variance_reduction": 2.0, "d05": delta - wide, "d50": delta, "d95": delta + wide,
        "p_holm": None,
    }  # fmt: skip


def compared():
    """The comparison of the guide: packets do little, the course earns more and takes time."""
    return {
        "schema": 1, "baseline": "base", "goal": "profit",
        "guards": ["active_30d", "retention_d30"], "pairs": 384,
        "variants": {
            "packets": {
                "profit": entry(-400.0, half=300.0, p=0.46),
                "active_30d": entry(9.0, half=1.5, p=0.97),
                "retention_d30": entry(-0.004, half=0.002, p=0.45),
                "cost": entry(5200.0, half=40.0, p=0.0),
                "owner_minutes": entry(300.0, half=10.0, p=0.01),
            },
            "course": {
                "profit": entry(12_400.0, half=1240.0, p=0.88, spread=14.0),
                "active_30d": entry(4.0, half=1.0, p=0.8),
                "retention_d30": entry(0.006, half=0.002, p=0.55),
                "cost": entry(6000.0, half=50.0, p=0.0),
                "owner_minutes": entry(2520.0, half=20.0, p=0.0),
            },
        },
        "stop": {"kpi": "profit", "asked": 0.05, "reached": 0.059, "reason": "maximum"},
        "payback": {
            "packets": {"p05": None, "p50": None, "p95": None, "never": 0.97, "n": 384},
            "course": {"p05": 51.0, "p50": 74.0, "p95": None, "never": 0.19, "n": 384},
        },
        "return_on_spend": {}, "roas": {},
        "assumptions": {
            "sets": 40, "ahead": {"course": 34},
            "turning": {
                "course": [
                    {"path": "member.activity_sigma", "value": 1.4, "default": 2.1, "below": True}
                ]
            },
        },
    }  # fmt: skip


def comparison(words: Words, **changes):
    """Three variants of one community in the words of a language."""
    summary = dict(SUMMARY)
    for key, mean in (("revenue", 40_000.0), ("cost", 19_000.0), ("owner_minutes", 4320.0)):
        summary[key] = {"mean": mean, "p05": mean * 0.8, "p50": mean, "p95": mean * 1.2, "n": 384}
    for key, mean in (("profit", 21_000.0), ("active_30d", 142.0), ("retention_d30", 0.81)):
        summary[key] = SUMMARY[key] | {"mean": mean}
    base = series()
    value = PolicyLine("value_content", 0, None, ("amount = 1",))
    packet = PolicyLine("red_packet", 7, None, ("amount = 200",), "every 7 days")
    courses = (
        PolicyLine("free_course", 10, 40, ("lessons = 5",)),
        PolicyLine("paid_course", 31, None, ("price = 199",)),
    )
    told = (
        ("base", words.say("word.as_now"), (value,), 0.0),
        ("packets", words.policy("red_packet"), (value, packet), -4.0),
        ("course", words.policy("free_course"), (value, *courses), 60.0),
    )
    variants = tuple(
        VariantStory(
            name=name, label=label, changes=len(lines) - 1, summary=summary, policies=lines,
            series=replace(base, revenue=base.revenue + more, members=base.members + more / 2),
            inputs=(InputChange(path="owner.hours", label="", before="10", after="12", unit="h"),)
            if name == "course" else (),
        )
        for name, label, lines, more in told
    )  # fmt: skip
    one = story(words)
    parts = (
        Part(name=words.policy("free_course"), value=-2100.0, low=-2600.0, high=-1600.0),
        Part(name=words.policy("paid_course"), value=14_500.0, low=13_000.0, high=16_000.0),
    )
    rows = (
        Swing(name="member.activity_sigma", low="1", high="2.6", at_low=-900.0, at_high=15_000.0),
        Swing(name="talk.gain", low="0", high="0.8", at_low=11_000.0, at_high=13_000.0),
    )
    values = {
        "question": {"en": "Red packets or a free course?", "zh": "红包还是免费课？"}[words.lang],
        "name": one.name, "members": 500, "days": H, "goal": "profit",
        "guards": ("active_30d", "retention_d30"), "baseline": "base", "variants": variants,
        "compared": compared(), "made": one.made, "budget": 30_000.0, "capacity": 500.0,
        "start": one.start, "assumptions": one.assumptions,
        "reasons": (Reasons(variant="course", parts=parts),),
        "swings": (Swings(variant="course", rows=rows),),
    }  # fmt: skip
    return ComparisonStory(**(values | changes))
