"""Twenty people at once: everybody is answered soon, nobody sees what is another's."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from web_load import MOST_MB, MOST_MS, measure


@pytest.mark.slow
def test_twenty_comparisons_at_once(tmp_path, browser):
    load = measure(people=18, browsers=2, jobs=2, folder=tmp_path / "data")
    assert load.wrong == []
    assert len(load.waited) == 18
    assert load.memory_mb < MOST_MB
    assert {question for question in load.times if load.p95(question) > MOST_MS} == set()
