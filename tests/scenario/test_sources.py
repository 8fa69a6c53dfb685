"""Where values come from: the table ``[sources]`` of a scenario."""

import json
import pickle

import pytest

from sim.errors import UserError
from sim.scenario import Place, Scenario, Source

TEXT = """\
[reach]
open = 2.5

[sources]
"reach.open" = { source = "counted in May", confidence = "medium" }
red_packet.amount = { source = "a guess", confidence = "unknown", zh = "猜的" }
"red_packet#2" = { source = "the owner's birthday", confidence = "low" }
platform = { source = "where the group is", confidence = "high" }

[[policies]]
use = "red_packet"
amount = 30

[[policies]]
use = "red_packet"
start = 100
stop = 101
"""


def test_sources_are_read_by_path_however_the_path_is_written():
    scenario = Scenario.parse(TEXT)
    assert scenario.sources == {
        "reach.open": Source("counted in May", "medium"),
        "red_packet.amount": Source("a guess", "unknown", "猜的"),
        "red_packet#2": Source("the owner's birthday", "low"),
        "platform": Source("where the group is", "high"),
    }
    assert scenario.sources["red_packet.amount"].said("zh") == "猜的"
    assert scenario.sources["red_packet.amount"].said("en") == "a guess"
    assert scenario.sources["reach.open"].said("zh") == "counted in May"


def test_sources_come_back_from_every_form():
    scenario = Scenario.parse(TEXT)
    for again in (
        Scenario.parse(scenario.to_toml()),
        Scenario.parse(scenario.to_toml(full=True)),
        Scenario.build(json.loads(json.dumps(scenario.resolved()))),
        pickle.loads(pickle.dumps(scenario)),  # noqa: S301
    ):
        assert again.sources == scenario.sources
        assert again == scenario


def test_sources_are_no_part_of_the_configuration():
    above, _, rest = TEXT.partition("[sources]")
    bare = Scenario.parse(above + rest[rest.index("[[policies]]") :])
    assert bare.sources == {}
    assert bare == Scenario.parse(TEXT)
    assert bare.digest() == Scenario.parse(TEXT).digest()
    assert "sources" not in bare.resolved()


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({"reach.open": 3}, {"reach.open"}),
        ({"days": 30}, set()),
        ({"platform": "qq"}, {"platform"}),
        ({"policies": []}, {"red_packet.amount", "red_packet#2"}),
        ({"policies": [{"use": "red_packet", "amount": 30}]}, {"red_packet#2"}),
        ({"policies": [{"use": "red_packet", "amount": 31}] * 2}, {"red_packet.amount"}),
        ({"policies": [{"use": "ritual", "amount": 30}]}, {"red_packet.amount", "red_packet#2"}),
        ({"policies": 3, "days": 0}, None),
    ],
)
def test_what_is_changed_loses_its_source(changes, gone):
    scenario = Scenario.parse(TEXT)
    if gone is None:
        with pytest.raises(UserError) as caught:
            scenario.replace(changes)
        assert {one.reason for one in caught.value.errors} == {"policies", "limits"}
        return
    assert scenario.sources.keys() - scenario.replace(changes).sources.keys() == gone


def test_a_file_over_a_base_keeps_the_sources_of_what_it_leaves(tmp_path):
    (tmp_path / "base.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "over.toml").write_text(
        'base = "base.toml"\n[reach]\nopen = 4\n[sources]\nreach.content = '
        '{ source = "none", confidence = "low" }\n',
        encoding="utf-8",
    )
    assert Scenario.read(tmp_path / "over.toml").sources.keys() == {
        "reach.content", "red_packet.amount", "red_packet#2", "platform",
    }  # fmt: skip
    (tmp_path / "other.toml").write_text(
        'base = "base.toml"\nplatform = "qq"\n[[policies]]\nuse = "red_packet"\n', encoding="utf-8"
    )
    assert Scenario.read(tmp_path / "other.toml").sources.keys() == {"reach.open"}


@pytest.mark.parametrize(
    ("line", "kind", "reason", "values"),
    [
        ('reach.opn = { source = "x", confidence = "low" }', "unknown_key", "source",
         {"path": "reach.opn", "suggestion": "reach.open"}),
        ('red_paket = { source = "x", confidence = "low" }', "unknown_key", "source",
         {"suggestion": "red_packet"}),
        ('"red_packet.shares" = { source = "x", confidence = "low" }', "unknown_key", "source",
         {"path": "red_packet.shares"}),
        ('days = "x"', "wrong_form", "source", {"key": "sources.days", "value": '"x"'}),
        ('days = { source = "x" }', "wrong_form", "source", {"key": "sources.days"}),
        ('days = { source = " ", confidence = "low" }', "wrong_form", "source", {}),
        ('days = { source = "x", confidence = "low", page = "3" }', "wrong_form", "source", {}),
        ('days = { source = "x", confidence = "sure" }', "wrong_form", "choice",
         {"key": "sources.days.confidence", "choices": ["high", "medium", "low", "unknown"]}),
    ],
)  # fmt: skip
def test_wrong_sources_are_told_at_their_line(line, kind, reason, values):
    text = f'\n[sources]\n{line}\n[[policies]]\nuse = "red_packet"\namount = 3\n'
    with pytest.raises(UserError) as caught:
        Scenario.parse(text, file="mine.toml")
    assert (caught.value.kind, caught.value.reason) == (kind, reason)
    assert caught.value.values.items() >= {"file": "mine.toml", "line": 3}.items()
    assert caught.value.values.items() >= values.items()


def test_a_list_of_sources_is_no_table():
    with pytest.raises(UserError) as caught:
        Scenario.parse("sources = [1]", file="mine.toml")
    assert (caught.value.kind, caught.value.reason) == ("wrong_form", "table")
    assert Scenario.parse(TEXT, file="a.toml").place("sources.reach.open") == Place("a.toml", 5)
