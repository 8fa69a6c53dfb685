"""Titles, notes and labels of the figures of a log's portrait."""

from __future__ import annotations

FIGURES_OF_LOGS: dict[str, tuple[str, str]] = {
    # Activity
    "figure.past_sub": (
        "Above: people who write, each week. Below: those who write for the first time. Strip: stage.",
        "上图：每周发言人数。下图：每周首次发言人数。色条：所处阶段。",
    ),
    "figure.past_full": (
        "About {now} people write each week now, close to the most there ever were",
        "现在每周约 {now} 人发言，接近历来最多",
    ),
    "figure.past_below": (
        "{now} people write each week now; at most it was {peak}, around {date}",
        "现在每周 {now} 人发言，最多时是 {peak} 人（{date}前后）",
    ),
    "figure.past_over": (
        "Hardly anybody writes any more; at most it was {peak} a week, around {date}",
        "现在几乎没人发言了，最多时每周 {peak} 人（{date}前后）",
    ),
    "figure.past_note": (
        "Whole weeks; “now” and “at most” are means of four. Numbers: weeks that stand out, see the list. Grey: nobody wrote, perhaps a gap of the log. Stages lag by three to four weeks; pale: too quiet for one.",
        "只画完整的周，“现在”和“最多”都是四周平均。数字：反常的周，见列表。灰色：没有任何消息，可能是记录缺失。阶段会滞后三到四周，浅色表示人太少、判断不了。",
    ),
    "figure.past_smooth": (
        "Dark line: mean of four weeks; light line: single weeks.",
        "深色线：四周平均；浅色线：单周。",
    ),
    "figure.past_speakers": ("write\neach week", "每周发言"),
    "figure.past_newcomers": ("for the\nfirst time", "首次发言"),
    "figure.past_now": ("now {value}", "现在 {value}"),
    # Retention
    "figure.retention_sub": (
        "Share who write again, by month of the first message (rows) and months since (columns)",
        "还在发言的比例：每行是同期第一次发言的人，每列是之后第几个月",
    ),
    "figure.retention_find": (
        "Of those who write for the first time, {share} write again a month later",
        "第一次发言的人，一个月后还有 {share} 在发言",
    ),
    "figure.retention_find_more": (
        "Of those who write for the first time, {share} write again a month later, {later} after {months} months",
        "第一次发言的人，一个月后还有 {share} 在发言，{months} 个月后有 {later}",
    ),
    "figure.retention_few": (
        "Too few newcomers to say what share comes back",
        "新人太少，看不出有多大比例会回来",
    ),
    "figure.retention_note": (
        "Months of 30 days from each person's own first message. In brackets: people. Grey: fewer than {least} people. Hatched: not (all) followed that long. Whoever wrote in the log's first month may have been there before.",
        "从每个人自己的第一条消息算起，30 天一个月。括号里是人数。灰色：不足 {least} 人。斜线：还没（全部）到时候。记录头一个月里的人可能早就在了。",
    ),
    "figure.retention_rows": ("A row is {months} months.", "每行 {months} 个月。"),
    "figure.retention_x": ("months since the first message", "第一次发言后第几个月"),
    "figure.retention_row": ("{month} ({count})", "{month}（{count} 人）"),
    # Who writes
    "figure.wrote_note": (
        "Grey bars: 10th to 90th percentile of 38 public logs (none of them WeChat), at the top 10 % and 1 %. Everybody who wrote in this log, staff included.",
        "灰条：38 个公开社群记录（都不是微信群）在头部 10% 和 1% 处的第 10 到 90 百分位。这份记录里所有发过言的人，含运营人员。",
    ),
    # Rhythm
    "figure.rhythm_sub": (
        "Messages in an hour of the week, on average ({zone})",
        "一周里每个钟点平均有多少条消息（{zone}）",
    ),
    "figure.rhythm_find": (
        "Busiest from {hour} to {until}; a day at the weekend has {share} of a weekday's messages",
        "{hour} 到 {until} 最热闹，周末一天的消息是工作日的 {share}",
    ),
    "figure.rhythm_short": (
        "Busiest from {hour} to {until}",
        "{hour} 到 {until} 最热闹",
    ),
    # Who answers whom
    "figure.answers_sub": (
        "Of 100 answers: from whom (rows) to whom (columns)",
        "每 100 条回复里：谁回复（行）谁（列）",
    ),
    "figure.answers_find": (
        "The busiest tenth gives {given} of the answers and gets {got} of them",
        "最能说的一成人发出 {given} 的回复，也收到 {got} 的回复",
    ),
    "figure.answers_note": (
        "An answer goes to the last message that its receiver had written. How much of what people answer is written down as an answer differs between kinds of chat.",
        "一条回复算作回应对方此前最近的一条消息。回复里有多少被记成“回复”，各种聊天工具不一样。",
    ),
    "figure.answers_top": ("busiest 1 % ({count})", "最能说的 1%（{count} 人）"),
    "figure.answers_tenth": ("next 9 % ({count})", "其次的 9%（{count} 人）"),
    "figure.answers_half": ("next 40 % ({count})", "再其次的 40%（{count} 人）"),
    "figure.answers_quiet": ("quieter half ({count})", "安静的一半（{count} 人）"),
    "figure.answers_from": ("who answers", "谁回复"),
    "figure.answers_to": ("whom", "回复谁"),
    # Beside real communities
    "figure.placed_sub": (
        "The last {weeks} weeks beside {count} real communities, from lower than all to higher than all",
        "最近 {weeks} 周和 {count} 个真实社群相比，从最低到最高",
    ),
    "figure.placed_find": ("Among real communities, it {what}", "放到真实社群里看，它{what}"),
    "figure.placed_middle": (
        "Among real communities it is an ordinary one: in the middle half throughout",
        "放到真实社群里看，它很普通：各方面都居中",
    ),
    "figure.placed_note": (
        "Grey: the middle half. {count} public logs of {families} families (chat rooms, forums, mailing lists; none of them WeChat), families weighted alike, a period of {weeks} weeks in each year of each log.",
        "灰条：居中的一半。{families} 类共 {count} 个公开社群记录（聊天室、论坛、邮件列表，都不是微信群），各类权重相同，每个记录每年取 {weeks} 周。",
    ),
    "figure.placed_low": ("lower than all", "最低"),
    "figure.placed_high": ("higher than all", "最高"),
}
