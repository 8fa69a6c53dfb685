"""The catalogue holds the whole handbook in both languages, and says what is simulated."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import UserError
from sim.parameters import by_path, table
from sim.policies import settings_of
from sim.policies.registry import own_policies, policy_class
from sim.scenario import Scenario, preset_names
from sim.web.catalogue import GROUPS, catalogue, step_of, texts
from sim.web.portrait import ADJUST, parameters, preset_portrait
from sim.words import LANGUAGES, SCHEDULE
from sim.words.web_setting import WEB_SETTING

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile(r"[\u3400-\u9fff]")
HANDBOOK = (
    {"A2"} | {f"C{n}" for n in range(1, 16)} | {f"D{n}" for n in range(1, 20)}
    | {f"E{n}" for n in range(1, 10)} | {"H2"}
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


def test_all_policies_of_the_handbook_are_there(lang):
    found = catalogue(lang).policies
    assert [one.key for one in found][: len(own_policies())] == [one.key for one in own_policies()]
    assert {row for one in found for row in one.handbook} >= HANDBOOK


def test_every_policy_has_words(lang):
    for one in catalogue(lang).policies:
        assert one.name
        assert one.about
        assert one.group in GROUPS
        assert one.said
        assert one.kpis
        assert one.evidence
        assert one.failures
        told = [one.name, one.about, one.group_label, *one.evidence, *one.failures]
        told += [kpi.label for kpi in one.kpis]
        for text in told:
            assert bool(CJK.search(text)) == (lang == "zh"), text


def test_every_setting_has_a_label_a_range_and_a_source(lang):
    for one in catalogue(lang).policies:
        infos = settings_of(policy_class(one.key))
        assert [setting.name for setting in one.settings] == [info.name for info in infos]
        labels = [setting.label for setting in one.settings]
        assert len(set(labels)) == len(labels), one.key
        for setting, info in zip(one.settings, infos, strict=True):
            assert setting.low <= setting.default <= setting.high
            assert setting.low < setting.high
            assert (setting.low, setting.high) == (info.low, info.high)
            assert setting.label != setting.name or lang == "en"
            assert bool(CJK.search(setting.label)) == (lang == "zh")
            assert setting.note
            assert setting.unit
            assert setting.source
            assert setting.confidence_label
            assert 0 < setting.step <= setting.high - setting.low
            if setting.percent:
                assert setting.high <= 1


def test_labels_of_settings_belong_to_settings():
    pairs = [(one.key, info.name) for one in own_policies() for info in settings_of(one)]
    used = {f"web.setting.{key}.{name}" for key, name in pairs}
    used |= {f"web.setting.{name}" for name in (*SCHEDULE, *(name for _, name in pairs))}
    assert set(WEB_SETTING) <= used


def test_presets_are_those_that_there_are(lang):
    found = {one.key: one for one in catalogue(lang).presets}
    assert set(found) == set(preset_names())
    for key, one in found.items():
        assert one.members == Scenario.preset(key).members.initial
        assert one.about
        assert one.case == (key in {"xiaomi_fans", "starbucks", "xiaohongshu", "zhihu", "douyin"})


def test_both_languages_have_the_same_words():
    en, zh = (texts(lang).words for lang in LANGUAGES)
    assert en.keys() == zh.keys()
    assert any(key.startswith("web.") for key in en)


def test_the_limits_are_those_of_a_work(lang):
    most = catalogue(lang, upload_mb=7).limits
    assert most.model_dump() == {
        "variants": 6, "upload_mb": 7, "days": 1095, "members": 20_000, "futures": 1000,
    }  # fmt: skip


@pytest.mark.parametrize("name", preset_names())
def test_a_portrait_is_the_preset(name, lang):
    scenario, found = Scenario.preset(name), preset_portrait(name, lang)
    assert found.members == scenario.members.initial
    assert [one.entry for one in found.policies] == list(scenario.policies)
    assert all(one.text for one in found.policies)
    assert sum(one.share for one in found.roles) == pytest.approx(1)
    assert [one.path for one in found.adjust] == list(ADJUST)
    assert ADJUST[0] == "members.initial"
    for one in found.adjust:
        section, _, key = one.path.partition(".")
        assert one.value == getattr(getattr(scenario, section), key)
        assert one.low <= one.value <= one.high or one.path == "members.initial"
        assert one.source
        assert one.step > 0
        assert bool(CJK.search(one.label)) == (lang == "zh")
        assert bool(CJK.search(one.unit)) == (lang == "zh") or one.unit in {"", "logit"}


def test_an_unknown_preset_is_told():
    with pytest.raises(UserError) as caught:
        preset_portrait("knowlege", "en")
    assert (caught.value.reason, caught.value.values["suggestion"]) == ("preset", "knowledge")


def test_all_parameters_can_be_found(lang):
    everything = parameters("", preset="product", lang=lang).parameters
    assert [one.path for one in everything] == [row.path for row in table()]
    product = Scenario.preset("product").flat()
    assert all(one.value == product[one.path] for one in everything)
    found = parameters("WALLET median", preset="product", lang=lang).parameters
    assert [one.path for one in found] == ["member.wallet_median"]
    assert parameters("no such thing", preset="product", lang=lang).parameters == []
    assert {one.default for one in found} == {by_path()["member.wallet_median"].default}


@pytest.mark.parametrize(
    ("low", "high", "default", "whole", "step"),
    [
        (0, 100_000, 50.0, False, 1),
        (0.0, 1.0, 0.5, False, 0.01),
        (0, 20, 8.8, False, 0.1),
        (10, 2000, 120.0, False, 10),
        (0.001, 0.03, 0.006, False, 0.0001),
        (1, 10_000, 10, True, 1),
        (0, 100_000, 0.0, False, 1000),
    ],
)
def test_steps_are_powers_of_ten(low, high, default, whole, step):
    assert step_of(low, high, default, whole=whole) == step


def test_nothing_heavy_is_loaded_to_answer():
    code = """
import sys
from sim.policies.registry import policy_keys
from sim.scenario import preset_names
from sim.web.catalogue import catalogue, texts
from sim.web.checking import check
from sim.web.portrait import parameters, preset_portrait
from sim.web.routes import catalogue as _, check as _
from sim.web.work import experiment_text, read_work
from sim.words import Words
for lang in ("en", "zh"):
    texts(lang), catalogue(lang), parameters("", preset="mixed", lang=lang)
    for name in preset_names():
        preset_portrait(name, lang)
every = [{"use": key} for key in policy_keys()]
aimed = [{"use": key, "to": "newcomers"} for key in ("value_content", "brand", "paid_course")]
work = read_work({"community": {"preset": "mixed"}, "policies": every, "variants": [
    {"name": "a", "policies": aimed},
    {"name": "b", "policies": [{"use": "event", "when": "speakers_7d < 9"}]},
]})
experiment_text(work, "mixed")
answer = check(work, "mixed", words=Words("zh"))
assert answer.variants[2], answer.errors
heavy = {"numba", "matplotlib", "duckdb", "mesa", "SALib", "pandas"}
print(*sorted(heavy & set(sys.modules)))
"""
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert answer.stdout.split() == []
