"""The page of a backtest: goals are told as held or missed by the numbers themselves."""

from sim.study.backtest.run import METHODS, Backtest
from sim.study.backtest.scoring import Score
from sim.study.backtest.skill import skill_page
from sim.study.forecast import TARGETS


def score(method, target, *, wis, half, most):
    return Score(
        log="a", family="a", origin=0.5, target=target, method=method, wis=wis, coverage50=half,
        coverage90=most,
    )  # fmt: skip


def test_goals_are_held_or_missed():
    scores = [
        score(method, target, wis=0.8 if method == "qunsim" else 1.0, half=0.7, most=0.96)
        for target in TARGETS
        for method in METHODS
    ]
    page = skill_page(Backtest(scores=scores), command="qunsim backtest a.csv")
    rows = [
        line for line in page.splitlines() if " goal" in line or "held |" in line or "**" in line
    ]
    told = {(row.split(" | ")[0][2:], row.split(" | ")[1]): row for row in rows}
    # .05 is added to scores of speakers before the ratio: .85 / 1.05
    assert "| 0.810 | held |" in told["speakers", "ratio to the best single method"]
    assert "| 0.700 | **missed** |" in told["speakers", "50 % interval holds"]
    assert "| 0.85 to 0.95 | 0.960 | **missed** |" in told["messages", "90 % interval holds"]
    assert "| 0.85 to 0.98 | 0.960 | held |" in told["newcomers", "90 % interval holds"]
    assert "| newcomers | 50 % interval holds | none | 0.700 |  |" in page
