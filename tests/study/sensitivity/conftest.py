import pytest

from sim.study.sensitivity import read_sensitivity, sensitivity


@pytest.fixture
def study(tmp_path):
    """A study from the text of its file."""

    def make(text, **options):
        path = tmp_path / "study.toml"
        path.write_text(text, "utf-8")
        return read_sensitivity(path, **options)

    return make


@pytest.fixture
def solve(study):
    """Indices of the one output of a formula, by factor."""

    def make(formula, method, *, replicates=1, **more):
        extra = "".join(f"{key} = {value}\n" for key, value in more.items())
        asked = study(
            f'base = "function:{formula}"\nmethod = "{method}"\nreplicates = {replicates}\n{extra}'
        )
        result = sensitivity(asked, jobs=1)
        return result.computed.indices()["y"], result.computed.found["y"]

    return make


SMALL = """
base = "knowledge"
days = 60
method = "{method}"
n = {n}
outputs = ["profit", "messages"]
{extra}
[set]
members.initial = 60
members.seed_users = 2
members.leaders = 1
[factors]
law.intercept = [-1.4, -0.5]
exit.hazard = [0.05, 0.15]
"""


@pytest.fixture(scope="session")
def small():
    """Text of a study of a small community."""

    def make(method="sobol", n=8, extra=""):
        return SMALL.format(method=method, n=n, extra=extra)

    return make
