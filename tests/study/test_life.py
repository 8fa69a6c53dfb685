"""A watched life is the life that was lived: same run, same record, same decisions."""

from dataclasses import replace
from functools import cache
from itertools import permutations
from unittest.mock import patch

import numpy as np
import pytest

from sim import levers as lv
from sim.arithmetic import kernel
from sim.draws import LIVE, uniforms
from sim.errors import UserError
from sim.parameters import by_path
from sim.policies.planning import parse_policy, plan_levers
from sim.population import (
    ENGAGEMENT,
    FATIGUE,
    FLAGS,
    GRIEF,
    HABIT,
    LANES,
    MUTED,
    OPENED,
    OWNER,
    PRESENT,
    RESTLESS,
    ROLE,
    TOLERANCE,
    TRUST,
    allocate,
)
from sim.record import CHANNELS
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import VOLUME_YESTERDAY, new_groups
from sim.study import watching
from sim.study.leaving import PUSHES, Moment, _without, moment_of, reasons_of
from sim.study.life import life_of, same_member
from sim.study.picks import CASES, interesting_members
from sim.study.witness import shares_taken

SEED = 5
# An ordinary group; one that is split and weeded; one whose operator reacts, with money and games.
COMMUNITIES = {
    "plain": ("knowledge", {"members.initial": 90}, ["red_packet:start=5"]),
    "groups": (
        "product",
        {"groups.number": 2, "members.initial": 120},
        ["split:start=30", "pruning", "advertising"],
    ),
    "reactive": (
        "mixed",
        {"members.initial": 90},
        ["adaptive", "red_packet", "points_levels", "paid_membership"],
    ),
}


@kernel
def last_draws(k0, k1, who, day):
    return uniforms(k0, k1, who, day, LIVE, 0)


class Place:
    """A community, its unwatched record, and lives in it."""

    def __init__(self, name):
        preset, changes, policies = COMMUNITIES[name]
        self.scenario = Scenario.preset(preset).replace({"days": 70, **changes})
        self.levers = plan_levers(self.scenario, extra=[parse_policy(text) for text in policies])
        run = self.begin()
        run.advance()
        self.record = run.record()
        self.lives = {}
        self.moments = {}  # in which members decided to mute or to leave

    def begin(self):
        return Run.start(self.scenario, seed=SEED, levers=self.levers)

    def life(self, member):
        if member not in self.lives:
            seen = self.moments[member] = []

            def note(run, **about):
                seen.append(moment_of(run, **about))
                return seen[-1]

            with patch.object(watching, "moment_of", note):
                self.lives[member] = life_of(self.begin(), member, record=self.record)
        return self.lives[member]

    @property
    def some(self):
        """Two dozen members: the first, those of note, and some of those who left and who paid."""
        table = self.record.members
        noted = [pick.member for pick in interesting_members(self.record, len(CASES))]
        left, paid = np.flatnonzero(table.left >= 0), np.flatnonzero(table.spent > 0)
        chosen = {0, 1, *noted, *left[::9][:10].tolist(), *paid[:4].tolist()}
        return sorted(chosen)


@cache
def place_of(name):
    return Place(name)


@pytest.fixture(scope="module", params=sorted(COMMUNITIES))
def place(request):
    return place_of(request.param)


def arrays(record):
    for name, value in vars(record).items():
        if isinstance(value, np.ndarray):
            yield name, value
    for name, value in vars(record.members).items():
        yield f"members.{name}", value


def test_watching_changes_nothing(place):
    """The record of a watched run is that of an unwatched one, to the last bit."""
    watched = place.begin()
    life_of(watched, place.some[-1], record=place.record)
    watched.advance()
    after = dict(arrays(watched.record()))
    for name, before in arrays(place.record):
        assert before.tobytes() == after[name].tobytes(), name


def test_lives_agree_with_the_record(place):
    table = place.record.members
    for member in place.some:
        life = place.life(member)
        kinds = [event.kind for event in life.events]
        spoken = np.flatnonzero(life.days["messages"])
        assert life.id == table.id[member]
        assert CHANNELS.index(life.channel) == table.channel[member]
        assert life.days["messages"].sum() == table.messages[member]
        assert life.days["fen"].sum() == table.spent[member]
        assert life.first == max(0, table.joined[member])
        assert ("joined" in kinds) == (table.joined[member] >= 0)
        if len(spoken):
            assert life.first + spoken[-1] == table.last_spoke[member]
        first = [event.day for event in life.events if event.kind == "first_words"]
        assert first == ([table.first_spoke[member]] if table.first_spoke[member] >= 0 else [])
        gone = table.left[member] >= 0
        last = table.left[member] if gone else place.scenario.days - 1
        assert (life.ending.day, life.ending.how == "present") == (last, not gone)
        assert (life.ending.how == "pruned") == (table.left_how[member] == 2)
        assert life.length == last - life.first + 1
        assert life.hunter in (True, False)


def test_who_invited_and_who_was_brought(place):
    table = place.record.members
    for member in place.some:
        life = place.life(member)
        if life.events and life.events[0].kind == "joined":
            inviter = life.events[0].values["inviter"]
            expected = table.inviter[member]
            assert (None if inviter is None else inviter.id) == (
                None if expected < 0 else table.id[expected]
            )
        mine = (table.inviter == member) & (table.joined <= life.ending.day)
        brought = [event.values["person"].id for event in life.events if event.kind == "brought"]
        assert sorted(brought) == sorted(table.id[mine].tolist())


def test_there_is_something_to_see():
    """The communities above show all ways to end and nearly all kinds of events."""
    ways, kinds = set(), set()
    for name in COMMUNITIES:
        place = place_of(name)
        for member in place.some:
            ways.add(place.life(member).ending.how)
            kinds |= {event.kind for event in place.life(member).events}
    assert {"present", "left", "pruned"} <= ways
    assert {"joined", "first_words", "first_packet", "brought", "paid", "muted", "friend"} <= kinds


def test_reasons_explain_the_very_decision(place):
    """The hazard that is split decides, with the member's own draw, as the run has decided."""
    key = place.begin().key
    share = 1.0 - place.scenario.exit.mute_share
    decided = 0
    for member in place.some:
        life = place.life(member)
        for moment in (one for one in place.moments[member] if one.there):
            went = life.ending.how == "left" and life.ending.day == moment.day
            muted = moment.member.byte[0, FLAGS, 0] & MUTED
            chance = 1.0 - np.exp(-moment.hazard)
            u = last_draws(*key, np.uint32(life.id), moment.day)[2]
            assert u < chance
            assert went == (u < chance * (0.25 if muted else share))
            decided += 1
    assert decided >= 5


def test_reasons_add_up(place):
    for member in place.some:
        life = place.life(member)
        assert bool(life.ending.reasons) == (life.ending.how == "left")
        muted = [event.values["reasons"] for event in life.events if event.kind == "muted"]
        for reasons in [*muted, life.ending.reasons]:
            if reasons:
                assert sum(reasons.values()) == pytest.approx(1.0)
                assert all(0.0 < part <= 1.0 for part in reasons.values())
                assert set(reasons) <= {*PUSHES, "ordinary"}
                assert list(reasons.values()) == sorted(reasons.values(), reverse=True)


@pytest.fixture
def moment():
    """One who has looked in and whom nothing pushes: in the middle, no friends gone, no adverts."""
    scenario = Scenario.build({})
    levers = plan_levers(scenario.replace({"policies": [], "days": 7}))
    member = allocate(1)
    member.fill[0], member.block_group[0] = 1, 0
    member.byte[0, FLAGS, 0] = PRESENT | OPENED
    member.day[0, :, 0] = 0
    for column, value in (
        (RESTLESS, 1.0), (ENGAGEMENT, 0.5), (HABIT, -6.0), (TOLERANCE, 1.0), (TRUST, 0.5),
    ):  # fmt: skip
        member.real[0, column, 0] = value
    return Moment(
        day=0, member=member, groups=new_groups(1), today=levers.values[0], aims=levers.aims,
        coefficients=Run.start(scenario, days=7).coefficients, there=True,
    )  # fmt: skip


def default(path):
    return by_path()[path].default


def test_without_a_push_people_come_and_go(moment):
    assert moment.hazard == pytest.approx(default("exit.hazard"), rel=1e-5)
    assert reasons_of(moment) == {"ordinary": 1.0}


def test_one_push_has_its_part_of_the_hazard(moment):
    """Grief multiplies the hazard by 1 + contagion x grief: the second term is its part."""
    moment.member.real[0, GRIEF, 0] = 1.5
    part = default("exit.contagion") * 1.5
    assert reasons_of(moment)["departed"] == pytest.approx(part / (1 + part), rel=1e-4)
    assert set(reasons_of(moment)) == {"departed", "ordinary"}


def test_two_equal_pushes_share_equally(moment):
    """f and g multiply the hazard: each gets half of f g - 1, as f = g (symmetry)."""
    factor = 1.0 + default("exit.contagion") * 0.5
    moment.member.real[0, GRIEF, 0] = 0.5
    moment.member.real[0, RESTLESS, 0] = factor
    reasons = reasons_of(moment)
    assert reasons["departed"] == pytest.approx(reasons["restless"], rel=1e-4)
    assert reasons["ordinary"] == pytest.approx(factor**-2, rel=1e-4)


def test_shares_are_means_over_orders(moment):
    """Naive Shapley: take pushes away in each of their orders and note what each takes along."""
    real, groups = moment.member.real, moment.groups
    real[0, GRIEF, 0], real[0, FATIGUE, 0], real[0, ENGAGEMENT, 0] = 0.8, 2.0, 0.1
    groups[0, VOLUME_YESTERDAY] = 3.0 * default("cost.capacity")
    moment.today[0, lv.PROMO] = 1.0
    pushes = ("promotion", "departed", "overload", "unrewarded")
    parts = dict.fromkeys(pushes, 0.0)
    orders = list(permutations(pushes))
    for order in orders:
        for k, push in enumerate(order):
            with_it, after = (_without(moment, order[:m]).hazard for m in (k, k + 1))
            parts[push] += (with_it - after) / len(orders) / moment.hazard
    reasons = reasons_of(moment)
    assert reasons.pop("ordinary") == pytest.approx(1 - sum(parts.values()), rel=1e-4)
    assert reasons == pytest.approx(parts, rel=1e-4)


def test_what_holds_is_no_push(moment):
    moment.member.real[0, ENGAGEMENT, 0] = 0.9
    moment.member.real[0, RESTLESS, 0] = 0.2
    assert reasons_of(moment) == {"ordinary": 1.0}
    nobody = replace(moment, member=allocate(1))
    assert reasons_of(nobody) == {"ordinary": 1.0}


def test_every_share_of_a_packet_is_somebody_s():
    """As many shares are found as were taken: one for each portion, or for each who looked in."""
    place = place_of("plain")
    run = place.begin()
    run.tidy = False
    days = 0
    while run.day < 40:
        t = run.day
        run.advance(t + 1)
        today, aims = run.levers.values[t], run.levers.aims
        if today[0, lv.PACKET_YUAN] <= 0:
            continue
        rows = run.members.rows
        flags, roles = (run.members.byte[rows // LANES, k, rows % LANES] for k in (FLAGS, ROLE))
        looked = rows[((flags & OPENED) > 0) & (roles != OWNER)]
        shares = [
            shares_taken(t, *run.key, run.members, run.members, int(row), today, aims)
            for row in looked
        ]
        assert sum(shares) == min(int(today[0, lv.PACKET_PARTS]), len(looked))
        assert max(shares) == 1
        days += 1
    assert days >= 2


def test_members_are_found_without_a_record():
    for name in ("plain", "groups"):
        place = place_of(name)
        member = place.some[-1]
        own = life_of(place.begin(), member)
        assert own.document() == place.life(member).document()


@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize("member", [-1, 100_000])
def test_who_is_nobody(member, record):
    place = place_of("plain")
    with pytest.raises(UserError) as caught:
        life_of(place.begin(), member, record=place.record if record else None)
    assert (caught.value.kind, caught.value.reason) == ("not_found", "member")


def test_the_same_person_in_another_variant():
    """Founders are in both; nobody is taken for another."""
    place, other = place_of("plain"), place_of("reactive")
    for member in (*place.some[:6], place.some[-1]):
        found = same_member(other.record, place.life(member))
        ids = other.record.members.id.tolist()
        assert found == (ids.index(place.life(member).id) if place.life(member).id in ids else None)
    assert same_member(place.record, place.life(place.some[-1])) == place.some[-1]


def test_a_life_begins_on_day_0():
    run = place_of("plain").begin()
    run.advance(3)
    with pytest.raises(ValueError, match="3 days"):
        life_of(run, 0)


def test_picks_are_what_they_are_picked_for(place):
    table = place.record.members
    picks = interesting_members(place.record, len(CASES))
    assert len({pick.member for pick in picks}) == len(picks)
    assert len(interesting_members(place.record, 2)) == 2
    by_case = {pick.why: pick for pick in picks}
    ordinary = table.role < OWNER
    talker = by_case["talker"]
    assert talker.value == table.messages[ordinary].max() == table.messages[talker.member]
    for pick in picks:
        k = pick.member
        assert pick.id == table.id[k]
        if pick.why == "lurking_payer":
            assert table.messages[k] == 0 < table.spent[k] == pick.value
        elif pick.why == "left_soon":
            assert table.inviter[k] >= 0
            assert table.left[k] - table.joined[k] == pick.value
        elif pick.why == "came_back":
            messages = place.life(k).days["messages"]
            assert np.diff(np.flatnonzero(messages)).max() >= pick.value
        elif pick.why == "removed":
            assert place.life(k).ending.how == "pruned"
