"""What the words of the field mean, in one sentence each; the words themselves stand elsewhere.

Keys are ``meaning.`` and the key of the word (``meaning.role.owner``), for a policy ``meaning.policy.``
and its key. Meanings of KPIs are in ``sim.words.kpis``. A test holds that no word goes unexplained.
"""

from __future__ import annotations

from sim.words.meanings_of_policies import POLICY_MEANINGS

_PEOPLE: dict[str, tuple[str, str]] = {
    "role.owner": (
        "Who leads the community: gives it substance, keeps order, pays and earns.",
        "带这个群的人：输出内容、维持秩序，花钱和赚钱都算他的。",
    ),
    "role.leader": (
        "A member whom others answer most and follow.",
        "成员里说话有人应、大家愿意跟的人。",
    ),
    "role.administrator": (
        "Helps the owner with announcements, order and screening.",
        "帮群主发公告、管秩序、审核新人的人。",
    ),
    "role.seed_user": (
        "One of the first members, close to what the group is about, who brings in others.",
        "最早一批对路的成员，会帮着带人进来。",
    ),
    "role.member": ("Anybody in the group.", "群里的任何一个人。"),
    "role.lurker": (
        "A member who reads and has not said anything yet.",
        "只看、还没说过话的成员。",
    ),
    "role.guest": (
        "A known person invited to the group for a while.",
        "请进群里一段时间的名人或专家。",
    ),
    "role.deal_hunter": (
        "Comes for packets and gifts, talks little, leaves soon.",
        "冲着红包和赠品来，很少说话，拿完就走。",
    ),
    "role.thinker": ("Says little, and what is worth reading.", "话不多，但说的有分量。"),
    "role.organiser": ("Makes things happen in the group.", "在群里张罗事情的人。"),
    "role.asker": ("Mostly asks questions.", "主要来提问题的人。"),
    "role.chatter": ("Talks for the company.", "爱聊天、图个热闹的人。"),
    "role.onlooker": (
        "Looks in, says nothing, and may still buy.",
        "只看不说，但可能会买的人。",
    ),
    "role.newcomer": ("Somebody who has just joined.", "刚进群的人。"),
    "role.payer": ("A member who has paid for something.", "在群里付过钱的人。"),
    "stage.sprout": ("Too young to tell where it is going.", "刚起步，还看不出走向。"),
    "stage.growth": (
        "Activity has at least doubled from its low and sets new highs.",
        "活跃比最低时翻了一倍以上，还在创新高。",
    ),
    "stage.active": ("Neither growing nor declining.", "不再长，也没有往下掉。"),
    "stage.decline": (
        "Activity has stayed below half of its high of the past year for two weeks.",
        "活跃连续两周不到近一年高点的一半。",
    ),
    "stage.dormant": ("Hardly anybody speaks any more.", "几乎没有人说话了。"),
    "stage.unknown": ("Too little has been seen so far.", "看到的时间太短，下不了判断。"),
    "stage.too_quiet": (
        "Under two speakers a day, the stage cannot be told from chance.",
        "每天说话的不到两个人，分不清是趋势还是巧合。",
    ),
    "channel.founder": ("In the group before the first day.", "第一天之前就在群里。"),
    "channel.invited": ("A member brought them in.", "由成员拉进来。"),
    "channel.open": ("Came in by an open QR code or by search.", "扫公开的二维码或搜索进来。"),
    "channel.content": (
        "Came because of something published outside.",
        "看了外面的文章、帖子进来。",
    ),
    "channel.giveaway": ("Came for something free.", "冲着免费送的东西进来。"),
    "channel.partner": (
        "Sent by a partner, an influencer or an advert.",
        "由合作方、达人或广告带来。",
    ),
    "channel.business": (
        "Brought by a business customer who was equipped for it.",
        "由先铺好的商家带来。",
    ),
    "channel.log": ("Already known from an imported chat log.", "导入的聊天记录里已有的人。"),
    "state.trust": ("How far a member believes the owner.", "成员对群主的信任程度。"),
    "state.engagement": (
        "How much the group is a habit: rises with what it gives, fades with absence.",
        "对这个群上不上心：有收获就升，不来就降。",
    ),
    "state.fatigue": (
        "Weariness from the promotion seen lately; it fades within weeks.",
        "最近看多了推广的厌烦，过几周会消退。",
    ),
    "state.satiation": (
        "A packet or an event moves less, the more there were of them lately.",
        "同样的红包、活动，近来做得越多越没感觉。",
    ),
    "state.tolerance": ("How much promotion a member puts up with.", "一个成员受得了多少广告。"),
    "term.cohort": (
        "Those who joined in the same week, followed together.",
        "同一周进群、一起跟踪的人。",
    ),
    "term.tie": (
        "How well two members know each other; it grows with replies and fades without.",
        "两个成员有多熟：互相回复会变熟，不来往就变淡。",
    ),
    "term.channel": ("The way by which people come in.", "人是从哪条路进群的。"),
    "term.event_log": (
        "Who wrote, joined, left or paid and when, without names or texts.",
        "谁在什么时候发言、进群、退群、付钱的记录，不含名字和内容。",
    ),
}

_PLACES: dict[str, tuple[str, str]] = {
    "preset.knowledge": ("People come to learn a subject.", "为学一门东西聚在一起的群。"),
    "preset.interest": ("People share a hobby.", "有共同爱好的人的群。"),
    "preset.product": (
        "People use, discuss and buy a product.",
        "围着一个产品使用、讨论、购买的群。",
    ),
    "preset.resource": (
        "People exchange contacts, leads and materials.",
        "互换人脉、机会、资料的群。",
    ),
    "preset.project": ("People work on one task together.", "一起做一件事的协作群。"),
    "preset.mixed": ("Several purposes in one group.", "几种目的混在一起的群。"),
    "preset.organic": (
        "A chat group as people open them by themselves, without an operator.",
        "大家自己拉起来、没人运营的群。",
    ),
    "preset.course": ("Participants of one course.", "一期课程的学员群。"),
    "preset.xiaomi_fans": (
        "Assumptions after a maker of phones whose fans take part in its products.",
        "参照粉丝参与产品的手机品牌做的假设设定。",
    ),
    "preset.starbucks": (
        "Assumptions after coffee shops: tasting, courses and member cards.",
        "参照咖啡店的品鉴、课程、会员卡做的假设设定。",
    ),
    "preset.xiaohongshu": (
        "Assumptions after a site of shopping notes for young women.",
        "参照年轻女性的购物笔记社区做的假设设定。",
    ),
    "preset.zhihu": (
        "Assumptions after a question-and-answer site with strict rules.",
        "参照规则严格的问答社区做的假设设定。",
    ),
    "preset.douyin": (
        "Assumptions after short video: young people, challenges, influencers.",
        "参照短视频平台的年轻人、挑战赛、达人做的假设设定。",
    ),
    "preset.custom": ("A community that you describe in a file.", "自己写文件设定的群。"),
    "platform.wechat": (
        "At most 500 members; the QR code works below 200.",
        "最多 500 人，200 人以下才能扫码进。",
    ),
    "platform.qq": (
        "At most 2,000 members; muting, screening, files.",
        "最多 2000 人，有禁言、审核、群文件。",
    ),
    "platform.planet": (
        "A closed circle that members pay for by the year.",
        "按年付费的封闭圈子。",
    ),
    "platform.open": ("No limit of members.", "不限人数的平台。"),
    "motive.sell": ("Founded to sell goods or services.", "为了卖东西建的群。"),
    "motive.socialise": ("Founded for company.", "为了交朋友建的群。"),
    "motive.learn": ("Founded to learn together.", "为了一起学习建的群。"),
    "motive.brand": ("Founded to make a name known.", "为了打响名号建的群。"),
    "motive.fans": (
        "Founded to gather those who like somebody or something.",
        "为了聚拢喜欢的人建的群。",
    ),
    "motive.recruit": ("Founded to find people who sell on.", "为了找人代卖建的群。"),
    "motive.serve": ("Founded to help customers.", "为了服务客户建的群。"),
}

_RESULTS: dict[str, tuple[str, str]] = {
    "verdict.better": (
        "The difference is large enough to act on, and luck does not explain it.",
        "差别大到值得做，而且不是碰运气。",
    ),
    "verdict.worse": (
        "As better, the other way.",
        "和“更好”一样的标准，方向相反。",
    ),
    "verdict.same": (
        "The difference, if any, is too small to matter.",
        "就算有差别，也小到不用管。",
    ),
    "verdict.unclear": (
        "Too few futures to tell; more of them may.",
        "模拟的次数太少，看不出来，多算一些也许能看出。",
    ),
    "verdict.never_pays": (
        "What was spent is not earned back within the days simulated.",
        "在模拟的天数里没有回本。",
    ),
    "word.variant": ("One way of running the community, to be compared.", "拿来对比的一种做法。"),
    "word.as_now": (
        "The community without the change in question.",
        "不做改动时的样子，用来对照。",
    ),
    "word.policy": ("Something that an operator does for the group.", "运营者为群做的一件事。"),
    "word.scenario": (
        "All that describes a community: its kind, size, people and place.",
        "描述一个群的全部设定：种类、规模、人、平台。",
    ),
    "word.kpi": ("A number by which a group is judged.", "衡量群好坏的一个数。"),
    "word.future": (
        "One way in which chance may play out; many of them show the range.",
        "运气的一种可能走法，多算一些才知道范围。",
    ),
    "word.usually": ("In 90 of 100 simulated futures.", "100 个模拟未来里有 90 个这样。"),
    "word.on_average": ("The mean over all simulated futures.", "所有模拟未来的平均。"),
    "word.price": (
        "What a gain costs in money, time or other figures.",
        "为了好处要付出的钱、时间或别的指标。",
    ),
    "word.goal": ("The figure that decides which way is better.", "用来判断哪种做法好的那个指标。"),
    "word.guard": (
        "A figure that must not get worse for the goal's sake.",
        "不能为了目标而变差的指标。",
    ),
    "word.budget": ("Money and time that may be spent.", "能花的钱和时间。"),
    "word.payback": (
        "From that day on, what was earned exceeds what was spent.",
        "从这一天起，赚的超过花的。",
    ),
    "word.assumption": (
        "A number that the calculation rests on and nobody has measured in your group.",
        "计算依据的、但没在你的群里量过的数。",
    ),
    "word.source": ("Where a number comes from.", "一个数的出处。"),
    "word.confidence": (
        "How far a number can be trusted, by its source.",
        "按出处看，一个数有多靠得住。",
    ),
    "word.rule_of_thumb": (
        "What practitioners say, without data that could be checked.",
        "业内的说法，没有能核对的数据。",
    ),
    "word.luck": (
        "What differs between futures of the same group.",
        "同一个群、不同模拟未来之间的差别。",
    ),
    "word.so_far": ("While the calculation still goes on.", "还没算完时的结果。"),
    "badge.not_fitted": (
        "The numbers are those of a typical group of this kind, not of yours.",
        "用的是这类群的一般情况，不是你的群。",
    ),
    "badge.fitted": (
        "Adjusted to your log; nobody has checked yet how well it foretells.",
        "按你的记录调过，但还没检验预测得准不准。",
    ),
    "badge.backtested": (
        "Adjusted to your log, and tested on its own past.",
        "按你的记录调过，并拿过去检验过。",
    ),
}

MEANINGS: dict[str, tuple[str, str]] = {
    f"meaning.{key}": text
    for key, text in {**_PEOPLE, **_PLACES, **_RESULTS, **POLICY_MEANINGS}.items()
}

SAID: dict[str, str] = {
    "role.lurker": "潜水党、潜水",
    "role.leader": "KOL",
    "role.guest": "大咖",
    "preset.interest": "同好群",
    "kpi.retention_d30": "留存率",
    "kpi.active_30d": "MAU",
    "kpi.k_factor": "裂变系数",
    "kpi.gross_sales": "GMV",
    "kpi.roas": "ROI（收入除以投入）",
    "kpi.return_on_spend": "ROI（净收益除以投入）",
    "term.tie": "强关系、弱关系",
}
"""How operators also call a word that is no policy, in Chinese."""
