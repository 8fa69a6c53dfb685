"""Make the modules of made-up results importable anyhow tests are collected; draw a page once."""

import importlib.util
from pathlib import Path

import pytest

from sim.report.comparison import comparison_page
from sim.report.run import run_page
from sim.words import Words


def load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"report_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def samples():
    return load("samples")


@pytest.fixture(scope="session")
def comparisons():
    return load("comparisons")


@pytest.fixture(scope="session")
def run_pages(samples):
    """The page of one community, by language."""
    return {lang: _drawn(run_page, samples.story, lang, "run") for lang in ("en", "zh")}


@pytest.fixture(scope="session")
def comparison_pages(samples):
    """The page of a comparison, by language."""
    return {
        lang: _drawn(comparison_page, samples.comparison, lang, "compare") for lang in ("en", "zh")
    }


def _drawn(page, story, lang, name):
    words = Words(lang)
    return page(story(words), words=words, other=f"{name}.{'zh' if lang == 'en' else 'en'}.html")
