"""Make the modules of made-up results importable however the tests are collected."""

import importlib.util
from pathlib import Path

import pytest


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
