"""A check in the forms that CI systems read: JSON, JUnit XML, Markdown, GitHub annotations."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from sim.metrics import REGISTRY
from sim.report.regression.telling import (
    Layer,
    answer,
    broken_lines,
    last_line,
    layers,
    others_line,
    parameter_lines,
    told,
)

if TYPE_CHECKING:
    from sim.study.regression.check import Report
    from sim.study.regression.judging import Row
    from sim.words import Words

_NO_TEXT: dict[int, None] = {code: None for code in range(32) if chr(code) not in "\t\n"}
_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_TITLE = str.maketrans({":": "%3A", ",": "%2C"})


def as_table(report: Report) -> dict[str, Any]:
    """The check as JSON has it; ``schema`` 1."""
    return {
        "schema": 1,
        "suite": report.suite.source,
        "verdict": report.verdict,
        "exit": report.code,
        "fresh": report.fresh,
        "futures": report.futures,
        "asked": report.asked,
        "same": report.same,
        "seconds": round(report.seconds, 2),
        "budget": report.suite.budget,
        "stopped": report.stopped,
        "invariants": {
            "checks": report.invariants,
            "broken": [asdict(one) for one in report.broken],
            "failed": [
                {"case": one.variant, "future": one.replicate, "error": one.error}
                for one in report.failed
            ],
        },
        "exact": {
            "first": None if report.first is None else asdict(report.first),
            "other_machine": report.other_machine,
            "parameters": {
                case: {path: list(both) for path, both in changed.items()}
                for case, changed in report.parameters.items()
            },
        },
        "statistical": [{**asdict(row), "unit": REGISTRY[row.kpi].unit} for row in report.rows],
        "decisions": [asdict(one) for one in report.rankings],
    }


def junit(report: Report, *, words: Words) -> str:
    """JUnit XML: one test case a layer and a KPI; undecided ones are skipped tests."""
    found = layers(report, words=words)
    suites = ET.Element("testsuites", name="qunsim ci")
    first = ET.SubElement(suites, "testsuite", name=f"{report.suite.name}.layers")
    for one in found:
        case = ET.SubElement(first, "testcase", classname=first.attrib["name"], name=one.key)
        if one.state in {"broken", "different"}:
            texts = broken_lines(report, words=words) if one.key == "invariants" else []
            _fail(case, one.detail, "\n".join([one.detail, *texts]))
        elif one.state in {"unclear", "skipped"}:
            ET.SubElement(case, "skipped", message=_plain(one.detail))
    first.set("time", f"{report.seconds:.2f}")
    groups: dict[str, ET.Element] = {}
    for row in report.rows:
        name = f"{report.suite.name}.{row.case}"
        if name not in groups:
            groups[name] = ET.SubElement(suites, "testsuite", name=name)
        kpi = row.kpi if row.aspect == "mean" else f"{row.kpi} {row.aspect}"
        case = ET.SubElement(groups[name], "testcase", classname=name, name=kpi)
        if row.verdict == "different":
            _fail(case, _sentence(row, words), _sentence(row, words))
        elif row.verdict == "undecided":
            ET.SubElement(case, "skipped", message=_plain(_sentence(row, words)))
    for group in suites:
        group.set("tests", str(len(group)))
        for key, tag in (("failures", "failure"), ("skipped", "skipped")):
            group.set(key, str(sum(one.find(tag) is not None for one in group)))
        group.set("errors", "0")
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _fail(case: ET.Element, message: str, text: str) -> None:
    failure = ET.SubElement(case, "failure", message=_plain(message), type="different")
    failure.text = _plain(text)


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return text.translate(_NO_TEXT)


def _sentence(row: Row, words: Words) -> str:
    one = told(row, words=words)
    parts = [
        f"{one.case} {one.kpi}",
        f"{words.say('ci.before')} {one.before}",
        f"{words.say('ci.after')} {one.after}",
        f"{words.say('ci.change')} {one.change} {one.interval}",
        f"{words.say('ci.margin')} {one.margin}",
    ]
    return words.join(parts)


def markdown(report: Report, *, words: Words) -> str:
    """A summary for a pull request or ``$GITHUB_STEP_SUMMARY``."""
    lines = [f"## {words.say('ci.question')}", "", f"**{last_line(report, words=words)}**", ""]
    lines += [*answer(report, words=words), ""]
    lines += [f"| {words.say('ci.layers')} | | |", "|---|---|---|"]
    lines += [_layer_row(one, words) for one in layers(report, words=words)]
    extra = broken_lines(report, words=words) + parameter_lines(report, words=words, most=20)
    lines += ["", *(f"- {_cell(text)}" for text in extra)] if extra else []
    rows = report.of("different") + report.of("undecided")
    if rows:
        names = ("scenario", "kpi", "before", "after", "change", "interval", "margin", "verdict")
        lines += ["", "| " + " | ".join(words.say(f"ci.{name}") for name in names) + " |"]
        lines.append("|---|---|" + "---:|" * 5 + "---|")
        lines += [
            "| " + " | ".join(_cell(text) for text in vars(told(row, words=words)).values()) + " |"
            for row in rows
        ]
    same = len(report.of("equivalent"))
    if same and report.verdict != "identical":
        lines += ["", others_line(same, words=words)]
    about = {"seconds": f"{report.seconds:.0f}", "budget": f"{report.suite.budget:g}"}
    return "\n".join([*lines, "", words.say("ci.time_line", **about), ""])


def _layer_row(one: Layer, words: Words) -> str:
    name, state = words.say(f"ci.layer_{one.key}"), words.say(f"ci.state_{one.state}")
    return f"| {name} | {state} | {_cell(one.detail)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def workflow_commands(report: Report, *, words: Words) -> list[str]:
    """GitHub's workflow commands: one error for each thing that changed, a warning if unclear."""
    texts = [("error", text) for text in broken_lines(report, words=words)]
    texts += [("error", _sentence(row, words)) for row in report.of("different")]
    found = layers(report, words=words)[-1]
    if found.state == "different":
        texts.append(("error", found.detail))
    if report.verdict == "inconclusive":
        texts.append(("warning", last_line(report, words=words)))
    head = words.say("ci.question").translate(_ESCAPES).translate(_IN_TITLE)
    file = report.suite.source.translate(_ESCAPES).translate(_IN_TITLE)
    return [
        f"::{kind} file={file},title={head}::{text.translate(_ESCAPES)}" for kind, text in texts
    ]
