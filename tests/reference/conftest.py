"""Make the plain-Python reading importable however the tests are collected."""

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def plain():
    folder = Path(__file__).with_name("plain")
    spec = importlib.util.spec_from_file_location(
        "plain_reference", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["plain_reference"] = module
    spec.loader.exec_module(module)
    return module
