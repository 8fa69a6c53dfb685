"""A small made-up comparison: red packets or a free course, and whatever a test changes in it."""

import numpy as np

from sim.report.comparison_story import ComparisonStory, VariantStory
from sim.report.policy_lines import PolicyLine
from sim.report.run import Made, Series

PAIRS = 384
AN_HOUR_A_WEEK = 60 * 180 / 7  # minutes in 180 days


def series(cost=0.0, *, runs=60, days=180):
    zeros = np.zeros((runs, days))
    costs = np.broadcast_to(np.asarray(cost, dtype=float), (runs,))[:, None] * np.ones(days) / days
    return Series(
        days=np.arange(days), members=zeros, revenue=zeros, cost=costs, speakers=zeros
    )  # fmt: skip


def entry(delta, lo, hi, p, *, n=PAIRS, d05=None, d95=None, p_holm=None, why=None):
    values = {
        "delta": delta, "lo": lo, "hi": hi, "p_better": p, "n": n, "variance_reduction": 3.0,
        "d05": d05, "d50": delta, "d95": d95, "p_holm": p_holm,
    }  # fmt: skip
    return values | ({"why": why} if why else {})


BASE = {
    "profit": {"mean": 21_000.0, "p05": 6000.0, "p95": 39_000.0, "n": PAIRS},
    "revenue": {"mean": 48_000.0, "n": PAIRS},
    "cost": {"mean": 27_000.0, "n": PAIRS},
    "active_30d": {"mean": 142.0, "n": PAIRS},
    "retention_d30": {"mean": 0.81, "n": PAIRS},
    "leaves": {"mean": 200.0, "n": PAIRS},
    "owner_minutes": {"mean": 6 * AN_HOUR_A_WEEK, "n": PAIRS},
    "half_life_days": {"mean": None, "p50": 90.0, "never": 0.2, "n": PAIRS},
}
# Margins worth acting on: profit 5 % of 48,000 = 2400, active_30d 5 % of 142 = 7.1, retention_d30
# 0.03, leaves 10 % of 200 = 20, owner_minutes 10 % of 6 h = 0.6 h a week, half_life_days 14.

PACKETS = {
    "profit": entry(-400.0, -900.0, 100.0, 0.43, d05=-4000.0, d95=3000.0, p_holm=0.2),
    "active_30d": entry(9.0, 8.0, 10.0, 0.9),
    "retention_d30": entry(-0.004, -0.006, -0.002, 0.4),
    "owner_minutes": entry(0.2 * AN_HOUR_A_WEEK, 300.0, 320.0, 0.0),
    "cost": entry(200.0, 150.0, 250.0, 0.0),
}
COURSE = {
    "profit": entry(12_400.0, 11_300.0, 13_500.0, 0.88, d05=-4900.0, d95=29_700.0, p_holm=0.0),
    "active_30d": entry(4.0, 3.0, 5.0, 0.7),
    "retention_d30": entry(0.006, 0.004, 0.008, 0.6),
    "owner_minutes": entry(3.5 * AN_HOUR_A_WEEK, 5000.0, 5800.0, 0.0),
    "cost": entry(5200.0, 5000.0, 5400.0, 0.0),
}
PAYBACK = {
    "packets": {"p05": None, "p50": None, "p95": None, "never": 1.0, "n": PAIRS},
    "course": {"p05": 40.0, "p50": 74.0, "p95": None, "never": 0.19, "n": PAIRS},
}


def compared(variants=None, **changes):
    values = {
        "schema": 1, "baseline": "base", "goal": "profit", "guards": [], "pairs": PAIRS,
        "variants": {"packets": PACKETS, "course": COURSE} if variants is None else variants,
        "stop": {"kpi": "profit", "asked": 0.05, "reached": 0.049, "reason": "precise"},
        "payback": PAYBACK, "return_on_spend": {}, "roas": {}, "assumptions": None,
    }  # fmt: skip
    return values | changes


def policies(words):
    every = words.say("report.every_days", days=7)
    packet = PolicyLine(
        "red_packet", 7, None, ("amount = 200", "shares = 20"), every, frozenset({"amount"})
    )
    return {
        "packets": (packet,),
        "course": (
            PolicyLine("free_course", 10, None, ("lessons = 5",), "", frozenset({"lessons"})),
            PolicyLine("paid_course", 31, None, ("price = 199",), "", frozenset({"price"})),
        ),
    }


def story(words, *, names=None, variants=None, labels=None, own=None, **changes):
    """A comparison of the variants of ``compared``; ``own`` = fields of single variants."""
    data = changes.pop("compared", None) or compared(variants)
    labels, own, acting = labels or {}, own or {}, policies(words)
    told = {"packets": ("packets", "红包"), "course": ("course", "免费课")}
    base = {"label": words.say("word.as_now"), "summary": BASE, "series": series(), "changes": 0}
    lines = [VariantStory(name="base", **(base | own.get("base", {})))]
    for name in names or data["variants"]:
        label = told.get(name, (name, name))[words.lang == "zh"]
        values = {
            "label": labels.get(name, label), "summary": {}, "series": series(),
            "policies": acting.get(name, ()), "changes": len(acting.get(name, ())),
        }  # fmt: skip
        lines.append(VariantStory(name=name, **(values | own.get(name, {}))))
    values = {
        "question": "红包还是免费课？" if words.lang == "zh" else "Red packets or a free course?",
        "name": words.preset("knowledge"), "members": 500, "days": 180, "budget": 30_000.0,
        "goal": "profit", "guards": ("active_30d", "retention_d30"), "baseline": "base",
        "variants": tuple(lines), "compared": data,
        "made": Made("qunsim compare packets-or-course.toml", 7, "0.1.0", "3f9a"),
    }  # fmt: skip
    return ComparisonStory(**(values | changes))
