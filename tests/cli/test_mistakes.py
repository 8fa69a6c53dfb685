"""Bad input: one message in the user's language, exit code 2, nothing written, no traceback."""

import gzip
import re

import pytest

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def files(tmp_path):
    (tmp_path / "broken.toml").write_text('days = "30\n')
    (tmp_path / "wrong.toml").write_text("days = 30\n[member]\nopen_rate = 1\n")
    (tmp_path / "late.toml").write_text('days = 30\n[[policies]]\nuse = "red_packet"\nstart = 99\n')
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 xl/workbook.xml")
    (tmp_path / "prose.csv").write_text("Once upon a time\nthere was a group\n")
    (tmp_path / "joins.csv").write_text("timestamp,member,event\n2026-05-01,1,join\n")
    packed = gzip.compress(b"timestamp,member\n2026-05-01,1\n")
    (tmp_path / "cut.csv.gz").write_bytes(packed[:9])
    (tmp_path / "diary").mkdir()
    (tmp_path / "diary" / "diary.txt").write_text("private")
    (tmp_path / "good.csv").write_text("timestamp,member\n2026-05-01,1\n2026-05-09,2\n")
    return tmp_path


MISTAKES = [
    ("Not found: no preset", "run knowlege"),
    ("Not found: no file", "run nowhere.toml"),
    ("Cannot read", "run broken.toml"),
    ("Unknown key: member.open_rate (wrong.toml, line 3)", "run wrong.toml"),
    ("Never happens: red_packet starts on day 99", "run late.toml"),
    ("Not found: no policy", "run knowledge --policy red_paket"),
    ("Unknown key: red_packet.amuont", "run knowledge --policy red_packet:amuont=1"),
    ("Out of range: red_packet.amount", "run knowledge --policy red_packet:amount=-1"),
    ("Wrong form: --policy", "run knowledge --policy red_packet:amount"),
    ("Out of range: days = 0", "run knowledge --days 0"),
    ("Out of range: replicates = 0", "run knowledge --replicates 0"),
    ("Out of range: seed = -1", "run knowledge --seed -1"),
    ("Out of range: jobs = 0", "run knowledge --jobs 0"),
    ("Wrong form: --days needs a whole number", "run knowledge --days soon"),
    ("Wrong form: --days needs a value", "run knowledge --days"),
    ("Wrong form: SCENARIO is missing", "run"),
    ('Wrong form: "x y"', "run knowledge x y"),
    ("Unknown key: --dyas. Did you mean --days?", "run knowledge --dyas 3"),
    ('Wrong form: "days" sets nothing', "run knowledge --set days"),
    ("Unknown key: dayz. Did you mean days?", "run knowledge --set dayz=3"),
    ("Already taken: diary", "run knowledge --out diary"),
    ("Already taken: good.csv is a file", "run knowledge --out good.csv"),
    ("Not allowed to write", "run knowledge --out good.csv/deeper"),
    ('Wrong form: no words in "fr"', "run knowledge --lang fr"),
    ('Not found: no command "runn". Did you mean run?', "runn knowledge"),
    ("Not found: no file was named", "import"),
    ("Not found: no file", "import nowhere.csv"),
    ("Not a chat export: empty.csv", "import empty.csv"),
    ("Not a chat export: book.xlsx is an Excel workbook", "import book.xlsx"),
    ("Damaged", "import cut.csv.gz"),
    ("Not found: no format", "import good.csv --format telegraph"),
    ("Not found: no time zone", "import good.csv --tz Mars/Base"),
    ("Not found: no folder", "import good.csv --out nowhere/events.csv"),
    ("Wrong form: diary is a folder", "import good.csv --out diary"),
    ("Not found: no file", "describe nowhere.csv"),
    ("Wrong form: diary is a folder", "describe diary"),
    ("Not a chat export: prose.csv", "describe prose.csv"),
    ("Too short: 1 events", "describe joins.csv"),
    ("Wrong form: EVENTS is missing", "describe"),
    ('Wrong form: "soon" is not a date', "forecast good.csv --until soon"),
    ("Out of range: weeks = 0", "forecast good.csv --weeks 0"),
    ("Too short", "forecast good.csv"),
    ('Wrong form: "sales" cannot be forecast here', "forecast good.csv --target sales"),
    ("Too short", "forecast good.csv --target purchases"),
    ("Cannot read: good.csv lacks columns", "forecast good.csv --target renewals"),
    ("Do not fit", "forecast good.csv --target renewals --until 2026-01-01"),
    ("Do not fit: --shock", "forecast good.csv --target members --shock 2026-05-01:launch"),
    ("Not found: no file", "forecast nowhere.csv --target renewals"),
    ('Wrong form: "renewals" cannot be forecast here', "backtest good.csv --target renewals"),
    ("Not found: no policy", "policies show red_paket"),
    ("Not allowed to write", "bench --json good.csv/deeper"),
]


@pytest.mark.parametrize(("message", "line"), MISTAKES, ids=[line for _, line in MISTAKES])
def test_mistakes(qunsim, files, message, line):
    before = sorted(files.rglob("*"))
    answer = qunsim(*line.split())
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(message)
    assert len(answer.err.splitlines()) == 1
    assert sorted(files.rglob("*")) == before
    if "--lang" not in line:
        chinese = qunsim(*line.split(), "--lang", "zh")
        assert chinese.code == 2
        assert CHINESE.search(chinese.err)
        assert not re.match("[A-Za-z]", chinese.err)
