"""Tables for other programs: numbers are numbers, texts are never formulas, nothing is rounded."""

import csv
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from sim.errors import UserError
from sim.report.exports import harmless, markdown, write_csv, write_md, write_xlsx
from sim.report.page import Page
from sim.report.sheets import Sheet, comparison_sheets, number_in, run_sheets
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def told(samples, comparison_pages):
    story, page = samples.comparison(ZH), comparison_pages["zh"]
    return story, page, comparison_sheets(story, page, words=ZH)


def cells(path):
    """Every sheet of a workbook by name: rows of (type, value), read from the file itself."""
    with zipfile.ZipFile(path) as book:
        names = [
            sheet.get("name")
            for sheet in ET.fromstring(book.read("xl/workbook.xml")).iterfind(".//m:sheet", SPACE)
        ]
        shared = [
            "".join(node.itertext()) for node in ET.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        found = {}
        for i, name in enumerate(names, start=1):
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{i}.xml"))
            assert root.find(".//m:f", SPACE) is None  # a formula
            found[name] = [
                [
                    shared[int(cell.findtext("m:v", "", SPACE))] if cell.get("t") == "s"
                    else float(cell.findtext("m:v", "nan", SPACE))
                    for cell in row
                ]
                for row in root.iterfind(".//m:row", SPACE)
            ]  # fmt: skip
        return found


def test_a_comparison_has_a_table_for_each_question(told):
    _, page, sheets = told
    assert [sheet.key for sheet in sheets] == [
        "about", "comparison", "numbers", "payback", "changes", "policies", "daily", "assumptions",
    ]  # fmt: skip
    assert all(len(row) == len(sheet.header) for sheet in sheets for row in sheet.rows)
    about = {text for row in sheets[0].rows for text in row}
    assert {page.title, *page.verdict, page.badge} <= about


def test_numbers_are_as_exact_as_the_files(told):
    _, _, sheets = told
    table = {sheet.key: sheet for sheet in sheets}
    row = next(row for row in table["comparison"].rows if row[:2] == ("免费课", "profit"))
    # delta, ends of its interval (half 1,240), quantiles over futures (14 times as far), chance
    assert row[4:11] == (12_400.0, 11_160.0, 13_640.0, -4960.0, 12_400.0, 29_760.0, 0.88)
    assert row[3] == "元"
    assert table["payback"].rows[0][2] is None  # never in most futures
    assert table["changes"].rows == (("免费课", "owner.hours", "", 10.0, 12.0, "h"),)
    assert len(table["daily"].rows) == 3 * 84
    assert number_in("1e-06") == 1e-6
    assert number_in("true") == "true"


def test_a_workbook_holds_numbers_and_texts_that_are_never_formulas(told, tmp_path):
    pytest.importorskip("xlsxwriter", reason="the extra office is not installed")
    _, _, sheets = told
    evil = Sheet(key="evil", title="a/b[c]:*?" + "x" * 40, header=("=1+1", "@n"),
                 rows=(("=cmd|'/c calc'!A1", -3.5), ("+1", None), ("-x", 2)))  # fmt: skip
    found = cells(write_xlsx(tmp_path / "deep" / "t.xlsx", (*sheets, evil, evil)))
    rows = found["对比"]
    assert rows[1][1] == "profit"
    assert rows[1][4] == -400.0
    name, again = list(found)[-2:]
    assert name.casefold() != again.casefold()
    assert len(name) <= 31
    assert found[name] == [["=1+1", "@n"], ["=cmd|'/c calc'!A1", -3.5], ["+1"], ["-x", 2.0]]


def test_the_same_tables_give_the_same_workbook(told, tmp_path):
    pytest.importorskip("xlsxwriter", reason="the extra office is not installed")
    _, _, sheets = told
    one, two = (write_xlsx(tmp_path / name, sheets).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert one == two


def test_without_the_extra_the_mend_is_told(told, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.report.exports.importlib.util.find_spec", lambda _: None)
    with pytest.raises(UserError) as caught:
        write_xlsx(tmp_path / "t.xlsx", told[2])
    assert caught.value.kind == "missing_extra"
    assert 'pip install "qunsim[office]"' in EN.error(caught.value)
    assert not list(tmp_path.iterdir())


def test_csv_opens_in_excel_and_hides_no_formula(told, tmp_path):
    _, _, sheets = told
    evil = Sheet(key="evil", title="t", header=("a", "b"), rows=(("=1+1", -3.5), ("plain", None)))
    paths = write_csv(tmp_path, (*sheets, evil))
    assert [path.name for path in paths][:2] == ["about.csv", "comparison.csv"]
    assert paths[1].read_bytes().startswith(b"\xef\xbb\xbf")
    with paths[1].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "方案"
    assert float(rows[1][4]) == -400.0
    assert paths[-1].read_text("utf-8-sig").split() == ["a,b", "'=1+1,-3.5", "plain,"]
    assert [harmless(text) for text in ("@x", "a=b", "\tq", "")] == ["'@x", "a=b", "'\tq", ""]


def test_every_column_of_a_csv_is_named_once_and_of_one_kind(told, tmp_path):
    pandas = pytest.importorskip("pandas")
    for path in write_csv(tmp_path, told[2]):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert all(header)
        assert len(set(header)) == len(header)
        table = pandas.read_csv(path)
        assert [*table.columns] == header  # no byte order mark, no name that pandas made up
        for name in table.columns if path.stem != "about" else ():
            kinds = {type(value) for value in table[name].dropna()}
            assert len(kinds) <= 1, (path.stem, name, kinds)


def test_markdown_says_what_the_page_says(told, tmp_path):
    _, page, _ = told
    path = write_md(tmp_path / "report.md", page, words=ZH, dpi=20)
    text = path.read_text("utf-8")
    assert text.startswith("# 红包还是免费课？\n")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", text)
    assert len(pictures) == len(page.pictures())
    assert all((tmp_path / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert "| 利润 | ¥2.1 万 | -¥400 差不多 | +¥1.24 万 更好 · 88/100 |" in text
    assert all(one.heading in text for one in page.sections)
    evil = markdown(Page(title="a | b *c* <i> [x](y) `z`\n# no"), folder="f", words=ZH)
    assert evil.splitlines()[0] == r"# a \| b \*c\* \<i\> \[x\](y) \`z\` \# no"


def test_one_community_is_exported_without_a_column_of_variants(samples, run_pages):
    found = run_sheets(samples.story(EN), run_pages["en"], words=EN)
    sheets = {sheet.key: sheet for sheet in found}
    assert set(sheets) == {"about", "numbers", "policies", "daily", "assumptions"}
    assert sheets["numbers"].header[0] == "key"
    assert sheets["daily"].header[0] == "day"
    assert sheets["daily"].rows[-1][0] == 83
