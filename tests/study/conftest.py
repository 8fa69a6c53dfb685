"""A small community that is simulated in milliseconds, and a policy from elsewhere."""

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


MODULE = '''
"""Does what it is told on the morning of one day of one run, which it knows by its past."""

import time
from typing import ClassVar

from sim.policies import Policy, setting

PAST = {past!r}


class Fragile(Policy):
    """Announces something every day, until it breaks."""

    key: ClassVar[str] = "fragile"
    handbook: ClassVar[tuple[str, ...]] = ("D14",)
    off: ClassVar[dict[str, float]] = {{"amount": 0}}

    amount: float = setting(1.0, low=0, high=10, unit="yuan", note="spent every day")

    def plan(self, calendar, levers):
        """Nothing beforehand."""

    def react(self, community, levers):
        levers.spend("tools", community.day, self.amount)
        if community.day == {day} and list(community.series("messages")) in PAST:
            {breaks}
'''


def _install(folder, *, day, past, breaks):
    """Put the policy ``fragile`` into a folder of the search path.

    Args:
        folder: Where.
        day: Day on whose morning it breaks.
        past: Messages of each day before, one list for each run that shall break.
        breaks: What it does then, one statement.
    """
    text = MODULE.format(past=past, day=day, breaks=breaks)
    (folder / "fragile_policy.py").write_text(text, "utf-8")
    about = folder / "fragile-1.0.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fragile\nVersion: 1.0\n")
    entry = "[qunsim.policies]\nfragile = fragile_policy:Fragile\n"
    (about / "entry_points.txt").write_text(entry)


@pytest.fixture
def install():
    """Puts a policy of another distribution where it is found."""
    return _install
