"""Whole journeys through the page in a real browser; nothing leaves the machine.

What the page says is looked up in the catalogue of words, and what it does in the server's answers.
"""

import re

import pytest
from looks import check_screen
from web_server import PATIENCE, until

from sim.logs.events import write_events
from sim.logs.law import POOLED
from sim.logs.synthetic import synthetic_events, synthetic_log
from sim.web.catalogue import texts

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
MINUTES = 1000 * PATIENCE


@pytest.fixture(params=[pytest.param("en", marks=pytest.mark.slow), "zh"])
def lang(request):
    """Language of the journey."""
    return request.param


class Traveller:
    """Somebody who uses the page, by what stands on it."""

    def __init__(self, visit, lang):
        self.words = texts(lang).words
        self.page = visit(
            locale=LOCALES[lang], viewport={"width": 1280, "height": 720}, bypass_csp=True,
            reduced_motion="reduce",
        ).page  # fmt: skip
        self.page.set_default_timeout(60_000)

    def say(self, key):
        """A text of the page as a pattern: with anything where something is filled in."""
        text = re.escape(self.words[key])
        return re.compile(re.sub(r"\\\{\w+\\\}", ".*", text), re.IGNORECASE)

    def press(self, key):
        """Press the button, tab or link that says so."""
        page, name = self.page, self.say(key)
        either = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
        either.first.click()

    def work(self):
        """The work that the address names."""
        name = re.search(r"#/\w+/(w\w+)", self.page.url).group(1)
        return self.page.request.get(f"/api/works/{name}").json()

    def check(self):
        """Nothing that axe-core calls serious, nothing that has to be scrolled sideways."""
        check_screen(self.page)

    def choose(self, preset, *, members, days):
        """Start: a kind of community, so many people and days."""
        page = self.page
        page.goto("/")
        page.locator(f".kind input[value={preset}]").check()
        numbers = page.locator(".start-settings input[type=number]")
        for field, value in zip(numbers.all(), (members, days), strict=True):
            field.fill(str(value))
            field.blur()
        page.locator("button[type=submit]").click()
        page.wait_for_selector(".adjusting")

    def add(self, policy, name):
        """A variant with one more policy, both by the keyboard."""
        page = self.page
        page.locator(".add-variant").click()
        page.keyboard.press("Escape")
        page.locator(".library-search").fill(name)
        entry = page.locator(f".entry[data-key={policy}]")
        entry.focus()
        entry.press("Enter")
        page.wait_for_function(
            "key => document.querySelector('#variant-panel')?.textContent.length > 0", arg=policy
        )

    def compare(self):
        """Compare and wait for the verdict."""
        page = self.page
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/#/compare/*")
        page.wait_for_function("document.title.startsWith('✓')", timeout=MINUTES)
        return self.view("compare")

    def view(self, kind):
        """What the server has to show of the newest task of a kind."""
        run = next(one for one in self.work()["runs"] if one["kind"] == kind)
        lang = self.page.evaluate("document.documentElement.lang")[:2]
        return self.page.request.get(f"/api/tasks/{run['id']}/view?lang={lang}").json()


@pytest.fixture
def traveller(visit, lang):
    """A traveller of the language."""
    return Traveller(visit, lang)


def test_from_a_kind_of_group_to_the_report(traveller):
    page = traveller.page
    traveller.choose("interest", members=60, days=30)
    traveller.check()
    page.locator(".adjusting .button.primary").click()
    page.wait_for_selector(".library-list .entry")
    for policy in ("red_packet", "daily_topic"):
        traveller.add(policy, policy.replace("_", " "))
    traveller.check()

    view = traveller.compare()
    work = traveller.work()
    assert [[one["use"] for one in variant["policies"]] for variant in work["variants"]] == [
        ["red_packet"], ["daily_topic"],
    ]  # fmt: skip
    assert work["days"] == 30
    assert view["final"]
    for sentence in view["verdict"]:
        assert page.get_by_text(sentence).first.is_visible()
    traveller.check()

    with page.context.expect_page() as opened:
        traveller.press("web.compare.report")
    report = opened.value
    report.wait_for_load_state()
    told = report.locator("body").inner_text().replace("\u2009", " ")  # thin spaces around numbers
    assert view["verdict"][0] in told
    report.close()

    page.locator("a[href^='#/why/']:visible").first.click()
    page.wait_for_url("**/#/why/**")
    page.wait_for_selector("figure", timeout=MINUTES)
    traveller.check()


def log_of(path, *, weeks=40):
    """A small community's log of which the law is known."""
    active = synthetic_log(POOLED.mean, weeks=weeks, arrivals=3.0, seed=4).active
    write_events(synthetic_events(active, seed=4), path)
    return path


def test_from_a_chat_log_to_a_comparison(traveller, tmp_path):
    page = traveller.page
    page.goto("/")
    page.locator(".drop input[type=file]").set_input_files(log_of(tmp_path / "events.csv"))
    page.wait_for_selector(".adjusting", timeout=MINUTES)
    assert traveller.work()["community"]["upload"]
    page.wait_for_selector("figure")  # the past, and what is ahead
    traveller.check()
    page.locator(".adjusting .button.primary").click()
    page.wait_for_selector(".library-list .entry")
    traveller.add("daily_topic", "daily topic")
    view = traveller.compare()
    assert view["badge"] == "fitted"
    assert view["final"]


@pytest.mark.slow
def test_from_a_budget_to_a_variant(traveller):
    page = traveller.page
    traveller.choose("interest", members=40, days=60)
    page.goto(page.url.replace("/portrait/", "/budget/"))
    page.wait_for_selector(".budget-ask")
    traveller.press("web.budget.run")
    page.wait_for_selector(".plan-answer:not(.so-far) .mix .button.primary", timeout=MINUTES)
    view = traveller.view("plan")
    assert view["final"]
    for sentence in view["verdict"]:
        assert page.get_by_text(sentence).first.is_visible()
    traveller.check()
    page.locator(".mix .button.primary").click()
    page.wait_for_url("**/#/policies/*")
    page.wait_for_selector(".library-list .entry")
    until(lambda: traveller.work()["variants"], seconds=10)  # it is saved a moment later
    (variant,) = traveller.work()["variants"]
    assert variant["policies"] == view["recommended"]["policies"]
    assert traveller.compare()["final"]
