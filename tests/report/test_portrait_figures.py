"""Figures of a chat log: what their titles claim, what they leave out."""

import datetime as dt

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.text import Text

from sim.logs.network import ReplyNetwork
from sim.logs.peers import STATISTICS, Peers, Place
from sim.logs.retention import Retention
from sim.report.figures import (
    draw_answers,
    draw_past,
    draw_placed,
    draw_returning,
    draw_rhythm,
)
from sim.report.figures.returning import overall
from sim.report.portraying import place_title, rank_said, stands_out
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
MONDAY = dt.date(2024, 1, 1)


def texts(figure):
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def past(speakers, **options):
    speakers = np.array(speakers)
    stages = np.full(7 * speakers.size, 2, dtype=np.int8)
    return draw_past(speakers, speakers // 4, stages, start=MONDAY, words=EN, **options)


@pytest.mark.parametrize(
    ("speakers", "said"),
    [
        ([10] * 20, "About 10 people write each week now, close to the most there ever were"),
        (
            [40] * 10 + [10] * 10,
            "10 people write each week now; at most it was 40, around Jan 2024",
        ),
        ([40] * 10 + [0] * 10, "Hardly anybody writes any more; at most it was 40 a week"),
        ([7], "About 7 people"),
    ],
)
def test_the_title_of_the_past_compares_now_with_the_most(speakers, said):
    assert past(speakers).get_label().startswith(said)


def test_weeks_that_stand_out_are_numbered_and_gaps_are_left_open():
    figure = past([10] * 30, marks=[(24.5, 1), (31.5, 2), (150.0, 3)], gaps=[(70, 84)])
    assert {"1", "2", "3"} <= set(texts(figure))
    line = figure.axes[0].lines[-1].get_ydata()
    assert np.flatnonzero(np.isnan(line)).tolist() == [10, 11]


def cohorts(firsts, share):
    firsts = np.array(firsts)
    followed = np.repeat(firsts[:, None], len(share[0]), axis=1)
    months = np.arange(firsts.size) + np.datetime64("2024-01", "M")
    spoke = np.rint(followed * np.array(share)).astype(np.int64)
    return Retention(months=months, firsts=firsts, followed=followed, spoke=spoke)


def test_retention_leaves_out_the_first_month_and_greys_the_small():
    found = cohorts([50, 20, 20, 4], [[1.0, 1.0], [0.5, 0.2], [0.3, 0.1], [1.0, 1.0]])
    assert overall(found, 1) == pytest.approx((10 + 6 + 4) / 44)
    assert overall(found, 3) is None
    figure = draw_returning(found, words=EN)
    assert figure.get_label() == (
        "Of those who write for the first time, 45 % write again a month later"
    )
    (mesh,) = figure.axes[0].findobj(QuadMesh)
    shown = mesh.get_array().reshape(4, 2)
    assert shown.mask.tolist() == [[False] * 2] * 3 + [[True] * 2]
    assert {"50", "20", "30"} <= set(texts(figure))


def test_few_newcomers_are_said_to_be_few():
    figure = draw_returning(cohorts([3, 2], [[0.5], [0.5]]), words=ZH)
    assert figure.get_label() == "新人太少，看不出有多大比例会回来"
    assert draw_returning(cohorts([3], np.empty((1, 0))), words=EN) is None


def test_rhythm_compares_hours_by_how_often_they_were_seen():
    messages, hours = np.zeros((7, 24), dtype=np.int64), np.full((7, 24), 10)
    messages[:5, 20] = 100
    messages[5:, 9] = 125
    figure = draw_rhythm(messages, hours, zone="Asia/Shanghai", words=EN)
    assert figure.get_label() == (
        "Busiest from 20:00 to 21:00; a day at the weekend has 125 % of a weekday's messages"
    )
    hours[3:] = 0
    messages[3:] = 0
    young = draw_rhythm(messages, hours, zone="UTC", words=EN)
    assert young.get_label() == "Busiest from 20:00 to 21:00"
    (mesh,) = young.axes[0].findobj(QuadMesh)
    assert mesh.get_array().reshape(7, 24).mask[3:].all()


def test_answers_say_what_the_busiest_tenth_gives_and_gets():
    between = np.array([[10, 20, 10, 0], [20, 10, 0, 0], [15, 5, 5, 0], [5, 0, 0, 0]])
    network = ReplyNetwork(
        replies=100, links=50, reciprocity=0.5, answered=0.3, first_answered=None,
        top10_received=0.8, largest=0.9, core_size=7, core_degree=3, groups=(1, 9, 40, 50),
        between=between,
    )  # fmt: skip
    figure = draw_answers(network, words=EN, facts=["a fact"])
    # given: rows 1 and 2 = 40 + 30; got: columns 1 and 2 = 50 + 35
    assert figure.get_label() == "The busiest tenth gives 70 % of the answers and gets 85 % of them"
    assert {"next 9 % (9)", "a fact"} <= set(texts(figure))


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        (0.0, "among the lowest"), (0.12, "lower than 9 of 10"), (0.5, "in the middle"),
        (0.83, "higher than 8 of 10"), (1.0, "among the highest"),
    ],
)  # fmt: skip
def test_ranks_in_words(rank, said):
    assert rank_said(rank, words=EN) == said


def place(**ranks):
    known = {name: ranks.get(name) for name in STATISTICS}
    peers = Peers(weeks=52, logs=27, families=8, weight=np.ones(1), values={})
    return Place(peers=peers, end=0, values=known, ranks=known)


def test_what_sets_a_community_apart():
    found = place(gini=0.84, top10_share=0.9, growth=0.3, once=0.05, ret30_60=0.6)
    assert stands_out(found, words=EN) == [
        "has fewer people who write a single message than 9 of 10",
        "hangs more on its busiest tenth than 9 of 10",  # the Gini coefficient says the same
    ]
    assert stands_out(place(gini=0.83), words=EN) == ["is more unequal than 8 of 10"]
    assert stands_out(place(gini=0.83), words=ZH) == ["比 10 个里的 8 个发言更集中"]
    assert "ordinary" in place_title(place(gini=0.6, growth=0.3), words=EN)


def test_every_statistic_has_its_words():
    for words in (EN, ZH):
        for name in STATISTICS:
            for side in ("high", "low"):
                assert words.say(f"describe.{side}_{name}", count=8)
            assert words.say(f"describe.peer_{name}")
    rows = [("inequality", "0.84", 0.8, "higher than 8 of 10")]
    figure = draw_placed(rows, title="finding", weeks=52, count=27, families=8, words=EN)
    assert {"inequality", "0.84", "higher than 8 of 10"} <= set(texts(figure))
