"""Targets of a forecast beside activity: small tables through the command line."""

import csv
import json

RENEWALS = "period,segment,surviving\n" + "".join(
    f"{period},{name},{left}\n"
    for name, curve in (("a", (100, 63.1, 46.8, 38.2)), ("b", (100, 86.9, 74.3, 65.3)))
    for period, left in enumerate(curve)
)
MEMBERS = "date,members\n" + "".join(f"2026-01-{day:02d},{100 + 3 * day}\n" for day in range(1, 31))


def test_renewals(qunsim, tmp_path):
    (tmp_path / "r.csv").write_text(RENEWALS)
    line = "forecast r.csv --target renewals --replicates 20 --out out --quiet"
    answer = qunsim(*line.split())
    assert answer.code in (0, None)
    assert "63 %" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    about = json.loads((tmp_path / "out/renewals.json").read_text())
    assert [one["group"] for one in about["groups"]] == ["a", "b"]
    assert qunsim(*line.split()).out == answer.out  # shown again from the files


def test_members(qunsim, tmp_path):
    (tmp_path / "m.csv").write_text(MEMBERS)
    line = "forecast m.csv --target members --weeks 2 --out out --lang zh"
    answer = qunsim(*line.split())
    assert answer.code in (0, None)
    with (tmp_path / "out/members.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [rows[0]["date"], rows[-1]["date"]] == ["2026-01-31", "2026-02-13"]
    assert 225 < float(rows[-1]["q50"]) <= 190 + 14 * 3


def test_purchases(qunsim, tmp_path):
    lines = ["timestamp,member,event,amount"]
    for day in range(0, 84, 3):
        date = f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}"
        lines += [f"{date}T10:00:00Z,{1 + day % 5},purchase,20"]
    (tmp_path / "shop.csv").write_text("\n".join(lines) + "\n")
    line = "forecast shop.csv --target purchases --weeks 2 --replicates 5 --out out --quiet"
    answer = qunsim(*line.split())
    assert answer.code in (0, None)
    assert "spending a week" in answer.out
    with (tmp_path / "out/purchases.csv").open() as stream:
        targets = [row["target"] for row in csv.DictReader(stream)]
    assert targets == [t for t in ("buyers", "purchases", "first_buyers", "spending") for _ in "12"]
    assert (tmp_path / "out/buyers.csv").read_text().count("\n") == 6
    assert not (tmp_path / "out/forecast.csv").exists()
    assert (tmp_path / "out/forecast_spending.png").stat().st_size > 1000
