"""``qunsim sensitivity`` and ``discover`` on the command line."""

import json

import pytest

from sim.words.typography import width

FORMULA = 'base = "function:ishigami-noisy"\nmethod = "{}"\nn = {}\n'
COMMUNITY = """
base = "small.toml"
days = 60
n = 8
outputs = ["profit", "messages"]
series = ["members"]
every = 20

[factors]
law.intercept = [-1.4, -0.5]
exit.hazard = [0.05, 0.15]
"""


@pytest.fixture
def study(tmp_path):
    def make(text, name="study.toml"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return make


def narrow(text):
    return all(width(line) <= 80 for line in text.splitlines())


def test_indices_are_printed_and_written(study, qunsim, tmp_path):
    ended = qunsim("sensitivity", study(FORMULA.format("sobol", 256)))
    assert ended.code == 0
    assert narrow(ended.out)
    assert "(inert factor)" in ended.out
    assert "luck alone: 1" in ended.out
    content = json.loads((tmp_path / "results" / "study" / "indices.json").read_text())
    assert content.pop("schema") == 1
    assert list(content) == ["y"]
    assert set(content["y"]["x1"]) == {"S1", "S1_conf", "ST", "ST_conf"}
    assert list(content["y"]) == ["x1", "x2", "x3", "x4", "inert"]
    assert qunsim("sensitivity", study(FORMULA.format("morris", 10)), "--out", "m").code == 0
    morris = json.loads((tmp_path / "m" / "indices.json").read_text())
    assert {"mu_star", "mu_star_conf", "sigma"} <= set(morris["y"]["x1"])


def test_a_community_in_both_languages_then_found_again(study, small, qunsim, tmp_path):
    path = study(COMMUNITY)
    first = qunsim("sensitivity", path, "--out", "out", "--jobs", 1)
    assert first.code == 0
    assert narrow(first.out)
    assert "members, by time" in first.out
    assert "day 60" in first.out
    before = (tmp_path / "out" / "journal.jsonl").read_bytes()
    again = qunsim("sensitivity", path, "--out", "out", "--lang", "zh", "--quiet")
    assert again.code == 0
    assert "解读" in again.out
    assert narrow(again.out)
    assert (tmp_path / "out" / "journal.jsonl").read_bytes() == before
    printed = json.loads(qunsim("sensitivity", path, "--out", "out", "--json").out)
    written = json.loads((tmp_path / "out" / "indices.json").read_text())
    written.pop("schema")
    assert printed["indices"] == written
    assert set(written) == {"profit", "messages", "members@20", "members@40", "members@60"}


def test_a_dry_run_simulates_nothing(study, small, qunsim, tmp_path):
    path = study(COMMUNITY)
    told = qunsim("sensitivity", path, "--dry-run")
    assert told.code == 0
    assert "exit.hazard" in told.out
    assert "0.05 - 0.15" in told.out
    assert "80 runs (0 found)" in told.out
    assert not (tmp_path / "results").exists()
    about = json.loads(qunsim("sensitivity", path, "--dry-run", "--json").out)
    assert about["runs"] == 8 * 5 * 2
    assert qunsim("sensitivity", path, "--quiet").code == 0
    journal = (tmp_path / "results" / "study" / "journal.jsonl").read_text().splitlines()
    runs = sum(len(json.loads(line)["answers"]) for line in journal)
    assert runs == 80
    assert "80 found" in qunsim("sensitivity", path, "--dry-run").out


def test_results_list_show_ask_and_reproduce_a_study(study, small, qunsim, tmp_path):
    assert qunsim("sensitivity", study(COMMUNITY), "--quiet").code == 0
    folder = tmp_path / "results" / "study"
    listed = json.loads(qunsim("results", "ls", "results", "--json").out)["results"]
    assert [(one["kind"], one["finished"], one["failed"]) for one in listed] == [
        ("sensitivity", 80, 0)
    ]
    assert "80" in qunsim("results", "show", folder).out
    counted = qunsim("results", "sql", folder, "select count(*) from runs", "--csv").out
    assert counted.splitlines()[-1] == "80"
    again = qunsim("results", "reproduce", folder, "--quiet")
    assert (again.code, again.out.split()[0]) == (0, "IDENTICAL")


def test_a_study_that_came_out_otherwise_is_told(study, small, qunsim, tmp_path):
    assert qunsim("sensitivity", study(COMMUNITY), "--quiet").code == 0
    folder = tmp_path / "results" / "study"
    lines = [json.loads(one) for one in (folder / "journal.jsonl").read_text().splitlines()]
    place = json.loads((folder / "manifest.json").read_text())["measured"].index("messages")
    for line in lines:
        for found in line["answers"].values():
            found[place] *= 1.2
    (folder / "journal.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    again = qunsim("results", "reproduce", folder, "--quiet", "--json")
    assert again.code == 1
    told = json.loads(again.out)
    assert told["outcome"] == "different"
    assert [one["kpi"] for one in told["kpis"]] == ["messages"]
    assert told["changed"] == 80


@pytest.mark.slow
def test_given_data_and_boxes_of_a_finished_study(study, qunsim, tmp_path):
    pytest.importorskip("sklearn")
    text = 'base = "function:box"\nmethod = "lhs"\nn = 512\nreplicates = 1\n'
    assert qunsim("sensitivity", study(text), "--out", "box", "--quiet").code == 0
    given = json.loads(qunsim("sensitivity", "box", "--method", "rbd_fast", "--json").out)
    # Var(P(y | x1)) / Var(y) of the planted box, by hand
    inside, part = 0.4 * 0.35, 0.4
    first = (part * (0.35 - inside) ** 2 + (1 - part) * inside**2) / (inside * (1 - inside))
    assert given["indices"]["y"]["x1"]["S1"] == pytest.approx(first, abs=0.05)
    found = qunsim("discover", "box", "--where", "y < 0", "--quiet")
    assert found.code == 0
    assert narrow(found.out.replace(str(tmp_path), ""))
    table = json.loads((tmp_path / "box" / "discover.json").read_text())
    box = table["boxes"][0]
    assert box["coverage"] > 0.9
    assert box["density"] > 0.9
    assert {one["factor"] for one in box["restrictions"]} == {"x1", "x2"}
    assert (tmp_path / "box" / "discover.html").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["sensitivity", "study.toml", "--shard", "5/3"], "--shard 5/3"),
        (["sensitivity", "study.toml", "--method", "sobel"], "Did you mean sobol"),
        (["sensitivity", "study.toml", "--n", "100"], "128"),
        (["sensitivity", "missing.toml"], "missing.toml"),
        (["sensitivity", "study.toml", "--replicates", "0"], "replicates"),
        (["sensitivity", "empty"], "empty"),
        (["discover", "empty", "--where", "profit < 0"], "empty"),
    ],
)
def test_mistakes_are_one_message_and_exit_code_2(study, qunsim, tmp_path, line, said):
    study(FORMULA.format("sobol", 64))
    (tmp_path / "empty").mkdir()
    for lang in ("en", "zh"):
        ended = qunsim(*line, "--lang", lang)
        assert ended.code == 2
        assert "Traceback" not in ended.err
        assert ended.out == ""
        assert lang == "zh" or said in ended.err
    assert not (tmp_path / "results").exists()


def test_a_folder_takes_no_options_of_a_design(study, qunsim):
    assert qunsim("sensitivity", study(FORMULA.format("sobol", 64)), "--out", "x").code == 0
    ended = qunsim("sensitivity", "x", "--n", 128)
    assert ended.code == 2
    assert "--n" in ended.err
    ended = qunsim("discover", "x", "--where", "y << 0")
    assert ended.code == 2
