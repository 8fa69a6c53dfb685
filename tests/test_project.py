"""The house rules that no linter knows: packaging, documents, layers, sizes."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

import sim

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SOURCES = sorted((ROOT / "sim").rglob("*.py"))
READMES = ("README.md", "README.zh-CN.md")

# Arrows point downward only: a module may import its own layer and the layers below it.
# Most specific prefix wins; what is not listed is an error, so that a new module finds its place.
LAYERS = {
    "sim": 0,  # the version; its lazy exports are no imports
    "sim.errors": 0,
    "sim.words": 0,
    "sim.kernel_cache": 5,
    "sim.version": 0,
    "sim.arithmetic": 10,
    "sim.draws": 10,
    "sim.record": 10,
    "sim.state": 10,
    "sim.levers": 10,
    "sim.audiences": 10,
    "sim.population": 10,
    "sim.ties": 10,
    "sim.ledger": 10,
    "sim.metrics": 10,
    "sim.parameters": 15,
    "sim.coefficients": 16,
    "sim.agents": 20,
    "sim.policies": 20,
    "sim.phases": 30,
    "sim.day": 30,
    "sim.founding": 30,
    "sim.going_on": 31,
    "sim.regrouping": 30,
    "sim.tidying": 30,
    "sim.simulation": 30,
    "sim.warm_start": 45,
    "sim.scenario": 30,
    "sim.logs": 40,
    "sim.checkpoint": 40,
    "sim.mesa_compat": 40,
    "sim.roster": 40,
    "sim.views": 40,
    "sim.model": 40,
    "sim.study": 50,
    "sim.report": 50,
    "sim.bench": 60,
    "sim.commands": 70,
    "sim.cli": 70,
    "sim.verbs": 70,
    "sim.pytest_plugin": 70,
    "sim.web": 70,
    "sim.__main__": 80,
}


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in SOURCES}


def layer(module):
    while module:
        if module in LAYERS:
            return LAYERS[module]
        module = module.rpartition(".")[0]
        if module == "sim":
            break
    return None


def for_types_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) in {
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    }


def imports(path):
    """Modules of sim that the file imports when it runs, anywhere in it: (name, at top level)."""
    package = module_name(path) if path.name == "__init__.py" else module_name(path.parent / "x.py")
    package = package if path.name == "__init__.py" else package.rpartition(".")[0]

    def walk(node, *, top):
        for child in ast.iter_child_nodes(node):
            if for_types_only(child):
                continue
            if isinstance(child, ast.Import):
                yield from ((alias.name, top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    home = package.split(".")[: len(package.split(".")) - child.level + 1]
                    base = ".".join([*home, *([base] if base else [])])
                for alias in child.names:
                    full = f"{base}.{alias.name}"
                    yield (full if full in MODULES else base), top
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, top=top and not inner)

    tree = ast.parse(path.read_text("utf-8"))
    return {(name, top) for name, top in walk(tree, top=True) if name.split(".")[0] == "sim"}


def test_versions_agree():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changelog, flags=re.MULTILINE).group(1)
    assert newest == sim.__version__


def test_the_citation_has_what_the_format_requires():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    told = dict(re.findall(r"^([a-z-]+):\s*(.*)$", text, flags=re.MULTILINE))
    assert {"cff-version", "message", "title", "authors"} <= set(told)  # CFF 1.2.0, required keys
    assert told["cff-version"] == "1.2.0"
    assert told["version"] == sim.__version__
    assert told["license"] == PYPROJECT["project"]["license"]
    (author,) = re.findall(r"^  - name: (.+)$", text, flags=re.MULTILINE)
    assert author == PYPROJECT["project"]["authors"][0]["name"]


def test_installed_version_is_this_one():
    try:
        installed = metadata.distribution("qunsim")
    except metadata.PackageNotFoundError:
        pytest.skip("qunsim is not installed in this environment")
    assert installed.version == sim.__version__


def test_core_dependencies_and_extras_are_the_agreed_ones():
    core = {Requirement(line).name for line in PYPROJECT["project"]["dependencies"]}
    assert core == {
        "mesa", "numpy", "scipy", "matplotlib", "SALib", "numba", "pydantic", "typer", "rich",
        "duckdb",
    }  # fmt: skip
    extras = set(PYPROJECT["project"]["optional-dependencies"])
    assert extras == {"web", "dask", "plan", "office", "backtest", "zh", "bench", "dev"}


LOCKS = ("requirements.lock", "requirements-backtest.lock")


def locked(name=LOCKS[0]):
    """A lock as requirements, hashes and comments left out."""
    text = (ROOT / name).read_text("utf-8")
    lines = [line.removesuffix("\\").strip() for line in text.splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "--hash"))]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_index_and_no_place(name):
    text = (ROOT / name).read_text("utf-8")
    for trace in (
        "://",
        "file:",
        "--index",
        "--extra-index",
        "--find-links",
        "-e ",
        " @ ",
        "/home",
    ):
        assert trace not in text
    for line in text.splitlines():
        content = line.strip()
        if content and not content.startswith("#"):
            assert re.fullmatch(
                r"(--hash=sha256:[0-9a-f]{64}|[a-z0-9][^\s/]*==[^/]*?)( \\)?", content
            )


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_lock_serves_every_python(python, platform):
    environment = default_environment() | {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
    }
    pins = {}
    for entry in locked():
        if entry.marker is None or entry.marker.evaluate(environment):
            name = entry.name.lower()
            assert name not in pins, f"{name} is pinned twice on Python {python}"
            pins[name] = next(iter(entry.specifier)).version
    wanted = PYPROJECT["project"]["dependencies"]
    wanted = wanted + PYPROJECT["project"]["optional-dependencies"]["dev"]
    for line in wanted:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            assert requirement.specifier.contains(pins[requirement.name.lower()]), line


def make_targets():
    text = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))


@pytest.mark.parametrize("readme", READMES)
def test_readme_commands_exist(readme):
    text = (ROOT / readme).read_text("utf-8")
    used = re.findall(r"^\s*(?:PYTHON=\S+ )?make ([a-z]+)", text, flags=re.MULTILINE)
    used += re.findall(r"`make ([a-z]+)`", text)
    assert {"run", "test"} <= set(used)
    assert set(used) <= make_targets()
    assert text.index("make run") < 400, "the two commands come first"


def fenced(text):
    return [
        [line.split("#")[0].rstrip() for line in block.splitlines()]
        for block in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    ]


def test_readmes_say_the_same():
    english, chinese = ((ROOT / name).read_text("utf-8") for name in READMES)
    levels = [re.findall(r"^(#+) ", text, flags=re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert fenced(english) == fenced(chinese)
    links = [
        [
            link.replace(".zh-CN", "")
            for link in re.findall(r"\]\(([^)]+)\)", text)
            if not link.startswith("README")
        ]
        for text in (english, chinese)
    ]
    assert links[0] == links[1]


@pytest.mark.parametrize("document", [*READMES, "CHANGELOG.md", "docs/decisions.md"])
def test_links_lead_somewhere(document):
    path = ROOT / document
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8")):
        if "://" not in link:
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_file_is_one_idea(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 450
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documentation = ast.get_docstring(node, clean=False) or ""
            length = node.end_lineno - node.lineno + 1 - len(documentation.splitlines())
            assert length <= 70, f"{node.name} (line {node.lineno}) has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_arrows_point_downward(path):
    module = module_name(path)
    assert layer(module) is not None, f"give {module} a layer in tests/test_project.py"
    upward = {
        name for name, _ in imports(path) if layer(name) is None or layer(name) > layer(module)
    }
    if module != "sim":
        assert not upward


def test_no_import_cycle():
    graph = {
        module: {name for name, top in imports(path) if top and name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    done, trail = set(), []

    def visit(module):
        assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
        if module not in done:
            trail.append(module)
            for name in sorted(graph[module]):
                visit(name)
            done.add(trail.pop())

    for module in sorted(graph):
        visit(module)


HEAVY = ("numba", "matplotlib", "duckdb", "mesa", "scipy", "SALib", "pandas")


@pytest.mark.parametrize("module", ["sim", "sim.cli"])
def test_start_up_is_light(module):
    if module not in MODULES:
        pytest.skip(f"there is no {module} yet")
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert answer.stdout.split() == []


def test_no_module_hides_a_public_name():
    # importing sim.x binds x in the package, where it would take the place of the lazy export
    assert not {f"sim.{name}" for name in sim._HOME} & set(MODULES)


@pytest.mark.parametrize("name", sorted(sim._HOME))
def test_public_names_are_found_where_they_are_said_to_be(name):
    home = sim._HOME[name]
    if home not in MODULES:
        pytest.skip(f"there is no {home} yet")
    assert getattr(sim, name) is getattr(importlib.import_module(home), name)


def test_other_names_are_not_found():
    assert set(dir(sim)) == {*sim._HOME, "__version__"}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sim.nonsense
