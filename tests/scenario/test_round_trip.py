"""A scenario written as TOML and read again is the same scenario, over the whole space."""

import random
import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.parameters import by_path, table
from sim.scenario import CAPACITY, Scenario
from sim.scenario.keys import name_is_usable
from sim.scenario.places import key_lines

FREE = [
    info for info in table() if not info.path.startswith("members.") and info.path[:7] != "groups."
]
LEAVES = (
    st.text()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def within(path):
    info = by_path()[path]
    if info.counts:
        return st.integers(int(info.low), int(info.high))
    return st.floats(info.low, info.high)


@st.composite
def configurations(draw):
    platform = draw(st.sampled_from(sorted(CAPACITY)))
    capacity = draw(st.integers(3, CAPACITY[platform]))
    number = draw(st.integers(1, 200))
    initial = draw(st.integers(number, min(number * capacity, 10_000_000)))
    left = initial - number
    members = {"initial": initial}
    for role in ("leaders", "seed_users", "administrators", "guests"):
        members[role] = draw(st.integers(0, left))
        left -= members[role]
    data = {
        "name": draw(st.text(min_size=1, max_size=80).filter(name_is_usable)),
        "title": draw(st.text(max_size=200)),
        "start": draw(st.none() | st.dates()),
        "days": draw(st.integers(1, 10_000)),
        "platform": platform,
        "members": members,
        "groups": {"capacity": capacity, "number": number},
    }
    for info in draw(st.lists(st.sampled_from(FREE), max_size=12)):
        section, key = info.path.split(".")
        data.setdefault(section, {})[key] = draw(within(info.path))
    entries = st.dictionaries(st.text(), VALUES, max_size=4)
    data["policies"] = [
        {"use": draw(st.text(min_size=1)), **{k: v for k, v in entry.items() if k != "use"}}
        for entry in draw(st.lists(entries, max_size=3))
    ]
    return data


@settings(max_examples=80)
@given(configurations(), st.booleans())
def test_toml_round_trip(data, full):
    scenario = Scenario(**data)
    text = scenario.to_toml(full=full)
    again = Scenario.parse(text)
    assert again == scenario
    assert again.flat() == scenario.flat()
    assert repr(again.policies) == repr(scenario.policies)  # types too
    assert again.to_toml(full=full) == text
    assert Scenario.build(scenario.resolved()) == scenario


@settings(max_examples=30)
@given(configurations())
def test_every_key_has_its_line(data):
    text = Scenario(**data).to_toml()
    lines = text.split("\n")
    found = key_lines(text)
    for path in paths(tomllib.loads(text)):
        if "policies" not in path:  # keys of policies may hold dots and line ends
            assert lines[found[path] - 1].startswith((path.split(".")[-1] + " =", f"[{path}]"))
    for index in range(len(data["policies"])):
        assert lines[found[f"policies.{index}"] - 1] == "[[policies]]"
        assert lines[found[f"policies.{index}.use"] - 1].startswith("use = ")


def paths(table, prefix=""):
    for key, value in table.items():
        yield f"{prefix}{key}"
        if isinstance(value, dict):
            yield from paths(value, f"{prefix}{key}.")


@pytest.mark.parametrize("seed", range(5))
def test_round_trip_with_every_parameter_moved(seed, tmp_path):
    rng = random.Random(seed)  # noqa: S311
    changes = {
        info.path: rng.randint(int(info.low), int(info.high))
        if info.counts
        else rng.uniform(info.low, info.high)
        for info in FREE
    }
    scenario = Scenario().replace(changes)
    file = tmp_path / "community.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    again = Scenario.read(file)
    assert again == scenario
    assert {path: again.flat()[path] for path in changes} == changes


def test_the_text_of_a_small_scenario():
    scenario = Scenario(
        name="ours",
        kind="interest",
        start=date(2026, 5, 4),
        member={"burst": 2.5},
        policies=[{"use": "red_packet", "every": 7, "amount": 50.0, "who": ["a", "b"]}],
    )
    assert scenario.to_toml() == (
        "schema = 1\n"
        'name = "ours"\n'
        'kind = "interest"\n'
        "start = 2026-05-04\n"
        "days = 365\n"
        'platform = "wechat"\n'
        "\n[member]\nburst = 2.5\n"
        '\n[[policies]]\nuse = "red_packet"\nevery = 7\namount = 50.0\nwho = ["a", "b"]\n'
    )


def test_a_full_file_names_every_parameter():
    data = tomllib.loads(Scenario().to_toml(full=True))
    assert {path for path in paths(data) if "." in path} == {info.path for info in table()}
