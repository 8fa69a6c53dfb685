"""Layer 1: probes hold, and what breaks a rule is found."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.draws import PURPOSES
from sim.policies.base import Calendar
from sim.record import DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.regression import drawing, probes
from sim.study.regression.invariants import IDENTITIES, of_runs
from sim.study.regression.sample import Place, Sample, broken_bounds, record_digest, sample
from sim.study.regression.suite import read_suite
from sim.words import Words

SIM = Path(probes.__file__).resolve().parents[2]


def broken():
    return {(probe, what, detail) for probe, what, detail in probes.probes() if what}


def test_all_probes_hold():
    found = list(probes.probes())
    assert len(found) > 90
    assert not [one for one in found if one[1]]
    words = Words("en")
    assert all(words.has(f"ci.probe_{probe}") for probe, *_ in found)


def test_a_policy_that_begins_a_day_early_is_found(monkeypatch):
    real = Calendar.acting.fget
    early = property(lambda self: [max(0, day - 1) for day in real(self)])
    monkeypatch.setattr(Calendar, "acting", early)
    assert ("policies", "past", "red_packet") in broken()


def test_caps_are_reached_and_not_passed(monkeypatch):
    real = Run.start.__func__

    def wider(cls, scenario, **values):
        run = real(cls, scenario, **values)
        run.capacity += 1
        return run

    monkeypatch.setattr(Run, "start", classmethod(wider))
    assert ("capacity", "passed", "61 / 60") in broken()


def test_a_key_may_decide_one_thing():
    talk, live, trait = (PURPOSES[name] for name in ("talk", "live", "trait"))
    asked = {
        (1, 2, 9, 3, talk, 0): {"a": 1},
        (1, 2, 9, 3, live, 0): {"a": 1, "b": 1},  # may: one number of two parts
        (1, 2, 0, 3, live, 0): {"a": 200},  # rows that nobody is in
        (1, 2, 9, 0, trait, 1): {"c": 2},
        (1, 2, 8, 0, trait, 1): {"c": 1, "d": 2},
    }
    assert drawing.reused(asked, PURPOSES) == ["trait: c x1 + d x2"]


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(SIM, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (
            "phases/acting.py", "who, t, ACCEPT, k)", "who, t, ACCEPT, 0)",
            ["accept: phases.acting.invite x"],
        ),
        pytest.param(
            "phases/ranking.py", "t, ROLE_MOVES, 0)", "t, LIVE_, 0)",
            ["live: phases.acting.invite x1 + phases.ranking._move x1 + phases.unpacking.draw x1"],
            marks=pytest.mark.slow,
        ),
    ],
)  # fmt: skip
def test_a_reused_draw_is_seen_in_the_sources(copy, file, old, new, found):
    """The other process reads the sources as plain Python, so nothing has to be compiled."""
    path = copy / "sim" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new.replace("LIVE_", "19")))
    ended = subprocess.run(
        [sys.executable, "-m", drawing.__name__], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(copy)}, cwd=copy,
    )  # fmt: skip
    said = drawing.json.loads(ended.stdout)
    assert len(said) == len(found)
    assert all(one.startswith(two) for one, two in zip(said, found, strict=True))


@pytest.mark.slow
def test_another_package_of_that_name_is_not_watched(tmp_path, monkeypatch):
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").write_text("raise ImportError('of somebody else')\n")
    monkeypatch.chdir(tmp_path)
    assert drawing.answer(drawing.watch()) == []


def test_a_run_is_watched_for_bounds():
    run = Run.start(Scenario.preset("course"), days=5)
    run.advance()
    record = run.record()
    assert broken_bounds(record, {"open_rate": 0.5}) == []
    assert broken_bounds(record, {"open_rate": 1.5}) == ["shares"]
    assert broken_bounds(record, {"revenue": float("inf")}) == ["finite"]
    full = record.daily.copy()
    full[:, :, DAILY_INDEX["members"]] = 10_000
    assert broken_bounds(replace(record, daily=full), {}) == ["capacity"]


def test_a_digest_sees_every_bit():
    run = Run.start(Scenario.preset("course"), days=5)
    run.advance()
    record = run.record()
    digest = record_digest(record, {"members": 1.0}, keys=("members",))
    assert len(digest) == 8
    assert record_digest(record, {"members": 1.0, "x": 2.0}, keys=("members",)) == digest
    bit = float(np.nextafter(1.0, 2.0))
    assert record_digest(record, {"members": bit}, keys=("members",)) != digest
    ledger = record.ledger.copy()
    ledger[-1, 0] += 1
    other = replace(record, ledger=ledger)
    assert record_digest(other, {"members": 1.0}, keys=("members",)) != digest


def test_what_is_broken_is_told_once_a_community(suite):
    one = sample(Place(case=suite.cases[0], seed=1, replicate=0))
    assert isinstance(one, Sample)
    assert one.broken == ()
    bad = replace(one, broken=("members",))
    count, found = of_runs({"talk": [one, bad, bad]})
    assert count == IDENTITIES
    assert [(one.where, one.what, one.detail) for one in found] == [("talk", "members", "2/3")]


def test_every_rule_has_words():
    from sim.metrics import identities
    from sim.study.regression.sample import BOUNDS

    names = [*BOUNDS, "passed", "not_reached", "inert", "past", "split", "repeat", "horizon"]
    source = Path(identities.__file__).read_text()
    names += [line.split('"')[1] for line in source.splitlines() if line.startswith('        "')]
    assert len(names) == 7 + IDENTITIES
    for lang in ("en", "zh"):
        assert not [name for name in names if not Words(lang).has(f"ci.what_{name}")]


def test_the_projects_own_suite_fits_its_baseline():
    from sim.study.regression.baseline import matching, read_baseline

    root = SIM.parent
    suite = read_suite(str(root / "experiments" / "ci" / "suite.toml"))
    baseline = read_baseline(root / "results" / "baseline" / "suite.json")
    matching(suite, baseline)
    assert suite.budget <= 60
