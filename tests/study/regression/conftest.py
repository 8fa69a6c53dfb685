"""A suite that is simulated in half a second."""

from dataclasses import replace

import pytest

from sim.study.regression.check import record
from sim.study.regression.suite import read_suite

SUITE = """
schema = 1
budget = 120
seed = 7
replicates = 32
days = 14
gate = ["members", "leaves"]

[[scenarios]]
name = "talk"
base = "small.toml"
kpis = ["members", "speakers", "messages", "leaves", "payback_day", "cost"]
margins = { members = "4 %", speakers = "20 %", messages = "15 %", leaves = "15 %" }
policies = [{ use = "value_content" }]

[[decisions]]
name = "spend"
goal = "messages"
base = "small.toml"
replicates = 16
kpis = ["cost"]
options = [
  { name = "packets", policies = [{ use = "red_packet", amount = 40, every = 2 }] },
]
"""

SMALL = """
name = "small"
kind = "knowledge"

[members]
initial = 250
leaders = 3
seed_users = 5
"""


@pytest.fixture(scope="package")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ci")
    (folder / "small.toml").write_text(SMALL)
    (folder / "suite.toml").write_text(SUITE.replace('goal = "messages"', 'goal = "speakers"'))
    return folder / "suite.toml"


@pytest.fixture(scope="package")
def suite(file):
    return read_suite(str(file))


@pytest.fixture(scope="package")
def baseline(suite):
    made, broken, failed = record(suite, reason="first", jobs=1)
    assert (broken, failed) == ((), ())
    return made


@pytest.fixture
def changed(suite):
    """The suite as a changed model would see it: with another value of a parameter."""

    def change(**values):
        paths = {path.replace("__", "."): value for path, value in values.items()}
        return replace(
            suite,
            cases=tuple(
                replace(
                    one,
                    variant=replace(one.variant, scenario=one.variant.scenario.replace(paths)),
                )
                for one in suite.cases
            ),
        )

    return change
