"""Differences as they are read: with a sign in tables, with a word in sentences."""

import math

import pytest

from sim.report import differences, numbers
from sim.words import Words

EN, ZH = Words("en"), Words("zh")


@pytest.mark.parametrize(
    ("value", "key", "en", "zh"),
    [
        (12_400.0, "profit", "+¥12,400", "+¥1.24 万"),
        (-400.0, "profit", "-¥400", "-¥400"),
        (-0.004, "retention_d30", "-0.4 pt", "-0.4 个点"),
        (0.0001, "retention_d30", "0.0 pt", "0.0 个点"),  # what is printed as zero has no sign
        (9.4, "active_30d", "+9", "+9"),
        (-0.4, "active_30d", "-0.4", "-0.4"),
        (0.02, "active_30d", "0.0", "0.0"),
        (12.0, "half_life_days", "+12 days", "+12 天"),
        (-1.0, "payback_day", "-1 day", "-1 天"),
        (90.0, "owner_minutes", "+1.5 h", "+1.5 小时"),
        (-0.123, "k_factor", "-0.12", "-0.12"),
        (math.nan, "profit", "—", "—"),
        (None, "profit", "—", "—"),
    ],
)
def test_tables_show_the_sign(value, key, en, zh):
    assert differences.difference(value, key, words=EN) == en
    assert differences.difference(value, key, words=ZH) == zh


def test_digits_follow_the_precision():
    """Half of the interval 1,100: a tenth is 110, the nearest power of ten 100."""
    assert differences.difference(12_437.18, "profit", words=EN, half_width=1100.0) == "+¥12,400"
    assert differences.size(12_437.18, "profit", words=ZH, half_width=9000.0) == "1.2 万元"


def test_both_ends_have_the_unit_of_the_larger():
    ends = differences.ends(-490.0, 29_700.0, "profit", words=ZH)
    assert ends == ("-¥0.05 万", "+¥2.97 万")
    assert differences.ends(-3.0, 25.0, "active_30d", words=EN) == ("-3", "+25")


@pytest.mark.parametrize(
    ("low", "high", "key", "told"),
    [
        (-4000.0, 3000.0, "profit", ("少赚 4000 元", "多赚 3000 元")),
        (0.0, 3000.0, "profit", (" 0 元", "多赚 3000 元")),
        (-3.0, 25.0, "active_30d", ("少 3 人", "多 25 人")),
        (-0.01, 0.02, "retention_d30", ("低 1.0 个百分点", "高 2.0 个百分点")),
        (-0.1, 0.2, "k_factor", ("低 0.10", "高 0.20 ")),  # a digit stands apart from what follows
    ],
)
def test_chinese_says_ranges_in_words(low, high, key, told):
    assert differences.ends_in_words(low, high, key, words=ZH) == told


@pytest.mark.parametrize(
    ("value", "key", "en", "zh"),
    [
        (-300.0, "cost", "¥300 less spending", "支出平均少 300 元"),
        (3.0, "cac", "cost of a new member ¥3 higher", "拉新成本（每个入群）平均多 3 元"),
        (-5.0, "joins", "5 fewer people joining", "入群人数平均少 5 人"),
        (80.0, "messages", "80 more messages", "消息数平均多 80 条"),
        (0.2, "k_factor", "invited joiners per joiner 0.20 higher", "裂变系数（K值）平均高 0.20"),
        (4.0, "muted", "have muted the group 4 higher", "免打扰人数平均多 4 人"),
    ],
)
def test_a_mean_difference_in_words(value, key, en, zh):
    assert differences.gain(value, key, words=EN) == en
    assert differences.gain(value, key, words=ZH) == zh


def test_how_often():
    assert differences.times(0.876, n=384, words=EN) == ("88", 100)
    assert differences.times(0.995, n=384, words=EN) == ("over 99", 100)
    assert differences.times(0.001, n=384, words=ZH) == ("不到 1 ", 100)
    assert differences.times(0.9, n=30, words=ZH) == (" 27 ", 30)
    assert differences.times(0.55, n=10, words=EN) == ("5.5", 10)  # a tie counts one half


def test_a_list_in_a_sentence():
    assert differences.listing(["a", "b", "c"], words=EN) == "a, b and c"
    assert differences.listing(["甲", "乙", "丙"], words=ZH) == "甲、乙和丙"
    assert differences.listing(["a"], words=EN) == "a"


def test_money_in_a_sentence_may_take_the_unit_of_another():
    assert numbers.money_words(4900.0, words=ZH, like=29_700.0) == "0.49 万元"
    assert numbers.money_words(None, words=ZH) == numbers.UNDEFINED
