"""A check as terminal text, page, JUnit XML, Markdown, annotations and JSON."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sim.metrics import Margin
from sim.report.page import render
from sim.report.regression.forms import as_table, junit, markdown, workflow_commands
from sim.report.regression.page import check_page
from sim.report.regression.telling import parameter_lines, rule, told
from sim.report.regression.terminal import check_lines
from sim.study.regression.baseline import Baseline
from sim.study.regression.check import Report
from sim.study.regression.decisions import Flip, Ranking
from sim.study.regression.invariants import Broken
from sim.study.regression.judging import Row
from sim.study.regression.suite import Case, Suite
from sim.study.regression.tracing import First
from sim.study.variant import Variant
from sim.words import Words
from sim.words.typography import width

EN, ZH = Words("en"), Words("zh")


def row(kpi="leaves", verdict="different", **values):
    about = {
        "case": "knowledge", "aspect": "mean", "gate": True, "n": 60, "before": 131.2,
        "after": 142.9, "delta": 11.7, "lo": 10.2, "hi": 13.1, "margin": 3.94,
    }  # fmt: skip
    return Row(kpi=kpi, verdict=verdict, **{**about, **values})


SAME = row(
    kpi="members", verdict="equivalent", before=450.0, after=451.0, delta=1.0, lo=-1.0, hi=3.0,
    margin=4.5,
)  # fmt: skip
OPEN = row(kpi="profit", verdict="undecided", before=-120.0, after=-90.0, delta=30.0, lo=-90.0,
           hi=150.0, margin=80.0, more=180)  # fmt: skip


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    from sim.scenario import Scenario

    case = Case(
        name="knowledge", variant=Variant(scenario=Scenario.preset("knowledge")),
        kpis=("leaves", "members"), margins={"leaves": Margin(relative=0.03, floor=1.0)},
        replicates=60, written={},
    )  # fmt: skip
    return Suite(name="suite", source="ci/suite.toml", cases=(case,), budget=300.0)


@pytest.fixture
def report(suite):
    def make(*rows, verdict="different", **values):
        rng = np.random.default_rng(0)
        side = {"knowledge": {one.kpi: rng.normal(100, 9, 60) for one in rows}}
        about = {
            "suite": suite, "verdict": verdict, "fresh": None, "invariants": 212, "broken": (),
            "failed": (), "futures": 120, "asked": 120, "same": 0,
            "first": First(case="knowledge", replicate=3, day=0, column="leaves"),
            "parameters": {}, "other_machine": False, "rows": rows, "rankings": (),
            "before": side, "after": side, "seconds": 62.0, "stopped": True,
        }  # fmt: skip
        return Report(**{**about, **values})

    return make


@pytest.fixture(scope="module")
def baseline():
    entry = {"reason": "leaving <refitted>", "date": "2026-01-02", "qunsim": "1", "code": "ab"}
    return Baseline(
        seed=1, cases={}, history=(entry,), qunsim="1", code="ab", platform="x", versions={},
        kpis=(),
    )  # fmt: skip


def test_the_terminal_says_what_changed(report):
    lines = check_lines(report(row(), SAME), words=EN, page="results/ci/diff.html")
    assert lines == [
        "layer 1  invariants   ok             212 checks",
        "layer 2  exact        differs        first at knowledge/future 3/day 0/leaves",
        "layer 3  statistical  DIFFERENT      1 of 2 KPIs outside their margin",
        "layer 4  decisions    not looked at  none in the suite",
        "scenario   kpi     before  after  change  95 % interval  margin",
        "knowledge  leaves   131.2  142.9  +8.9 %  [+7.8, +10.0]     3 %",
        "1 other equivalent.",
        "Report: results/ci/diff.html (62 s of 300 s)",
        "",
        'DIFFERENT (exit 1). Meant? qunsim ci accept ci/suite.toml --reason "..."',
    ]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("verdict", ["identical", "equivalent", "different", "inconclusive"])
def test_lines_fit_the_terminal(report, words, verdict):
    rows = {"identical": [SAME], "equivalent": [SAME], "different": [row(), SAME, OPEN],
            "inconclusive": [SAME, OPEN]}[verdict]  # fmt: skip
    found = report(*rows, verdict=verdict, fresh=7 if verdict == "equivalent" else None)
    for everything in (False, True):
        lines = check_lines(found, words=words, everything=everything)
        assert all(width(line) <= 80 for line in lines)
        code = {"identical": 0, "equivalent": 0, "different": 1, "inconclusive": 3}[verdict]
        last = "".join(lines[lines.index("") :])
        assert f"exit {code}" in last or f"退出码 {code}" in last


def test_what_is_not_known_yet_asks_for_more(report):
    last = check_lines(report(SAME, OPEN, verdict="inconclusive"), words=EN)[-2:]
    said = "1 KPI needs about 180 more pairs; raise budget = 300."
    assert " ".join(last).strip().endswith(said)


def test_money_and_shares_are_told_in_their_units():
    assert told(OPEN, words=EN).before == "-¥120"
    assert told(OPEN, words=EN).change == "+¥30"  # its margin refers to revenue
    one = told(row(kpi="leaves", aspect="defined", before=1.0, after=0.5, delta=-0.5), words=EN)
    assert (one.before, one.after) == ("100 %", "50 %")
    rich = row(kpi="profit", before=9e4, after=1.2e5, delta=3e4, lo=-0.2, hi=61234.0, margin=2e3)
    one = told(rich, words=EN)
    assert (one.change, one.interval, one.margin) == ("+¥30,000", "[¥0, +¥61,234]", "¥2,000")
    gone = row(before=None, after=None, delta=None, lo=None, hi=None)
    assert told(gone, words=EN).interval == "—"


def test_junit_is_what_ci_systems_read(report):
    found = report(row(), SAME, OPEN, broken=(Broken(where="talk", what="members"),))
    tree = ET.fromstring(junit(found, words=EN))
    suites = {one.get("name"): one for one in tree}
    assert set(suites) == {"suite.layers", "suite.knowledge"}
    kpis = suites["suite.knowledge"]
    assert (kpis.get("tests"), kpis.get("failures"), kpis.get("skipped")) == ("3", "1", "1")
    names = {case.get("name"): [child.tag for child in case] for case in kpis}
    assert names == {"leaves": ["failure"], "members": [], "profit": ["skipped"]}
    layers = {case.get("name"): case for case in suites["suite.layers"]}
    assert "members of today" in layers["invariants"].find("failure").text
    assert layers["exact"].find("failure") is None  # other bits are no failure


def test_markdown_has_one_table_of_what_changed(report):
    found = report(row(case="a|b"), SAME)
    text = markdown(found, words=EN)
    (line,) = [line for line in text.splitlines() if "leaves" in line and "+8.9" in line]
    assert line.count(" | ") == 7
    assert "a\\|b" in line
    assert "members" not in text


def test_annotations_escape_what_github_reads(report):
    lines = workflow_commands(report(row()), words=EN)
    assert lines[0].startswith("::error file=ci/suite.toml,title=")
    assert "+8.9 %25" in lines[0]
    assert lines[0].count("::") == 2
    other = replace(report(row()), suite=replace(report().suite, source="C:\\ci,a\\suite.toml"))
    assert workflow_commands(other, words=EN)[0].startswith(
        "::error file=C%3A\\ci%2Ca\\suite.toml,"
    )
    open_ = workflow_commands(report(OPEN, verdict="inconclusive"), words=EN)
    assert [line.partition(" ")[0] for line in open_] == ["::warning"]
    assert workflow_commands(report(SAME, verdict="equivalent"), words=EN) == []


def test_json_has_everything(report):
    flip = Flip(decision="d", better="a", worse="b", before=1.0, after=-2.0)
    ranking = Ranking(
        decision="d", goal="profit", before=("a", "b"), after=("b", "a"), flips=(flip,)
    )
    table = json.loads(json.dumps(as_table(report(row(), rankings=(ranking,)))))
    assert (table["schema"], table["verdict"], table["exit"]) == (1, "different", 1)
    assert table["statistical"][0]["unit"] == "persons"
    assert table["decisions"][0]["flips"][0]["worse"] == "b"
    assert table["exact"]["first"] == {
        "case": "knowledge", "replicate": 3, "day": 0, "column": "leaves"
    }  # fmt: skip


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_page_shows_before_and_after(report, baseline, words):
    found = report(row(), SAME, parameters={"knowledge": {"exit.hazard": (0.12, 0.13)}})
    page = check_page(found, baseline=baseline, words=words)
    assert [one.name for one in page.pictures()] == ["margins", "spread-1"]
    text = render(page, words=words)
    assert "exit.hazard" in text
    assert "leaving &lt;refitted&gt;" in text
    same = check_page(report(SAME, verdict="identical", first=None), baseline=baseline, words=words)
    assert same.pictures() == []


def test_a_parameter_of_many_communities_is_told_once(report):
    changed = {f"c{n}": {"exit.hazard": (0.12, 0.13)} for n in range(7)}
    (line,) = parameter_lines(report(row(), parameters=changed), words=EN)
    assert line == "parameter exit.hazard of c0, c1, c2 and others (7): 0.12 before, 0.13 now"


def test_of_a_long_list_the_entries_that_differ_are_told(report):
    kept = [{"use": "value_content", "amount": 1.0}, {"use": "course", "price": 99}]
    changed = {"knowledge": {"policies": ([*kept, {"use": "offer"}], kept)}}
    (line,) = parameter_lines(report(row(), parameters=changed), words=EN)
    assert line == (
        "entries of parameter policies of knowledge: [{'use': 'offer'}] only before, [] only now"
    )
    turned = {"knowledge": {"policies": (kept, kept[::-1])}}
    (line,) = parameter_lines(report(row(), parameters=turned), words=EN)
    assert line.startswith("parameter policies of knowledge: [{'use': 'value_content'")


def test_a_command_is_never_broken(report, suite):
    long = replace(suite, source="a/rather/long/way/down/to/the/suite.toml")
    found = replace(report(row()), suite=long)
    last = check_lines(found, words=ZH)[-1]
    assert last == f'  qunsim ci accept {long.source} --reason "..."'


def test_a_rule_is_a_sentence():
    assert rule(Broken(where="capacity", what="passed", detail="61 / 60"), words=EN) == (
        "places of a group: the cap is passed (61 / 60)"
    )
    assert rule(Broken(where="talk", what="members"), words=ZH).startswith("talk：")


def test_a_turned_decision_is_named(report):
    flip = Flip(decision="d", better="a", worse="b", before=1.0, after=-2.0)
    ranking = Ranking(
        decision="d", goal="profit", before=("a", "b"), after=("b", "a"), flips=(flip,)
    )
    found = report(SAME, rankings=(ranking,))
    assert "1 turned: b over a" in "\n".join(check_lines(found, words=EN))
    assert any("b over a" in line for line in workflow_commands(found, words=EN))
    kept = replace(ranking, flips=())
    assert "order of 1 reference" in "\n".join(
        check_lines(report(SAME, rankings=(kept,), verdict="equivalent"), words=EN)
    )
