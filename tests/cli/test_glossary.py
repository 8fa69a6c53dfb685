"""The glossary: every word once, in both languages, found by whatever one calls it."""

import json
import re

import pytest

from sim.words import LANGUAGES, Words
from sim.words.glossary import KINDS, find, terms
from sim.words.interface import INTERFACE
from sim.words.kpis import KPIS
from sim.words.meanings import MEANINGS, SAID
from sim.words.people import PEOPLE
from sim.words.policies import POLICIES
from sim.words.typography import width

CHINESE = re.compile("[\u4e00-\u9fff]")
PEOPLE_OF = ("role", "stage", "channel", "preset", "platform", "motive", "state", "term")


def test_every_word_of_the_field_is_there():
    known = {one.key for one in terms()}
    assert {*POLICIES, *KPIS} <= known
    assert {key for key in PEOPLE if key.partition(".")[0] in PEOPLE_OF} <= known
    assert {"verdict.better", "word.goal", "badge.fitted", "verb.run"} <= known
    assert {one.kind for one in terms()} == set(KINDS)
    assert len(known) == len(terms())


def test_every_word_is_explained_in_one_sentence_of_its_language():
    for one in terms():
        assert re.fullmatch(r"[^.]([^.]|\.(?=\d))*\.", one.meaning["en"]), one.key
        assert re.fullmatch(r"[^。]+。", one.meaning["zh"]), one.key
        assert CHINESE.search(one.meaning["zh"])
        assert not CHINESE.search(one.meaning["en"])


def test_nothing_is_explained_that_is_no_word():
    known = {f"policy.{one.key}" if one.kind == "policy" else one.key for one in terms()}
    assert {key.removeprefix("meaning.") for key in MEANINGS} <= known
    assert {key for key in SAID if not key.startswith("kpi.")} <= {*PEOPLE, *INTERFACE}
    assert {key.removeprefix("kpi.") for key in SAID if key.startswith("kpi.")} <= set(KPIS)


def test_names_are_those_of_the_catalogue():
    for one in terms():
        for lang, name in (("en", one.en), ("zh", one.zh)):
            words = Words(lang)
            label = {"policy": words.policy, "kpi": words.kpi}.get(one.kind, words.say)(one.key)
            assert name == label


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_it_fits_80_columns(qunsim, lang):
    answer = qunsim("glossary", "--lang", lang)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert max(map(width, lines)) <= 80
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles == [Words(lang).say(f"cli.glossary_{kind}") for kind in KINDS]
    for one in terms():
        assert (one.zh if lang == "zh" else one.en) in answer.out


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("红包", "red_packet"), ("red packets", "red_packet"), ("Red_Packet", "red_packet"),
        ("red_packet", "red_packet"), ("发红包", "red_packet"), ("转介绍", "friend_referral"),
        ("分销", "commission"), ("月活", "active_30d"), ("ＭＡＵ", "active_30d"),
        ("role.owner", "role.owner"), ("owner", "role.owner"), ("群主", "role.owner"),
        ("免费送", "giveaway"), ("衰退期", "stage.decline"), ("微信群", "platform.wechat"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_is_found_by_any_of_its_names(qunsim, asked, key, lang):
    answer = qunsim("glossary", asked, "--lang", lang)
    assert answer.code == 0
    one = next(one for one in terms() if one.key == key)
    for text in (one.en, one.zh, one.meaning[lang].split()[0]):
        assert text in answer.out
    assert all(width(line) <= 80 for line in answer.out.splitlines())


def test_a_word_of_several_meanings_shows_them_all():
    assert {one.key for one in find("ROI")} == {"roas", "return_on_spend"}
    assert {one.key for one in find("channel")} == {"term.channel"}


@pytest.mark.parametrize(
    ("asked", "lang", "told"),
    [
        ("rde packets", "en", 'Not found: no word "rde packets" in the glossary. Did you mean red'),
        ("红包雨水", "zh", "找不到：词典里没有 红包雨水。是不是 红包？全部词条"),
        ("羊毛", "zh", "找不到：词典里没有 羊毛。是不是 羊毛党？"),
        ("羊毛", "en", 'Not found: no word "羊毛" in the glossary. Did you mean deal hunter?'),
        ("zzzz", "en", 'Not found: no word "zzzz" in the glossary. All: qunsim glossary'),
        ("", "en", 'Not found: no word "" in the glossary. All: qunsim glossary'),
    ],
)
def test_the_nearest_is_suggested(qunsim, asked, lang, told):
    answer = qunsim("glossary", asked, "--lang", lang)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(told)
    assert len(answer.err.splitlines()) == 1


def test_json_holds_both_languages(qunsim):
    entries = json.loads(qunsim("glossary", "--json").out)
    assert [one["key"] for one in entries] == [one.key for one in terms()]
    (packet,) = json.loads(qunsim("glossary", "红包", "--json").out)
    assert (packet["en"], packet["zh"], packet["handbook"]) == ("red packets", "红包", "D4")
    assert packet["said"] == "发红包、红包雨"
    assert set(packet["meaning"]) == {"en", "zh"}
    (kpi,) = json.loads(qunsim("glossary", "profit", "--json").out)
    assert (kpi["kind"], kpi["unit"]) == ("kpi", "yuan")
