"""The policies screen's edits of a work, run as the browser runs them.

The expected works are written by hand from what a column means: it takes over what stands before
it but for `without`, and adds its own policies.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "sim" / "web" / "page" / "js" / "policies"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node to run the page's modules")

COMMUNITY = [
    {"use": "welcome"},
    {"use": "red_packet", "amount": 50.0, "every": 14},
    {"use": "red_packet", "amount": 20.0, "start": 30},
]


def run(body, **given):
    """What the body returns; it sees the modules, and what is given by name."""
    modules = {name: (PAGE / f"{name}.js").as_uri() for name in ("model", "geometry", "audience")}
    lines = [f"import * as {name} from {json.dumps(uri)};" for name, uri in modules.items()]
    lines += [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
    lines.append(f"const found = (() => {{ {body} }})();")
    lines.append("console.log(JSON.stringify(found));")
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", "\n".join(lines)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def a_work(**changed):
    variant = {"name": "A", "policies": [], "without": [], "set": {}}
    work = {"days": 180, "policies": [], "without": [], "set": {}, "variants": [variant]}
    return {**work, **changed}


def edited(*calls, work=None):
    """The work after edits of column 1."""
    body = "".join(f"model.{call};" for call in calls)
    return run(f"{body} return work;", work=work or a_work(), community=COMMUNITY)


def test_moving_what_was_taken_over_copies_all_of_its_kind():
    work = edited('shift(work, 1, community, "red_packet#1", "move", 7)')
    assert work["variants"][0] == {
        "name": "A", "set": {}, "without": ["red_packet"],
        "policies": [
            {"use": "red_packet", "amount": 50, "every": 14},
            {"use": "red_packet", "amount": 20, "start": 37},
        ],
    }  # fmt: skip
    assert work["policies"] == []


def test_moving_back_leaves_nothing_changed():
    there = 'shift(work, 1, community, "red_packet#1", "move", 7)'
    back = 'shift(work, 1, community, "red_packet#1", "move", -7)'
    assert edited(there, back) == a_work()


def test_a_value_set_back_to_what_it_was_is_no_change():
    away = 'setValue(work, 1, community, "red_packet#0", "amount", 80, 60)'
    back = 'setValue(work, 1, community, "red_packet#0", "amount", 50, 60)'
    assert edited(away, back) == a_work()


def test_the_default_is_not_written_where_nothing_was():
    away = 'setValue(work, 1, community, "welcome#0", "newcomers", 9, 3)'
    assert edited(away)["variants"][0]["policies"] == [{"use": "welcome", "newcomers": 9}]
    assert edited(away, away.replace("9, 3", "3, 3")) == a_work()


def test_removing_and_putting_back():
    gone = edited('remove(work, 1, community, "welcome#0")')
    assert gone["variants"][0]["without"] == ["welcome"]
    assert gone["variants"][0]["policies"] == []
    assert edited('putBack(work, 1, community, "welcome")', work=gone) == a_work()


def test_removing_one_of_two_keeps_the_other():
    work = edited('remove(work, 1, community, "red_packet#0")')
    assert work["variants"][0]["without"] == ["red_packet"]
    assert work["variants"][0]["policies"] == [{"use": "red_packet", "amount": 20, "start": 30}]


def test_what_is_done_no_longer_in_all_variants_is_not_left_out_twice():
    work = a_work()
    work["variants"][0]["without"] = ["welcome"]
    work = edited('remove(work, 0, community, "welcome#0")', work=work)
    assert work["without"] == ["welcome"]
    assert work["variants"][0]["without"] == []


def test_items_have_their_places_and_the_order_of_the_library():
    work = a_work(policies=[{"use": "red_packet", "amount": 5}])
    work["variants"][0]["policies"] = [{"use": "daily_topic"}]
    found = run(
        "return model.items(work, 1, community, order).map((one) => [one.key, one.own, one.at]);",
        work=work, community=COMMUNITY, order=["daily_topic", "red_packet", "welcome"],
    )  # fmt: skip
    assert found == [
        ["daily_topic#0", True, "variants.0.policies.0"],
        ["red_packet#0", False, ""],
        ["red_packet#1", False, ""],
        ["red_packet#2", False, "policies.0"],
        ["welcome#0", False, ""],
    ]


def test_only_what_differs_counts_as_a_change():
    work = edited('shift(work, 1, community, "red_packet#1", "move", 7)')
    work["variants"][0]["set"] = {"members.initial": 800}
    work["variants"][0]["without"].append("welcome")
    # One packet moved, its unchanged sister not; one parameter; the welcome left out.
    counted = "return model.changeCount(work, 1, community);"
    assert run(counted, work=work, community=COMMUNITY) == 3


@pytest.mark.parametrize(
    ("way", "by", "start", "stop"),
    [
        ("moved", -50, 0, 20),  # stops at the first day, as long as before
        ("moved", 500, 160, 180),  # and at the last
        ("begun", 100, 29, 30),  # one day remains
        ("begun", -100, 0, 30),
        ("ended", -100, 10, 11),
        ("ended", 500, 10, 180),
    ],
)
def test_stays_end_at_the_edges(way, by, start, stop):
    days = "" if way == "begun" else ", 180"
    found = run(f"return geometry.{way}({{start: 10, stop: 30, open: false}}, {by}{days});")
    assert (found["start"], found["stop"]) == (start, stop)
    assert found["open"] == (way == "ended" and by > 0)


def test_days_on_which_a_policy_acts():
    acting = "return geometry.actingDays(entry, 60, 7);"
    assert run(acting, entry={"start": 5, "stop": 30}) == [5, 12, 19, 26]
    # Day 0 is a Monday: days 2, 4, 9, 11 are Wednesdays and Fridays.
    assert run(acting, entry={"stop": 14, "weekdays": ["wed", "fri"]}) == [2, 4, 9, 11]


def test_audiences_are_read_and_written_alike():
    texts = ["newcomers:14", "silent:30", "level:3", "role:leader+seed_user", "channel:open",
             "payers", "muted", "hunters"]  # fmt: skip
    again = "return texts.map((one) => audience.writeAudience(audience.readAudience(one)));"
    assert run(again, texts=texts) == texts
    assert run(again, texts=["everyone", "newcomers", "silent"]) == [
        None, "newcomers:7", "silent:14",
    ]  # fmt: skip


def test_variants_have_names_of_their_own():
    body = (
        'model.addVariant(work, "A"); model.addVariant(work, "A", 1); model.rename(work, 3, " B ");'
    )
    work = run(f"{body} return work;", work=a_work())
    assert [one["name"] for one in work["variants"]] == ["A", "A 3", "B"]
