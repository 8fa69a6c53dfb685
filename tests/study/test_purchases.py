"""Forecasts of purchases: what must hold in any, and money that can be told by hand."""

import csv
import io

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.table import DAY, EVENT_CODE, WEEK, build_table
from sim.study.purchases import MEMBERS_HEADER, forecast_purchases, read_purchases

WEEKS = 6
PRICE = 12.5


def table_of(rows, *, price=np.nan):
    """A table from rows (day, name[, kind]); a row without a kind is a purchase."""
    names = sorted({row[1] for row in rows})
    kinds = [row[2] if len(row) > 2 else "purchase" for row in rows]
    return build_table(
        np.array([round(row[0] * DAY) for row in rows], dtype=np.int64),
        np.array([names.index(row[1]) for row in rows], dtype=np.int32),
        np.array([EVENT_CODE[kind] for kind in kinds], dtype=np.uint8),
        np.full(len(rows), -1, dtype=np.int32),
        np.where(np.array(kinds) == "purchase", price, np.nan),
        names=tuple(names),
    )


@pytest.fixture(scope="module")
def shop():
    """Forty buyers over 30 weeks, each day's purchase at one price; somebody new now and then."""
    rng = np.random.default_rng(6)
    pace = rng.gamma(0.8, 0.25, 40)
    rows = []
    for buyer in range(40):
        begins = rng.integers(0, 200)
        days = [begins, *(begins + np.cumsum(rng.exponential(7 / pace[buyer], 60)))]
        rows += [(day, f"b{buyer}") for day in {int(day) for day in days} if day < 209]
    rows += [(0.0, "owner", "message"), (209.5, "owner", "message")]
    return table_of(sorted(rows), price=PRICE)


@pytest.fixture(scope="module")
def ahead(shop):
    return forecast_purchases(shop, weeks=WEEKS, replicates=40, seed=3)


def test_the_same_seed_gives_the_same_numbers(shop, ahead):
    again = forecast_purchases(shop, weeks=WEEKS, replicates=40, seed=3)
    assert again.csv() == ahead.csv()
    assert again.members_csv() == ahead.members_csv()
    other = forecast_purchases(shop, weeks=WEEKS, replicates=40, seed=4)
    assert other.csv() != ahead.csv()


def test_what_comes_later_is_not_looked_at(shop):
    until = shop.start + 20 * WEEK + 3 * 86_400
    options = {"until": until, "weeks": 3, "replicates": 5}
    moved = forecast_purchases(shop, **options)
    cut = forecast_purchases(shop.before(until), **options)
    assert moved.csv() == cut.csv()
    assert moved.members_csv() == cut.members_csv()
    assert moved.first_week == 21


def test_quantiles_are_in_order_and_buyers_do_not_exceed_purchases(ahead):
    assert ahead.targets == ("buyers", "purchases", "first_buyers", "spending")
    assert (np.diff(ahead.quantiles, axis=2) >= 0).all()
    assert (ahead.quantiles[0] <= ahead.quantiles[1]).all()
    assert (ahead.quantiles[2] <= ahead.quantiles[0]).all()
    assert (ahead.past[0] <= ahead.past[1]).all()


def test_money_at_one_price_is_the_price_times_the_purchases(ahead):
    np.testing.assert_allclose(ahead.quantiles[3], PRICE * ahead.quantiles[1])
    np.testing.assert_allclose(ahead.past[3], PRICE * ahead.past[1])
    np.testing.assert_allclose(ahead.spend, PRICE)


def test_chances_and_draws_agree(shop):
    many = forecast_purchases(shop, weeks=WEEKS, replicates=600, seed=1)
    error = many.drawn.std(axis=0) / np.sqrt(600) + 0.02
    assert (np.abs(many.drawn.mean(axis=0) - many.expected) < 4 * error).all()


def test_files(ahead):
    rows = list(csv.DictReader(io.StringIO(ahead.csv())))
    assert len(rows) == 4 * WEEKS
    assert [int(row["week"]) for row in rows[:WEEKS]] == list(range(30, 30 + WEEKS))
    text = ahead.members_csv()
    assert text.startswith(MEMBERS_HEADER + ",spending\n")
    buyers = list(csv.DictReader(io.StringIO(text)))
    expected = [float(row["purchases"]) for row in buyers]
    assert expected == sorted(expected, reverse=True)
    assert len({row["member"] for row in buyers}) == 40
    assert all(0 <= float(row["chance"]) <= 1 for row in buyers)


def test_nobody_new_comes_after_a_quarter_without():
    rows = [(float(7 * week + buyer % 7), f"b{buyer}")
            for buyer in range(10) for week in range(0, 30, 1 + buyer)]  # fmt: skip
    about = read_purchases(table_of(sorted(rows)))
    assert about.newcomers is None
    assert about.spend is None
    ahead = forecast_purchases(table_of(sorted(rows)), weeks=4, replicates=5)
    assert ahead.targets == ("buyers", "purchases", "first_buyers")
    assert ahead.quantiles[2].max() == 0


def test_logs_without_purchases():
    with pytest.raises(UserError) as caught:
        forecast_purchases(
            table_of([(0.0, "a", "message"), (90.0, "b", "join")]), weeks=2, replicates=1
        )
    assert caught.value.reason == "no_purchases"
    few = table_of([(7.0 * week, "a") for week in range(7)] + [(60.0, "a", "message")])
    with pytest.raises(UserError) as caught:
        forecast_purchases(few, weeks=2, replicates=1)
    assert (caught.value.reason, caught.value.values["weeks"]) == ("purchase_weeks", 7)
