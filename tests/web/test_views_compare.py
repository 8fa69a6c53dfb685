"""The view of a comparison says what the report says, and draws the same numbers."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from view_samples import comparisons, samples

from sim.report.comparison import comparison_head, profit_differences
from sim.report.verdict import verdict_of
from sim.web.views.compare import FEWEST_FOR_VERDICT, Standing, compare_view
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
FINAL = Standing(done=1152, total=1152, final=True)
JUDGING = re.compile("better|worse|practically|apart|更好|更差|差不多|分不出|好：|看不出")


def figure(view, key):
    return next(one for one in view["figures"] if one["key"] == key)


def few(words, pairs):
    """The same comparison after a few pairs."""
    story = samples.comparison(words)
    return replace(story, compared={**story.compared, "pairs": pairs, "stop": None})


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_final_view_says_what_the_report_says(words):
    story = samples.comparison(words)
    view = compare_view(story, FINAL, words=words)
    verdict, page = verdict_of(story, words=words), comparison_head(story, words=words)
    assert view["verdict"] == list(verdict.lead)
    assert (view["price"], view["assumptions"]) == (verdict.price, list(verdict.assumptions))
    assert view["others"] == list(verdict.others)
    assert (view["title"], view["line"]) == (page.title, page.line)
    told = [(one["value"], one["label"], one["note"]) for one in view["tiles"]]
    assert told == [(one.value, one.label, one.note) for one in page.tiles]
    assert view["so_far"] == ""
    assert (view["best"], view["told"]) == (2, 2)
    assert (view["done"], view["total"], view["pairs"]) == (1152, 1152, 384)
    assert json.loads(json.dumps(view, allow_nan=False)) == view


def test_cells_are_those_of_the_table():
    view = compare_view(samples.comparison(EN), FINAL, words=EN)
    base, _, course = view["variants"]
    rows = [cell["kpi"] for cell in base["cells"]]
    assert rows[:3] == ["profit", "active_30d", "retention_d30"]
    assert [len(one["cells"]) for one in view["variants"]] == [len(rows)] * 3
    assert (base["cells"][0]["value"], base["cells"][0]["mark"]) == ("¥21,000", "")
    profit = course["cells"][0]
    assert (profit["value"], profit["mark"], profit["chance"]) == ("+¥12,400", "better", "88/100")
    assert profit["mark_label"] == EN.say("verdict.better")
    columns = view["table"]["columns"]
    assert all(len(row) == len(columns) for row in view["table"]["rows"])


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_before_thirty_pairs_nothing_is_judged(words):
    story = few(words, FEWEST_FOR_VERDICT - 1)
    view = compare_view(story, Standing(done=90, total=1152), words=words)
    assert view["verdict"] == view["others"] == view["assumptions"] == []
    assert view["price"] == ""
    assert view["best"] is None
    cells = [cell for one in view["variants"] for cell in one["cells"]]
    assert {cell["mark"] for cell in cells} == {cell["chance"] for cell in cells} == {""}
    assert not JUDGING.search(view["so_far"])
    assert "90" in view["so_far"]
    assert "1152" in view["so_far"]
    assert words.say("word.as_now") not in view["so_far"]
    assert ("+¥12,400" if words is EN else "+¥1.24 万") in view["so_far"]


def test_from_thirty_pairs_on_the_verdict_is_told_as_one_so_far():
    story = few(EN, FEWEST_FOR_VERDICT)
    view = compare_view(story, Standing(done=90, total=1152), words=EN)
    assert view["verdict"] == list(verdict_of(story, words=EN).lead)
    assert view["so_far"].startswith("So far (90 of 1152): ")
    assert view["so_far"].endswith(view["verdict"][-1])
    assert {one["key"] for one in view["figures"]} == {"money", "active", "members", "stages"}
    assert view["table"]["rows"] == []


def test_bands_are_quantiles_over_futures_and_lines_are_futures():
    story = samples.comparison(EN)
    view = compare_view(story, FINAL, words=EN)
    money = figure(view, "money")
    course = next(one for one in money["series"] if one["index"] == 2)
    rows = np.cumsum(profit_differences(story)["free course"], axis=1)
    assert course["mid"][-1] == pytest.approx(np.median(rows[:, -1]), abs=0.5)
    assert course["lo90"][40] == pytest.approx(np.quantile(rows[:, 40], 0.05), abs=0.5)
    assert course["hi50"][40] == pytest.approx(np.quantile(rows[:, 40], 0.75), abs=0.5)
    assert course["paths"][1] == pytest.approx(rows[1], abs=0.5)
    assert [one["index"] for one in money["series"]] == [1, 2]  # the colours of the variants
    marks = {(one["x"], one["kind"]) for one in money["marks"]}
    assert marks == {(7, "policy"), (10, "policy"), (31, "policy"), (74, "payback")}
    active = figure(view, "active")  # weeks stand on their last day
    assert active["x"][:2] == [6, 13]
    assert figure(view, "members")["lines"][0]["y"] == 500


def test_with_fewer_than_twenty_futures_there_are_lines_but_no_bands():
    story = samples.comparison(EN)
    cut = [
        replace(one, series=replace(
            one.series, members=one.series.members[:19], revenue=one.series.revenue[:19],
            cost=one.series.cost[:19], speakers=one.series.speakers[:19],
            weekly_speakers=one.series.weekly_speakers[:19],
        ))
        for one in story.variants
    ]  # fmt: skip
    view = compare_view(replace(story, variants=tuple(cut)), FINAL, words=EN)
    for line in figure(view, "members")["series"]:
        assert "lo90" not in line
        assert len(line["mid"]) == samples.H
        assert len(line["paths"]) == 3


def test_stages_name_the_most_common_one_of_each_day():
    view = compare_view(samples.comparison(ZH), FINAL, words=ZH)
    stages = figure(view, "stages")
    row = stages["rows"][0]
    assert [one["key"] for one in stages["stages"]] == [
        "sprout", "growth", "active", "decline", "dormant",
    ]  # fmt: skip
    assert (row["stage"][0], row["share"][0]) == (0, 1)
    assert (row["stage"][30], row["share"][30]) == (1, 1)
    assert (row["stage"][70], row["share"][70]) == (2, 0.5)  # half active, half in decline
    assert len(row["stage"]) == len(stages["x"]) == samples.H


def test_who_stays_and_who_talks():
    view = compare_view(samples.comparison(EN), FINAL, words=EN)
    heat, lorenz = figure(view, "cohorts"), figure(view, "participation")
    assert heat["z"][0][:3] == [1, 0.96, pytest.approx(0.9216, abs=1e-3)]
    assert heat["z"][-1][1] is None  # the last week was not followed
    assert len(heat["y"]) == len(heat["z"])
    assert len(heat["x"]) == len(heat["z"][0])
    line = lorenz["lines"][0]
    assert (line["x"][0], line["y"][0], line["x"][-1], line["y"][-1]) == (0, 0, 1, 1)
    assert all(low <= high for low, high in zip(line["y"], line["y"][1:], strict=False))
    top = 1 - np.interp(0.9, line["x"], line["y"])
    assert f"{top * 100:.0f}" in lorenz["finding"]


def test_a_pair_counts_where_both_have_finished():
    story = samples.comparison(EN)
    base, packets, course = story.variants
    lacking = replace(course.series, **{
        name: getattr(course.series, name)[1:] for name in ("revenue", "cost")
    }, futures=tuple(range(1, samples.R)))  # fmt: skip
    cut = replace(story, variants=(base, packets, replace(course, series=lacking)))
    found = profit_differences(cut)
    whole = profit_differences(story)
    assert found["free course"] == pytest.approx(whole["free course"][1:])
    assert found["red packets"].shape[0] == samples.R


def test_changes_and_assumptions_are_listed():
    view = compare_view(samples.comparison(EN), FINAL, words=EN)
    course = [one for one in view["changes"] if one["variant"] == 2]
    assert [one["label"] for one in course] == ["free course", "paid course", "owner.hours"]
    assert (course[-1]["before"], course[-1]["after"]) == ("10 h", "12 h")
    assert course[0]["before"] == ""
    rows = view["assumption_rows"]
    assert [one["path"] for one in rows] == [
        "member.activity_sigma", "talk.gain", "groups.capacity",
    ]  # fmt: skip
    assert rows[0]["changed"]
    assert rows[1]["confidence_label"] == EN.say("confidence.unknown")


def test_no_winner_is_no_best():
    packets = comparisons.entry(-4000.0, -4500.0, -3500.0, 0.02)
    story = comparisons.story(EN, variants={"packets": {"profit": packets}})
    view = compare_view(story, FINAL, words=EN)
    assert view["best"] is None
    assert view["told"] == 1
    assert view["verdict"]
