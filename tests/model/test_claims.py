"""Claims of practice (handbook: I), asked of one knowledge group over four months at defaults.

Each test states what the model answers, whatever the claim was; docs/handbook.md gives the verdict.
Other groups, amounts and horizons may give other answers.
"""

import numpy as np

from sim.population import LEADER
from sim.record import CHANNELS

PACKET = "red_packet:amount=100"


def test_i3_codes_bring_fewer_and_hardly_better_members_than_an_open_door(paired):
    closed = {"reach.open": 0.0}
    codes = paired(
        (closed, "invitation_code", "goods_sale"), ({}, "qr_channel", "goods_sale"), pairs=60
    )
    assert codes.share("joins")[1] < -0.15
    assert codes.down("active_30d")
    assert -0.05 < codes.share("ltv")[0] < codes.share("ltv")[1] < 0.1


def test_i4_removing_the_silent_raises_rates_not_life(paired):
    pruned = paired(({}, "pruning"))
    assert pruned.share("interaction_rate")[0] > 0.2
    assert pruned.share("members")[1] < -0.3
    for kpi in ("speakers", "active_30d"):
        assert abs(pruned.share(kpi)).max() < 0.05


def test_i5_more_than_three_prompts_are_not_yet_noise(paired):
    one, three, ten = (({}, f"daily_topic:amount={count}") for count in (1, 3, 10))
    first, second = paired(three, one), paired(ten, three)
    for kpi in ("speakers", "active_30d", "messages"):
        assert first.up(kpi)
        assert second.up(kpi)
    # a prompt more is worth less, the more there are
    assert second.share("messages")[1] / 7 < first.share("messages")[0] / 2


def test_i6_some_of_what_packets_bring_outlasts_them(paired):
    stopped = paired(({}, f"{PACKET},stop=60"))
    speakers = [
        np.array([record.total("member_speakers") for record in arm]).mean(axis=0)
        for arm in (stopped.one, stopped.other)
    ]
    gain = speakers[0] - speakers[1]
    during, after = gain[:60].mean(), gain[90:].mean()
    assert 0 < after < 0.7 * during
    assert stopped.up("active_7d")


def test_i7_one_large_packet_beats_several_small(paired):
    several = paired(({}, f"{PACKET},rounds=5"), ({}, PACKET))
    for kpi in ("messages", "speakers", "active_30d"):
        assert several.down(kpi)


def test_i8_a_free_course_grows_the_group_and_does_not_pay_in_four_months(paired):
    course = paired(({}, "free_course", "paid_course:start=60"), ({}, "paid_course:start=60"))
    assert course.share("joins")[0] > 0.04
    assert course.up("revenue")
    low, high = course.interval("profit")
    assert -300 < low < high < 300, "yuan, of about 500 earned more"


def test_i9_consumers_first_is_cheaper_than_businesses_first(paired):
    businesses = paired(({}, "business_first", "goods_sale"), ({}, "friend_referral", "goods_sale"))
    assert businesses.up("joins")
    assert businesses.share("cac")[0] > 1
    assert businesses.down("profit")


def test_i10_meetings_do_not_hold_members(paired):
    met = paired(({}, "offline_meeting"))
    assert abs(met.share("members")).max() < 0.01
    assert abs(met.share("retention_d90")).max() < 0.01


def test_i11_rituals_bring_life_and_do_not_hold_members(paired):
    ritual = paired(({}, "ritual"))
    assert ritual.share("active_30d")[0] > 0.05
    assert ritual.share("retention_d90")[1] < 0.0
    assert abs(ritual.share("members")).max() < 0.02


def test_i13_own_adverts_lose_more_than_they_sell_even_once_a_month(paired):
    shop = ("goods_sale", "paid_membership")
    monthly, weekly = (
        paired(({}, *shop, f"advertising:fee=0,every={every}"), ({}, *shop)) for every in (30, 7)
    )
    assert monthly.down("revenue")
    assert monthly.down("profit")
    assert weekly.interval("revenue")[1] < monthly.interval("revenue")[0]


def test_i15_a_threshold_costs_more_profit_than_better_members_bring(paired):
    screened = paired(({}, "entry_threshold", "goods_sale"), ({}, "goods_sale"))
    assert -0.05 < screened.share("ltv")[0] < screened.share("ltv")[1] < 0.15
    assert screened.down("joins")
    assert screened.down("active_30d")
    assert screened.down("profit")


def test_i19_paid_from_the_start_earns_more_than_free_first(paired):
    free = paired(({}, "free_course", "paid_course:start=30"), ({}, "paid_course:trial=0"))
    assert free.down("revenue")


def test_i20_a_guest_s_visit_spikes_and_reverts(paired):
    once = paired(({}, "guest_visit:every=365"))
    speakers = [
        np.array([record.total("member_speakers") for record in arm]).mean(axis=0)
        for arm in (once.one, once.other)
    ]
    gain = speakers[0] - speakers[1]
    assert gain[2] > 5 * abs(gain[30:]).mean()


def test_i22_onlookers_buy_and_removing_them_costs_sales(paired):
    pruned = paired(({}, "goods_sale", "pruning"), ({}, "goods_sale"))
    assert pruned.share("revenue")[1] < -0.08
    assert pruned.down("payers")


def test_i1_without_content_a_group_is_past_its_peak_and_content_slows_it(paired):
    years = {"days": 730, "policies": []}
    posted = paired((years, "value_content"), (years,))
    for arm, most in ((posted.other, 0.4), (posted.one, 0.5)):
        messages = np.array([record.total("messages")[:728] for record in arm])
        months = messages.reshape(len(messages), -1, 28).mean(axis=(0, 2))
        assert months.argmax() == 0
        assert months[-6:].mean() < most * months.max()
    assert posted.share("messages")[0] > 0.05


def test_i14_leaders_brought_in_lose_their_rank_and_leaders_grown_keep_it(paired):
    year = {"days": 365}
    sought = paired((year, "outside_leader:leaders=3,start=10"), (year,))
    brought, kept = 0, 0
    for record in sought.one:
        members = record.members
        new = (members.joined == 10) & (members.channel == CHANNELS.index("partner"))
        brought += new.sum()
        kept += (new & (members.role == LEADER) & (members.left < 0)).sum()
    grown = [(record.members.role == LEADER).sum() for record in sought.other]
    assert brought >= 3 * len(sought.one)
    assert kept < 0.2 * brought
    assert np.mean(grown) > 5, "of three at the start, and without anybody's doing"


def test_i16_splitting_a_full_group_brings_life(paired):
    full = {"members.initial": 450}
    split = paired((full, "split:dissolve=0"), (full,))
    for kpi in ("messages", "speakers", "openers"):
        assert split.up(kpi)
    dissolved = paired((full, "split"), (full,))
    assert dissolved.up("messages")
    assert dissolved.down("members"), "the silent are left behind"
