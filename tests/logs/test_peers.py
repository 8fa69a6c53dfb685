import csv
import json
from importlib import resources

import numpy as np
import pytest

from sim.logs.events import read_events
from sim.logs.peers import LENGTHS, STATISTICS, Peers, period, periods, place, real_communities
from sim.logs.table import DAY, WEEK

TABLE = resources.files("sim.logs").joinpath("real_communities.csv").read_text("utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))


def check(train, name):
    family = json.loads((train / f"{name}.json").read_text())["family"]
    again = list(periods(read_events(train / f"{name}.csv.gz"), log=name, family=family))
    assert again == [row for row in ROWS if row["log"] == name]


@pytest.mark.parametrize("name", ["irc_mugs", "gitter_fcc_tampa", "irc_cro"])
def test_the_table_is_that_of_the_logs(train, name):
    check(train, name)


@pytest.mark.slow
def test_the_whole_table_is_that_of_the_logs(train):
    logs = {path.name.removesuffix(".csv.gz") for path in train.glob("*.csv.gz")}
    known = {row["log"] for row in ROWS}
    assert known <= logs
    for name in sorted(known):
        check(train, name)


def test_the_table_holds_no_names_and_families_weigh_alike():
    assert set(ROWS[0]) == {"log", "family", "weeks", "end", *STATISTICS}
    for weeks in LENGTHS:
        peers = real_communities(weeks)
        mine = [row for row in ROWS if row["weeks"] == str(weeks)]
        assert peers.weight.sum() == pytest.approx(1)
        assert peers.logs == len({row["log"] for row in mine})
        families = {row["family"] for row in mine}
        assert peers.families == len(families)
        for family in families:
            share = sum(
                weight
                for weight, row in zip(peers.weight, mine, strict=True)
                if row["family"] == family
            )
            assert share == pytest.approx(1 / len(families))


def test_ranks_and_quantiles_by_hand():
    peers = Peers(
        weeks=52, logs=3, families=2, weight=np.array([0.5, 0.25, 0.25]),
        values={"gini": np.array([0.2, 0.6, 0.8]), "growth": np.array([np.nan, 1.0, 3.0])},
    )  # fmt: skip
    assert peers.rank("gini", 0.1) == 0.0
    assert peers.rank("gini", 0.5) == 0.5
    assert peers.rank("gini", 0.6) == 0.625
    assert peers.rank("gini", 0.9) == 1.0
    assert peers.rank("growth", 2.0) == 0.5
    assert peers.rank("growth", None) is None
    assert peers.quantiles("gini", (0.0, 0.5, 0.51, 1.0)) == [0.2, 0.2, 0.6, 0.8]


def test_a_period_by_hand(make_table):
    rows = [(0.0, "old"), (1.0, "old")]
    # The period: 13 weeks from day 70 on. "old" speaks each week, "new" in weeks 2, 7 and 8.
    rows += [(70 + 7 * week + 0.5, "old") for week in range(13)]
    rows += [(70 + 14 + 0.6, "new"), (70 + 49 + 0.6, "new"), (70 + 49 + 0.7, "new")]
    rows += [(70 + 56.0, "new"), (70 + 91 - 0.001, "old")]
    table = make_table(sorted(rows))
    end = table.start + (70 + 91) * DAY
    found = period(table, end=end, weeks=13)
    assert found is None  # 16 of 13 weeks: fewer than two speakers
    extra = [(70 + 7 * week + 0.9, "third") for week in range(13)]
    found = period(make_table(sorted(rows + extra)), end=end, weeks=13)
    assert found["speakers_week"] == pytest.approx((13 + 13 + 3) / 13)
    assert found["messages_speaker_week"] == pytest.approx((14 + 13 + 4) / 29)
    assert found["newcomer_share"] == pytest.approx(2 / 29)
    assert found["growth"] == pytest.approx((6 + 6 + 2) / (6 + 6 + 1) - 1)
    assert found["once"] == 0.0
    assert found["ret30_60"] is None  # two newcomers are too few
    assert found["gini"] == pytest.approx(2 * (14 - 13 + 14 - 4 + 13 - 4) / (2 * 3 * 31))


def test_young_and_quiet_logs_have_no_place(make_table):
    assert place(make_table([(0.0, "a"), (1.0, "b")])) is None
    assert place(make_table([(0.0, "a"), (200.0, "b")])) is None


def test_a_log_is_compared_over_the_longest_period_that_fits(make_table):
    def busy(weeks):
        rows = [(7 * week + d, f"m{d}") for week in range(weeks) for d in range(4)]
        return place(make_table([*rows, (7 * weeks - 0.01, "m0")]))

    assert busy(13).peers.weeks == busy(51).peers.weeks == 13
    assert busy(52).peers.weeks == 52
    assert busy(60).end - 52 * WEEK == 1_704_067_200 + 8 * WEEK
