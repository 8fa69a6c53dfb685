"""What every test shares: the Hypothesis profile, the place of kernels, the real logs."""

import os
import signal
from functools import cache
from pathlib import Path

import pytest
import typer.main
from hypothesis import HealthCheck, settings

from sim.study.compiling import compile_kernels

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25
)
settings.register_profile(
    "quick", settings.get_profile("default"), max_examples=10, derandomize=True
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1000)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

os.environ.setdefault("QUNSIM_CACHE", str(ROOT / ".cache"))

# A shell script's background job ignores Ctrl-C, and so would everything that is tested here.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Reading the options of every verb takes longer than most commands that are tested: read them once.
typer.main.get_params_from_function = cache(typer.main.get_params_from_function)


def pytest_sessionstart(session):
    """Kernels are compiled before several workers would each compile them."""
    if session.config.getoption("numprocesses", default=None):
        compile_kernels()


@pytest.fixture(scope="session")
def train():
    """The folder of real logs."""
    default = ROOT.parent / "shared" / "data" / "train"
    folder = Path(os.environ.get("QUNSIM_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no real logs in {folder}; set QUNSIM_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def community_text():
    """A community that is simulated in milliseconds, as a file has it."""
    return """
name = "small"
days = 30

[members]
initial = 30
leaders = 1
seed_users = 2
administrators = 0
"""
