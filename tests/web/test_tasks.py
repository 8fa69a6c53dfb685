"""Tasks as workers carry them out: what they leave, that they go on, what users are told."""

import csv
import io
import json
import zipfile

import pytest

from sim.errors import UserError
from sim.logs.events import read_events
from sim.scenario import Scenario
from sim.study.comparison import FILE, compare, load_comparison
from sim.study.journal import JOURNAL
from sim.study.reading import read_experiment
from sim.web.tasks import KINDS, task
from sim.web.tasks.base import EVENTS, FILES, RESULT, SCENARIO, Asked

EXPERIMENT = """
question = "红包还是课？"
base = "knowledge"
days = 30
replicates = 12
[set]
"members.initial" = 30
"members.leaders" = 1
"members.seed_users" = 2
"members.administrators" = 0
[[variants]]
name = "packets"
[[variants.policies]]
use = "red_packet"
every = 5
amount = 30
[[variants]]
name = "course"
zh = "课"
[[variants.policies]]
use = "paid_course"
price = 20
"""


class Heard:
    """A channel that remembers."""

    def __init__(self, folder):
        self.folder = folder
        self.told, self.looks = [], []

    def progress(self, done, total, *, failed=0, left=None, stage=""):
        self.told.append((done, total, failed, stage))

    def look(self):
        self.looks.append(view(self.folder))


def view(folder, lang="en"):
    return json.loads((folder / f"view.{lang}.json").read_text("utf-8"))


def do(kind, folder, *, experiment=None, **options):
    folder.mkdir(parents=True, exist_ok=True)
    path = None
    if experiment is not None:
        path = folder / "experiment.toml"
        path.write_text(experiment, "utf-8")
    heard = Heard(folder)
    task(kind)(Asked(folder=folder, experiment=path, options=options, jobs=2), heard)
    return heard


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare") / "task"
    return folder, do("compare", folder, experiment=EXPERIMENT)


def test_every_kind_has_a_module():
    assert all(callable(task(kind)) for kind in KINDS)
    with pytest.raises(KeyError):
        task("nonsense")


def test_a_comparison_shows_the_first_futures_and_ends_with_all(compared):
    folder, heard = compared
    first, last = heard.looks[0], heard.looks[-1]
    assert not first["final"]
    assert 0 < first["done"] < 36  # after twenty runs, or a second of fewer
    assert 0 < first["pairs"] <= 12
    assert first["so_far"].startswith(f"So far ({first['done']} of 36):")
    assert last["final"]
    assert (last["done"], last["total"], last["pairs"], last["failed"]) == (36, 36, 12, 0)
    assert heard.told[-1][:2] == (36, 36)
    assert view(folder, "zh")["variants"][2]["name"] == "课"
    assert {one["key"] for one in last["figures"]} >= {"money", "active", "members", "stages"}


def test_looking_changes_no_number(compared, tmp_path):
    folder, _ = compared
    compare(read_experiment(folder / "experiment.toml"), out=tmp_path / "same", jobs=2)
    for name in (FILE, "summary.json"):
        assert (folder / RESULT / name).read_bytes() == (tmp_path / "same" / name).read_bytes()


def test_a_look_says_what_its_futures_say(compared):
    folder, heard = compared
    found = load_comparison(folder / RESULT)
    pairs = heard.looks[0]["pairs"]
    base, arm = (found.runs.kpis(name) for name in ("base", "packets"))
    done = heard.looks[0]["variants"][1]["cells"][0]
    assert done["kpi"] == "profit"
    if pairs == len(base):
        mean = sum(arm[n]["profit"] - base[n]["profit"] for n in base) / len(base)
        assert done["value"].replace(",", "").lstrip("+-¥")[:2] == f"{abs(mean):.0f}"[:2]


def test_the_same_folder_goes_on_without_simulating_again(compared, tmp_path):
    folder, heard = compared
    other = tmp_path / "task"
    (other / RESULT).mkdir(parents=True)
    for path in (folder / RESULT).rglob("*"):
        if path.is_file() and (path.name in (JOURNAL, "manifest.json") or path.suffix == ".npz"):
            target = other / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    lines = (folder / RESULT / JOURNAL).read_text("utf-8").splitlines(keepends=True)
    (other / RESULT / JOURNAL).write_text("".join(lines[:30]), "utf-8")
    again = do("compare", other, experiment=EXPERIMENT)
    assert again.told[0][:2] == (30, 36)  # thirty were there
    assert view(other)["variants"] == view(folder)["variants"]
    kept = (other / RESULT / JOURNAL).read_text("utf-8").splitlines()
    assert len(kept) == 36
    assert sorted(kept) == sorted(line.rstrip("\n") for line in lines)
    assert heard.looks[-1]["tiles"] == view(other)["tiles"]


def test_what_is_wrong_with_an_experiment_is_told(tmp_path):
    wrong = EXPERIMENT.replace('use = "red_packet"', 'use = "red_paket"')
    with pytest.raises(UserError) as caught:
        do("compare", tmp_path / "task", experiment=wrong)
    assert caught.value.kind == "not_found"


def test_members_worth_reading_and_one_life(compared, tmp_path):
    folder, _ = compared
    do("members", tmp_path / "members", of=str(folder), variant=1, replicate=0)
    members = view(tmp_path / "members")["members"]
    assert members
    assert all(one["text"] and one["name"] for one in members)
    chosen = members[0]["member"]
    do("life", tmp_path / "life", of=str(folder), variant=1, member=chosen, replicate=0)
    life = view(tmp_path / "life")
    assert life["name"] == members[0]["name"]
    assert life["lines"][1:] == [one["text"] for one in life["prose"]]
    days = life["series"]["days"]
    assert len(days) == len(life["series"]["trust"]) == len(life["series"]["engagement"])
    assert all(0 <= value <= 1 for value in life["series"]["trust"])
    told = [one["day"] for one in life["prose"]]
    assert told == sorted(told)
    assert {one["variant"] for one in life["same"]} == {0, 2}


def test_of_what_is_not_there_no_life_is_told(compared, tmp_path):
    folder, _ = compared
    for options, reason in (
        ({"variant": 9}, "variant"), ({"replicate": 12}, "replicate"), ({"member": 9999}, "member"),
    ):  # fmt: skip
        asked = {"of": str(folder), "variant": 1, "replicate": 0, "member": 0} | options
        with pytest.raises(UserError) as caught:
            do("life", tmp_path / reason, **asked)
        assert (caught.value.kind, caught.value.reason) == ("not_found", reason)


def test_tables_hold_every_day_of_every_future(compared, tmp_path):
    folder, _ = compared
    do("report", tmp_path, of=str(folder), format="csv", lang="en")
    with zipfile.ZipFile(tmp_path / FILES / "tables.zip") as archive:
        names = archive.namelist()
        text = archive.read("futures.csv").decode("utf-8-sig")
    assert {"about.csv", "comparison.csv", "futures.csv"} <= set(names)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 * 12 * 30
    assert {row["variant"] for row in rows} == {"base", "packets", "course"}


def test_a_workbook_in_the_language_asked_for(compared, tmp_path):
    pytest.importorskip("xlsxwriter")
    folder, _ = compared
    do("report", tmp_path, of=str(folder), format="xlsx", lang="zh")
    with zipfile.ZipFile(tmp_path / FILES / "report.xlsx") as book:
        assert "红包还是课？" in book.read("xl/sharedStrings.xml").decode()
    with pytest.raises(UserError, match="report_format"):
        do("report", tmp_path, of=str(folder), format="docx")


@pytest.mark.slow
def test_the_report_as_pages_and_as_text(compared, tmp_path):
    folder, _ = compared
    do("report", tmp_path, of=str(folder), format="html")
    zh, en = (tmp_path / FILES / name for name in ("report.html", "report_en.html"))
    assert 'lang="zh' in zh.read_text("utf-8")
    assert "report_en.html" in zh.read_text("utf-8")
    assert "report.html" in en.read_text("utf-8")
    do("report", tmp_path / "md", of=str(folder), format="md", lang="zh")
    with zipfile.ZipFile(tmp_path / "md" / FILES / "report.zip") as archive:
        assert "report.md" in archive.namelist()


@pytest.mark.slow
def test_an_explanation_adds_reasons_to_the_comparison(compared, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.web.tasks.explain.FUTURES", 4)
    folder, _ = compared
    heard = do("explain", tmp_path, of=str(folder), variant=2)
    found = view(tmp_path)
    assert (found["kind"], found["variant"]) == ("explain", 2)
    assert found["reasons"]
    assert [one["key"] for one in found["figures"]][:2] == ["waterfall", "tornado"]
    assert found["tiles"] == view(folder)["tiles"]
    assert heard.told[-1][0] == heard.told[-1][1]


@pytest.mark.slow
def test_a_plan_recommends_what_can_be_put_into_a_work(tmp_path, monkeypatch):
    pytest.importorskip("optuna")
    monkeypatch.setattr("sim.web.tasks.plan.PAIRS", 8)
    monkeypatch.setattr("sim.web.tasks.plan.SETS", 2)
    options = {"budget": 5000, "minutes": 600, "trials": 20, "candidates": ["paid_course"]}
    heard = do("plan", tmp_path, experiment=EXPERIMENT, **options)
    found = view(tmp_path)
    assert found["final"]
    assert not heard.looks[0]["final"]
    assert {stage for *_, stage in heard.told} == {"search", "judge"}
    uses = {
        entry["use"]
        for one in ([found["recommended"]] if found["recommended"] else [])
        for entry in one["policies"]
    }
    assert uses <= {"paid_course"}


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chat.json", b"\0" * 3_000_000)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("bomb.zip", bomb, "wrong_file"),
        ("chat.xlsx", b"PK\x03\x04" + b"\0" * 100, "wrong_file"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "wrong_file"),
        ("nothing.txt", b"just a note\n", None),
    ],
)
def test_a_refused_upload_leaves_nothing(tmp_path, name, content, kind):
    raw = tmp_path / "raw" / f"export{name[name.index('.') :]}"
    raw.parent.mkdir()
    content(raw) if callable(content) else raw.write_bytes(content)
    with pytest.raises(UserError) as caught:
        do("import", tmp_path, raw=f"raw/{raw.name}", name=f"我的{name}")
    assert kind is None or caught.value.kind == kind
    assert str(tmp_path) not in str(caught.value.values)
    assert f"我的{name}" in str(caught.value.values)
    assert not raw.parent.exists()
    assert not (tmp_path / EVENTS).exists()


def chat(weeks):
    """A made-up export of a dozen people who write for some weeks."""
    lines = ["timestamp,member,event"]
    for day in range(7 * weeks):
        date = f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}"
        lines += [
            f"{date}T{9 + who:02d}:00:00Z,张三{who},message"
            for who in range(12)
            if (day + who) % (1 + who // 3) == 0
        ]
    return "\n".join(lines) + "\n"


def test_too_short_a_log_is_told_so(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "export.csv").write_text(chat(3), "utf-8")
    with pytest.raises(UserError) as caught:
        do("import", tmp_path, raw="raw/export.csv", name="聊天.csv")
    assert (caught.value.kind, caught.value.reason) == ("too_short", "weeks")
    assert not (tmp_path / EVENTS).exists()


@pytest.mark.slow
def test_a_log_becomes_a_portrait_without_names(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.web.tasks.forecast.REPLICATES", 8)
    monkeypatch.setattr("sim.web.tasks.import_log.REPLICATES", 8)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "export.csv").write_text(chat(30), "utf-8")
    heard = do("import", tmp_path, raw="raw/export.csv", name="聊天.csv")
    assert not (tmp_path / "raw").exists()
    assert read_events(tmp_path / EVENTS).members == 12
    assert Scenario.read(tmp_path / SCENARIO).policies == ()
    found = view(tmp_path, "zh")
    portrait = found["portrait"]
    assert (found["kind"], portrait["name"], portrait["badge"]) == ("import", "聊天.csv", "fitted")
    assert "members.initial" not in {one["path"] for one in portrait["adjust"]}
    assert len(portrait["forecast"]["figures"]) == 3
    fan = portrait["forecast"]["figures"][0]
    assert fan["x"] == sorted(set(fan["x"]))
    assert fan["x"][-26] >= 0 > fan["x"][-27]  # today lies between what was and what comes
    assert len(fan["x"]) == len(fan["series"][0]["mid"]) == len(fan["series"][0]["lo90"])
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert "张三" not in path.read_bytes().decode("utf-8", "replace")
    stages = [stage for *_, stage in heard.told if stage]
    assert list(dict.fromkeys(stages)) == ["reading", "describing", "fitting", "forecasting"]
    ahead = do("forecast", tmp_path / "forecast", of=str(tmp_path), weeks=4)
    assert ahead.looks[-1]["weeks"] == 4
