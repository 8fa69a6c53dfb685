"""What the registry promises."""

import subprocess
import sys
from pathlib import Path

import pytest

from sim.metrics import DAILY_KPIS, REGISTRY, RUN_KPIS
from sim.record import DAILY


def test_the_guaranteed_kpis_are_there_in_order():
    assert DAILY_KPIS == (
        "members", "openers", "speakers", "messages", "replies", "joins", "leaves", "pruned",
        "muted", "invites_sent", "invites_accepted", "payers", "revenue", "cost", "profit",
    )  # fmt: skip
    assert set(RUN_KPIS) == {
        "active_7d", "active_30d", "retention_d7", "retention_d30", "retention_d90",
        "gini_messages", "top1_share", "top10_share", "k_factor", "arpu", "ltv", "cac",
        "payback_day", "peak_day", "half_life_days", "stage",
    }  # fmt: skip
    assert set(DAILY_KPIS) - {"profit"} <= set(DAILY)


def test_keys_are_their_entries():
    assert all(key == kpi.key for key, kpi in REGISTRY.items())


@pytest.mark.parametrize("kpi", REGISTRY.values(), ids=REGISTRY)
def test_margins_are_sensible(kpi):
    assert kpi.margins.eq.size(0.0, revenue=0.0) > 0
    if kpi.margins.act is not None:
        for base in (0.0, 10.0, 1e6):
            eq, act = (m.size(base, revenue=base) for m in (kpi.margins.eq, kpi.margins.act))
            assert eq <= act or kpi.key == "half_life_days"


@pytest.mark.parametrize(
    ("key", "base", "eq", "act"),
    [
        ("members", 1000.0, 10.0, 50.0),
        ("members", 10.0, 1.0, 1.0),
        ("interaction_rate", 0.2, 0.006, 0.02),
        ("retention_d7", 0.9, 0.01, 0.03),
        ("revenue", 100_000.0, 2_000.0, 5_000.0),
        ("revenue", 100.0, 50.0, 500.0),
        ("cac", 20.0, 0.4, 2.0),
        ("cac", 0.0, 0.05, 0.5),
        ("half_life_days", 400.0, 20.0, 14.0),
        ("half_life_days", 50.0, 7.0, 14.0),
    ],
)
def test_margins_of_the_dictionary(key, base, eq, act):
    margins = REGISTRY[key].margins
    assert margins.eq.size(base) == pytest.approx(eq)
    assert margins.act.size(base) == pytest.approx(act)


def test_profit_is_judged_by_revenue():
    margins = REGISTRY["profit"].margins
    assert margins.eq.size(-3.0, revenue=10_000.0) == 200.0
    assert margins.act.size(0.0, revenue=100_000.0) == 5_000.0
    with pytest.raises(ValueError, match="revenue"):
        margins.eq.size(5.0)


def test_pruning_marks():
    up = {key for key, kpi in REGISTRY.items() if kpi.pruning == 1}
    down = {key for key, kpi in REGISTRY.items() if kpi.pruning == -1}
    assert up == {
        "interaction_rate", "open_rate", "message_density", "arpu", "exit_rate_30d",
        "voluntary_retention_d7", "voluntary_retention_d30", "voluntary_retention_d90",
    }  # fmt: skip
    assert down == {
        "members", "muted", "mute_share", "silent_share_7d", "silent_share_30d", "net_joins",
        "retention_d7", "retention_d30", "retention_d90",
    }  # fmt: skip


def test_reading_the_registry_does_not_load_numba():
    code = "import sys, sim.metrics; sys.exit('numba' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
