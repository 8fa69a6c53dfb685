import io
import struct
import zipfile

import pytest

from sim.errors import UserError
from sim.logs import archive
from sim.logs.archive import open_archive
from sim.logs.files import refuse_binary


@pytest.fixture
def save(tmp_path):
    def save(members, *, method=zipfile.ZIP_DEFLATED):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", method) as packed:
            for name, content in members.items():
                packed.writestr(name, content)
        return path

    return save


def refused(path):
    with pytest.raises(UserError) as error, open_archive(path):
        pass
    return error.value.reason


def read(path, name):
    with open_archive(path) as found, found.open(name) as stream:
        return stream.read()


def test_members_are_read_one_by_one(save):
    path = save({"b/x.json": b"[1]", "a.json": b"2" * 100_000, "c/": b"", "__MACOSX/._a": b"?"})
    with open_archive(path) as found:
        assert found.names == ("a.json", "b/x.json")
        with found.open("a.json") as stream:
            assert stream.read(10) == b"2" * 10
        with found.open("b/x.json") as stream:
            assert stream.read() == b"[1]"


def test_names_in_utf8_that_nobody_announced(save):
    path = save({"çhat/x.json": b"[1]"})
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(mark) + at
        raw[place : place + 2] = struct.pack("<H", 0)  # the flag of UTF-8
    path.write_bytes(raw)
    with open_archive(path) as found:
        assert found.names == ("çhat/x.json",)


@pytest.mark.parametrize(
    "name", ["/etc/x", "../x", "a/../../x", "..\\x", "\\x", "C:\\x", "c:/x", "a/.."]
)
def test_paths_that_lead_out(save, name):
    assert refused(save({"ok": b"", name: b""})) == "zip_paths"


def test_bombs(save, monkeypatch):
    zeros = bytes(3_000_000)
    assert refused(save({"x": zeros})) == "zip_bomb"
    assert refused(save({"/".join("a" * 30): b"x"})) == "zip_bomb"
    many = save({f"{n}.json": b"{}" for n in range(50)})
    with open_archive(many) as found:
        assert len(found.names) == 50
    for limit, value in (("MOST_ENTRIES", 49), ("MOST_DIRECTORY", 1000), ("MOST_BYTES", 99)):
        with monkeypatch.context() as patch:
            patch.setattr(archive, limit, value)
            assert refused(many) == "zip_bomb"


def test_many_entries_that_share_their_bytes(save):
    path = save({"a": bytes(900_000)})
    raw = path.read_bytes()
    start, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    entry, copies = raw[start:end], 2000
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(entry) * copies, start, 0
    )
    path.write_bytes(raw[:start] + entry * copies + tail)
    assert refused(path) == "zip_bomb"


def test_a_declared_size_that_lies_is_kept_to(save):
    path = save({"x.json": b"7" * 500_000})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<L", 500_000), struct.pack("<L", 10)))
    with pytest.raises(archive.FAULTS):
        read(path, "x.json")


def test_an_archive_in_an_archive_is_not_opened(save):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("x", "y")
    with open_archive(save({"a.json": inner.getvalue()})) as found:
        with pytest.raises(UserError) as error, found.open("a.json"):
            pass
        assert error.value.reason == "zip_nested"


def test_passwords_and_rare_methods(save):
    path = save({"x": b"y"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert refused(path) == "zip_locked"
    assert refused(save({"x": b"y"}, method=zipfile.ZIP_LZMA)) == "zip_method"


def test_more_files_than_the_old_form_can_count(save):
    path = save({"x.json": b"y"})
    raw = path.read_bytes()
    start, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, end - start, start)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    path.write_bytes(raw[:end] + record + place + last)
    with open_archive(path) as found:
        assert found.names == ("x.json",)
    path.write_bytes(raw[:end] + record.replace(struct.pack("<2Q", 1, 1),
                     struct.pack("<2Q", 10**9, 10**9)) + place + last)  # fmt: skip
    assert refused(path) == "zip_bomb"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"x" * 99])
def test_what_is_no_archive(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    if content.startswith(b"PK\x05"):
        with open_archive(path) as found:
            assert found.names == ()
    else:
        assert refused(path) == "unreadable"


def test_nobody_is_told_to_unpack_a_bomb(save):
    path = save({"x": bytes(3_000_000)})
    with pytest.raises(UserError) as error:
        refuse_binary(path.read_bytes(), path=path)
    assert error.value.reason == "zip_bomb"
