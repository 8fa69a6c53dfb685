"""Record and check: identical, equivalent, different, not known; baselines that cannot be read."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.errors import UserError
from sim.report.regression.terminal import check_lines
from sim.study.regression import check as checking
from sim.study.regression import sample as sampling
from sim.study.regression.baseline import (
    baseline_from,
    matching,
    read_baseline,
    write_baseline,
)
from sim.study.regression.check import check
from sim.study.regression.invariants import Broken, Invariants
from sim.study.simulate import Failure
from sim.words import Words


class Nothing:
    """In place of probes, which have tests of their own."""

    def __enter__(self):
        return self

    def __exit__(self, *about):
        pass

    def end(self):
        return 0, ()


@pytest.fixture(autouse=True)
def no_probes(monkeypatch):
    monkeypatch.setattr(Invariants, "begin", Nothing)


def test_nothing_changed(suite, baseline):
    report = check(suite, baseline, jobs=2)
    assert (report.verdict, report.code) == ("identical", 0)
    assert (report.same, report.futures) == (64, 64)
    assert report.first is None
    assert {row.verdict for row in report.rows} == {"equivalent"}
    assert {row.delta for row in report.rows} <= {0.0, None}


def test_a_baseline_is_what_was_written(suite, baseline, tmp_path):
    path = tmp_path / "results" / "suite.json"
    write_baseline(path, baseline)
    assert path.stat().st_size < 60_000
    again = read_baseline(path)
    for name, kept in baseline.cases.items():
        assert again.cases[name].digests == kept.digests
        assert again.cases[name].parameters == kept.parameters
        for key, values in kept.values.items():
            assert np.array_equal(again.cases[name].values[key], values, equal_nan=True)
    table = json.loads(path.read_text())
    mean = baseline.cases["talk"].values["members"].mean()
    assert table["cases"]["talk"]["kpis"]["members"]["mean"] == pytest.approx(mean)
    assert table["history"][0]["reason"] == "first"
    write_baseline(path, again)
    assert json.loads(path.read_text()) == table
    assert check(suite, again, jobs=1).verdict == "identical"


def test_a_large_change_is_different(changed, baseline):
    report = check(changed(exit__hazard=0.03), baseline, jobs=1)
    assert (report.verdict, report.code) == ("different", 1)
    rows = {(row.case, row.kpi): row for row in report.of("different")}
    leaves = rows["talk", "leaves"]
    assert leaves.delta < 0
    assert leaves.hi < -leaves.margin
    first = report.first
    assert (first.case, first.replicate) == ("talk", 0)
    assert first.day is not None
    assert first.column != "members"  # what moved them is named instead
    assert report.parameters["talk"] == {"exit.hazard": (0.12, 0.03)}


def test_a_change_below_the_margin_is_equivalent(changed, baseline):
    report = check(changed(exit__hazard=0.1201), baseline, jobs=1)
    assert (report.verdict, report.code) == ("equivalent", 0)
    assert 0 < report.same < report.futures


def test_other_bits_fall_through_to_the_statistical_layer(suite, baseline):
    """As on another platform: every digest is another one, and values differ in their last bit."""
    other = replace(
        baseline, platform="Elsewhere-riscv",
        cases={
            name: replace(
                kept, digests=tuple("0" * 8 for _ in kept.digests),
                values={
                    key: np.nextafter(v.astype(np.float32), np.float32(np.inf)).astype(float)
                    for key, v in kept.values.items()
                },
            )
            for name, kept in baseline.cases.items()
        },
    )  # fmt: skip
    report = check(suite, other, jobs=1)
    assert (report.verdict, report.code) == ("equivalent", 0)
    assert (report.same, report.other_machine) == (0, True)
    assert report.first.day is None  # no count that was kept differs


def test_fresh_futures_are_compared_as_two_samples(suite, baseline):
    report = check(suite, baseline, fresh=99, jobs=1)
    assert report.verdict in {"equivalent", "inconclusive"}
    assert (report.fresh, report.same, report.first) == (99, None, None)
    with pytest.raises(UserError) as raised:
        check(suite, baseline, fresh=7)
    assert raised.value.reason == "fresh_seed"


def test_the_budget_ends_a_check(changed, baseline):
    seconds = iter(range(0, 100_000, 50))
    report = check(changed(exit__hazard=0.125), baseline, jobs=1, clock=lambda: next(seconds))
    assert report.stopped
    assert report.futures < report.asked
    assert (report.verdict, report.code) == ("inconclusive", 3)
    assert "raise budget = 120" in " ".join(check_lines(report, words=Words("en"))[-2:])


def test_identical_as_far_as_the_budget_went(suite, baseline):
    seconds = iter(range(0, 100_000, 50))
    report = check(suite, baseline, jobs=1, clock=lambda: next(seconds))
    assert (report.verdict, report.stopped) == ("identical", True)
    assert f"{report.futures} of 64 futures" in check_lines(report, words=Words("en"))[-1]


def test_a_broken_rule_or_a_failed_future_is_different(suite, baseline, monkeypatch):
    broken = Broken(where="talk", what="members", detail="1/32")
    monkeypatch.setattr(checking, "of_runs", lambda _: (45, (broken,)))
    report = check(suite, baseline, jobs=1)
    assert (report.verdict, report.broken) == ("different", (broken,))
    made, found, _ = checking.record(suite, reason="x", jobs=1)
    assert (made, found) == (None, (broken,))


def test_a_turned_decision_is_different(suite, baseline, changed):
    kept = baseline.cases["spend/packets"]
    worse = replace(kept, values={**kept.values, "speakers": kept.values["speakers"] - 1000})
    other = replace(baseline, cases={**baseline.cases, "spend/packets": worse})
    report = check(changed(exit__hazard=0.1201), other, jobs=1)
    assert report.verdict == "different"
    assert not report.of("different")
    (flip,) = report.rankings[0].flips
    assert (flip.better, flip.worse) == ("nothing", "packets")


def damage(path, how):
    text = path.read_text()
    match how:
        case "missing":
            path.unlink()
        case "cut":
            path.write_text(text[: len(text) // 2])
        case "other":
            path.write_text('{"schema": 1, "kind": "run"}')
        case "list":
            path.write_text("[1, 2]")
        case "newer":
            path.write_text(text.replace('"schema": 1', '"schema": 2'))
        case "edited":
            table = json.loads(text)
            table["cases"]["talk"]["kpis"]["members"]["mean"] += 1
            path.write_text(json.dumps(table))
        case "merged":
            path.write_text(f"<<<<<<< HEAD\n{text}")
        case "folder":
            path.unlink()
            path.mkdir()
        case "deep":
            path.write_text("[" * 100_000)
        case "surrogate":
            path.write_text(text.replace('"first"', '"\\ud800"'))


@pytest.mark.parametrize(
    ("how", "kind", "reason"),
    [
        ("missing", "not_found", "baseline"),
        ("cut", "damaged", "baseline"),
        ("other", "damaged", "baseline"),
        ("list", "damaged", "baseline"),
        ("newer", "cannot_read", "baseline_newer"),
        ("edited", "damaged", "baseline_edited"),
        ("merged", "damaged", "baseline"),
        ("folder", "cannot_read", "baseline_folder"),
        ("deep", "damaged", "baseline"),
        ("surrogate", "damaged", "baseline_edited"),
    ],
)
def test_a_bad_baseline_is_told(baseline, tmp_path, how, kind, reason):
    path = tmp_path / "suite.json"
    write_baseline(path, baseline)
    damage(path, how)
    with pytest.raises(UserError) as raised:
        read_baseline(path, suite="suite.toml")
    assert (raised.value.kind, raised.value.reason) == (kind, reason)
    for lang in ("en", "zh"):
        text = Words(lang).error(raised.value)
        assert "suite.json" in text
        assert "?" not in text


def test_a_baseline_of_other_communities_is_refused(suite, baseline):
    first = replace(suite.cases[0], written={**suite.cases[0].written, "days": 15})
    with pytest.raises(UserError) as raised:
        matching(replace(suite, cases=(first, *suite.cases[1:])), baseline)
    assert raised.value.values["names"] == ["talk"]
    with pytest.raises(UserError) as raised:
        matching(replace(suite, seed=8), baseline)
    assert (raised.value.reason, raised.value.values["seed"]) == ("baseline_seed", 7)
    margins = replace(suite.cases[0], margins={})  # how it is judged may change
    matching(replace(suite, cases=(margins, *suite.cases[1:])), baseline)


def test_history_grows_and_is_bounded(suite, baseline):
    runs = {name: [] for name in baseline.cases}
    made = baseline
    for number in range(30):
        made = baseline_from(suite, runs, reason=str(number), before=made)
    assert [one["reason"] for one in made.history] == [str(n) for n in range(10, 30)]


def test_a_handful_of_futures_may_be_identical(suite, baseline):
    few = {
        name: replace(
            kept, digests=kept.digests[:9],
            values={key: values[:9] for key, values in kept.values.items()},
        )
        for name, kept in baseline.cases.items()
    }  # fmt: skip
    report = check(suite, replace(baseline, cases=few), jobs=1)
    assert (report.verdict, report.futures) == ("identical", 27)


def test_a_future_that_fails_is_different(suite, baseline, monkeypatch):
    real = sampling.sample

    def fails(one, stopping=None):
        if one.place == ("talk", 2):
            return Failure(variant="talk", replicate=2, error="ZeroDivisionError: no members")
        return real(one, stopping)

    monkeypatch.setattr(sampling, "sample", fails)
    report = check(suite, baseline, jobs=1)
    assert report.verdict == "different"
    assert [one.error for one in report.failed] == ["ZeroDivisionError: no members"]
    assert (report.rows, report.rankings) == ((), ())  # pairs would not be pairs
    said = "\n".join(check_lines(report, words=Words("en")))
    assert "1 failed: ZeroDivisionError: no members" in said
    assert said.count("not looked at  a future failed") == 2


def test_what_somebody_stops_says_nothing(suite, baseline):
    def stop(done, **_):
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(suite, baseline, jobs=1, progress=stop)
