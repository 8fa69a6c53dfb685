"""WhatsApp's text: dates of all telephones, notices of many languages."""

import io
import zipfile

import pytest
from export_checks import LENIENT, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.whatsapp_notices import told

ANDROID = """20/01/2019, 11:20 - Messages and calls are end-to-end encrypted. Tap to learn more.
20/01/2019, 11:21 - Ann created group "Trip: 2024"
20/01/2019, 11:21 - Ann added you
20/01/2019, 11:22 - Ann added Bob, Cid and +86 138 0000 1111
20/01/2019, 11:23 - Ann: hello
second line: with a colon

20/01/2019, 11:24 - \u202a+86\u00a0138\u00a00000\u00a01111\u202c: <Media omitted>
20/01/2019, 11:25 - Bob: Cid left
20/01/2019, 11:26 - Cid left
20/01/2019, 11:27 - Ann changed the subject from "Trip: 2024" to "Home: 2025"
20/01/2019, 11:28 - You removed Bob
20/01/2019, 11:29 - Bob joined using this group's invite link
20/01/2019, 11:30 - Ann: This message was deleted
20/01/2019, 11:31 - Bob: POLL:
Where?
OPTION: home (2 votes)
20/01/2019, 11:32 - Bob's security code changed
20/01/2019, 11:33 - Ann:
"""
DAY = "2019-01-20T11:"
ROWS = [
    (DAY + "21:00", "You", "join", ""),
    (DAY + "22:00", "Bob", "join", ""),
    (DAY + "22:00", "Cid", "join", ""),
    (DAY + "22:00", "+86 138 0000 1111", "join", ""),
    (DAY + "23:00", "Ann", "message", ""),
    (DAY + "24:00", "+86 138 0000 1111", "message", ""),
    (DAY + "25:00", "Bob", "message", ""),
    (DAY + "26:00", "Cid", "leave", ""),
    (DAY + "28:00", "Bob", "leave", ""),
    (DAY + "29:00", "Bob", "join", ""),
    (DAY + "30:00", "Ann", "message", ""),
    (DAY + "31:00", "Bob", "message", ""),
    (DAY + "33:00", "Ann", "message", ""),
]


def test_an_android_chat(exported):
    rows, report = exported(ANDROID)
    assert rows == ROWS
    one = report.files[0]
    assert (one.format, one.zone, one.part.notes.skipped) == ("whatsapp", "UTC", 0)
    assert one.part.counts == {"notices": 4}
    assert report.weak == pytest.approx(4 / 5)


IPHONE = (
    "\ufeff[20/01/19, 11:20:01] Trip: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "\u200e[20/01/19, 11:20:02] Trip: \u200eAnn created this group\r\n"
    "[20/01/19, 11:20:03] Trip: \u200eAnn added Bob\r\n"
    "[20/01/19, 11:20:04] ~\u202fBob: hi\nsecond\r\n"
    "\u200e[20/01/19, 11:20:05] Ann: \u200eimage omitted\r\n"
    "[20/01/19, 11:20:06] Ann: \u200e<attached: 1.jpg>\r\n"
    "[20/01/19, 11:20:07] Trip: \u200eBob left\r\n"
)
IPHONE_ROWS = [
    ("2019-01-20T11:20:03", "Bob", "join", ""),
    ("2019-01-20T11:20:04", "Bob", "message", ""),
    ("2019-01-20T11:20:05", "Ann", "message", ""),
    ("2019-01-20T11:20:06", "Ann", "message", ""),
    ("2019-01-20T11:20:07", "Bob", "leave", ""),
]


def packed(text, name="_chat.txt", method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("00000001-PHOTO.jpg", b"\xff\xd8\xff")
        archive.writestr(name, text)
    return target.getvalue()


def test_an_iphone_chat_and_its_archive(exported):
    rows, report = exported(IPHONE)
    assert rows == IPHONE_ROWS
    assert report.files[0].part.counts == {"notices": 2}
    for name in ("_chat.txt", "folder/_chat.txt", "WhatsApp Chat with Trip.txt"):
        assert exported(packed(IPHONE, name), name="chat.zip")[0] == IPHONE_ROWS


def test_archives_that_are_none(exported):
    whole = packed(IPHONE)
    for data in (packed(IPHONE, "other.txt"), whole[:200], b"PK\x03\x04" + b"x" * 500):
        with pytest.raises(UserError):
            exported(data, name="chat.zip")
        with pytest.raises(UserError):
            exported(data, name="chat.zip", importer="whatsapp")


def test_archives_that_are_dangerous(exported):
    inner = packed(IPHONE)
    for data, reason in (
        (packed(IPHONE + "0" * 3_000_000), "zip_bomb"),
        (packed(IPHONE, "../_chat.txt"), "zip_paths"),
        (packed(inner), "zip_nested"),
    ):
        for importer in (None, "whatsapp"):
            with pytest.raises(UserError) as error:
                exported(data, name="chat.zip", importer=importer)
            if importer or reason != "zip_nested":
                assert (error.value.kind, error.value.reason) == ("wrong_file", reason)


def test_an_archive_with_damage_inside(exported):
    data = bytearray(packed(IPHONE * 2000, method=zipfile.ZIP_STORED))
    place = data.index(b"image omitted")
    data[place] = ord("I")
    rows, report = exported(bytes(data), name="chat.zip", importer="whatsapp")
    assert report.files[0].part.notes.damaged
    assert rows


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("15.04.2016, 15:04 - ", "2016-04-15T15:04:00"),
        ("01/20/19, 11:23 - ", "2019-01-20T11:23:00"),
        ("20/01/19, 11:23 - ", "2019-01-20T11:23:00"),
        ("1/20/19, 12:23 AM - ", "2019-01-20T00:23:00"),
        ("1/20/19, 12:23\u202fPM - ", "2019-01-20T12:23:00"),
        ("1/20/19, 1:23\u2009pm – ", "2019-01-20T13:23:00"),
        ("2019/01/20, 11:23 - ", "2019-01-20T11:23:00"),
        ("01/20/2019, 11:23 a. m. - ", "2019-01-20T11:23:00"),
        ("01/20/2019, 11:23 p. m. - ", "2019-01-20T23:23:00"),
        ("[01/20/19 11:23] ", "2019-01-20T11:23:00"),
        ("[2026/1/30 下午3:05:22] ", "2026-01-30T15:05:22"),
        ("[2026/1/30 上午12:05:22] ", "2026-01-30T00:05:22"),
        ("2026年1月30日 晚上9:05 - ", "2026-01-30T21:05:00"),
        ("[2023. 1. 15. 오후 3:04:22] ", "2023-01-15T15:04:22"),
        ("2023/01/15 午後3:04 - ", "2023-01-15T15:04:00"),
        ("2019-01-20, 11.23 - ", "2019-01-20T11:23:00"),
        ("\u200f٢٠/٠١/٢٠١٩، ١١:٢٣ م - ", "2019-01-20T23:23:00"),
        ("[20.01.19, 11:23:05] ", "2019-01-20T11:23:05"),
    ],
)
def test_dates(exported, head, moment):
    assert exported(f"{head}Ann: hi\n")[0] == [(moment, "Ann", "message", "")]


def test_the_order_of_day_and_month_is_one_for_the_file(exported):
    # only the last line shows it
    rows, _ = exported("1/2/19, 11:23 - A: x\n1/3/19, 11:23 - A: x\n1/13/19, 11:23 - A: x\n")
    assert [row[0][:10] for row in rows] == ["2019-01-02", "2019-01-03", "2019-01-13"]
    # nothing over 12: the order in which time does not go back
    rows, _ = exported("11/1/19, 11:23 - A: x\n12/1/19, 11:23 - A: x\n1/2/19, 11:23 - A: x\n")
    assert [row[0][:10] for row in rows] == ["2019-01-11", "2019-01-12", "2019-02-01"]
    rows, _ = exported("1/11/19, 11:23 - A: x\n1/12/19, 11:23 - A: x\n2/1/19, 11:23 - A: x\n")
    assert [row[0][:10] for row in rows] == ["2019-01-11", "2019-01-12", "2019-02-01"]


def test_a_contact_with_a_colon(exported):
    text = "".join(f"20/01/19, 11:2{at} - Bob: work: {said}\n" for at, said in enumerate("abc"))
    text += "20/01/19, 11:24 - Ann: so: what\n20/01/19, 11:25 - Bob: work left\n"
    rows, _ = exported(text)
    assert [row[1:3] for row in rows] == [
        *[("Bob: work", "message")] * 3, ("Ann", "message"), ("Bob: work", "leave")
    ]  # fmt: skip


def test_lines_before_the_first_message_and_impossible_dates(exported):
    rows, report = exported(
        "left over\n20/01/19, 11:23 - A: x\n45/45/2019, 11:23 - this goes on: y\n"
        "31/02/19, 11:23 - A: x\n20/01/19, 25:23 - goes on: z\n"
    )
    assert len(rows) == 1
    assert report.files[0].part.counts == {"undated": 1}
    assert (report.files[0].part.notes.skipped, report.files[0].part.notes.first_skipped) == (1, 1)


@pytest.mark.parametrize(
    ("text", "event", "names"),
    [
        ("Ann added Bob", "join", ["Bob"]),
        ("You added Bob and Cid", "join", ["Bob", "Cid"]),
        ("You were added", "join", ["You"]),
        ("Bob was added", "join", ["Bob"]),
        ("Bob joined using a group link.", "join", ["Bob"]),
        ("Bob joined using this community's invite link", "join", ["Bob"]),
        ("Ann removed you", "leave", ["You"]),
        ("You left", "leave", ["You"]),
        ("Bob加入群组", "join", ["Bob"]),
        ("Bob使用此群组的邀请链接加入了群组", "join", ["Bob"]),
        ("Ann添加了Bob", "join", ["Bob"]),
        ("你添加了Bob、Cid", "join", ["Bob", "Cid"]),
        ("Ann 已將 Bob 加入群組", "join", ["Bob"]),
        ("Bob退出了群组", "leave", ["Bob"]),
        ("Bob 已離開", "leave", ["Bob"]),
        ("Ann移除了Bob", "leave", ["Bob"]),
        ("Bob saiu", "leave", ["Bob"]),
        ("Bob entrou usando o link de convite deste grupo", "join", ["Bob"]),
        ("Ann adicionou Bob", "join", ["Bob"]),
        ("Bob salió del grupo", "leave", ["Bob"]),
        ("Ann añadió a Bob", "join", ["Bob"]),
        ("Bob hat die Gruppe verlassen", "leave", ["Bob"]),
        ("Ann hat Bob hinzugefügt", "join", ["Bob"]),
        ("Ann a ajouté Bob", "join", ["Bob"]),
        ("Bobさんが退出しました", "leave", ["Bob"]),
        ("Bob님이 나갔습니다", "leave", ["Bob"]),
        ("Bob님이 그룹 초대 링크로 참가했습니다.", "join", ["Bob"]),
    ],
)
def test_who_came_and_went(text, event, names):
    assert told(text) == (event, names)


@pytest.mark.parametrize(
    "text",
    ["Ann changed the group description", "Ann's security code changed", "You're now an admin",
     "Ann changed their phone number to a new number", "Ann创建了群组“g”", "Ann更改了群组名称",
     "Ann requested to join", "", "x" * 5000],
)  # fmt: skip
def test_other_notices(text):
    assert told(text) is None


SAID = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["Ann: hi\nthere", "Bob: x", "Ann added Bob", "Cid left", "~ Cid: ok"]),
    ),
    min_size=2, max_size=15,
)  # fmt: skip


@LENIENT
@given(said=SAID, cut=st.tuples(st.integers(0, 14), st.integers(0, 14)))
def test_two_overlapping_halves_are_the_whole(exported, said, cut):
    moments, now = [], 0
    for step, _ in said:
        now += step
        moments.append(now)

    def text(first, last):
        return "".join(
            f"20/01/19, 11:{moment:02} - {what}\n"
            for moment, (_, what) in zip(moments, said, strict=True)
            if first <= moment <= last
        )

    late = moments[min(cut[0], len(moments) - 1)]
    early = max(late, moments[min(cut[1], len(moments) - 1)])
    whole, _ = exported(text(0, now))
    assert sorted(exported(text(0, early), text(late, now))[0]) == sorted(whole)
    assert exported(text(0, now), text(0, now))[0] == whole


@LENIENT
@given(
    data=spoiled(ANDROID.encode()) | spoiled(IPHONE.encode()) | spoiled(packed(IPHONE))
    | spoiled(IPHONE.encode()).map(packed)
)  # fmt: skip
def test_spoiled_files(tmp_path, data):
    path = tmp_path / "any.txt"
    path.write_bytes(data)
    survives(path, "whatsapp")


def test_neither_names_nor_texts_are_told(tmp_path):
    path = tmp_path / "log.txt"
    path.write_text("SECRET\n" + ANDROID.replace("Ann", "SECRET").replace("hello", "SECRET"))
    tells_nothing(path, "SECRET", "138")
