import pytest
from export_checks import LENIENT, MARK, counts, events, known_as, spoiled, survives
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.logs import telegram_html
from sim.logs.importers import import_files

T = 1_709_631_000  # 2024-03-05T09:30:00Z
DAY = 1_709_568_000  # midnight of that day in Shanghai: 2024-03-04T16:00:00Z


def said(number, second=0, name=None, inside="", zone=" UTC+08:00"):
    joined = "" if name else " joined"
    sender = f'\n      <div class="from_name">\n{name}\n      </div>' if name else ""
    return f"""
     <div class="message default clearfix{joined}" id="message{number}">
      <div class="pull_left userpic_wrap"><div class="initials">A</div></div>
      <div class="body">
       <div class="pull_right date details" title="05.03.2024 17:30:{second:02d}{zone}">
17:30
       </div>{sender}{inside}
       <div class="text">
hi <a href="https://x/#go_to_message1">x</a>
       </div>
      </div>
     </div>
"""


def told(number, text):
    return f"""
     <div class="message service" id="message{number}">

      <div class="body details">
{text}
      </div>

     </div>
"""


def reply(number):
    return f"""
       <div class="reply_to details">
In reply to <a href="#go_to_message{number}" onclick="return GoToMessage({number})">this message</a>
       </div>"""


FORWARDED = """
       <div class="forwarded body">
        <div class="from_name">
Zed <span class="date details" title="01.01.2020 00:00:00"> 01.01.2020</span>
        </div>
       </div>"""


@pytest.fixture
def save(tmp_path):
    def save(*messages, name="messages.html", title="Group"):
        path = tmp_path / name
        path.write_text(
            '<!DOCTYPE html>\n<html><body>\n<div class="page_wrap"><div class="text bold">\n'
            f'{title}\n</div><div class="history">{"".join(messages)}</div></div></body></html>',
            encoding="utf-8",
        )
        return path

    return save


PAGE = (
    told(-1, "5 March 2024"),
    told(1, "Ann created group &laquo;G&raquo; with members Bob and Cid"),
    said(2, 0, "Ann"),
    said(3, 1, inside=FORWARDED),
    said(4, 2, "Bob &amp; Co", inside=reply(2)),
    said(5, 3, inside=reply(99)),
    told(6, "Dan joined group by link from Ann"),
    told(7, "Eve joined group by request"),
    told(8, "Ann invited Fay, Gus and Hal"),
    told(9, "Ian invited Ian"),
    told(10, "Ann removed Fay"),
    told(11, "Gus removed Gus"),
    told(12, "Ann removed group photo"),
    told(13, 'Ann pinned <a href="#go_to_message2">this message</a>'),
)
EXPECTED = [
    (DAY, "Ann", "join", ""),
    (DAY, "Bob", "join", ""),
    (DAY, "Cid", "join", ""),
    (T, "Ann", "message", ""),
    (T + 1, "Ann", "message", ""),
    (T + 2, "Bob & Co", "message", "Ann"),
    (T + 3, "Bob & Co", "message", ""),
    (T + 3, "Dan", "join", ""),
    (T + 3, "Eve", "join", ""),
    (T + 3, "Fay", "join", ""),
    (T + 3, "Gus", "join", ""),
    (T + 3, "Hal", "join", ""),
    (T + 3, "Ian", "join", ""),
    (T + 3, "Fay", "leave", ""),
    (T + 3, "Gus", "leave", ""),
]


@pytest.mark.parametrize("chunk", [1 << 18, 100])
def test_a_page(save, monkeypatch, chunk):
    monkeypatch.setattr(telegram_html, "_CHUNK", chunk)
    path = save(*PAGE)
    assert known_as(path) == ["telegram_html"]
    assert events(path, tz="Asia/Shanghai") == EXPECTED
    assert counts(path) == {"notices": 2}


def test_on_one_line_and_without_a_zone(save):
    text = "".join(said(1, 0, "Ann", zone="")).replace("\n", " ")
    path = save(text, told(2, "Bob joined group by request"))
    assert events(path, tz="Asia/Shanghai") == [(T, "Ann", "message", ""), (T, "Bob", "join", "")]


def test_notices_before_any_time_wait_for_it(save):
    path = save(told(1, "Bob joined group by request"), said(2, 0, "Ann"))
    assert sorted(events(path)) == [(T, "Ann", "message", ""), (T, "Bob", "join", "")]


def test_pages_of_one_chat(save, tmp_path):
    save(said(1, 0, "Ann"))
    save(said(2, 1, "Bob", inside=reply(1)), name="messages2.html")
    save(said(3, 2, "Ann"), name="messages10.html")
    assert len(events(tmp_path / "messages2.html")) == 3
    assert len(events(tmp_path)) == 3


def test_what_cannot_be_placed(save):
    path = save(
        said(1, 0), said(2, 0, "Ann"), said(3, 0, "Ann").replace("05.03.2024", "45.03.2024"),
        said(4, 0, "Ann").replace("+08:00", "+99:00"), told(5, "99 March 2024"),
    )  # fmt: skip
    assert events(path) == [(T, "Ann", "message", "")]
    assert counts(path) == {"nameless": 1, "undated": 2}


def test_what_is_none_is_refused(tmp_path):
    path = tmp_path / "x.html"
    path.write_text("<html></html>")
    with pytest.raises(UserError) as error:
        import_files([path], importer="telegram_html")
    assert error.value.reason == "no_html"


def timeless(*paths):
    """Rows, without the times of notices: they hang on the message before them in the file."""
    return sorted((0 if row[2] == "join" else row[0], *row[1:]) for row in events(*paths))


@LENIENT
@given(
    drawn=st.lists(st.tuples(st.sampled_from(["Ann", "Bob"]), st.integers(0, 20)), min_size=2,
                   max_size=20),
    cut=st.tuples(st.integers(1, 20), st.integers(0, 19)),
)  # fmt: skip
def test_overlapping_halves_are_the_whole(save, drawn, cut):
    page = [
        told(n, f"{who} joined group by request") if to == 7
        else said(n, n, who, inside=reply(to))
        for n, (who, to) in enumerate([("Ann", 1), *drawn, ("Bob", 1)])
    ]  # fmt: skip
    early = min(cut[0], len(page))
    late = min(cut[1], early, len(page) - 1)
    halves = [save(*page[late:], name="b.html"), save(*page[:early], name="a.html")]
    whole = save(*page)
    rows = timeless(whole)
    assert timeless(*halves) == rows == timeless(whole, *halves)


@LENIENT
@given(data=st.data())
def test_spoiled_files(save, data):
    path = save(
        told(-1, "5 March 2024"), told(1, f"{MARK} invited {MARK}"), said(2, 0, MARK),
        said(3, 1, inside=reply(2)), title=MARK,
    )  # fmt: skip
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    survives(path, "telegram_html")
