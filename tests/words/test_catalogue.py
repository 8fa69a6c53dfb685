"""Both languages say the same things, in their own typography."""

import ast
import re
import string
from pathlib import Path

import pytest

from sim.metrics import REGISTRY
from sim.metrics.stage import STAGES
from sim.record import ACCOUNTS, CHANNELS, LEFT_HOW, ROLES
from sim.scenario import preset_names
from sim.words import Words, _table, all_keys
from sim.words.kpis import KPIS
from sim.words.policies import POLICIES
from sim.words.typography import char_width

SIM = Path(__file__).resolve().parents[2] / "sim"
EN, ZH = Words("en"), Words("zh")
KEYS = sorted(all_keys())

CJK = r"[\u3400-\u9fff]"
# Labels that operators write without a space (30日留群率, 小组PK) are taken over as they are.
SENTENCES = ("case", "rider", "choice", "run", "progress", "stop", "ci", "warning", "font",
             "report", "method", "figure", "error", "ui")  # fmt: skip


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def pairs():
    for key in KEYS:
        yield key, _table(key)[key]


def test_every_text_exists_in_both_languages():
    for key, pair in pairs():
        assert len(pair) == 2, key
        assert all(text.strip() for text in pair), key


def test_placeholders_agree():
    # Sentences of the verdict are given all values and name the KPI or the baseline where the
    # language needs it.
    # A life's pronouns are left out where Chinese does without.
    optional = {
        "case": {"kpi", "b"}, "rider": {"kpi", "guard"}, "compare": {"kpi", "more", "b"},
        "life": {"he", "him", "his"},
    }  # fmt: skip
    for key, (en, zh) in pairs():
        differing = placeholders(zh) ^ placeholders(en)
        assert differing <= optional.get(key.partition(".")[0], set()), key


def test_chinese_uses_full_width_punctuation():
    wrong = [
        key for key, (_, zh) in pairs() if re.search(rf"{CJK}[,;:!?()]|[,;:!?(]{CJK}|{CJK}\.$", zh)
    ]
    assert not wrong


def test_chinese_and_latin_stand_apart_in_sentences():
    wrong = []
    for key, (_, zh) in pairs():
        if key.partition(".")[0] not in SENTENCES:
            continue
        plain = re.sub(r"\{[^}]*\}", "", zh)  # a value brings its own form
        if re.search(rf"{CJK}[A-Za-z0-9]|[A-Za-z0-9%]{CJK}", plain):
            wrong.append((key, zh))
    assert wrong == [
        ("figure.participation_top", ZH.say("figure.participation_top", share="{share}"))
    ]


def test_numbers_stand_apart_from_chinese_where_they_are_filled_in():
    wrong = []
    names = "count total days day done futures n x y k m peak last first weeks hours limit half"
    numeric = rf"\{{(?:{'|'.join(names.split())})\}}"
    for key, (_, zh) in pairs():
        if re.search(rf"{CJK}{numeric}|{numeric}{CJK}", zh):
            wrong.append(key)
    assert not wrong


def test_chinese_avoids_the_words_operators_do_not_say():
    avoided = (
        "干预",
        "策略实例",
        "处理组",
        "变体",
        "代理人",
        "智能体",
        "参数扫描",
        "置信区间",
        "显著",
    )
    texts = [zh for _, (_, zh) in pairs()] + [k.zh + k.zh_meaning for k in KPIS.values()]
    assert not [text for text in texts for word in avoided if word in text]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_name_of_the_model_has_a_label(words):
    for section, names in {
        "role": ROLES, "channel": CHANNELS, "left": LEFT_HOW, "account": ACCOUNTS,
        "stage": STAGES, "preset": preset_names(),
    }.items():  # fmt: skip
        assert not [name for name in names if not words.has(f"{section}.{name}")]
    assert not set(REGISTRY) - set(KPIS)
    for kpi in REGISTRY.values():
        assert not kpi.because or words.has(f"report.why_{kpi.because}")


def test_kpis_are_printed_in_the_unit_they_are_measured_in():
    same = {"stage": "category", "steps": "ratio"}
    other = {
        "gini_messages": "index",
        "stickiness": "share",
        "payback_day": "day",
        "peak_day": "day",
    }
    for key, kpi in REGISTRY.items():
        assert KPIS[key].unit == other.get(key, same.get(kpi.unit, kpi.unit)), key


def test_policies_cover_the_handbook_once():
    handbook = [policy.handbook for policy in POLICIES.values()]
    assert len(set(handbook)) == len(handbook)
    expected = [f"C{i}" for i in range(1, 16)] + [f"D{i}" for i in range(1, 20)]
    assert set(handbook) == {*expected, *(f"E{i}" for i in range(1, 10)), "A2", "H2"}


@pytest.mark.parametrize(
    ("key", "en", "zh"),
    [
        ("active_30d", "monthly active", "月活"),
        ("retention_d30", "still a member after 30 days", "30日留群率"),
        ("profit", "profit", "利润"),
        ("roas", "takings per yuan spent", "投产比"),
        ("ltv", "value of a new member in 365 days", "用户终身价值（LTV，365天）"),
    ],
)
def test_labels_are_those_of_the_dictionary(key, en, zh):
    assert (EN.kpi(key), ZH.kpi(key)) == (en, zh)
    assert EN.kpi_meaning(key).endswith(".")
    assert ZH.kpi_meaning(key).endswith("。")


def test_numbered_and_foreign_policies_keep_their_names():
    assert ZH.policy("red_packet#2") == "红包 #2"
    assert EN.policy("my_own_policy") == "my_own_policy"
    assert EN.kpi("my_own_kpi") == "my_own_kpi"
    assert EN.preset("my-group") == "my-group"


def test_terminal_texts_hold_no_character_of_doubtful_width():
    # Quotation marks apart, which never stand where something behind them must line up.
    for key, pair in pairs():
        if key.partition(".")[0] in ("run", "progress", "stop"):
            for char in "".join(pair):
                plain = char_width(char) == 1 or re.match(rf"{CJK}|[，。；：？！（）“”]", char)
                assert plain, (key, char)


def calls_of_user_error():
    """(file:line, kind, reason, keywords or None) of every literal UserError in the package."""
    for path in sorted(SIM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name != "UserError":
                continue
            given = {keyword.arg for keyword in node.keywords}
            known = None if None in given else given
            for kind in literals(node.args[0]):
                for reason in literals(node.args[1]):
                    yield f"{path.relative_to(SIM)}:{node.lineno}", kind, reason, known


def literals(node):
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def test_every_error_has_its_sentence_and_the_values_it_needs():
    derived = {"where", "meant", "platform_name"}
    wrong = []
    for place, kind, reason, given in calls_of_user_error():
        key = f"error.{kind}.{reason}"
        if not EN.has(f"kind.{kind}") or not EN.has(key):
            wrong.append(f"{place}: no sentence {key}")
        elif given is not None:
            lacking = placeholders(_table(key)[key][0]) - derived - given
            # file and line may be added on the way up
            wrong += [f"{place}: {key} wants {name}" for name in lacking - {"file", "line"}]
    assert not wrong
