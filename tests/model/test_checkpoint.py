"""Checkpoints: one file, exact, whole or refused."""

import dataclasses
import io
import json
import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import checkpoint
from sim.errors import UserError
from sim.policies.planning import plan_levers
from sim.scenario import Scenario, preset_names
from sim.simulation import Run

PACKETS = "red_packet:amount=80,every=3"
CROWD = {"platform": "qq", "groups.capacity": 2000, "reach.content": 90.0, "policies": []}
ROOT = Path(__file__).resolve().parents[2]


def refused(path):
    with pytest.raises(UserError) as caught:
        checkpoint.load(path)
    assert caught.value.values["file"] == str(path)
    return caught.value.kind, caught.value.reason


def rewrite(source, target, *, header=None, arrays=None):
    """Copy a checkpoint with other contents; ``None`` leaves an array out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "header.json" and header:
                data = json.dumps(header(json.loads(data))).encode()
            key = name.removesuffix(".npy")
            if arrays and key in arrays:
                data = arrays[key]
            if isinstance(data, np.ndarray):
                stream = io.BytesIO()
                np.save(stream, data, allow_pickle=True)
                data = stream.getvalue()
            if data is not None:
                new.writestr(name, data)


@pytest.fixture
def saved(begin, tmp_path):
    run = begin(PACKETS)
    run.advance(9)
    checkpoint.save(run, tmp_path / "run")
    return tmp_path / "run"


@pytest.mark.parametrize("policies", [(), (PACKETS, "value_content")])
@pytest.mark.parametrize("day", [0, 1, 7, 23, 40])
def test_resuming_equals_never_having_stopped(begin, same, tmp_path, policies, day):
    whole, part = begin(*policies), begin(*policies)
    whole.advance()
    part.advance(day)
    checkpoint.save(part, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    same(part, loaded)
    for one in (part, loaded):
        one.advance()
        same(whole, one)


def test_everything_of_a_run_comes_back(begin, tmp_path):
    run = begin(PACKETS, seed=2**63 - 1)
    run.advance(3)
    run.leaving = False
    checkpoint.save(run, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    arrays = {"members", "groups", "levers", "drivers", "books", "traits", "capacity"}
    for field in dataclasses.fields(Run):
        if field.name not in arrays and field.init:
            assert getattr(loaded, field.name) == getattr(run, field.name), field.name
    assert loaded.levers.policies == run.levers.policies


@pytest.mark.parametrize("name", preset_names())
def test_every_preset(name, same, tmp_path):
    scenario = Scenario.preset(name)
    run = Run.start(scenario, seed=1, replicate=2, days=20, levers=plan_levers(scenario, days=20))
    run.advance(10)
    checkpoint.save(run, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    run.advance()
    loaded.advance()
    same(run, loaded)
    assert loaded.scenario == scenario


def test_columns_that_have_grown(small, same, tmp_path):
    scenario = small.replace(CROWD)
    run = Run.start(scenario, seed=1)
    blocks = len(run.members.fill)
    run.advance(30)
    assert len(run.members.fill) > blocks
    checkpoint.save(run, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    run.advance()
    loaded.advance()
    same(run, loaded)


def test_across_processes(begin, same, saved):
    script = (
        "import sys; from sim import checkpoint; run = checkpoint.load(sys.argv[1]); "
        "run.advance(); checkpoint.save(run, sys.argv[2])"
    )
    done = saved.with_name("done")
    subprocess.run(
        [sys.executable, "-c", script, saved, done],
        check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "99"},
    )  # fmt: skip
    whole = begin(PACKETS)
    whole.advance()
    same(whole, checkpoint.load(done))


def test_equal_runs_make_equal_files(begin, saved):
    run = begin(PACKETS)
    run.advance(9)
    checkpoint.save(run, saved.with_name("again"))
    assert saved.read_bytes() == saved.with_name("again").read_bytes()


def test_saving_replaces_in_one_step(begin, saved, monkeypatch):
    before = saved.read_bytes()

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np.lib.format, "write_array", fail)
    with pytest.raises(UserError) as caught:
        checkpoint.save(begin(), saved)
    assert caught.value.kind == "no_space"
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_where_nothing_can_be_written(begin, tmp_path):
    (tmp_path / "file").write_text("")
    for path, kind in (
        (tmp_path, "cannot_read"),
        (tmp_path / "absent" / "run", "not_found"),
        (tmp_path / "file" / "run", "not_found"),
        (Path("/proc/run"), "no_permission"),
    ):
        if path.is_relative_to("/proc") and not Path("/proc/self").exists():
            continue
        with pytest.raises(UserError) as caught:
            checkpoint.save(begin(), path)
        assert caught.value.kind in {kind, "not_found"}


def test_a_newer_schema_is_refused(saved):
    rewrite(saved, saved.with_name("new"), header=lambda one: one | {"schema": 2})
    assert refused(saved.with_name("new")) == ("cannot_read", "newer_schema")


def test_what_is_no_checkpoint(tmp_path):
    path = tmp_path / "run"
    assert refused(path) == ("not_found", "file")
    for content in (b"", b"PK", b"timestamp,member\n", b"\x93NUMPY"):
        path.write_bytes(content)
        assert refused(path) == ("damaged", "unreadable")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "x")
    assert refused(path) == ("damaged", "unreadable")
    assert refused(tmp_path) == ("cannot_read", "directory")


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_harmless(begin, same, tmp_path_factory, data):
    """Whatever is cut or flipped: the message, or (in bytes without meaning) the same run."""
    path = tmp_path_factory.mktemp("damage") / "run"
    run = begin()
    checkpoint.save(run, path)
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        loaded = checkpoint.load(path)
    except UserError as error:
        assert error.kind in {"damaged", "cannot_read"}  # noqa: PT017  both outcomes are right
    else:
        same(run, loaded)
    shutil.rmtree(path.parent)


class Trap:
    def __reduce__(self):
        return (Path.touch, (Path(os.environ["TRAP"]),))


def test_pickled_objects_are_never_loaded(saved, tmp_path, monkeypatch):
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    bad = saved.with_name("bad")
    rewrite(saved, bad, arrays={"groups": np.array([Trap()], dtype=object)})
    assert refused(bad) == ("damaged", "unreadable")
    rewrite(saved, bad, arrays={"groups": pickle.dumps(Trap())})
    assert refused(bad) == ("damaged", "unreadable")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"day": 41},
        {"day": -1},
        {"days": 39},
        {"policies": ["scenario"]},
        {"key": [1]},
        {"layout": {}},
        {"scenario": "days = 0"},
        {"schema": "1"},
        {"kind": "other"},
    ],
)
def test_headers_that_do_not_fit(saved, change):
    bad = saved.with_name("bad")
    rewrite(saved, bad, header=lambda one: one | change)
    assert refused(bad) == ("damaged", "unreadable")


def test_columns_of_another_version(saved):
    def older(header):
        header["layout"]["real"].pop()
        return header

    bad = saved.with_name("bad")
    rewrite(saved, bad, header=older)
    assert refused(bad) == ("damaged", "unreadable")


def test_indices_are_checked_before_they_are_believed(saved):
    members = checkpoint.load(saved).members
    bad = saved.with_name("bad")
    partner, fill, group = (
        array.copy() for array in (members.partner, members.fill, members.block_group)
    )
    partner[0, 0] = 10**6
    fill[0] = 257
    group[0] = 1
    for name, array in (
        ("members.partner", partner),
        ("members.fill", fill),
        ("members.block_group", group),
        ("members.day", members.day.astype(np.int32)),
        ("members.real", members.real[:1]),
        ("groups", None),
    ):
        rewrite(saved, bad, arrays={name: array})
        assert refused(bad) == ("damaged", "unreadable")
