"""JSON a piece at a time gives what the whole gives."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.logs import json_stream
from sim.logs.json_stream import BrokenJsonError, values

WANTED = [("list", "*"), ("deep", "*", "inner", "*"), ("last",)]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
JSON = st.recursive(
    SCALARS | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)  # fmt: skip


def read(text, wanted=WANTED, **limits):
    return list(values(io.StringIO(text), wanted, **limits))


@pytest.fixture(params=[1, 3, 17, 1 << 18])
def chunk(request, monkeypatch):
    monkeypatch.setattr(json_stream, "_CHUNK", request.param)


@pytest.mark.usefixtures("chunk")
@given(
    skipped=JSON, listed=st.lists(JSON), inner=st.lists(st.lists(JSON)), last=JSON,
    ascii_only=st.booleans(), cut=st.integers(0, 10_000),
)  # fmt: skip
def test_the_same_as_the_whole(skipped, listed, inner, last, ascii_only, cut):
    whole = {
        "skipped": skipped, "list": listed,
        "deep": [{"no": skipped, "inner": one} for one in inner], "last": last, "end": skipped,
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=ascii_only)
    assert read(text) == [
        *((WANTED[0], one) for one in listed),
        *((WANTED[1], one) for part in inner for one in part),
        (WANTED[2], last),
    ]
    with pytest.raises(BrokenJsonError):
        read(text[: cut % len(text)])


@pytest.mark.usefixtures("chunk")
def test_what_is_too_long_is_passed_over():
    text = json.dumps({"list": [1, "x" * 50_000, ["y" * 50_000], 2], "last": 3})
    assert [value for _, value in read(text, most=1000)] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, '{"list":[' + "[" * 1_000_000, '{"a":' * 100_000, '{"list":[,]}', "{1:2}",
     '{"list":[1 2]}', '{"list"', "", "nonsense", '{"list":[tru]}'],
)  # fmt: skip
def test_what_is_no_json_is_refused(text):
    with pytest.raises(BrokenJsonError):
        read(text)
