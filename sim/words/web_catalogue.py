"""What can be chosen on the page: groups of policies, what a community is, where numbers are from."""

from __future__ import annotations

WEB_CATALOGUE: dict[str, tuple[str, str]] = {
    "web.catalogue.group_recruit": ("getting members", "拉新"),
    "web.catalogue.group_activate": ("keeping it alive", "促活"),
    "web.catalogue.group_order": ("keeping order", "管群"),
    "web.catalogue.group_earn": ("earning", "变现"),
    "web.catalogue.group_adapt": ("adapting", "调优"),
    "web.catalogue.group_other": ("others", "其他"),
    # Facts of a portrait
    "web.catalogue.fact_platform": ("where", "平台"),
    "web.catalogue.fact_members": ("members", "人数"),
    "web.catalogue.fact_groups": ("groups", "群数"),
    "web.catalogue.groups_of": (
        "{number}, up to {capacity} each",
        "{number} 个，上限 {capacity} 人",
    ),
    "web.catalogue.fact_time": ("time of owner and staff", "群主和运营的时间"),
    "web.catalogue.fact_arrivals": ("find it by themselves", "自己找来的人"),
    "web.catalogue.arrivals_of": ("{number} a day", "每天 {number} 人"),
    "web.catalogue.fact_market": ("could come at most", "最多可能进群"),
    "web.catalogue.people": ("{number} persons", "{number} 人"),
    "web.catalogue.fact_policies": ("done today", "日常动作"),
    "web.catalogue.policies_of": ("{number} policies", "{number} 项"),
    # Names of the numbers that are most often adjusted
    "web.catalogue.members.initial": ("members", "群人数"),
    "web.catalogue.groups.number": ("groups", "群数"),
    "web.catalogue.owner.minutes_per_week": ("staff time a week", "每周工时"),
    "web.catalogue.member.wallet_median": ("what members would pay", "成员的付费意愿"),
    "web.catalogue.law.intercept": ("how lively the group is", "群有多活跃"),
    "web.catalogue.member.trust_start": ("trust of newcomers", "新人的信任"),
    "web.catalogue.buy.member_rate": ("how readily members buy", "买会员、课程的快慢"),
    "web.catalogue.talk.topic_gain": ("effect of a topic", "抛话题的效果"),
    "web.catalogue.reach.open": ("who come by QR code", "扫码进来的人"),
    "web.catalogue.price.content": ("cost of a piece", "一篇内容的花费"),
}
