"""The model as Mesa sees it: steps, data, seeds, arguments."""

import copy
import gc
import inspect
import math
import pickle
import sys
import warnings
import weakref

import mesa
import numpy as np
import pytest

from sim.errors import UserError
from sim.metrics import daily_columns
from sim.model import REPORTED, CommunityModel
from sim.scenario import Scenario
from sim.simulation import Run

PACKETS = "red_packet:amount=80,every=3"


def make(scenario="knowledge", **given):
    given = {"days": 20, "seed": 5, "members__initial": 60} | given
    return CommunityModel(scenario, **given)


def test_a_step_is_a_day_of_the_engine(begin, small, same):
    model = CommunityModel(small, seed=5, policies=PACKETS)
    while model.running:
        model.step()
    run = begin(PACKETS)
    run.advance()
    same(model.record(), run.record())
    same(model.engine, run)
    assert (model.steps, model.day) == (40, 40)


def test_the_data_collector_holds_the_days():
    model = make(policies=PACKETS)
    for _ in range(20):
        model.step()
    kept = model.datacollector.model_vars
    days = daily_columns(model.record())
    assert tuple(kept) == REPORTED
    for name, values in kept.items():
        assert len(values) == 21
        assert {type(value) for value in values} <= {int, float}
        if name in days:
            assert values[1:] == days[name].tolist()
    assert kept["members"][0] == 60
    assert math.isnan(kept["open_rate"][0])
    assert kept["profit_so_far"][-1] == pytest.approx(days["profit"].sum())


def test_rates_leave_staff_out(neutral):
    run = neutral({"members.administrators": 3, "members.guests": 2})
    model = CommunityModel.of(run)
    model.step()
    counts = run.record()
    present = 60 + counts.total("joins")[0] - 6  # owner, administrators and guests
    assert model.open_rate == counts.total("member_openers")[0] / present
    assert model.interaction_rate == counts.total("member_speakers")[0] / present


def test_the_end_is_the_end():
    model = make(days=2)
    model.step()
    assert model.running
    model.step()
    assert not model.running
    with pytest.raises(RuntimeError, match="all 2 days"):
        model.step()


def test_run_model_and_subclasses():
    class Watched(CommunityModel):
        def step(self):
            super().step()
            self.seen = [*getattr(self, "seen", []), self.messages]

    model = Watched("knowledge", days=15, seed=5, members__initial=60)
    model.run_model()
    assert model.seen == model.datacollector.model_vars["messages"][1:]
    assert len(model.seen) == 15
    fork = Watched.of(model.engine)  # past days are not acted on again
    assert not hasattr(fork, "seen")


def test_mesa_is_given_no_deprecated_seed():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(seed=7)
        make(seed=None, rng=7)
    kinds = {p.kind for p in inspect.signature(CommunityModel).parameters.values()}
    assert inspect.Parameter.VAR_POSITIONAL not in kinds


def test_seeds():
    first = make(seed=7)
    assert first.random.random() == make(seed=None, rng=np.int64(7)).random.random()
    assert first.rng.random() != make(seed=7, replicate=1).rng.random()
    assert make(seed=None).engine.seed != make(seed=None).engine.seed
    generated = make(seed=None, rng=np.random.default_rng(3)).engine.seed
    assert generated == make(seed=None, rng=np.random.default_rng(3)).engine.seed
    with pytest.raises(ValueError, match="not both"):
        make(seed=1, rng=1)
    for wrong in (-1, 2**63, 0.5):
        with pytest.raises(ValueError, match="seed"):
            make(seed=wrong)
    with pytest.raises(ValueError, match="replicate"):
        make(replicate=-1)


def test_replicates_are_those_of_the_engine(small, same):
    model = CommunityModel(small, seed=5, replicate=3)
    same(model.engine, Run.start(small, seed=5, replicate=3, levers=model.engine.levers))


def test_arguments_reach_the_scenario():
    model = make(member__activity_sigma=np.float64(2.1), members__initial=np.int64(70), title="X")
    assert model.configuration.member.activity_sigma == 2.1
    assert model.members == 70
    assert model.configuration.title == "X"
    assert model.configuration.days == model.engine.days == 20
    assert "red_packet" in make(policies=f"{PACKETS}; value_content").engine.levers.policies


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"scenario": "knowlege"}, "not_found"),
        ({"member__activity_sigmo": 2.1}, "unknown_key"),
        ({"days": 0}, "out_of_range"),
        ({"policies": "red_pocket"}, "not_found"),
    ],
)
def test_mistakes_are_told(given, kind):
    with pytest.raises(UserError) as caught:
        make(**given)
    assert caught.value.kind == kind


def test_a_model_without_agents_asked_for_has_none():
    model = make()
    model.step()
    assert len(model._all_agents) == 0
    assert len(model.agents) == model.members


@pytest.mark.parametrize("asked", [False, True])
def test_copies_go_on_alike_and_apart(asked, same):
    model = make(policies=PACKETS)
    for _ in range(5):
        model.step()
    if asked:
        assert len(model.agents) == model.members
    twin, sent = copy.deepcopy(model), pickle.loads(pickle.dumps(model))  # noqa: S301
    for other in (model, twin, sent):
        while other.running:
            other.step()
    same(model.record(), twin.record())
    same(model.record(), sent.record())
    assert sent.datacollector.model_vars["messages"] == model.datacollector.model_vars["messages"]
    next(iter(twin.agents)).engagement = 0.125
    assert next(iter(model.agents)).engagement != 0.125
    assert next(iter(sent.agents)).model is sent
    assert len(sent.agents) == sent.members


def test_save_and_load(tmp_path, same):
    model = make(policies=PACKETS)
    for _ in range(8):
        model.step()
    next(iter(model.agents)).trust = 0.25
    model.save(tmp_path / "day8")
    loaded = CommunityModel.load(tmp_path / "day8")
    assert (loaded.steps, loaded.day, loaded.running) == (8, 8, True)
    while model.running:
        model.step()
        loaded.step()
    same(model.record(), loaded.record())
    left, right = model.datacollector, loaded.datacollector
    assert left.get_model_vars_dataframe().equals(right.get_model_vars_dataframe())


def test_fork_changes_the_future_only():
    model = make("knowledge")
    for _ in range(7):
        model.step()
    fork = model.fork(policies="red_packet:amount=500,every=1", member__trust_start=0.75)
    plain = model.fork()
    for one in (model, fork, plain):
        while one.running:
            one.step()
    past, own = fork.datacollector.model_vars, model.datacollector.model_vars
    assert past["messages"][:8] == own["messages"][:8]
    assert past["cost"][8:] != own["cost"][8:]
    assert fork.configuration.member.trust_start == 0.75
    assert plain.datacollector.model_vars["messages"] == own["messages"]


def batch(**given):
    parameters = {
        "scenario": "knowledge", "days": 12, "members__initial": [60, 80], "replicate": range(2),
        "seed": 5, "policies": PACKETS,
    }  # fmt: skip
    if "rng" in inspect.signature(mesa.batch_run).parameters:  # Mesa 3.5 passes the seed itself
        del parameters["seed"]
        given["rng"] = 5
    return mesa.batch_run(CommunityModel, parameters, max_steps=10, display_progress=False, **given)


def test_batch_run_with_one_process_and_two():
    rows = batch(number_processes=1, data_collection_period=1)
    last = {(row["members__initial"], row["replicate"]): row for row in rows if row["Step"] == 10}
    assert len(last) == 4
    for (initial, replicate), row in last.items():
        run = make(policies=PACKETS, members__initial=initial, replicate=replicate, days=12)
        run.engine.advance(10)
        assert row["messages"] == run.record().total("messages")[-1]
        assert row["members"] == run.record().total("members")[-1]

    def key(row):
        return row["members__initial"], row["replicate"], row["Step"]

    two = batch(number_processes=2, data_collection_period=1)
    measured = [{name: row[name] for name in REPORTED} for row in sorted(rows, key=key)]
    assert repr(measured) == repr(
        [{name: row[name] for name in REPORTED} for row in sorted(two, key=key)]
    )


def test_models_are_freed():
    model = make()
    assert len(model.agents) == 60
    model.step()
    watched = weakref.ref(model)
    del model
    gc.collect()
    assert watched() is None


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in KiB on Linux only")
def test_many_models_do_not_fill_memory():
    import resource

    scenario = Scenario.preset("knowledge").replace({"members.initial": 30, "days": 4})

    def live(number):
        for seed in range(number):
            model = CommunityModel(scenario, seed=seed)
            len(model.agents)
            model.step()
        del model
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    warm = live(60)
    assert live(240) - warm < 8 * 1024  # KiB at the peak; one model has 200
