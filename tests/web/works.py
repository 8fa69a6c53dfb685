"""Works of any kind, for tests."""

from hypothesis import strategies as st

from sim.policies import settings_of
from sim.policies.registry import own_policies
from sim.scenario import Scenario
from sim.web.work import Work

NOW = [entry["use"] for entry in Scenario.preset("knowledge").policies]
CHANGES = {
    "members.initial": st.integers(20, 500),  # one group holds no more
    "owner.minutes_per_week": st.floats(0, 10_080),
    "price.content": st.floats(0, 1000),
    "member.wallet_median": st.floats(10, 2000),
}

names = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["base", "红包", "A/B", " 课 ", "a.", "", "variant 1", "\t", '"x"', "\\"]),
)
changes = st.fixed_dictionaries({}, optional=CHANGES)


@st.composite
def policies(draw):
    policy = draw(st.sampled_from(own_policies()))
    entry = {"use": policy.key}
    for info in settings_of(policy):
        if draw(st.booleans()):
            whole = isinstance(info.default, int)
            high = min(info.high, 50)
            entry[info.name] = draw(
                st.integers(int(info.low), int(high)) if whole else st.floats(info.low, high)
            )
    if draw(st.booleans()):
        entry["start"] = draw(st.integers(0, 12))
    if draw(st.booleans()):
        entry["stop"] = draw(st.integers(13, 2000))
    if draw(st.booleans()):
        entry["every"] = draw(st.integers(1, 400))
    return entry


@st.composite
def works(draw):
    """Works that have no mistake; tables as JSON would hold them."""
    lists = st.lists(policies(), max_size=3)
    without = draw(st.lists(st.sampled_from(NOW), unique=True, max_size=3))
    shared = draw(lists)
    left = sorted({one for one in NOW if one not in without} | {one["use"] for one in shared})
    variants = [
        {
            "name": draw(names), "policies": draw(lists), "set": draw(changes),
            "without": draw(st.lists(st.sampled_from(left), unique=True, max_size=2)),
        }
        for _ in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    return {
        "schema": 1, "community": {"preset": "knowledge"}, "name": draw(names),
        "days": draw(st.integers(14, 60)), "goal": draw(st.sampled_from(["profit", "active_30d"])),
        "budget": draw(st.none() | st.floats(0, 1e9)),
        "minutes": draw(st.none() | st.floats(0, 10_080)), "seed": draw(st.integers(0, 2**53 - 1)),
        "precision": draw(st.none() | st.floats(0.001, 1)), "futures": draw(st.integers(10, 1000)),
        "set": draw(changes), "policies": shared, "without": without, "variants": variants,
    }  # fmt: skip


def work(**values):
    """A work from what differs from an empty one."""
    return Work.model_validate({"community": {"preset": "knowledge"}} | values)
