"""Policies and schedules, wrong or doubtful: one clear message, or a note wherever it counts."""

import re
import sys

import pytest

from sim.parameters import table
from sim.policies import settings_of
from sim.policies.registry import own_policies
from sim.words.typography import width

CHINESE = re.compile("[\u4e00-\u9fff]")

MISTAKES = {
    "stop at start": ("Never happens: red_packet starts on day 9 and stops", "start=9,stop=9"),
    "stop before start": ("Never happens: red_packet starts on day 9 and stops", "start=9,stop=3"),
    "start behind the end": ("Never happens: red_packet starts on day 30", "start=30"),
    # day 0 is a Monday unless a date says otherwise
    "no such day in the span": (
        "Never happens: red_packet: from day 1 to day 4 with every = 1, no day is a sun",
        "start=1,stop=5,weekdays=['sun']",
    ),
    "weekdays out of step": (
        "Never happens: red_packet: from day 1 to day 29 with every = 14, no day is a mon wed",
        "start=1,every=14,weekdays=['wed','mon']",
    ),
    "impossible condition": (
        "Do not fit: red_packet.when: members < 50 and members > 100 never hold at once",
        "when='members > 100 and members < 50'",
    ),
    "impossible count": (
        "Do not fit: red_packet.when: speakers_7d < 0 and speakers_7d >= 0 never hold at once",
        "when='speakers_7d < 0'",
    ),
}


def the_only_message(answer):
    """The one line of an answer that refuses; nothing else was printed."""
    assert answer.code == 2
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert "Traceback" not in line
    return line


def asked(qunsim, small, *options, lang="en"):
    return qunsim("run", small, *options, "--lang", lang)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_schedule_that_cannot_be_is_one_message(qunsim, small, tmp_path, name):
    told, options = MISTAKES[name]
    policy = ("--policy", f"red_packet:{options}")
    assert the_only_message(asked(qunsim, small, *policy)).startswith(told)
    chinese = the_only_message(asked(qunsim, small, *policy, lang="zh"))
    assert re.match("(不会发生|前后矛盾)：red_packet", chinese)
    assert not (tmp_path / "results").exists()


POSSIBLE = (
    "weekdays=['tue'],start=1,every=7", "every=365", "weekdays=['mon'],when='members_7d > 9'",
    "when='members <= 50 and members >= 50'", "when='profit < 0 and members > 1'",
    "when='members > 100 and members_7d < 50'",
)  # fmt: skip


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("options", POSSIBLE)
def test_what_can_be_is_done(qunsim, small, options):
    answer = asked(qunsim, small, "--replicates", 1, "--policy", f"red_packet:{options}")
    assert answer.code == 0, answer.err
    assert "Note" not in answer.out


def test_the_line_of_the_file_is_told(qunsim, small):
    entry = '\n[[policies]]\nuse = "red_packet"\nstop = 3\nweekdays = ["fri"]\n'
    small.write_text(small.read_text("utf-8") + entry, "utf-8")
    line = small.read_text("utf-8").splitlines().index('weekdays = ["fri"]') + 1
    assert f"small.toml, line {line})" in the_only_message(asked(qunsim, small))
    assert f"small.toml 第 {line} 行）" in the_only_message(asked(qunsim, small, lang="zh"))


MONEY = [
    (policy.key, one.name)
    for policy in own_policies()
    for one in settings_of(policy)
    if "yuan" in one.unit
]


def test_money_is_known_by_its_unit():
    named = {"amount", "budget", "exchanged", "fee", "gift", "packet", "price", "prize", "reward"}
    assert {name for _, name in MONEY} >= named


@pytest.mark.parametrize(("key", "name"), MONEY)
def test_negative_money_of_a_policy_is_refused(qunsim, small, key, name):
    policy = ("--policy", f"{key}:{name}=-1")
    english = the_only_message(asked(qunsim, small, *policy))
    assert english.startswith(f"Out of range: {key}.{name} = -1. Allowed: 0 to ")
    chinese = the_only_message(asked(qunsim, small, *policy, lang="zh"))
    assert chinese.startswith(f"超出范围：{key}.{name} = -1，可取 0 到 ")


PRICES = [one.path for one in table() if "yuan" in one.unit]


@pytest.mark.parametrize("path", PRICES)
def test_negative_money_of_a_scenario_is_refused(qunsim, small, path):
    told = the_only_message(asked(qunsim, small, "--set", f"{path}=-1"))
    assert told.startswith(f"Out of range: {path} = -1")
    chinese = the_only_message(asked(qunsim, small, "--set", f"{path}=-1", lang="zh"))
    assert chinese.startswith(f"超出范围：{path} = -1")


DOUBTS = {
    "twice": (("red_packet:amount=5", "red_packet:amount=5"), "written twice", "写了两遍"),
    "one day": (
        ("red_packet:amount=5", "red_packet:amount=6,start=14"), "one kind on one day", "第 14 天",
    ),
    "codes": (
        ("invitation_code", "friend_referral"), "codes limit the invitations", "限制了邀请人数",
    ),
    "an open door": (("invitation_code", "paid_ads:budget=1"), "without a code", "码就不稀缺了"),
    "places": (("invitation_code", "seed_promotion"), "both limit invitations", "都限制邀请名额"),
    "the silent": (("pruning", "qr_channel"), "taken out again", "清出去"),
    "entering": (("paid_entry", "entry_threshold:fee=5"), "both charge", "都收入群费"),
    "two prices": (("goods_sale", "agents:price=90"), "at two prices", "定了两个价"),
    "two courses": (("paid_course", "free_course:price=50"), "at two prices", "定了两个价"),
    "others' goods": (("goods_sale", "affiliate"), "the commission only", "只按佣金算收入"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_probably_not_meant_is_noted_on_screen_and_page(
    qunsim, small, tmp_path, monkeypatch, name
):
    monkeypatch.setattr("sim.report.run._members", lambda *_: None)  # figures take seconds
    monkeypatch.setattr("sim.report.run._money", lambda *_: None)
    monkeypatch.setattr("sim.report.run._people", lambda *_: None)
    used, *told = DOUBTS[name]
    options = [part for one in used for part in ("--policy", one)]
    for lang, label, text in zip(("en", "zh"), ("Note: ", "提醒："), told, strict=True):
        folder = tmp_path / f"out-{lang}"
        answer = asked(qunsim, small, "--replicates", 1, "--out", folder, *options, lang=lang)
        assert answer.code == 0, answer.err
        assert label in answer.out
        spaceless = "".join(answer.out.split())
        assert "".join(text.split()) in spaceless
        assert all(width(line) <= 80 for line in answer.out.splitlines() if "/" not in line)
        page = (folder / "report.html").read_text("utf-8").replace("\N{THIN SPACE}", " ")
        assert text in page


QUIET = (
    ("invitation_code:stop=9", "friend_referral:start=9"),
    ("invitation_code", "friend_referral:reward=0"),
    ("invitation_code:codes=5", "seed_promotion:places=5"),
    ("goods_sale", "agents"),
    ("paid_entry", "entry_threshold"),
    ("goods_sale", "coupon"),
)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("used", QUIET)
def test_what_goes_together_is_not_noted(qunsim, small, used):
    options = [part for one in used for part in ("--policy", one)]
    assert "Note" not in asked(qunsim, small, "--replicates", 1, *options).out


def test_groups_apart_do_not_clash(qunsim, small, monkeypatch):
    monkeypatch.setattr("sim.report.run.run_page", lambda story, **_: pytest.fail(str(story.notes)))
    from sim.scenario import Scenario
    from sim.study import configure

    two = Scenario.read(str(small)).replace({"groups.number": 2})
    apart = ["pruning:groups=[0]", "qr_channel:groups=[1]"]
    assert configure(two, policies=apart)[1] == ()
    assert len(configure(two, policies=["pruning:groups=[0]", "qr_channel"])[1]) == 1


@pytest.fixture
def plug_in(tmp_path, monkeypatch):
    """A policy of another distribution; ``plug_in(text)`` writes its module."""
    site = tmp_path / "site"
    about = site / "sparkler-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: sparkler\nVersion: 1.0\n")
    entry = "[qunsim.policies]\nsparkler = sparkler_policy:Sparkler\n"
    (about / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(site)
    yield (site / "sparkler_policy.py").write_text
    sys.modules.pop("sparkler_policy", None)


BROKEN = {
    "import nothing_of_this_name": "ModuleNotFoundError: No module named 'nothing_of_this_name'",
    "def": "SyntaxError",
    "1 / 0": "ZeroDivisionError: division by zero",
    "Sparkler = dict": "not a Policy",
    "pass": "AttributeError",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_plug_in_that_cannot_be_loaded_is_one_message(qunsim, small, plug_in, text):
    plug_in(text)
    for line in (("run", small, "--policy", "sparkler"), ("policies", "show", "sparkler")):
        english = the_only_message(qunsim(*line, "--lang", "en"))
        assert english.startswith("A policy failed: sparkler cannot be loaded: ")
        assert BROKEN[text] in english
        chinese = the_only_message(qunsim(*line, "--lang", "zh"))
        assert chinese.startswith("动作出错：sparkler 加载不了：")
        assert CHINESE.search(chinese)
