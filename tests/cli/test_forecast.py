"""``qunsim forecast`` as it is typed, on a small log made up for it."""

import json

import numpy as np
import pytest

from sim.words.typography import width


@pytest.fixture
def log(tmp_path):
    """Twenty weeks of eight people, each writing in half of the weeks."""
    rng = np.random.default_rng(5)
    day = np.datetime64("2026-01-01")
    rows = sorted(
        f"{day + 7 * week + int(rng.integers(7))}T12:00:00Z,m{who}"
        for week in range(20)
        for who in range(8)
        if rng.random() < 0.5
    )
    path = tmp_path / "ours.csv"
    path.write_text("\n".join(["timestamp,member", *rows]) + "\n")
    return path


def ask(qunsim, *more):
    line = ("forecast", "ours.csv", "--weeks", 4, "--replicates", 20, "--quiet", *more)
    return qunsim(*line)


def test_a_folder_holds_everything(qunsim, log, tmp_path):
    answer = ask(qunsim, "--until", "2026-04-09", "--out", "out")
    assert answer.code == 0
    assert all(width(line) <= 80 for line in answer.out.splitlines()[:-4])
    assert "Report  out/report.html" in answer.out
    folder = tmp_path / "out"
    names = {path.name for path in folder.iterdir()}
    assert {"forecast.csv", "actual.csv", "forecast.json", "report.html", "manifest.json"} <= names
    assert {f"forecast_{one}.{kind}" for one in ("speakers", "messages", "newcomers")
            for kind in ("png", "svg")} <= names  # fmt: skip
    table = (folder / "forecast.csv").read_bytes()

    # the file cut at the date gives the same forecast, and nothing that came
    rows = [row for row in log.read_text().splitlines() if row < "2026-04-09" or row[0] == "t"]
    log.write_text("\n".join(rows) + "\n")
    assert ask(qunsim, "--until", "2026-04-09", "--out", "cut").code == 0
    assert (tmp_path / "cut" / "forecast.csv").read_bytes() == table
    assert (tmp_path / "cut" / "forecast.json").read_bytes() == (
        folder / "forecast.json"
    ).read_bytes()
    assert not (tmp_path / "cut" / "actual.csv").exists()


def test_the_same_question_again_changes_the_language_only(qunsim, log, tmp_path):
    assert ask(qunsim, "--out", "out").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    again = ask(qunsim, "--out", "out", "--lang", "zh")
    assert "结论" in again.out
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {
        "report.html", *(name for name in before if name.endswith((".png", ".svg")))
    }  # fmt: skip
    for form in ("html", "csv", "md"):
        assert qunsim("report", "out", "--format", form).code == 0
    assert "Where is this group going?" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_a_backtest_that_is_not_there_is_told(qunsim, log):
    answer = ask(qunsim, "--checked", "nowhere")
    assert answer.code == 2
    assert answer.err.startswith("Not found: no backtest of ours.csv by this version in nowhere.")
    assert "qunsim backtest ours.csv --out nowhere" in answer.err


def test_a_backtest_of_this_file_changes_the_badge(qunsim, log, tmp_path):
    from sim.study.checked import write_manifest

    out = tmp_path / "results" / "backtest"
    out.mkdir(parents=True)
    scores = ["log,family,origin,target,method,wis,coverage50,coverage90"]
    scores += [f"ours,ours,0.5,{one},qunsim,1,0.5,0.9" for one in
               ("speakers", "messages", "newcomers")]  # fmt: skip
    (out / "scores.csv").write_text("\n".join(scores) + "\n")
    assert "not backtested" in ask(qunsim, "--out", "out").out
    write_manifest(out, [log], weeks=26)
    assert "fitted and backtested" in ask(qunsim, "--out", "out").out
    assert json.loads((tmp_path / "out" / "forecast.json").read_text())["backtested"] is True
