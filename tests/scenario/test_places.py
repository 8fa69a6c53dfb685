"""Lines of keys in every form that TOML has."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.places import key_lines
from sim.scenario.toml_text import toml_value

TEXT = '''\
# a = 1
a = 1  # b = 2

[x]
b = "c = 1 # no comment"
'quoted key' = 1.5
"with.dot" = true
d.e = 2026-05-01T10:00:00Z
f = """
g = 1
h = \\"""
""""
i = \'\'\'
[y]
\'\'\'

[ x . sub ] # [z]
j = [
  1,
  { k = 2, l = [3, {m = "}"}] },   # ]
  [ "]", ],
]
n = { o.p = 1, "q" = 2 }

[[p]]
use = "a"
[[p]]
use = "b"
[p.inner]
v = 1
[[p.list]]
w = 2
[[p.list]]
w = 3
last = -1_000.5e-3'''


def test_every_form():
    tomllib.loads(TEXT)
    assert key_lines(TEXT) == {
        "a": 2, "x": 4, "x.b": 5, "x.quoted key": 6, "x.with.dot": 7, "x.d": 8, "x.d.e": 8,
        "x.f": 9, "x.i": 13, "x.sub": 17, "x.sub.j": 18, "x.sub.j.0": 19, "x.sub.j.1": 20,
        "x.sub.j.1.k": 20, "x.sub.j.1.l": 20, "x.sub.j.1.l.0": 20, "x.sub.j.1.l.1": 20,
        "x.sub.j.1.l.1.m": 20, "x.sub.j.2": 21, "x.sub.j.2.0": 21, "x.sub.n": 23,
        "x.sub.n.o": 23, "x.sub.n.o.p": 23, "x.sub.n.q": 23, "p": 25, "p.0": 25, "p.0.use": 26,
        "p.1": 27, "p.1.use": 28, "p.1.inner": 29, "p.1.inner.v": 30, "p.1.list": 31,
        "p.1.list.0": 31, "p.1.list.0.w": 32, "p.1.list.1": 33, "p.1.list.1.w": 34,
        "p.1.list.1.last": 35,
    }  # fmt: skip


def test_line_ends_of_windows():
    assert key_lines("a = 1\r\n\r\nb = 2\r\n") == {"a": 1, "b": 3}


def test_an_empty_file():
    assert key_lines("") == {}


@settings(max_examples=60)
@given(
    st.lists(
        st.recursive(
            st.text() | st.floats(allow_nan=False) | st.dates(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text("ab", min_size=1), inner),
            max_leaves=8,
        ),
        max_size=6,
    )
)
def test_values_do_not_hide_what_follows(values):
    lines = []
    for index, value in enumerate(values):
        lines += [f"key{index} = {toml_value(value)}", ""]
    text = "\n".join(lines)
    tomllib.loads(text)
    found = key_lines(text)
    assert [found[f"key{index}"] for index in range(len(values))] == [
        1 + 2 * index for index in range(len(values))
    ]
