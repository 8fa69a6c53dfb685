"""Planted changes of the model: what a check says of each. Minutes: most are compiled anew."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


def script(name):
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


planted = script("regression_mutations")
power = script("regression_power")
ALL = [*planted.MUTATIONS, *planted.NEUTRAL]


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("power")
    power.copy_of(folder / "sim")
    ended = power.qunsim(folder, "record", power.SUITE, "--baseline", folder / "baseline.json")
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.mark.parametrize("mutation", ALL, ids=[one.key for one in ALL])
def test_every_edit_still_fits_the_sources(mutation, tmp_path):
    path = tmp_path / mutation.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((power.ROOT / "sim" / mutation.file).read_text("utf-8"))
    power.plant(mutation, tmp_path)
    compile(path.read_text("utf-8"), mutation.file, "exec")


@pytest.mark.slow
@pytest.mark.parametrize("mutation", ALL, ids=[one.key for one in ALL])
def test_a_check_says_what_it_should(mutation, work):
    assert power.checked(mutation, work)["verdict"] == mutation.verdict
