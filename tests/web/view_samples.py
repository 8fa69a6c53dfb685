"""Made-up results of the reports' tests, for tests of what the page shows of them."""

import importlib.util
from pathlib import Path

REPORT = Path(__file__).parents[1] / "report"


def load(name):
    spec = importlib.util.spec_from_file_location(f"report_{name}", REPORT / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


samples = load("samples")
comparisons = load("comparisons")
explaining = load("test_explaining")
planning = load("test_planning")
