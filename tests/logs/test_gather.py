"""Gathering: who is who, who is answered, what is held twice."""

import pytest

from sim.logs.gather import Gather
from sim.logs.people import plain_name
from sim.logs.table import EVENTS

NOW = 1_709_631_000


def rows(gather):
    table, _ = gather.table()
    names = [*table.names, ""]
    return [
        (int(s) - NOW, names[m], EVENTS[e], names[r])
        for s, m, e, r in zip(table.seconds, table.member, table.event, table.reply_to, strict=True)
    ]


def test_a_name_in_a_notice_is_the_number_that_bears_it():
    gather = Gather()
    gather.add(NOW, gather.named("小明"), "join")
    gather.add(NOW + 5, gather.person("wx1", shown="小明"))
    gather.add(NOW + 6, gather.named("过客"), "join")
    gather.end_file()
    assert rows(gather) == [
        (0, "小明", "join", ""), (5, "小明", "message", ""), (6, "过客", "join", "")
    ]  # fmt: skip
    assert gather.table()[0].members == 2
    assert gather.weak_share == 0.5


def test_a_name_that_two_numbers_bear_is_nobody_of_them():
    gather = Gather()
    for number in ("1", "2"):
        gather.add(NOW, gather.person(number, shown="小明"))
    gather.add(NOW + 1, gather.named("小明"), "leave")
    gather.end_file()
    assert gather.table()[0].members == 3
    assert {name for _, name, _, _ in rows(gather)} == {"小明", "小明 (2)", "小明 (3)"}


def test_a_reply_finds_its_message_in_another_file_and_before_or_behind():
    gather = Gather()
    gather.add(NOW + 9, gather.person("b"), reply_id=("chat", 1), identity=("chat", 2))
    gather.add(NOW + 10, gather.person("c"), reply_id=("chat", 7), identity=("chat", 3))
    gather.end_file()
    gather.add(NOW, gather.person("a"), identity=("chat", 1))
    gather.end_file()
    assert rows(gather) == [
        (0, "a", "message", ""), (9, "b", "message", "a"), (10, "c", "message", "")
    ]  # fmt: skip


def test_an_identity_is_taken_once_and_a_join_of_two_is_two():
    gather = Gather()
    for _ in range(2):
        gather.add(NOW, gather.person("a"), "join", identity=1)
        gather.add(NOW, gather.person("b"), "join", identity=1)
        gather.add(NOW, gather.person("a"), identity=2)
        gather.end_file()
    table, held = gather.table()
    assert (len(table), held) == (3, 3)


def test_a_list_of_names_is_cut_where_names_end():
    gather = Gather()
    gather.add(NOW, gather.listed("李、四、五六、七"), "join")
    gather.end_file()
    gather.add(NOW, gather.listed("李、四、五六、七"), "join")
    gather.add(NOW + 1, gather.person("9", shown="李、四"))
    gather.add(NOW + 2, gather.listed("五六"))
    gather.end_file()
    joined = {name for _, name, kind, _ in rows(gather) if kind == "join"}
    assert joined == {"李、四", "五六", "七"}
    assert len(rows(gather)) == 5
    assert [part.events for part in gather.parts] == [3, 5]


def test_without_identities_as_many_as_the_file_that_has_most():
    gather = Gather()
    for copies in (2, 3, 1):
        for _ in range(copies):
            gather.add(NOW, gather.named("a"))
        gather.end_file()
    table, held = gather.table()
    assert (len(table), held) == (3, 3)


@pytest.mark.parametrize("seconds", [0, -5, 5e9, float("nan"), float("inf")])
def test_no_time_of_a_chat(seconds):
    with pytest.raises(ValueError):  # noqa: PT011  the value is the message
        Gather().add(seconds, 0)


def test_names_as_people_read_them():
    assert plain_name("\u202a+86\u00a0138 0000\u202c") == "+86 138 0000"
    assert plain_name("\u200e~ Ann\u200f\n Lee ") == "~ Ann Lee"
    assert len(plain_name("长" * 10_000)) == 200


def test_halves_of_characters_are_left_out_and_the_latest_name_is_shown():
    gather = Gather()
    for name in ("\ud83dAnn", "Bo", "Ann"):
        gather.add(NOW, gather.person("\udfff1", shown=name))
    gather.end_file()
    assert gather.table()[0].names == ("Ann",)
    assert plain_name("\ud83d") == ""
    nameless = Gather()
    nameless.add(NOW, nameless.person("\udfff1"))
    nameless.end_file()
    assert nameless.table()[0].names == ("?1",)


def test_chats_are_counted_once():
    gather = Gather()
    for number in (("a", 1), ("a", 2), ("a", 1)):
        gather.chat(number)
    assert len(gather.chats) == 2


def test_a_word_is_a_name_if_anything_of_him_comes_before():
    gather = Gather()
    late = gather.named("late")
    gather.add(NOW + 1, gather.named("a"), reply_if_seen=late)
    gather.add(NOW + 1, late)
    gather.add(NOW + 1, gather.named("a"), reply_if_seen=late)
    gather.add(NOW + 2, gather.named("a"), reply_if_seen=gather.named("nobody"))
    gather.end_file()
    gather.add(NOW + 3, gather.named("b"), reply_if_seen=late)
    gather.add(NOW, gather.named("b"), reply_if_seen=late)
    gather.end_file()
    assert [row[3] for row in rows(gather)] == ["", "", "", "late", "", "late"]


def test_who_takes_another_name_stays_himself():
    gather = Gather()
    ann, dee = gather.named("ann", shown="Ann"), gather.named("dee")
    gather.add(NOW, ann)
    gather.add(NOW + 1, ann)
    gather.renamed(ann, dee)
    gather.add(NOW + 2, dee)
    gather.add(NOW + 3, gather.named("b"), reply_if_seen=dee)
    gather.end_file()
    assert [row[1] for row in rows(gather)] == ["Ann", "Ann", "Ann", "b"]
    assert rows(gather)[3][3] == "Ann"
