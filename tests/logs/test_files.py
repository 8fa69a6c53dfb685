"""Lines of a file: bounded in memory, whatever the bytes."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.logs import files
from sim.logs.files import DAMAGE, bounded_lines, open_bytes, text_encoding

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=12))


@pytest.fixture(params=[1, 2, 5, 1 << 18])
def chunk(request, monkeypatch):
    monkeypatch.setattr(files, "_CHUNK", request.param)


def read(data, encoding="utf-8-sig", **options):
    return list(bounded_lines(io.BytesIO(data), encoding=encoding, **options))


@pytest.mark.usefixtures("chunk")
@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    longest=st.integers(1, 15),
)
def test_the_lines_that_were_written_each_cut_at_the_limit(lines, end, encoding, longest):
    data = "".join(line + end for line in lines).encode(encoding)
    # a mark at the beginning of the text belongs to the encoding
    if encoding == "utf-8" and lines:
        lines = [lines[0].removeprefix("\ufeff"), *lines[1:]]
    found = read(data, "utf-8-sig" if encoding == "utf-8" else encoding, longest=longest)
    assert found == [line[:longest] for line in lines]


@pytest.mark.usefixtures("chunk")
@given(data=st.binary(), encoding=st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]))
def test_any_bytes_are_lines(data, encoding):
    data = b"\xff\xfe" + data if encoding == "utf-16" else data
    text = data.decode(encoding, errors="replace")
    whole = [line.removesuffix("\r") for line in text.split("\n")]
    assert read(data, encoding) == (whole if text.rsplit("\n", 1)[-1] else whole[:-1])


def test_what_cannot_be_decoded_is_marked():
    assert read(b"a\xffb\nc\n\nlast") == ["a\ufffdb", "c", "", "last"]


def test_an_endless_line_is_cut_and_passed_over():
    stream = io.BytesIO(b"one\n" + b"x" * 3_000_000 + b"\nlast\n")
    lines = list(bounded_lines(stream, encoding="utf-8", longest=1000))
    assert lines == ["one", "x" * 1000, "last"]


def test_whole_lines_before_damage_come_first(tmp_path):
    path = tmp_path / "log.txt.gz"
    text = "".join(f"line {number * 7919}\n" for number in range(50_000))
    path.write_bytes(gzip.compress(text.encode())[:-2000])
    found = []
    with open_bytes(path) as stream, pytest.raises(DAMAGE):
        found.extend(bounded_lines(stream, encoding=text_encoding(b"line")))
    assert len(found) > 30_000
    assert found == text.split("\n")[: len(found)]
