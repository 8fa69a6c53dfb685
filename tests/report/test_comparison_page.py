"""The page of a comparison: order, four numbers, table, differences only, nothing invented."""

import re
from dataclasses import replace

import pytest

from sim.report.comparison import comparison_page
from sim.report.fonts import missing_glyphs
from sim.report.page import Matrix, Table, render
from sim.report.policy_lines import PolicyLine
from sim.words import Words

EN, ZH = Words("en"), Words("zh")


@pytest.fixture
def pages(comparison_pages):
    return comparison_pages


def section(page, words, name):
    return next(one for one in page.sections if one.heading == words.say(f"report.{name}"))


def matrix_of(page):
    return next(block for block in page.sections[0].blocks if isinstance(block, Matrix))


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_sections_come_in_the_order_in_which_people_ask(pages, words):
    page = pages[words.lang]
    names = ("comparison", "members", "money", "why", "overturn", "people", "changed",
             "assumptions", "method")  # fmt: skip
    assert [one.heading for one in page.sections] == [words.say(f"report.{n}") for n in names]
    assert [picture.name for picture in page.pictures()] == [
        "members", "activity", "stages", "money", "why1", "overturn1", "cohorts", "participation",
        "calendar",
    ]  # fmt: skip
    assert page.badge == words.badge("not_fitted")
    for picture in page.pictures():
        assert missing_glyphs(picture.figure) == set()
    body = re.sub(r"<style>.*?</style>|data:[^\"]*", "", render(page, words=words), flags=re.DOTALL)
    assert not re.search(r"\bNone\b|\bnan\b|\binf\b|[{}]", body)


def test_the_first_screen_has_verdict_chance_payback_and_price(pages):
    page = pages["en"]
    assert page.title == "Red packets or a free course?"
    for said in ("500 members", "84 days", "¥30,000", "profit", "384 simulated futures"):
        assert said in page.line
    assert page.verdict[0].startswith('"free course" is probably better than "as now"')
    goal, chance, payback, price = page.tiles
    assert goal.value == "+¥12,400"
    # 12,400 -+ 14 x 1,240 = -4,960 to 29,760; a tenth of the half-width is some thousands
    assert goal.note == "usually -¥5,000 to +¥30,000"
    assert chance.value == "88/100"
    assert (payback.value, payback.note) == ("day 74", "in 81 of 100 futures")
    assert price.value == "+¥6,000"
    assert "+3.5 h" in price.note  # 2,520 minutes in 12 weeks
    assert pages["zh"].tiles[0].value == "+¥1.24 万"


def test_the_table_says_difference_word_and_chance(pages):
    matrix = matrix_of(pages["en"])
    assert matrix.names == ("as now", "red packets", "free course")
    rows = dict(matrix.rows)
    base, packets, course = rows["profit"]
    assert (base.value, base.mark) == ("¥21,000", "")
    assert (packets.value, packets.mark) == ("-¥400", "same")
    assert (course.value, course.mark) == ("+¥12,400", "better · 88/100")
    assert rows["cost"][2].mark == "worse · >99/100"
    assert rows["pays for itself"][1].value == "never"
    assert rows["pays for itself"][2].value == "day 74"
    assert len(matrix.rows) <= 8


def test_only_what_differs_is_listed(samples, pages):
    changed = section(pages["en"], EN, "changed")
    tables = [block for block in changed.blocks if isinstance(block, Table)]
    assert tables[0].rows == (("free course", "owner.hours", "10", "12", "h"),)
    assert tables[0].note.endswith("others equal")
    added = [[row[0] for row in table.rows] for table in tables[1:]]
    assert added == [["red packets"], ["free course", "paid course"], ["steady content"]]
    assert tables[-1].folded == "Policies in every variant (1)"
    story = samples.comparison(EN)
    same = tuple(replace(one, policies=story.variants[0].policies, inputs=())
                 for one in story.variants)  # fmt: skip
    page = comparison_page(replace(story, variants=same), words=EN)
    assert "Nothing differs." in render(page, words=EN)
    assert "calendar" not in [picture.name for picture in page.pictures()]


def test_a_policy_left_out_is_told(samples):
    story = samples.comparison(EN)
    base, packets, course = story.variants
    bare = replace(packets, policies=())
    page = comparison_page(replace(story, variants=(base, bare, course)), words=EN)
    assert 'What "red packets" leaves out:' in [
        text for block in section(page, EN, "changed").blocks
        for text in getattr(block, "paragraphs", ())
    ]  # fmt: skip


def test_numbers_of_a_kind_do_not_make_a_difference(samples):
    story = samples.comparison(EN)
    base, packets, course = story.variants
    first, second = (PolicyLine("red_packet", 9, None), PolicyLine("red_packet#2", 9, None))
    base = replace(base, policies=(first,))
    packets = replace(packets, policies=(replace(first, start=3), second))
    page = comparison_page(replace(story, variants=(base, packets, course)), words=EN)
    tables = [block for block in section(page, EN, "changed").blocks if isinstance(block, Table)]
    assert [[row[2] for row in table.rows] for table in tables[1:2]] == [["3"]]


def test_rates_after_removing_members_carry_a_mark(samples, pages):
    assert "✂" not in render(pages["en"], words=EN)
    story = samples.comparison(EN)
    base, packets, course = story.variants
    pruned = replace(packets, policies=(*packets.policies, PolicyLine("pruning", 30, None)))
    page = comparison_page(replace(story, variants=(base, pruned, course)), words=EN)
    labels = [label for label, _ in matrix_of(page).rows]
    assert [label for label in labels if "✂" in label] == ["stay 30 days ✂"]
    assert "profit" in labels


def test_what_was_not_computed_is_left_out(samples):
    compared = samples.compared() | {"assumptions": None, "stop": None, "payback": {}}
    story = samples.comparison(EN, compared=compared, reasons=(), swings=(), assumptions=())
    silent = tuple(
        replace(one, series=replace(one.series, stages=None, cohorts=None, messages=(),
                                    weekly_speakers=None, revenue=one.series.revenue * 0))
        for one in story.variants
    )  # fmt: skip
    page = comparison_page(replace(story, variants=silent), words=EN)
    assert [picture.name for picture in page.pictures()] == ["members", "activity", "calendar"]
    assert page.tiles[2].value == "—"
    assert "pays for itself" not in dict(matrix_of(page).rows)


def test_few_pairs_show_no_usual_range_and_undefined_is_a_word(samples):
    compared = samples.compared()
    for one in compared["variants"].values():
        one["profit"] |= {"n": 12}
        one["retention_d30"] = {"delta": None, "why": "undefined", "n": 0}
    page = comparison_page(samples.comparison(EN, compared=compared | {"pairs": 12}), words=EN)
    assert page.tiles[0].note == ""
    assert "/12" in page.tiles[1].value
    table = page.sections[0].blocks[-1]
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].startswith("still a member after 30"))
    assert row[3:5] == ("cannot be computed", "—")
