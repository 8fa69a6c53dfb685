"""The page: everything in one file, everything escaped, nothing asked for."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sim.errors import UserError
from sim.metrics import run_kpis, summarise
from sim.report.assumed import Assumption
from sim.report.assumptions import assumptions_section
from sim.report.page import (
    Code,
    Page,
    Prose,
    Section,
    Table,
    Tile,
    render,
    write_pngs,
    write_report,
)
from sim.report.run import run_page, series_of
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
VOID = {"meta", "link", "img", "br"}


class Checker(HTMLParser):
    """Collects tags and addresses, and checks that elements are nested as they are closed."""

    def __init__(self):
        super().__init__()
        self.open, self.addresses, self.tags, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def checked(text):
    checker = Checker()
    checker.feed(text)
    assert checker.open == []
    return checker


@pytest.fixture
def pages(run_pages):
    return run_pages


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_a_report_holds_everything_and_loads_nothing(pages, words, tmp_path):
    path = write_report(tmp_path / "deep" / "report.html", pages[words.lang], words=words)
    text = path.read_text("utf-8")
    checker = checked(text)
    other = f"run.{'zh' if words.lang == 'en' else 'en'}.html"
    assert all(one.startswith("data:") for one in checker.addresses if one != other)
    assert "script" not in checker.tags
    assert "url(" not in text.partition("</style>")[0]
    assert "@import" not in text
    assert checker.tags.count("img") == 6
    said = " ".join(checker.text)
    for label in (
        words.badge("not_fitted"),
        words.kpi("retention_d30"),
        words.say("report.method"),
    ):
        assert label in said
    assert "qunsim run knowledge --days 84 --seed 7" in said
    assert f'<html lang="{"zh-CN" if words.lang == "zh" else "en"}">' in text


def test_the_five_numbers_come_first(pages):
    tiles = pages["en"].tiles
    assert [tile.value for tile in tiles] == ["468", "142", "81 %", "¥21,000", "active"]
    assert tiles[0].label == "members after 84 days"
    assert tiles[3].note == "usually ¥6,000 to ¥39,000"
    assert pages["zh"].tiles[3].value == "¥2.1 万"


def test_the_same_result_gives_the_same_bytes(samples):
    series = replace(samples.series(), stages=None, cohorts=None, messages=())

    def rendered():
        return render(run_page(samples.story(EN, series=series), words=EN), words=EN)

    assert rendered() == rendered()


def test_everything_is_escaped():
    evil = '<script>alert("x")</script>&'
    page = Page(
        title=evil, line=evil, badge=evil, verdict=(evil,), notes=(evil,), footer=evil,
        tiles=(Tile(evil, evil, evil),), other='x"onclick="y',
        sections=(
            Section(evil, (Prose((evil,)), Code(evil), Table((evil,), ((evil,),), note=evil))),
        ),
    )  # fmt: skip
    checker = checked(render(page, words=EN))
    assert "script" not in checker.tags
    # Title twice, line, badge, verdict, note, footer, tile 3, heading, prose, code, table 3.
    assert checker.text.count(evil) == 16
    assert checker.addresses == ["data:,", 'x"onclick="y']


def test_chinese_meets_latin_in_a_thin_space(pages):
    text = render(pages["zh"], words=ZH)
    body = re.sub(r"<pre>.*?</pre>|<style>.*?</style>|alt=\"[^\"]*\"", "", text, flags=re.DOTALL)
    assert "第\u200964\u2009天" in body
    assert not re.search(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]", body)


def test_figures_are_saved_for_slides(pages, tmp_path):
    paths = write_pngs(tmp_path / "pictures", pages["en"], dpi=30)
    assert [path.name for path in paths] == [
        "members.png", "activity.png", "stages.png", "money.png", "cohorts.png",
        "participation.png",
    ]  # fmt: skip
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError) as caught:
        write_report(tmp_path / "file" / "report.html", Page(title="t"), words=EN)
    assert caught.value.kind == "no_permission"


def test_assumptions_begin_with_what_was_changed_and_end_with_what_everybody_shares():
    def of(path, confidence, **marks):
        return Assumption(path, 2.1, 0.0, 5e6, "yuan", "why", confidence, **marks)

    found = [
        of("a.known", "high"),
        of("a.guess", "unknown"),
        of("a.mine", "unknown", own=True, meaning="how much"),
        of("a.changed", "unknown", own=True, changed=True),
        of("red_packet.amount", "low", own=True),
    ]
    section = assumptions_section(found, words=EN)
    tables = [block for block in section.blocks if isinstance(block, Table)]
    assert [[row[0] for row in one.rows] for one in tables] == [
        ["a.changed (changed by you)"], ["a.mine", "red_packet.amount"], ["a.guess"], ["a.known"],
    ]  # fmt: skip
    assert [bool(one.folded) for one in tables] == [False, True, True, True]
    assert tables[1].rows[0] == (
        "a.mine", "how much", "2.1", "0 to 5,000,000", "yuan", "unknown", "why",
    )  # fmt: skip


def test_money_without_money_and_groups_without_joins_are_left_out(samples):
    series = samples.series()
    empty = replace(
        series, revenue=series.revenue * 0, cost=series.cost * 0, cohorts=None, messages=(),
        stages=None, weekly_speakers=None,
    )  # fmt: skip
    page = run_page(samples.story(EN, series=empty, policies=(), assumptions=()), words=EN)
    assert [picture.name for picture in page.pictures()] == ["members", "activity"]
    assert "No policy" in render(page, words=EN)


def test_records_become_a_page(samples):
    records = [samples.record(seed) for seed in range(2)]
    series = series_of(records, records=records)
    assert series.members.shape == (2, 35)
    assert series.members[:, 0].tolist() == [61, 61]  # two groups of 30, one joins
    assert series.revenue[0, 3] == 199.0  # yuan: 19,900 fen
    assert series.weekly_speakers[0].tolist() == [14.0] * 5
    assert [counts.tolist() for counts in series.messages] == [[1, 2, 3]] * 2
    assert series.cohorts.joins.sum() == 2 * 3
    summary = summarise([run_kpis(record) for record in records], days=35)
    page = run_page(samples.story(ZH, series=series, summary=summary, futures=2), words=ZH)
    assert "不足\u200920\u2009个" in render(page, words=ZH)
    assert page.tiles[0].value == "63"
