import json
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.commands.describe import portrait_lines
from sim.errors import UserError
from sim.logs.portrait import portrait
from sim.logs.rhythm import local_offsets, week_table
from sim.report.fonts import missing_glyphs
from sim.report.page import render
from sim.report.portrait import portrait_page
from sim.words import Words
from sim.words.typography import width

BOTH = [Words("en"), Words("zh")]
EVENTS = st.tuples(
    st.integers(0, 2 * 86_400 * 200),
    st.integers(0, 5),
    st.sampled_from(["message", "message", "message", "join", "reaction"]),
    st.integers(-1, 6),
)


def table_of(make_table, events):
    rows = [(s / 2 / 86_400, f"m{a}", k, f"m{b}" if b >= 0 else "") for s, a, k, b in events]
    return make_table(sorted(rows))


def check_text(found):
    """Both languages fit the terminal and leave no key or number undone."""
    json.dumps(found.document(), allow_nan=False)
    for words in BOTH:
        lines = portrait_lines(found, words=words)
        assert all(width(line) <= 80 for line in lines)
        text = "\n".join(lines)
        assert "describe." not in text
        assert "nan" not in text
        assert "{" not in text


@settings(max_examples=25)
@given(st.lists(EVENTS, min_size=1, max_size=40))
def test_any_small_log_has_a_portrait_or_one_message(make_table, events):
    table = table_of(make_table, events)
    if all(kind != "message" for _, _, kind, _ in events):
        with pytest.raises(UserError, match="no_messages"):
            portrait(table)
        return
    found = portrait(table)
    check_text(found)
    messages = [event for event in events if event[2] == "message"]
    assert found.rhythm.sum() == found.messages.sum() == len(messages)
    assert sum(days for _, _, days in found.spells) == found.stages.size
    document = found.document()
    assert sum(document["messages_by_member"]) == document["messages"] == len(messages)


SMALL = {
    "one message": [(0.5, "a")],
    "one second": [(0.5, f"m{i}") for i in range(6)] * 3,
    "one member": [(d + 0.3, "a") for d in range(0, 90, 2)],
    "three days": [(0.1 * i, f"m{i % 4}", "message", f"m{i % 3}") for i in range(30)],
}


@pytest.mark.parametrize("name", SMALL)
def test_small_logs_have_a_page(make_table, name):
    found = portrait(make_table(sorted(SMALL[name])))
    check_text(found)
    for words in BOTH:
        page = portrait_page(found, name="small", command="qunsim describe x --out y", words=words)
        assert "describe." not in render(page, words=words).replace("qunsim describe", "")


def test_a_busy_log_has_all_pictures_in_both_languages(make_table):
    rng = np.random.default_rng(0)
    rows = []
    for week in range(60):
        for _ in range(40 if week == 30 else 12):
            who, day = int(rng.integers(0, 8 + week)), float(rng.uniform(0, 7))
            rows.append((7 * week + day, f"m{who}", "message", f"m{rng.integers(0, 8)}"))
    found = portrait(make_table(sorted(rows)), tz="Asia/Shanghai")
    check_text(found)
    for words in BOTH:
        page = portrait_page(found, name="busy", command="", words=words)
        names = [picture.name for picture in page.pictures()]
        assert names == ["activity", "retention", "participation", "rhythm", "answers", "placed"]
        for picture in page.pictures():
            assert missing_glyphs(picture.figure) == set()
            assert "{" not in picture.figure.get_label()


def test_growth_is_against_the_quarter_before_and_the_year_before(make_table):
    def log(weeks):
        rows = []
        for week, people in enumerate(weeks):
            rows += [(7 * week + 0.1 * p, f"m{p}") for p in range(people)]
        return portrait(make_table([*rows, (7 * len(weeks) - 0.01, "m0")])).statistics

    year = log([2] * 13 + [3] * 26 + [4] * 13 + [6] * 13)
    assert year["growth_quarter"] == pytest.approx(0.5)
    assert year["growth_year"] == pytest.approx(2.0)
    young = log([4] * 13 + [2] * 13)
    assert (young["growth_quarter"], young["growth_year"]) == (pytest.approx(-0.5), None)
    assert log([4] * 20)["growth_quarter"] is None


def test_too_quiet_days_have_no_stage(make_table):
    found = portrait(make_table([(float(day), "a") for day in range(100)]))
    assert (found.stages[60:] == -1).all()
    assert found.document()["stages"][-1]["stage"] == "too_quiet"


def test_hours_follow_the_clocks_of_the_zone():
    # 2024-01-15 and 2024-07-15, both Mondays at 12:00 UTC: 13:00 and 14:00 in Berlin.
    seconds = np.array([1_705_320_000, 1_721_044_800])
    offsets = local_offsets(seconds, ZoneInfo("Europe/Berlin"))
    assert offsets.tolist() == [3600, 7200]
    assert np.argwhere(week_table(seconds, offset=offsets)).tolist() == [[0, 13], [0, 14]]


@pytest.mark.slow
def test_the_gap_of_a_real_log_and_its_flood_are_found(train):
    from sim.logs.events import read_events

    document = portrait(read_events(train / "irc_zig.csv.gz")).document()
    assert [gap["from"] for gap in document["gaps"]] == ["2021-04-04", "2021-05-23"]
    first = document["shocks"]["speakers"]["found"][0]
    assert (first["week_from"], first["kind"]) == ("2018-07-29", "brief")
    assert first["after"] == pytest.approx(93, abs=2)  # 93 spoke in that week
