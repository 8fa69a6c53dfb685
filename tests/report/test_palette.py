"""Colours that everybody can tell apart: recomputed from published formulas."""

from itertools import combinations

import numpy as np
import pytest

from sim.metrics import STAGES as STAGES_OF_THE_RULE
from sim.report.palette import DARK, LIGHT, STAGES, contrast, ink_on

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])  # sRGB, D65  # fmt: skip


def lab(colour, sight):
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIGHT[sight] @ linear, 0, 1)
    xyz = TO_XYZ @ seen / (TO_XYZ @ np.ones(3))
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def smallest_difference(colours):
    return min(
        np.linalg.norm(lab(one, sight) - lab(other, sight))
        for sight in SIGHT
        for one, other in combinations(colours, 2)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_series_and_stages_can_be_told_apart(theme):
    assert len(theme.series) == 7
    assert smallest_difference(theme.series) >= 22.5  # 23 as rounded in the design
    # Stages always lie in one order with their word inside; still well apart.
    assert smallest_difference(theme.stages) >= 27


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_stand_out_from_their_ground(theme):
    for colour in (*theme.series, theme.better, theme.worse):
        # One variant reaches 2.9 on white; its dash and its label at the end name it too.
        assert contrast(colour, theme.ground) >= 2.85
    for colour in (theme.text, theme.secondary, theme.link):
        assert contrast(colour, theme.ground) >= 4.5
        assert contrast(colour, theme.panel) >= 4.5


def test_words_inside_stages_can_be_read():
    for colour in (*LIGHT.stages, *DARK.stages):
        assert contrast(ink_on(colour), colour) >= 4.5


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)


def test_stages_are_those_of_the_rule():
    assert STAGES == STAGES_OF_THE_RULE
