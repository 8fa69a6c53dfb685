"""Comparisons: A/A, common luck, payback by hand, stopping, folders that resume."""

import json

import numpy as np
import pytest

from sim.errors import UserError
from sim.metrics import NEVER
from sim.metrics.money import payback
from sim.study import study as studying
from sim.study.comparison import FILE, compare, load_comparison
from sim.study.experiment import Experiment, Spec, Stop, build_variant, from_scenarios
from sim.study.paired import compare_pairs, mean_interval
from sim.study.returns import payback_of, return_on_spend, takings_per_yuan
from sim.study.trace import TRACED, Trace
from sim.study.variant import Variant

PACKETS = {"use": "red_packet", "amount": 30, "every": 5}


def experiment(scenario, *policies, **options):
    specs = [Spec(name="base")]
    specs += [
        Spec(name=f"v{k}", policies=(one,) if one else ()) for k, one in enumerate(policies, 1)
    ]
    variants = tuple(build_variant(spec, scenario)[0] for spec in specs)
    return Experiment(name="trial", variants=variants, specs=tuple(specs), **options)


@pytest.fixture(scope="module")
def paid(scenario):
    """Thirty people who pay for a course now and then."""
    return scenario.replace({"policies": [{"use": "paid_course", "every": 5, "price": 20}]})


def test_a_variant_that_changes_nothing_differs_in_nothing(paid):
    found = compare(experiment(paid, None, PACKETS), replicates=12, seed=3)
    for kpi, one in found.differences["v1"].items():
        if one.delta is None:
            assert one.why, kpi
            continue
        assert (one.delta, one.lo, one.hi, one.d05, one.d95) == (0, 0, 0, 0, 0), kpi
        assert one.variance_reduction is None
        assert one.p_better == 0.5
    assert found.differences["v2"]["cost"].delta > 0
    assert found.payback["v1"].p50 == 0.0
    assert found.return_on_spend["v1"].why == "undefined"  # nothing was spent: never infinity
    assert found.roas["v1"].table() == {
        "p05": None, "p50": None, "p95": None, "n": 0, "why": "undefined",
    }  # fmt: skip


def test_a_known_cost_is_found_exactly(scenario):
    # what a policy spends by plan is the same in every future: 30 days of 7 yuan
    planned = {"use": "value_content"}
    dear = scenario.replace({"policies": [planned]})
    found = compare(experiment(dear, PACKETS), replicates=10, seed=1)
    cost, profit = (found.differences["v1"][kpi] for kpi in ("cost", "profit"))
    assert cost.delta == pytest.approx(-profit.delta)
    assert cost.lo <= cost.delta <= cost.hi


def test_differences_are_those_of_pairs_of_runs(paid):
    found = compare(experiment(paid, PACKETS), replicates=12, seed=3)
    base, variant = found.runs.kpis("base"), found.runs.kpis("v1")
    by_hand = np.array([variant[n]["messages"] - base[n]["messages"] for n in range(12)])
    one = found.differences["v1"]["messages"]
    assert one.delta == pytest.approx(by_hand.mean())
    assert (one.lo, one.hi) == pytest.approx(mean_interval(by_hand))
    assert one.n == found.pairs == 12
    assert one.variance_reduction > 1.5
    assert one.p_holm is None
    assert found.differences["v1"]["profit"].p_holm is not None
    assert found.summary["v1"]["messages"]["n"] == 12


def test_independent_luck_covers_nothing_as_often_as_it_says(paid):
    # two arms of one community whose futures are not the same: their true difference is 0
    found = compare(experiment(paid), replicates=300, seed=8)
    values = np.array([run["messages"] for run in found.runs.kpis("base").values()], float)
    rng, hits, trials = np.random.default_rng(2), 0, 1000
    for _ in range(trials):
        rows = rng.permutation(len(values))[:80]
        one = compare_pairs(values[rows[:40]], values[rows[40:]], direction=1)
        hits += one.lo <= 0 <= one.hi
    assert 0.93 <= hits / trials <= 0.97


def trace(revenue, cost):
    counts = np.zeros((len(TRACED), len(revenue), 1), np.int64)
    counts[TRACED.index("revenue"), :, 0] = revenue
    counts[TRACED.index("cost"), :, 0] = cost
    from sim.record import ACCOUNTS

    booked = np.zeros((1, len(ACCOUNTS)), np.int64)
    booked[0, ACCOUNTS.index("packet")] = sum(cost)
    weekly = np.zeros((0, 1, 3), np.int64)
    return Trace(len(revenue), counts, weekly, ("scenario",), booked)


def test_payback_is_a_distribution_with_never():
    nothing = trace([0, 0, 0, 0], [0, 0, 0, 0])
    pays = trace([0, 0, 30_000, 0], [20_000, 0, 0, 0])  # -200, -200, +100, +100
    fails = trace([0, 0, 0, 0], [20_000, 0, 0, 0])
    found = payback_of([(nothing, pays)] * 3 + [(nothing, fails)])
    assert (found.p05, found.p50, found.p95, found.never) == (2.0, 2.0, None, 0.25)
    assert payback([-200, 0, 300, 0]) == 2.0
    assert payback([-200, 0, 0, 0]) == NEVER


def test_returns_are_ratios_inside_each_future():
    nothing = trace([10_000] * 4, [50_000, 0, 0, 0])
    more = trace([10_000, 80_000, 10_000, 10_000], [50_000, 40_000, 0, 0])
    found = return_on_spend([(nothing, more)] * 5)
    assert found.p50 == pytest.approx((70_000 - 40_000) / 40_000)
    assert takings_per_yuan([(nothing, more)] * 5).p50 == pytest.approx(70_000 / 40_000)
    hardly = trace([10_000] * 4, [50_400, 0, 0, 0])  # under a hundred yuan more
    assert return_on_spend([(nothing, hardly)] * 5).why == "undefined"


def test_it_stops_when_it_is_precise_enough(paid):
    loose = experiment(paid, PACKETS, stop=Stop(kpi="messages", half_width=0.5, max_replicates=500))
    found = compare(loose, seed=2)
    assert (found.pairs, found.reason) == (60, "precise")
    assert found.reached.share <= 0.5
    strict = experiment(
        paid, PACKETS, stop=Stop(kpi="messages", half_width=1e-4, max_replicates=90)
    )
    found = compare(strict, seed=2)
    assert (found.pairs, found.reason) == (90, "maximum")
    known = found.differences["v1"]["messages"]
    mean = np.mean([run["messages"] for run in found.runs.kpis("base").values()])
    assert found.reached.share == pytest.approx((known.hi - known.lo) / 2 / mean)


def content(folder):
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
    journal = files.pop(next(path for path in files if path.name == "journal.jsonl"))
    return files | {"journal": sorted(journal.splitlines())}


def interrupting(after):
    def progress(done, *, failed=0, total=0, reached=None):
        if done >= after:
            raise KeyboardInterrupt

    return progress


def test_an_interrupted_comparison_resumes(paid, tmp_path):
    trial = experiment(paid, PACKETS, stop=Stop(kpi="messages", half_width=0.015))
    whole = compare(trial, seed=5, out=tmp_path / "whole")
    assert whole.pairs > 60  # more than the first look
    for after in (50, 130):
        stopped = compare(trial, seed=5, out=tmp_path / "parts", progress=interrupting(after))
        assert stopped.interrupted
        assert not (tmp_path / "parts" / FILE).exists()
    resumed = compare(trial, seed=5, out=tmp_path / "parts")
    assert resumed.runs.simulated <= 2 * whole.pairs - 130
    assert content(tmp_path / "parts") == content(tmp_path / "whole")
    journal = (tmp_path / "parts" / "journal.jsonl").read_text("ascii").splitlines()
    lines = [json.loads(line) for line in journal]
    places = [(line["variant"], line["replicate"]) for line in lines]
    assert len(set(places)) == len(places) == 2 * whole.pairs


def test_a_finished_comparison_is_shown_again(paid, tmp_path, monkeypatch):
    first = compare(experiment(paid, PACKETS), replicates=10, seed=1, out=tmp_path / "a")
    monkeypatch.setattr(studying, "run_ensemble", None)
    again = compare(experiment(paid, PACKETS), replicates=10, seed=1, out=tmp_path / "a")
    assert again.already
    assert again.table() == first.table() == load_comparison(tmp_path / "a").table()
    written = json.loads((tmp_path / "a" / FILE).read_text("utf-8"))
    assert written == first.table()
    assert {"delta", "lo", "hi", "p_better", "n", "variance_reduction"} <= set(
        written["variants"]["v1"]["profit"]
    )


def test_another_experiment_does_not_take_the_folder(paid, tmp_path):
    compare(experiment(paid, PACKETS), replicates=2, seed=1, out=tmp_path / "a")
    with pytest.raises(UserError) as caught:
        compare(experiment(paid, {"use": "ritual"}), replicates=2, seed=1, out=tmp_path / "a")
    assert (caught.value.kind, caught.value.reason) == ("taken", "folder")


def test_whole_communities_are_compared_by_their_names(scenario, paid):
    found = from_scenarios([(scenario, None), (paid, None)], names=["paid"], name="two")
    assert [one.name for one in found.variants] == ["base", "paid"]
    longer = paid.replace({"days": 31})
    with pytest.raises(UserError) as caught:
        from_scenarios([(scenario, None), (longer, None)], names=["longer"], name="two")
    assert (caught.value.kind, caught.value.reason) == ("contradiction", "horizons")


def test_equal_scenarios_are_equal_variants(scenario, paid):
    assert Variant(scenario=scenario) == Variant(scenario=scenario.replace({}), name="other")
    assert Variant(scenario=scenario) != Variant(scenario=paid)


def test_a_preset_that_plans_beyond_the_horizon_is_read_back(tmp_path):
    path = tmp_path / "short.toml"
    path.write_text('base = "knowledge"\ndays = 10\n[[variants]]\nname = "same"\n', "utf-8")
    found = compare(path, replicates=2, out=tmp_path / "result")
    later = {one.values["policy"] for one in found.experiment.cautions["base"]}
    assert "guest_visit" in later  # it comes on day 45
    assert "guest_visit" not in {one["use"] for one in found.experiment.base.scenario.policies}
    assert load_comparison(tmp_path / "result").pairs == 2
