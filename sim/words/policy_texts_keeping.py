"""What the policies that keep a community alive (handbook: D) say about themselves."""

from __future__ import annotations

KEEPING: dict[str, tuple[str, str]] = {
    "setting.value_content.amount": (
        "pieces on a day of content",
        "发干货的那天发几条",
    ),
    "setting.value_content.quality": (
        "quality, 1 = a usual piece",
        "质量，1 = 平常水平",
    ),
    "evidence.value_content.1": (
        "Persistence matters more than volume (handbook D1)",
        "持续比数量重要（手册 D1）",
    ),
    "evidence.value_content.2": (
        "Information saturates at about 40 relevant messages (Ren and Kraut)",
        "有用的消息到 40 条左右就饱和了（Ren 和 Kraut）",
    ),
    "failure.value_content.1": (
        "Owners are hot at the start and go downhill within two years (handbook A1)",
        "群主开头最有劲，两年内走下坡（手册 A1）",
    ),
    "failure.value_content.2": (
        "Messages beside the point cost attention: too many are the first reason to unsubscribe",
        "不对胃口的消息消耗注意力，太多是退订的头号原因",
    ),
    "setting.daily_topic.amount": ("prompts on a day with topics", "抛话题的那天抛几个"),
    "evidence.daily_topic.1": (
        "At least three interactions a day (handbook D2); no study measured prompted topics in chats",
        "一天至少互动三次（手册 D2）；微信群里抛话题的效果没有人测过",
    ),
    "evidence.daily_topic.2": (
        "40 % of would-be openings of 99 newsgroups found no answer (Burke et al. 2007)",
        "99 个新闻组里，四成开头的帖子没人接话（Burke 等 2007）",
    ),
    "failure.daily_topic.1": (
        "Each further prompt adds less, and all of them are messages that somebody has to read",
        "话题越多，每多一个的作用越小，条条都要人看",
    ),
    "failure.daily_topic.2": (
        "One message a day is too many for 27 % of subscribers, two for 32 % more (eMarketer surveys)",
        "27% 的订阅者嫌一天一条太多，一天两条又多 32% 的人嫌烦（eMarketer 调查）",
    ),
    "setting.fixed_activity.amount": (
        "intensity, 1 = an event of its own",
        "力度，1 = 专门办一场活动",
    ),
    "setting.fixed_activity.questions": ("questions put on that day", "当天抛几个话题"),
    "setting.fixed_activity.prize": ("yuan of prizes each time", "每次的奖品，元"),
    "evidence.fixed_activity.1": (
        "Beside diffusion, groups live on impulses from outside (Zhang et al. 2016, 100,000 groups, 10 million users)",
        "群除了靠人带人，还靠一次次外来的推动（Zhang 等 2016，10 万个群，1000 万用户）",
    ),
    "evidence.fixed_activity.2": (
        "Of those who begin an online course, a median of 12.6 % finish it (Jordan 2015, 221 courses)",
        "开始上网课的人，坚持到最后的占 12.6%（221 门课的中位数，Jordan 2015）",
    ),
    "failure.fixed_activity.1": (
        "Activity spikes on the day and is back after one to three days (practitioners, unproven)",
        "当天热闹，一到三天后打回原形（从业者经验，未证实）",
    ),
    "failure.fixed_activity.2": (
        "Who is served the same too often gets used to it; how fast is not known",
        "老一套办多了就不新鲜；多快未知",
    ),
    "setting.red_packet.amount": (
        "yuan each time and group, all rounds together",
        "每个群每次多少元，几轮合计",
    ),
    "setting.red_packet.shares": ("shares of a packet", "一个红包分几份"),
    "setting.red_packet.rounds": (
        "packets, a day apart, among which the money is divided",
        "分几轮发，一天一轮，钱平分",
    ),
    "evidence.red_packet.1": (
        "Of each yuan received, 0.18 is sent back to the group within a day (Yuan et al. 2024, 36 million packets, 174,131 groups)",
        "每收到 1 元，一天内回发到群里 0.18 元（Yuan 等 2024，3600 万个红包，174131 个群）",
    ),
    "evidence.red_packet.2": (
        "Participation and ties within the group rise (Yuan et al. 2017, 61 million packets; the size is not known)",
        "群里参与更多、关系更紧（Yuan 等 2017，6100 万个红包；幅度未知）",
    ),
    "failure.red_packet.1": (
        "Members get used to it: the effect of a gift falls with the gifts before it (Chaudhry et al., a live chat; how fast in WeChat is not known)",
        "大家会习惯：前面发得越多，后面越不管用（Chaudhry 等，直播聊天；微信里快慢未知）",
    ),
    "failure.red_packet.2": (
        "Four fifths of the money is not sent back within a day (Yuan et al. 2024), and it draws deal hunters",
        "五分之四的钱一天内不会发回来（Yuan 等 2024），还会引来羊毛党",
    ),
    "setting.ritual.amount": ("how much of group life is ritual", "仪式感有多强"),
    "evidence.ritual.1": (
        "Features that give a group an identity about double the visits, newcomers' most (Ren et al. 2012, MovieLens, field experiment of six months)",
        "让人有归属感的功能使来访大约翻倍，新人最明显（Ren 等 2012，MovieLens，半年现场实验）",
    ),
    "evidence.ritual.2": (
        "No study of sign-in rituals in chat groups: that they bind there is carried over",
        "群里签到打卡没有人研究过，效果是从别处借来的",
    ),
    "failure.ritual.1": (
        "Messages of sign-in tell nobody anything: in a large group they bury the talk",
        "签到消息没内容，人一多就把正经聊天刷没了",
    ),
    "failure.ritual.2": (
        "Who breaks a series may stay away for good (not modelled)",
        "断了签的人可能干脆不来了（没有计入）",
    ),
    "setting.points_levels.amount": ("how much points and levels count", "积分等级有多重"),
    "setting.points_levels.exchanged": (
        "yuan of goods for points, a day and group",
        "每个群每天兑换多少元",
    ),
    "evidence.points_levels.1": (
        "Effort rises before a rank, falls clearly after it, and each higher rank moves less (Goes, Guo and Lin 2016, a knowledge exchange)",
        "升级前更卖力，升完明显松下来，级别越高越没劲（Goes、Guo 和 Lin 2016，知识问答社区）",
    ),
    "evidence.points_levels.2": (
        "Badges raise activity close to their threshold (Anderson et al. 2013, Stack Overflow)",
        "快拿到徽章时最活跃（Anderson 等 2013，Stack Overflow）",
    ),
    "failure.points_levels.1": (
        "Effort falls after the goal, and the effect is temporary (Goes, Guo and Lin 2016)",
        "目标一到就松劲，效果是一时的（Goes、Guo 和 Lin 2016）",
    ),
    "failure.points_levels.2": (
        "Who wants points needs something to say: without fresh matter they add nothing",
        "想挣积分也得有话可说，没有新内容，积分等于零",
    ),
    "setting.team_contest.amount": ("how much of group life runs in teams", "分组有多投入"),
    "setting.team_contest.length": ("days of a contest", "一次 PK 几天"),
    "setting.team_contest.final": (
        "the final as an event, 1 = a full one",
        "决赛的力度，1 = 专门办一场活动",
    ),
    "setting.team_contest.prize": ("yuan of prizes a contest", "每次的奖品，元"),
    "evidence.team_contest.1": (
        "Common goals and contests between groups raise visits more than bonds between persons do (Ren et al. 2012, MovieLens, field experiment)",
        "共同目标和组间竞争，比人和人的交情更能让人常来（Ren 等 2012，MovieLens，现场实验）",
    ),
    "evidence.team_contest.2": (
        "No study of teams within a chat group: that their members grow closer is an assumption",
        "群内分组没有人研究过，组员关系更紧是假设",
    ),
    "failure.team_contest.1": (
        "Effort falls after the goal (Goes, Guo and Lin 2016, ranks): what comes after the final?",
        "目标一到就松劲（Goes、Guo 和 Lin 2016，等级）：PK 完了接着干什么？",
    ),
    "failure.team_contest.2": (
        "Teams are chosen among those who talk anyway; the silent stay silent",
        "参加的本来就爱说话，潜水的还是潜水",
    ),
    "setting.welcome.amount": ("how warmly newcomers are received", "欢迎得有多用心"),
    "setting.welcome.newcomers": (
        "newcomers a day for whom staff time is set aside",
        "每天按几个新人留出人手",
    ),
    "evidence.welcome.1": (
        "Newcomers invited to a welcome room stay longer (Morgan and Halfaker 2018, Wikipedia, controlled experiment; the size is not known)",
        "请进新人接待室的人待得更久（Morgan 和 Halfaker 2018，维基百科，对照实验；幅度未知）",
    ),
    "evidence.welcome.2": (
        "Whose first message is answered posts again in 56 % instead of 44 % of cases (Joyce and Kraut 2006, newsgroups, observed, hence an upper bound)",
        "第一句有人接，再来说话的从 44% 升到 56%（Joyce 和 Kraut 2006，新闻组，观察所得，是上限）",
    ),
    "evidence.welcome.3": (
        "Rules shown at the entrance bring 70 % more newcomers' posts (Matias 2019, experiment)",
        "进门就看到规则，新人发言多 70%（Matias 2019，实验）",
    ),
    "failure.welcome.1": (
        "Only 4.5 % of those who were invited came to the welcome room's pilot (Wikipedia)",
        "试点时，收到邀请的人只有 4.5% 真的去了接待室（维基百科）",
    ),
    "failure.welcome.2": (
        "The same text for everybody wears off",
        "千篇一律的欢迎语，很快没人看",
    ),
    "setting.offline_meeting.amount": ("share of the engaged who come", "活跃的人里来几成"),
    "evidence.offline_meeting.1": (
        "Who came to meetings is more engaged online and closer to others who came (Sessions 2010, MetaFilter, eight years)",
        "参加过聚会的人，线上更投入，彼此更熟（Sessions 2010，MetaFilter，八年）",
    ),
    "failure.offline_meeting.1": (
        "Ties to those who did not come dissolve (Sessions 2010)",
        "和没来的人渐渐疏远（Sessions 2010）",
    ),
    "failure.offline_meeting.2": (
        "On another site offline ties went with less participation (McCully et al. 2011)",
        "另一个网站上，线下熟了，线上反而少来（McCully 等 2011）",
    ),
    "setting.care.amount": ("how much personal care members get", "关怀做到几分"),
    "evidence.care.1": (
        "Bonds between persons raise visits, about half as much as a common identity does (Ren et al. 2012, MovieLens, field experiment)",
        "人和人的交情使来访增加，幅度约为归属感的一半（Ren 等 2012，MovieLens，现场实验）",
    ),
    "evidence.care.2": (
        "No study of an operator's care in chat groups: the size is an assumption",
        "运营者在群里做关怀没有人研究过，幅度是假设",
    ),
    "failure.care.1": (
        "The time it takes grows with every member; a mass message is not care",
        "人越多越费时间，群发不算关怀",
    ),
    "failure.care.2": (
        "Care that is followed by an offer counts as promotion",
        "嘘寒问暖之后就推销，等于打广告",
    ),
    "setting.privilege.amount": ("how much members may do and decide", "放权到几分"),
    "evidence.privilege.1": (
        "Who became a power user had been answered 20 times as often on joining (Backstrom et al. 2008, Yahoo! Groups; the cause may run the other way)",
        "后来成为骨干的人，刚进群时得到回应的机会是别人的 20 倍（Backstrom 等 2008，Yahoo! 群组；也可能因果相反）",
    ),
    "evidence.privilege.2": (
        "Well-connected members spread more because they take part more, not because each contact persuades more (Hinz et al. 2011)",
        "人脉广的人带动大，是因为参与多，不是因为每次更有说服力（Hinz 等 2011）",
    ),
    "failure.privilege.1": (
        "An inner circle forms, and newcomers find no way in",
        "形成小圈子，新人挤不进去",
    ),
    "failure.privilege.2": (
        "A leader who goes takes others along (Abufouda; Nitzan and Libai 2011)",
        "骨干一走，带走一批人（Abufouda；Nitzan 和 Libai 2011）",
    ),
    "setting.service.amount": (
        "share of unanswered posts that are answered",
        "没人回的消息，回几成",
    ),
    "evidence.service.1": (
        "Whose first message is answered posts again in 56 % instead of 44 % of cases, whatever the answer says (Joyce and Kraut 2006, observed, hence an upper bound)",
        "第一句有人接，再来说话的从 44% 升到 56%，回什么都行（Joyce 和 Kraut 2006，观察所得，是上限）",
    ),
    "evidence.service.2": (
        "40 % of would-be openings of 99 newsgroups found no answer (Burke et al. 2007)",
        "99 个新闻组里，四成开头的帖子没人接话（Burke 等 2007）",
    ),
    "failure.service.1": (
        "The livelier the group, the more answers are due: staff time grows with success",
        "群越热闹，要回的越多，人手跟着涨",
    ),
    "failure.service.2": (
        "Where the operator answers everything, members may leave it to him (not modelled)",
        "运营样样都答，成员就不互相答了（没有计入）",
    ),
    "setting.guest_visit.amount": ("how much of the guest the group gets", "大咖投入几分"),
    "setting.guest_visit.warm_up": (
        "days with a question before the visit",
        "提前几天预热，每天抛一个话题",
    ),
    "evidence.guest_visit.1": (
        "Well-connected members spread more because they take part more, not because each contact persuades more (Hinz et al. 2011)",
        "人脉广的人带动大，是因为参与多，不是因为每次更有说服力（Hinz 等 2011）",
    ),
    "evidence.guest_visit.2": (
        "No study of a known name's visit to a chat group: the size is an assumption",
        "大咖进群的效果没有人研究过，幅度是假设",
    ),
    "failure.guest_visit.1": (
        "Activity spikes on the day and is back after one to three days (practitioners, unproven)",
        "当天热闹，一到三天后打回原形（从业者经验，未证实）",
    ),
    "failure.guest_visit.2": (
        "Posted rules, helpful elsewhere, cut newcomers' comments by 65.5 % where a celebrity was asked (Matias 2019)",
        "贴规则平时有用，名人答问时却让新人评论少了 65.5%（Matias 2019）",
    ),
}
