"""``qunsim explain`` and ``qunsim life`` on the folder of a small comparison."""

import json

import pytest

from sim.parameters import table
from sim.report.page import Page
from sim.study.explain import assumptions as steps
from sim.study.explain import ranges
from sim.words.typography import width

EXPERIMENT = """
question = "A topic a day?"
base = "small.toml"
goal = "active_30d"
replicates = 10

[[variants]]
name = "topic"
[[variants.policies]]
use = "daily_topic"
"""


@pytest.fixture
def folder(small, qunsim, monkeypatch, tmp_path):
    """A comparison whose report is not drawn, and few assumptions."""
    some = tuple(row for row in table() if row.path.startswith("tie."))
    monkeypatch.setattr(ranges, "table", lambda: some)
    monkeypatch.setattr(steps, "FUTURES_OF_END", 5)
    monkeypatch.setattr(steps, "FUTURES_OF_SET", 2)
    monkeypatch.setattr("sim.report.comparison.comparison_page", lambda *_, **__: Page(title="x"))
    (tmp_path / "question.toml").write_text(EXPERIMENT)
    assert qunsim("compare", "question.toml", "--out", "result", "--quiet").code == 0
    return tmp_path / "result"


def test_an_explanation_is_printed_and_written(folder, qunsim):
    ended = qunsim("explain", folder, "--sets", 4)
    assert ended.code == 0
    assert 'What "topic" changes' in ended.out
    assert "daily topic" in ended.out
    assert "4 sets" in ended.out
    assert all(width(line) <= 80 for line in ended.out.splitlines() if str(folder) not in line)
    content = json.loads((folder / "explain.json").read_text("utf-8"))
    assert content["total"] == pytest.approx(sum(one["value"] for one in content["players"]))
    again = qunsim("explain", folder, "--sets", 4, "--json", "--lang", "zh")
    printed = json.loads(again.out)
    assert {key: printed[key] for key in content} == content
    assert (folder / "report.html").exists()


def test_mistakes_of_explain_are_one_message(folder, qunsim):
    wrong = qunsim("explain", folder, "--variant", "topics")
    assert wrong.code == 2
    assert wrong.err.startswith("Not found: no variant topics")
    assert "Did you mean topic?" in wrong.err
    nowhere = qunsim("explain", "nowhere")
    assert (nowhere.code, nowhere.err) == (2, "Not found: no folder nowhere.\n")
    assert qunsim("explain", folder, "--sets", 0).code == 2


def test_a_life_is_listed_told_and_written(folder, qunsim):
    listed = qunsim("life", folder, "--variant", "topic")
    assert listed.code == 0
    assert "--member" in listed.out
    told = qunsim("life", folder, "--variant", "topic", "--member", 5, "--lang", "zh")
    assert told.code == 0
    assert "（成员 5）" in told.out
    content = json.loads((folder / "life.json").read_text("utf-8"))
    assert (content["variant"], content["replicate"], content["member"]) == ("topic", 0, 5)
    assert (content["schema"], content["seed"]) == (1, 0)
    base = json.loads(qunsim("life", folder, "--json").out)
    assert base["variant"] == "base"


def test_mistakes_of_life_are_one_message(folder, qunsim):
    for arguments, said in (
        (("--member", 9999), "Not found: no member 9999. Members of this future: 0 to "),
        (("--replicate", 10), "Not found: no finished future 10 of base"),
        (("--variant", "x"), "Not found: no variant x"),
    ):
        ended = qunsim("life", folder, *arguments)
        assert ended.code == 2
        assert ended.err.startswith(said)
        assert len(ended.err.splitlines()) == 1


def test_a_life_in_a_folder_of_run(small, qunsim, bare):
    assert qunsim("run", "small.toml", "--replicates", 2, "--out", "one", "--quiet").code == 0
    ended = qunsim("life", "one", "--member", 0)
    assert ended.code == 0
    assert "(member 0)" in ended.out
