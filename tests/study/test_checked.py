"""A forecast is called backtested only if its very file was looked back at by this very code."""

import json

import pytest

from sim.study.checked import checked_in, write_manifest

HEADER = "log,family,origin,target,method,wis,coverage50,coverage90"


@pytest.fixture
def folder(tmp_path):
    """A backtest of two logs: one from two origins, where 80 % and 60 % of the weeks were held."""
    for name in ("ours", "theirs"):
        (tmp_path / f"{name}.csv").write_text(f"events of {name}\n")
    out = tmp_path / "out"
    out.mkdir()
    rows = [
        f"{log},{log},{origin},{target},{method},1,{half},{most}"
        for log, origin, half, most in (
            ("ours", 0.5, 0.5, 0.8), ("ours", 0.75, 0.3, 0.6), ("theirs", 0.5, 1, 1)
        )
        for target in ("speakers", "messages", "newcomers")
        for method in ("qunsim", "naive")
    ]  # fmt: skip
    (out / "scores.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    write_manifest(out, [tmp_path / "ours.csv", tmp_path / "theirs.csv"], weeks=26)
    return out


def test_the_same_content_was_looked_at(folder, tmp_path):
    found = checked_in(folder, tmp_path / "ours.csv")
    assert (found.origins, found.weeks) == (2, 26)
    assert found.inside90 == pytest.approx(
        dict.fromkeys(("speakers", "messages", "newcomers"), 0.7)
    )
    assert found.inside50["messages"] == pytest.approx(0.4)
    renamed = tmp_path / "elsewhere.csv"
    renamed.write_bytes((tmp_path / "ours.csv").read_bytes())
    assert checked_in(folder, renamed) == found


def test_another_content_was_not(folder, tmp_path):
    with (tmp_path / "ours.csv").open("a") as stream:
        stream.write("one event more\n")
    assert checked_in(folder, tmp_path / "ours.csv") is None
    assert checked_in(tmp_path / "nothing", tmp_path / "ours.csv") is None


@pytest.mark.parametrize("change", [{"code": "other"}, {"kind": "run"}, {"logs": None}])
def test_another_code_or_another_result_was_not(folder, tmp_path, change):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | change))
    assert checked_in(folder, tmp_path / "ours.csv") is None


def test_two_logs_of_one_name_cannot_be_told_apart(folder, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "ours.csv").write_text("other events\n")
    write_manifest(folder, [tmp_path / "ours.csv", tmp_path / "more" / "ours.csv"], weeks=26)
    assert checked_in(folder, tmp_path / "ours.csv") is None
