"""The base of policies: calendars, settings, the registry, policies from elsewhere."""

from importlib import metadata

import pytest
from pydantic import ValidationError

from sim.errors import UserError
from sim.policies import Calendar, Policy, registry, setting, settings_of
from sim.policies.red_packet import RedPacket
from sim.policies.value_content import ValueContent
from sim.words import Words
from sim.words.policies import POLICIES

OWN = [registry.policy_class(key) for key in registry.policy_keys()]


class Whistle(Policy):
    """Neither good nor bad."""

    key = "whistle"
    handbook = ()

    amount: float = setting(1.0, low=0.0, high=3.0, unit="whistles", note="how loud")

    def plan(self, calendar, levers):
        for day in calendar:
            levers.set("ritual", day, self.amount / 3.0)


def test_calendar_acts_every_so_many_days():
    calendar = Calendar(days=30, start=3, stop=25, every=7)
    assert list(calendar) == [3, 10, 17, 24]
    assert list(Calendar(days=20, start=3, stop=25, every=7)) == [3, 10, 17]
    assert list(Calendar(days=3)) == [0, 1, 2]
    assert calendar.end == 25


def test_calendar_knows_weekdays():
    saturday = Calendar(days=30, first_weekday=5)
    assert [saturday.weekday(day) for day in (0, 1, 2, 9)] == [5, 6, 0, 0]


@pytest.mark.parametrize("policy", OWN, ids=lambda policy: policy.key)
def test_every_policy_says_what_it_is(policy):
    entry = POLICIES[policy.key]
    assert policy.handbook == (entry.handbook,)
    assert policy.every >= 1
    assert policy.evidence
    assert policy.failures
    assert policy.kpis
    assert set(policy.kpis.values()) <= {"+", "-"}
    names = {one.name for one in settings_of(policy)}
    assert set(policy.off) <= names
    assert policy(**policy.off).is_off, "zero must be in range"
    assert not policy().is_off
    for words in (Words("en"), Words("zh")):
        assert all(words.kpi_entry(key) for key in policy.kpis)
        assert all(words.has(f"setting.{policy.key}.{name}") for name in names)
        for kind, texts in (("evidence", policy.evidence), ("failure", policy.failures)):
            keys = [f"{kind}.{policy.key}.{n}" for n in range(1, len(texts) + 1)]
            assert all(map(words.has, keys))
            assert not words.has(f"{kind}.{policy.key}.{len(texts) + 1}")


@pytest.mark.parametrize("policy", OWN, ids=lambda policy: policy.key)
def test_settings_hold_their_ranges(policy):
    for one in settings_of(policy):
        assert one.low <= one.default <= one.high
        policy(**{one.name: one.low})
        policy(**{one.name: one.high})
        for wrong in (one.low - 1, one.high + 1, float("nan"), "1"):
            with pytest.raises(ValidationError):
                policy(**{one.name: wrong})


@pytest.mark.parametrize("policy", OWN, ids=lambda policy: policy.key)
def test_confidence_is_that_of_the_source(policy):
    for one in settings_of(policy):
        assert (one.confidence == "unknown") == (one.source == "assumption"), one.name
        assert one.confidence in {"medium", "low", "unknown"}, "nothing here was measured in groups"


def test_policies_cannot_be_changed_or_misspelt():
    packet = RedPacket(amount=20)
    with pytest.raises(ValidationError):
        packet.amount = 30
    with pytest.raises(ValidationError):
        RedPacket(amuont=20)


def test_counts_may_be_written_as_floats():
    assert RedPacket(shares=20.0).shares == 20
    with pytest.raises(ValidationError):
        RedPacket(shares=20.5)


def test_registry_is_in_the_handbook_s_order():
    assert list(registry.policy_keys()) == [
        key for key in POLICIES if key in registry.policy_keys()
    ]
    assert registry.policy_class("value_content") is ValueContent


def test_a_misspelt_policy_is_told_with_the_nearest():
    with pytest.raises(UserError) as caught:
        registry.policy_class("red_paket")
    assert (caught.value.kind, caught.value.reason) == ("not_found", "policy")
    assert caught.value.values["suggestion"] == "red_packet"


def entry(name, value):
    return metadata.EntryPoint(name=name, value=value, group=registry.GROUP)


@pytest.fixture
def elsewhere(monkeypatch):
    """Policies from another distribution: a good one, a broken one, one that is none."""
    entries = [
        entry("whistle", "whistles:Whistle"),
        entry("broken", "no_such_module_anywhere:Policy"),
        entry("nonsense", "json:dumps"),
        entry("red_packet", "whistles:Whistle"),
    ]
    module = type("module", (), {"Whistle": Whistle})
    monkeypatch.setitem(__import__("sys").modules, "whistles", module)
    monkeypatch.setattr(metadata, "entry_points", lambda **_: entries)


@pytest.mark.usefixtures("elsewhere")
def test_policies_come_from_elsewhere():
    assert registry.policy_class("whistle") is Whistle
    assert registry.policy_keys()[-3:] == ("broken", "nonsense", "whistle")
    assert registry.policy_class("red_packet") is RedPacket, "ours cannot be replaced"


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("key", ["broken", "nonsense"])
def test_a_broken_policy_from_elsewhere_is_told(key):
    with pytest.raises(UserError) as caught:
        registry.policy_class(key)
    assert (caught.value.kind, caught.value.reason) == ("policy_failed", "import")
    for lang in ("en", "zh"):
        assert key in Words(lang).error(caught.value)
