"""What the verbs print, write and answer."""

import json
import re
import shutil
import struct
from pathlib import Path

import pytest

from sim.scenario import Scenario, preset_names
from sim.study import ensemble, simulate
from sim.words.typography import width

VERBS = ("run", "presets", "policies", "glossary", "import", "describe", "forecast", "bench")
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "verb",
    [
        "",
        *VERBS,
        "policies show",
        "presets show",
        "results",
        "results ls",
        "results show",
        "results merge",
        "results sql",
        "results reproduce",
    ],
)
def test_help_starts_with_two_examples_and_fits_80_columns(qunsim, verb, lang):
    answer = qunsim(*verb.split(), "--help", "--lang", lang)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert all(line.startswith("  qunsim ") for line in lines[1:3])
    assert lines[3] == ""
    examples = [line for line in lines[1:3] if width(line) > 80]
    assert [line for line in lines if width(line) > 80] == examples
    if lang == "zh":
        unknown = [line for line in lines[3:] if line.strip() and not CHINESE.search(line)]
        assert all("--" in line or line.startswith("  ") for line in unknown)
    else:
        assert not CHINESE.search(answer.out)


def test_no_verb_shows_help(qunsim):
    assert qunsim().out == qunsim("--help").out
    assert qunsim("--version").out.startswith("qunsim ")


def test_language_comes_from_the_system_too(qunsim, monkeypatch):
    monkeypatch.setenv("QUNSIM_LANG", "zh")
    assert CHINESE.search(qunsim("presets").out)
    assert not CHINESE.search(qunsim("presets", "--lang", "en").out)


def test_presets(qunsim):
    assert json.loads(qunsim("presets", "--json").out) == list(preset_names())
    for lang in ("en", "zh"):
        lines = qunsim("presets", "--lang", lang).out.splitlines()
        named = [line.split()[0] for line in lines[1:] if not line.startswith(" ")]
        assert named == list(preset_names())
        assert max(map(width, lines)) <= 80


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_shown_value_by_value(qunsim, name, lang):
    answer = qunsim("presets", "show", name, "--lang", lang)
    assert answer.code == 0
    assert max(map(width, answer.out.splitlines())) <= 80
    scenario = Scenario.preset(name)
    shown = re.sub(r"\s+", "", answer.out)
    for path, source in scenario.sources.items():
        assert path.partition(".")[2] in shown
        assert re.sub(r"\s+", "", source.said(lang)) in shown
    if lang == "zh":  # every parameter of a preset has a Chinese meaning
        values = [line for line in answer.out.splitlines() if re.match("  [^ ]", line)]
        assert not [line for line in values if not CHINESE.search(line) and "（" in line]
    known = json.loads(qunsim("presets", "show", name, "--json", "--lang", lang).out)
    assert known["members"] == scenario.members.initial
    assert [one["use"].partition("#")[0] for one in known["policies"]] == [
        entry["use"] for entry in scenario.policies
    ]
    rows = [*known["parameters"], *(one for p in known["policies"] for one in p["settings"])]
    assert {one["confidence"] for one in rows} <= {"high", "medium", "low", "unknown"}
    assert all(one["source"] and one["unit"] for one in rows)


def test_a_file_and_a_wrong_name_are_shown_too(qunsim, small):
    small.write_text(
        small.read_text() + '[[policies]]\nuse = "daily_topic"\nweekdays = ["mon", "fri"]\n'
        'when = "speakers_7d < 20"\ngroups = [0]\nstop = 20\n'
    )
    shown = qunsim("presets", "show", small)
    assert "daily topic (daily_topic): Mon, Fri; groups 0; only while speakers_7d < 20" in shown.out
    answer = qunsim("presets", "show", "zihu")
    assert answer.code == 2
    assert "zhihu" in answer.err


def test_policies(qunsim):
    known = json.loads(qunsim("policies", "--json").out)
    packet = next(one for one in known if one["name"] == "red_packet")
    assert packet["handbook"] == ["D4"]
    assert packet["off"] == {"amount": 0}
    assert packet["parameters"]["amount"]["high"] == 100_000
    assert set(packet["kpis"].values()) <= {"+", "-"}
    assert packet["parameters"]["amount"]["confidence"] == "unknown"
    assert "  unknown: reward\n" in qunsim("policies", "show", "friend_referral").out
    assert "  低：gift\n" in qunsim("policies", "show", "friend_referral", "--lang", "zh").out
    assert "价值输出" in qunsim("policies", "--lang", "zh").out
    listed = qunsim("policies").out
    for one in known:
        assert one["name"] in listed
        for lang in ("en", "zh"):
            shown = qunsim("policies", "show", one["name"], "--lang", lang)
            assert shown.code == 0
            assert all(name in shown.out for name in one["parameters"])
            assert all(width(line) <= 80 for line in shown.out.splitlines())
        assert json.loads(qunsim("policies", "show", one["name"], "--json").out) == one


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_run_tells_and_writes_its_result(qunsim, small, tmp_path, lang):
    folder = tmp_path / f"out-{lang}"
    arguments = ["run", small, "--replicates", 3, "--seed", 4, "--out", folder, "--lang", lang]
    answer = qunsim(*arguments, "--policy", "red_packet:amount=20")
    assert answer.code == 0
    assert all(width(line) <= 80 for line in answer.out.splitlines() if "/" not in line)
    assert bool(CHINESE.search(answer.out)) == (lang == "zh")
    assert str(folder / "report.html") in answer.out
    page = (folder / "report.html").read_text("utf-8")
    command = f"qunsim run {small} --replicates 3 --seed 4 --policy red_packet:amount=20"
    assert command in page
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["command"] == command
    pictures = list((folder / "figures").glob("*.png"))
    assert len(pictures) >= 4
    for picture in pictures:
        assert struct.unpack(">II", picture.read_bytes()[16:24]) >= (1600, 400)


@pytest.mark.usefixtures("bare")
def test_run_again_shows_the_same(qunsim, small, tmp_path):
    arguments = ["run", small, "--replicates", 2, "--out", tmp_path / "out"]
    first, again = qunsim(*arguments), qunsim(*arguments)
    assert again.out == first.out
    assert "Already computed" in again.err
    quiet = qunsim(*arguments, "--quiet")
    assert quiet.err == ""
    machine = json.loads(qunsim(*arguments, "--json").out)
    assert machine["base"] == json.loads((tmp_path / "out/summary.json").read_text())["base"]
    longer = qunsim("run", small, "--replicates", 3, "--out", tmp_path / "out")
    assert longer.code == 0
    assert "3 simulated futures" in longer.out


@pytest.mark.usefixtures("bare")
def test_a_result_has_a_folder_of_its_own(qunsim, small, tmp_path):
    for seed in (1, 2, 1):
        assert qunsim("run", small, "--replicates", 1, "--seed", seed).code == 0
    folders = [path.name for path in (tmp_path / "results").iterdir()]
    assert len(folders) == 2
    assert all(re.fullmatch("small-[0-9a-f]{4}", name) for name in folders)


def test_values_can_be_set(qunsim, small, tmp_path):
    folder = tmp_path / "out"
    answer = qunsim(
        "run", small, "--replicates", 1, "--days", 9, "--out", folder, "--set", "start=2026-05-04",
        "--set", "member.activity_sigma=1.9",
    )  # fmt: skip
    assert answer.code == 0
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["configuration"]["member"]["activity_sigma"] == 1.9
    assert manifest["configuration"]["start"] == "2026-05-04"
    assert manifest["days"] == 9
    assert "member.activity_sigma (changed by you)" in (folder / "report.html").read_text("utf-8")


@pytest.mark.usefixtures("bare")
def test_the_same_policy_twice_warns(qunsim, small):
    twice = ["--policy", "red_packet:amount=5"] * 2
    answer = qunsim("run", small, "--replicates", 1, *twice, "--lang", "zh")
    assert answer.code == 0
    assert "红包写了两遍" in answer.out


def failing(*numbers):
    def broken(task, *_):
        if task.replicate in numbers:
            raise MemoryError("too much")
        return simulate.simulate(task)

    return broken


@pytest.mark.usefixtures("bare")
def test_failed_runs_are_exit_code_4(qunsim, small, monkeypatch):
    monkeypatch.setattr(ensemble, "simulate", failing(1))
    answer = qunsim("run", small, "--replicates", 3)
    assert answer.code == 4
    assert "1 of 3 futures failed" in answer.out
    monkeypatch.setattr(ensemble, "simulate", failing(0, 1))
    answer = qunsim("run", small, "--replicates", 2, "--seed", 9)
    assert answer.code == 4
    assert "MemoryError: too much" in answer.err
    assert answer.out == ""


def test_an_internal_error_is_one_line_and_a_log(qunsim, monkeypatch, tmp_path):
    monkeypatch.setattr("sim.commands.catalogue.presets", lambda **_: 1 / 0)
    answer = qunsim("presets")
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    log = Path(re.search(r"\S+\.log", answer.err)[0])
    assert log.parent == tmp_path
    assert "Traceback" in log.read_text("utf-8")


LOG = """timestamp,member,event,reply_to,amount
2026-05-01T09:30:00,张三,message,,
2026-05-01T09:31:00,李四,message,张三,
2026-05-02T09:31:00,李四,red_packet,,12.50
2026-05-03T23:59:00,王五,join,,
"""


@pytest.fixture
def chat(tmp_path):
    (tmp_path / "聊天记录.csv").write_text(LOG, encoding="utf-8")
    return tmp_path / "聊天记录.csv"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_import_and_describe(qunsim, chat, tmp_path, lang):
    again = tmp_path / "again.csv"
    shutil.copy(chat, again)
    events = tmp_path / f"events-{lang}.csv"
    answer = qunsim("import", chat, again, "--tz", "Asia/Shanghai", "--out", events, "--lang", lang)
    assert answer.code == 0
    assert bool(CHINESE.search(answer.out)) == (lang == "zh")
    assert events.read_text().splitlines()[1] == "2026-05-01T01:30:00Z,1,message,,"
    assert "张三" not in events.read_text()
    assert len(events.read_text().splitlines()) == 5
    portrait = qunsim("describe", events, "--lang", lang, "--tz", "Asia/Shanghai")
    assert portrait.code == 0
    assert all(width(line) <= 80 for line in portrait.out.splitlines())
    assert "09:00" in portrait.out
    assert "describe." not in portrait.out
    assert "red_packets" not in portrait.out
    machine = json.loads(qunsim("describe", events, "--json").out)
    assert machine["messages"] == 2
    assert machine["red_packets"] == 1


def test_import_lists_its_formats(qunsim):
    lines = qunsim("import", "--formats").out.splitlines()
    assert {"csv", "telegram"} <= {line.split()[0] for line in lines}
    assert all(width(line) <= 80 for line in lines)
