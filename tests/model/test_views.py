"""Agents: views of rows, asked by the functions that the compiled day decides with."""

import numpy as np
import pytest

from sim.arithmetic import kernel
from sim.draws import LIVE, LOOK, uniforms
from sim.levers import LEVER_INDEX
from sim.model import CommunityModel
from sim.population import DAY_INDEX, LANES, REAL_INDEX, ROLE
from sim.record import DAILY_INDEX, ROLES
from sim.views import VIEWS, Administrator, Guest, Leader, Lurker, Member, Owner, SeedUser


@kernel
def keyed(k0, k1, who, day, purpose):
    return uniforms(k0, k1, who, day, purpose, 0)


@pytest.fixture
def model(small):
    return CommunityModel(small, seed=5, members__administrators=2, members__guests=1)


def step(model, days):
    for _ in range(days):
        model.step()


def present_rows(run):
    return [
        row
        for row in run.members.rows.tolist()
        if run.members.byte[row // LANES, 0, row % LANES] & 1
    ]


def agree(model):
    run = model.engine
    agents = list(model.agents)
    assert sorted(agent.row for agent in agents) == present_rows(run)
    for agent in agents:
        code = run.members.byte[agent.row // LANES, ROLE, agent.row % LANES]
        assert type(agent) is VIEWS[code]
        assert agent.role == ROLES[code]
        assert agent.unique_id == agent.row + 1
    by_type = model.agents_by_type
    assert sum(len(agents) for agents in by_type.values()) == len(agents)
    assert all(type(agent) is kind for kind, agents in by_type.items() for agent in agents)
    assert set(by_type) == set(model.agent_types)


def test_classes_are_the_roles(model):
    wanted = model.configuration.members
    counts = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert counts[Owner] == 1
    assert counts[Administrator] == 2
    assert counts[Guest] == 1
    assert counts[Leader] == wanted.leaders
    assert counts[SeedUser] == wanted.seed_users
    assert counts[Lurker] == 60 - 4 - wanted.leaders - wanted.seed_users


def test_views_follow_the_columns_day_by_day(model):
    known = {agent.row: agent for agent in model.agents}
    for _ in range(40):
        model.step()
        agree(model)
    for agent in model.agents:
        assert known.get(agent.row, agent) is agent  # the same object all the time
    assert model.record().total("leaves").sum() > 0
    assert model.record().total("joins").sum() > 0


def test_views_follow_when_columns_grow(small):
    crowd = {"platform": "qq", "groups.capacity": 2000, "reach.content": 90.0}
    model = CommunityModel(small.replace(crowd), seed=5)
    blocks = len(model.engine.members.fill)
    before = list(model.agents)
    step(model, 40)
    assert len(model.engine.members.fill) > blocks
    agree(model)
    before[3].engagement = 0.75
    assert model.engine.members.real[0, REAL_INDEX["engagement"], 3] == 0.75


def test_values_are_those_of_the_record(model):
    step(model, 20)
    table = model.record().members
    rows = model.engine.members.rows.tolist()
    days = ("first_spoke", "last_spoke", "last_opened", "first_paid", "paid_until")
    for agent in model.agents:
        at = rows.index(agent.row)
        assert agent.identity == table.id[at]
        assert agent.messages == table.messages[at]
        assert agent.invited == table.invited[at]
        assert agent.spent == table.spent[at]
        assert agent.muted == table.muted[at]
        assert agent.group == table.group[at]
        for name in days:
            day = getattr(agent, name)
            assert (-1 if day is None else max(day, -1)) == getattr(table, name)[at]
        assert agent.present
        assert (agent.left, agent.left_how) == (None, "present")


def test_values_are_python_scalars(model):
    agent = next(iter(model.agents_by_type[Lurker]))
    names = [name for name in dir(Member) if not name.startswith("_")]
    values = [getattr(agent, name) for name in names if name not in ("model", "random", "rng")]
    plain = [value for value in values if not callable(value)]
    assert not [value for value in plain if isinstance(value, np.generic)]
    asked = [
        agent.chance_to_speak(), agent.chance_to_open(), agent.hazard_of_leaving(),
        agent.expected_invitations(),
    ]  # fmt: skip
    assert {type(value) for value in asked} == {float}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("engagement", 0.5, 1.5),
        ("trust", 1.0, -0.25),
        ("lift", -1.0, 2.0),
        ("fatigue", 3.0, float("inf")),
        ("activity", 4.0, 0.0),
        ("habit", -2.5, float("nan")),
        ("wallet", 30.0, -1.0),
    ],
)
def test_writing_goes_through_and_is_checked(model, name, good, bad):
    agent = next(iter(model.agents_by_type[Lurker]))
    setattr(agent, name, good)
    b, j = divmod(agent.row, LANES)
    assert model.engine.members.real[b, REAL_INDEX[name], j] == good == getattr(agent, name)
    with pytest.raises(ValueError, match=name):
        setattr(agent, name, bad)
    assert getattr(agent, name) == good


def test_what_is_written_is_lived(small):
    """A member pinned to total disengagement and silence opens less than untouched luck allows."""
    quiet, plain = (CommunityModel(small, seed=5) for _ in range(2))
    for agent in quiet.agents_by_type[Lurker]:
        agent.habit = -30.0
    quiet.step()
    plain.step()
    assert quiet.speakers < plain.speakers
    assert not any(agent.spoke for agent in quiet.agents_by_type[Lurker] if agent.joined != 0)


def test_muting_by_hand(model):
    agent = next(iter(model.agents_by_type[Lurker]))
    before = agent.chance_to_open()
    agent.muted = True
    assert agent.muted
    assert agent.chance_to_open() < before
    agent.muted = False
    assert agent.chance_to_open() == before


def test_a_change_of_role_changes_the_class(model):
    agent = next(iter(model.agents_by_type[Lurker]))
    restless, number = agent.restless, agent.unique_id
    agent.role = "leader"
    agree(model)
    assert type(agent) is Leader
    assert agent.unique_id == number
    assert agent in model.agents_by_type[Leader]
    assert agent not in model.agents_by_type[Lurker]
    lasting = model.configuration.role.leader_exit
    assert agent.restless == pytest.approx(restless * lasting, rel=1e-6)
    agent.role = "seed_user"
    agree(model)
    assert agent.restless == pytest.approx(restless, rel=1e-6)
    with pytest.raises(ValueError, match="owner"):
        agent.role = "owner"
    with pytest.raises(ValueError, match="owner"):
        next(iter(model.agents_by_type[Owner])).role = "lurker"


def test_removing_is_leaving(model):
    step(model, 5)
    agent = next(one for one in model.agents_by_type[Lurker] if one.ties)
    friend = next(one for one in model.agents if one.unique_id in agent.ties)
    before, grief = len(model.agents), friend.grief
    agent.remove()
    agent.remove()  # once is enough
    assert len(model.agents) == before - 1
    assert agent not in model.agents
    assert (agent.present, agent.left, agent.left_how) == (False, 5, "left")
    assert (agent.chance_to_speak(), agent.hazard_of_leaving()) == (0.0, 0.0)
    assert agent.expected_invitations() == 0.0
    assert friend.grief > grief
    agree(model)
    while model.running:
        model.step()
    agree(model)
    counts = model.record()
    flow = counts.total("joins") - counts.total("leaves") - counts.total("pruned")
    assert (np.cumsum(flow) + 60 == counts.total("members")).all()
    assert (counts.members.left >= 0).sum() == (
        counts.total("leaves") + counts.total("pruned")
    ).sum()


def test_removing_everybody(small):
    model = CommunityModel(small, seed=5, reach__open=0.0, reach__content=0.0)
    model.remove_all_agents()  # also when nobody has asked for agents before
    assert len(model.agents) == 0
    model.step()
    assert model.leaves == 60
    assert model.members == len(model.agents)


def test_removing_after_the_end_leaves_the_record_alone(small):
    model = CommunityModel(small, seed=5, days=3)
    model.run_model()
    left = model.record().members.left.copy()
    members = len(model.agents)
    next(iter(model.agents)).remove()
    assert len(model.agents) == members - 1
    assert (model.record().members.left == left).all()


def test_agent_sets(model):
    step(model, 3)
    agents = model.agents
    trusting = agents.select(lambda agent: agent.trust > 0.5)
    assert {a.row for a in trusting} == {a.row for a in agents if a.trust > 0.5}
    column = model.engine.members.real[:, REAL_INDEX["engagement"], :].ravel()
    mean = agents.agg("engagement", np.mean)
    assert mean == pytest.approx(column[present_rows(model.engine)].mean(), rel=1e-6)
    assert agents.groupby("role").count() == {
        ROLES[VIEWS.index(kind)]: len(members) for kind, members in model.agents_by_type.items()
    }
    agents.select(agent_type=Lurker).set("trust", 0.125)
    assert all(a.trust == 0.125 for a in model.agents_by_type[Lurker])
    seen = []
    agents.shuffle_do(lambda agent: seen.append(agent.row))
    assert sorted(seen) == present_rows(model.engine)
    assert seen != sorted(seen)
    agents.do("remove")
    assert len(model.agents) == 0


def chance_levers(run):
    """Levers that touch every term of opening, speaking, inviting and leaving."""
    for name, amount in {
        "ritual": 0.5, "care": 0.25, "topic": 2, "packet": 60, "event": 1, "promo": 1, "soft": 1,
        "bad_hour": 0.5, "ask": 0.5, "invite_reward": 1, "price_member": 20, "content": 1,
    }.items():  # fmt: skip
        for day in range(run.days):
            run.levers.set(name, day, amount, policy=0)


def test_chances_are_those_of_the_day(neutral):
    """Phase 3 compares one known keyed draw with the chances: the outcome must follow from them."""
    run = neutral({"arrival.greeting": 0.0, "cost.capacity": 50.0})
    chance_levers(run)
    model = CommunityModel.of(run)
    spoken = opened = 0
    for day in range(30):
        asked = [(agent, agent.chance_to_speak(), agent.chance_to_open()) for agent in model.agents]
        model.step()
        for agent, speak, look in asked:
            if agent.role in ("owner", "administrator", "guest"):
                continue  # the operator also opens and speaks by plan
            u = keyed(*run.key, np.uint32(agent.identity), day, LOOK)[0]
            assert 0 < speak <= look <= 1
            assert abs(u - look) < 1e-6 or agent.opened == (u < look)
            assert abs(u - speak) < 1e-6 or agent.spoke == (u < speak)
            spoken += agent.spoke
            opened += agent.opened
    assert opened > spoken > 50
    assert run.groups[0, 0] > 0


def test_hazards_are_those_of_the_day(neutral):
    """Phase 8 judges the state after phase 5: the state after any day but a week's last."""
    run = neutral({"exit.contagion": 0.0, "exit.hazard": 0.05, "cost.capacity": 500.0})
    chance_levers(run)
    model = CommunityModel.of(run)
    gone = 0
    for day in range(20):
        before = {agent.row: (agent, agent.muted) for agent in model.agents}
        model.step()
        if day % 7 == 6:
            continue  # habits have moved since phase 8
        for agent, muted in before.values():
            b, j = divmod(agent.row, LANES)
            run.members.byte[b, 0, j] |= 1  # ask also those who have just left, as they were then
            was_muted = agent.muted
            agent.muted = muted
            chance = 1 - np.exp(-agent.hazard_of_leaving(looked=agent.opened))
            if agent.left is not None:
                run.members.byte[b, 0, j] &= 0xFE
            else:
                agent.muted = was_muted
            share = 0.25 if muted else 1 - model.configuration.exit.mute_share
            u = keyed(*run.key, np.uint32(agent.identity), day, LIVE)[2]
            assert abs(u - chance * share) < 1e-6 or (agent.left is not None) == (
                u < chance * share
            )
            gone += agent.left is not None
    assert gone > 10


def test_invitations_by_the_formula(neutral):
    """A plain reading of the expected number, in float64."""
    run = neutral()
    chance_levers(run)
    model = CommunityModel.of(run)
    step(model, 10)
    given = model.configuration.invite
    life = run.groups[0, 5]
    assert life > 0
    for agent in model.agents:
        joined = int(run.members.day[agent.row // LANES, DAY_INDEX["joined"], agent.row % LANES])
        urge = np.exp(-(10 - joined) / given.tau) + given.floor + given.burst * agent.heat
        zeal = 1.0 if agent.role == "lurker" else model.configuration.role.inviting
        mean = (
            given.rate * agent.engagement * life / (life + given.life) * urge * (1 + given.reward)
            * 1.5 * agent.friends / (agent.friends + 3) * zeal
        )  # fmt: skip
        assert agent.expected_invitations() == pytest.approx(mean, rel=1e-5, abs=1e-12)
    run.levers.values[10, :, LEVER_INDEX["quota"]] = -1
    assert next(iter(model.agents)).expected_invitations() == 0.0


def test_asking_changes_nothing(small, same):
    asked, plain = (CommunityModel(small, seed=5) for _ in range(2))
    for _ in range(10):
        for agent in asked.agents:
            agent.chance_to_speak()
            agent.hazard_of_leaving()
            agent.expected_invitations()
        asked.step()
        plain.step()
    same(asked.engine, plain.engine)
    assert asked.record().daily[:, :, DAILY_INDEX["messages"]].sum() > 0
