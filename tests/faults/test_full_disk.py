"""A disk that is full half-way: one message, finished runs kept, the same command goes on."""

import subprocess

import pytest

ROOM, MORE = 250, 8000  # kB


@pytest.fixture
def disk(tmp_path):
    """A disk of little room; called, it gets more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("may not mount a small disk here")

    def grow():
        subprocess.run(["mount", "-o", f"remount,size={MORE}k", str(folder)], check=True)

    yield folder, grow
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_half_way(forker, files, look, disk, tmp_path):
    small, grow = disk
    line = ["compare", files / "experiment.toml", "--replicates", 30, "--quiet", "--out"]
    ended = forker.run(*line, small / "sweep")
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith("Disk full")
    assert "Traceback" not in ended.err
    before = look.places(small / "sweep")
    assert 0 < len(before) < 90
    again = forker.run(*line, small / "sweep")  # still no room
    assert again.code == 2
    assert set(before) <= set(look.places(small / "sweep"))
    grow()
    before = look.places(small / "sweep")
    ended = forker.run(*line, small / "sweep")
    assert ended.code == 0, ended.err
    assert not set(before) & set(ended.begun)
    assert forker.run(*line, tmp_path / "whole").code == 0
    assert look.content(small / "sweep") == look.content(tmp_path / "whole")
