"""The page's shell and the screens Start, Portrait and Library, in a real browser."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from looks import COMBINATIONS, check_screen

import sim.web
from sim.report.palette import DARK, LIGHT, contrast
from sim.web.catalogue import texts
from sim.words import LANGUAGES

PAGE = Path(sim.web.__file__).parent / "page"
CSS = (PAGE / "style" / "base.css").read_text("utf-8")
SCRIPTS = {path: path.read_text("utf-8") for path in sorted((PAGE / "js").rglob("*.js"))}
OURS = ("web.shell.", "web.parts.", "web.start.", "web.portrait.", "web.library.")


class Head(HTMLParser):
    """Texts of index.html by key and language, and what it preloads."""

    def __init__(self):
        super().__init__()
        self.said, self.preloaded, self._next = [], [], None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if found.get("rel") == "modulepreload":
            self.preloaded.append(found["href"])
        if "data-say" in found:
            self._next = (found["data-say"], found["data-in"], found.get("data-word"))

    def handle_data(self, data):
        if self._next:
            self.said.append((*self._next, data))
            self._next = None


@pytest.fixture(scope="module")
def head():
    parser = Head()
    parser.feed((PAGE / "index.html").read_text("utf-8"))
    return parser


def test_the_head_says_what_the_catalogue_says(head):
    assert len(head.said) >= 14
    for key, lang, word, text in head.said:
        assert text == texts(lang).words[key]
        assert word in (None, text)
    assert {lang for _, lang, *_ in head.said} == set(LANGUAGES)


def imports(path):
    return [
        (path.parent / name).resolve()
        for name in re.findall(
            r'^(?:import|export)[^;]*?from "(\.[^"]+)";', SCRIPTS[path], re.MULTILINE
        )
    ]


def test_all_that_the_first_paint_needs_is_fetched_at_once(head):
    reached, queue = set(), [(PAGE / "js" / "main.js").resolve()]
    while queue:
        path = queue.pop()
        if path not in reached:
            reached.add(path)
            queue += imports(path)
    assert {(PAGE / name).resolve() for name in head.preloaded} == reached


def test_every_import_and_every_screen_of_the_page_is_there():
    for path in SCRIPTS:
        assert all(one.is_file() for one in imports(path)), path
    main = SCRIPTS[PAGE / "js" / "main.js"]
    screens = set(re.findall(r'import\("\./screens/(\w+)\.js"\)', main))
    assert len(screens) >= 10
    for name in screens:
        assert (PAGE / "js" / "screens" / f"{name}.js").is_file()
        assert (PAGE / "style" / f"{name}.css").is_file() or name == "open"


def test_what_the_page_says_is_in_the_catalogue_and_what_we_wrote_is_said():
    known = texts("en").words
    code = "\n".join(SCRIPTS.values())
    said = set(re.findall(r'\bsay\(\s*"([\w.]+)"', code))
    assert said
    assert said <= set(known)
    # Keys that are put together: the part before what is filled in.
    beginnings = tuple(re.findall(r"`(web\.[\w.]*)\$\{", code))
    quoted = set(re.findall(r'"(web\.[\w.]+)"', code))
    ours = {key for key in known if key.startswith(OURS)}
    html = (PAGE / "index.html").read_text("utf-8")
    assert not [
        key for key in ours
        if key not in quoted and not key.startswith(beginnings) and f'"{key}"' not in html
    ]  # fmt: skip


def tokens():
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)
    return {name: (light, dark) for name, light, dark in found}


def test_colours_are_those_of_the_reports():
    for at, theme in enumerate((LIGHT, DARK)):
        css = {name: pair[at] for name, pair in tokens().items()}
        plain = ("ground", "text", "secondary", "panel", "link", "better", "worse")
        assert {name: css[name] for name in plain} == {name: getattr(theme, name) for name in plain}
        assert tuple(css[f"series-{n}"] for n in range(7)) == theme.series
        assert tuple(css[f"stage-{n}"] for n in range(5)) == theme.stages


def test_texts_reach_4_5_and_edges_of_fields_3_on_every_ground():
    found = tokens()
    for at in range(2):
        for ground in ("ground", "panel", "raised", "hover", "accent-soft"):
            below = found[ground][at]
            for ink in ("text", "secondary", "link", "worse"):
                least = 4.5 if ink != "worse" or ground in ("ground", "raised") else 4
                assert contrast(found[ink][at], below) >= least, (ink, ground)
            assert contrast(found["edge"][at], below) >= 2.9, ground
        assert contrast(found["on-accent"][at], found["link"][at]) >= 4.5


def work_of(page):
    """The work that the address names, as the server has it."""
    answer = page.request.get(f"/api/works/{page.url.rpartition('/')[2]}")
    assert answer.ok
    return answer.json()


def saved(page, wanted):
    """Wait until the server has the work as wanted."""
    for _ in range(50):
        if wanted(work := work_of(page)):
            return work
        page.wait_for_timeout(100)
    raise AssertionError(work)


def begin(page, preset="product"):
    """Choose a kind and see its portrait."""
    page.goto("/")
    page.locator(f".kind input[value={preset}]").check()
    page.locator("button[type=submit]").click()
    page.wait_for_selector(".adjusting")


def test_more_people_than_places_have_more_groups(visit):
    page = visit().page
    page.goto("/")
    page.locator(".kind input[value=knowledge]").check()
    members = page.locator(".start-settings input[type=number]").first
    members.fill("1200")  # places in a group of this kind: 500
    members.blur()
    page.locator("button[type=submit]").click()
    page.wait_for_selector(".adjusting")
    assert work_of(page)["set"] == {"members.initial": 1200, "groups.number": 3}


@pytest.mark.slow
def test_from_a_kind_to_its_numbers_and_back(visit):
    page = visit(locale="zh-CN", viewport={"width": 1280, "height": 720}).page
    page.goto("/")
    page.wait_for_selector(".kind")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator(".step[href]").count() == 1  # the others are not reached yet
    assert page.locator(".kind").count() == 13
    begin(page)
    assert page.locator(".step[href]").count() == 4
    assert work_of(page)["community"]["preset"] == "product"
    assert page.evaluate("document.activeElement.tagName") == "H1"

    members = page.locator("[data-path='members.initial'] input[type=number]")
    usual = members.input_value()
    members.fill("250.4")
    members.blur()
    assert members.input_value() == "250"
    saved(page, lambda work: work["set"] == {"members.initial": 250})
    assert page.locator(".number-field.changed").count() == 1
    page.locator("main").focus()
    page.keyboard.press("Control+z")
    saved(page, lambda work: work["set"] == {})
    assert members.input_value() == usual
    page.keyboard.press("Control+Shift+z")
    saved(page, lambda work: work["set"] == {"members.initial": 250})
    page.locator("[data-path='members.initial'] .reset").click()
    saved(page, lambda work: work["set"] == {})

    page.locator("#tool-language").click()
    page.wait_for_selector("text=Is this your group?")
    page.locator("#tool-theme").click()
    page.reload()
    page.wait_for_selector("text=Is this your group?")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_keys_are_off_while_typing_and_can_be_switched_off(page):
    begin(page)
    page.locator("main").focus()
    page.keyboard.press("g")
    page.wait_for_selector("dialog .glossary dt")
    find = page.locator("dialog input")
    page.keyboard.type("lurker 1")
    assert find.input_value() == "lurker 1"
    find.fill("lurker")
    assert page.locator("dialog .glossary dt").first.inner_text() == "lurker"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("?")
    page.locator("dialog .field-check input").uncheck()
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    before = page.url
    page.keyboard.press("1")
    page.keyboard.press("g")
    assert page.url == before
    assert page.locator("dialog").count() == 0
    page.evaluate("localStorage.removeItem('qunsim.letters')")
    page.keyboard.press("1")
    page.wait_for_selector(".kind")


def test_the_library_renames_copies_deletes_and_shares(page, visit):
    begin(page, "interest")
    page.goto("/#/library")
    page.locator(".work-name button").click()
    page.keyboard.type("Tea & <b>cake</b>")
    page.keyboard.press("Enter")
    page.wait_for_selector("a:text-is('Tea & <b>cake</b>')")
    page.locator(".work-acts button").first.click()
    page.wait_for_selector(".work >> nth=1")

    page.locator(".work-acts button[aria-label^=Delete]").first.click()
    page.wait_for_selector(".toast")
    assert page.locator(".work").count() == 1
    page.locator(".toast .button").click()
    page.wait_for_selector(".work >> nth=1")
    page.locator(".work-acts button[aria-label^=Delete]").first.click()
    page.locator(".toast .icon-button").click()
    page.wait_for_timeout(300)
    works = page.request.get("/api/works").json()["works"]
    assert len(works) == 1

    page.locator(".work-acts button[aria-label^=Share]").click()
    link = page.locator(".share-link input").input_value()
    other = visit().page
    other.goto(link)
    other.wait_for_url("**/#/policies/*")
    mine = page.request.get(f"/api/works/{works[0]['id']}").json()
    theirs = work_of(other)
    given = ("id", "created", "changed", "runs")
    for work in (mine, theirs):
        for key in given:
            del work[key]
    assert theirs == mine


def test_a_lost_connection_keeps_what_is_typed_and_saves_it_later(browser, server):
    context = browser.new_context(base_url=server.address, locale="en-GB")
    page = context.new_page()
    begin(page)
    context.set_offline(True)
    members = page.locator("[data-path='members.initial'] input[type=number]")
    members.fill("77")
    members.blur()
    page.wait_for_selector("[data-banner=connection]")
    kept = page.evaluate("Object.keys(localStorage).find((key) => key.startsWith('qunsim.work.'))")
    assert json.loads(page.evaluate(f"localStorage['{kept}']"))["set"] == {"members.initial": 77}
    context.set_offline(False)
    page.wait_for_selector("[data-banner=connection]", state="detached")
    saved(page, lambda work: work["set"] == {"members.initial": 77})
    assert page.evaluate(f"localStorage.getItem('{kept}')") is None

    # What could not be saved before the window was closed is saved at the next visit.
    context.set_offline(True)
    members.fill("88")
    members.blur()
    page.wait_for_selector("[data-banner=connection]")
    address = page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector(".kind")
    page.wait_for_function(f"localStorage.getItem('{kept}') === null")
    page.goto(address)
    page.wait_for_selector(".adjusting")
    assert work_of(page)["set"] == {"members.initial": 88}
    context.close()


def test_a_share_link_holds_any_text_and_refuses_what_is_cut_or_swells(page):
    page.goto("/")
    text = json.dumps({"name": "红包还是免费课？ \\ \u2028 🎉"})
    link = page.evaluate("async (text) => (await import('/js/share.js')).packed(text)", text)
    assert re.fullmatch(r"[\w-]+", link)
    unpack = """async (data) => {
      const { unpacked } = await import("/js/share.js");
      try { return await unpacked(data); } catch { return null; }
    }"""
    assert page.evaluate(unpack, link) == text
    assert page.evaluate(unpack, link[: len(link) // 2]) is None
    bomb = page.evaluate("async () => (await import('/js/share.js')).packed('0'.repeat(9_000_000))")
    assert len(bomb) < 20_000
    assert page.evaluate(unpack, bomb) is None


def test_nothing_moves_while_the_page_is_built(page):
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const entry of list.getEntries()) window.moved += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto("/")
    page.wait_for_selector(".kind")
    page.wait_for_timeout(200)
    assert page.evaluate("window.moved") < 0.01


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "scheme", "width"), COMBINATIONS)
def test_nothing_serious_for_axe_and_nothing_scrolls_sideways(visit, locale, scheme, width):
    page = visit(
        locale=locale, color_scheme=scheme, viewport={"width": width, "height": 800},
        bypass_csp=True, reduced_motion="reduce",
    ).page  # fmt: skip

    page.goto("/")
    page.wait_for_selector(".kind")
    check_screen(page)
    begin(page)
    page.locator(".adjusting .disclosure > summary").click()
    page.locator(".adjusting .about summary").first.click()
    check_screen(page)
    page.locator("#tool-glossary").click()
    page.wait_for_selector("dialog dt")
    check_screen(page)
    page.keyboard.press("Escape")
    page.goto("/#/library")
    page.wait_for_selector(".work")
    check_screen(page)


@pytest.mark.slow  # a busy machine paints late: for a quiet one
def test_the_first_paint_comes_within_a_second(visit):
    times = []
    for _ in range(3):
        page = visit().page
        page.goto("/")
        page.wait_for_selector(".kind")
        times.append(
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
    assert min(times) < 1000
