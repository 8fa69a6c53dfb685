"""Planning: a planted problem whose optimum is known, and the pieces with closed forms."""

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from sim.errors import UserError, UserErrors
from sim.policies.registry import policy_class
from sim.study.paired import Difference
from sim.study.plan import plan, planned_of, prepare
from sim.study.plan.bench import Bench, Measured
from sim.study.plan.finals import FRESH, VERIFYING
from sim.study.plan.pairs import Pairs
from sim.study.plan.problem import Estimate, Problem, dominated_share, pareto
from sim.study.plan.robust import regret_of
from sim.study.plan.space import Mix, Setting, grid
from sim.study.reading import read_experiment

optuna = pytest.importorskip("optuna", reason="the extra plan is not installed")

EXPERIMENT = """
base = "small.toml"
goal = "profit"
guards = []
[plan]
trials = {trials}
[[plan.policies]]
use = "red_packet"
amount = [0, 500]
[[plan.policies]]
use = "paid_ads"
budget = [0, 100]
[[plan.policies]]
use = "daily_topic"
amount = [1, 3]
"""


@pytest.fixture
def read(tmp_path, community_text):
    longer = community_text.replace("days = 30", "days = 70")
    (tmp_path / "small.toml").write_text(longer)

    def experiment(text=EXPERIMENT, trials=200):
        path = tmp_path / "question.toml"
        path.write_text(text.replace("{trials}", str(trials)))
        return read_experiment(path)

    return experiment


class World:
    """In place of the simulator: profit is a known function of the mix, plus luck.

    Red packets are worth 1,000 less 0.02 (amount - 300)^2 and cost 20 yuan a yuan; advertising is
    worth -5 a yuan; topics are worth nothing and take time.
    """

    def __init__(self, *, luck=50.0):
        self.luck, self.calls = luck, []

    def gain(self, mix):
        entries = {} if mix is None else mix.entries
        packet = entries.get("red_packet")
        gain = 0.0 if packet is None else 1000 - 0.02 * (packet["amount"] - 300) ** 2
        return gain - 5 * entries.get("paid_ads", {}).get("budget", 0)

    def __call__(self, task, stopping=None):
        values = {}
        mix = task.mix
        entries = {} if mix is None else mix.entries
        spent = {
            "red_packet": 20 * entries.get("red_packet", {}).get("amount", 0),
            "paid_ads": 70 * entries.get("paid_ads", {}).get("budget", 0),
            "daily_topic": 0,
        }
        for number in task.replicates:
            self.calls.append((task.label, number))
            common = np.random.default_rng(number).normal(0, 500)
            own = np.random.default_rng([number, len(str(mix and mix.entries))]).normal()
            values[number] = {
                "profit": 5000 + common + self.gain(mix) + self.luck * own, "revenue": 9000.0,
                "cost": 1000.0 + sum(spent.values()), "active_30d": 20.0,
                "owner_minutes": 1000.0 + 500 * entries.get("daily_topic", {}).get("amount", 0),
            }  # fmt: skip
            if task.books:
                values[number] |= {f"spent:{name}": float(v) for name, v in spent.items()}
        return Measured(variant=task.label, replicate=task.replicates[0], values=values)


def test_the_planted_optimum_is_found(read):
    found = plan(read(), trials=240, jobs=1, pairs=100, sets=0, work=World())
    best = found.recommended
    assert set(best.policies) == {"red_packet"} or "paid_ads" not in best.policies
    assert 240 <= best.policies["red_packet"]["amount"] <= 360  # within 72 yuan of the best
    assert found.verified.delta == pytest.approx(1000, abs=90)
    assert found.spending["red_packet"] == 20 * best.policies["red_packet"]["amount"]


def test_a_budget_is_kept_and_used_up(read):
    # 20 yuan a yuan of packets: 4,000 yuan allow 200, where the gain still rises
    found = plan(read(), budget=4000, trials=240, jobs=1, pairs=60, sets=0, work=World())
    assert found.recommended.cost <= 4000
    assert found.recommended.policies["red_packet"]["amount"] == 200
    assert all(one.feasible or "budget" in one.broken for one in found.finalists)


def test_staff_time_is_kept(read):
    found = plan(read(), minutes=20, trials=200, jobs=1, pairs=60, sets=0, work=World())
    assert "daily_topic" not in found.recommended.policies  # 500 minutes in 10 weeks a time


def test_what_makes_no_difference_is_told_as_equal_and_the_easiest_is_named(read):
    found = plan(read(), trials=240, jobs=1, pairs=100, sets=0, work=World())
    easiest = found.finalists[found.easiest]
    assert "daily_topic" not in easiest.policies
    assert easiest.minutes == 0
    ties = [one for one in found.finalists if one.tied]
    assert easiest in ties


def test_doing_nothing_is_recommended_where_nothing_helps(read):
    class Useless(World):
        def gain(self, mix):
            return -100.0 * bool(mix and mix.entries)

    found = plan(read(), trials=60, jobs=1, pairs=40, sets=0, work=Useless())
    assert found.best is None
    assert found.recommended is None


def test_the_winner_is_judged_in_futures_that_chose_nothing(read):
    world = World()
    found = plan(read(), trials=60, jobs=1, pairs=40, sets=0, work=world)
    numbers = {number for _, number in world.calls}
    searched = {number for number in numbers if number < FRESH}
    assert searched <= set(range(36))
    assert set(range(FRESH, FRESH + 40)) <= numbers
    assert set(range(VERIFYING, VERIFYING + 40)) <= numbers
    assert found.verified.n == 40


def test_the_number_of_threads_does_not_change_the_result(read):
    one, two = (
        plan(read(), trials=80, jobs=jobs, pairs=20, sets=0, work=World()).table()
        for jobs in (1, 2)
    )
    assert one == two


def test_resuming_repeats_nothing_and_ends_alike(read, tmp_path):
    class Stops:
        """Ctrl-C after some futures, as the main thread gets it."""

        def __call__(self, stage, done, total, *, best=None):
            if done >= 60:
                raise KeyboardInterrupt

    whole = plan(read(), trials=80, jobs=1, pairs=20, sets=0, work=World())
    first = World()
    with pytest.raises(KeyboardInterrupt):
        plan(
            read(), trials=80, jobs=1, pairs=20, sets=0, work=first, out=tmp_path / "p",
            progress=Stops(),
        )  # fmt: skip
    assert not (tmp_path / "p" / "plan.json").exists()
    second = World()
    ended = plan(read(), trials=80, jobs=1, pairs=20, sets=0, work=second, out=tmp_path / "p")
    assert not set(first.calls) & set(second.calls)
    assert ended.table() == whole.table()
    third = World()
    again = plan(read(), trials=80, jobs=1, pairs=20, sets=0, work=third, out=tmp_path / "p")
    assert again.already
    assert third.calls == []
    assert json.dumps(again.table()) == json.dumps(whole.table())


def test_another_question_does_not_get_the_same_folder(read, tmp_path):
    plan(read(), trials=20, jobs=1, pairs=10, sets=0, work=World(), out=tmp_path / "p")
    with pytest.raises(UserError, match="taken"):
        plan(read(), trials=21, jobs=1, pairs=10, sets=0, work=World(), out=tmp_path / "p")


def test_several_objectives_give_a_front(read):
    text = EXPERIMENT.replace("[plan]", '[plan]\nobjectives = ["profit", "owner_minutes"]')
    found = plan(read(text), trials=120, jobs=1, pairs=40, sets=0, work=World())
    front = [one for one in found.finalists if one.front]
    for one in front:
        assert not any(
            other.goal.delta > one.goal.delta and other.minutes < one.minutes
            for other in found.finalists
            if other.feasible
        )


def test_margins_follow_the_planted_curve(read):
    found = plan(read(), trials=240, jobs=1, pairs=60, sets=0, work=World(luck=0.0))
    amount = found.recommended.policies["red_packet"]["amount"]
    assert amount == 300
    gains = {point.scale: point.gain for point in found.curves["red_packet"]}
    planted = {scale: 1000 - 0.02 * (300 * scale - 300) ** 2 for scale in (0.5, 1.0, 1.5, 2.0)}
    assert gains == pytest.approx({0.0: 0.0, **planted}, abs=1e-6)
    spends = {point.scale: point.spend for point in found.curves["red_packet"]}
    assert spends == pytest.approx({scale: 6000 * scale for scale in gains})
    # 10,000 yuan more make 800 of the 300: 0.02 x 500^2 less
    assert found.more.gain == pytest.approx(-5000)
    assert found.more.policy == "red_packet"


def test_regret_is_what_the_best_choice_would_have_brought_more():
    gains = np.array([[10.0, 4.0], [-6.0, 2.0], [-1.0, -3.0]])
    assert regret_of(gains) == [8.0, 6.0]


def test_the_front_and_shares_of_known_points():
    points = np.array([[1.0, 5.0], [2.0, 4.0], [1.0, 4.0], [3.0, 1.0], [3.0, 1.0]])
    assert pareto(points) == [0, 1, 3, 4]
    assert dominated_share(points[2:3], points) == [0.5]
    assert dominated_share(np.array([[2.0], [9.0]]), np.array([[1.0], [2.0], [9.0]])) == [0.5, 0]


def test_constraints_know_the_good_direction_and_lean_on_revenue_where_needed():
    problem = Problem(
        objectives=("active_30d",), days=70,
        constraints={"profit": 0.9, "exit_rate_30d": 0.9, "active_7d": 0.9},
    )  # fmt: skip
    base = {
        0: {"active_30d": 10.0, "profit": -100.0, "revenue": 1000.0, "exit_rate_30d": 0.10,
            "active_7d": 10.0, "cost": 0.0, "owner_minutes": 0.0}
    }  # fmt: skip
    mix = {0: base[0] | {"profit": -180.0, "exit_rate_30d": 0.12, "active_7d": 9.5}}
    excess = problem.estimate(Pairs(mix, base, [0])).excess
    assert excess["profit"] == pytest.approx(0.08 - 0.1)  # 80 of 1,000 yuan of revenue
    assert excess["exit_rate_30d"] == pytest.approx(0.2 - 0.1)  # a higher one is worse
    assert excess["active_7d"] == pytest.approx(0.05 - 0.1)


def test_an_undefined_objective_is_no_estimate():
    problem = Problem(objectives=("profit",), days=70)
    base = {n: {"profit": 1.0, "cost": 0.0, "owner_minutes": 0.0} for n in range(4)}
    mix = {n: base[n] | {"profit": None if n < 2 else 3.0} for n in range(4)}
    assert problem.estimate(Pairs(mix, base, range(4))) is None
    assert problem.estimate(Pairs(mix, base, range(2, 4))).gains == (2.0,)


@pytest.mark.parametrize(
    ("low", "high", "whole", "expected"),
    [(3, 5, True, (3, 4, 5)), (0, 24, True, tuple(range(25))), (0.0, 0.5, False, 0.02)],
)
def test_values_are_round_and_hold_both_ends(low, high, whole, expected):
    values = grid(low, high, whole=whole)
    assert (values[0], values[-1]) == (low, high)
    if isinstance(expected, tuple):
        assert values == expected
        assert all(isinstance(value, int) for value in values)
    else:
        assert np.diff(values) == pytest.approx(expected)
    assert 1.7 in grid(0.0, 3.0, whole=False, keep=(1.7,))


def test_a_point_and_its_mix_are_the_same(read):
    _, asked, _ = prepare(read())
    space = asked.space
    rng = np.random.default_rng(1)
    for _ in range(30):
        place = {name: int(rng.integers(size)) for name, size in space.sizes().items()}
        mix = space.mix(place)
        assert space.mix(space.place(mix)) == mix
        for name in mix.entries:
            policy = policy_class(space.candidate(name).use)
            entry = {k: v for k, v in mix.entries[name].items() if k != "use"}
            assert not policy.model_validate(entry).is_off


def test_without_a_table_everything_written_is_a_candidate(read):
    text = """
base = "small.toml"
[[policies]]
use = "daily_topic"
amount = 2
[[variants]]
name = "packets"
[[variants.policies]]
use = "red_packet"
amount = 200
every = 7
"""
    experiment = read(text)
    _, asked, _ = prepare(experiment)
    one, other = asked.space.candidates
    assert (one.name, other.name) == ("daily_topic", "red_packet")
    amounts = other.settings[0].values
    assert (amounts[0] > 0, 200.0 in amounts, amounts[-1]) == (True, True, 400.0)
    assert other.fixed == {"every": 7}
    now, packets = asked.space.starts[:2]
    assert asked.space.variant(asked.space.mix(asked.space.place(now))) == experiment.base
    assert asked.space.variant(packets) == experiment.variants[1]


MISTAKES = [
    ("amount = [500, 0]", "contradiction", "plan_bounds", 9),
    ("amount = [0, 1e9]", "out_of_range", "limits", 9),
    ('amount = [0, "x"]', "wrong_form", "plan_bounds", 9),
    ("amount = [7]", "wrong_form", "plan_bounds", 9),
    ("amout = [0, 1]", "unknown_key", "experiment", 9),
    ("amount = 5\nstart = 900", "never_happens", "start", 10),
    ("amount = -5", "out_of_range", "limits", 9),
]


@pytest.mark.parametrize(("line", "kind", "reason", "number"), MISTAKES)
def test_mistakes_are_told_at_their_line(read, line, kind, reason, number):
    text = EXPERIMENT.replace("amount = [0, 500]", line)
    with pytest.raises(UserError) as caught:
        prepare(read(text))
    error = caught.value.errors[0] if isinstance(caught.value, UserErrors) else caught.value
    assert (error.kind, error.reason, error.values["line"]) == (kind, reason, number)


def test_unknown_policies_goals_and_limits_are_refused(read):
    with pytest.raises(UserError, match="not_found"):
        prepare(read(EXPERIMENT.replace("paid_ads", "paid_adds")))
    for name in ("members", "interaction_rate", "peak_at_edge"):  # no better, by arithmetic
        with pytest.raises(UserError, match="contradiction") as caught:
            prepare(read(EXPERIMENT.replace("[plan]", f'[plan]\nobjectives = ["{name}"]')))
        assert caught.value.values["line"] == 6
    with pytest.raises(UserError, match="out_of_range"):
        prepare(read(), budget=-1)
    with pytest.raises(UserError, match="out_of_range"):
        prepare(read(), minutes=99_999)
    with pytest.raises(UserError, match="not_found/candidates"):
        prepare(read('base = "small.toml"\ngoal = "profit"\n'))


def test_a_plan_is_read_back_as_it_was_written(read):
    found = plan(read(), trials=40, jobs=1, pairs=20, sets=0, work=World())
    again = planned_of(json.loads(json.dumps(found.table())))
    assert json.dumps(again.table()) == json.dumps(found.table())
    assert isinstance(again.verified, Difference)
    with pytest.raises(UserError, match="newer_schema"):
        planned_of({"schema": 99})
    with pytest.raises(UserError, match="damaged"):
        planned_of({"schema": 1})


def test_mixes_that_fail_are_left_out(read):
    class Fragile(World):
        def __call__(self, task, stopping=None):
            if task.mix is not None and "paid_ads" in task.mix.entries:
                return Measured(
                    variant=task.label, replicate=task.replicates[0], values={}, error="broke"
                )
            return super().__call__(task)

    found = plan(read(), trials=60, jobs=1, pairs=20, sets=0, work=Fragile())
    assert found.error == "broke"
    assert all("paid_ads" not in one.policies for one in found.finalists)


def test_torn_lines_of_the_journal_are_passed_over(read, tmp_path):
    _, asked, problem = prepare(read())
    journal = tmp_path / "journal.jsonl"
    world = World()
    bench = Bench(asked.space, seed=0, keys=problem.keys, journal=journal, work=world)
    bench.measured([(None, range(3)), (Mix({}), range(3))])
    text = journal.read_bytes()
    journal.write_bytes(text[: len(text) - 20])
    again = Bench(asked.space, seed=0, keys=problem.keys, journal=journal, work=World())
    known = [again.values(None), again.values(Mix({}))]
    assert sorted(map(len, known)) == [0, 3]
    again.measured([(None, range(3)), (Mix({}), range(3))])
    assert again.values(None) == bench.values(None)


def test_an_estimate_knows_whether_it_holds_everything():
    one = Estimate(n=4, gains=(1.0,), errors=(0.1,), cost=1.0, minutes=0.0, excess={"budget": -0.1})
    assert one.feasible
    assert not replace(one, excess={"budget": 0.2}).feasible
    assert Setting(name="amount", values=(1.0, 2.0), switches=True).spends
    assert not Setting(name="price", values=(1.0, 2.0), switches=True).spends


def test_the_extra_is_named_where_it_is_missing(read, monkeypatch, tmp_path):
    import builtins

    real = builtins.__import__

    def refuse(name, *rest):
        if name.partition(".")[0] == "optuna":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UserError, match="missing_extra") as caught:
        plan(read(), trials=20, jobs=1, work=World(), out=tmp_path / "p")
    assert caught.value.values["extra"] == "plan"
    assert not (tmp_path / "p").exists()


def test_ctrl_c_while_simulating_keeps_what_was_finished(read, tmp_path, monkeypatch):
    import signal

    class Interrupting(World):
        told = False

        def __call__(self, task, stopping=None):
            if len(self.calls) > 150 and not self.told:
                self.told = True
                os.kill(os.getpid(), signal.SIGINT)
            return super().__call__(task)

    found = plan(
        read(), trials=200, jobs=1, pairs=20, sets=0, work=Interrupting(), out=tmp_path / "p"
    )
    assert found.interrupted
    assert (tmp_path / "p" / "journal.jsonl").stat().st_size > 0
    assert not (tmp_path / "p" / "plan.json").exists()
