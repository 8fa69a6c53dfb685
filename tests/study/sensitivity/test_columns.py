"""Anybody's table as given data."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.study.sensitivity.columns import table_data


@pytest.fixture
def table(tmp_path):
    """y = 2 a + b + noise on dependent, skewed columns; c is a category that shifts y by 3."""
    rng = np.random.default_rng(2)
    a, b = rng.random(400), rng.lognormal(size=400)
    c = rng.integers(2, size=400)
    y = 2 * a + np.log(b) * 0.1 + 3 * c + rng.normal(size=400) * 0.05
    rows = [f"{a[i]},{b[i]},{'xy'[c[i]]},{y[i] if i else ''}" for i in range(400)]
    path = tmp_path / "data.csv"
    path.write_text("a,b,c,y\n" + "\n".join(rows) + "\n")
    return path


def test_columns_are_ordered_by_what_they_do(table):
    result = table_data(table, factors=["a", "b", "c"], outputs=["y"], method="rbd_fast")
    found = result.computed.found["y"]
    assert (found.used, found.left_out) == (399, 1)
    names = [one.path for one in result.computed.study.factors]
    assert [names[n] for n in found.order("S1")] == ["c", "a", "b"]
    # variances by hand: 9/4 of c, 4/12 of a, .01 of log b, .0025 of noise
    whole = 9 / 4 + 4 / 12 + 0.01 + 0.0025
    assert found.indices["S1"][2] == pytest.approx(9 / 4 / whole, abs=0.05)
    assert found.indices["S1"][0] == pytest.approx(4 / 12 / whole, abs=0.05)


def test_what_is_wrong_with_a_table_is_told(table, tmp_path):
    def reason(path, factors, outputs, method="pawn"):
        with pytest.raises(UserError) as caught:
            table_data(path, factors=factors, outputs=outputs, method=method)
        return caught.value.reason

    assert reason(table, ["aa"], ["y"]) == "column"
    assert reason(table, ["a"], ["y"], "sobol") == "needs_design"
    assert reason(tmp_path / "none.csv", ["a"], ["y"]) == "table"
    short = tmp_path / "short.csv"
    short.write_text("a,y\n1,2\n")
    assert reason(short, ["a"], ["y"]) == "given"
