"""How policies are set, as operators say it."""

import pytest

from sim.policies.base import settings_of
from sim.policies.registry import own_policies
from sim.policies.schedule import KEYS
from sim.words import SCHEDULE, Words

EN, ZH = Words("en"), Words("zh")


def test_every_setting_of_our_policies_has_words_in_both_languages():
    for policy in own_policies():
        for one in settings_of(policy):
            for words in (EN, ZH):
                assert "=" not in words.setting(policy.key, one.name, one.default)


def test_when_and_for_whom_are_those_of_every_policy():
    assert set(SCHEDULE) == set(KEYS)


@pytest.mark.parametrize(
    ("use", "name", "value", "en", "zh"),
    [
        ("red_packet", "amount", 200.0, "¥200 each time", "每次 200 元"),
        ("red_packet#2", "amount", "200", "¥200 each time", "每次 200 元"),
        ("goods_sale", "discount", 0.15, "15 % off", "让利 15%"),
        ("paid_course", "lessons", 3, "paid lessons: 3", "正课 3 节"),
        ("split", "dissolve", 0, "the old group stays", "老群保留"),
        ("daily_topic", "weekdays", ["mon", "fri"], "on Mon, Fri", "周一、周五"),
        ("care", "every", 1, "every day", "每天"),
        ("care", "every", 30, "every 30 days", "每 30 天一次"),
        ("theirs", "start", 5, "from day 5", "第 5 天起"),
        ("theirs", "amount", 0.5, "amount=0.5", "amount=0.5"),  # may mean anything
        ("care", "unheard", 1, "unheard=1", "unheard=1"),
    ],
)
def test_settings_are_said(use, name, value, en, zh):
    assert EN.setting(use, name, value) == en
    assert ZH.setting(use, name, value) == zh


def test_an_audience_is_named():
    assert EN.setting("care", "to", "newcomers:7") == f"for: {EN.audience('newcomers:7')}"
