"""What the policies that bring members (handbook: C) say about themselves."""

from __future__ import annotations

GETTING: dict[str, tuple[str, str]] = {
    "setting.invitation_code.holders": (
        "1 = only seed users and leaders get codes",
        "1 = 只发给种子用户和意见领袖",
    ),
    "setting.invitation_code.shut": (
        "1 = nobody joins by QR code meanwhile",
        "1 = 期间关掉扫码进群",
    ),
    "setting.invitation_code.codes": (
        "codes for every member on each acting day",
        "每次发码时每人几个邀请码",
    ),
    "evidence.invitation_code.1": (
        "Schmitt, Skiera and Van den Bulte 2011: referred customers are worth at least 16 % more and stay longer (about 10,000 customers of a bank)",
        "熟人带来的客户价值至少高 16%，留得也更久（Schmitt、Skiera、Van den Bulte 2011，一家银行约 1 万名客户）",
    ),
    "evidence.invitation_code.2": (
        "No number was found for scarcity itself",
        "稀缺本身值多少，没有查到数字",
    ),
    "failure.invitation_code.1": (
        "Members bring in fewer than one each: recommendations do not spread far (Leskovec, Adamic and Huberman 2007)",
        "平均每人带不来一个人：推荐传不远（Leskovec、Adamic、Huberman 2007）",
    ),
    "failure.invitation_code.2": (
        "Codes are passed on or sold; customers referred by e-mail were worth less than others (Wolters and Gedenk 2019)",
        "邀请码被转手、被卖；靠邮件转介绍来的客户价值更低（Wolters、Gedenk 2019）",
    ),
    "setting.personal_invitation.asked": (
        "members asked on an acting day",
        "开口的那天，每 100 个成员里问几个",
    ),
    "setting.personal_invitation.worth": (
        "days of inviting by himself that one request is worth",
        "开口问一次，顶他自己邀请多少天",
    ),
    "evidence.personal_invitation.1": (
        "Qiu et al. 2016: four fifths of first invitations fall within five days of joining (474,726 WeChat groups)",
        "首次邀请有八成发生在进群 5 天内（Qiu 等 2016，474726 个微信群）",
    ),
    "evidence.personal_invitation.2": (
        "Qiu et al. 2016: who invites is engaged, and who comes has friends inside",
        "发邀请的是投入的人，被请进来的群里有熟人（Qiu 等 2016）",
    ),
    "failure.personal_invitation.1": (
        "Every request takes staff time, and friends are used up",
        "一个个问很花时间，朋友也会问完",
    ),
    "failure.personal_invitation.2": (
        "Recommendations do not spread far (Leskovec, Adamic and Huberman 2007)",
        "推荐传不远（Leskovec、Adamic、Huberman 2007）",
    ),
    "setting.friend_referral.reward": (
        "to the inviter for a friend who joins, yuan",
        "每带进一个人，奖励老成员多少元",
    ),
    "setting.friend_referral.gift": ("to the friend who joins, yuan", "每进来一个朋友，送他多少元"),
    "evidence.friend_referral.1": (
        "Field experiment with 160,000 users (Management Science, doi 10.1287/mnsc.2024.05685): an uncertain reward to the inviter brings 20.9 % more referrals, an uncertain gift to the friend 12.3 % fewer",
        "给邀请人不确定的奖励，推荐多 20.9%；给朋友不确定的礼物，反而少 12.3%（16 万用户的实地实验，Management Science，doi 10.1287/mnsc.2024.05685）",
    ),
    "evidence.friend_referral.2": (
        "Schmitt, Skiera and Van den Bulte 2011: referred customers stay longer",
        "熟人带来的客户留得更久（Schmitt、Skiera、Van den Bulte 2011）",
    ),
    "failure.friend_referral.1": (
        "Rewarded referrals bring smaller margins (Wolters and Gedenk 2019)",
        "有奖励的推荐，毛利更低（Wolters、Gedenk 2019）",
    ),
    "failure.friend_referral.2": (
        "Showing friends one's purchase and the reward together did no more than showing neither (Sun, Viswanathan and Zheleva 2021)",
        "既晒自己买了、又亮出奖励，两头都没有（Sun、Viswanathan、Zheleva 2021）",
    ),
    "setting.seed_promotion.candidates": (
        "candidates whom one post of one seed user brings",
        "一个种子用户发一条，带来几个想进群的人",
    ),
    "setting.seed_promotion.places": (
        "places that every member can give away; 0 = no limit",
        "每个成员手里几个名额，0 = 不限",
    ),
    "evidence.seed_promotion.1": (
        "Hinz, Skiera, Barrot and Becker 2011: the best choice of seeds did up to eight times better than the worst; hubs win by taking part more, not by persuading better (200,000 customers)",
        "种子选得最好的，效果是最差的 8 倍；核心用户赢在参与得多，不在更会劝人（Hinz、Skiera、Barrot、Becker 2011，20 万名客户）",
    ),
    "failure.seed_promotion.1": (
        "Recommendations do not spread far (Leskovec, Adamic and Huberman 2007)",
        "推荐传不远（Leskovec、Adamic、Huberman 2007）",
    ),
    "failure.seed_promotion.2": (
        "Seed users who tire become ordinary members (assumption)",
        "种子用户累了会变成普通成员（假设）",
    ),
    "setting.free_course.lessons": ("lessons of a course, one a day", "一期几节课，一天一节"),
    "setting.free_course.candidates": (
        "who comes for the course, while it runs",
        "开课期间每天冲着课来的人",
    ),
    "setting.free_course.price": (
        "price of the paid course after it, yuan; 0 = none",
        "课后正价课的价格，元，0 = 不卖",
    ),
    "setting.free_course.sale_days": ("days on which the paid course is sold", "正价课卖几天"),
    "evidence.free_course.1": (
        "Jordan 2015: of 221 open courses a median of 12.6 % finish (0.7 to 52.1); most leave in the first two weeks",
        "221 门公开课，完课率中位数 12.6%（0.7% 到 52.1%），多数人头两周就走（Jordan 2015）",
    ),
    "evidence.free_course.2": (
        "Datta, Foubert and van Heerde 2015: who came by free trial was worth 59 % less",
        "免费试用来的客户，价值低 59%（Datta、Foubert、van Heerde 2015）",
    ),
    "failure.free_course.1": ("Newcomers want the course, not the group", "新人要的是课，不是群"),
    "failure.free_course.2": (
        "Groups made for an occasion die sooner (Qiu et al. 2016): after the last lesson the purpose is gone",
        "为一件事建的群散得早（Qiu 等 2016）：课上完，群就没了由头",
    ),
    "setting.giveaway.candidates": (
        "who comes for the gift on an acting day",
        "送福利的那天，冲着福利来的人",
    ),
    "setting.giveaway.gift": ("what a gift costs, yuan", "一份福利的成本，元"),
    "setting.giveaway.discount": (
        "discount on what is sold, on an acting day",
        "那天的折扣，0.2 = 八折",
    ),
    "evidence.giveaway.1": (
        "Lewis 2006: who came by a discount of 35 % was worth about half (a newspaper, an online grocer)",
        "靠 35% 的折扣拉来的客户，价值只有一半左右（Lewis 2006，报纸、网上超市）",
    ),
    "evidence.giveaway.2": (
        "Datta, Foubert and van Heerde 2015: who came by free trial was worth 59 % less",
        "免费试用来的客户，价值低 59%（Datta、Foubert、van Heerde 2015）",
    ),
    "failure.giveaway.1": (
        "Deal hunters take and go; vendors tell of fewer than 3 % who stay (weak source)",
        "羊毛党拿了就走；有服务商说留下的不到 3%（来源弱）",
    ),
    "failure.giveaway.2": ("Members wait for the next discount", "老成员会等下一次打折"),
    "setting.event.intensity": ("size of the event, 1 = usual", "活动规模，1 = 平常"),
    "setting.event.candidates": ("candidates whom the event brings", "一场活动带来几个想进群的人"),
    "setting.event.offline": (
        "who of the engaged comes to the place; 0 = online only",
        "到线下现场的投入成员占比，0 = 只在线上",
    ),
    "evidence.event.1": (
        "Zhang et al. 2016: people join groups by spread and by outside impulses (100,000 groups)",
        "进群靠两样：口口相传和外来的一阵风（Zhang 等 2016，10 万个群）",
    ),
    "evidence.event.2": (
        "Sessions 2010: who met offline was more engaged online afterwards; McCully et al. 2011 found the opposite elsewhere",
        "线下见过面的人，线上更投入（Sessions 2010）；McCully 等 2011 在别处看到相反的结果",
    ),
    "failure.event.1": (
        "Activity rises for a day or two and goes back; who came for the event leaves sooner (weak sources)",
        "热闹一两天就回去了；冲着活动来的人走得更早（来源弱）",
    ),
    "failure.event.2": (
        "Ties to those who were not there loosen (Sessions 2010)",
        "和没到场的人反而疏远（Sessions 2010）",
    ),
    "setting.newcomer_red_packet.amount": (
        "packet for an invited newcomer, yuan",
        "给被邀请进来的新人的红包，元",
    ),
    "setting.newcomer_red_packet.round": (
        "packet for the whole group on an acting day, yuan",
        "全群一轮红包，每次多少元",
    ),
    "setting.newcomer_red_packet.shares": (
        "members who can take a share of the round",
        "一轮红包分几份",
    ),
    "evidence.newcomer_red_packet.1": (
        "Yuan et al. 2024: of each yuan received, 0.18 is sent back to the group within a day (36 million packets, 174,131 groups)",
        "每收到 1 元，一天内回发到群里 0.18 元（Yuan 等 2024，3600 万个红包，174131 个群）",
    ),
    "evidence.newcomer_red_packet.2": (
        "Lewis 2006: who came by a discount of 35 % was worth about half",
        "靠 35% 的折扣拉来的客户，价值只有一半左右（Lewis 2006）",
    ),
    "failure.newcomer_red_packet.1": (
        "Money draws deal hunters, who take and go",
        "钱引来羊毛党，抢完就走",
    ),
    "failure.newcomer_red_packet.2": (
        "Members get used to it: the effect of a gift falls with the gifts before it (Chaudhry et al., a live chat)",
        "大家会习惯：前面发得越多，后面越不管用（Chaudhry 等，直播聊天）",
    ),
    "setting.qr_channel.scans": ("who comes by code", "每天扫码来的人"),
    "setting.qr_channel.articles": ("articles written on an acting day", "每次写几篇站外文章"),
    "setting.qr_channel.readers": (
        "candidates whom one article brings",
        "一篇文章带来几个想进群的人",
    ),
    "evidence.qr_channel.1": (
        "Zhang et al. 2016: people join groups by spread and by outside impulses (100,000 groups)",
        "进群靠两样：口口相传和外来的一阵风（Zhang 等 2016，10 万个群）",
    ),
    "evidence.qr_channel.2": (
        "A WeChat group is joined by code below 200 members, and its code expires after 7 days (rules of the platform)",
        "微信群不满 200 人才能扫码进，码 7 天过期（平台规则）",
    ),
    "failure.qr_channel.1": (
        "Every further step on the way loses 15 to 20 of 100 people (vendors, weak source)",
        "路上每多一步，就少 15% 到 20% 的人（服务商，来源弱）",
    ),
    "failure.qr_channel.2": (
        "Who scans a code knows nobody inside, and hunters scan too",
        "扫码来的人在群里谁也不认识，羊毛党也会扫",
    ),
    "setting.partnership.candidates": (
        "candidates whom a campaign brings",
        "一次合作带来几个想进群的人",
    ),
    "setting.partnership.spread": ("days over which they come", "这些人分几天来"),
    "setting.partnership.guest": (
        "how present the influencer is in the group; 0 = not at all",
        "达人在群里露面的分量，0 = 不露面",
    ),
    "evidence.partnership.1": (
        "Hinz, Skiera, Barrot and Becker 2011: the best choice of hubs did up to eight times better than the worst; they win by taking part, not by persuading better",
        "核心用户选得最好的，效果是最差的 8 倍；他们赢在参与得多，不在更会劝人（Hinz、Skiera、Barrot、Becker 2011）",
    ),
    "failure.partnership.1": (
        "A visit is a spike: no size was found for chat groups",
        "大咖来一次是一阵热闹：聊天群里有多大作用，没有查到数字",
    ),
    "failure.partnership.2": (
        "Where rules were posted, newcomers wrote 65.5 % less in threads with celebrities (Matias 2019)",
        "名人答疑帖里贴出版规后，新人评论少 65.5%（Matias 2019）",
    ),
    "setting.paid_ads.budget": ("money spent on an acting day, yuan", "投放的那天花多少元"),
    "evidence.paid_ads.1": (
        "No study of advertisements for chat groups was found; the price of a candidate is an assumption",
        "没有查到聊天群投放的研究；一个人多少钱是假设",
    ),
    "evidence.paid_ads.2": (
        "Schmitt, Skiera and Van den Bulte 2011: customers who were not referred leave sooner",
        "不是熟人带来的客户走得更早（Schmitt、Skiera、Van den Bulte 2011）",
    ),
    "failure.paid_ads.1": (
        "Slow and dear for a small business (handbook: C12)",
        "对小生意来说又慢又贵（手册 C12）",
    ),
    "setting.business_first.businesses": (
        "business customers approached on an acting day",
        "每次谈下几个商家",
    ),
    "evidence.business_first.1": (
        "Hinz, Skiera, Barrot and Becker 2011: hubs win by taking part more and reaching more people, not by persuading better",
        "核心用户赢在参与得多、够得着的人多，不在更会劝人（Hinz、Skiera、Barrot、Becker 2011）",
    ),
    "evidence.business_first.2": (
        "No study of business customers in chat groups was found",
        "没有查到聊天群里商家客户的研究",
    ),
    "failure.business_first.1": (
        "A business that does not take part brings nobody",
        "商家自己不动，一个用户也带不来",
    ),
    "setting.commission.share": (
        "to the direct inviter of the buyer",
        "成交额里分给直接邀请人的比例",
    ),
    "setting.commission.levels": (
        "levels that are promised; only the first moves money in the model",
        "答应几级；模型里只有第一级真分钱",
    ),
    "setting.commission.price": (
        "price of goods put on sale with it, yuan; 0 = none of its own",
        "同时上架的货，一单多少元，0 = 自己不上架",
    ),
    "evidence.commission.1": (
        "Field experiment with 160,000 users (Management Science, doi 10.1287/mnsc.2024.05685): an uncertain reward to the inviter brings 20.9 % more referrals",
        "给邀请人不确定的奖励，推荐多 20.9%（16 万用户的实地实验，Management Science，doi 10.1287/mnsc.2024.05685）",
    ),
    "evidence.commission.2": (
        "Sun et al. (MIS Quarterly): a code to share brings fewer purchases of one's own and more by others; both codes together neither",
        "能转给别人的券：自己买得少，带来的人多；两种券一起给，两头都没有（Sun 等，MIS Quarterly）",
    ),
    "failure.commission.1": (
        "Rewarded referrals bring smaller margins (Wolters and Gedenk 2019)",
        "有奖励的推荐，毛利更低（Wolters、Gedenk 2019）",
    ),
    "failure.commission.2": (
        "Sellers among the members flood the group: unfollowing rose by 280 % after blasts (Wang, Greenwood and Pavlou 2020)",
        "成员都来卖货，群就刷屏：群发之后取关多了 280%（Wang、Greenwood、Pavlou 2020）",
    ),
    "setting.entry_threshold.share": (
        "share of candidates who are turned away",
        "想进群的人里挡掉的比例",
    ),
    "setting.entry_threshold.fee": (
        "what entering costs, yuan; 0 = nothing",
        "进群收多少元，0 = 不收",
    ),
    "evidence.entry_threshold.1": (
        "Drenner, Sen and Terveen 2008: more work on entering, fewer who finish it, and these contribute far more (field experiment)",
        "进门越麻烦，走完的人越少，留下的人贡献多得多（Drenner、Sen、Terveen 2008，实地实验）",
    ),
    "evidence.entry_threshold.2": ("No number was found for chat groups", "聊天群里没有查到数字"),
    "failure.entry_threshold.1": (
        "Too small an audience: contributions fell by 42.8 % when an audience was cut off (Zhang and Zhu 2011)",
        "听众太少：一批读者被隔断以后，其余人的贡献少了 42.8%（Zhang、Zhu 2011）",
    ),
    "failure.entry_threshold.2": (
        "Turning newcomers away is part of how communities decline (TeBlunthuis, Shaw and Hill 2018)",
        "把新人挡在门外，是社区走下坡的一环（TeBlunthuis、Shaw、Hill 2018）",
    ),
    "setting.initiator_programme.initiators": (
        "members of each group made initiators on each acting day",
        "每次从每个群里发展几个发起人",
    ),
    "setting.initiator_programme.ask": (
        "how often they call for inviting, requests a day",
        "一天号召大家拉人几次",
    ),
    "setting.initiator_programme.share": (
        "share of a sale to the inviter of who buys",
        "买单的人是谁带来的，就分给谁的比例",
    ),
    "setting.initiator_programme.materials": (
        "what an initiator is equipped with, yuan each",
        "给每个发起人配的物料，元",
    ),
    "evidence.initiator_programme.1": (
        "Hinz et al. 2011: seeding well-connected members spreads further than random seeding, because they take part more",
        "从人脉广的人开始传，比随便找人传得远，因为他们参与得更多（Hinz 等 2011）",
    ),
    "evidence.initiator_programme.2": (
        "No number was found for programmes of initiators in chat groups",
        "聊天群里的发起人计划，没有查到数字",
    ),
    "failure.initiator_programme.1": (
        "A title without substance: disengaged initiators become ordinary members again",
        "只给名头不给实惠：没了劲头的发起人又变回普通成员",
    ),
    "failure.initiator_programme.2": (
        "Those who are paid for bringing people bring weaker ties (rewarded referrals)",
        "拿钱拉来的人，关系更远（有奖励的推荐）",
    ),
    "setting.outside_leader.leaders": (
        "persons won for each group on each acting day",
        "每次给每个群请来几位",
    ),
    "setting.outside_leader.fee": (
        "what it takes to win them, yuan each",
        "请一位要花多少元",
    ),
    "evidence.outside_leader.1": (
        "Backstrom et al. 2008: a small core draws and gives most answers (Yahoo! Groups; the cause may run the other way)",
        "少数核心成员收到、也给出了大部分回复（Backstrom 等 2008，Yahoo! Groups；因果可能相反）",
    ),
    "evidence.outside_leader.2": (
        "Leaders grown inside outlast leaders brought in: a practitioners' claim (handbook I14)",
        "群里长出来的意见领袖比外面请来的长久：行业说法（手册 I14）",
    ),
    "failure.outside_leader.1": (
        "Nobody answers the newcomer, and the rank is lost",
        "没人接他的话，名头就丢了",
    ),
    "failure.outside_leader.2": (
        "Two leaders without a common cause split the talk",
        "两位大佬各说各话，群里就散了",
    ),
}
