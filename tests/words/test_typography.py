"""Widths, wrapping and the space between Chinese and Latin."""

from hypothesis import given
from hypothesis import strategies as st

from sim.words.typography import THIN_SPACE, clip, fold, pad, typeset, width, wrap

MIXED = st.text(alphabet="群人数月活 abc 123，。“”（）¥%-", max_size=120)


def test_widths_count_chinese_and_doubtful_characters_twice():
    assert width("abc 123") == 7
    assert width("群人数") == 6
    assert width("±…—≥") == 8  # ambiguous in Unicode Annex 11
    assert width("，。（") == 6
    assert width("¥3,200") == 6
    assert width("e\u0301") == 1  # a combining accent takes no room


def test_padding_lines_up():
    assert pad("月活", 6) == "月活  "
    assert pad("142", 6, right=True) == "   142"
    assert pad("too long", 3) == "too long"


def test_thin_space_where_chinese_meets_latin():
    thin = THIN_SPACE
    assert typeset("第 74 天") == f"第{thin}74{thin}天"
    assert typeset("多数在 -¥0.49 万 到") == f"多数在{thin}-¥0.49{thin}万 到"
    assert typeset("30日留群率") == "30日留群率"  # a label stays as it is
    assert typeset("day 74 of 180") == "day 74 of 180"


def test_wrapping_breaks_latin_between_words_and_chinese_anywhere():
    assert wrap("one two three four", 9) == ["one two", "three", "four"]
    assert wrap("活跃峰值多在第六十四天前后", 10) == ["活跃峰值多", "在第六十四", "天前后"]
    assert wrap("a bb ccc", 6, indent="  ") == ["a bb", "  ccc"]


def test_no_line_begins_with_a_closing_mark():
    assert wrap("一二三四五，六七", 10) == ["一二三四", "五，六七"]
    assert wrap("一二三四“五六”", 10) == ["一二三四", "“五六”"]


@given(MIXED, st.integers(12, 80))
def test_wrapping_keeps_every_character_and_the_limit(text, columns):
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # A single unbreakable piece (a long word, quotes around it) may stand out.
        assert width(line) <= columns or " " not in line.strip()


@given(MIXED, st.integers(4, 60))
def test_clipping_keeps_the_limit(text, columns):
    assert width(clip(text, columns)) <= max(columns, 2)


def test_folding_breaks_what_wrapping_cannot():
    assert fold("ab cdefghij", 4) == ["ab", "cdef", "ghij"]
    assert fold("abcdef", 4, indent="  ") == ["abcd", "  ef"]
    assert fold("群人数", 4) == ["群人", "数"]
    assert fold("", 4) == [""]


@given(MIXED, st.integers(2, 60))
def test_folding_keeps_every_character_and_the_limit(text, columns):
    lines = fold(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(width, lines)) <= columns
