"""``qunsim compare`` and ``report``: what they write, print, refuse."""

import csv
import json
import zipfile

import pytest

from sim.metrics import RUN_KPIS
from sim.report.page import Page
from sim.words import Words


@pytest.fixture
def trial(small, tmp_path):
    path = tmp_path / "trial.toml"
    path.write_text(
        """
question = "What helps?"
question_zh = "什么有用？"
base = "small.toml"
goal = "active_30d"
budget = 100
replicates = 12

[[variants]]
name = "packets"
zh = "红包"
[[variants.policies]]
use = "red_packet"
amount = 10
every = 7
""",
        "utf-8",
    )
    return path


@pytest.fixture
def bare_page(monkeypatch):
    """Reports without figures: drawing them takes seconds."""
    from sim.report import comparison

    monkeypatch.setattr(comparison, "comparison_page", lambda story, **_: Page(title=story.name))


def call(qunsim, *arguments):
    """Exit code, standard output, standard error."""
    told = qunsim(*arguments)
    return told.code, told.out, told.err


def test_the_folder_holds_the_contract(qunsim, trial, tmp_path):
    code, out, _ = call(qunsim, "compare", "trial.toml", "--quiet")
    assert code == 0
    folder = tmp_path / "results" / "trial"
    found = json.loads((folder / "compare.json").read_text("utf-8"))
    assert found["schema"] == 1
    assert found["baseline"] == "base"
    profit = found["variants"]["packets"]["profit"]
    assert {"delta", "lo", "hi", "p_better", "n", "variance_reduction"} <= set(profit)
    assert profit["n"] == 12
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert set(summary) == {"schema", "base", "packets"}
    assert set(RUN_KPIS) <= set(summary["packets"])
    assert (folder / "report.html").stat().st_size > 100_000
    assert "What helps?" in out
    assert max(map(len, out.splitlines())) <= 80
    assert str(folder.relative_to(tmp_path)) in out


def test_it_speaks_chinese_and_json(qunsim, trial, bare_page):
    _, out, _ = call(qunsim, "compare", "trial.toml", "--quiet", "--lang", "zh")
    assert "什么有用？" in out
    assert "红包" in out
    code, out, _ = call(qunsim, "compare", "trial.toml", "--quiet", "--json")
    assert code == 0
    assert json.loads(out)["variants"]["packets"]["cost"]["delta"] > 0


def test_files_are_compared_with_the_first(qunsim, trial, tmp_path, bare_page):
    (tmp_path / "more.toml").write_text('base = "small.toml"\n[[policies]]\nuse = "ritual"\n')
    options = ("--replicates", "5", "--quiet", "--json", "--out", "both")
    code, out, _ = call(qunsim, "compare", "small.toml", "more.toml", *options)
    assert code == 0
    assert list(json.loads(out)["variants"]) == ["more"]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["small.toml"], "wrong_form"),
        (["none.toml"], "not_found"),
        (["trial.toml", "--replicates", "0"], "out_of_range"),
        (["trial.toml", "--scheduler", "cloud"], "wrong_form"),
        (["trial.toml", "--set", "member.nothing=1"], "unknown_key"),
        (["trial.toml", "--policy", "red_paket"], "not_found"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(qunsim, trial, tmp_path, arguments, kind):
    code, out, err = call(qunsim, "compare", *arguments)
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "results").exists()
    assert err.startswith(Words("en").say(f"kind.{kind}"))


def test_a_report_in_every_form(qunsim, trial, tmp_path, monkeypatch):
    with monkeypatch.context() as bare:
        bare.setattr("sim.report.comparison.comparison_page", lambda *_, **__: Page(title=""))
        assert qunsim("compare", "trial.toml", "--quiet").code == 0
    pytest.importorskip("xlsxwriter")
    for form in ("html", "md", "xlsx", "csv"):
        code, out, _ = call(qunsim, "report", "results/trial", "--format", form, "--lang", "zh")
        assert code == 0
        assert "results/trial" in out
    folder = tmp_path / "results" / "trial"
    assert "什么有用" in (folder / "report.md").read_text("utf-8")
    assert zipfile.ZipFile(folder / "report.xlsx").testzip() is None
    first = next((folder / "tables").glob("comparison*.csv")).read_bytes()
    assert first.startswith(b"\xef\xbb\xbf")  # so that spreadsheets read Chinese
    assert len(list(csv.reader(first.decode("utf-8-sig").splitlines()))) > 4
    code, _, err = call(qunsim, "report", "results/trial", "--format", "pdf")
    assert code == 2
    assert "xlsx" in err


def test_a_community_is_kept_and_goes_on(qunsim, trial, tmp_path, bare_page):
    options = ("--replicates", "2", "--quiet", "--out", "a")
    code, _, err = call(qunsim, "run", "small.toml", *options, "--save", "today.qunsim")
    assert code == 0
    assert "today.qunsim" in err
    later = trial.read_text("utf-8").replace('"small.toml"', '"today.qunsim"')
    later = later.replace("replicates = 12", "replicates = 4\ndays = 14")
    (tmp_path / "later.toml").write_text(later, "utf-8")
    code, out, _ = call(qunsim, "compare", "later.toml", "--quiet", "--json")
    assert code == 0
    assert json.loads(out)["pairs"] == 4
