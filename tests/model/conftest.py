import numpy as np
import pytest

from sim.levers import Levers
from sim.metrics import run_kpis
from sim.parameters import by_path
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


PAIRS = 36
Z = 2.58
"""Half a 99 % interval in standard errors: a test here compares many pairs of figures."""


def _futures(scenario, policies, pairs):
    levers = plan_levers(scenario, extra=[parse_policy(text) for text in policies])
    records = []
    for replicate in range(pairs):
        run = Run.start(scenario, seed=5, replicate=replicate, levers=levers)
        run.advance()
        records.append(run.record())
    return records


class Compared:
    """Two ways of living through the same luck; figures are means over futures.

    Args:
        one: Records of one way.
        other: Records of the other, replicate by replicate.
    """

    def __init__(self, one, other):
        self.one, self.other = one, other

    @staticmethod
    def values(records, kpi):
        return np.array([run_kpis(record, keys=[kpi])[kpi] for record in records], float)

    def interval(self, kpi):
        """The 99 % interval of the difference."""
        difference = self.values(self.one, kpi) - self.values(self.other, kpi)
        half = Z * difference.std(ddof=1) / np.sqrt(len(difference))
        return np.array([difference.mean() - half, difference.mean() + half])

    def share(self, kpi):
        """The same as shares of the other's mean, which is positive."""
        usual = self.values(self.other, kpi).mean()
        assert usual > 0
        return self.interval(kpi) / usual

    def up(self, kpi):
        return self.interval(kpi)[0] > 0

    def down(self, kpi):
        return self.interval(kpi)[1] < 0


@pytest.fixture(scope="session")
def operated():
    """Two hundred founders of a knowledge community for four months, with its owner's posts."""
    changes = {
        "members.initial": 200, "days": 120, "owner.minutes_per_week": 10_080,
        "policies": [{"use": "value_content", "amount": 1.0, "quality": 1.0}],
        **{path: info.default for path, info in by_path().items() if path.startswith("price.")},
    }  # fmt: skip
    return Scenario.preset("knowledge").replace(changes)


@pytest.fixture(scope="session")
def paired(operated):
    """``paired(one, other)``: two ways, each a pair (changes, policies), in the same futures."""
    seen = {}

    def lived(pairs, changes, *policies):
        key = (pairs, repr(changes), policies)
        if key not in seen:
            seen[key] = _futures(operated.replace(changes), policies, pairs)
        return seen[key]

    def compare(one, other=({},), *, pairs=PAIRS):
        return Compared(lived(pairs, *one), lived(pairs, *other))

    return compare
