"""``to`` of a policy: how it is read, what is refused, what is told when there is nobody."""

import pytest

from sim.audiences import MOST, NumberError, UnknownNameError, read_audience
from sim.commands.run import notes_of
from sim.errors import UserError, UserErrors
from sim.levers import AIM_INDEX, AIMED_NEUTRAL, LEVER_INDEX
from sim.policies.planning import parse_policy, plan_levers, read_plan
from sim.scenario import Scenario
from sim.study import run
from sim.words import Words

SMALL = Scenario.build(
    {
        "members": {"initial": 30, "leaders": 1, "seed_users": 2, "administrators": 0},
        "days": 30,
        "reach": {"open": 1.0},
    }
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("newcomers", "newcomers:7"),
        ("newcomers:14", "newcomers:14"),
        ("silent", "silent:14"),
        (" silent : 30 ", "silent:30"),
        ("level:2", "level:2"),
        ("role:leader", "role:leader"),
        ("role: seed_user + leader", "role:seed_user+leader"),
        ("role:leader+seed_user+leader", "role:seed_user+leader"),
        ("channel:giveaway+invited", "channel:invited+giveaway"),
        ("payers", "payers"),
        ("muted", "muted"),
        ("hunters", "hunters"),
    ],
)
def test_audiences_are_read_and_written(text, written):
    audience = read_audience(text)
    assert str(audience) == written
    assert read_audience(written) == audience


def test_everyone_is_no_audience():
    assert read_audience("everyone") is None
    assert not plan_levers(SMALL, extra=[{"use": "care", "to": "everyone"}]).aims.kind.size


@pytest.mark.parametrize(
    ("text", "error"),
    [
        *(
            (text, ValueError)
            for text in (
                "", "new", "level", "level:", "level:a", "role", "role:", "payers:3", "newcomers:",
                "newcomers:-1", "newcomers:7.5", "everyone:1",
            )
        ),
        ("role:boss", UnknownNameError), ("role:leader+", UnknownNameError),
        ("channel:leader", UnknownNameError), ("newcomers:0", NumberError),
        ("silent:4000", NumberError), ("level:0", NumberError), ("level:13", NumberError),
    ],
)  # fmt: skip
def test_other_texts_are_no_audience(text, error):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the type is compared below
        read_audience(text)
    assert type(caught.value) is error


def test_only_levers_that_can_be_aimed_are():
    entry = {"use": "value_content", "amount": 2.0, "to": "newcomers", "every": 3, "groups": [1]}
    levers = plan_levers(SMALL.replace({"groups.number": 2}), extra=[entry])
    content, quality = (levers.values[:, :, LEVER_INDEX[name]] for name in ("content", "quality"))
    aimed = levers.aims.values[:, :, 0, AIM_INDEX["content"]]
    assert (aimed[::3, 1] == 2.0).all()
    assert aimed.sum() == 2.0 * 10
    assert (content == 0).all()  # none is for everybody
    assert (quality[3::3, 1] < 1).all()  # which falls from the first day on, and is for all
    assert (levers.aims.booker[::3, 1, 0, AIM_INDEX["content"]] == 1).all()


def test_equal_audiences_are_one_and_amounts_add_up():
    entries = [
        {"use": "red_packet", "to": "role:leader+lurker", "amount": 30},
        {"use": "red_packet", "to": "role:lurker+leader", "amount": 20, "shares": 3},
        {"use": "red_packet", "to": "payers", "amount": 0},
    ]
    aims = plan_levers(SMALL, extra=entries).aims
    assert aims.kind.shape == (1,)
    assert aims.values[0, 0, 0, AIM_INDEX["packet"]] == 50
    assert aims.values[0, 0, 0, AIM_INDEX["packet_parts"]] == 10
    assert (aims.values[1] == AIMED_NEUTRAL).all()


def refused(*entries, scenario=SMALL):
    with pytest.raises(UserError) as caught:
        read_plan(scenario, extra=entries)
    error = caught.value
    for lang in ("en", "zh"):
        assert "?" not in Words(lang).error(error)
    found = error.errors if isinstance(error, UserErrors) else [error]
    return [(one.kind, one.reason) for one in found]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("new", ("wrong_form", "audience")),
        (7, ("wrong_form", "audience")),
        ("role:boss", ("not_found", "audience")),
        ("newcomers:0", ("out_of_range", "limits")),
    ],
)
def test_mistakes_are_told(to, expected):
    assert refused({"use": "care", "to": to}) == [expected]


@pytest.mark.parametrize("use", ["ritual", "moderation", "paid_membership", "pruning"])
def test_what_is_for_everybody_cannot_be_aimed(use):
    assert refused({"use": use, "to": "newcomers"}) == [("contradiction", "audience")]


def test_a_lever_at_nothing_does_not_count():
    sale = {"use": "goods_sale", "to": "payers"}
    assert refused({**sale, "discount": 0, "mentions": 0}) == [("contradiction", "audience")]
    assert read_plan(SMALL, extra=[{**sale, "discount": 0.1, "mentions": 0}]).policies


def test_too_many_audiences_are_told_at_their_line():
    blocks = [f'[[policies]]\nuse = "care"\nto = "newcomers:{n}"\n' for n in range(1, MOST + 2)]
    scenario = Scenario.parse("days = 30\n" + "".join(blocks), file="many.toml")
    with pytest.raises(UserError) as caught:
        read_plan(scenario)
    error = caught.value
    assert (error.kind, error.reason) == ("contradiction", "audiences")
    assert (error.values["file"], error.values["line"]) == ("many.toml", 1 + 3 * (MOST + 1))
    fewer = Scenario.parse("days = 30\n" + "".join(blocks[:MOST]))
    assert plan_levers(fewer).aims.kind.shape == (MOST,)
    off = [{"use": "care", "amount": 0, "to": "silent"}]
    assert plan_levers(fewer, extra=off).aims.kind.shape == (MOST,)


def test_the_command_line_says_for_whom():
    entries = [parse_policy(f"care:to={to}") for to in ("newcomers:14", "role:leader+seed_user")]
    audiences = [one.audience for one in read_plan(SMALL, extra=entries).policies]
    assert list(map(str, audiences)) == ["newcomers:14", "role:seed_user+leader"]


SELLS = {"use": "paid_membership"}
PLAYS = {"use": "points_levels"}
GIVES = {"use": "giveaway"}


@pytest.mark.parametrize(
    ("to", "others", "changes", "possible"),
    [
        ("role:guest", [], {}, False),
        ("role:guest+lurker", [], {}, True),
        ("role:guest", [], {"members.guests": 1}, True),
        ("role:seed_user", [], {"members.seed_users": 0}, False),
        ("role:leader", [], {"members.leaders": 0}, True),  # one may become a leader
        ("role:owner", [], {"owner.leaves_on": 0}, False),
        ("payers", [], {}, False),
        ("payers", [SELLS], {}, True),
        ("payers", [{"use": "adaptive"}], {}, True),  # it reacts: nobody knows beforehand
        ("level:1", [], {}, False),
        ("level:1", [PLAYS], {}, True),
        ("level:1", [{**PLAYS, "amount": 0}], {}, False),
        ("channel:giveaway", [], {}, False),
        ("channel:giveaway", [GIVES], {}, True),
        ("channel:open", [], {}, True),
        ("channel:log", [], {}, False),
        ("channel:founder", [], {}, True),
        ("channel:invited", [], {"invite.rate": 0.0}, False),
        ("newcomers", [], {"invite.rate": 0.0, "reach.open": 0.0}, False),
        ("newcomers:57", [], {"invite.rate": 0.0, "reach.open": 0.0}, True),  # 8 weeks of past
        ("hunters", [], {}, True),
        ("hunters", [], {"hunter.share_open": 0.0, "hunter.share_invited": 0.0}, False),
        ("silent:84", [], {}, True),
        ("silent:85", [], {}, False),  # the past and 30 days
        ("muted", [], {}, True),
    ],
)
def test_an_audience_that_cannot_be_is_told_beforehand(to, others, changes, possible):
    entries = [{"use": "care", "to": to}, *others]
    cautions = read_plan(SMALL.replace(changes), extra=entries).cautions
    told = [(one.key, dict(one.values)) for one in cautions]
    values = {"policy": "care", "audience": str(read_audience(to))}
    assert told == ([] if possible else [("warning.no_audience", values)])


def test_one_thing_for_two_audiences_is_meant():
    care = [{"use": "care", "to": to} for to in ("newcomers", "silent", "newcomers")]
    assert read_plan(SMALL, extra=care[:2]).cautions == ()
    (caution,) = read_plan(SMALL, extra=[*care[:2], {**care[2], "amount": 0.3}]).cautions
    assert caution.key == "warning.same_day"


def test_an_audience_that_stayed_empty_is_told_afterwards():
    scenario = SMALL.replace({"days": 8, "reach.giveaway": 1e-9})
    aimed = [{"use": "care", "to": to} for to in ("channel:giveaway", "role:leader", "role:guest")]
    result = run(scenario, replicates=3, policies=aimed)
    english = notes_of(result, Words("en"))
    assert english == [
        "there can be nobody here for whom personal care #3 is meant: guest",
        (
            "personal care found nobody it is meant for (those who came by: giveaway) "
            "in 3 of 3 futures"
        ),
    ]
    assert [len(note) > 10 for note in notes_of(result, Words("zh"))] == [True, True]


def test_audiences_in_words():
    english, chinese = Words("en"), Words("zh")
    assert english.audience("everyone") == "everybody"
    assert chinese.audience("newcomers:7") == "新人（进群不到 7 天）"
    assert chinese.audience("role:seed_user+leader") == "种子用户、意见领袖"
    assert english.audience("channel:invited+giveaway") == "those who came by: invited, giveaway"
    assert chinese.audience("hunters") == "羊毛党"
    assert english.audience("level:3") == "points level 3 and above"
