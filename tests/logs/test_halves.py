"""Of every layout of every format: what several files hold is taken once, and nothing is lost."""

import pytest
from export_checks import LENIENT, events
from hypothesis import given, settings
from hypothesis import strategies as st
from speed import LAYOUTS, START, Said, write

from sim.logs.gather import Gather
from sim.logs.importers import FORMATS

SAID = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["hi", "好的"]),
              st.integers(0, 9)),
    min_size=2, max_size=10,
)  # fmt: skip
CUT = st.tuples(st.integers(0, 9), st.integers(0, 9))


def check(folder, name, drawn, cut):
    """Exports are cut at moments: what falls into one is in both halves or in neither."""
    said, minute = [], 0
    for at, (step, who, text, back) in enumerate(drawn):
        minute += step  # some layouts write no seconds
        said.append(Said(at, START + 60 * minute, who, text, at - back if back < at else -1))
    late, early = sorted(said[min(at, len(said) - 1)].second for at in cut)
    parts = {
        "whole": said,
        "early": [one for one in said if one.second <= early],
        "late": [one for one in said if one.second >= late],
    }
    layout, paths = LAYOUTS[name], {}
    for part, there in parts.items():
        (folder / part).mkdir(exist_ok=True)
        paths[part] = write(folder / part, layout, iter(there))
    whole, early, late = (paths[part] for part in ("whole", "early", "late"))

    def read(*files):
        return sorted(events(*files, importer=layout.form))

    expected = read(whole)
    assert len(expected) >= len(said)
    assert read(late, early) == expected
    assert read(early, whole, late) == expected


def test_every_format_is_there():
    assert {layout.form for layout in LAYOUTS.values()} == {form.name for form in FORMATS}


@pytest.mark.parametrize("name", LAYOUTS)
@settings(LENIENT, max_examples=max(8, settings.default.max_examples // 4))
@given(drawn=SAID, cut=CUT)
def test_overlapping_halves_are_the_whole(tmp_path, name, drawn, cut):
    check(tmp_path, name, drawn, cut)


@pytest.mark.parametrize("name", LAYOUTS)
def test_it_would_show(tmp_path, monkeypatch, name):
    drawn = [(1, 0, "hi", 9), (1, 1, "hi", 0), (0, 1, "hi", 1), (1, 2, "hi", 0)]
    check(tmp_path, name, drawn, (1, 2))
    monkeypatch.setattr(Gather, "_once", lambda _, seconds, *__: range(len(seconds)))
    with pytest.raises(AssertionError):
        check(tmp_path, name, drawn, (1, 2))
