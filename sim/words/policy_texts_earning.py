"""What the policies that earn (handbook: E) say about themselves."""

from __future__ import annotations

EARNING: dict[str, tuple[str, str]] = {
    "setting.paid_membership.price": ("price of a period, yuan", "一期会员费，元"),
    "setting.paid_membership.places": (
        "memberships of a group at a time; 0 = any number",
        "一个群同时最多几个会员，0 = 不限",
    ),
    "setting.paid_membership.refund": (
        "who leaves within so many days gets the fee back; 0 = nobody",
        "几天内退群可以退费，0 = 不退",
    ),
    "setting.paid_membership.period": ("length of a period", "一期多少天"),
    "evidence.paid_membership.1": (
        "Fader and Hardie 2007: of subscribers 63 to 87 % renew after the first year, of the remaining ever more",
        "第一年后续费 63% 到 87%，留下的人越往后越肯续（Fader、Hardie 2007）",
    ),
    "evidence.paid_membership.2": (
        "Bapna and Umyarov 2015: with a paying friend the odds of paying rise by 50 to 60 % (field experiment)",
        "有朋友付费，自己付费的可能（比数）高 50% 到 60%（Bapna、Umyarov 2015，实地实验）",
    ),
    "evidence.paid_membership.3": (
        "Of free members of online services 2 to 7 % pay (a survey of services)",
        "网络服务的免费用户里，2% 到 7% 会付费（多家服务的汇总）",
    ),
    "failure.paid_membership.1": (
        "Paying raises use, hardly posting: +2 % (Bapna, Ramaprasad and Umyarov 2018)",
        "付费后用得更多，发言几乎不变：+2%（Bapna、Ramaprasad、Umyarov 2018）",
    ),
    "failure.paid_membership.2": (
        "No value to members, no money (handbook: F7)",
        "成员得不到价值，你也收不到钱（手册 F7）",
    ),
    "setting.paid_entry.price": ("price of entering, yuan", "进群门票，元"),
    "evidence.paid_entry.1": (
        "Drenner, Sen and Terveen 2008: more work on entering, fewer who finish it, and these contribute far more (field experiment)",
        "进门越麻烦，走完的人越少，留下的人贡献多得多（Drenner、Sen、Terveen 2008，实地实验）",
    ),
    "evidence.paid_entry.2": (
        "No number was found for entry fees of chat groups",
        "聊天群门票没有查到数字",
    ),
    "failure.paid_entry.1": (
        "Too small an audience: contributions fell by 42.8 % when an audience was cut off (Zhang and Zhu 2011)",
        "听众太少：一批读者被隔断以后，其余人的贡献少了 42.8%（Zhang、Zhu 2011）",
    ),
    "setting.paid_course.price": ("price of the course, yuan", "课程价格，元"),
    "setting.paid_course.trial": (
        "trial lessons to the whole group, one a day from each acting day",
        "每期先给全群试听几节，一天一节",
    ),
    "setting.paid_course.lessons": (
        "paid lessons taught in a round; buyers here do not mind how many",
        "每期正课几节（模型里，买的人不计较几节）",
    ),
    "evidence.paid_course.1": (
        "Practitioners: 5 to 10 of 100 people in a trial camp buy (weak source)",
        "从业者：体验营里 100 个人有 5 到 10 个买（来源弱）",
    ),
    "evidence.paid_course.2": (
        "Datta, Foubert and van Heerde 2015: free trials draw people worth 59 % less, who answer better to messages and use",
        "免费试用来的客户价值低 59%，但对消息和使用更敏感（Datta、Foubert、van Heerde 2015）",
    ),
    "failure.paid_course.1": (
        "Of open courses a median of 12.6 % finish (Jordan 2015): a course that is not finished is not recommended",
        "公开课完课率中位数 12.6%（Jordan 2015）：没上完的课，不会有人推荐",
    ),
    "failure.paid_course.2": (
        "Everybody buys once: without new members the sale ends",
        "一个人只买一次：没有新人，就卖到头了",
    ),
    "setting.goods_sale.price": ("list price, yuan", "一单的标价，元"),
    "setting.goods_sale.discount": ("discount on an acting day", "秒杀那天的折扣，0.2 = 八折"),
    "setting.goods_sale.mentions": ("soft mentions on an acting day", "那天软提几次"),
    "evidence.goods_sale.1": (
        "Fader, Hardie and Lee 2005: how often customers buy differs widely between them (CDNOW)",
        "顾客买得勤不勤，差别很大（Fader、Hardie、Lee 2005，CDNOW）",
    ),
    "evidence.goods_sale.2": (
        "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once (80,000 followers on WeChat)",
        "群发一次，当下多卖 6%（Wang、Greenwood、Pavlou 2020，微信 8 万粉丝）",
    ),
    "failure.goods_sale.1": ("Buyers wait for the next flash sale", "大家等下一次秒杀"),
    "failure.goods_sale.2": (
        "No hard need, only a match to the moment: without trust nothing sells (handbook: E4)",
        "不是刚需，只看场景对不对：没有信任卖不动（手册 E4）",
    ),
    "setting.coupon.discount": ("what the coupon takes off", "券的折扣，0.2 = 八折"),
    "setting.coupon.valid": ("days for which it is good", "券管几天"),
    "setting.coupon.candidates": (
        "who comes from outside for it, while it is good",
        "券有效期内，每天冲着券来的外人",
    ),
    "evidence.coupon.1": (
        "Lewis 2006: who came by a discount of 35 % was worth about half (a newspaper, an online grocer)",
        "靠 35% 的折扣拉来的客户，价值只有一半左右（Lewis 2006，报纸、网上超市）",
    ),
    "evidence.coupon.2": (
        "Sun et al. (MIS Quarterly): a code of one's own brings purchases, a code to share brings others; both together neither",
        "自己用的券让人多买，能转的券带来别人；两种一起给，两头都没有（Sun 等，MIS Quarterly）",
    ),
    "failure.coupon.1": ("Who would have bought anyway pays less", "本来就要买的人，付得更少"),
    "failure.coupon.2": ("Members wait for the next coupon", "大家等下一张券"),
    "setting.affiliate.share": ("share of the price that is kept", "成交价里自己留的比例"),
    "setting.affiliate.price": ("price of the goods, yuan", "一单多少元"),
    "setting.affiliate.mentions": ("soft mentions on an acting day", "每次软提几次"),
    "evidence.affiliate.1": (
        "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once (80,000 followers on WeChat)",
        "群发一次，当下多卖 6%（Wang、Greenwood、Pavlou 2020，微信 8 万粉丝）",
    ),
    "evidence.affiliate.2": (
        "No number was found for commissions in chat groups",
        "聊天群带货佣金没有查到数字",
    ),
    "failure.affiliate.1": (
        "Recommending what one has not tried costs trust",
        "推荐自己没用过的东西，伤信任",
    ),
    "failure.affiliate.2": (
        "Too many mentions: 27 % of shoppers find one message a day too many (eMarketer, USA)",
        "提得太多：27% 的消费者觉得一天一条就太多（eMarketer，美国）",
    ),
    "setting.agents.share": ("to the direct inviter of the buyer", "成交额里分给直接邀请人的比例"),
    "setting.agents.price": ("price of the goods, yuan", "一单多少元"),
    "setting.agents.adverts": ("hard adverts of agents in the group", "代理每天在群里发几条硬广"),
    "evidence.agents.1": (
        "Wolters and Gedenk 2019: referred customers leave less, but bring smaller margins",
        "熟人带来的客户走得少，毛利也更低（Wolters、Gedenk 2019）",
    ),
    "evidence.agents.2": (
        "Hinz, Skiera, Barrot and Becker 2011: hubs win by taking part more, not by persuading better",
        "核心用户赢在参与得多，不在更会劝人（Hinz、Skiera、Barrot、Becker 2011）",
    ),
    "failure.agents.1": (
        "Blasts drive people out: unfollowing rose by 280 % (Wang, Greenwood and Pavlou 2020)",
        "刷屏赶人：群发之后取关多了 280%（Wang、Greenwood、Pavlou 2020）",
    ),
    "failure.agents.2": (
        "Without real buyers only what agents buy themselves is left (assumption)",
        "没有真买家，就只剩代理自己囤的货（假设）",
    ),
    "setting.advertising.hard": ("hard adverts on an acting day", "每次几条硬广"),
    "setting.advertising.soft": ("soft mentions on an acting day", "每次几条软广"),
    "setting.advertising.fee": (
        "what a sponsor pays for a hard advert, yuan; 0 = one's own",
        "一条硬广每个群收多少元，0 = 自己的广告",
    ),
    "setting.advertising.soft_fee": (
        "what a sponsor pays for a soft mention, yuan; 0 = one's own",
        "一条软广每个群收多少元，0 = 自己的广告",
    ),
    "evidence.advertising.1": (
        "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once, unfollowing rises by 280 %, sales fall in the long run (80,000 followers on WeChat)",
        "群发一次当下多卖 6%，取关多 280%，长期销售下降（Wang、Greenwood、Pavlou 2020，微信 8 万粉丝）",
    ),
    "evidence.advertising.2": (
        "Cellit 2012: fewest opt-outs at two messages a week or fewer (1,180 campaigns by text message)",
        "一周不超过两条，退订最少（Cellit 2012，1180 次短信活动）",
    ),
    "failure.advertising.1": (
        "Hard selling drives people out (handbook: E8)",
        "硬卖赶人（手册 E8）",
    ),
    "failure.advertising.2": (
        "27 % of shoppers find one message a day too many, 32 % more find more than two too many (eMarketer, USA)",
        "27% 的消费者觉得一天一条就太多，另有 32% 觉得两条以上太多（eMarketer，美国）",
    ),
    "setting.brand.amount": ("pieces on an acting day", "发的那天几条"),
    "setting.brand.quality": ("quality relative to a usual piece", "质量，1 = 平常水平"),
    "setting.brand.readers": ("who comes from outside because of the name", "每天慕名而来的人"),
    "evidence.brand.1": (
        "No number was found for brands of chat groups; how fast trust grows is an assumption",
        "聊天群的品牌没有查到数字；信任涨得多快是假设",
    ),
    "evidence.brand.2": (
        "Handbook A1: a personal brand draws people and must be produced without a break",
        "个人品牌吸引人，要不断产出（手册 A1）",
    ),
    "failure.brand.1": (
        "The owner is overtaken: hot at the start and downhill within two years (handbook A1)",
        "群主被人超过：开头最有劲，两年内走下坡（手册 A1）",
    ),
    "failure.brand.2": (
        "Hard promotion more than once a week undoes it (assumption)",
        "每周硬广超过一次，品牌就往下掉（假设）",
    ),
}
