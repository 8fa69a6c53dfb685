"""What is told of forecasts, and of what came of them."""

from __future__ import annotations

FORECASTS: dict[str, tuple[str, str]] = {
    "forecast.question": ("Where is this group going?", "这个群接下来会怎样？"),
    "forecast.line": (
        "{name}, {members} members known up to {date}, {past} of history; {horizon} ahead, {futures} simulated futures",
        "{name}，到 {date}为止见过 {members} 人、{past}记录；往后推 {horizon}，{futures} 个模拟未来",
    ),
    "forecast.weeks": ("{count} weeks", "{count} 周"),
    "forecast.week_one": ("1 week", "1 周"),
    # The headline: where it is going
    "forecast.falling": (
        "The group is getting quieter: in {horizon} about {middle} a week will write ({usual}); {now}.",
        "群在变冷：{horizon}后每周约 {middle} 人发言（{usual}），{now}。",
    ),
    "forecast.growing": (
        "The group is getting livelier: in {horizon} about {middle} a week will write ({usual}); {now}.",
        "群在变热：{horizon}后每周约 {middle} 人发言（{usual}），{now}。",
    ),
    "forecast.holding": (
        "The group stays about as it is: in {horizon} about {middle} a week will write ({usual}); {now}.",
        "群大体稳定：{horizon}后每周约 {middle} 人发言（{usual}），{now}。",
    ),
    "forecast.unclear": (
        "Up or down cannot be told: in {horizon} about {middle} a week will write ({usual}); {now}.",
        "是涨是跌还看不出：{horizon}后每周约 {middle} 人发言（{usual}），{now}。",
    ),
    "forecast.silent": (
        "The group is silent and will probably stay so: in {horizon} about {middle} a week will write ({usual}); {now}.",
        "群已经沉寂，多半会一直这样：{horizon}后每周约 {middle} 人发言（{usual}），{now}。",
    ),
    "forecast.people": ("{count} people", "{count}"),
    "forecast.person": ("{count} person", "{count}"),
    "forecast.now": ("now {count}", "现在 {count} 人"),
    "forecast.then": ("it was {count} on {date}", "{date}是 {count} 人"),
    "forecast.usually": ("usually {span}", "多数在 {span} 之间"),
    "forecast.always": ("the same in 90 of 100 futures", "100 个模拟未来里 90 个都是这个数"),
    "forecast.quieter": (
        "Quieter than {when} in {often} of {n} futures",
        "{n} 个模拟未来里有{often}个比{when}冷清",
    ),
    "forecast.than_now": ("now", "现在"),
    "forecast.than_then": ("on that day", "当时"),
    "forecast.falls_silent": (
        "; in {often} of {n} it falls silent (fewer than 2 people a week for four weeks in a row)",
        "；{n} 个里有{often}个会沉寂（连续四周每周发言不到 2 人）",
    ),
    "forecast.others": (
        "First-time speakers: about {newcomers} a week ({newcomers_usual}), {newcomers_now}. Messages: about {messages} a week ({messages_usual}), {messages_now}.",
        "第一次发言的新人每周约 {newcomers} 人（{newcomers_usual}），{newcomers_now}；消息每周约 {messages} 条（{messages_usual}），{messages_now}。",
    ),
    "forecast.messages_now": ("now {count}", "现在 {count} 条"),
    "forecast.messages_then": ("then {count}", "当时 {count} 条"),
    "forecast.newcomers_then": ("then {count}", "当时 {count} 人"),
    # Tiles
    "forecast.tile_speakers": ("people who write, {week}", "发言人数，{week}"),
    "forecast.tile_messages": ("messages, {week}", "消息数，{week}"),
    "forecast.tile_newcomers": ("write for the first time, {week}", "第一次发言，{week}"),
    "forecast.tile_quieter": ("futures that end quieter than {when}", "最后比{when}冷清的模拟未来"),
    "forecast.tile_silent": ("silent in {often} of {n}", "{n} 个里{often}个沉寂"),
    "forecast.tile_note": ("{usual}; {now}", "{usual}；{now}"),
    # Sections
    "forecast.ahead": ("The weeks ahead", "往后几周"),
    "forecast.table": ("Week by week", "逐周数字"),
    "forecast.came": ("What really happened", "后来的实际情况"),
    "forecast.who": ("Who will write", "往后是谁在说话"),
    "forecast.holds": ("What the ranges hold and what they do not", "范围里算了什么、没算什么"),
    "forecast.column_week": ("week", "周"),
    "forecast.column_begins": ("begins", "开始日期"),
    "forecast.column_target": ("a week", "每周"),
    "forecast.column_inside90": ("light band", "浅色带内"),
    "forecast.column_inside50": ("dark band", "深色带内"),
    "forecast.column_mean": ("forecast", "预测"),
    "forecast.column_actual": ("really happened", "实际"),
    "forecast.column_actual_mean": ("real", "实际"),
    "forecast.column_past": ("so far", "之前"),
    "forecast.table_note": (
        "The middle future; in brackets usually, that is in 90 of 100 futures. Weeks begin on the weekday of the log's first message.",
        "数字是中间值，括号里是多数情况（100 个模拟未来里的 90 个）。一周从记录第一条消息的那个星期几算起。",
    ),
    "forecast.inside": ("{inside} of {n} weeks", "{n} 周里 {inside} 周"),
    "forecast.came_line": (
        "What came, whole weeks inside the range of 90 of 100: {parts}.",
        "后来的实际情况，落在 90/100 范围内的整周：{parts}。",
    ),
    "forecast.came_part": ("{target} {inside} of {n}", "{target} {n} 周中 {inside} 周"),
    "forecast.came_note": (
        "The forecast used nothing from {date} on; the rest of the log tells what came. Bands as in the pictures: 90 and 50 of 100 futures. Right ranges hold about 9 of 10 weeks in the light band, but neighbouring weeks miss together. Forecast and real: the average week.",
        "预测没有用 {date}及以后的任何记录，后来怎样看的是剩下的记录。浅色带、深色带和图里一样，是 100 个模拟未来里的 90 个和 50 个。范围准的话，大约十周里有九周落在浅色带内，不过要偏往往连着偏几周。“预测”和“实际”是平均每周。",
    ),
    "forecast.known": (
        "Of {members} people that the log knows, about {count} will write at least once in these {horizon} ({usual}).",
        "记录里见过的 {members} 个人，往后 {horizon}里还会说话的约 {count} 个（{usual}）。",
    ),
    "forecast.fresh": (
        "About {count} people will write for the first time ({usual}).",
        "第一次发言的新人约 {count} 个（{usual}）。",
    ),
    "forecast.late": (
        "Of those who write in the last {late}, about {known} are among today's members and about {fresh} have yet to come. Newcomers bring {share} of all messages.",
        "最后 {late}里说话的人，约 {known} 个是现在就在的老成员，约 {fresh} 个是以后才来的。全部消息里 {share} 由新人发出。",
    ),
    "forecast.holds_luck": (
        "In them: who of these members comes back and who falls silent, how many new people arrive, and good and bad times as this log has seen them.",
        "算进去的：这些成员里谁会回来、谁会沉默，来多少新人，以及和这个群过去一样大的起伏。",
    ),
    "forecast.holds_each": (
        "Each week by itself: that one week in ten lies outside is normal.",
        "范围是逐周看的：十周里有一周落在外面很正常。",
    ),
    "forecast.holds_not": (
        "Not in them: what has a date and no precedent in the log. A campaign, a festival, an owner who leaves, a rival group, a change of platform. To try a measure of your own, use qunsim compare.",
        "没算进去的：某一天才发生、记录里没有先例的事，比如做活动、过节、群主不管了、旁边开了新群、平台改规则。想知道自己要做的动作有没有用，请用 qunsim compare。",
    ),
    "forecast.holds_whole": (
        "Real logs end where somebody stopped writing them: a group that is moved elsewhere looks like one that dies.",
        "记录停在没人再导出的地方：群搬了家，从记录里看和冷掉是一样的。",
    ),
    "forecast.checked": (
        "Looked back at: from {origins} of this log, {horizon} ahead, the range of 90 of 100 held {speakers} of the weeks for speakers, {messages} for messages, {newcomers} for newcomers.",
        "回测过：站在这份记录过去的 {origins}往后推 {horizon}，90/100 的范围装住的周：发言人数 {speakers}，消息数 {messages}，新人 {newcomers}。",
    ),
    "forecast.origins": ("{count} earlier days", "{count} 个日子"),
    "forecast.origin_one": ("1 earlier day", "1 个日子"),
    "forecast.not_checked": (
        "Nobody has looked back yet how well such a forecast would have done in this group: qunsim backtest, for logs of 72 weeks or more.",
        "还没有回头检验过这样的预测在这个群里准不准：满 72 周的记录可以用 qunsim backtest 回测。",
    ),
    "forecast.method_members": (
        "Every member goes on from where he is: how often and how lately he wrote. Newcomers arrive as they lately have; in a log that is old enough their number drifts back to its usual level.",
        "每个成员都从现在的状态往后走：以前多常说话、多久没说话了。新人先按最近的速度来，记录够长的再慢慢回到平时的水平。",
    ),
    "forecast.method_fit": (
        "How people speak, return and fall silent was fitted to the {past} of this log, with what other real groups have in common as its starting point.",
        "多常说话、会不会回来、怎么沉默，按这份记录的 {past}校准，起点是其他真实群的共同规律。",
    ),
    "forecast.method_before": (
        "Only events before {date} were used.",
        "只用了 {date}之前的记录。",
    ),
    "forecast.method_luck": (
        "The group was let run {futures} times with different luck; the middle and the ranges are those of these futures.",
        "同一个群换不同的运气跑了 {futures} 次，中间值和范围就来自这些模拟未来。",
    ),
    "forecast.next_backtest": ("how far to trust it", "看看有多准"),
    "forecast.next_compare": ("what a measure would change", "看看做动作有没有用"),
}
