"""The page of a forecast and of a backtest, from numbers made up for it."""

from dataclasses import replace

import numpy as np
import pytest

from sim.commands.forecast import story_of
from sim.report.backtesting import SkillStory, backtest_page, backtest_sheets
from sim.report.figures import draw_forecast
from sim.report.figures.skill import draw_ratios
from sim.report.forecast_telling import ForecastTelling
from sim.report.forecasting import forecast_page, shown
from sim.report.page import render
from sim.report.run import Made
from sim.report.sheets import forecast_sheets
from sim.study.backtest.run import METHODS
from sim.study.backtest.scoring import Score
from sim.study.backtest.skill import read_scores
from sim.study.checked import Checked
from sim.study.forecast import TARGETS, ForecastResult
from sim.study.outlook import Outlook
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
DAY, WEEK = 86_400, 7 * 86_400
START = 20_454 * DAY  # Thursday, 1 January 2026
MANIFEST = {
    "command": "qunsim forecast 我的群.csv.gz", "qunsim": "0", "digest": "d", "versions": {},
    "events": "我的群.csv.gz",
}  # fmt: skip


@pytest.fixture
def result():
    """Twenty weeks so far at 31 speakers, thirteen to come, of which six have come."""
    fan = np.array([[15.0, 20, 24, 28, 33], [100, 300, 500, 800, 12_000], [0, 1, 3, 4, 7]])
    outlook = Outlook(
        now=31.0, middle=24.0, late=(16.0, 24.0, 32.0), below=0.82, above=0.15, near=0.4,
        silent=0.12, known=(40.0, 60.0, 80.0), fresh=(20.0, 30.0, 44.0),
        late_known=(12.0, 18.0, 30.0), late_fresh=(5.0, 9.0, 14.0), fresh_messages=(0.1, 0.22, 0.4),
    )  # fmt: skip
    return ForecastResult(
        quantiles=np.repeat(fan[:, None, :], 13, axis=1),
        past=np.repeat([[31], [620], [4]], 20, axis=1),
        first_week=20, start=START, until=START + 20 * WEEK, members=345, replicates=100, seed=0,
        outlook=outlook,
    )  # fmt: skip


@pytest.fixture
def known(result):
    """What came: speakers outside the wide range once, outside the narrow one three times."""
    actual = [[24, 14, 33, 15, 20, 28], [500] * 6, [8] * 6]
    return replace(result, actual=np.array(actual))


def page_of(result, words):
    return forecast_page(story_of(result, MANIFEST), words=words)


def test_the_headline_can_be_read_to_the_boss(result):
    page = page_of(result, EN)
    assert page.verdict[0] == (
        "The group is getting quieter: in 13 weeks about 24 people a week will write "
        "(usually 15 to 33); now 31."
    )
    assert page.verdict[1] == (
        "Quieter than now in 82 of 100 futures; in 12 of 100 it falls silent "
        "(fewer than 2 people a week for four weeks in a row)."
    )
    assert "about 3 a week (usually 0 to 7), now 4" in page.verdict[2]
    assert page_of(result, ZH).verdict[0] == (
        "群在变冷：13 周后每周约 24 人发言（多数在 15 到 33 之间），现在 31 人。"
    )
    assert page_of(result, ZH).verdict[1] == (
        "100 个模拟未来里有 82 个比现在冷清；100 个里有 12 个会沉寂（连续四周每周发言不到 2 人）。"
    )


def test_the_badge_goes_by_the_backtest(result):
    assert page_of(result, EN).badge == "fitted, not backtested"
    held = dict(zip(TARGETS, (0.88, 0.85, 0.92), strict=True))
    checked = replace(
        result, checked=Checked(origins=2, weeks=26, inside50=held, inside90=held)
    )  # fmt: skip
    page = page_of(checked, EN)
    assert page.badge == "fitted and backtested"
    assert page.notes[0] == (
        "Looked back at: from 2 earlier days of this log, 26 weeks ahead, the range of 90 of 100 "
        "held 88 % of the weeks for speakers, 85 % for messages, 92 % for newcomers."
    )


def test_what_came_is_counted_against_the_ranges(known):
    telling = ForecastTelling(known, words=EN)
    assert [telling.inside(target) for target in range(3)] == [5, 6, 0]
    assert telling.inside(0, share=0.5) == 3
    assert telling.came() == (
        "What came, whole weeks inside the range of 90 of 100: speakers a week 5 of 6, "
        "messages a week 6 of 6, first-time speakers a week 0 of 6."
    )
    page = page_of(known, EN)
    assert "it was 31 on 21 May 2026" in page.verdict[0]
    came = next(one for one in page.sections if one.heading == "What really happened")
    assert came.blocks[0].rows[0] == ("speakers a week", "5 of 6 weeks", "3 of 6 weeks", "24", "22")
    assert "What really happened" not in {one.heading for one in page_of(replace(known,
        actual=np.zeros((3, 0), dtype=int)), EN).sections}  # fmt: skip


def test_the_weeks_told_end_with_the_last():
    assert shown(26) == [1, 4, 13, 26]
    assert shown(30) == [1, 4, 13, 26, 30]
    assert shown(1) == [1]


def test_a_table_has_every_week_as_numbers(known):
    page = page_of(known, EN)
    about, ahead, past = forecast_sheets(story_of(known, MANIFEST), page, words=EN)
    assert {page.title, *page.verdict, page.badge} <= {text for row in about.rows for text in row}
    assert len(ahead.rows) == 3 * 13
    assert ahead.rows[0] == (
        "speakers",
        "speakers a week",
        20,
        "2026-05-21",
        15,
        20,
        24,
        28,
        33,
        24,
    )
    assert ahead.rows[6][-1] is None  # the seventh week has not come
    assert past.rows[20] == ("messages", "messages a week", 0, "2026-01-01", 620)
    assert all(len(row) == len(sheet.header) for sheet in (ahead, past) for row in sheet.rows)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_page_stands_alone(known, words):
    html = render(page_of(known, words), words=words)
    assert html.count("data:image/svg+xml;base64,") == 3
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    if words is ZH:
        assert "futures" not in html


def test_one_spike_does_not_flatten_the_rest():
    """A launch of 5,000 among weeks of 100 is cut off and said; small counts stay whole."""
    fan = np.tile([60.0, 80, 100, 120, 180], (13, 1))
    past = np.full(60, 100.0)
    past[3] = 5000.0
    figure = draw_forecast(past, fan, words=EN)
    assert 180 < figure.axes[0].get_ylim()[1] < 300
    assert any("5,000" in text.get_text() for text in figure.texts)
    small = draw_forecast(past / 500, fan / 500, words=EN)
    assert small.axes[0].get_ylim()[1] >= 10


def test_a_dead_group_has_an_axis_of_whole_people():
    axes = draw_forecast(np.zeros(30), np.zeros((5, 5)), words=EN).axes[0]
    low, high = axes.get_ylim()
    ticks = [tick for tick in axes.get_yticks() if low <= tick <= high]
    assert ticks == [0, 1]


def test_a_figure_begins_at_nought_and_holds_what_came():
    fan = np.tile([60.0, 80, 100, 120, 180], (13, 1))
    came = np.array([100.0, 250, 0])
    axes = draw_forecast(np.full(60, 100.0), fan, words=EN, actual=came).axes[0]
    assert axes.get_ylim()[0] == 0
    assert axes.get_ylim()[1] > 250
    points = next(line for line in axes.lines if line.get_marker() == "o")
    assert points.get_xdata().tolist() == [60, 61, 62]
    assert points.get_ydata().tolist() == came.tolist()


@pytest.fixture
def scores():
    """Two families; qunsim is as good as half of every other method in one, twice in the other."""
    return tuple(
        Score(
            log=family, family=family, origin=0.5, target=target, method=method,
            wis=(10.0 if method != "qunsim" else ours), coverage50=0.5, coverage90=0.88,
        )
        for family, ours in (("good", 4.0), ("bad", 12.0))
        for target in TARGETS
        for method in METHODS
    )  # fmt: skip


def test_a_backtest_page_tells_hits_and_misses(scores, tmp_path):
    made = Made(command="qunsim backtest", seed=0, version="0", digest="d")
    skipped = (("short.csv", "weeks"),)
    story = SkillStory(scores=scores, skipped=skipped, weeks=26, replicates=100, made=made)
    page = backtest_page(story, words=EN)
    # geometric mean of (4 + .05) / (10 + .05) and (12 + .05) / (10 + .05): 0.695
    assert page.verdict[0].startswith("Speakers a week: error score 30 % below the best classical")
    assert "lower in 50 % of the forecasts" in page.verdict[0]
    assert "held 88 % of the weeks" in page.verdict[0]
    assert any("fewer than 72 whole weeks" in row for one in page.sections for block in one.blocks
               for row in getattr(block, "rows", ()))  # fmt: skip
    sheet = backtest_sheets(story, page, words=EN)[1]
    assert len(sheet.rows) == len(scores)
    assert "预测有多准" in backtest_page(story, words=ZH).title
    lines = [",".join(sheet.header), *(",".join(map(str, row)) for row in sheet.rows)]
    (tmp_path / "scores.csv").write_text("\n".join(lines) + "\n")
    assert tuple(read_scores(tmp_path / "scores.csv")) == scores


def test_dots_stand_on_their_side_of_one():
    figure = draw_ratios({"a": (0.5, 1.5, 0.9), "b": (0.8, 5.0, 1.1)}, TARGETS, words=EN)
    assert figure.get_label().startswith("Below 1 for 2 of 2 families in speakers, 0 in messages")
    better, worse = (
        next(line for line in figure.axes[1].lines if line.get_marker() == kind) for kind in "oD"
    )
    assert better.get_xdata().size == 0
    assert sorted(worse.get_xdata()) == [1.5, 2.0]  # what is beyond the axis stands at its end
