"""The parameter table: complete, consistent, documented, and the numbers of its sources."""

import math
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from sim.parameters import SECTIONS, Parameters, by_path, table
from sim.parameters.document import markdown
from sim.parameters.growth import Market
from sim.parameters.people import Member


def test_the_table_is_large_and_without_duplicates():
    paths = [info.path for info in table()]
    assert len(paths) == len(set(paths)) > 200
    assert set(by_path()) == set(paths)


@pytest.mark.parametrize("info", table(), ids=lambda info: info.path)
def test_every_parameter_is_bounded_and_documented(info):
    assert math.isfinite(info.low)
    assert math.isfinite(info.high)
    assert info.low <= info.default <= info.high
    assert info.low < info.high
    assert info.unit
    assert info.source
    assert info.note
    assert info.mark in {"published", "logs", "calibrated", "assumption"}
    assert info.confidence in {"high", "medium", "low", "unknown"}
    section, key = info.path.split(".")
    value = getattr(getattr(Parameters(), section), key)
    assert value == info.default
    assert type(value) is (int if info.counts else float)


@pytest.mark.parametrize("info", table(), ids=lambda info: info.path)
def test_limits_are_allowed_and_the_next_number_is_not(info):
    section, key = info.path.split(".")
    model = SECTIONS[section]
    for limit, beyond in ((info.low, -math.inf), (info.high, math.inf)):
        kind = type(info.default)
        assert getattr(model(**{key: kind(limit)}), key) == limit
        if info.counts:
            outside = int(limit) + (1 if beyond > 0 else -1)
        else:
            outside = math.nextafter(limit, beyond)
        with pytest.raises(ValidationError):
            model(**{key: outside})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        # the pooled law of the logs, to two digits
        ("law.intercept", -1.04),
        ("law.fast", 0.19),
        ("law.medium", 0.19),
        ("law.slow", 0.35),
        ("law.just_spoke", 0.0),
        ("law.silence", -0.64),
        ("law.tenure", 0.20),
        ("law.once", 1.35),
        ("law.volume", 0.17),
        ("law.once_silence", -0.33),
        ("law.swing", 0.25),
        ("law.trend", -0.03),
        # published
        ("member.buy_shape", 0.243),
        ("member.lapse_alpha", 0.668),
        ("member.lapse_beta", 3.806),
        ("packet.repaid", 0.18),
        ("packet.luckiest", 1.5),
        ("exit.contagion", 0.8),
        ("benefit.info_half", 40.0),
        # the stage rule
        ("stage.first", 14),
        ("stage.settle", 56),
        ("stage.no_high", 42),
        ("stage.no_low", 84),
        ("stage.step", 0.69),
        ("stage.floor", 0.5),
        ("stage.floor_share", 0.05),
    ],
)
def test_defaults_are_those_of_their_sources(path, value):
    assert by_path()[path].default == value


def test_lapse_reproduces_the_published_mean_churn():
    # mean of a beta(a, b) is a / (a + b); published: 14.9 % a period
    member = Member()
    mean = member.lapse_alpha / (member.lapse_alpha + member.lapse_beta)
    assert mean == pytest.approx(0.149, abs=0.0005)


def test_sections_are_frozen_and_closed():
    member = Member()
    with pytest.raises(ValidationError):
        member.burst = 2.0
    with pytest.raises(ValidationError):
        Member(brust=2.0)
    with pytest.raises(FrozenInstanceError):
        table()[0].path = "other"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "1.5", True, None, [1.5], 1j])
def test_only_finite_numbers_are_numbers(value):
    with pytest.raises(ValidationError):
        Member(burst=value)


def test_the_same_number_in_another_form_is_accepted():
    numpy = pytest.importorskip("numpy")
    assert Market(size=500.0).size == 500
    assert type(Market(size=numpy.float64(500)).size) is int
    assert Market(size=numpy.int64(500)).size == 500
    assert type(Member(burst=2).burst) is float
    assert Member(burst=numpy.float32(2.5)).burst == 2.5
    with pytest.raises(ValidationError):
        Market(size=500.5)
    with pytest.raises(ValidationError):
        Market(size=numpy.bool_(1))


def test_the_document_has_one_row_a_parameter_and_balanced_tables():
    lines = markdown().splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [info.path for info in table()]
    assert {row.replace("\\|", "").count("|") for row in rows} == {9}
    assert sum(line.startswith("### `") for line in lines) == len(SECTIONS)
    assert "| `market.size` | 20,000 | 1 to 1,500,000,000 | persons |" in markdown()
    assert "| `matter.keep` | 0.985 | 0.85 to 0.99 |" in markdown()


def test_every_section_says_what_it_is():
    for section in SECTIONS.values():
        assert section.__doc__
        assert section.__doc__.strip()


def test_importing_scenarios_pulls_in_nothing_heavy():
    code = (
        "import sys, sim.scenario;"
        "heavy = {'numpy', 'numba', 'mesa', 'pandas', 'scipy', 'matplotlib', 'duckdb'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"
