"""What each policy does, in one sentence each: ``policy.`` and its key."""

from __future__ import annotations

_GETTING: dict[str, tuple[str, str]] = {
    "invitation_code": (
        "Every member gets a few codes, and an invitation needs one.",
        "给每个成员几个码，有码才能拉人。",
    ),
    "personal_invitation": (
        "The operator asks members one by one to bring in friends.",
        "运营者一个一个地请成员拉朋友进来。",
    ),
    "initiator_programme": (
        "Chosen members start courses or groups of their own, with materials and all of the fees.",
        "选成员当发起人，给物料，收来的课费都归他。",
    ),
    "friend_referral": (
        "Members are rewarded for friends who join, and the friends may be too.",
        "成员带朋友进群有奖励，朋友也可以有。",
    ),
    "seed_promotion": (
        "Seed users post about the group where they are known, with places to give away.",
        "种子用户在自己的圈子里发群的消息，手里有名额可送。",
    ),
    "free_course": (
        "Free lessons draw people; a paid course may follow.",
        "用免费课把人吸引来，后面可以接付费课。",
    ),
    "giveaway": (
        "Free materials or deep discounts for whoever comes in.",
        "进群就送资料或大额优惠。",
    ),
    "event": (
        "An event, online or at a place, that lifts talk and brings people.",
        "办一场线上或线下活动，热闹一下，也带来新人。",
    ),
    "newcomer_red_packet": (
        "Money for those who were invited, and a packet for all now and then.",
        "被拉进来的人有红包，隔一阵再给全群发一个。",
    ),
    "qr_channel": (
        "Codes and articles outside, by which strangers find the group.",
        "在外面放二维码、发文章，让陌生人找到群。",
    ),
    "partnership": (
        "Another community, influencer or shop sends its people.",
        "别的群、达人或商家帮你导人。",
    ),
    "paid_ads": ("Candidates bought for money, day by day.", "每天花钱投放买来的人。"),
    "business_first": (
        "Business customers are won and equipped first; they bring their consumers.",
        "先把商家铺好，让他们把自己的顾客带来。",
    ),
    "commission": (
        "Who brought a buyer gets a share of the sale.",
        "拉来的人买了东西，拉人的能分一份钱。",
    ),
    "entry_threshold": (
        "A questionnaire, an interview or a fee before one may come in.",
        "进群前先填问卷、面聊或交一笔钱。",
    ),
    "outside_leader": (
        "A leader of opinion is brought in from elsewhere.",
        "从外面请一位意见领袖进群。",
    ),
}

_KEEPING: dict[str, tuple[str, str]] = {
    "value_content": (
        "The owner posts something of substance, steadily.",
        "群主持续发有用的干货。",
    ),
    "daily_topic": ("Questions and topics thrown into the group.", "往群里抛话题、抛问题。"),
    "fixed_activity": (
        "The same activity on the same days, until it is a habit.",
        "固定的日子做固定的活动，做成习惯。",
    ),
    "red_packet": (
        "Money thrown into the group, first come, first served.",
        "往群里发钱，先到先得。",
    ),
    "ritual": (
        "Sign-in, slogans and names that make members feel one group.",
        "签到、口号、统一昵称，让大家觉得是一群人。",
    ),
    "points_levels": (
        "Taking part earns points, points make levels and buy things.",
        "参与就有积分，积分能升级、能换东西。",
    ),
    "team_contest": ("Members play against each other in teams.", "成员分组比赛。"),
    "welcome": (
        "Newcomers are greeted, introduced, and told the rules.",
        "新人进群有欢迎、有自我介绍、知道群规。",
    ),
    "moderation": (
        "Rules are posted and what breaks them is deleted.",
        "立群规，违规的内容删掉。",
    ),
    "pruning": ("Who has been silent for too long is removed.", "太久不说话的人移出群。"),
    "split": (
        "A full group is divided into new ones, and the old one may be dissolved.",
        "把满了的群拆成新群，老群可以解散。",
    ),
    "relay": (
        "Engaged members move from the open group to a closer, paid one.",
        "把活跃成员从公开群转到更小的付费群。",
    ),
    "offline_meeting": ("Members meet at a place.", "成员线下见面。"),
    "care": ("Birthdays, greetings and a word in private.", "生日、节日问候，私下关心一句。"),
    "privilege": (
        "Members may try things first, announce and decide.",
        "让成员先体验、发公告、参与决定。",
    ),
    "service": ("The operator answers what nobody else answers.", "没人回的问题由运营者来答。"),
    "push_rhythm": (
        "What is sent is sent at regular hours, to those it concerns.",
        "推送定时、分人，不刷屏。",
    ),
    "self_management": (
        "Volunteers keep order and host what the owner used to do.",
        "志愿者管秩序、轮流主持，替群主分担。",
    ),
    "guest_visit": (
        "A known person visits, after some days of warming up.",
        "先预热几天，再请一位名人进群分享。",
    ),
}

_EARNING: dict[str, tuple[str, str]] = {
    "paid_membership": (
        "Members pay for a period and may renew.",
        "成员按期交会员费，到期可以续。",
    ),
    "paid_entry": ("Coming in costs a ticket.", "进群要买票。"),
    "paid_course": ("A course is sold after some trial lessons.", "先上几节试听课，再卖正价课。"),
    "goods_sale": (
        "Goods are on sale, with a discount and a mention on some days.",
        "在群里卖货，有些日子打折并提一句。",
    ),
    "coupon": ("A coupon takes a share off for some days.", "发优惠券，几天之内打折。"),
    "affiliate": (
        "Others' goods are recommended for a share of the price.",
        "推荐别人的货，赚佣金。",
    ),
    "agents": ("Members sell on and keep a share.", "招成员当代理，卖出去分钱。"),
    "advertising": (
        "Adverts in the group, hard or soft, one's own or paid for by sponsors.",
        "在群里打硬广或软广，自己的或收费的。",
    ),
    "brand": (
        "Substance under the owner's name, for trust and readers outside.",
        "用群主的名号做内容，攒信任，也从外面引人。",
    ),
    "adaptive": (
        "Prompts and packets when speakers fall below their usual.",
        "发言人数低于平时就抛话题、发红包。",
    ),
}

POLICY_MEANINGS: dict[str, tuple[str, str]] = {
    f"policy.{key}": text for key, text in {**_GETTING, **_KEEPING, **_EARNING}.items()
}
