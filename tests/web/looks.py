"""What holds of every screen, whatever the language, the colours and the width."""

from itertools import product

import pytest

COMBINATIONS = list(product(("zh-CN", "en-GB"), ("light", "dark"), (1280, 390)))
"""Language, colours, width."""


def check_screen(page):
    """Nothing that axe-core calls serious, nothing that has to be scrolled sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
