"""Renewals by group: ranges that grow narrow with members, files, what counts as members."""

import csv
import io

import numpy as np

from sim.logs.number_table import NumberRows
from sim.logs.survival import SurvivalLaw
from sim.study.renewals import forecast_renewals, renewals_csv

LAW = SurvivalLaw(alpha=0.8, beta=2.0)


def table(values, group=""):
    return NumberRows(
        group=group,
        at=np.arange(len(values), dtype=float),
        value=np.array(values),
        column="members",
    )


def test_the_law_of_an_exact_table_is_found_and_goes_on():
    curve = 100 * LAW.survival(np.arange(8))
    (found,) = forecast_renewals([table(curve)], runs=30)
    assert abs(found.law.alpha - 0.8) < 1e-3
    assert found.members == 1000
    assert found.periods == 14
    expected = LAW.survival(np.arange(15))
    assert (found.quantiles[:, 0] <= expected).all()
    assert (expected <= found.quantiles[:, 2]).all()
    about = found.summary()
    assert about["paid_periods_forever"] is None
    np.testing.assert_allclose(about["paid_periods"], LAW.survival(np.arange(14)).sum(), rtol=1e-3)


def test_counted_members_make_their_own_ranges():
    shares = LAW.survival(np.arange(5))
    many, few = (np.rint(size * shares) for size in (40_000.0, 400.0))
    large, small = forecast_renewals([table(many, "a"), table(few, "b")], runs=30)
    assert (large.members, small.members) == (40_000, 400)
    width = [np.diff(one.quantiles[1:, [0, 2]]).mean() for one in (large, small)]
    assert 4 < width[1] / width[0] < 25  # ten, but for the luck of thirty runs


def test_file():
    groups = forecast_renewals([table([100, 60.0, 45.0, 37.0], "x")], runs=5)
    rows = list(csv.DictReader(io.StringIO(renewals_csv(groups))))
    assert [row["period"] for row in rows] == [str(period) for period in range(13)]
    assert [row["observed"] for row in rows[:5]] == ["1", "0.6", "0.45", "0.37", ""]
    assert rows[0]["retention"] == ""
    assert 0.5 < float(rows[1]["retention"]) < float(rows[12]["retention"]) < 1
