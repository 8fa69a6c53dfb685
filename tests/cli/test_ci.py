"""``qunsim ci`` from the first record to an accepted change, with its exit codes."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sim.study.regression.invariants import Invariants
from sim.study.regression.suite import read_suite

SUITE = """
seed = 3
replicates = 16
days = 14
[[scenarios]]
name = "talk"
base = "small.toml"
kpis = ["members", "messages", "leaves"]
margins = { members = "5 %", messages = "20 %", leaves = "30 %" }
"""


class Nothing:
    """In place of probes, which have tests of their own."""

    def __enter__(self):
        return self

    def __exit__(self, *about):
        pass

    def end(self):
        return 0, ()


@pytest.fixture(autouse=True)
def no_probes(monkeypatch):
    monkeypatch.setattr(Invariants, "begin", Nothing)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def suite(tmp_path, small):
    small.write_text(small.read_text().replace("initial = 30", "initial = 120"))
    (tmp_path / "suite.toml").write_text(SUITE)
    return "suite.toml"


def test_from_record_to_accept(qunsim, suite, small, tmp_path):
    place = tmp_path / "results" / "baseline" / "suite.json"
    assert qunsim("ci", "check", suite).code == 2
    first = qunsim("ci", "record", suite, "--quiet")
    assert (first.code, "16 futures" in first.out) == (0, True)
    assert qunsim("ci", "record", suite).code == 2  # to replace it is to accept
    recorded = place.read_bytes()
    same = qunsim("ci", "check", suite, "--quiet")
    assert (same.code, same.out.splitlines()[-1].split()[0]) == (0, "IDENTICAL")
    small.write_text(f"{small.read_text()}\n[exit]\nhazard = 0.03\n")
    files = [tmp_path / name for name in ("out.xml", "summary.md")]
    other = qunsim(
        "ci", "check", suite, "--junit", files[0], "--markdown", files[1], "--annotations"
    )
    assert other.code == 1
    assert "exit.hazard" in other.out
    assert "::error file=suite.toml" in other.err
    assert ET.parse(files[0]).getroot().tag == "testsuites"
    assert "DIFFERENT (exit 1)" in files[1].read_text()
    assert (tmp_path / "results" / "ci" / "diff.html").exists()
    shown = qunsim("ci", "diff", suite, "--lang", "zh")
    assert (shown.code, "有变化（退出码 1）" in shown.out) == (1, True)
    assert place.read_bytes() == recorded  # nothing of that touches the baseline
    assert qunsim("ci", "accept", suite).code == 2
    done = qunsim("ci", "accept", suite, "--reason", "fewer leave")
    assert done.code == 0
    assert "leaves" in done.out
    table = json.loads(place.read_text())
    assert [one["reason"] for one in table["history"]] == ["first record", "fewer leave"]
    assert qunsim("ci", "check", suite).code == 0
    again = qunsim("ci", "accept", suite, "--reason", "nothing")
    assert "Nothing to accept" in again.out
    assert json.loads(place.read_text()) == table


def test_json_is_the_only_thing_on_standard_output(qunsim, suite):
    assert qunsim("ci", "record", suite).code == 0
    found = qunsim("ci", "check", suite, "--json", "--annotations")
    table = json.loads(found.out)
    assert (table["verdict"], table["exit"], found.code) == ("identical", 0, 0)


def test_fresh_futures_can_be_repeated(qunsim, suite):
    assert qunsim("ci", "record", suite).code == 0
    first = qunsim("ci", "check", suite, "--fresh", "--json")
    seed = json.loads(first.out)["fresh"]
    again = qunsim("ci", "check", suite, "--fresh", "--seed", seed, "--json")
    one, two = (json.loads(found.out)["statistical"] for found in (first, again))
    assert one == two
    assert qunsim("ci", "check", suite, "--seed", 5).code == 2
    assert qunsim("ci", "check", suite, "--fresh", "--seed", 3).code == 2  # the baseline's own


def test_inconclusive_is_three(qunsim, suite, tmp_path):
    (tmp_path / suite).write_text(
        SUITE.replace('"30 %"', '"0.01 %"').replace("leaves =", "leaves=")
    )
    assert qunsim("ci", "record", suite).code == 0
    found = qunsim("ci", "check", suite, "--fresh", "--seed", 9)
    assert (found.code, "INCONCLUSIVE (exit 3)" in found.out) == (3, True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_bad_baseline_is_one_message(qunsim, suite, tmp_path, lang):
    assert qunsim("ci", "record", suite).code == 0
    place = tmp_path / "results" / "baseline" / "suite.json"
    good = place.read_text()
    for bad in (good[:500], good.replace('"futures": 16', '"futures": 17'), "{}",
                good.replace('"schema": 1', '"schema": 9')):  # fmt: skip
        place.write_text(bad)
        told = qunsim("ci", "check", suite, "--lang", lang)
        assert (told.code, told.out) == (2, "")
        assert len(told.err.strip().splitlines()) == 1
        assert "suite.json" in told.err
        assert "Traceback" not in told.err


def test_a_changed_suite_is_told(qunsim, suite, tmp_path):
    assert qunsim("ci", "record", suite).code == 0
    (tmp_path / suite).write_text(SUITE.replace("days = 14", "days = 15"))
    told = qunsim("ci", "check", suite)
    assert (told.code, "talk" in told.err) == (2, True)
    assert qunsim("ci", "accept", suite, "--reason", "a day more").code == 0
    assert qunsim("ci", "check", suite).code == 0


def test_what_cannot_be_written_is_told_before_anything_is_simulated(qunsim, suite, monkeypatch):
    assert qunsim("ci", "record", suite, "--baseline", "").code == 2
    assert qunsim("ci", "record", suite).code == 0
    monkeypatch.setattr("sim.study.regression.check.check", None)
    for bad in (("--markdown", ""), ("--junit", "results"), ("--out", suite)):
        told = qunsim("ci", "check", suite, *bad)
        assert (told.code, len(told.err.splitlines())) == (2, 1), told.err
    told = qunsim("ci", "check", suite, "--baseline", "other/mine.json")
    assert told.err.endswith(f"qunsim ci record {suite} --baseline other/mine.json\n")


def test_another_baseline_may_be_named(qunsim, suite, tmp_path):
    assert qunsim("ci", "record", suite, "--baseline", "kept/mine.json").code == 0
    assert qunsim("ci", "check", suite, "--baseline", "kept/mine.json").code == 0
    assert not (tmp_path / "results" / "baseline").exists()


def test_documents_use_options_that_exist(qunsim):
    known = {
        verb: set(re.findall(r"--[a-z-]+", qunsim("ci", verb, "--help").out))
        for verb in ("record", "check", "diff", "accept")
    }
    docs = Path(__file__).resolve().parents[2] / "docs"
    texts = [docs / "tutorial-ci.md", docs / "tutorial-ci.zh-CN.md", docs / "ci" / "qunsim-ci.yml"]
    for text in (path.read_text("utf-8") for path in texts):
        used = re.findall(r"qunsim ci (record|check|diff|accept)([^`#\n]*)", text)
        assert used
        for verb, rest in used:
            assert set(re.findall(r"--[a-z-]+", rest)) <= known[verb]
    assert "--fresh --budget 1200" in texts[2].read_text("utf-8")


def test_the_tutorials_suite_can_be_read(tmp_path):
    for name in ("tutorial-ci.md", "tutorial-ci.zh-CN.md"):
        text = (Path(__file__).resolve().parents[2] / "docs" / name).read_text("utf-8")
        (tmp_path / "suite.toml").write_text(re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1])
        suite = read_suite(str(tmp_path / "suite.toml"))
        assert [one.name for one in suite.cases] == [
            "knowledge", "earning/nothing", "earning/content", "earning/course",
        ]  # fmt: skip
