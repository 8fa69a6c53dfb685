"""Money: fen inside, yuan outside, ratios inside the run, and when a run pays for itself."""

import random

import pytest

from sim.ledger import CLASS_OF_ACCOUNTS
from sim.metrics import KpiParameters, run_kpis
from sim.metrics.money import payback
from sim.metrics.values import NEVER
from sim.record import ACCOUNTS


def test_classes_are_those_of_the_ledger():
    assert {name: ACCOUNTS[part] for name, part in CLASS_OF_ACCOUNTS.items()} == {
        "revenue": (
            "membership", "entry_fee", "course", "goods", "affiliate", "agent_fee", "sponsor",
            "refund",
        ),
        "variable": ("goods_cost", "platform_fee", "commission_out", "fulfilment"),
        "acquisition": (
            "ads", "referral_reward", "giveaway", "newcomer_packet", "free_course_cost",
            "partner_fee",
        ),
        "engagement": (
            "packet", "prize", "points_redeemed", "content", "guest_fee", "venue", "event_cost",
            "care",
        ),
        "fixed": ("wages", "tools", "other"),
    }  # fmt: skip


@pytest.fixture
def shop(person, make_record):
    """Two payers, one free order; 300 yuan revenue less a refund of 50; every class of cost."""
    people = [
        person(role=3),
        person(joined=0, paid={2: 10_000, 3: 10_000}),
        person(joined=1, paid={40: 10_000}),
        person(joined=2, paid={5: 0}),
        person(joined=59),
    ]
    ledger = {
        (45, "refund"): -5_000,
        (2, "goods_cost"): 4_000,
        (0, "ads"): 2_000,
        (1, "packet"): 3_000,
        (2, "packet"): -1_000,
        (9, "wages"): 12_000,
        (9, "gross_sales"): 99_000,
        (9, "staff_minutes"): 90,
        (9, "minutes_not_done"): 7,
        (9, "money_not_done"): 250,
    }
    return make_record(people, days=60, ledger=ledger, daily={(9, "gross_sales"): 99_000})


def test_every_money_kpi_of_a_worked_example(shop):
    found = run_kpis(shop, parameters=KpiParameters(discount_rate=0.0, hour_value=60.0))
    expected = {
        "revenue": 250.0, "cost": 200.0, "profit": 50.0, "contribution": 210.0,
        "profit_after_time": 50.0 - 1.5 * 60, "margin_rate": 0.84, "payers": 2.0, "arppu": 125.0,
        "cac": 20 / 4, "cac_payer": 10.0, "roas": 250 / 40, "return_on_spend": 0.25,
        "gross_sales": 990.0, "owner_minutes": 90.0, "work_not_done_minutes": 7.0,
        "work_not_done_money": 2.5, "npv": 50.0,
    }  # fmt: skip
    assert {key: found[key] for key in expected} == pytest.approx(expected)
    # Members at the end of a day: 2 on day 0, 3 on day 1, 4 on days 2 to 58, 5 on day 59.
    assert found["arpu"] == pytest.approx(30 * 250 / (2 + 3 + 4 * 57 + 5))
    # Joined on day 30 or earlier: three, of whom one paid within 30 days (a free order is none).
    assert found["conversion_30d"] == pytest.approx(1 / 3)


def test_an_entry_fee_is_revenue_and_no_conversion(person, make_record):
    record = make_record([person(joined=0)], days=40, ledger={(0, "entry_fee"): 500})
    found = run_kpis(record, keys=["conversion_30d", "payers", "revenue"])
    assert found == {"conversion_30d": 0.0, "payers": 0.0, "revenue": 5.0}


def test_refunds_may_make_a_day_and_a_run_negative(person, make_record):
    record = make_record([person()], days=3, ledger={(2, "refund"): -700})
    found = run_kpis(record, keys=["revenue", "profit", "margin_rate", "arppu"])
    assert found == {"revenue": -7.0, "profit": -7.0, "margin_rate": None, "arppu": None}


def test_npv_discounts_by_the_year(person, make_record):
    record = make_record([person()], days=366, ledger={(0, "ads"): 100, (365, "goods"): 10_800})
    found = run_kpis(record, parameters=KpiParameters(discount_rate=0.08), keys=["npv"])
    assert found["npv"] == pytest.approx(-1 + 100)


def test_ltv_without_censoring_is_contribution_per_newcomer(person, make_record):
    rng = random.Random(5)  # noqa: S311 (no secret)
    people, tenure = [], [0] * 100
    for joined in range(50):
        stay = rng.randrange(0, 49)
        people.append(person(joined=joined, left=joined + stay))
        for day in range(stay + 1):
            tenure[day] += rng.randrange(-50, 500)
    record = make_record(people, days=100, tenure=tenure)
    assert run_kpis(record, keys=["ltv"])["ltv"] == pytest.approx(sum(tenure) / 100 / 50)


def test_ltv_of_steady_payers_is_not_bent_by_late_joiners(person, make_record):
    # Everybody contributes 1 yuan a day and stays: 1 yuan for every day that could be seen.
    people = [person(joined=day) for day in range(40)]
    tenure = [100 * sum(p.joined + day < 50 for p in people) for day in range(50)]
    found = run_kpis(make_record(people, days=50, tenure=tenure), keys=["ltv", "ltv_days"])
    assert found == {"ltv": pytest.approx(50.0), "ltv_days": 50.0}
    late = make_record([person(joined=30)], days=50, tenure=[100] * 20 + [0] * 30)
    assert run_kpis(late, keys=["ltv", "ltv_days"]) == {"ltv": 20.0, "ltv_days": 20.0}


def test_ltv_stops_after_a_year(person, make_record):
    record = make_record([person(joined=0)], days=400, tenure=[100] * 400)
    assert run_kpis(record, keys=["ltv", "ltv_days"]) == {
        "ltv": pytest.approx(365.0),
        "ltv_days": 365.0,
    }


def test_value_over_cost_needs_both(person, make_record):
    keys = ["ltv", "cac", "ltv_cac"]
    free = run_kpis(make_record([person(joined=0)], days=2, tenure=[100, 100]), keys=keys)
    assert free == {"ltv": 2.0, "cac": 0.0, "ltv_cac": None}
    paid = make_record([person(joined=0)], days=2, tenure=[100, 100], ledger={(0, "ads"): 50})
    assert run_kpis(paid, keys=keys)["ltv_cac"] == 4.0
    alone = run_kpis(make_record([person()], days=2, ledger={(0, "ads"): 50}), keys=keys)
    assert alone == {"ltv": None, "cac": None, "ltv_cac": None}


@pytest.mark.parametrize(
    ("profit", "expected"),
    [
        ([5, 0, 1], 0.0),
        ([0], 0.0),
        ([-1], NEVER),
        ([-3, 3, 0], 1.0),
        ([-3, 1, 1, 1, 5], 3.0),
        ([5, -6, 2], 2.0),
        ([5, 0, -6], NEVER),
        ([-1, 2, -2, 1], 3.0),
    ],
)
def test_payback_is_the_day_after_the_last_debt(profit, expected):
    assert payback(profit) == expected
