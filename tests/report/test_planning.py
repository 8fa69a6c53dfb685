"""What is said of a plan follows its numbers, in both languages."""

import pytest

from sim.report.plan_page import plan_page
from sim.report.planning import PlanStory, mix_text, plan_lines, robust_texts, verdict_texts
from sim.report.run import Made
from sim.study.paired import Difference
from sim.study.plan.planned import Judged, More, Planned, Point, Robust
from sim.words import Words
from sim.words.typography import width

EN, ZH = Words("en"), Words("zh")


def difference(delta, half=500.0, p=0.91):
    return Difference(
        n=400, delta=delta, lo=delta - half, hi=delta + half, p_better=p, d05=-3000.0, d50=delta,
        d95=30000.0,
    )  # fmt: skip


def judged(names, gain, *, minutes=60.0, cost=15000.0, **about):
    policies = {name: {"use": name, "amount": 2.0} for name in names}
    values = {"feasible": True, "searched": gain + 100} | about
    return Judged(
        policies=policies, goal=difference(gain), cost=cost, minutes=minutes, **values
    )  # fmt: skip


def story(**about):
    finalists = (
        judged(["red_packet", "welcome"], 15800.0, tied=True, front=True, searched=17100.0),
        judged(["welcome"], 15600.0, minutes=-504.0, tied=True),
        judged(["red_packet"], 9000.0, feasible=False, broken=("budget", "active_30d")),
    )
    values = {
        "tried": 860, "finalists": finalists, "best": 0, "easiest": 1,
        "verified": difference(15800.0), "spending": {"red_packet": 6000.0, "welcome": 0.0},
        "curves": {
            "red_packet": (
                Point(scale=0.0, spend=0.0, gain=0.0, lo=0.0, hi=0.0),
                Point(scale=1.0, spend=6000.0, gain=4000.0, lo=3500.0, hi=4500.0),
            )
        },
        "more": More(
            yuan=10_000.0, policy="red_packet", spend=9900.0, gain=800.0, lo=300.0, hi=1300.0
        ),
        "robust": Robust(
            sets=24, futures=6, mixes=(0, 1), regret=(4000.0, 1500.0), ahead=(0.75, 1.0),
            least_regret=1, most_ahead=1,
        ),
    }  # fmt: skip
    about_of = {
        "goal": "profit", "objectives": ["profit"], "constraints": {"active_30d": 0.95},
        "budget": 30000.0, "minutes": 600.0, "trials": 2000, "seed": 0, "days": 180,
        "candidates": {str(n): {} for n in range(8)}, "pairs": 400, "margin_pairs": 200,
        "levels": [4, 36], "base": {"minutes_a_week": 744.0},
    }  # fmt: skip
    planned = Planned(about=about_of, **(values | about))
    made = Made(command="qunsim plan x.toml", seed=0, version="0", digest="0", failed=0)
    now = {"welcome": {"use": "welcome", "amount": 2.0}, "service": {"use": "service"}}
    return PlanStory(planned=planned, name="knowledge group", members=300, now=now, made=made)


def test_the_recommended_mix_its_price_and_its_check_are_told():
    text = " ".join(verdict_texts(story(), EN))
    assert "Recommended (spending in 180 days): red packets ¥6,000." in text
    assert "As now: " in text
    assert "No longer: " in text
    assert "It spends ¥15,000 more than now; ¥15,000 of the budget are left." in text
    assert "Checked in 400 new futures: ¥15,800 more profit on average, more in 91 of 100." in text
    assert "The search had promised ¥17,100" in text
    assert "¥10,000 more, spent on red packets, would bring ¥800 more profit" in text
    assert "One other mix cannot be told apart from it." in text
    assert "4.0 h a week" in text  # 744 - 504 minutes


def test_chinese_says_the_same():
    text = "".join(verdict_texts(story(), ZH))
    for part in (
        "建议（180 天的花费）：",
        "6000 元",
        "平均多赚 1.58 万元",
        "100 个里有 91 个",
        "再多花 1 万元",
    ):
        assert part in text


def test_what_assumptions_change_is_told_beside():
    text = " ".join(robust_texts(story(), EN))
    assert "in 18 of 24 sets" in text
    assert "it falls ¥4,000 short of the best mix" in text
    assert "lose least at worst (¥1,500)" in text


def test_luck_of_the_search_is_told_only_where_there_was_some():
    finalists = (judged(["red_packet"], 15800.0, tied=True, searched=15900.0),)
    told = story(finalists=finalists, easiest=0, robust=None)
    assert "promised" not in " ".join(verdict_texts(told, EN))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"gain": -2.0, "lo": -900.0, "hi": 800.0}, "nothing that can be seen"),
        ({"gain": -2000.0, "lo": -2900.0, "hi": -800.0}, "would only make it worse"),
        (None, "no room in it"),
    ],
)
def test_more_money_is_told_by_its_interval(more, said):
    made = None if more is None else More(yuan=1e4, policy="red_packet", spend=1e4, **more)
    assert said in " ".join(verdict_texts(story(more=made), EN))


def test_nothing_is_recommended_where_nothing_helps_or_fits():
    assert "better than leaving things as they are" in verdict_texts(story(best=None), EN)[0]
    broken = (judged(["red_packet"], 9.0, feasible=False, broken=("budget",)),)
    told = verdict_texts(story(best=None, finalists=broken), EN)[0]
    assert "keeps within the limits" in told


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_no_line_is_wider_than_80_columns(words):
    for one in (story(), story(best=None, robust=None)):
        lines = plan_lines(one, words=words, report="r/plan.html", next_commands=[("x", "y")])
        assert all(width(line) <= 80 for line in lines)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_page_has_every_part(words):
    page = plan_page(story(), words=words)
    assert [one.heading for one in page.sections][:4] == [
        words.say(f"plan.section_{name}") for name in ("mix", "equal", "margins", "robust")
    ]
    assert len(page.tiles) == 4
    assert [picture.name for picture in page.pictures()] == ["budget"]
    mixes = page.sections[1].blocks[0].rows
    assert words.say("plan.limit_budget") in mixes[2][-1]
    bare = plan_page(story(best=None, curves={}, robust=None), words=words)
    assert not bare.tiles


def test_a_mix_is_named_by_what_is_other_than_today():
    one = story()
    assert mix_text(one, one.planned.finalists[0], EN) == "red packets, without " + EN.policy(
        "service"
    )
    assert mix_text(one, judged(["welcome"], 1.0), EN) == "without " + EN.policy("service")
