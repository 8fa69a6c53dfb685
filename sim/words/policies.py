"""Policies: what an operator can do, as operators call it.

Keyed by the policy's registered name; the handbook's id stands beside it. To add a policy, add one
line.
"""

from __future__ import annotations

from typing import NamedTuple


class Policy(NamedTuple):
    """Names of one policy.

    Attributes:
        handbook: Id of the handbook row.
        en: English name.
        zh: Chinese name.
        said: How operators also call it, in Chinese.
    """

    handbook: str
    en: str
    zh: str
    said: str


_P = Policy

POLICIES: dict[str, Policy] = {
    "outside_leader": _P("A2", "leaders from outside", "外请意见领袖", "请大V、挖KOL进群"),
    "invitation_code": _P("C1", "invitation codes", "邀请码", "限量邀请码"),
    "personal_invitation": _P("C2", "personal invitation", "一对一邀请", "私聊拉人"),
    "initiator_programme": _P("C3", "initiator programme", "发起人计划", "招募发起人"),
    "friend_referral": _P("C4", "friend referral", "老带新", "老带新、转介绍"),
    "seed_promotion": _P("C5", "seed users promote", "种子用户转发", "发朋友圈、带名额"),
    "free_course": _P("C6", "free course", "免费课", "公开课、体验课"),
    "giveaway": _P(
        "C7", "giveaways and deep discounts", "免费送（资料/优惠券）", "送资料、钩子福利"
    ),
    "event": _P("C8", "events", "活动引流", "线上/线下/惊喜/服务活动"),
    "newcomer_red_packet": _P("C9", "newcomer red packet", "新人红包", "进群红包"),
    "qr_channel": _P("C10", "QR codes and content outside", "二维码引流", "活码、渠道码、内容引流"),
    "partnership": _P("C11", "partners and influencers", "合作推广", "互推、异业合作、达人"),
    "paid_ads": _P("C12", "paid advertising", "广告投放", "投流、付费投放"),
    "business_first": _P("C13", "business customers first", "先B端后C端", "先铺商家再带用户"),
    "commission": _P(
        "C14", "commission and distribution", "分销佣金", "分销、返佣（层级有法定上限）"
    ),
    "entry_threshold": _P("C15", "entry threshold", "入群门槛", "审核、问卷、押金"),
    "value_content": _P("D1", "steady content", "价值输出", "干货分享"),
    "daily_topic": _P("D2", "daily topic", "每日话题", "抛话题"),
    "fixed_activity": _P("D3", "fixed activities", "固定活动", "打卡、接龙、直播、共读、答题"),
    "red_packet": _P("D4", "red packets", "红包", "发红包、红包雨"),
    "ritual": _P("D5", "rituals", "仪式感", "签到、口号、群昵称"),
    "points_levels": _P("D6", "points and levels", "积分等级", "积分兑换、升级"),
    "team_contest": _P("D7", "team contest", "小组PK", "分组PK"),
    "welcome": _P("D8", "welcome", "入群欢迎", "欢迎语、自我介绍、破冰"),
    "moderation": _P("D9", "rules and moderation", "群规管理", "禁广告、踢人、禁言"),
    "pruning": _P("D10", "removing the silent", "定时清理", "清人、清潜水、清僵尸粉"),
    "split": _P("D11", "split and dissolve", "裂变分群", "拆群、滚动建群"),
    "relay": _P("D12", "move up to a paid tier", "递进转群", "升级付费群、导到知识星球"),
    "offline_meeting": _P("D13", "offline meetings", "线下活动", "线下聚会、同城局"),
    "care": _P("D14", "personal care", "情感关怀", "生日、节日、私聊关心"),
    "privilege": _P("D15", "privileges and a say", "特权授权", "内测、成员发公告"),
    "service": _P("D16", "answers and service", "答疑服务", "答疑、售后"),
    "push_rhythm": _P("D17", "push rhythm", "推送节奏", "固定时间、不刷屏、免打扰时段"),
    "self_management": _P("D18", "self-management", "自治", "志愿管理员、成员轮值"),
    "guest_visit": _P("D19", "guest visits", "大咖分享", "嘉宾进群"),
    "paid_membership": _P("E1", "paid membership", "付费会员", "年费会员"),
    "paid_entry": _P("E2", "paid entry", "付费入群", "门票群"),
    "paid_course": _P("E3", "paid course", "付费课", "训练营、正价课"),
    "goods_sale": _P("E4", "goods and flash sales", "场景带货", "秒杀、特卖、接龙团购"),
    "coupon": _P("E5", "coupons", "优惠券", "发券"),
    "affiliate": _P("E6", "commission on others' goods", "带货佣金", "CPS、服务费"),
    "agents": _P("E7", "agents", "招代理", "代理、团长、微商"),
    "advertising": _P("E8", "advertising in the group", "群内广告", "软广、硬广"),
    "brand": _P("E9", "brand building", "品牌建设", "做品牌、打造个人IP"),
    "adaptive": _P("H2", "reacts to KPIs", "看数据调整", "自动调节"),
}
