"""``qunsim describe --out``: what is written, what is refused."""

import json

import pytest

DAYS = 120


@pytest.fixture
def log(tmp_path):
    """A group of a dozen who answer each other."""
    rows = ["timestamp,member,event,reply_to"]
    for day in range(DAYS):
        for hour in range(8, 8 + 1 + day % 5):
            who, whom = (day * 7 + hour) % 12, (day + hour) % 5
            date = f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}"
            rows.append(f"{date}T{hour:02d}:10:00Z,m{who},message,m{whom}")
    path = tmp_path / "group.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_a_folder_gets_the_page_the_data_and_the_pictures(qunsim, log, tmp_path):
    answer = qunsim("describe", log, "--out", "portrait", "--lang", "zh")
    assert answer.code == 0
    assert "portrait/report.html" in answer.out
    folder = tmp_path / "portrait"
    names = {path.name for path in folder.iterdir()}
    pictures = ("activity", "retention", "participation", "rhythm", "answers", "placed")
    drawn = {f"{name}.{kind}" for name in pictures for kind in ("png", "svg")}
    assert names == {"describe.json", "report.html", *drawn}
    document = json.loads((folder / "describe.json").read_text("utf-8"))
    assert document["schema"] == 1
    assert document["log"]["name"] == "group"
    assert document["log"]["command"] == f"qunsim describe {log} --out portrait"
    assert document["messages"] == len(log.read_text().splitlines()) - 1
    page = (folder / "report.html").read_text("utf-8")
    assert page.count("data:image/svg+xml") == len(pictures)
    assert 'lang="zh-CN"' in page
    printed = json.loads(qunsim("describe", log, "--json").out)
    assert printed == {key: value for key, value in document.items() if key != "log"}


def test_a_portrait_is_made_again_but_nothing_else_is_overwritten(qunsim, log, tmp_path):
    one = tmp_path / "one.csv"
    one.write_text("timestamp,member\n2026-05-01T09:30:00Z,a\n")
    assert qunsim("describe", one, "--out", "portrait").code == 0
    assert qunsim("describe", one, "--out", "portrait").code == 0
    refused = qunsim("describe", log, "--out", "portrait")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Already taken")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    assert qunsim("describe", one, "--out", "mine").code == 2
    assert qunsim("describe", one, "--out", one).code == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_log_without_replies_says_so(qunsim, tmp_path):
    one = tmp_path / "one.csv"
    one.write_text("timestamp,member\n2026-05-01T09:30:00Z,a\n2026-05-02T09:30:00Z,b\n")
    lines = qunsim("describe", one).out.splitlines()
    told = {line.split("  ")[0]: line.split("  ")[-1].strip() for line in lines if "  " in line}
    assert told["who answers whom"] == "unknown"
    assert told["share of replies"] == "unknown"
