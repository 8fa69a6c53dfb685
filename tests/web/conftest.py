"""The server of `qunsim ui` in a real process, clients of it, and a browser."""

import shutil
import sys
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # for what tests share: they are no package

NEEDED = ("fastapi", "uvicorn", "httpx", "websockets")
if not all(map(find_spec, NEEDED)) or not Path("/proc/self/environ").exists():
    collect_ignore_glob = ["test_*.py"]  # without the extra `web`, or a way to see processes
else:
    from web_server import running

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for all tests that do not harm it."""
    with running(tmp_path_factory.mktemp("web") / "data") as server:
        yield server


@pytest.fixture
def client(server):
    """A session of its own."""
    with server.client() as client:
        yield client


@pytest.fixture
def other(server):
    """Another session."""
    with server.client() as client:
        yield client


@pytest.fixture
def start(tmp_path):
    """Starts servers of a test's own: with arguments, or with settings and limits by name."""
    with ExitStack() as stack:

        def start(*arguments, folder=tmp_path / "data", settings=None, **limits):
            if limits:
                settings = {**(settings or {}), "limits": limits}
            return stack.enter_context(running(folder, *arguments, settings=settings))

        yield start


@pytest.fixture(scope="session")
def browser():
    """The Chromium of this machine."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """One browser window of its own: what it asked for elsewhere and complained of.

    Args:
        browser: The browser.
        address: Of the server.
        options: Of the context, e.g. its language.
    """

    def __init__(self, browser, address, **options):
        self.elsewhere, self.complaints = [], []
        self.context = browser.new_context(base_url=address, **options)
        self.context.route(lambda url: not url.startswith((address, "data:", "blob:")), self._ask)
        self.context.on("page", self._listen)
        self.page = self.context.new_page()

    def _ask(self, route):
        self.elsewhere.append(route.request.url)
        route.abort()

    def _listen(self, page):
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} {message.location}")

    def close(self):
        """Close it; it asked for nothing elsewhere and complained of nothing."""
        self.context.close()
        assert self.elsewhere == []
        assert self.complaints == []


@pytest.fixture
def visit(browser, server):
    """Opens windows, each a session of its own, and looks at what they complained of."""
    opened = []

    def visit(address=None, **options):
        opened.append(Visit(browser, address or server.address, **options))
        return opened[-1]

    yield visit
    for one in opened:
        one.close()


@pytest.fixture
def page(visit):
    """A page of a browser that has been nowhere yet."""
    return visit(viewport={"width": 1280, "height": 720}).page


@pytest.fixture(scope="session")
def corpus():
    """Folder of small broken and whole exports of every format."""
    return Path(__file__).resolve().parents[1] / "fuzz" / "corpus"
