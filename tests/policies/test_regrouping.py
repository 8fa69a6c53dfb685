"""Split and relay (handbook: D11, D12): who moves, what goes along, and what it does."""

import numpy as np
import pytest

from sim import checkpoint
from sim.errors import UserError
from sim.levers import Levers
from sim.metrics.identities import broken_identities
from sim.model import CommunityModel
from sim.policies.planning import plan_levers
from sim.policies.registry import policy_class
from sim.population import LANES, LEADER, NOBODY, OWNER, PAID, PRESENT
from sim.record import ACCOUNTS, DAILY
from sim.state import AUDIENCE, EVER, HEADCOUNT, LAST, LIFE, MATTER

KEYS = ("split", "relay")


@pytest.mark.parametrize(
    ("use", "kpi", "sign"),
    [
        (use, kpi, sign)
        for use in ("split", "relay")
        for kpi, sign in policy_class(use).kpis.items()
    ],
)
def test_every_claim_is_seen(place, use, kpi, sign):
    low, high = place.interval(use, kpi)
    assert low > 0 if sign == "+" else high < 0


@pytest.mark.parametrize("use", ["split", "relay"])
def test_zero_intensity_is_as_if_absent(place, use):
    off = place.begin({"use": use, **policy_class(use).off}).record()
    plain = place.futures()[0]
    assert np.array_equal(off.daily, plain.daily)
    assert np.array_equal(off.ledger, plain.ledger)
    assert np.array_equal(off.members.messages, plain.members.messages)


def column(run, name):
    rows = run.members.rows
    return run.members.column(name)[rows // LANES, rows % LANES]


def group_of(run):
    rows = run.members.rows
    return run.members.block_group[rows // LANES]


def there(run):
    return (column(run, "flags") & PRESENT) > 0


def test_a_split_moves_who_looks_in_and_nobody_else(place):
    before = place.begin({"use": "split", "start": 20, "every": 20}, until=20)
    looked = {
        int(who): day >= 13 and role < OWNER
        for who, day, role, present in zip(
            column(before, "id"), column(before, "last_opened"), column(before, "role"),
            there(before), strict=True,
        )
        if present
    }  # fmt: skip
    after = before.fork()
    after.regroup()  # nothing was ordered yet
    assert after.moves == []
    after.levers.operator.morning(after)
    stayed = dict(zip(column(after, "id").tolist(), there(after).tolist(), strict=True))
    staff = [int(i) for i, role in zip(column(before, "id"), column(before, "role"), strict=True)
             if role >= OWNER]  # fmt: skip
    assert {who for who in looked if stayed[who]} == {
        who for who, follows in looked.items() if follows or who in staff
    }
    parts = np.bincount(group_of(after)[there(after)])
    assert len(parts) == 2
    assert parts.min() > 0.3 * parts.sum()


def test_every_part_has_leaders_and_an_account_of_the_owner(place):
    run = place.begin({"use": "split", "parts": 3, "dissolve": 0, "start": 5, "every": 5}, until=6)
    for role, wanted in ((OWNER, [1, 1, 1]), (LEADER, [2, 1, 1])):
        held = there(run) & (column(run, "role") == role)
        assert np.bincount(group_of(run)[held], minlength=3).tolist() == wanted


@pytest.mark.parametrize(("cut", "kept"), [(0.0, 1.0), (1.0, 0.0), (0.6, 0.4)])
def test_ties_across_parts_are_cut(place, cut, kept):
    scenario = place.plain.replace({"tie.cut": cut})
    run = place.begin({"use": "split", "dissolve": 0, "start": 9}, scenario=scenario, until=9)
    whole = run.fork()
    run.levers.operator.morning(run)
    weights = []
    for one in (whole, run):
        places = dict(zip(column(one, "id").tolist(), one.members.rows.tolist(), strict=True))
        names = dict(zip(one.members.rows.tolist(), column(one, "id").tolist(), strict=True))
        weights.append({
            (who, names[int(partner)]): float(weight)
            for who, row in places.items()
            for partner, weight in zip(one.members.partner[row], one.members.tie[row], strict=True)
            if partner != NOBODY
        })  # fmt: skip
    group = dict(zip(column(run, "id").tolist(), group_of(run).tolist(), strict=True))
    assert weights[0].keys() == weights[1].keys()
    across = [pair for pair in weights[0] if group[pair[0]] != group[pair[1]]]
    assert len(across) > 50
    for pair, weight in weights[0].items():
        factor = kept if group[pair[0]] != group[pair[1]] else 1.0
        assert weights[1][pair] == pytest.approx(weight * factor, abs=1e-6)


def test_what_belongs_to_the_group_goes_with_people(place):
    run = place.begin({"use": "split", "dissolve": 0, "start": 9}, until=9)
    whole = run.groups[0].copy()
    run.levers.operator.morning(run)
    for k in (AUDIENCE, LIFE, MATTER):
        assert run.groups[:, k].sum() == pytest.approx(whole[k])
    assert np.expm1(run.groups[:, LAST]).sum() == pytest.approx(np.expm1(whole[LAST]))
    for k in (HEADCOUNT, EVER):
        assert run.groups[:, k].sum() == whole[k] + 1  # the owner's account


def test_only_payers_move_up_and_strangers_stay_below(place):
    run = place.begin({"use": "relay", "period": 365}, {"use": "friend_referral"})
    above = there(run) & (group_of(run) == 1)
    ordinary = column(run, "role")[above] < OWNER
    assert ordinary.sum() > 10
    assert ((column(run, "flags")[above] & PAID) > 0)[ordinary].all()
    joins = run.books.daily[:, :, DAILY.index("joins")]
    assert joins[:, 0].sum() > 0
    assert joins[:, 1].sum() == 0


@pytest.mark.parametrize("use", ["split", "relay"])
def test_books_and_counts_hold(place, use):
    for record in place.futures(use)[:5]:
        assert broken_identities(record) == []
    spent = place.futures("split")[0].ledger_policy[1, ACCOUNTS.index("staff_minutes")]
    assert spent == place.plain.minutes.moving  # one split of one group
    weekly = place.futures("relay")[0].ledger_policy[1, ACCOUNTS.index("staff_minutes")]
    # nine weeks: on day 0 nobody has paid, on day 7 the upper group opens, then there are two
    assert weekly == place.plain.minutes.tier * (2 + 7 * 2)


def test_other_policies_go_on_in_all_groups(place):
    entries = [{"use": "split", "dissolve": 0}, {"use": "value_content"}, {"use": "moderation"}]
    record = place.begin(*entries).record()
    minutes = record.ledger_policy[3, ACCOUNTS.index("staff_minutes")]
    # moderation at half strength takes 15 minutes a day in each group
    assert minutes == 15 * (28 + 32 * 2)
    said = record.daily[30:, :, DAILY.index("messages")]
    assert (said > 0).mean(axis=0).min() > 0.9


def test_groups_that_a_policy_opens_can_be_named(place):
    entries = [{"use": "relay"}, {"use": "care", "groups": [1]}]
    levers = plan_levers(place.plain, extra=entries)
    assert levers.values.shape[1] == 2
    with pytest.raises(UserError) as caught:
        plan_levers(place.plain, extra=[{"use": "relay"}, {"use": "care", "groups": [2]}])
    assert (caught.value.kind, caught.value.values["last"]) == ("out_of_range", 1)


def test_a_split_run_is_kept_and_goes_on(place, tmp_path):
    entries = [{"use": "split", "times": 2}, {"use": "relay"}]
    whole = place.begin(*entries)
    half = place.begin(*entries, until=40)
    checkpoint.save(half, tmp_path / "run")
    other = checkpoint.load(tmp_path / "run")
    other.advance()
    assert np.array_equal(other.books.daily, whole.books.daily)
    assert np.array_equal(other.members.real, whole.members.real)


def test_a_fork_may_split_what_was_one(place):
    run = place.begin(until=20)
    levers = plan_levers(place.plain, extra=[{"use": "split", "start": 30}])
    fork = run.fork(levers=levers)
    fork.advance()
    assert fork.open_groups == (0, 1)
    assert broken_identities(fork.record()) == []
    back = place.begin({"use": "split", "start": 10}, until=20)
    again = plan_levers(place.plain, extra=[{"use": "care"}], room=2)
    other = back.fork(levers=again)
    other.advance()
    assert other.open_groups == (0, 1)
    with pytest.raises(ValueError, match="2 groups"):
        back.fork(levers=Levers.neutral(60, 1))


def test_views_follow_their_members(place):
    model = CommunityModel(place.plain, seed=3, days=60, policies="split:start=20,dissolve=0")
    for _ in range(20):
        model.step()
    names = {agent: agent.identity for agent in model.agents}
    numbers = {agent.unique_id for agent in model.agents}
    for _ in range(5):
        model.step()
    assert len(model.engine.moves) == 1
    assert all(agent.identity == name for agent, name in names.items())
    assert {agent.identity for agent in model.agents} == set(
        column(model.engine, "id")[there(model.engine)].tolist()
    )
    now = [agent.unique_id for agent in model.agents]
    assert len(set(now)) == len(now)
    assert len(numbers) == len(names)
