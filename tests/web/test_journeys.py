"""What people do, in a real browser: nothing is asked of elsewhere, nothing complains."""

import re

import pytest
from web_server import SMALL, TINY, ended, until

HARM = "<img src=x onerror=window.harmed=1><script>window.harmed=1</script>\u202e"
PLACES = ("portrait", "policies", "compare", "why", "budget")


def api(page, method, address, body=None):
    """Ask the API as the page does: with its cookie."""
    answer = page.context.request.fetch(address, method=method, data=body)
    assert answer.ok, f"{address}: {answer.status} {answer.text()}"
    return answer.json()


class AsClient:
    """What helpers take for a client."""

    def __init__(self, page):
        self._page = page

    def request(self, method, address, **options):
        answer = self._page.context.request.fetch(address, method=method, data=options.get("json"))

        class Answer:
            is_success, status_code, content = answer.ok, answer.status, answer.body()
            text, json = answer.text(), staticmethod(answer.json)

        return Answer


def opened(page, lang="en"):
    """The page at its start, in a language."""
    page.goto(f"/?lang={lang}")
    page.locator("h1").first.wait_for()
    return page


@pytest.mark.slow
def test_from_the_start_to_a_verdict(page):
    opened(page)
    page.keyboard.press("Tab")
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"#/portrait/"), wait_until="commit")
    work = page.url.rpartition("/")[2]
    page.locator("h1").first.wait_for()
    page.goto(f"/#/policies/{work}")
    page.locator("h1").first.wait_for()
    before = api(page, "GET", f"/api/works/{work}")
    given = {key: before[key] for key in ("schema", "name", "community")}
    api(page, "PUT", f"/api/works/{work}", TINY | given)
    page.reload()
    page.locator("h1").first.wait_for()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"#/compare/"), wait_until="commit")
    task = until(lambda: api(page, "GET", f"/api/works/{work}")["runs"], seconds=20)[0]
    assert ended(AsClient(page), task)["state"] == "done"
    view = api(page, "GET", f"/api/tasks/{task['id']}/view?lang=en")
    page.get_by_text(view["verdict"][0]).first.wait_for(timeout=30_000)
    assert page.locator("figure, .figure").count() > 0
    page.reload()  # the address holds the state
    page.get_by_text(view["verdict"][0]).first.wait_for(timeout=30_000)
    page.go_back()
    page.wait_for_url(re.compile(r"#/policies/"), wait_until="commit")


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_what_others_wrote_is_text(page, lang):
    opened(page, lang)
    variants = [SMALL["variants"][0] | {"name": HARM[:40]}]
    work = api(page, "POST", "/api/works", TINY | {"name": HARM[:90], "variants": variants})["id"]
    for place in [f"{one}/{work}" for one in PLACES] + ["library", "start"]:
        page.goto(f"/#/{place}")
        page.locator("h1").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("window.harmed") is None, place
        assert page.evaluate("document.querySelector('img[src=x]')") is None, place
    page.goto("/#/library")
    page.get_by_text("<img src=x", exact=False).first.wait_for()


@pytest.mark.slow
def test_nobody_sees_what_another_window_has(visit):
    mine = visit(viewport={"width": 1280, "height": 720}).page
    theirs = visit(viewport={"width": 390, "height": 844}).page
    opened(mine)
    opened(theirs)
    api(mine, "POST", "/api/works", TINY | {"name": "only mine"})
    for page, there in ((mine, 1), (theirs, 0)):
        page.goto("/#/library")
        page.locator("h1").first.wait_for()
        if there:
            page.get_by_text("only mine").first.wait_for()
        assert (page.get_by_text("only mine").count() > 0) == bool(there)
