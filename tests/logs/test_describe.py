import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.describe import describe
from sim.logs.events import read_events

# The table of statistics published with the logs.
PUBLISHED = {
    "forum_urho3d": {
        "ids": 998, "posters": 998, "messages": 36989, "span_days": 3232,
        "messages_per_active_day": 12.3, "mam_first": 33, "mam_peak": 75, "mam_last3": 11.3,
        "last_to_peak": 0.15, "top1": 0.355, "top10": 0.785, "gini": 0.840, "once": 0.166,
        "joiners": 962, "ret30_60": 0.210, "med_life_days": 15.12, "reply_share": 0.653,
    },
    "irc_cro": {
        "ids": 315, "posters": 100, "messages": 6341, "span_days": 3131,
        "messages_per_active_day": 12.5, "mam_first": 17, "mam_peak": 17, "mam_last3": 3.3,
        "last_to_peak": 0.2, "top1": 0.235, "top10": 0.791, "gini": 0.835, "once": 0.120,
        "joiners": 83, "ret30_60": 0.120, "med_life_days": 0.80, "reply_share": 0.105,
        "joins": 16599, "leaves": 15522,
    },
    "dm_collegemsg": {
        "ids": 1350, "posters": 1350, "messages": 59835, "span_days": 193,
        "messages_per_active_day": 310.0, "mam_first": 742, "mam_peak": 1034, "mam_last3": 260.0,
        "last_to_peak": 0.25, "top1": 0.150, "top10": 0.562, "gini": 0.715, "once": 0.129,
        "joiners": 568, "ret30_60": 0.268, "med_life_days": 14.59, "reply_share": 0.940,
    },
    "slack_racket_general": {
        "ids": 326, "posters": 326, "messages": 22171, "span_days": 756,
        "messages_per_active_day": 33.3, "mam_first": 24, "mam_peak": 62, "mam_last3": 49.7,
        "last_to_peak": 0.80, "top1": 0.167, "top10": 0.697, "gini": 0.788, "once": 0.101,
        "joiners": 286, "ret30_60": 0.301, "med_life_days": 22.94, "reply_share": 0.184,
    },
}  # fmt: skip
MONTHS = {
    "forum_urho3d": "2016-02",
    "irc_cro": "2017-11",
    "dm_collegemsg": "2004-05",
    "slack_racket_general": "2019-01",
}
# half of the last digit published; shares were published as per cent with one digit
DIGITS = {"messages_per_active_day": 0.05, "mam_last3": 0.05, "med_life_days": 0.005}
DIGITS |= {"last_to_peak": 0.005}


@pytest.mark.parametrize("name", PUBLISHED)
def test_statistics_of_real_logs_are_those_published_with_them(train, name):
    statistics = describe(read_events(train / f"{name}.csv.gz"))
    for key, value in PUBLISHED[name].items():
        digits = 0 if isinstance(value, int) else DIGITS.get(key, 0.0005)
        assert statistics[key] == pytest.approx(value, rel=0, abs=digits * 1.001), key
    assert statistics["mam_peak_start"].startswith(MONTHS[name])


def test_a_small_log_by_hand(make_table):
    rows = [(0.5, "a"), (0.5, "b"), (1.5, "a", "message", "b"), (40.0, "c"), (75.0, "c")]
    rows += [(76.0, "d"), (76.2, "d"), (150.0, "e", "join")]
    statistics = describe(make_table(rows))
    expected = {
        "first": "2024-01-01", "last": "2024-05-30", "span_days": 149, "ids": 5, "posters": 4,
        "messages": 7, "joins": 1, "messages_per_active_day": 7 / 5,
        "messages_per_speaking_day": 7 / 6, "reply_share": 1 / 7,
        "mam_first": 2, "mam_peak": 2, "mam_peak_start": "2024-01-01",
        "mam_last3": 1.5, "last_to_peak": 0.75,  # whole windows of 75.7 days: two
        "top1": 2 / 7, "top10": 2 / 7, "once": 1 / 4, "one_day": 2 / 4,
        "joiners": 2, "ret30_60": 0.5, "med_life_days": pytest.approx((35 + 0.2) / 2),
        "weeks": 21, "messages_week": 7 / 21, "newcomers_week": 4 / 21, "speakers_week": 5 / 21,
    }  # fmt: skip
    assert {key: statistics[key] for key in expected} == expected
    assert "leaves" not in statistics
    assert statistics["stage"] == "dormant"


def test_shares_add_up_and_move_with_the_zone(make_table):
    table = make_table([(0.75, "a"), (1.75, "a"), (8.75, "a")])  # Mo, Tu, Tu at 18:00 UTC
    here, there = describe(table), describe(table, offset=8 * 3600)
    assert here["hours"][18] == there["hours"][2] == 1.0
    np.testing.assert_allclose(here["weekdays"], [1 / 3, 2 / 3, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(there["weekdays"], [0, 1 / 3, 2 / 3, 0, 0, 0, 0])


def test_a_log_without_messages_is_refused(make_table):
    with pytest.raises(UserError) as error:
        describe(make_table([(0.0, "a", "purchase")]))
    assert (error.value.kind, error.value.reason) == ("too_short", "no_messages")


def test_a_single_message(make_table):
    statistics = describe(make_table([(0.5, "a")]))
    assert (statistics["mam_last3"], statistics["joiners"], statistics["weeks"]) == (None, 0, 0)
    assert (statistics["burstiness"], statistics["speakers_week"]) == (None, None)
