"""Numbers as people read them: the table of the design, and invariants."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report import numbers as n
from sim.words import Words

EN, ZH = Words("en"), Words("zh")


@pytest.mark.parametrize(
    ("yuan", "en", "zh"),
    [
        (3200, "¥3,200", "¥3,200"),
        (12_437.18, "¥12,400", "¥1.24 万"),
        (9_999.6, "¥10,000", "¥1.00 万"),
        (99_960, "¥100,000", "¥10.0 万"),
        (1_240_000, "¥1.24M", "¥124 万"),
        (120_000_000, "¥120M", "¥1.20 亿"),
        (-400, "-¥400", "-¥400"),
        (0, "¥0", "¥0"),
        (-0.3, "¥0", "¥0"),
        (None, "—", "—"),
        (math.nan, "—", "—"),
        (math.inf, "—", "—"),
    ],
)
def test_money(yuan, en, zh):
    assert n.money(yuan, words=EN) == en
    assert n.money(yuan, words=ZH) == zh


def test_differences_carry_their_sign():
    assert n.money(12_400, words=EN, sign=True) == "+¥12,400"
    assert n.money(12_400, words=ZH, sign=True) == "+¥1.24 万"
    assert n.share_difference(0.006, words=EN) == "+0.6 pt"
    assert n.share_difference(0.006, words=ZH) == "+0.6 个百分点"
    assert n.share_difference(-0.004, words=ZH, short=True) == "-0.4 个点"


def test_money_inside_a_sentence():
    assert n.money_words(12_400, words=ZH) == "1.24 万元"
    assert n.money_words(3200, words=ZH) == "3200 元"
    assert n.money_words(12_400, words=EN) == "¥12,400"


def test_the_last_digit_follows_the_half_width():
    assert n.money(21_034, words=ZH, half_width=16_500) == "¥2.1 万"
    assert n.money(21_034, words=EN, half_width=16_500) == "¥21,000"
    assert n.money(437, words=EN, half_width=900) == "¥400"


def test_ranges_use_one_unit_and_no_dash():
    assert n.money_span(-4900, 29_700, words=EN, sign=True) == "-¥4,900 to +¥29,700"
    assert n.money_span(-4900, 29_700, words=ZH, sign=True) == "-¥0.49 万 到 +¥2.97 万"
    assert n.kpi_span(9000, 15_000, "messages", words=ZH) == "0.90 万 到 1.50 万"
    assert n.kpi_span(0.77, 0.85, "retention_d30", words=EN) == "77 % to 85 %"


@pytest.mark.parametrize(
    ("share", "en", "zh"),
    [
        (0.041, "4.1 %", "4.1%"),
        (0.812, "81 %", "81%"),
        (0.0996, "10 %", "10%"),
        (1, "100 %", "100%"),
    ],
)
def test_shares(share, en, zh):
    assert (n.share(share, words=EN), n.share(share, words=ZH)) == (en, zh)


def test_times():
    assert (n.day(74.2, words=EN), n.day(74.2, words=ZH)) == ("day 74", "第 74 天")
    assert (n.duration(1, words=EN), n.duration(53, words=ZH)) == ("1 day", "53 天")
    assert (n.minutes(210, words=EN), n.minutes(45, words=ZH)) == ("3.5 h", "45 分钟")
    date = dt.date(2026, 3, 12)
    assert n.calendar_date(date, words=EN) == "12 Mar 2026"
    assert n.calendar_date(date, words=ZH) == "2026年3月12日"


@pytest.mark.parametrize(
    ("share", "pairs", "text"),
    [(0.88, 100, "88"), (0.995, 400, ">99"), (0.004, 400, "<1"), (0.9, 30, "27/30"),
     (0.55, 30, "16.5/30"), (None, 100, "—"), (0.5, 0, "—")],
)  # fmt: skip
def test_of_100(share, pairs, text):
    assert n.of_100(share, n=pairs) == text


def test_kpis_print_in_their_own_unit():
    assert n.kpi(142, "active_30d", words=ZH) == "142"
    assert n.kpi(0.812, "retention_d30", words=ZH) == "81%"
    assert n.kpi(21_000, "profit", words=EN) == "¥21,000"
    assert n.kpi(74, "payback_day", words=ZH) == "第 74 天"
    assert n.kpi(53, "half_life_days", words=EN) == "53 days"
    assert n.kpi(0.307, "k_factor", words=EN) == "0.31"
    assert n.kpi(1.5, "no_such_kpi", words=EN) == "1.50"


@given(st.floats(-1e10, 1e10), st.sampled_from([EN, ZH]))
def test_money_keeps_three_digits_of_its_value(yuan, words):
    text = n.money(yuan, words=words)
    scale = {"万": 1e4, "亿": 1e8, "M": 1e6}.get(text[-1], 1.0)
    digits = text.replace("¥", "").replace(",", "").rstrip("万亿M ")
    assert float(digits) * scale == pytest.approx(yuan, rel=5.1e-3, abs=0.51)
