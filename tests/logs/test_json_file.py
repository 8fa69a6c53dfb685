"""JSON files: encodings, and what is told of one that breaks off."""

import json

import pytest

from sim.errors import UserError
from sim.logs.gather import Gather
from sim.logs.json_file import json_values, look_through, peek
from sim.logs.json_stream import EACH

WANTED = (("name",), ("list", EACH))
TEXT = json.dumps({"name": "群", "list": ["甲", "乙", {"x": [1]}]}, ensure_ascii=False)
FOUND = [("name", "群"), (EACH, "甲"), (EACH, "乙"), (EACH, {"x": [1]})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "x.json"
    path.write_bytes(f" \n{TEXT}".encode(encoding))
    gather = Gather()
    assert [(place[-1], value) for place, value in json_values(path, gather, WANTED)] == FOUND
    assert not gather.end_file().notes.damaged
    firsts = {WANTED[0]: "群", WANTED[1]: "甲"}
    assert peek(path.read_bytes(), WANTED) == look_through(path, WANTED) == firsts


@pytest.mark.parametrize("nothing", ["broken", "no_message", None])
def test_a_file_that_breaks_off(tmp_path, nothing):
    path = tmp_path / "x.json"
    for cut, came in (('"甲"', 1), ('"乙"', 2)):
        path.write_text(TEXT[: TEXT.index(cut)], "utf-8")
        gather = Gather()
        if came == 1 and nothing is not None:
            with pytest.raises(UserError) as error:
                list(json_values(path, gather, WANTED, nothing=nothing))
            assert (error.value.kind, error.value.reason) == ("damaged", nothing)
        else:
            assert len(list(json_values(path, gather, WANTED, nothing=nothing))) == came
            assert gather.end_file().notes.damaged


def test_what_is_no_json(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("hello")
    with pytest.raises(UserError) as error:
        list(json_values(path, Gather(), WANTED, nothing=None))
    assert (error.value.kind, error.value.reason) == ("wrong_file", "no_json")
    assert peek(b"hello", WANTED) == look_through(path, WANTED) == {}
    assert look_through(tmp_path / "none.json", WANTED) == {}
