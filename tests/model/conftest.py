import numpy as np
import pytest

from sim.levers import Levers
from sim.policies.planning import parse_policy, plan_levers
from sim.scenario import Scenario
from sim.simulation import Run


@pytest.fixture(scope="session")
def small():
    """Sixty founders of a knowledge community, with arrivals, departures and a content policy."""
    return Scenario.preset("knowledge").replace({"members.initial": 60, "days": 40})


@pytest.fixture(scope="session")
def begin(small):
    """Begin a run of the small community: ``begin(policies, seed=, scenario=)``."""

    def start(*policies, seed=5, scenario=small):
        levers = plan_levers(scenario, extra=[parse_policy(text) for text in policies])
        return Run.start(scenario, seed=seed, levers=levers)

    return start


@pytest.fixture(scope="session")
def neutral(small):
    """Begin a run in which nobody operates."""

    def start(changes=None, *, seed=5):
        scenario = small.replace({"policies": [], **(changes or {})})
        levers = Levers.neutral(scenario.days, scenario.groups.number)
        return Run.start(scenario, seed=seed, levers=levers)

    return start


def _arrays(value, name=""):
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, tuple):
        names = getattr(value, "_fields", range(len(value)))
        for key, item in zip(names, value, strict=True):
            yield from _arrays(item, f"{name}.{key}")
    elif hasattr(value, "__dataclass_fields__"):
        for key in value.__dataclass_fields__:
            yield from _arrays(getattr(value, key), f"{name}.{key}")


@pytest.fixture(scope="session")
def same():
    """Assert that two bundles of arrays (runs, records) are equal to the last bit."""

    def compare(first, second):
        left, right = dict(_arrays(first)), dict(_arrays(second))
        assert left.keys() == right.keys()
        for name, array in left.items():
            assert array.dtype == right[name].dtype, name
            assert array.tobytes() == right[name].tobytes(), name

    return compare
