"""Parts of views: trees of invitations, rounding, pace, reasons, plans."""

import json
from dataclasses import replace

import numpy as np
import pytest
from view_samples import comparisons, explaining, planning, samples

from sim.report.explaining import lead
from sim.report.figures.money import middle_day, payback_days
from sim.report.planning import verdict_texts
from sim.web.tasks.pace import Clock, Looks
from sim.web.views.people import invitation_trees, tree_figure
from sim.web.views.plan import plan_so_far, plan_view
from sim.web.views.reasons import reason_texts, tornado_figure, waterfall_figure
from sim.web.views.writing import digits_for, numbers_of, shown_days, view_file, write_views
from sim.words import Words

EN, ZH = Words("en"), Words("zh")


def record(inviters):
    """A future whose members were invited by these rows; -1 = by nobody."""
    one = samples.record(0)
    inviter = np.full(len(one.members.id), -1)
    inviter[: len(inviters)] = inviters
    invited = np.bincount(inviter[inviter >= 0], minlength=len(inviter))
    return replace(one, members=replace(one.members, inviter=inviter, invited=invited))


def test_the_largest_trees_come_first_inviters_before_invited():
    # 0 <- 1; 2 <- 3, 4; 3 <- 5: the tree of 2 has four members, that of 0 has two
    shown = invitation_trees(record([-1, 0, -1, 2, 2, 3]), most=300)
    assert shown == [(2, -1), (3, 2), (4, 2), (5, 3), (0, -1), (1, 0)]


def test_a_large_tree_is_cut_level_by_level():
    inviters = [-1, *([0] * 20), *([1] * 20)]
    shown = invitation_trees(record(inviters), most=25)
    assert len(shown) == 25
    assert shown[0] == (0, -1)
    assert [parent for _, parent in shown[1:21]] == [0] * 20
    assert {parent for _, parent in shown[21:]} == {1}


def test_a_tree_says_who_brought_most_and_how_far():
    figure = tree_figure(record([-1, 0, -1, 2, 2, 3]), index=2, label="course", future=4, words=EN)
    nodes = {node["id"]: node for node in figure["nodes"]}
    assert (nodes[5]["parent"], nodes[2]["parent"], nodes[2]["size"]) == (3, None, 2)
    assert (figure["variant"], figure["replicate"]) == (2, 4)
    assert figure["finding"].startswith("4 joined on an invitation; ")
    assert nodes[2]["label"] in figure["finding"]
    assert "2 links" in figure["finding"]
    assert len(figure["table"]["rows"]) == 6
    assert tree_figure(record([-1, -1]), index=1, label="x", future=0, words=EN) is None


def test_numbers_are_short_and_have_no_nan():
    assert numbers_of([1.0, 2.345, np.nan, np.inf], digits=1) == [1, 2.3, None, None]
    assert numbers_of([[1.0, np.nan], [0.25, 2.0]], digits=2) == [[1, None], [0.25, 2]]
    assert json.dumps(numbers_of([3.0])) == "[3]"
    assert [digits_for([x]) for x in (0.0123, 1.5, 42.0, 1234.0, 9e6, 0.0)] == [5, 3, 2, 0, 0, 0]


@pytest.mark.parametrize("days", [1, 180, 400, 401, 1095])
def test_long_figures_show_every_so_many_days_and_the_last(days):
    at = shown_days(days)
    assert at[-1] == days - 1
    assert at[0] >= 0
    assert len(set(np.diff(at))) <= 1
    assert min(days, 200) <= len(at) <= 400


def test_views_are_written_in_both_languages(tmp_path):
    write_views(tmp_path, lambda words: {"said": words.say("word.as_now")})
    said = {
        lang: json.loads(view_file(tmp_path, lang).read_text("utf-8"))["said"]
        for lang in ("en", "zh")
    }
    assert said == {"en": "as now", "zh": "现在这样"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["view.en.json", "view.zh.json"]


class Time:
    """A clock that a test sets."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def test_the_time_left_follows_the_pace():
    time = Time()
    clock = Clock(now=time)
    assert clock.left(10, 110) is None  # ten were there before
    time.at += 1
    assert clock.left(20, 110) is None  # too early to tell
    time.at += 4
    assert clock.left(60, 110) == pytest.approx(5.0)  # fifty in five seconds, fifty left


def test_the_first_look_comes_after_a_second_or_twenty_runs():
    time = Time()
    looks = Looks(now=time)
    assert not looks.due(1)
    time.at += 0.5
    assert not looks.due(19)
    assert looks.due(20)
    late = Looks(now=time)
    assert not late.due(1)
    time.at += 1.0
    assert late.due(2)


def test_looking_takes_a_fifth_of_the_time_at_most():
    time = Time()
    looks = Looks(now=time)
    looks.due(0)
    looks.looked(0.1)
    assert not looks.due(500)  # not twice a second
    time.at += 1.0
    assert looks.due(500)
    looks.looked(1.0)  # a slow one: four seconds of work between
    time.at += 3.9
    assert not looks.due(500)
    time.at += 0.2
    assert looks.due(500)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_reasons_are_those_of_the_explanation(words):
    story, explained = comparisons.story(words), explaining.explained()
    labels = {one.name: one.label for one in story.variants}
    texts = reason_texts(explained, story, words=words)
    assert texts[0] == lead(explained, words=words, labels=labels)
    assert any("34" in text and "40" in text for text in texts)
    steps = waterfall_figure(explained, story, words=words)["steps"]
    assert [step["total"] for step in steps] == [True, False, False, False, True]
    level = steps[0]["value"] + sum(step["value"] for step in steps[1:-1])
    assert level == pytest.approx(steps[-1]["value"], abs=0.01)
    assert steps[0]["value"] == -10_100
    tornado = tornado_figure(explained, story, words=words)
    assert [row["turns"] for row in tornado["rows"]] == [True, False]
    assert tornado["turning"][0]["below"]
    assert json.loads(json.dumps([steps, tornado], allow_nan=False)) == [steps, tornado]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_a_plan_is_told_as_on_its_page_and_can_be_put_into_a_variant(words):
    story = planning.story()
    view = plan_view(story, replaced=["welcome", "service"], words=words)
    assert view["verdict"] == verdict_texts(story, words)
    best = view["recommended"]
    assert [one["use"] for one in best["policies"]] == ["red_packet", "welcome"]
    assert (best["without"], best["set"]) == (["welcome", "service"], {})
    mix = {one["use"]: one for one in view["mix"]}
    assert mix["red_packet"]["money"] == 6000
    assert mix["service"]["left_out"]
    assert mix["welcome"]["as_before"]
    assert [one["variant"]["policies"][0]["use"] for one in view["equal"]] == ["welcome"]
    pareto = view["figures"][0]
    assert pareto["series"][1]["x"] == [15000]
    assert pareto["series"][1]["y"] == [15800]
    assert pareto["series"][1]["variants"] == [best]
    assert {one["key"] for one in view["figures"]} == {"pareto", "bars"}
    assert json.loads(json.dumps(view, allow_nan=False)) == view


def test_a_plan_without_a_better_mix_recommends_nothing():
    story = planning.story(best=None, verified=None, robust=None, curves={}, spending={})
    view = plan_view(story, replaced=[], words=EN)
    assert view["recommended"] is None
    assert view["mix"] == view["tiles"] == []
    assert len(view["verdict"]) == 1


def test_a_search_tells_the_best_so_far():
    view = plan_so_far(goal="profit", best=12_400.0, stage="search", words=ZH)
    assert "1.24 万" in view["so_far"]
    assert not view["final"]
    none = plan_so_far(goal="profit", best=None, stage="judge", words=ZH)
    assert "目前最好" not in none["so_far"]


def test_a_figure_pays_back_on_the_day_that_the_table_tells():
    # futures that pay from day 2, 4 and 7 on, and one that never does: the middle is between
    rows = np.full((4, 10), -1.0)
    for row, day in enumerate((2, 4, 7)):
        rows[row, day:] = 5.0
    assert middle_day(payback_days(rows)) == 5.5
    assert middle_day(payback_days(rows[2:])) == np.inf  # of half of them nobody knows
