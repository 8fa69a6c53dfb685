"""``qunsim fit``: estimates, and a scenario that can be read, run and traced to its log."""

import json

import numpy as np
import pytest

from sim.logs.dated import Dated
from sim.logs.events import write_events
from sim.logs.law import POOLED
from sim.logs.synthetic import MONDAY, synthetic_events, synthetic_log
from sim.logs.table import WEEK
from sim.report.fitted import community, confidence, fit_json, fit_lines
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.fit import fit_log
from sim.warm_start.fitted import TERM_PATHS
from sim.words import Words
from sim.words.typography import width

WEEKS, ARRIVALS = 70, 5.0


@pytest.fixture(scope="module")
def table():
    active = synthetic_log(POOLED.mean, weeks=WEEKS, arrivals=ARRIVALS, seed=11, noise=0.2).active
    return synthetic_events(active, seed=12)


@pytest.fixture(scope="module")
def fit(table):
    return fit_log(table, dated=[Dated(MONDAY + 50 * WEEK, kind="launch")])


@pytest.fixture(scope="module")
def scenario(fit):
    return community(fit, file="ours.csv.gz", digest="ab" * 32, name="ours", words=Words("en"))


def test_the_truth_lies_in_the_ranges(fit):
    truth = dict(zip(TERM_PATHS.values(), POOLED.mean, strict=True))
    away = [
        (fit.estimates[path].value - value) / fit.estimates[path].sd
        for path, value in truth.items()
    ]
    assert np.abs(away).max() < 3.5
    assert np.sqrt(np.mean(np.square(away))) < 1.5
    newcomers = fit.also["newcomers_week"]
    assert newcomers.low < ARRIVALS < newcomers.high
    for day in ("monday", "thursday", "sunday"):
        assert abs(fit.estimates[f"rhythm.{day}"].value - 1) < 4 * fit.estimates[f"rhythm.{day}"].sd


def test_the_planted_nothing_is_found(fit):
    # nothing happened in week 50: all five effects hold zero within three errors
    shocks = [one for key, one in fit.also.items() if key.startswith("shock_")]
    assert len(shocks) == 5
    assert all(abs(one.value) < 3 * one.sd for one in shocks)


def test_the_file_reads_back_and_names_its_log(scenario, fit):
    again = Scenario.parse(scenario.to_toml())
    assert again == scenario
    assert again.sources == scenario.sources
    assert "ours.csv.gz" in again.title
    assert "abababababab" in again.title
    flat = again.flat()
    for path, one in fit.estimates.items():
        assert again.sources[path].source.startswith("fitted to ours.csv.gz, ")
        assert flat[path] == pytest.approx(one.value, rel=1e-3, abs=1e-4)
        assert again.sources[path].confidence == confidence(one)
    # what the log does not show is a default, and has no source
    for path in ("member.wallet_median", "opening.engagement", "exit.contagion"):
        assert path not in again.sources
    written = set(Scenario.build({}).flat().items()) ^ set(flat.items())
    changed = {path for path, _ in written if path not in ("name", "title")}
    assert changed <= again.sources.keys()


def test_founded_anew_it_lives_like_the_log(scenario, fit):
    runs = []
    for replicate in range(4):
        run = Run.start(scenario, replicate=replicate, days=84)
        run.advance()
        runs.append(run.record().weekly[:, 0, :])
    speakers, _, newcomers = np.mean(runs, axis=(0, 1))
    lately = fit.community.series.speakers[-8:].mean()
    # the common shock of a run has a spread of its own
    assert speakers == pytest.approx(lately, rel=0.4)
    assert newcomers == pytest.approx(ARRIVALS, rel=0.5)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_in_eighty_columns(fit, lang):
    lines = fit_lines(
        fit, file="ours.csv.gz", first="2024-01-01", last="2025-05-04",
        shocks=[("2024-12-16", "launch")], words=Words(lang),
    )  # fmt: skip
    assert max(map(width, lines)) <= 80
    text = "\n".join(lines)
    assert ("new faces a week" if lang == "en" else "每周新面孔") in text
    assert "launch" in text


def test_the_json(fit):
    told = json.loads(json.dumps(fit_json(fit, about={"events": "ours"}), allow_nan=False))
    assert told["schema"] == 1
    swing = told["parameters"]["law.swing"]
    assert swing["prior_sd"] == 0.25
    assert swing["contraction"] == pytest.approx(1 - (swing["sd"] / 0.25) ** 2)
    assert {"readers", "policies", "inviting", "leaving", "money"} <= set(
        told["says_nothing_about"]
    )
    assert 0 < told["turnover"]["lost"]["value"] < 1


def test_what_a_tiny_log_cannot_tell():
    # ten weeks of three people: the law stays nearly what other logs say
    active = synthetic_log(POOLED.mean, weeks=10, arrivals=0.5, seed=3).active
    fit = fit_log(synthetic_events(active, seed=4))
    assert "law.trend" in fit.silent
    assert confidence(fit.estimates["law.trend"]) == "unknown"


def test_the_command(table, tmp_path, capsys):
    from sim.commands.fit import AskedFit, fit_command

    events, out = tmp_path / "ours.csv.gz", tmp_path / "sub" / "ours.toml"
    write_events(table, events)
    asked = AskedFit(events=events, out=out, shocks=("2024-12-16:launch",), quiet=True)
    fit_command(asked, words=Words("en"))
    assert Scenario.read(out).name == "ours"
    told = json.loads((tmp_path / "sub" / "ours.fit.json").read_text("utf-8"))
    assert told["shocks"] == ["2024-12-16:launch"]
    assert told["command"].startswith("qunsim fit ")
    assert "Written:" in capsys.readouterr().out
