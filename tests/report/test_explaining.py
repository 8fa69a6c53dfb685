"""An explanation in the terminal: what is printed adds up, fits and says who turns what."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.explaining import (
    assumption_name,
    explanation_lines,
    lead,
    parts_of,
    player_name,
    printed_parts,
    swings_of,
    turning_sentence,
)
from sim.words import Words
from sim.words.typography import width

EN, ZH = Words("en"), Words("zh")
LABELS = {"base": "as now", "course": "course", "packets": "packets"}


def player(name, value, half, kind="policy", **more):
    return {
        "name": name,
        "kind": kind,
        "value": value,
        "lo": value - half,
        "hi": value + half,
    } | more


def bar(path, low, default, high, at_low, at_high):
    return {
        "path": path, "low": low, "high": high, "default": default, "at_low": at_low,
        "at_high": at_high, "at_default": 9400.0, "at_low_lo": at_low - 300,
        "at_low_hi": at_low + 300, "at_high_lo": at_high - 300, "at_high_hi": at_high + 300,
        "confidence": "low", "own_range": False, "counts": False,
    }  # fmt: skip


def explained(**changes):
    players = [
        player("free_course", 10033.33, 400.0), player("paid_course#2", 16.67, 40.0),
        player("welcome", -650.0, 120.0, "without"),
    ]  # fmt: skip
    bars = [
        bar("member.wallet_median", 60.0, 120.0, 240.0, -900.0, 14_000.0),
        bar("free_course.candidates", 1.5, 3.0, 6.0, 9000.0, 9900.0),
    ]
    turning = [{"path": "member.wallet_median", "value": 66.61, "default": 120.0, "below": True}]
    return {
        "goal": "profit", "baseline": "base", "variant": "course", "players": players,
        "total": 9400.0, "lo": 9000.0, "hi": 9800.0, "base_value": -10_100.0, "futures": 60,
        "pairs": 60,
        "assumptions": {
            "sets": 40, "ahead": {"packets": 3, "course": 34}, "default": 9400.0, "ranking": [],
            "tornado": bars, "turning": turning,
        },
    } | changes  # fmt: skip


def told(words, **changes):
    return explanation_lines(
        explained(**changes), words=words, name="knowledge group", days=180, labels=LABELS,
        next_commands=[("qunsim life results/x", "")],
    )  # fmt: skip


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("total", [9400.0, 0.0, -400.0], ids=["gain", "nothing", "loss"])
def test_it_fits_into_eighty_columns_and_is_whole(words, total):
    players = [player("free_course", total + 300.0, 90.0), player("paid_course", -300.0, 20.0)]
    for line in told(words, players=players, total=total, lo=total - 500, hi=total + 500):
        assert width(line) <= 80
        assert not re.search(r"[{}]|explain\.|None|nan", line)


def test_printed_amounts_add_up():
    lines = told(EN)
    amounts = [
        int(found[1].replace("¥", "").replace(",", ""))
        for line in lines
        if (found := re.match(r"(?:free|paid|without).*?([+-]?¥[\d,]+)", line))
    ]
    assert sum(amounts[:3]) == 9400


@given(
    parts=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8),
    step=st.sampled_from([0.001, 1.0, 10.0, 1000.0]),
)
def test_rounded_parts_add_up_to_the_rounded_total(parts, step):
    shown = printed_parts(parts, step)
    whole = [round(one / step) for one in shown]
    assert abs(sum(whole) - sum(parts) / step) <= 0.5 + 1e-6
    assert all(abs(one - part) < step * 1.001 for one, part in zip(shown, parts, strict=True))


def test_the_lead_names_what_most_comes_from_and_what_works_against_it():
    text = lead(explained(), words=EN, labels=LABELS)
    assert text.startswith('"course" against "as now": ¥9,400 more profit on average. Most of it')
    assert "comes from: free course; without" in text
    assert text.endswith("works the other way.")
    only = [player("free_course", 9400.0, 10.0)]
    assert "Most" not in lead(explained(players=only), words=EN, labels=LABELS)
    assert "differs in nothing" in lead(explained(players=[]), words=EN, labels=LABELS)


def test_what_cannot_be_told_from_nothing_is_marked():
    lines = told(EN)
    assert [line for line in lines if line.startswith("paid course #2 *")]
    assert not [line for line in lines if line.startswith("free course *")]


def test_turning_points_are_told_and_only_where_somebody_is_ahead():
    text = turning_sentence(explained(), words=EN, labels=LABELS)
    assert text.startswith('"course" falls behind "as now" if ')
    assert "is below 66.6 (we assume 120)" in text
    unclear = explained(lo=-10.0)
    assert "cannot be told" in turning_sentence(unclear, words=EN, labels=LABELS)
    quiet = explained()
    quiet["assumptions"]["turning"] = []
    assert "None of them" in turning_sentence(quiet, words=EN, labels=LABELS)


def test_changes_have_names():
    value = player("member.wallet_median", 1.0, 1.0, "setting")
    value |= {"before": {"member.wallet_median": 120.0}, "after": {"member.wallet_median": 90.0}}
    assert player_name(value, words=EN).endswith("90 (was 120)")
    many = player("settings", 1.0, 1.0, "settings", after={"a": 1, "b": 2, "c": 3, "d": 4})
    assert player_name(many, words=EN) == "4 changed values"
    assert player_name(player("interest", 1, 1, "start"), words=EN).startswith("another beginning")
    assert player_name(player("v", 1, 1, "all"), words=ZH) == "全部改动"
    assert assumption_name("free_course#2.candidates", words=EN).startswith("free course #2: ")
    assert assumption_name("nobody.knows", words=EN) == "nobody: knows"


def test_the_page_is_given_the_same_numbers():
    table = explained()
    assert [part.value for part in parts_of(table, words=EN)] == [10033.33, 16.67, -650.0]
    first = swings_of(table, words=EN)[0]
    assert (first.low, first.high, first.at_low, first.at_high) == ("60", "240", -900.0, 14_000.0)
