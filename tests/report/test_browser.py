"""Both pages in a real browser: offline, silent, no wider than the window, printable."""

import shutil

import pytest

from sim.report.page import write_report
from sim.report.palette import DARK, LIGHT, contrast
from sim.words import Words

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATH = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = pytest.mark.skipif(PATH is None, reason=f"none of {', '.join(BROWSERS)} is installed")
WORDS = {lang: Words(lang) for lang in ("en", "zh")}
A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(run_pages, comparison_pages, tmp_path_factory):
    """Each page in each language, beside its other language."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        (name, lang): write_report(folder / f"{name}.{lang}.html", page, words=WORDS[lang])
        for name, pages in (("run", run_pages), ("compare", comparison_pages))
        for lang, page in pages.items()
    }


class Visit:
    """A page opened without a network: what it asked for and complained of."""

    def __init__(self, browser, path):
        self.path, self.asked, self.complaints = path, [], []
        self.context = browser.new_context(offline=True)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/*", self._ask)
        self.page.goto(path.as_uri())

    def _ask(self, route):
        url = route.request.url
        self.asked.append(url)
        if url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    def sized(self, width, height=800):
        self.page.set_viewport_size({"width": width, "height": height})
        return self.page


@pytest.fixture(scope="module", params=[(n, lang) for n in ("run", "compare") for lang in WORDS])
def visit(request, browser, files):
    """Each page in each language, opened once."""
    opened = Visit(browser, files[request.param])
    opened.name, opened.words = request.param[0], WORDS[request.param[1]]
    yield opened
    opened.context.close()


def test_a_page_asks_for_nothing_and_complains_of_nothing(visit):
    assert visit.words.badge("not_fitted") in visit.page.inner_text("body")
    broken = "Array.from(document.images).filter(i => !i.complete || !i.naturalWidth).length"
    assert visit.page.evaluate(broken) == 0
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith("data:")] == [visit.path.as_uri()]


def test_a_page_is_no_wider_than_its_window(visit):
    for width in (1280, 390):
        page = visit.sized(width)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_screen_answers_on_desk_and_phone(visit):
    answers = ["h1", ".badge", ".tiles li:nth-child(4)"]
    answers += [".verdict"] if visit.name == "compare" else []
    for width, height in ((1280, 720), (390, 844)):
        page = visit.sized(width, height)
        for selector in answers:
            box = page.locator(selector).first.bounding_box()
            assert box["y"] + box["height"] <= height, (width, selector)


def test_the_table_becomes_cards_on_a_phone(visit):
    if visit.name == "run":
        assert visit.page.locator(".matrix, .cards").count() == 0
        return
    for width, shown, hidden in ((1280, ".matrix", ".cards"), (390, ".cards", ".matrix")):
        page = visit.sized(width)
        assert page.is_visible(shown)
        assert not page.is_visible(hidden)
    assert visit.page.locator(".cards li").count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    pairs = visit.page.evaluate(
        """() => ['h1', '.line', '.tiles .value', '.tiles .range', 'td', '.note', 'summary']
        .map(s => document.querySelector(s)).map(e => {
            let under = e, ground = 'rgba(0, 0, 0, 0)';
            while (under && ground === 'rgba(0, 0, 0, 0)') {
                ground = getComputedStyle(under).backgroundColor; under = under.parentElement;
            }
            return [getComputedStyle(e).color, ground];
        })"""
    )
    grounds = {hexed(ground) for _, ground in pairs}
    assert (DARK.ground if scheme == "dark" else LIGHT.ground) in grounds
    for ink, ground in pairs:
        assert contrast(hexed(ink), hexed(ground)) >= 4.5


def hexed(text):
    """``rgb(1, 2, 3)`` as ``#010203``."""
    channels = text[text.index("(") + 1 : -1].split(",")[:3]
    return "#" + "".join(f"{int(channel):02X}" for channel in channels)


def test_a_page_prints_on_a4(visit):
    printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.startswith(b"%PDF-")
    boxes = {
        tuple(round(float(end)) for end in box.split())[2:]
        for box in (part.split(b"]")[0] for part in printed.split(b"/MediaBox [")[1:])
    }
    assert boxes
    assert all(abs(w - A4[0]) <= 1 and abs(h - A4[1]) <= 1 for w, h in boxes)


def test_the_other_language_is_one_click_away(browser, files):
    visit = Visit(browser, files["compare", "en"])
    visit.page.click("a.other")
    assert visit.page.url.endswith("compare.zh.html")
    assert visit.page.title() == "红包还是免费课？"
    visit.context.close()


def test_the_browser_would_have_told(browser, tmp_path):
    path = tmp_path / "bad.html"
    path.write_text('<img src="http://example.invalid/x.png"><script>console.log("hm")</script>')
    visit = Visit(browser, path)
    assert "http://example.invalid/x.png" in visit.asked
    assert "hm" in visit.complaints
    visit.context.close()
