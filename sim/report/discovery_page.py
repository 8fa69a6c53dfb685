"""The page of a discovery: where something goes wrong, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.discovering import discovery_sentences
from sim.report.figures import discovery_figures
from sim.report.fonts import font_notice
from sim.report.page import Page, Picture, Prose, Section, Tile
from sim.report.parts import method_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.run import Made
    from sim.words import Words

_FIRST = 2  # paragraphs that stand above the figures


def discovery_page(
    found: Mapping[str, Any],
    *,
    name: str,
    made: Made,
    words: Words,
    labels: Mapping[str, str] | None = None,
) -> Page:
    """The page of a discovery.

    Args:
        found: The table of ``discover.json``.
        name: Name of the study.
        made: How it was made.
        words: Language.
        labels: What to call factors, by name; a parameter's meaning by default.
    """
    first, *rest = discovery_sentences(found, words=words, labels=labels)
    figures = discovery_figures(found, words=words, labels=labels)
    sections = [
        Section(words.say(f"discover.title_{key}"), (Picture(name=f"discover-{key}", figure=one),))
        for key, one in figures.items()
    ]
    boxes, *others = rest
    method = method_section(
        made, [sentence for part in others for sentence in part], futures=found["rows"],
        words=words,
    )  # fmt: skip
    best = found["boxes"][0] if found["boxes"] else None
    tiles = [Tile(numbers.share(found["base"], words=words), words.say("discover.tile_base"))]
    if best is not None:
        tiles += [
            Tile(numbers.share(best["density"], words=words), words.say("discover.tile_density")),
            Tile(numbers.share(best["coverage"], words=words), words.say("discover.tile_coverage")),
        ]
    notice = font_notice(words)
    return Page(
        title=words.say("discover.title", condition=found["condition"]["text"]), line=name,
        verdict=tuple(first), tiles=tuple(tiles), notes=(notice,) if notice else (),
        sections=(Section(words.say("discover.found"), (Prose(tuple(boxes)),)), *sections, method),
    )  # fmt: skip
