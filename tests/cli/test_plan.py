"""``qunsim plan`` from end to end: small community, few mixes, real simulations."""

import json
import re
from functools import partial

import pytest

from sim.words.typography import width

pytest.importorskip("optuna", reason="the extra plan is not installed")

EXPERIMENT = """
question = "Packets or topics?"
question_zh = "红包还是话题？"
base = "small.toml"
days = 40
goal = "profit"

[plan]
trials = 12
constraints = { active_30d = 0.5 }
[[plan.policies]]
use = "red_packet"
amount = [0, 100]
[[plan.policies]]
use = "paid_course"
price = [49, 199]
[[plan.policies]]
use = "paid_ads"
budget = [0, 50]
"""


@pytest.fixture
def asked(small, tmp_path, monkeypatch):
    import sim.study.plan as package

    monkeypatch.setattr(package, "plan", partial(package.plan, pairs=20, sets=2))
    (tmp_path / "question.toml").write_text(EXPERIMENT)
    return tmp_path


def test_a_plan_from_end_to_end(qunsim, asked):
    words = ("plan", "question.toml", "--budget", 3000, "--minutes", 300, "--quiet")
    first = qunsim(*words, "--out", "r")
    assert first.code == 0, first.err
    assert all(width(line) <= 80 for line in first.out.splitlines())
    assert "up to ¥3,000 more spending, up to 5 h more work a week, goal: profit" in first.out
    found = json.loads((asked / "r" / "plan.json").read_text())
    assert found["schema"] == 1
    assert found["about"]["budget"] == 3000
    assert {"manifest.json", "journal.jsonl", "plan.html"} <= {
        path.name for path in (asked / "r").iterdir()
    }
    again = qunsim(*words, "--out", "r", "--lang", "zh")
    assert again.code == 0
    assert "红包还是话题？" in again.out
    assert all(width(line) <= 80 for line in again.out.splitlines())
    assert json.loads((asked / "r" / "plan.json").read_text()) == found
    if found["best"] is not None:
        assert "Recommended: " in first.out
        assert "qunsim compare r/recommended.toml" in first.out
        told = qunsim("compare", "r/recommended.toml", "--replicates", 12, "--quiet", "--out", "c")
        assert told.code == 0, told.err
        compared = json.loads((asked / "c" / "compare.json").read_text())
        assert list(compared["variants"]) == ["recommended"]
    page = (asked / "r" / "plan.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_json_is_the_file(qunsim, asked):
    told = qunsim("plan", "question.toml", "--trials", 6, "--quiet", "--out", "r", "--json")
    assert told.code == 0
    found = json.loads(told.out)
    about = {"folder": "r", "report": "r/plan.html"}
    assert found == json.loads((asked / "r" / "plan.json").read_text()) | about


@pytest.mark.parametrize(
    ("message", "edit", "more"),
    [
        ("Out of range: budget = -5", "", ("--budget", -5)),
        ("Out of range: minutes = 99999", "", ("--minutes", 99999)),
        ("Out of range: trials = 0", "", ("--trials", 0)),
        ('no policy "red_pocket" (question.toml, line 12)', 's/use = "red_packet"', ()),
        ("plan.policies.0.amount = [100, 0] (question.toml, line 13)", "s/amount = [0, 100]", ()),
        ("plan.policies.0.amount = 2e", "r/amount = [0, 100]", ()),
        ("members cannot be a goal (question.toml, line 9)", "g/trials = 12", ()),
    ],
)
def test_bad_input_is_one_message(qunsim, asked, message, edit, more):
    changes = {
        's/use = "red_packet"': 'use = "red_pocket"', "s/amount = [0, 100]": "amount = [100, 0]",
        "r/amount = [0, 100]": "amount = [0, 2e9]", "g/trials = 12": 'objectives = ["members"]',
    }  # fmt: skip
    text = EXPERIMENT.replace(edit[2:], changes[edit]) if edit else EXPERIMENT
    (asked / "question.toml").write_text(text)
    told = qunsim("plan", "question.toml", *more, "--out", "r")
    assert told.code == 2
    assert message in told.err.replace("2000000000.0", "2e9"), told.err
    assert "Traceback" not in told.err
    assert not (asked / "r").exists()


def test_a_community_alone_is_no_question(qunsim, asked):
    told = qunsim("plan", "small.toml")
    assert told.code == 2
    assert "is no experiment" in told.err
