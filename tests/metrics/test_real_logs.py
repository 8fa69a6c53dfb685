"""The same functions on public logs, against figures computed by others."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from sim.metrics.inequality import gini, top_share
from sim.metrics.peak import half_life
from sim.metrics.stage import spells, stage_codes
from sim.metrics.values import NEVER


def read(path):
    """Messages by member and distinct speakers by day; None if it is no log of messages."""
    messages, speakers = Counter(), defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row.get("event") == "message":
                messages[row["member"]] += 1
                speakers[date.fromisoformat(row["timestamp"][:10]).toordinal()].add(row["member"])
    if not speakers:
        return None
    days = range(min(speakers), max(speakers) + 1)
    return list(messages.values()), np.array([len(speakers.get(day, ())) for day in days])


@pytest.mark.parametrize(
    ("log", "expected_gini", "top1", "top10"),
    [
        ("gitter_fcc_linux", 0.822, 0.292, 0.741),
        ("irc_masakism", 0.804, 0.322, 0.718),
        ("irc_p6dev", 0.765, 0.181, 0.690),
        ("slack_elm_general_2019", 0.761, 0.251, 0.671),
    ],
)
def test_inequality_of_the_data_sheet(train, log, expected_gini, top1, top10):
    counts, _ = read(train / f"{log}.csv.gz")
    assert gini(counts) == pytest.approx(expected_gini, abs=0.0006)
    # The sheet rounds 1 % and 10 % to whole persons: up to one person more or less.
    people = len(counts)
    for share, expected in ((0.01, top1), (0.10, top10)):
        bounds = [top_share(counts, top=max(0, share + side / people)) for side in (-1, 1)]
        assert bounds[0] <= expected <= bounds[1]


@pytest.mark.slow
def test_all_logs_look_as_they_did_when_the_rules_were_made(train):
    lives, ginis, changes, days = [], [], 0, 0
    for path in sorted(train.glob("*.csv.gz")):
        log = read(path)
        if log is None:
            continue
        counts, speakers = log
        lives.append(half_life(speakers))
        ginis.append(gini(counts))
        changes += len(spells(stage_codes(speakers))) - 1
        days += speakers.size
    halved = [life for life in lives if life != NEVER]
    assert len(ginis) == 40
    assert days / 365 == pytest.approx(173, abs=0.5)
    assert changes / (days / 365) == pytest.approx(2.4, abs=0.05)
    assert np.median(ginis) == pytest.approx(0.84, abs=0.005)
    # Published for 38 of the logs: 34 halved, after 17 (10th percentile) and 53 (median) days.
    assert len(halved) == 35
    assert np.percentile(halved, 10) == pytest.approx(17, abs=0.5)
    assert np.median(halved) == pytest.approx(53, abs=6)
