"""Going on from a saved community: the past stays, the record begins today, luck differs."""

import numpy as np
import pytest

from sim import checkpoint
from sim.errors import UserError
from sim.metrics import broken_identities
from sim.parameters import table
from sim.policies.planning import plan_levers
from sim.simulation import Run
from sim.study.beginning import Saved
from sim.study.comparison import compare
from sim.study.experiment import Experiment, Spec, build_variant
from sim.study.explain import assumptions, explain, ranges
from sim.study.life import life_of
from sim.study.variant import Variant

TODAY, AHEAD = 40, 30
OWN = [{"use": "paid_course", "every": 5, "price": 20}, {"use": "red_packet", "every": 7}]


@pytest.fixture(scope="module")
def lived(scenario):
    """A community on its fortieth morning."""
    community = scenario.replace({"days": TODAY, "policies": OWN})
    run = Run.start(community, seed=9, levers=plan_levers(community))
    run.advance()
    return run


@pytest.fixture(scope="module")
def saved(lived, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "today.qunsim"
    checkpoint.save(lived, path)
    return Saved.read(path)


def futures(saved, *policies, count=3, seed=1):
    scenario = saved.scenario(days=AHEAD)
    entries = [*scenario.policies, *(saved.dated(one) for one in policies)]
    variant = Variant(scenario=scenario.replace({"policies": entries}), begins=saved)
    for replicate in range(count):
        run = variant.start(seed=seed, replicate=replicate)
        run.advance()
        yield run


def test_the_record_begins_today(lived, saved):
    before = lived.record()
    present = int((before.members.left < 0).sum())
    assert Variant(scenario=saved.scenario(days=AHEAD), begins=saved).members == present
    for run in futures(saved):
        record = run.record()
        assert record.days == len(record.daily) == AHEAD
        assert record.initial_members == present
        flows = record.total("joins") - record.total("leaves") - record.total("pruned")
        assert record.total("members").tolist() == (present + np.cumsum(flows)).tolist()
        assert record.total("messages").sum() == record.members.messages.sum()
        assert record.members.joined.min() == -1
        assert record.members.left.max() < AHEAD
        assert record.ledger_policy.sum(axis=0).tolist() == record.ledger.sum(axis=0).tolist()
        assert not broken_identities(record)


def test_the_past_is_the_same_in_every_future(lived, saved):
    for run in futures(saved):
        assert np.array_equal(run.books.daily[:TODAY], lived.books.daily)
        week = TODAY // 7 + 1
        assert np.array_equal(run.drivers.common[:week], lived.drivers.common[:week])


def test_futures_differ_and_repeat(saved):
    talk = [run.record().total("messages").tolist() for run in futures(saved)]
    assert talk[0] != talk[1] != talk[2]
    assert [run.record().total("messages").tolist() for run in futures(saved)] == talk


def test_policies_count_from_today(saved):
    packet = {"use": "red_packet", "start": 10, "amount": 500}
    plain, after = (next(futures(saved, *more)).record() for more in ((), (packet,)))
    assert np.array_equal(plain.daily[:10], after.daily[:10])
    assert after.total("cost")[10] > plain.total("cost")[10]
    assert after.policies[: len(plain.policies)] == plain.policies


def test_the_shock_goes_on_from_where_it_was(lived, saved):
    # the walk of the community's shock has no jump: its steps are as large as within one run
    week = TODAY // 7
    steps = [
        abs(run.drivers.common[week + 1] - run.drivers.common[week])
        for run in futures(saved, count=40)
    ]
    shock = lived.scenario.shock
    step = shock.walk * shock.volatility / np.sqrt(13.0)
    expected = np.sqrt(step**2 + 2 * shock.weekly_noise**2)
    assert np.sqrt(np.mean(np.square(steps))) < 2.5 * expected + 1e-9


def test_a_value_of_newcomers_counts_newcomers_only(saved):
    for run in futures(saved):
        record = run.record()
        came = record.members.joined >= 0
        assert (record.tenure_contribution == 0).all() or came.any()


def test_other_groups_or_another_file_are_refused(saved, scenario, tmp_path):
    several = saved.scenario(days=AHEAD).replace({"groups.number": 2})
    with pytest.raises(UserError) as caught:
        Variant(scenario=several, begins=saved).start(seed=1, replicate=0)
    assert caught.value.reason == "saved_groups"
    changed = Saved(saved.path, "0" * 64)
    with pytest.raises(UserError) as caught:
        changed.scenario(days=3)
    assert (caught.value.kind, caught.value.reason) == ("damaged", "changed")


def test_a_life_is_watched_from_the_saved_day_on(saved):
    scenario = saved.scenario(days=AHEAD)
    variant = Variant(scenario=scenario, begins=saved)
    record = next(futures(saved, count=1)).record()
    members = record.members
    gone, came = np.flatnonzero(members.left >= 0), np.flatnonzero(members.joined >= 0)
    for member in {0, 5, *gone[:3].tolist(), *came[:3].tolist()}:
        life = life_of(variant.start(seed=1, replicate=0), member, record=record)
        assert life.id == members.id[member]
        assert life.horizon == AHEAD
        assert life.first == max(members.joined[member], 0)
        assert life.days["messages"].sum() == members.messages[member]
        left = members.left[member]
        assert life.ending.day == (left if left >= 0 else AHEAD - 1)
        assert all(0 <= event.day < AHEAD for event in life.events)
    alone = life_of(variant.start(seed=1, replicate=0), int(gone[0]))
    assert alone.id == members.id[gone[0]]


def test_a_comparison_from_a_saved_day_can_be_explained(saved, tmp_path, monkeypatch):
    some = tuple(row for row in table() if row.path in ("tie.gain", "buy.member_rate"))
    monkeypatch.setattr(assumptions, "FUTURES_OF_END", 3)
    monkeypatch.setattr(assumptions, "_ROUNDS", ((1, 2),))
    monkeypatch.setattr(ranges, "table", lambda: some)
    packet = {"use": "red_packet", "start": 3, "every": 5, "amount": 500}
    start = saved.scenario(days=AHEAD)
    specs = (
        Spec(name="base"),
        Spec(name="v", policies=(packet, {"use": "daily_topic"}), without=("paid_course",)),
    )
    variants = tuple(build_variant(spec, start, begins=saved)[0] for spec in specs)
    asked = Experiment(name="x", variants=variants, specs=specs, replicates=10)
    folder = tmp_path / "x"
    delta = compare(asked, out=folder).differences["v"]["profit"].delta
    found = explain(folder, sets=2)
    assert found.total == pytest.approx(delta, abs=0.006)
    assert [one.kind for one in found.players] == ["policy", "policy", "without"]
    assert sum(round(100 * one.value) for one in found.players) == round(100 * found.total)
