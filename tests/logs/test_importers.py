import numpy as np
import pytest
from export_checks import LENIENT
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs.events import write_events
from sim.logs.importers import FORMATS, import_files


def same(a, b):
    assert a.names == b.names
    for name in ("seconds", "member", "event", "reply_to", "amount"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


@pytest.fixture
def save(tmp_path):
    def save(name, rows):
        path = tmp_path / name
        path.write_text("timestamp,member\n" + "".join(f"{s},{m}\n" for s, m in rows))
        return path

    return save


SECONDS = 1_709_631_000


@LENIENT
@given(
    rows=st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ab")), min_size=3, max_size=20),
    cut=st.tuples(st.integers(1, 20), st.integers(0, 20)),
)
def test_overlapping_exports_give_the_log_they_were_cut_from(save, rows, cut):
    rows = sorted((SECONDS + s, m) for s, m in rows)
    whole, _ = import_files([save("whole.csv", rows)])
    # exports are cut at moments: what falls in one second is in both or in neither
    moments = [second for second, _ in rows]
    late = rows[moments.index(moments[min(cut[1], len(rows) - 1)]) :]
    early_end = max(SECONDS + cut[0] - 10, late[0][0])
    early = [row for row in rows if row[0] <= early_end]
    merged, report = import_files([save("late.csv", late), save("early.csv", early)])
    assert (
        sorted(zip(merged.seconds.tolist(), [merged.names[c] for c in merged.member], strict=True))
        == rows
    )
    assert report.duplicates == len(early) + len(late) - len(rows)
    assert len(merged) == len(whole)


def test_a_name_that_no_file_can_have(tmp_path):
    with pytest.raises(UserError) as error:
        import_files([tmp_path / ("x" * 300)])
    assert (error.value.kind, error.value.reason) == ("not_found", "file")


@pytest.mark.parametrize("name", [None, *(form.name for form in FORMATS)])
def test_a_link_to_itself(tmp_path, name):
    link = tmp_path / "chat.json"
    link.symlink_to(link)
    with pytest.raises(UserError):
        import_files([link], importer=name)


def test_a_file_given_twice_counts_once(train, tmp_path):
    path = train / "irc_cro.csv.gz"
    copy = tmp_path / "again.csv.gz"
    copy.write_bytes(path.read_bytes())
    once, _ = import_files([path, path])
    twice, report = import_files([path, copy])
    same(once, twice)
    assert report.duplicates == len(once)


def test_equal_events_within_one_file_are_kept(save):
    path = save("a.csv", [(SECONDS, "x")] * 3)
    other = save("b.csv", [(SECONDS, "x")] * 2 + [(SECONDS, "y")])
    merged, report = import_files([path, other])
    assert [merged.names[code] for code in merged.member] == ["x", "x", "x", "y"]
    assert report.duplicates == 2


def test_amounts_tell_events_apart_and_known_replies_are_kept(tmp_path, make_table):
    rows = [(0.0, "b"), (1.0, "a", "message"), (1.0, "a", "transfer", "", 5.0)]
    others = [(0.0, "b"), (1.0, "a", "message", "b"), (1.0, "a", "transfer", "", 6.0)]
    for name, part in (("1.csv", rows), ("2.csv", others)):
        write_events(make_table(part), tmp_path / name, keep_names=True)
    merged, report = import_files([tmp_path / "1.csv", tmp_path / "2.csv"])
    assert (len(merged), report.duplicates) == (4, 2)
    assert report.kinds == {"message": 2, "transfer": 2}
    assert sorted(merged.reply_to.tolist()) == [-1, -1, -1, merged.names.index("b")]


def test_a_folder_stands_for_the_logs_in_it(save, tmp_path):
    save("b.csv", [(SECONDS + 5, "y")])
    save("a.csv", [(SECONDS, "x")])
    (tmp_path / "c.csv").write_text(f"time,user\n{SECONDS + 9},y\n", encoding="utf-16")
    (tmp_path / "notes.txt").write_text("not a log\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    merged, report = import_files([tmp_path])
    assert merged.names == ("x", "y")
    assert [file.part.events for file in report.files] == [1, 1, 1]
    assert (report.first, report.last, report.members) == ("2024-03-05", "2024-03-05", 2)


def test_what_the_importer_refuses(tmp_path, save):
    path = save("a.csv", [(SECONDS, "x")])
    (tmp_path / "empty").mkdir()
    cases = [
        ([], {}, ("not_found", "no_files")),
        ([path], {"importer": "telegraph"}, ("not_found", "format")),
        ([tmp_path / "empty"], {}, ("wrong_file", "empty_folder")),
        ([path, tmp_path / "none"], {}, ("not_found", "file")),
    ]
    for paths, options, expected in cases:
        with pytest.raises(UserError) as error:
            import_files(paths, **options)
        assert (error.value.kind, error.value.reason) == expected


def test_the_report_holds_no_name(save):
    _, report = import_files([save("a.csv", [(SECONDS, "secret")])])
    assert "secret" not in repr(report)
