"""Who is there (handbook: A1 to A8): what each kind of person changes, in the same futures."""

import numpy as np

from sim.record import ROLES


def at_the_end(records, role):
    """Members of a role on the last day, one number a future."""
    code = ROLES.index(role)
    members = [record.members for record in records]
    return np.array([((one.role == code) & (one.left < 0)).sum() for one in members], float)


def test_a1_a_brand_draws_people_while_it_is_produced(paired):
    brand = paired(({}, "brand:readers=2"))
    assert brand.up("joins")
    assert brand.up("messages")
    fading = paired(({"owner.half_life": 30.0}, "brand:readers=2"), ({}, "brand:readers=2"))
    assert fading.down("messages")


def test_a2_leaders_lift_talk_and_are_grown_inside(paired):
    led = paired(({"members.leaders": 12},), ({"members.leaders": 0},))
    assert led.up("member_speakers")
    assert led.up("replies")
    barred = {"members.leaders": 0, "role.probability": 0.0}
    grown = paired(({}, "privilege"), (barred,))
    assert (at_the_end(grown.other, "leader") == 0).all()
    ordinary = at_the_end(paired(({"members.leaders": 0},)).one, "leader")
    assert ordinary.mean() > 3, "members rise without being appointed"
    cultivated = at_the_end(grown.one, "leader")
    usual = at_the_end(paired(({},)).one, "leader")
    assert (cultivated - usual).mean() > 2


def test_a3_administrators_alone_are_not_sufficient(paired):
    staffed = paired(({"members.administrators": 8},), ({"members.administrators": 1},))
    for kpi in ("messages", "openers", "joins"):
        assert abs(staffed.share(kpi)).max() < 0.01
    noisy = {"talk.offtopic": 0.5}
    worked = paired((noisy, "moderation:amount=0,personal=1"), (noisy,))
    assert worked.share("openers")[0] > 0.05, "what they do is a policy"


def test_a4_seed_users_help_a_little_by_number_and_by_closeness(paired):
    seeded = paired(({"members.seed_users": 40},), ({"members.seed_users": 0},))
    for kpi in ("messages", "active_30d", "invites_sent"):
        assert seeded.up(kpi)
    close = paired(({"role.seed_fit": 2.0},), ({"role.seed_fit": 0.0},))
    assert close.up("messages")
    for compared in (seeded, close):
        assert compared.share("messages")[1] < 0.06, "neither number nor quality decides"


def test_a5_onlookers_buy(paired):
    shop = paired(({}, "goods_sale")).one
    silent = [record.members for record in shop]
    shares = [((m.messages == 0) & (m.first_paid >= 0)).sum() / (m.first_paid >= 0).sum()
              for m in silent]  # fmt: skip
    assert np.mean(shares) > 0.3
    assert np.mean([(m.messages == 0).mean() for m in silent]) > 0.5, "most never speak"


def test_a6_a_guest_draws_talk_by_visiting_not_by_being_there(paired):
    visited = paired(({}, "guest_visit"))
    assert visited.up("active_30d")
    assert visited.up("messages")
    listed = paired(({"members.guests": 5},))
    assert abs(listed.share("messages")).max() < 0.01


def test_a7_a_fifth_of_the_members_say_four_fifths(paired):
    spoken = [np.sort(record.members.messages)[::-1] for record in paired(({},)).one]
    shares = [counts[: len(counts) // 5].sum() / counts.sum() for counts in spoken]
    assert min(shares) > 0.8


def test_a8_deal_hunters_take_and_give_little(paired):
    hunters, others = (
        ({"hunter.share_giveaway": share}, "giveaway", "goods_sale") for share in (1.0, 0.0)
    )
    crowd = paired(hunters, others)
    for kpi in ("messages", "revenue", "ltv", "conversion_30d"):
        assert crowd.down(kpi)
    assert crowd.up("leaves")
