"""Explanations of a real, small comparison: sums, resuming, turning points, what cannot matter."""

import json
import shutil

import numpy as np
import pytest

from sim.errors import UserError
from sim.parameters import table
from sim.scenario import Scenario
from sim.study.comparison import compare, load_comparison
from sim.study.experiment import Experiment, Spec, build_variant
from sim.study.explain import assumptions as steps
from sim.study.explain import explain, ranges, read_explanation
from sim.study.explain.assumptions import Turning
from sim.study.explain.lab import Lab
from sim.study.explain.planned import Plans
from sim.study.explain.players import game_of
from sim.study.explain.question import Question
from sim.study.explain.ranges import Assumption, assumptions_of, check_ranges, moved, range_of
from sim.study.explain.screening import drawn_sets
from sim.study.simulate import Task, simulate
from sim.study.variant import Variant
from sim.study.workers import workers

RANGES = {"buy.member_rate": [0.002, 0.03], "price.answer": [0.1, 5.0]}
WELCOME = {"use": "welcome"}
TOPIC = {"use": "daily_topic", "amount": 2}
SALE = {"use": "goods_sale"}
SECTIONS = ("buy.member", "price.a", "price.c", "tie.", "stage.", "members.", "groups.")


def small(**values):
    about = {"members.initial": 30, "members.leaders": 1, "members.seed_users": 2}
    about |= {"members.administrators": 0, "days": 30, "name": "small", "policies": [WELCOME]}
    return Scenario.build({}).replace(about | values)


def experiment(*specs, known=None, **about):
    base = small()
    specs = (Spec(name="base"), *specs)
    variants = tuple(build_variant(spec, base)[0] for spec in specs)
    return Experiment(
        name="small", variants=variants, specs=specs, ranges=known or {}, replicates=12, **about
    )


MANY = Spec(
    name="many", policies=(TOPIC, SALE), without=("welcome",), changes={"price.content": 90.0}
)


@pytest.fixture(scope="module", autouse=True)
def few_runs():
    """A few futures and a few dozen assumptions tell as much about the code as many do."""
    some = tuple(row for row in table() if row.path.startswith(SECTIONS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "_ROUNDS", ((1, 6), (3, 3)))
        patch.setattr(steps, "MOST", 3)
        patch.setattr(steps, "FUTURES_OF_SET", 2)
        patch.setattr(steps, "FUTURES_OF_END", 5)
        patch.setattr(ranges, "table", lambda: some)
        yield


@pytest.fixture(scope="module")
def compared(few_runs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "small"
    few = Spec(name="few", policies=(SALE,))
    compare(experiment(few, MANY, known=RANGES, goal="profit"), out=folder, command="x")
    return folder


@pytest.fixture(scope="module")
def explained(compared):
    return explain(compared, variant="many", sets=3)


def test_shares_add_up_to_the_difference_of_the_comparison(explained, compared):
    judged = json.loads((compared / "compare.json").read_text("utf-8"))
    delta = judged["variants"]["many"]["profit"]["delta"]
    assert explained.total == pytest.approx(delta, abs=0.005 + 1e-9)
    assert round(100 * explained.total) == sum(round(100 * one.value) for one in explained.players)
    kinds = [(one.name, one.kind) for one in explained.players]
    assert kinds == [
        ("daily_topic", "policy"), ("goods_sale", "policy"), ("welcome", "without"),
        ("price.content", "setting"),
    ]  # fmt: skip
    assert all(one.lo <= one.value <= one.hi for one in explained.players)
    price = explained.players[-1]  # nothing in this group buys content
    assert (price.value, price.lo, price.hi) == (0.0, 0.0, 0.0)
    assert price.after == {"price.content": 90.0}


def test_files_say_what_was_found(explained, compared):
    assert read_explanation(compared) == json.loads(json.dumps(explained.table()))
    told = json.loads((compared / "compare.json").read_text("utf-8"))["assumptions"]
    assert told["sets"] == 3
    assert set(told["ahead"]) == {"few", "many"}
    assert all(0 <= count <= 3 for count in told["ahead"].values())
    assert set(told["turning"]) == {"many"}
    assert load_comparison(compared).table()["assumptions"] == told


def test_what_is_there_is_not_simulated_again(explained, compared):
    assert explained.simulated > 0
    again = explain(compared, variant="many", sets=3)
    assert again.simulated == 0
    assert again.table() == explained.table()


def test_an_interrupted_explanation_goes_on_where_it_was(explained, compared, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(compared, folder, ignore=shutil.ignore_patterns("explain*"))
    seen = []

    def impatient(done, *, failed=0, total=0):
        seen.append(done)
        if len(seen) > 8:  # in the midst of the combinations
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explain(folder, variant="many", sets=3, jobs=1, progress=impatient)
    assert not (folder / "explain.json").exists()
    kept = len((folder / "explain" / "journal.jsonl").read_text("utf-8").splitlines())
    assert kept > 0
    rest = explain(folder, variant="many", sets=3, jobs=1)
    assert rest.simulated == explained.simulated - kept
    assert rest.table() == explained.table()


def test_mistakes_are_told(compared, tmp_path):
    with pytest.raises(UserError) as caught:
        explain(compared, variant="manny")
    assert (caught.value.kind, caught.value.reason) == ("not_found", "variant")
    assert caught.value.values["suggestion"] == ["many"]
    with pytest.raises(UserError, match="folder"):
        explain(tmp_path / "nowhere")
    from sim.study import run

    run(small(), replicates=2, out=tmp_path / "run")
    with pytest.raises(UserError) as caught:
        explain(tmp_path / "run")
    assert caught.value.reason == "comparison"


def test_every_combination_is_a_variant_of_its_own():
    one = experiment(MANY)
    game = game_of(one.base, one.variants[1], one.specs[1])
    assert game.arm(frozenset()) is one.base
    assert game.arm(frozenset(range(4))) is one.variants[1]
    uses = [entry["use"] for entry in game.arm(frozenset({1})).scenario.policies]
    assert uses == ["welcome", "goods_sale"]
    assert [entry["use"] for entry in game.arm(frozenset({0, 2})).scenario.policies] == [
        "daily_topic"
    ]
    assert game.arm(frozenset({3})).scenario.price.content == 90.0
    assert len({game.arm(frozenset({i})).key for i in range(4)}) == 4


def test_values_that_need_each_other_are_one_player():
    few = Spec(name="tiny", changes={"members.initial": 3, "members.seed_users": 1})
    one = experiment(few)
    (player,) = game_of(one.base, one.variants[1], one.specs[1]).players
    assert (player.kind, set(player.values)) == ("settings", set(few.changes))
    many = {f"minutes.{name}": 1.0 for name in ("content", "prompt", "packet", "ritual")}
    four = experiment(Spec(name="v", changes=many))
    assert [p.kind for p in game_of(four.base, four.variants[1], four.specs[1]).players] == [
        "settings"
    ]


def test_a_policy_set_otherwise_is_one_player():
    spec = Spec(name="v", policies=({"use": "welcome", "amount": 0.5},), without=("welcome",))
    one = experiment(spec)
    (player,) = game_of(one.base, one.variants[1], one.specs[1]).players
    assert (player.name, player.kind) == ("welcome", "altered")


@pytest.mark.parametrize(
    ("value", "confidence", "limits", "expected"),
    [
        (100.0, "high", (0, 1e6), (100 / 1.1, 110.0)),
        (100.0, "medium", (0, 1e6), (80.0, 125.0)),
        (0.6, "low", (0, 0.8), (0.4, 0.8)),
        (-2.0, "unknown", (-3.0, 5.0), (-3.0, -1.0)),
        (0.0, "unknown", (0.0, 1.0), (0.0, 0.0)),
    ],
)
def test_ranges_follow_the_rule(value, confidence, limits, expected):
    found = range_of(value, confidence, low=limits[0], high=limits[1])
    assert found == pytest.approx(expected)


def test_an_experiments_own_ranges_come_first():
    one = experiment(Spec(name="v", policies=(SALE,)))
    found = {
        a.path: a
        for a in assumptions_of(
            one.base.scenario, one.variants[1:], kpi="profit",
            ranges={"tie": {"gain": [0.06, 0.2]}, "members.initial": [20, 40]},
        )
    }  # fmt: skip
    assert (found["tie.gain"].low, found["tie.gain"].high, found["tie.gain"].own) == (
        0.06, 0.2, True,
    )  # fmt: skip
    assert found["members.initial"].counts
    assert "groups.capacity" not in found  # the operator knows it
    assert "stage.first" not in found  # only how it is called depends on it
    for wrong in ({"tie.gian": [0, 1]}, {"tie.gain": [2, 1]}, {"tie.gain": 3}):
        with pytest.raises(UserError):
            check_ranges(wrong, one.variants)
    with pytest.raises(UserError) as caught:
        assumptions_of(one.base.scenario, (), kpi="profit", ranges={"tie.gain": [0.1, 99.0]})
    assert caught.value.reason == "between"


def test_sets_are_spread_evenly_with_the_assumed_value_in_the_middle():
    known = [
        Assumption(path="a", low=1.0, value=2.0, high=8.0, confidence="low"),
        Assumption(path="b", low=0.0, value=1.0, high=2.0, confidence="low"),
    ]
    drawn = drawn_sets(known, sets=40, seed=(1,), shared=("b",), combinations=10)
    a = sorted(one["a"] for one in drawn)
    assert sum(value < 2.0 for value in a) == 20
    assert all(1 + k / 20 <= a[k] <= 1 + (k + 1) / 20 for k in range(20))
    assert len({one["b"] for one in drawn}) == 10
    assert drawn == drawn_sets(known, sets=40, seed=(1,), shared=("b",), combinations=10)


def test_levers_that_are_shared_are_those_that_would_be_planned():
    plans, one = Plans(), experiment(MANY).variants[1]
    first = plans.levers(one.scenario)
    other = Variant(scenario=one.scenario.replace({"tie.gain": 0.2}))
    dear = Variant(scenario=one.scenario.replace({"price.prompt": 33.0}))
    assert plans.levers(other.scenario) is first
    assert plans.levers(dear.scenario) is not first
    for variant in (other, dear):
        planned = plans.levers(variant.scenario)
        assert np.array_equal(planned.values, variant.levers.values)
        assert np.array_equal(planned.planned, variant.levers.planned)
    shared = simulate(Task(variant=plans.named(other, "n"), seed=1, replicate=0, whole=False))
    alone = simulate(
        Task(variant=Variant(scenario=other.scenario), seed=1, replicate=0, whole=False)
    )
    assert shared.kpis == alone.kpis


class Planted(Lab):
    """A laboratory in which profit is 100 + 50 (engagement_start - 0.85) x 40 + luck, or 0."""

    def __init__(self):
        super().__init__(seed=0, crew=workers(jobs=1))

    def run(self, wanted):
        """Nothing to simulate."""

    def of(self, variant, replicate):
        if not any(entry["use"] == "daily_topic" for entry in variant.scenario.policies):
            return {"profit": 0.0}
        about = variant.scenario.member.engagement_start
        return {"profit": 100.0 + 2000.0 * (about - 0.85) + (replicate % 5 - 2)}


def engagement(low):
    path = "member.engagement_start"
    return Assumption(path=path, low=low, value=0.85, high=0.95, confidence="low")


def question_of(lab):
    one = experiment(Spec(name="v", policies=(TOPIC,)))
    return Question(
        lab=lab, base=one.base, variant=one.variants[1], kpi="profit", days=30, known=20, seed=0
    )


def test_a_planted_line_turns_where_it_crosses_zero_and_the_rest_does_nothing():
    question = question_of(Planted())
    known = [
        engagement(0.7),
        Assumption(path="tie.gain", low=0.05, value=0.12, high=0.3, confidence="low"),
    ]  # fmt: skip
    ranking = steps.ranking_of(question, known)
    assert list(ranking) == ["member.engagement_start", "tie.gain"]
    assert ranking["tie.gain"] == 0.0
    bars = steps.tornado(question, known, ranking)
    assert bars[0].low[0] == pytest.approx(-200.0)
    assert bars[0].high[0] == pytest.approx(300.0)
    assert bars[0].low[1] < -200.0 < bars[0].low[2]
    assert (bars[1].low[0], bars[1].high[0]) == (100.0, 100.0)
    (point,) = steps.turning_points(question, bars)
    assert point == Turning(
        path="member.engagement_start", value=pytest.approx(0.80), default=0.85, below=True
    )


def test_sets_are_counted_by_the_sign_of_the_mean():
    question = question_of(Planted())
    known = [
        engagement(0.75)
    ]  # fmt: skip
    sets, ahead = steps.ahead_in_sets(question, known, (question.variant,), sets=40)
    assert (sets, ahead) == (40, {"v": 30})  # ahead above 0.80, which is a quarter of the range


def test_known_futures_take_luck_out_of_a_few():
    """Differences that move with those known are corrected by how lucky their futures were."""
    known = {number: float(number) for number in range(10)}  # mean 4.5
    found = [{0: 10.0, 1: 11.0, 2: 12.0}, {7: 27.0, 9: 29.0}]
    assert steps.controlled(found, known) == pytest.approx([14.5, 24.5])


def test_moved_assumptions_reach_policies_that_have_them():
    one = experiment(Spec(name="v", policies=(SALE,))).variants
    info = {"goods_sale.price": 3.0, "tie.gain": 0.2}
    from sim.policies.base import settings_of
    from sim.policies.registry import policy_class

    key = settings_of(policy_class("goods_sale"))[0].name
    changed = moved(one[1], {f"goods_sale.{key}": 1.0, "tie.gain": info["tie.gain"]})
    assert changed.scenario.policies[-1][key] == 1.0
    assert changed.scenario.tie.gain == 0.2
    assert moved(one[0], {f"goods_sale.{key}": 1.0}) is one[0]


def test_another_beginning_is_a_player_of_its_own():
    base, other = small(), small(**{"members.initial": 40, "invite.accept": 0.5})
    spec = Spec(name="v", base="other.toml", policies=(TOPIC,), changes={"tie.gain": 0.2})
    variants = (Variant(scenario=base), build_variant(spec, other)[0])
    game = game_of(*variants, spec)
    assert [(one.name, one.kind) for one in game.players] == [
        ("other.toml", "start"), ("daily_topic", "policy"), ("tie.gain", "setting"),
    ]  # fmt: skip
    assert set(game.players[0].values) == {"members.initial", "invite.accept"}
    assert game.arm(frozenset({0})).scenario.digest() == other.digest()


def test_many_changes_are_sampled_and_still_add_up(tmp_path):
    uses = ("daily_topic", "goods_sale", "red_packet", "care", "moderation", "ritual")
    spec = Spec(name="all", policies=tuple({"use": use} for use in uses))
    folder = tmp_path / "many"
    asked = experiment(spec, goal="profit")
    delta = compare(asked, out=folder, replicates=10).differences["all"]["profit"].delta
    found = explain(folder, sets=1)
    assert not found.exact
    assert len(found.players) == 6
    assert found.total == pytest.approx(delta, abs=0.006)
    assert round(100 * found.total) == sum(round(100 * one.value) for one in found.players)
