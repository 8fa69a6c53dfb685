"""Stories of members: readable in both languages, about what happened, with nothing left open."""

import json
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.policies.planning import parse_policy, plan_levers
from sim.report import fonts
from sim.report.figures.life import draw_life
from sim.report.life import life_document, life_lines, pick_lines, tell_life
from sim.report.telling import Names, counted, name_of, number_word, often, span
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.life import Ending, Event, Life, Person, life_of
from sim.study.picks import CASES, Pick, interesting_members
from sim.words import Words
from sim.words.names import NAMES

EN, ZH = Words("en"), Words("zh")
OTHER, OWNER = Person(77, "lurker"), Person(5, "owner")
NUMBER = 123_456


def life(days=60, *, first=12, events=(), ending=None, **columns):
    """A made-up life of one who reads now and then."""
    kept = {
        name: np.zeros(days)
        for name in ("opened", "messages", "answers", "company", "blasts", "packets", "fen")
    }
    kept |= {name: np.full(days, 0.5) for name in ("engagement", "trust", "fatigue", "overload")}
    for name, values in columns.items():
        for day, value in values.items():
            kept[name][day - first] = value
            kept["opened"][day - first] = 1
    return Life(
        member=31, id=NUMBER, channel="invited", hunter=False, role="lurker", last_role="lurker",
        first=first, horizon=100, days=kept, start={"engagement": 0.5, "trust": 0.5},
        events=tuple(events), ending=ending or Ending("present", first + days - 1), friends=(),
        paid_until=None,
    )  # fmt: skip


JOINED = Event(12, "joined", {"channel": "invited", "inviter": OTHER})
REASONS = {"promotion": 0.43, "departed": 0.31, "unrewarded": 0.22, "ordinary": 0.04}


@pytest.fixture
def told():
    """Joined on day 12 by invitation, spoke, was answered; read; adverts; left on day 71."""
    events = [
        JOINED,
        Event(12, "first_words"),
        Event(30, "paid", {"fen": 19_900, "what": "course"}),
    ]
    return life(
        events=events, ending=Ending("left", 71, REASONS), messages={12: 1, 45: 2, 60: 1},
        answers={12: 3}, blasts={62: 1, 68: 1}, fen={30: 19_900},
    )  # fmt: skip


def test_a_story_in_chinese(told):
    name, other = name_of(NUMBER, words=ZH), name_of(OTHER.id, words=ZH)
    assert life_lines(told, words=ZH) == [
        f"{name}的故事（成员 31）",
        f"第 12 天，{name}被{other}邀请进群，当天说了第一句话，收到 3 条回应。",
        "之后两个星期都没点开过群。",
        "第 30 天，花 199 元报了课。",
        "两个星期不见人影。",
        "第 45 天，沉默了五个星期，又开口说话了，没人接话。",
        "之后四个星期里只开过一次口，没人接话。",
        "第 71 天，退了群，之前两周里看到 2 次推广。",
        "为什么：推广（43%）、好友已走（31%）、没人接话（22%）。",
        "算下来：发言 4 条、收到回应 3 条、花了 199 元。",
    ]


def test_the_same_story_in_english(told):
    name, other = name_of(NUMBER, words=EN), name_of(OTHER.id, words=EN)
    he = NAMES[[entry[0] for entry in NAMES].index(name)][2]
    his, him = {"he": ("his", "him"), "she": ("her", "her")}[he]
    lines = life_lines(told, words=EN)
    assert lines[1] == (
        f"On day 12 {name} joined at {other}'s invitation, said {his} first words the same day "
        "and got three answers."
    )
    assert lines[3] == f"On day 30 {he} bought the course for ¥199."
    assert lines[4] == f"Nothing was seen of {him} for two weeks."
    assert lines[-3:] == [
        f"On day 71 {he} left, having seen two adverts in two weeks.",
        "Why: adverts (43 %), friends who had left (31 %), nobody answered (22 %).",
        "In all: four messages, three answers, ¥199 spent.",
    ]


def test_what_was_missing_is_read_from_the_last_weeks():
    """Little in it: nobody answered who spoke; nobody was there who did not; or neither."""
    gone = {"events": [JOINED], "ending": Ending("left", 71, {"unrewarded": 1.0})}
    cases = {
        "没人接话": life(**gone, messages={60: 1}),
        "没有熟人在说话": life(**gone, messages={14: 1}, answers={14: 2}),
        "没什么收获": life(**gone, company={60: 0.5}),
    }
    for expected, one in cases.items():
        assert expected in life_lines(one, words=ZH)[-2]
    answered = life(**gone, messages={60: 1}, answers={60: 1})
    assert "没什么收获" in life_lines(answered, words=ZH)[-2]


@pytest.mark.parametrize(
    ("ending", "chinese", "english"),
    [
        (Ending("pruned", 71), "八个星期没说话，被清退了", "was removed, after eight weeks"),
        (Ending("left_behind", 71), "群关的时候没有跟着走", "did not follow when the group"),
        (Ending("owner_goes", 71), "群里没了群主", "the group was without an owner"),
        (Ending("left", 71, {"ordinary": 1.0}), "人来人往", "people come and go"),
        (Ending("present", 71), "还在群里", "is still there"),
    ],
)
def test_every_way_to_end(ending, chinese, english):
    one = life(events=[JOINED], ending=ending, messages={13: 1})
    assert chinese in " ".join(life_lines(one, words=ZH)).replace("两个月", "八个星期")
    assert english in " ".join(life_lines(one, words=EN)).replace("two months", "eight weeks")


def test_adverts_are_named_only_where_they_drove_out():
    """Two in the last two weeks are counted; one on the day itself is told; else none is."""
    cases = [
        ("退了群，之前两周里看到 2 次推广", {70: 1, 71: 1}, REASONS),
        ("看到推广，退了群", {71: 1}, REASONS),
        ("退了群", {71: 1}, {"ordinary": 1.0}),
        ("退了群", {40: 1}, REASONS),
    ]
    for expected, blasts, reasons in cases:
        one = life(events=[JOINED], ending=Ending("left", 71, reasons), blasts=blasts)
        assert life_lines(one, words=ZH)[-3] == f"第 71 天，{expected}。"


def test_all_that_happens_on_a_day_is_told():
    """Coming back, friends, payments and muting on one day are clauses of one sentence."""
    events = [
        JOINED,
        Event(50, "friend", {"person": OTHER}),
        Event(50, "friend", {"person": OWNER}),
        Event(50, "paid", {"fen": 9_900, "what": "membership"}),
        Event(50, "muted", {"reasons": {"overload": 0.6, "ordinary": 0.4}}),
    ]
    lines = life_lines(life(events=events, messages={13: 1, 50: 1}), words=ZH)
    other = name_of(OTHER.id, words=ZH)
    assert (
        f"第 50 天，沉默了五个星期，又开口说话了，没人接话，和{other}、群主熟了起来，"
        "花 99 元开通了会员，把群设成了免打扰（主要是：消息太多看不过来）。"
    ) in lines
    assert "开着免打扰" in lines[-2]


def test_a_crowd_brought_in_is_cut_short():
    events = [JOINED, *(Event(20, "brought", {"person": Person(k, "lurker")}) for k in range(9))]
    lines = life_lines(life(events=events), words=EN)
    assert "and 5 others" in " ".join(lines)
    assert "nine people brought in" in lines[-1]


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0.2, "a day", "一天"), (3, "three days", "三天"), (7, "a week", "一个星期"),
        (15, "two weeks", "两个星期"), (60, "two months", "两个月"), (180, "half a year", "半年"),
        (365, "a year", "一年"), (730, "two years", "两年"), (335, "eleven months", "十一个月"),
    ],
)  # fmt: skip
def test_lengths_of_time(days, english, chinese):
    assert (span(days, words=EN), span(days, words=ZH)) == (english, chinese)


def test_small_words():
    assert [number_word(n, words=EN) for n in (2, 12, 13, 1200)] == ["two", "twelve", "13", "1,200"]
    assert counted("life.answers", 1, words=EN, name="answers") == "got one answer"
    assert counted("life.answers", 20, words=ZH, name="answers") == "收到 20 条回应"
    assert often(1.0, words=EN, what="look") == "almost every day"
    assert often(0.0, words=ZH, what="talk") == "偶尔冒个泡"


def test_names_are_stable_and_differ_within_a_story():
    assert len({entry[0] for entry in NAMES}) == len({entry[1] for entry in NAMES}) == len(NAMES)
    names = Names(EN)
    given = [names.of(number) for number in range(100)]
    assert len(set(given)) == 100
    assert names.of(7) == given[7]
    assert names.called(Person(7, "owner")) == "the owner"
    assert (Names(EN).of(3), Names(ZH).of(3)) in {entry[:2] for entry in NAMES}
    crowd = Names(ZH)
    assert all(crowd.of(number) for number in range(2 * len(NAMES)))


@pytest.fixture(scope="module")
def community():
    """A small group with all that can happen to its members."""
    policies = ["red_packet", "advertising", "paid_membership", "points_levels", "pruning:start=40"]
    changes = {"members.initial": 80, "days": 90}
    scenario = Scenario.preset("mixed").replace(changes)
    levers = plan_levers(scenario, extra=[parse_policy(text) for text in policies])
    run = Run.start(scenario, seed=3, levers=levers)
    run.advance()
    return scenario, levers, run.record()


@pytest.fixture(scope="module")
def lives(community):
    scenario, levers, record = community
    members = {pick.member for pick in interesting_members(record, len(CASES))}
    members |= {0, *range(1, len(record.members.id), 11)}
    begin = lambda: Run.start(scenario, seed=3, levers=levers)  # noqa: E731
    return [life_of(begin(), member, record=record) for member in sorted(members)]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_texts_are_whole(lives, words):
    for one in lives:
        lines = life_lines(one, words=words)
        assert len(lines) >= 3
        for line in lines:
            assert not re.search(
                r"[{}—]|None|nan|\d\.\d{3}|\s\s|^\s|\s$|\s[.,。，]|，。|，，", line
            )
            assert line.endswith((".", "。", ")", "）"))
        if words is ZH:
            text = "".join(lines)
            assert not re.search(r"[A-Za-z]", text)
            assert not re.search(r"[\u3400-\u9fff]\d|\d[\u3400-\u9fff]", text)


def test_stories_say_what_they_come_to(lives):
    for one in lives:
        total = int(one.days["messages"].sum())
        last = life_lines(one, words=ZH)[-1]
        assert (f"发言 {total} 条" in last) if total else ("一句话没说" in last)


def test_the_document_is_plain_data(lives):
    for one in lives:
        document = life_document(one, words=EN)
        assert json.loads(json.dumps(document, allow_nan=False)) == document
        assert document["schema"] == 1
        assert document["lines"][0].startswith(document["name"])
        paid = [event["yuan"] for event in document["events"] if event["kind"] == "paid"]
        back = [event["yuan"] for event in document["events"] if event["kind"] == "refunded"]
        assert sum(document["days"]["yuan"]) == pytest.approx(sum(paid) - sum(back))
        assert len(document["days"]["opened"]) == one.length


def test_a_life_is_told_from_what_determines_the_run(community, lives):
    scenario, levers, record = community
    one = lives[-1]
    run = Run.start(scenario, seed=3, replicate=0, days=scenario.days, levers=levers)
    seen, lines, document = tell_life(run, member=one.member, words=ZH, record=record)
    assert lines == life_lines(one, words=ZH) == document["lines"]
    assert seen.document() == one.document()


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_pick_is_named(words):
    picks = [Pick(member=k, id=k, why=why, value=40.0) for k, why in enumerate(CASES)]
    lines = pick_lines(picks, words=words, command="qunsim life results/it")
    assert len(lines) == len(CASES) + 2
    assert lines[-1].endswith("qunsim life results/it --member 0")
    assert not re.search(r"[{}]|life\.", " ".join(lines))
    assert pick_lines([], words=words, command="qunsim life results/it") == []


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_figure(lives, told, words):
    for one in (told, lives[0], max(lives, key=lambda life: len(life.events)), life(1)):
        figure = draw_life(one, words)
        assert isinstance(figure, Figure)
        said = fonts.figure_words(words)
        assert name_of(one.id, words=said) in figure.get_label()
        engagement, trust = figure.axes[0].lines[:2]
        assert np.array_equal(engagement.get_ydata(), one.days["engagement"])
        assert np.array_equal(trust.get_ydata(), one.days["trust"])
        figure.draw_without_rendering()
