"""A policy from elsewhere that breaks while a run goes on: the other runs, its finished days."""

import json
import sys
from functools import partial

import pytest

from sim import cli
from sim.ledger import CLASS_OF_ACCOUNTS
from sim.policies import operating
from sim.policies.guarding import guarded
from sim.report.page import Page
from sim.study import load, parquet, run
from sim.study.trace import unpack

DAY, REPLICATE = 20, 1
BREAKS = {
    "raises": ("raise ZeroDivisionError('of no interest')", "ZeroDivisionError: of no interest"),
    "returns": ("return 7", "returned int instead of nothing"),
    "hangs": ("while True: time.sleep(0.001)", "took longer than 0.3 s"),
    "writes yesterday": (
        "levers.set('topic', community.day - 1, 1)", "ValueError: day 19 of 20 to 29"
    ),
    "writes no number": ("levers.set('topic', 20, float('nan'))", "ValueError: topic = nan"),
}  # fmt: skip
POLICIES = [{"use": "value_content"}, {"use": "fragile"}]


@pytest.fixture(scope="module")
def healthy(scenario):
    """The same runs under a policy that spends as much and never breaks."""
    return run(scenario, replicates=3, seed=2, policies=[{"use": "value_content"}]).records


@pytest.fixture
def fragile(healthy, install, tmp_path, monkeypatch):
    """Install the policy; ``fragile(breaks, replicates)`` says how, and in which runs."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(operating, "guarded", partial(guarded, limit=0.3))

    def make(breaks, replicates=(REPLICATE,), day=DAY):
        sys.modules.pop("fragile_policy", None)
        past = [healthy[n].total("messages")[:day].tolist() for n in replicates]
        install(folder, day=day, past=past, breaks=breaks)

    yield make
    sys.modules.pop("fragile_policy", None)


def simulated(scenario, folder, **options):
    options = {"replicates": 3, "seed": 2, "policies": POLICIES, "out": folder} | options
    return run(scenario, **options)


@pytest.mark.parametrize("how", BREAKS)
def test_the_finished_days_are_kept(scenario, healthy, fragile, tmp_path, how):
    statement, told = BREAKS[how]
    fragile(statement)
    result = simulated(scenario, tmp_path / "out")
    (failure,) = result.failures
    assert (failure.replicate, failure.policy, failure.day) == (REPLICATE, "fragile", DAY)
    assert failure.error == told
    assert sorted(result.kpis) == [0, 2]
    assert result.summary["base"]["members"]["n"] == 2
    for table in (result.daily, load(tmp_path / "out").daily):
        assert table.groupby("replicate").size().tolist() == [30, DAY, 30]
        kept = table[table["replicate"] == REPLICATE]
        assert kept["messages"].tolist() == healthy[REPLICATE].total("messages")[:DAY].tolist()


def test_the_books_of_a_failed_run_end_with_its_last_day(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError")
    trace = simulated(scenario, tmp_path / "out").failures[0].trace
    assert trace.days == DAY
    assert trace.policies == ("scenario", "value_content", "fragile")
    assert trace.account("tools", policy="fragile") == DAY * 100
    # what the policy before it had done on the morning that never became a day is not booked
    minutes = trace.account("staff_minutes", policy="value_content")
    assert minutes == DAY * scenario.minutes.content
    costs = [name for name in CLASS_OF_ACCOUNTS if name != "revenue"]
    booked = sum(trace.booked[:, CLASS_OF_ACCOUNTS[name]].sum() for name in costs)
    assert booked == trace.total("cost").sum()


def test_journal_and_manifest_name_it(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError('of no interest')")
    folder = simulated(scenario, tmp_path / "out").folder
    entry = {
        "variant": "base", "replicate": REPLICATE, "status": "failed", "policy": "fragile",
        "day": DAY, "error": "ZeroDivisionError: of no interest",
    }  # fmt: skip
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["failed"] == [entry]
    journal = [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
    (line,) = [line for line in journal if "error" in line]
    assert unpack(line.pop("data"))[0].days == DAY
    assert line == entry
    (read,) = load(folder).failures
    assert (read.policy, read.day, read.trace.days) == ("fragile", DAY, DAY)
    assert not load(folder).interrupted


def test_groups_keep_their_finished_days_too(in_groups, fragile, install, tmp_path):
    fragile("raise ZeroDivisionError", replicates=())
    never = simulated(in_groups, None, replicates=1).records[0]
    site = tmp_path / "site"
    past = [never.total("messages")[:DAY].tolist()]
    install(site, day=DAY, past=past, breaks="raise ZeroDivisionError")
    sys.modules.pop("fragile_policy")
    folder = simulated(in_groups, tmp_path / "out", replicates=2).folder
    table = parquet.read_parquet(folder / "groups.parquet")
    assert table.groupby("replicate").size().tolist() == [3 * DAY, 3 * 30]


def test_a_mended_policy_finishes_what_had_failed(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError")
    simulated(scenario, tmp_path / "out")
    fragile("raise ZeroDivisionError", replicates=())
    mended = simulated(scenario, tmp_path / "out")
    assert sorted(mended.kpis) == [0, 1, 2]
    read = load(tmp_path / "out")
    assert not read.failures
    assert len(read.daily) == 90


def test_where_all_fail_their_days_are_all_there_is(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError", replicates=(0, 1))
    result = simulated(scenario, tmp_path / "out", replicates=2)
    assert not result.kpis
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"manifest.json", "journal.jsonl", "runs", "daily.parquet"}
    assert len(load(tmp_path / "out").daily) == 2 * DAY
    assert len(simulated(scenario, None, replicates=2).daily) == 2 * DAY


def test_failing_on_day_0_leaves_nothing(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError", replicates=(0, 1), day=0)
    result = simulated(scenario, tmp_path / "out", replicates=2)
    assert [one.day for one in result.failures] == [0, 0]
    assert all(one.trace is None for one in result.failures)
    assert result.daily.empty
    assert not (tmp_path / "out").exists()


def test_a_result_in_memory_is_saved_with_its_failures(scenario, fragile, tmp_path):
    fragile("raise ZeroDivisionError")
    simulated(scenario, None).save(tmp_path / "saved")
    simulated(scenario, tmp_path / "out")
    for name in ("daily.parquet", "summary.json"):
        assert (tmp_path / "saved" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


@pytest.fixture
def community(tmp_path, community_text):
    """A file with the small community under both policies."""
    path = tmp_path / "small.toml"
    used = "".join(f'[[policies]]\nuse = "{one["use"]}"\n' for one in POLICIES)
    path.write_text(community_text + used)
    return path


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "future 1 ended on day 20: fragile failed (ZeroDivisionError: of no interest)."),
        ("zh", "第 1 号模拟未来停在第 20 天：fragile出错（ZeroDivisionError: of no interest）。"),
    ],
)
def test_the_command_says_so(community, fragile, tmp_path, monkeypatch, capsys, lang, told):
    for figures in ("_members", "_money", "_people"):  # they take seconds
        monkeypatch.setattr(f"sim.report.run.{figures}", lambda *_: None)
    fragile("raise ZeroDivisionError('of no interest')")
    line = ["run", str(community), "--replicates", "3", "--seed", "2"]
    line += ["--out", str(tmp_path / "out"), "--lang", lang, "--quiet"]
    monkeypatch.setattr("sys.argv", ["qunsim", *line])
    monkeypatch.setattr("sim.commands.shell._leave", sys.exit)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 4
    printed = capsys.readouterr()
    spaceless = "".join(printed.out.split())
    assert "".join(told.split()) in spaceless
    assert "Traceback" not in printed.err
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "ZeroDivisionError: of no interest" in page.replace("\N{THIN SPACE}", " ")


def test_three_of_forty(community, fragile, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sim.commands.shell._leave", sys.exit)
    monkeypatch.setattr("sim.report.run.run_page", lambda story, **_: Page(title=story.name))

    def qunsim(*line):
        monkeypatch.setattr("sys.argv", ["qunsim", *map(str, line)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, capsys.readouterr()

    folder = tmp_path / "out"
    line = ["run", community, "--replicates", 40, "--seed", 2, "--out", folder]
    line += ["--quiet"]
    fragile("raise ZeroDivisionError('of no interest')", replicates=(0, 1, 2))
    code, printed = qunsim(*line)
    assert code == 4
    assert "Traceback" not in printed.err
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [one["replicate"] for one in manifest["failed"]] == [0, 1, 2]
    sizes = load(folder).daily.groupby("replicate").size().tolist()
    assert sizes == [DAY] * 3 + [30] * 37
    journal = (folder / "journal.jsonl").read_bytes()

    code, printed = qunsim("results", "show", folder, "--failed")
    rows = [one.split() for one in printed.out.splitlines()[1:]]
    assert [row[:4] for row in rows] == [["base", f"{n}", "fragile", f"{DAY}"] for n in range(3)]
    assert all(" ".join(row[4:]) == "ZeroDivisionError: of no interest" for row in rows)
    code, printed = qunsim(
        "results", "sql", folder, "select status, count(*) n, max(day) d from runs group by 1",
        "--csv",
    )  # fmt: skip
    assert sorted(printed.out.splitlines()) == ["failed,3,20", "finished,37,", "status,n,d"]

    fragile("raise ZeroDivisionError", replicates=())
    assert qunsim(*line)[0] == 4  # shown again, not tried again
    assert (folder / "journal.jsonl").read_bytes() == journal
    assert qunsim(*line, "--retry-failed")[0] == 0
    added = (folder / "journal.jsonl").read_bytes().removeprefix(journal).splitlines()
    assert sorted(json.loads(one)["replicate"] for one in added) == [0, 1, 2]
    assert not load(folder).failures
    assert len(load(folder).daily) == 1200
    assert "No run failed" in qunsim("results", "show", folder, "--failed")[1].out
