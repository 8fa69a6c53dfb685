"""What the policies that keep a community in order and arrange its groups say about themselves."""

from __future__ import annotations

ORDERING: dict[str, tuple[str, str]] = {
    "setting.moderation.amount": (
        "strictness for everybody: how much is deleted",
        "统一管理：删帖禁言有多严",
    ),
    "setting.moderation.personal": (
        "for each: share of what does not concern a member that is kept from him",
        "按人分流：与本人无关的内容，挡掉几成",
    ),
    "evidence.moderation.1": (
        "Personalised moderation brings 36 % more posts than none; deleting for everybody raises commitment, not posts (Ren and Kraut 2014, agent-based model, calibrated on Usenet)",
        "按人分流比不管多 36% 的发言；统一删帖让人更愿意来，发言不增（Ren 和 Kraut 2014，用 Usenet 校准的仿真模型）",
    ),
    "evidence.moderation.2": (
        "Posted rules raise newcomers' compliance from 52 to 60 % (Matias 2019, experiment, 2,190 discussions)",
        "贴出规则，新人守规矩的从 52% 升到 60%（Matias 2019，实验，2190 个讨论）",
    ),
    "failure.moderation.1": (
        "Too strict: newcomers are turned away and the community declines (TeBlunthuis et al. 2018)",
        "管得太严，新人被赶跑，社群走下坡（TeBlunthuis 等 2018）",
    ),
    "failure.moderation.2": (
        "What is deleted can tie nobody to anybody (Ren and Kraut 2014)",
        "删掉的闲聊，也删掉了交朋友的机会（Ren 和 Kraut 2014）",
    ),
    "setting.pruning.silent_days": (
        "days of silence tolerated, 0 = nobody is removed",
        "多少天不说话就清，0 = 不清",
    ),
    "setting.pruning.notices": (
        "notices before each round; they cost time only",
        "清人前发几次通知（只费人手）",
    ),
    "evidence.pruning.1": (
        "No causal estimate was found of what removing the silent does to those who stay",
        "清人对留下的人有什么影响，没有找到可靠的研究",
    ),
    "evidence.pruning.2": (
        "When a block took part of the audience away, the others contributed 42.8 % less (Zhang and Zhu 2011, Chinese Wikipedia; active members were lost too: an upper bound)",
        "一部分读者进不来之后，其余人的贡献少了 42.8%（Zhang 和 Zhu 2011，中文维基；活跃的人也少了，是上限）",
    ),
    "failure.pruning.1": (
        "Activity per member rises because there are fewer members; look at totals",
        "人少了，人均活跃自然变高，要看总量",
    ),
    "failure.pruning.2": (
        "Onlookers read and buy (handbook A5): 46 to 82 % never post (Nonnecke and Preece 2000)",
        "潜水的也在看、也会买（手册 A5）：46% 到 82% 的人从不发言（Nonnecke 和 Preece 2000）",
    ),
    "setting.push_rhythm.amount": ("messages pushed a day", "一天推几条"),
    "setting.push_rhythm.layered": (
        "share of what does not concern a member that is kept from him",
        "分层推送：与本人无关的，挡掉几成",
    ),
    "setting.push_rhythm.irregular": (
        "share sent at any hour to everybody (the neglect)",
        "不看时间、不分人乱推的占几成（反面做法）",
    ),
    "evidence.push_rhythm.1": (
        "One broadcast to all is unfollowed at 3.8 times the rate, more so in commuting hours (Wang, Greenwood and Pavlou 2020, WeChat, 80,000 followers)",
        "群发一条，取关变成 3.8 倍，通勤时段更糟（Wang、Greenwood 和 Pavlou 2020，微信，8 万粉丝）",
    ),
    "evidence.push_rhythm.2": (
        "18 opt-outs a thousand on weekdays, 85 at weekends (Cellit 2012, 1,180 campaigns)",
        "每千人退订：工作日 18 个，周末 85 个（Cellit 2012，1180 次群发）",
    ),
    "failure.push_rhythm.1": (
        "Irregular, long, unlayered pushing kills groups (handbook F6): raise irregular to see it",
        "没规律、又长又不分层的推送会把群推死（手册 F6）：把乱推的占比调高就能看到",
    ),
    "failure.push_rhythm.2": (
        "One message a day is too many for 27 % of subscribers, two for 32 % more (eMarketer surveys)",
        "27% 的订阅者嫌一天一条太多，一天两条又多 32% 的人嫌烦（eMarketer 调查）",
    ),
    "setting.self_management.amount": ("how much members run the group", "自治到几分"),
    "setting.self_management.order": ("order that volunteers keep", "志愿管理员管得多严"),
    "setting.self_management.turns": ("rituals that members host in turn", "成员轮值的仪式有多强"),
    "setting.self_management.relief": (
        "share of the staff's minutes that is saved",
        "省下运营几成人手",
    ),
    "setting.self_management.thanks": (
        "yuan of thanks to volunteers, a day and group",
        "每个群每天答谢志愿者多少元",
    ),
    "evidence.self_management.1": (
        "No published effect of members running a chat group; the mechanisms are those of D5 and D9",
        "成员自己管群的效果没有发表过的研究；机制同 D5 和 D9",
    ),
    "evidence.self_management.2": (
        "Order raises commitment whoever keeps it (Ren and Kraut 2014, agent-based model, calibrated on Usenet)",
        "有秩序就有人愿意来，谁管都行（Ren 和 Kraut 2014，用 Usenet 校准的仿真模型）",
    ),
    "failure.self_management.1": (
        "False decentralisation: nobody leads (handbook F2)",
        "伪去中心化：没人带头（手册 F2）",
    ),
    "failure.self_management.2": (
        "Volunteers burn out, or guard their group against newcomers (TeBlunthuis et al. 2018)",
        "志愿者干累了，或者守着圈子排挤新人（TeBlunthuis 等 2018）",
    ),
    "setting.split.parts": (
        "groups that one group becomes",
        "一个群拆成几个",
    ),
    "setting.split.by_interest": (
        "how far interests decide who goes where, 0 = at random",
        "按兴趣分的程度，0 = 随便分",
    ),
    "setting.split.dissolve": (
        "1 = the old group ends: who does not look in is out",
        "1 = 老群解散，不看群的人就掉队",
    ),
    "setting.split.times": (
        "how often in a row",
        "连着拆几次",
    ),
    "evidence.split.1": (
        "No study of split groups was found: what it costs in ties is unknown (tie.cut)",
        "没有查到拆群的研究：拆开以后熟人关系掉多少，没人知道（tie.cut）",
    ),
    "evidence.split.2": (
        "Jones, Ravid and Rafaeli 2004: members of larger newsgroups are likelier to end active participation (overload)",
        "讨论组越大，成员越容易不再参与（信息过载，Jones、Ravid、Rafaeli 2004）",
    ),
    "failure.split.1": (
        "Friends come into different groups, and their tie fades",
        "熟人分到两个群，关系就淡了",
    ),
    "failure.split.2": (
        "A part without a leader falls silent",
        "没有带头人的那个群会冷下去",
    ),
    "failure.split.3": (
        "The silent are left behind, and with them an audience that buys",
        "潜水的人掉了队，会掏钱的围观者也没了",
    ),
    "setting.relay.price": (
        "what the upper group costs, yuan a period",
        "上一级群一期多少元",
    ),
    "setting.relay.period": (
        "length of a period, days",
        "一期多少天",
    ),
    "evidence.relay.1": (
        "No study of tiers of chat groups was found",
        "没有查到分级群的研究",
    ),
    "evidence.relay.2": (
        "Bapna and Umyarov 2015: who has a paying friend pays with 1.6 times the odds",
        "有朋友付费的人，付费的几率是别人的 1.6 倍（Bapna、Umyarov 2015）",
    ),
    "failure.relay.1": (
        "The keen leave the open group, and it falls silent",
        "热心的人都升走了，老群就冷了",
    ),
    "failure.relay.2": (
        "A small circle of payers has too little to talk about",
        "付费的人太少，聊不起来",
    ),
}
