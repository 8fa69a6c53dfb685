"""Twenty people at once: everybody is answered soon, nobody sees what is another's."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from web_load import MOST_MB, MOST_MS, measure


@pytest.mark.slow
def test_twenty_comparisons_at_once(tmp_path, browser):
    # a thread of its own: Playwright runs once in a thread, and `browser` holds it in this one
    with ThreadPoolExecutor(1) as aside:
        options = {"people": 18, "browsers": 2, "jobs": 2, "folder": tmp_path / "data"}
        load = aside.submit(measure, **options).result()
    assert load.wrong == []
    assert len(load.waited) == 18
    assert load.memory_mb < MOST_MB
    assert {question for question in load.times if load.p95(question) > MOST_MS} == set()
