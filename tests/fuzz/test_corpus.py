"""What fuzzing kept is read again: nothing but a mistake of the user's, and nothing told."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # tests are no package

from fuzz_importers import CORPUS, MARK, NAMES, check, dictionary

from sim.logs import importers

MOST_BYTES = 300_000


def inputs():
    return [path for folder in sorted(CORPUS.iterdir()) for path in sorted(folder.iterdir())]


@pytest.mark.parametrize("name", NAMES)
def test_the_corpus_is_read(name):
    kept = sorted((CORPUS / name).iterdir())
    assert any(MARK.encode() in path.read_bytes() for path in kept)
    assert dictionary(name)
    for path in kept:
        check(name, path.read_bytes())


def test_the_corpus_is_small_and_of_every_format():
    assert list(NAMES) == [form.name for form in importers.FORMATS]
    assert sum(path.stat().st_size for path in inputs()) < MOST_BYTES


def test_a_file_cannot_be_a_folder_too():
    check("irc", b"[10:00] <a> b\n=== all\nx\n=== all/b\nx\n=== all/b/c\nx")


def test_a_name_in_a_report_would_be_found(monkeypatch):
    monkeypatch.setattr(importers.ImportReport, "table", lambda _: {"names": [MARK]})
    with pytest.raises(AssertionError):
        check("csv", b"timestamp,member\n2024-03-05T00:00:00Z,a\n")
