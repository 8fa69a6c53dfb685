"""The command line inside this process, and a small community in a file."""

from types import SimpleNamespace

import pytest

from sim import cli
from sim.commands import shell
from sim.report.page import Page


@pytest.fixture
def small(tmp_path, community_text):
    path = tmp_path / "small.toml"
    path.write_text(community_text)
    return path


@pytest.fixture
def qunsim(monkeypatch, capsys, tmp_path):
    """Run a command line; its exit code and what it printed."""
    for name in ("QUNSIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)

    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(shell, "_leave", leave)

    def call(*arguments):
        monkeypatch.setattr("sys.argv", ["qunsim", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return SimpleNamespace(code=ended.value.code, out=printed.out, err=printed.err)

    return call


@pytest.fixture
def bare(monkeypatch):
    """Reports without figures: drawing them takes seconds."""
    monkeypatch.setattr("sim.report.run.run_page", lambda story, **_: Page(title=story.name))
