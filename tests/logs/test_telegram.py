import gzip
import json

import pytest
from export_checks import LENIENT, MARK, any_json, counts, events, known_as, spoiled, survives
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.importers import import_files

T = 1_709_631_000  # 2024-03-05T09:30:00Z
ANN = {"from": "Ann", "from_id": "user1"}
BOB = {"from": "Bob", "from_id": "user2"}


def said(number, second=0, **rest):
    return {
        "id": number, "type": "message", "date": "2024-03-05T17:30:00",
        "date_unixtime": str(T + second), "text": "hi", **rest,
    }  # fmt: skip


def told(number, action, second=0, actor=ANN, **rest):
    return {
        "id": number, "type": "service", "date": "2024-03-05T17:30:00",
        "date_unixtime": str(T + second), "actor": actor["from"], "actor_id": actor["from_id"],
        "action": action, "text": "", **rest,
    }  # fmt: skip


def chat(*messages, number=77, kind="private_supergroup", name="Group"):
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


@pytest.fixture
def save(tmp_path):
    def save(content, name="result.json"):
        path = tmp_path / name
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        return path

    return save


def test_messages_and_replies(save):
    path = save(
        chat(
            said(1, **ANN),
            said(2, 1, **BOB, reply_to_message_id=1, text=["see ", {"type": "bold", "text": "x"}]),
            said(3, 2, **ANN, reply_to_message_id=2, reply_to_peer_id="channel9"),
            said(4, 3, **ANN, reply_to_message_id=99),
            said(5, 4, **BOB, text="", media_type="sticker", forwarded_from="Ann"),
            said(6, 5, **{"from": None, "from_id": "user3"}, via_bot="@gif"),
            said(7, 6, **{"from": "Group", "from_id": "channel77"}),
            said(8, 7),
            {"id": 9, "type": "unsupported"},
        )
    )
    assert known_as(path) == ["telegram"]
    assert events(path) == [
        (T, "Ann", "message", ""),
        (T + 1, "Bob", "message", "Ann"),
        (T + 2, "Ann", "message", ""),
        (T + 3, "Ann", "message", ""),
        (T + 4, "Bob", "message", ""),
        (T + 5, "user3", "message", ""),
        (T + 6, "Group", "message", ""),
    ]
    assert counts(path) == {"nameless": 1, "undated": 1}


def test_who_joins_leaves_and_pays(save):
    path = save(
        chat(
            told(1, "create_group", title="G", members=["Ann", "Bob"]),
            told(2, "invite_members", 1, members=["Cid", None, "Dan"]),
            told(3, "invite_members", 2, actor=BOB, members=["Bob"]),
            told(4, "join_group_by_link", 3, actor={"from": "Eve", "from_id": "user5"}, inviter=""),
            told(5, "join_group_by_request", 4, actor={"from": None, "from_id": "user6"}),
            told(6, "remove_members", 5, actor=BOB, members=["Bob"]),
            told(7, "remove_members", 6, members=["Cid"]),
            told(8, "send_payment", 7, amount=520, currency="CNY"),
            told(9, "send_payment", 8, amount=50, currency="XTR"),
            told(10, "refunded_payment", 9, amount=50, currency="XTR"),
            told(11, "boost_apply", 9, boosts=2),
            told(12, "pin_message", 9, message_id=1),
            told(13, "migrate_to_supergroup", 9),
            said(14, 10, **BOB),
            said(15, 11, **{"from": "Cid", "from_id": "user7"}, reply_to_message_id=13),
        )
    )
    assert events(path) == [
        (T, "Ann", "join", ""),
        (T, "Bob", "join", ""),
        (T + 1, "Cid", "join", ""),
        (T + 1, "Dan", "join", ""),
        (T + 2, "Bob", "join", ""),
        (T + 3, "Eve", "join", ""),
        (T + 4, "user6", "join", ""),
        (T + 5, "Bob", "leave", ""),
        (T + 6, "Cid", "leave", ""),
        (T + 7, "Ann", "purchase", "", 5.2),
        (T + 8, "Ann", "purchase", "", 50.0),
        (T + 10, "Bob", "message", ""),
        (T + 11, "Cid", "message", ""),
    ]
    assert counts(path) == {"notices": 4, "nameless": 1}


def test_reactions_have_the_local_time_of_the_machine(save):
    reactions = [
        {"type": "emoji", "count": 9, "emoji": "👍", "recent": [
            {**BOB, "date": "2024-03-05T17:31:00"}, {**ANN, "date": "2024-03-05T17:32:00"}]},
        {"type": "custom_emoji", "count": 1, "document_id": "4", "recent": [{**BOB}]},
        {"type": "paid", "count": 3},
    ]  # fmt: skip
    path = save(chat(said(1, **ANN, reactions=reactions), said(2, 200, **BOB)))
    expected = [
        (T, "Ann", "message", ""),
        (T, "Bob", "reaction", "Ann"),
        (T + 60, "Bob", "reaction", "Ann"),
        (T + 120, "Ann", "reaction", "Ann"),
        (T + 200, "Bob", "message", ""),
    ]
    assert events(path) == expected
    assert events(path, tz="Asia/Shanghai") == expected


def test_older_exports_have_local_times_and_bare_numbers(save):
    old = {"id": 1, "type": "message", "date": "2024-03-05T17:30:00", "from": "Ann", "from_id": 1}
    path = save(chat(old, {**old, "id": 2, "date": "2024-03-05T17:30:09", "from_id": 2}))
    new = save(chat(said(1, **ANN)), "new.json")
    assert events(path, tz="Asia/Shanghai") == [
        (T, "Ann", "message", ""),
        (T + 9, "Ann (2)", "message", ""),
    ]
    assert len(events(path, new, tz="Asia/Shanghai")) == 2


@pytest.mark.parametrize("date", ["2024-03-31T02:30:00", "2024-10-27T02:30:00"])
def test_hours_that_do_not_exist_or_come_twice(save, date):
    path = save(chat({"id": 1, "type": "message", "date": date, "text": "", **ANN}))
    assert len(events(path, tz="Europe/Berlin")) == 1


def test_times_that_are_none(save):
    wrong = [{"date_unixtime": "0"}, {"date_unixtime": "99999999999999"}, {"date_unixtime": "1e9",
             "date": "soon"}, {"date_unixtime": None, "date": None}]  # fmt: skip
    path = save(chat(said(1, **ANN), *(said(2, **ANN) | one for one in wrong)))
    assert len(events(path)) == 1
    assert counts(path) == {"undated": 4}


def test_of_an_account_all_groups_are_one_log(save):
    whole = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Ann"},
        "chats": {"about": "All chats", "list": [
            chat(said(1, **ANN), kind="personal_chat", name="Bob", number=2),
            {"type": "saved_messages", "id": 1, "messages": [said(1, **ANN)]},
            chat(said(1, **ANN), told(2, "migrate_to_supergroup", 1), kind="private_group",
                 number=5),
            chat(told(1, "migrate_from_group", 1, title="G"),
                 said(2, 2, **BOB, reply_to_message_id=1), number=6),
            chat(said(1, 3, **BOB), kind="public_channel", number=7),
        ]},
        "left_chats": {"about": "", "list": [chat(said(1, 4, **ANN), kind="public_supergroup",
                                                  number=8)]},
    }  # fmt: skip
    path = save(whole)
    assert known_as(path) == ["telegram"]
    assert events(path) == [
        (T, "Ann", "message", ""),
        (T + 2, "Bob", "message", ""),
        (T + 4, "Ann", "message", ""),
    ]
    assert counts(path) == {"sections": 3, "notices": 2}
    assert import_files([path])[1].chats == 3


@pytest.mark.parametrize("kind", ["personal_chat", "public_channel", "saved_messages", "bot_chat"])
def test_a_single_chat_is_read_whatever_it_is(save, kind):
    path = save({"type": kind, "id": 3, "messages": [said(1, **ANN)]})
    assert known_as(path) == ["telegram"]
    assert events(path) == [(T, "Ann", "message", "")]


def test_a_file_that_breaks_off(save, tmp_path):
    text = save(chat(*(said(n, n, **ANN) for n in range(200)))).read_bytes()
    cut = tmp_path / "cut.json"
    cut.write_bytes(text[: text.index(b'"id": 150') + 4])
    packed = tmp_path / "cut.json.gz"
    packed.write_bytes(gzip.compress(text, 0)[: len(text) // 2])
    for path, least in ((cut, 150), (packed, 90)):
        table, report = import_files([path])
        assert least <= len(table) < 200
        assert report.files[0].part.notes.damaged
    cut.write_bytes(text[:70])
    with pytest.raises(UserError) as error:
        import_files([cut], importer="telegram")
    assert (error.value.kind, error.value.reason) == ("damaged", "broken")


@pytest.mark.parametrize(
    ("content", "reason"), [(b"hello", "no_json"), (b'{"a', "broken"), (b"\x89PNG\r\n", "image")]
)
def test_what_is_none_is_refused(tmp_path, content, reason):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        import_files([path], importer="telegram")
    assert error.value.reason == reason


def test_halves_of_characters_can_be_written(save, tmp_path):
    path = tmp_path / "half.json"
    broken = [{"from": "\ud800x", "from_id": "user1"}, {"from": None, "from_id": "user\udfff"}]
    path.write_text(json.dumps(chat(*(said(n, **one) for n, one in enumerate(broken)))))
    assert survives(path, "telegram")


MESSAGES = st.lists(
    st.sampled_from([said, told]).flatmap(
        lambda make: st.tuples(st.just(make), st.sampled_from([ANN, BOB]), st.integers(0, 40))
    ),
    min_size=3, max_size=20,
)  # fmt: skip


@LENIENT
@given(drawn=MESSAGES, cut=st.tuples(st.integers(0, 20), st.integers(0, 20)))
def test_overlapping_halves_are_the_whole(save, drawn, cut):
    messages = [
        said(n, n, **who, reply_to_message_id=to, reactions=[
            {"type": "emoji", "emoji": "x", "count": 1, "recent": [BOB]}])
        if make is said else told(n, "join_group_by_link", n, actor=who)
        for n, (make, who, to) in enumerate(drawn)
    ]  # fmt: skip
    late, early = sorted(min(one, len(messages)) for one in cut)
    halves = [save(chat(*messages[late:]), "1.json"), save(chat(*messages[:early]), "2.json")]
    halves = [half for half, n in zip(halves, (len(messages) - late, early), strict=True) if n]
    whole = save(chat(*messages), "0.json")
    assert sorted(events(*halves)) == sorted(events(whole)) == sorted(events(whole, *halves))


@LENIENT
@given(data=st.data())
def test_spoiled_files(save, data):
    ann = {"from": MARK, "from_id": f"user{MARK}"}
    path = save(chat(
        said(1, **ANN, text=MARK), told(2, "invite_members", actor=ann, members=[MARK]),
        said(3, **ann, reply_to_message_id=1, reactions=[
            {"type": "emoji", "emoji": MARK, "count": 1, "recent": [ann]}]),
        told(4, "send_payment", amount=1, currency=MARK), name=MARK,
    ))  # fmt: skip
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    survives(path, "telegram")


JSON = any_json(
    "id", "type", "date", "date_unixtime", "from", "from_id", "actor_id", "actor", "action",
    "members", "reactions", "recent", "text",
    leaves=["service", "message", "invite_members", str(T)],
)  # fmt: skip


@LENIENT
@given(messages=st.lists(JSON, max_size=4))
def test_messages_of_any_shape(tmp_path, messages):
    path = tmp_path / "any.json"
    path.write_text(json.dumps(chat(said(1, **ANN), *messages)))
    assert survives(path, "telegram")
