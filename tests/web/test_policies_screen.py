"""The policies and budget screens in a browser: dragging, keys, undo, settings, limits."""

import pytest

WORK = {
    "name": "Packets or a course?",
    "community": {"preset": "knowledge"},
    "days": 180,
    "budget": 30000,
    "variants": [
        {"name": "packets", "policies": [{"use": "red_packet", "stop": 90, "amount": 200}]},
    ],
}
PACKET = ".item[data-key='red_packet#0']"
DAY = "() => document.querySelector('.track-labels').clientWidth / 180"


@pytest.fixture
def opened(page):
    """The screen of a work of its own, and what of the work is saved by now."""
    page.goto("/")
    work = page.request.post("/api/works", data=WORK).json()

    def saved():
        page.evaluate("import('/js/store.js').then((store) => store.flush())")
        return page.request.get(f"/api/works/{work['id']}").json()

    page.goto(f"/#/policies/{work['id']}")
    page.locator(PACKET).wait_for()
    return page, saved


def pull(page, x, y, days):
    """Press at a point, move by days, let go."""
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + days * page.evaluate(DAY), y, steps=5)
    page.mouse.up()


def packet(saved):
    """What the first variant does with red packets."""
    return saved()["variants"][0]["policies"][0]


def test_items_are_dragged_by_their_middle_and_their_ends(opened):
    page, saved = opened
    box = page.locator(PACKET).bounding_box()
    y = box["y"] + box["height"] / 2
    pull(page, box["x"] + box["width"] / 2, y, 14)
    assert packet(saved) == {"use": "red_packet", "start": 14, "stop": 104, "amount": 200}
    box = page.locator(PACKET).bounding_box()
    pull(page, box["x"] + box["width"] - 1, y, -4)
    assert packet(saved)["stop"] == 100
    pull(page, box["x"] + 1, y, 6)
    assert packet(saved)["start"] == 20


def test_keys_move_shorten_undo_and_remove(opened):
    page, saved = opened
    page.locator(PACKET).focus()
    for keys in ("ArrowRight", "Shift+ArrowRight", "Alt+ArrowLeft"):
        page.keyboard.press(keys)
    assert packet(saved) == {"use": "red_packet", "start": 8, "stop": 97, "amount": 200}
    page.keyboard.press("Control+z")
    assert packet(saved)["stop"] == 98
    page.keyboard.press("Control+Shift+z")
    assert packet(saved)["stop"] == 97
    page.keyboard.press("Delete")
    assert saved()["variants"][0]["policies"] == []
    page.locator(".toast .button").click()
    assert packet(saved)["stop"] == 97


def test_a_policy_is_found_and_added_without_a_mouse(opened):
    page, saved = opened
    page.keyboard.press("/")
    page.keyboard.type("personal care")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert saved()["variants"][0]["policies"][-1] == {"use": "care"}
    label = page.locator(".item[data-key='care#0']").get_attribute("aria-label")
    assert "personal care" in label.lower()


def test_a_policy_is_dragged_from_the_library_to_a_day(opened):
    page, saved = opened
    source = page.locator(".entry[data-key='event']")
    source.scroll_into_view_if_needed()
    box, track = source.bounding_box(), page.locator(".track-labels").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(track["x"] + 60.5 * page.evaluate(DAY), track["y"] + 80, steps=6)
    page.mouse.up()
    assert saved()["variants"][0]["policies"][-1] == {"use": "event", "start": 60}


def test_a_setting_out_of_range_is_told_at_its_field(opened):
    page, _ = opened
    page.locator(PACKET).click()
    # What a field lets one type is within its limits; a file may say anything.
    page.evaluate(
        """async () => (await import('/js/store.js')).change((work) => {
            work.variants[0].policies[0].amount = -5;
        }, 'test')"""
    )
    field = page.locator(".own-settings .number-field").first
    field.locator(".field-error").wait_for()
    assert field.locator("input[type=number]").get_attribute("aria-invalid") == "true"
    assert page.locator(".variant-tab.wrong").count() == 1


def test_totals_against_the_limits_and_the_way_to_the_mix(opened):
    page, saved = opened
    page.locator(".limit.budget input").fill("1000")
    page.keyboard.press("Tab")
    page.locator(".limit.budget.over").wait_for()
    assert saved()["budget"] == 1000
    page.locator(".to-budget").click()
    page.locator(".budget-ask").wait_for()
    assert page.locator(".question .number-box input").first.input_value() == "1000"


def test_a_phone_has_a_list_and_sheets(visit):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    page.goto("/")
    work = page.request.post("/api/works", data=WORK).json()
    page.goto(f"/#/policies/{work['id']}")
    page.locator(".item-card [data-key='red_packet#0']").tap()
    page.locator(".policies-sheet .settings").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
