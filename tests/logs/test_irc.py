"""IRC logs of many programs."""

import pytest
from export_checks import LENIENT, spoiled, survives, tells_nothing
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError

DAY = "2024-03-05T"

ZNC = """[20:00:00] <alice> hello
[20:00:01] *** Joins: bob (~b@host)
[20:00:02] <@Bob> ALICE: hi
[20:00:03] <bob> carol: are you there
[20:00:04] <carol> alice, bob: yes
[20:00:05] * alice waves
[20:00:06] *** alice is now known as alice_
[20:00:07] <bob> alice_: who
[20:00:08] -NickServ- bob: this is no message
[20:00:09] *** op sets mode: +o bob
[20:00:10] *** carol was kicked by bob (go)
[20:00:11] *** Parts: bob (~b@host) (bye)
[20:00:12] *** Quits: alice_ (~a@host) (Quit: left)
[20:00:13] <dan> http://example.com and note: this
[20:00:14] *** bob changes topic to 'dan left'
"""
ROWS = [
    (DAY + "20:00:00", "alice", "message", ""),
    (DAY + "20:00:01", "bob", "join", ""),
    (DAY + "20:00:02", "bob", "message", "alice"),
    (DAY + "20:00:03", "bob", "message", ""),
    (DAY + "20:00:04", "carol", "message", "alice"),
    (DAY + "20:00:05", "alice", "message", ""),
    (DAY + "20:00:07", "bob", "message", "alice"),
    (DAY + "20:00:10", "carol", "leave", ""),
    (DAY + "20:00:11", "bob", "leave", ""),
    (DAY + "20:00:12", "alice", "leave", ""),
    (DAY + "20:00:13", "dan", "message", ""),
]


@pytest.mark.parametrize("name", ["#chan_2024-03-05.log", "20240305.txt", "c.2024_03_05.log"])
def test_a_log_dated_by_its_name(exported, name):
    rows, report = exported(ZNC, name=name)
    assert rows == ROWS
    one = report.files[0]
    assert (one.format, one.zone, one.part.notes.skipped) == ("irc", "UTC", 0)
    assert one.part.counts == {"notices": 4}
    assert report.weak == 1


MIRC = """
Session Start: Tue Mar 05 20:00:00 2024
Session Ident: #chan
[20:00:00] * Now talking in #chan
[20:00:01] <+alice> \x0304hi\x03 there
[20:00:02] * Joins: bob (~b@host)
[20:00:03] * Quits: bob (~b@host) (Ping timeout)
[20:00:04] * alice was kicked by op (x)
[20:00:05] * alice has left the building
[23:59:59] <alice> late
[00:00:01] <alice> early
[11:00:00] <alice> same day
Session Close: Wed Mar 06 11:00:00 2024
Session Start: Fri Mar 08 09:00:00 2024
[09:00:00] <alice> new
Session Time: Sat Mar 09 00:00:00 2024
[00:00:00] <alice> newer
"""


def test_mirc_sessions(exported):
    rows, report = exported(MIRC)
    assert [(row[0], row[2]) for row in rows] == [
        (DAY + "20:00:01", "message"), (DAY + "20:00:02", "join"), (DAY + "20:00:03", "leave"),
        (DAY + "20:00:04", "leave"), (DAY + "20:00:05", "message"), (DAY + "23:59:59", "message"),
        ("2024-03-06T00:00:01", "message"), ("2024-03-06T11:00:00", "message"),
        ("2024-03-08T09:00:00", "message"), ("2024-03-09T00:00:00", "message"),
    ]  # fmt: skip
    assert report.files[0].part.notes.skipped == 0


PROGRAMS = {
    "raku": """[20:00] <alice> hi
[20:01] *** bob joined
[20:02] *** bob left
""",
    "limnoria": """2024-03-05T20:00:00  <alice> hi
2024-03-05T20:01:00  *** bob <b!b@h> has joined #c
2024-03-05T20:02:00  *** bob <b!b@h> has left #c
""",
    "irssi": """--- Log opened Tue Mar 05 20:00:00 2024
20:00 <@alice> hi
20:01 -!- bob [b@h] has joined #c
20:02 -!- bob [b@h] has quit [Quit: x]
""",
    "weechat": """2024-03-05 20:00:00\t@alice\thi
2024-03-05 20:01:00\t-->\tbob (b@h) has joined #c
2024-03-05 20:02:00\t<--\tbob (b@h) has left #c ("x")
""",
    "hexchat": """**** BEGIN LOGGING AT Tue Mar  5 20:00:00 2024

Mar 05 20:00:00 <alice>\thi
Mar 05 20:01:00 *\tbob (b@h) has joined
Mar 05 20:02:00 *\tbob has quit (Quit: x)
**** ENDING LOGGING AT Tue Mar  5 20:02:00 2024
""",
    "others": """[2024-03-05 20:00:00] <alice> hi
[2024-03-05 20:01:00] *** bob has joined #c
[2024-03-05 20:02:00] *** op kicked bob (x)
""",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_logs_of_many_programs(exported, text):
    rows, report = exported(text, name="2024-03-05.log")
    assert rows == [
        (DAY + "20:00:00", "alice", "message", ""), (DAY + "20:01:00", "bob", "join", ""),
        (DAY + "20:02:00", "bob", "leave", ""),
    ]  # fmt: skip
    assert report.files[0].format == "irc"
    assert report.files[0].part.notes.skipped == 0


def test_days_change_in_irssi_and_years_in_hexchat(exported):
    rows, _ = exported(
        "--- Log opened Sun Mar 03 23:00:00 2024\n23:10 <a> x\n--- Day changed Mon Mar 04 2024\n"
        "00:10 <a> x\n--- Log closed Mon Mar 04 00:11:00 2024\n"
    )
    assert [row[0] for row in rows] == ["2024-03-03T23:10:00", "2024-03-04T00:10:00"]
    rows, _ = exported(
        "**** BEGIN LOGGING AT Sun Dec 31 20:00:00 2023\nDec 31 20:00:00 <a>\tx\n"
        "Jan 01 10:00:00 <a>\tx\n"
    )
    assert [row[0] for row in rows] == ["2023-12-31T20:00:00", "2024-01-01T10:00:00"]


def test_a_bridge_passes_on_what_others_say(exported):
    rows, _ = exported(
        "[20:00] <discord-bot> <ann lee> hi\n[20:01] <bob> <ann> quoted\n[20:02] <bot> status\n",
        name="2024-03-05.log",
    )
    assert [row[1] for row in rows] == ["ann lee", "bob", "bot"]


def test_without_a_date_there_is_a_reason(exported):
    with pytest.raises(UserError) as error:
        exported("[20:00] <a> x\n[20:01] <b> x\n")
    assert (error.value.kind, error.value.reason) == ("wrong_file", "no_date")


def test_offsets_and_zones(exported):
    rows, _ = exported("2024-03-05T20:00:00+0800 <a> x\n2024-03-05T12:00:01Z <a> x\n")
    assert [row[0] for row in rows] == [DAY + "12:00:00", DAY + "12:00:01"]
    rows, _ = exported("[20:00] <a> x\n", name="2024-03-05.log", tz="Europe/Berlin")
    assert rows[0][0] == DAY + "19:00:00"


def test_lines_that_say_nothing_known(exported):
    _, report = exported("[20:00] <a> x\nnonsense\n[20:01] what\n", name="2024-03-05.log")
    assert (report.files[0].part.notes.skipped, report.files[0].part.notes.first_skipped) == (2, 2)


SAID = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["<alice> hi", "<bob> alice: x", "<alice_> bob, y", "*** Joins: bob (x@y)",
                         "*** alice is now known as alice_", "* carol waves", "<carol> dee: z",
                         "*** carol is now known as dee", "<dee> alice_: x"]),
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
        return "[10:00:00] <first> x\n" + "".join(
            f"[20:00:{moment:02}] {what}\n"
            for moment, (_, what) in zip(moments, said, strict=True)
            if first <= moment <= last
        )

    late = moments[min(cut[0], len(moments) - 1)]
    early = max(late, moments[min(cut[1], len(moments) - 1)])
    name = "2024-03-05.log"
    whole, _ = exported(text(0, now), name=name, importer="irc")
    halves, _ = exported(text(0, early), text(late, now), name=name, importer="irc")
    assert sorted(halves) == sorted(whole)
    assert exported(text(0, now), text(0, now), name=name, importer="irc")[0] == whole


@LENIENT
@given(data=spoiled(ZNC.encode()) | spoiled(MIRC.encode()))
def test_spoiled_files(tmp_path, data):
    path = tmp_path / "2024-03-05.log"
    path.write_bytes(data)
    survives(path, "irc")


def test_neither_names_nor_texts_are_told(tmp_path):
    path = tmp_path / "2024-03-05.log"
    path.write_text(ZNC.replace("alice", "SECRET").replace("hello", "SECRET") + "SECRET\n")
    tells_nothing(path, "SECRET")
