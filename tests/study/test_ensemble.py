"""Ensembles: any order, any executor, failures as rows, interruptions without loss."""

import signal
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait

import numpy as np
import pytest

from sim.errors import UserError
from sim.metrics import run_kpis
from sim.policies.planning import plan_levers
from sim.simulation import Run
from sim.study import ensemble, simulate
from sim.study.ensemble import run_ensemble
from sim.study.simulate import Task
from sim.study.variant import Variant
from sim.study.workers import workers


def tasks_of(scenario, *, replicates=range(6), seed=5):
    variant = Variant(scenario=scenario)
    return [Task(variant=variant, seed=seed, replicate=number) for number in replicates]


def runs(scenario, *, replicates=range(6), jobs=2, executor=None, **options):
    crew = workers(jobs=jobs, executor=executor)
    return run_ensemble(tasks_of(scenario, replicates=replicates), crew=crew, **options)


def numbers(result):
    return [one.replicate for one in result.finished]


class Backwards(Executor):
    """Computes in reverse order of submission, when the first result is waited for."""

    def __init__(self):
        self.waiting = []

    def submit(self, fn, /, *args):
        future = Future()
        self.waiting.append((future, fn, args))
        if len(self.waiting) == 6:
            for late, what, these in reversed(self.waiting):
                late.set_result(what(*these))
        return future


def test_a_run_is_the_engine_s(scenario):
    result = runs(scenario, replicates=[4])
    run = Run.start(scenario, seed=5, replicate=4, levers=plan_levers(scenario))
    run.advance()
    assert np.array_equal(result.finished[0].record.daily, run.record().daily)
    assert result.finished[0].kpis == run_kpis(run.record())


@pytest.mark.parametrize("executor", [None, Backwards, lambda: ThreadPoolExecutor(3)])
def test_results_do_not_depend_on_who_computes_them(scenario, executor):
    one = runs(scenario, jobs=1)
    other = runs(scenario, jobs=2, executor=executor and executor())
    assert numbers(one) == numbers(other) == list(range(6))
    for a, b in zip(one.finished, other.finished, strict=True):
        assert a.kpis == b.kpis
        assert np.array_equal(a.record.daily, b.record.daily)
        assert np.array_equal(a.record.members.id, b.record.members.id)


def test_replicates_differ_and_repeat(scenario):
    first, again = runs(scenario), runs(scenario, replicates=[3, 1])
    assert numbers(again) == [3, 1]
    assert again.finished[1].kpis == first.finished[1].kpis
    assert first.finished[0].kpis != first.finished[1].kpis


def test_measuring_follows_the_scenario(scenario):
    dear = scenario.replace({"owner.hour_value": 1000.0, "policies": [{"use": "value_content"}]})
    one = runs(dear, replicates=[0]).finished[0].kpis
    minutes = 30 * dear.minutes.content
    assert one["profit"] - one["profit_after_time"] == pytest.approx(minutes / 60 * 1000)


def broken(task, *_):
    if task.replicate % 2:
        raise MemoryError("of no\ninterest")
    return simulate.simulate(task)


def test_a_failed_run_is_a_row(scenario, monkeypatch):
    monkeypatch.setattr(ensemble, "simulate", broken)
    told = []
    result = runs(scenario, jobs=2, progress=lambda done, failed=0: told.append((done, failed)))
    assert numbers(result) == [0, 2, 4]
    assert [(one.replicate, one.error) for one in result.failures] == [
        (n, "MemoryError: of no") for n in (1, 3, 5)
    ]
    assert told[-1] == (6, 3)
    assert not result.interrupted


def test_interrupting_keeps_what_is_finished(scenario):
    def interrupt(done, failed=0):
        if done >= 2:
            raise KeyboardInterrupt

    result = runs(scenario, replicates=range(200), jobs=1, progress=interrupt)
    assert result.interrupted
    assert 2 <= len(result.finished) < 200
    assert not result.failures


def test_ctrl_c_does_not_come_between_the_locks_of_futures(scenario, monkeypatch):
    waited = []

    def interrupted(futures, **options):
        signal.raise_signal(signal.SIGINT)
        found = wait(futures, **options)
        waited.append(len(futures))
        return found

    monkeypatch.setattr(ensemble, "wait", interrupted)
    before = signal.getsignal(signal.SIGINT)
    result = runs(scenario, replicates=range(200), jobs=1)
    assert result.interrupted
    assert len(waited) == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_runs_stop_when_asked(scenario):
    (task,) = tasks_of(scenario, replicates=[0])
    with pytest.raises(simulate.Stopped):
        simulate.simulate(task, lambda: True)


def test_what_cannot_be_kept_ends_it(scenario):
    def full(_):
        raise UserError("no_space", "disk_full", file="x")

    with pytest.raises(UserError, match="no_space"):
        runs(scenario, keep=full)
