"""The screens Compare, Why and Member and the figures of the page, in a real browser.

What the server would compute is written by hand and answered in its place, so that every state can
be looked at; one slow test compares for real.
"""

import csv
import io
import re

import pytest
from looks import COMBINATIONS, check_screen
from told import Told, compare_view

from sim.web.catalogue import texts

OURS = ("web.figure.", "web.compare.", "web.why.", "web.member.")


def until(page, expression):
    """Wait for it; the page's policy forbids what ``wait_for_function`` does."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def figure_drawn(page):
    page.wait_for_selector(".pictures .figure-end")


def test_what_we_wrote_is_said():
    from test_shell_page import SCRIPTS  # the scripts of the page

    code = "\n".join(SCRIPTS.values())
    beginnings = tuple(re.findall(r"`(web\.[\w.]*)\$\{", code))
    quoted = set(re.findall(r'"(web\.[\w.]+)"', code))
    ours = [key for key in texts("en").words if key.startswith(OURS)]
    assert len(ours) > 60
    assert [key for key in ours if key not in quoted and not key.startswith(beginnings)] == []


def test_an_answer_with_all_that_belongs_to_it_on_the_first_screen(page):
    told = Told(page, compare_view())
    told.open()
    figure_drawn(page)
    assert page.locator("h1").inner_text() == "Packets or course?"
    assert page.locator(".answer-said").inner_text() == told.view["verdict"][0]
    assert page.locator(".answer.running").count() == 0
    assert page.title().startswith("✓ ")
    assert "120" in page.locator(".run").inner_text()  # futures of each variant, not runs
    for seen in (
        ".badge",
        ".answer-text",
        ".answer-actions",
        ".tiles",
        ".pictures",
        ".variants",
        ".run",
    ):
        box = page.locator(f".compare {seen}").first.bounding_box()
        assert box["y"] + box["height"] <= 720, seen
    rows = page.locator(".variants tbody tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == [
        "as now ¥2 9", "packets -¥4 worse +1 same", "course +¥9 better +1 same",
    ]  # fmt: skip
    assert (
        page.locator(".below table").last.locator("tbody tr").count() == 40 - 12
    )  # the folded ones


def test_grey_while_running_black_when_done_and_told_once(page):
    told = Told(page, None, state="running", done=0)
    told.open()
    page.wait_for_selector(".run [role=progressbar]")
    assert page.locator(".answer-actions .primary").is_disabled()
    place = page.locator(".pictures").bounding_box()
    told.tell(compare_view(final=False, pairs=12), done=36, left_s=30)
    figure_drawn(page)
    assert page.locator(".pictures").bounding_box() == place  # nothing moved
    assert page.locator(".answer-said").inner_text() == "So far:"
    told.tell(compare_view(final=False, pairs=60), done=180)
    page.wait_for_selector("text=So far: The course is better")
    assert page.locator(".answer.running").count() == 1
    assert page.locator("#live").inner_text().find("better") < 0
    zoom = "document.querySelector('.figure-plot').layout.xaxis.range"
    page.evaluate(
        "Plotly.relayout(document.querySelector('.figure-plot'), {'xaxis.range': [10, 20]})"
    )
    told.tell(compare_view(), state="done", done=360)
    page.wait_for_selector(".answer:not(.running)")
    page.wait_for_selector(".answer-text:focus")
    page.wait_for_selector("#live:has-text('better')", state="attached")
    assert page.evaluate(zoom) == [10, 20]  # newer numbers leave the zoom alone


def test_stop_go_on_and_compare_again_when_inputs_changed(page):
    told = Told(page, compare_view(final=False), state="running", done=120)
    told.open()
    figure_drawn(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".run button:not([aria-busy])")
    assert ("POST", "/t1/stop") in told.asked
    page.get_by_role("button", name="go on").click()
    page.wait_for_selector(".run [role=progressbar]")
    assert ("POST", "/t1/go-on") in told.asked
    told.tell(compare_view(), state="done")
    page.wait_for_selector(".answer:not(.running)")
    assert page.locator(".compare .stale").count() == 0
    page.evaluate(
        "import('/js/store.js').then((store) => store.change((work) => { work.days = 90 }, 'days'))"
    )
    page.wait_for_selector(".compare .stale")
    page.get_by_role("button", name="Compare again").click()
    page.wait_for_selector(".run [role=progressbar]")
    assert any(path.endswith("/compare") for method, path in told.asked if method == "POST")


def test_a_figure_is_a_picture_with_words_a_table_and_files(page):
    told = Told(page, compare_view())
    told.open()
    figure_drawn(page)
    panel = page.locator(".tab-place:not([hidden]) .figure")
    assert panel.locator("[role=img]").get_attribute("aria-label") == "Profit Pays for itself"
    ends = panel.locator(".figure-end")
    assert ends.all_inner_texts() == ["packets", "<b>course</b>"]  # a name is a text
    ends.nth(1).click()
    lines = "document.querySelector('.figure-plot').data.filter((one) => one.uid.endsWith('mid'))"
    shown = f"{lines}.filter((one) => one.visible).length"
    until(page, f"{shown} === 1")
    assert ends.nth(1).get_attribute("aria-pressed") == "true"
    ends.nth(1).click()
    until(page, f"{shown} === 2")
    page.keyboard.press("t")
    assert panel.locator("td").inner_text() == "¥12,000"
    page.keyboard.press("t")
    page.wait_for_selector(".figure-end")

    def saved(kind):
        panel.locator("summary").click()
        with page.expect_download() as found:
            panel.get_by_role("button", name=kind).click()
        assert found.value.suggested_filename == f"Profit.{kind.lower()}"
        return found.value.path().read_bytes()

    assert saved("PNG").startswith(b"\x89PNG")
    svg = saved("SVG").decode()
    assert "Profit" in svg
    assert "Pays for itself" in svg
    rows = list(csv.reader(io.StringIO(saved("CSV").decode("utf-8-sig"))))
    assert rows[0][:4] == ["x", "packets lo90", "packets lo50", "packets mid"]
    assert float(rows[61][3]) == -400


def test_tabs_by_keyboard_and_every_kind_of_figure_is_drawn(page):
    told = Told(page, compare_view())
    told.open()
    figure_drawn(page)
    page.locator("[role=tab]").first.focus()
    for title in ("Members", "Stage"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.textContent") == title
        page.wait_for_selector(".tab-place:not([hidden]) .main-svg")
    for key in ("cohorts", "participation", "tree"):
        page.locator(f"section[data-part={key}]").scroll_into_view_if_needed()
        page.wait_for_selector(f"section[data-part={key}] .main-svg")
    tree = page.locator("section[data-part=tree]")
    tree.get_by_role("button", name="Table").click()
    page.route(
        re.compile("/api/tasks/t1/(members|life)"),
        lambda route: route.fulfill(json={"members": []}),
    )
    tree.get_by_role("button", name="Tom").click()
    page.wait_for_url("**/2/57")  # the variant told of, the member's place in its run


def test_numbers_on_axes_and_where_bars_and_branches_stand(page):
    page.goto("/")
    found = page.evaluate(
        """async () => {
          const { short, ticks } = await import("/js/figures/format.js");
          const { placed } = await import("/js/figures/waterfall.js");
          const { rowsOf } = await import("/js/figures/tree.js");
          const { csv, spread } = await import("/js/figures/export.js");
          const { stretches } = await import("/js/figures/stages.js");
          const { heightAt } = await import("/js/figures/lorenz.js");
          const joined = (id, parent) => ({ id, parent });
          const nodes = [joined(1, null), joined(2, 1), joined(3, 1), joined(9, 8)];
          const numbers = [[12400, "yuan", "zh"], [-400, "yuan", "en"], [12400, "yuan", "en"],
            [1.24e6, "yuan", "en"], [0.415, "share", "en"], [0.041, "share", "zh"],
            [null, "", "en"]];
          const steps = [{ value: 100, low: 100, high: 100, total: true },
            { value: -30, low: -40, high: -20 }, { value: 70, low: 60, high: 80, total: true }];
          const rows = [["=1+1", 'x "y", z'], ["-3", null], [2.5, "+text"]];
          return {
            short: numbers.map((one) => short(...one)),
            ticks: [ticks(0, 100), ticks(-430, 12_000)],
            placed: placed(steps),
            rows: [...rowsOf(nodes).row],
            csv: csv({ columns: ["a", "b"], rows }),
            spread: spread([50, 52, 90], 20, 100),
            stretches: stretches([0, 0, 2, 2, 2, null]),
            height: heightAt([0, 0.5, 1], [0, 0.2, 1], 0.75),
          };
        }"""
    )
    assert found["short"] == ["¥1.24\u2009万", "-¥400", "¥12,400", "¥1.24M", "41.5 %", "4.1%", "—"]
    assert found["ticks"] == [[0, 25, 50, 75, 100], [-5000, 0, 5000, 10_000, 15_000]]
    assert [(one["from"], one["to"]) for one in found["placed"]] == [(0, 100), (100, 70), (0, 70)]
    assert [(one["low"], one["high"]) for one in found["placed"]] == [
        (None, None),
        (60, 80),
        (60, 80),
    ]
    assert dict(found["rows"]) == {2: 0, 3: 1, 1: 0.5, 9: 2}  # a parent stands amid its children
    body = 'a,b\r\n\'=1+1,"x ""y"", z"\r\n-3,\r\n2.5,\'+text\r\n'
    assert found["csv"] == "\ufeff" + body
    assert found["spread"] == [50, 70, 90]
    told = [(one["code"], one["from"], one["to"]) for one in found["stretches"]]
    assert told == [(0, 0, 2), (2, 2, 5), (None, 5, 6)]
    assert found["height"] == pytest.approx(0.6)


LIFE = {
    "title": "Amy's story", "prose": [{"day": 3, "text": "On day 3 she came."}],
    "series": {"days": [3, 4, 5], "engagement": [0.5, 0.6, 0.4], "trust": [0.5, 0.5, 0.5]},
    "events": [{"day": 4, "kind": "paid", "text": "paid"}],
    "same": [{"variant": 0, "member": 8}, {"variant": 1, "member": None}],
}  # fmt: skip


def test_a_member_here_and_in_another_variant(page):
    told = Told(page, compare_view())
    lives = []

    def life(route):
        lives.append(re.search(r"variant=(\d)", route.request.url)[1])
        route.fulfill(json=LIFE)

    people = {
        "members": [{"member": 41, "name": "Amy", "why": "", "value": 2, "text": "brought 2"}]
    }
    page.route(re.compile("/api/tasks/t1/members"), lambda route: route.fulfill(json=people))
    page.route(re.compile("/api/tasks/t1/life"), life)
    told.open("member")
    page.get_by_role("link", name="Amy").click()
    page.wait_for_selector(".life .main-svg")
    assert page.locator(".prose").inner_text() == "On day 3 she came."
    page.get_by_label("Beside it").select_option("1")
    page.wait_for_selector(".life >> nth=1")
    assert "never joined" in page.locator(".life").nth(1).inner_text()
    page.get_by_label("Beside it").select_option("0")
    page.wait_for_selector(".life >> nth=1 >> .main-svg")
    assert lives == ["2", "2", "2", "0"]


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "scheme", "width"), COMBINATIONS)
def test_nothing_serious_for_axe(visit, locale, scheme, width):
    page = visit(
        locale=locale, color_scheme=scheme, viewport={"width": width, "height": 844},
        bypass_csp=True, reduced_motion="reduce",
    ).page  # fmt: skip
    told = Told(page, compare_view())

    told.open()
    figure_drawn(page)
    check_screen(page)
    page.keyboard.press("t")
    page.evaluate(
        "import('/js/store.js').then((store) => store.change((work) => { work.days = 90 }, 'days'))"
    )
    page.wait_for_selector(".compare .stale")
    check_screen(page)


@pytest.mark.slow  # starts a worker, which may have to compile
def test_a_comparison_from_the_first_click_to_a_report(page):
    page.goto("/")
    packet = {"use": "red_packet", "start": 3, "every": 7, "amount": 100}
    work = page.request.post("/api/works", data={
        "name": "Packets?", "community": {"preset": "knowledge"}, "days": 30, "futures": 40,
        "precision": None, "variants": [{"name": "packets", "policies": [packet]}],
    }).json()  # fmt: skip
    page.goto(f"/#/compare/{work['id']}")
    page.locator(".empty .primary").click()
    page.wait_for_selector(".answer:not(.running) .answer-said:not(:empty)", timeout=300_000)
    figure_drawn(page)
    with page.expect_popup(timeout=60_000) as report:
        page.locator(".answer-actions .primary").click()
    assert report.value.url.partition("?")[0].endswith("/report.html")
