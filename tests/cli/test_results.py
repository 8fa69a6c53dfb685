"""``qunsim results``: what it lists, shows, joins, answers, makes again."""

import csv
import json
import re
import shutil

import pytest

from sim.metrics import NEVER, REGISTRY
from sim.study import load
from sim.study.journal import read_journal
from sim.words.typography import width

CHINESE = re.compile("[\u4e00-\u9fff]")
EXPERIMENT = """
question = "Packets?"
base = "small.toml"
goal = "active_30d"

[[variants]]
name = "packets"
set = { "members.initial" = 40 }
policies = [{ use = "red_packet", amount = 20 }]
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory, community_text):
    from sim.study.comparison import compare
    from sim.study.reading import read_experiment
    from sim.study.results import run

    parent = tmp_path_factory.mktemp("kept")
    (parent / "small.toml").write_text(community_text)
    (parent / "experiment.toml").write_text(EXPERIMENT)
    run(parent / "small.toml", replicates=4, seed=2, out=parent / "a", command="qunsim run x")
    experiment = read_experiment(parent / "experiment.toml")
    compare(experiment, replicates=12, out=parent / "b", command="qunsim compare y")
    (parent / "notes").mkdir()
    return parent


def rows(qunsim, folder, query):
    answer = qunsim("results", "sql", folder, query, "--csv")
    assert answer.code == 0, answer.err
    return list(csv.reader(answer.out.splitlines()))


def test_ls(qunsim, folders):
    known = json.loads(qunsim("results", "ls", folders, "--json").out)["results"]
    assert [(one["kind"], one["variants"], one["runs"], one["failed"]) for one in known] == [
        ("run", 1, 4, 0), ("compare", 2, 24, 0),
    ]  # fmt: skip
    assert [(one["days"], one["seed"]) for one in known] == [(30, 2), (30, 0)]
    size = sum(path.stat().st_size for path in (folders / "a").rglob("*") if path.is_file())
    assert known[0]["bytes"] == size
    for lang in ("en", "zh"):
        lines = qunsim("results", "ls", folders, "--lang", lang).out.splitlines()
        assert [line.split()[0] for line in lines[1:]] == ["a", "b"]
        assert lines[1].split()[3:5] == ["4", "0"]
        assert max(map(width, lines)) <= 80
        assert bool(CHINESE.search(lines[0])) == (lang == "zh")


def test_where_there_is_nothing(qunsim, folders, tmp_path):
    assert "No results" in qunsim("results", "ls", folders / "notes").err
    assert qunsim("results", "ls", tmp_path / "none").code == 2
    for verb in ("show", "reproduce"):
        assert qunsim("results", verb, folders / "notes").err.startswith("Not found")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_show(qunsim, folders, lang):
    shown = qunsim("results", "show", folders / "b", "--lang", lang)
    assert shown.code == 0
    assert "packets: members.initial = 40" in shown.out
    assert "+ red_packet:amount=20" in shown.out
    assert "Packets?" in shown.out
    lines = [line for line in shown.out.splitlines() if str(folders) not in line]
    assert max(map(width, lines)) <= 80
    known = json.loads(qunsim("results", "show", folders / "b", "--json").out)
    assert known["variants"]["packets"]["finished"] == 12
    assert known["manifest"]["command"] == "qunsim compare y"


def test_sql_answers_what_the_records_say(qunsim, folders):
    result = load(folders / "a")
    table = rows(qunsim, folders / "a", "select * from runs order by replicate")
    assert table[0] == ["variant", "replicate", "status", "error", "policy", "day", *REGISTRY]
    for number, row in enumerate(table[1:]):
        named = dict(zip(table[0], row, strict=True))
        assert (named["variant"], named["status"]) == ("base", "finished")
        for key, value in result.kpis[number].items():
            if isinstance(value, float | int):
                assert float(named[key]) == value
            elif value == NEVER:
                assert named[key] == "inf"
            else:
                assert named[key] == (value or "")
    daily = rows(qunsim, folders / "a", "select sum(messages), count(*) from daily")
    assert daily[1] == [str(int(result.daily["messages"].sum())), "120"]


def test_sql_is_printed_in_80_columns(qunsim, folders):
    for query in (
        "select * from daily limit 3",
        "select * from runs limit 2",
        "select 1 where 1=2",
    ):
        lines = qunsim("results", "sql", folders / "b", query).out.splitlines()
        assert max(map(width, lines)) <= 80
    long = qunsim("results", "sql", folders / "b", "select day, members from daily")
    assert len(long.out.splitlines()) == 101
    assert "620 more rows" in long.err
    known = json.loads(
        qunsim(
            "results", "sql", folders / "b", "select 'inf'::double as x, null as y", "--json"
        ).out
    )
    assert known == [{"x": "never", "y": None}]


@pytest.mark.parametrize(
    "query",
    [
        "copy (select 1) to '{folder}/stolen.csv'",
        "create table x as select 1",
        "select 1; select 2",
        "select * from read_csv('{folder}/manifest.json')",
        "select * from read_text('/etc/hostname')",
        "set enable_external_access = true",
        "attach '{folder}/x.db'",
        "insert into runs select * from runs",
        "select * from columns",
        "selct 1",
        "",
    ],
)
def test_sql_reads_the_tables_and_nothing_else(qunsim, folders, query):
    before = sorted(path.name for path in (folders / "a").iterdir())
    answer = qunsim("results", "sql", folders / "a", query.format(folder=folders / "a"))
    assert answer.code == 2
    assert answer.err.startswith("Wrong form")
    assert sorted(path.name for path in (folders / "a").iterdir()) == before


def test_merge_joins_runs_of_one_study(qunsim, folders, small, tmp_path):
    whole = folders / "a"
    parts = [tmp_path / "first", tmp_path / "second"]
    lines = (whole / "journal.jsonl").read_bytes().splitlines(keepends=True)
    for part, chosen in zip(parts, (lines[:3], lines[2:]), strict=True):
        shutil.copytree(whole, part)
        (part / "journal.jsonl").write_bytes(b"".join(chosen))
    shutil.rmtree(parts[0] / "runs")
    answer = qunsim("results", "merge", *parts, "--out", tmp_path / "all")
    assert answer.code == 0, answer.err
    for name in ("manifest.json", "daily.parquet", "summary.json"):
        assert (tmp_path / "all" / name).read_bytes() == (whole / name).read_bytes()
    joined = (tmp_path / "all" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    assert sorted(joined) == sorted(lines)
    assert len(load(tmp_path / "all").records) == 4


def test_merge_of_comparisons_compares_again(qunsim, folders, tmp_path):
    answer = qunsim("results", "merge", folders / "b", folders / "b", "--out", tmp_path / "all")
    assert answer.code == 0, answer.err
    for name in ("compare.json", "daily.parquet", "summary.json", "manifest.json"):
        assert (tmp_path / "all" / name).read_bytes() == (folders / "b" / name).read_bytes()


def test_merge_refuses_what_does_not_belong_together(qunsim, folders, tmp_path):
    other = qunsim("results", "merge", folders / "a", folders / "b", "--out", tmp_path / "all")
    assert other.code == 2
    assert other.err.startswith("Do not fit")
    forged = tmp_path / "forged"
    shutil.copytree(folders / "a", forged)
    lines = [json.loads(one) for one in (forged / "journal.jsonl").read_text().splitlines()]
    lines[0]["data"], lines[1]["data"] = lines[1]["data"], lines[0]["data"]
    (forged / "journal.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    conflict = qunsim("results", "merge", folders / "a", forged, "--out", tmp_path / "all")
    assert conflict.code == 2
    assert "is not the same in" in conflict.err
    assert not (tmp_path / "all").exists()


@pytest.mark.parametrize(("name", "runs"), [("a", 4), ("b", 24)])
def test_reproduce_what_was_kept(qunsim, folders, name, runs):
    answer = qunsim("results", "reproduce", folders / name, "--quiet")
    assert answer.code == 0, answer.err
    assert answer.out.startswith(f"IDENTICAL (exit 0). {runs} runs")
    few = json.loads(
        qunsim("results", "reproduce", folders / name, "--replicates", 1, "--json").out
    )
    assert (few["outcome"], few["runs"], few["before"]) == (
        "identical",
        runs // (4 if name == "a" else 12),
        {},
    )


def forge(folder, target, change):
    """A copy in which every run was altered."""
    from sim.study.trace import pack

    shutil.copytree(folder, target)
    finished, _, _ = read_journal(folder)
    with (target / "journal.jsonl").open("w") as stream:
        for (variant, number), one in finished.items():
            kpis = change(dict(one.kpis))
            about = {"variant": variant, "replicate": number, "data": pack(one.trace, kpis)}
            stream.write(json.dumps(about) + "\n")


@pytest.mark.parametrize(
    ("factor", "outcome", "code"), [(1.001, "equivalent", 0), (1.5, "different", 1)]
)
def test_reproduce_what_came_out_otherwise(qunsim, folders, tmp_path, factor, outcome, code):
    def change(kpis):
        return kpis | {"messages": kpis["messages"] * factor}

    forge(folders / "a", tmp_path / "forged", change)
    answer = qunsim("results", "reproduce", tmp_path / "forged", "--json")
    assert answer.code == code
    found = json.loads(answer.out)
    assert (found["outcome"], found["changed"]) == (outcome, 4)
    assert [one["kpi"] for one in found["kpis"]] == (["messages"] if code else [])
    for lang in ("en", "zh"):
        told = qunsim("results", "reproduce", tmp_path / "forged", "--lang", lang)
        assert max(map(width, told.out.splitlines())) <= 80


def test_reproduce_says_what_it_was_made_with(qunsim, folders, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(folders / "a", old)
    about = json.loads((old / "manifest.json").read_text())
    about |= {"code": "0" * 64, "versions": about["versions"] | {"numpy": "1.0"}}
    (old / "manifest.json").write_text(json.dumps(about))
    found = json.loads(qunsim("results", "reproduce", old, "--json").out)
    assert found["outcome"] == "identical"
    assert found["before"] == {"code": "0" * 12, "numpy": "1.0"}
    assert "numpy" in qunsim("results", "reproduce", old).out


def test_views_do_not_depend_on_the_working_folder(folders, tmp_path, monkeypatch):
    from sim.study.querying import query

    monkeypatch.chdir(folders)
    assert query(folders / "a", "select count(*) from daily").rows == ((120,),)
