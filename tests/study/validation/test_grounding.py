"""What the validation measures of mechanisms that were put in, and of what follows from them."""

import numpy as np
import pytest

from sim.levers import PRUNE_AFTER
from sim.parameters import by_path
from sim.population import GRIEF, PRESENT
from sim.state import HEADCOUNT
from sim.study.validation import audience, giving, growing, leaving, selling, unknowns
from sim.study.validation.battery import QUICK, validate
from sim.study.validation.observe import column, community, start
from sim.study.validation.page import page
from sim.study.validation.unknowns import UNKNOWN, Swept, Unknown, sweep

SMALL = community("interest").replace(leaving.SMALL)
LISTED = {*(f"V{k}" for k in range(1, 27)), "V28", "V29", "V30",
          "V17, talk", "V27, R1", "V27, R1b", "V27, R2", "V27, R3", "V27, R4",
          "logs, knowledge", "logs, interest", "logs, product",
          "F8, owner", "F8, leader", "F8, both", "I2", "I2, cold start", "I15"}  # fmt: skip


@pytest.mark.slow
def test_the_whole_list_is_measured_in_its_order():
    keys = [finding.key for finding in validate(QUICK, seed=7)]
    assert set(keys) == LISTED
    assert len(keys) == len(LISTED)
    targets = [int(key.split(",")[0][1:]) for key in keys if key.startswith("V")]
    assert targets == sorted(targets)


def test_ratios_of_hazards_by_hand():
    # 10 exits in 1000 days without, 6 in 200 with: .03 / .01
    assert leaving.hazard_ratio(np.array([[10, 1000], [6, 200]])) == pytest.approx(3.0)
    # two strata with ratios of 2 each; pooled without strata they would mix to another number
    strata = np.array([[[40, 1000], [8, 100]], [[2, 1000], [16, 4000]]])
    assert leaving.pooled_ratio(strata) == pytest.approx(2.0)
    assert leaving.hazard_ratio(strata.sum(axis=0)) < 0.3
    assert np.isnan(leaving.hazard_ratio(np.array([[0, 10], [1, 10]])))


def test_who_is_made_to_go_is_gone_and_mourned_by_weight():
    run = start(SMALL, seed=4, replicate=0, days=40)
    run.advance(30)
    rows = run.members.rows
    goes = np.flatnonzero(column(run.members, "role") == 0)[:1]
    run.members.real[:, GRIEF, :] = 0.0
    partner, weight = run.members.partner[rows[goes[0]]], run.members.tie[rows[goes[0]]]
    known = partner < rows.size
    assert known.any()
    before = run.groups[0, HEADCOUNT]
    leaving.depart(run, goes)
    grief = column(run.members, "grief")
    expected = np.zeros(rows.size)
    for who, tie in zip(partner[known], weight[known], strict=True):
        expected[np.flatnonzero(rows == who)] = min(1.0, 2.0 * tie)
    assert grief == pytest.approx(expected)
    assert run.groups[0, HEADCOUNT] == before - 1
    assert not column(run.members, "flags")[goes[0]] & PRESENT
    alone = np.zeros(rows.size, bool)
    alone[goes] = True
    tied = leaving.tied_to(run, alone, least=0.3)
    close = {int(p) for p, w in zip(partner, weight, strict=True) if w >= 0.3}
    assert {int(rows[k]) for k in np.flatnonzero(tied)} == close


def test_leaving_is_contagious_through_its_coefficient_alone():
    talk = community("interest")
    counts = {
        strength: leaving.assigned(
            talk.replace({"exit.contagion": strength}), seed=9, count=6, days=240
        )[leaving.FRIEND]
        for strength in (0.0, 1.2)
    }
    assert leaving.hazard_ratio(counts[1.2]) > leaving.hazard_ratio(counts[0.0]) + 0.2
    assert leaving.hazard_ratio(counts[0.0]) == pytest.approx(1.0, abs=0.2)


def test_an_observer_counts_every_leave_once():
    scenario = community("interest")
    counts = leaving.seen(scenario, seed=3, count=1, days=120)
    run = start(scenario, seed=3, replicate=0, days=120)
    run.advance()
    leaves = int(run.record().total("leaves").sum())
    assert leaves > 10
    # who joins in a day and goes in it is not there on any morning
    assert leaves * 0.9 <= counts[:, :, 0].sum() <= leaves
    assert counts[0, 1, 1] < counts[0, 0, 1]


def test_nobody_gone_changes_nothing_and_a_lost_lead_quiets_forty_people():
    quiet = leaving.lead_goes(SMALL, owner=False, leader=False, seed=2, count=2)
    assert quiet == dict.fromkeys(("messages", "speakers", "stayers' own"), 0.0)
    owner = leaving.lead_goes(SMALL, owner=True, leader=False, seed=2, count=16)
    both = leaving.lead_goes(SMALL, owner=True, leader=True, seed=2, count=16)
    assert both["messages"] < owner["messages"] < -0.05
    assert both["speakers"] < 0.0


def test_packets_bring_talk_that_wears_off():
    scenario = community("interest")
    first, more = giving.spill_over(scenario, before=0, seed=8, count=20)
    eighth, _ = giving.spill_over(scenario, before=7, seed=8, count=20)
    assert 0.2 < first < 1.5
    assert more > 0.0
    assert eighth < 0.6 * first
    fresh = scenario.replace({"stimulus.rho": 0.95, "stimulus.half_life": 7.0})
    lasting, _ = giving.spill_over(fresh, before=7, seed=8, count=20)
    assert lasting > 1.3 * eighth
    deaf = scenario.replace({"opening.stimulus": 0.0, "talk.stimulus": 0.0, "benefit.treat": 0.0})
    # what remains: attention lets some of the muted look in
    unmoved, _ = giving.spill_over(deaf, before=0, seed=8, count=20)
    assert abs(unmoved) < 0.1 * first


def test_better_seed_users_beat_more_of_them_in_a_new_group_only():
    few = growing.arms_of_seeds(10, 20)
    start_up = growing.seed_users(
        community("interest").replace(growing.COLD), few, seed=6, count=20
    )
    assert start_up["20"] > start_up["10"] > 1.05
    assert start_up["10, close and talkative"] > start_up["20"]
    assert start_up["10, close"] > start_up["10"] + 0.05
    settled = growing.seed_users(community("knowledge"), few, seed=6, count=4)
    assert all(abs(ratio - 1.0) < 0.1 for ratio in settled.values())


def test_a_threshold_pays_where_places_are_short_and_not_where_people_are():
    outcome = {}
    for name in ("full, 500 places", "broad topics"):
        preset, changes = growing.THRESHOLDS[name]
        scenario = community(preset).replace(changes)
        outcome[name] = growing.threshold(scenario, share=0.6, seed=5, count=4)
    full, broad = outcome.values()
    assert full["messages"] > 1.1
    assert broad["messages"] < 0.9
    assert broad["revenue"] < 0.9
    assert min(full["messages a member"], broad["messages a member"]) > 1.1
    assert full["yuan an hour"] > 0.0 > broad["yuan an hour"]
    assert not growing.pays(broad)


def test_a_first_blast_sells_what_needed_a_reminder():
    shop = community("product").replace(
        {"policies": [], "platform": "open", "members.initial": 2000, "groups.number": 10,
         "groups.capacity": 500, "groups.qr_limit": 500}
    )  # fmt: skip
    quick = {"seed": 3, "count": 2, "days": 60}
    sales, goes, error = selling.first_blast(shop, **quick)
    assert 1.02 < sales < 1.08
    assert 2.5 < goes < 5.0
    assert 0.0 < error < 0.02
    needless, _, _ = selling.first_blast(shop.replace({"buy.needs_reminder": 0.0}), **quick)
    assert 0.98 < needless < 1.0  # what remains: trust lost on the same day


def test_early_loss_by_hand():
    # 100 enrolled: 60 on every day of two weeks and the two after, 20 on the last days
    there = np.zeros((30, 100), bool)
    there[:27, :60] = True
    there[27:, :20] = True
    assert selling.early_loss(there) == pytest.approx(40 / 80)


def test_stayers_say_less_when_an_audience_is_cut_off_whatever_places_there_are():
    full = community("knowledge")
    assert full.groups.capacity == 500
    assert -0.45 < audience.audience_loss(full, seed=5, count=10) < -0.05


def test_what_nobody_measured_is_swept_over_its_whole_range():
    about = by_path()
    carried = [one for one in UNKNOWN if one.path]
    assert {one.path for one in carried} == {
        "exit.pruned_grief", "stimulus.guest", "stimulus.rho", "stimulus.half_life",
        "opening.ritual", "invite.scarcity", "tie.cut", "groups.focus",
    }  # fmt: skip
    for one in carried:
        row = about[one.path]
        assert row.confidence == "unknown", one.path
        assert (row.low, row.high) == (one.values[0], one.values[2])
        assert row.default in one.values
        assert row.high - row.low >= 0.25 * row.high
    for path in ("exit.leader_pull", "role.cultivate", "talk.leaderless_loss", "talk.topic_gain"):
        assert about[path].confidence == "unknown"


def test_signs_are_those_beyond_two_errors():
    swept = Swept(unknown=UNKNOWN[0], confidence="unknown",
                  changes={"messages": [(0.3, 0.1), (0.1, 0.1), (-0.3, 0.1)],
                           "members": [(-0.3, 0.1)] * 3})  # fmt: skip
    assert swept.sign("messages") == "- or 0 or +"
    assert swept.sign("members") == "-"
    text = page([], [swept], remarks="Remarks.")
    assert "## What has no number in the literature" in text
    row = "| - or 0 or +: +0.300, +0.100, -0.300 | -: -0.300, -0.300, -0.300 |"
    assert f"`silent_days` | 180, 60, 30 | unknown {row}" in text
    assert "no number" not in page([], remarks="Remarks.")


def test_a_sweep_compares_the_same_futures_with_and_without():
    guest = next(one for one in UNKNOWN if one.path == "stimulus.guest")
    nothing = Unknown(what="nothing", values=(0.0, 1.5, 4.0), preset="interest", path=guest.path)
    for change, error in sweep(nothing, SMALL, seed=3, count=1).changes["messages"]:
        assert (change, error) == (0.0, 0.0)
    swept = sweep(guest, community("knowledge"), seed=3, count=3)
    none, usual, high = (change for change, _ in swept.changes["messages"])
    assert none < usual < high
    assert tuple(swept.changes) == unknowns.KPIS


def test_the_removed_are_missed_as_far_as_the_parameter_says():
    """With full grief as many mourn as if the same members had left by themselves."""
    grief = {}
    for share in (0.0, 0.5):
        scenario = community("knowledge", {"exit.pruned_grief": share, "exit.hazard": 0.0})
        run = start(scenario, seed=2, replicate=0, days=40)
        run.advance(30)
        run.levers.values[30, :, PRUNE_AFTER] = 7.0
        tied = run.members.tie.copy(), run.members.partner.copy()
        before = (column(run.members, "flags") & PRESENT) > 0
        run.advance(31)
        gone = before & ((column(run.members, "flags")[: before.size] & PRESENT) == 0)
        assert gone.any()
        grief[share] = float(column(run.members, "grief").sum())
        mourners = (tied[0][run.members.rows[: before.size][gone]] > 0.05).any()
        assert mourners
    assert grief[0.0] == 0.0
    assert grief[0.5] > 0.0
