"""A small community that is simulated in milliseconds."""

import pytest

from sim.scenario import Scenario


def small(**values):
    about = {"members.initial": 30, "members.leaders": 1, "members.seed_users": 2}
    about |= {"members.administrators": 0, "days": 30, "name": "small"}
    return Scenario.build({}).replace(about | values)


@pytest.fixture(scope="session")
def scenario():
    return small()


@pytest.fixture(scope="session")
def in_groups():
    return small(**{"groups.number": 3, "platform": "qq"})
