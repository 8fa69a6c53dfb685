"""The page of a sensitivity study: its numbers are those of the indices, in both languages."""

import re
from html import unescape

import pytest

from sim.report.influences import answers_of, courses
from sim.report.sensitivity_page import page_of, sensitivity_page, write_sensitivity
from sim.study.sensitivity import read_sensitivity, sensitivity
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
COMMAND = "qunsim sensitivity study.toml"


def study(folder, text):
    path = folder / "study.toml"
    path.write_text(text, "utf-8")
    return read_sensitivity(path)


@pytest.fixture(scope="module")
def noisy(tmp_path_factory):
    text = 'base = "function:ishigami-noisy"\nmethod = "sobol"\nn = 256\nreplicates = 4\n'
    text += "[screening]\ntrajectories = 8\nkeep = 3\n"
    return sensitivity(study(tmp_path_factory.mktemp("noisy"), text))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    text = """
        base = "knowledge"
        days = 60
        n = 8
        replicates = 2
        outputs = ["profit"]
        series = ["members"]
        every = 30
        [factors]
        "member.wallet_median" = [60, 240]
        "exit.hazard" = {low = 0.05, high = 0.15, distribution = "loguniform"}
        opening = {policies = {nothing = [], packets = [{use = "red_packet"}]}}
        [[levers]]
        name = "course"
        policies = [{use = "paid_course"}]
    """
    return sensitivity(study(tmp_path_factory.mktemp("tiny"), text), jobs=1)


def pictures(result, words=EN):
    return {one.name: one for one in page_of(result, words=words, command=COMMAND).pictures()}


def test_the_answer_and_the_alt_text_are_the_indices(noisy):
    found = noisy.computed.found["y"]
    paths = [one.path for one in noisy.computed.study.factors]
    totals = dict(zip(paths, found.indices["ST"], strict=False))
    strongest = max(totals, key=totals.get)
    assert {"x1", "x2", "x3"} == set(paths)  # screening leaves the one out that does nothing
    percent = f"{100 * totals[strongest]:.0f} %"
    page = page_of(noisy, words=EN, command=COMMAND)
    assert page.verdict[0].startswith(f'y: {percent} of the variance has to do with "{strongest}"')
    text = unescape(sensitivity_page(noisy, words=EN, command=COMMAND))
    assert f'alt="y: {percent} of the variance has to do with "{strongest}""' in text


def test_the_table_has_every_index_with_its_range(noisy):
    found, table = noisy.computed.found["y"], pictures(noisy)["influences-y"].data
    assert table.header == (
        "factor", "path", "ST", "ST, 95 %", "S1", "S1, 95 %", "told from luck",
    )  # fmt: skip
    assert [row[0] for row in table.rows][-1] == "inert factor"
    for row in table.rows[:-1]:
        n = [one.path for one in noisy.computed.study.factors].index(row[1])
        total, half = found.indices["ST"][n], found.indices["ST_conf"][n]
        assert float(row[2]) == pytest.approx(total, abs=0.006)
        ends = [float(end) for end in row[3].split(" to ")]
        assert ends == pytest.approx([total - half, total + half], abs=0.006)


def test_a_screening_shows_all_factors_and_what_went_on(noisy):
    plane = pictures(noisy)["plane-y"]
    assert {row[1] for row in plane.data.rows} == {"x1", "x2", "x3", "x4", "—"}
    page = page_of(noisy, words=EN, command=COMMAND)
    told = next(one for one in page.sections if one.heading == "Screening")
    assert told.blocks[0].paragraphs[0].startswith("8 trajectories through all 4 factors; 3 went")
    assert [row[1] for row in told.blocks[1].rows] == ["x1", "x2", "x3"]


def test_luck_stability_and_points_are_told(noisy):
    found = noisy.computed.found["y"]
    page = page_of(noisy, words=EN, command=COMMAND)
    table = page.sections[0].blocks[-1]
    (cells,) = table.rows
    assert cells[2] == f"{found.floor('ST'):.2f}"
    assert cells[3] == f"{100 * found.luck.single:.0f} %"
    points = 256 * (3 + 1 + 2)  # N (D + 2) with the inert factor
    assert cells[-1] == f"{points}/{points}"
    runs = 4 * points + 8 * (4 + 1 + 1)  # and 8 trajectories through all factors
    assert any(tile.note == f"of {runs:,} runs" for tile in page.tiles)


def test_runs_that_failed_are_listed(noisy):
    from dataclasses import replace

    broken = replace(noisy, failed={f"p{n}/0": "policy_failed" for n in range(25)})
    text = sensitivity_page(broken, words=EN, command=COMMAND)
    assert "25 runs failed" in text
    assert "The first 20 are listed" in text
    assert "25 runs failed" not in sensitivity_page(noisy, words=EN, command=COMMAND)


def test_nothing_is_told_while_parts_are_missing(noisy):
    from dataclasses import replace

    part = replace(noisy, computed=replace(noisy.computed, found={}, missing=40))
    page = page_of(part, words=EN, command=COMMAND)
    assert page.verdict == (
        "40 runs are still missing: nothing is told before all parts are there.",
    )
    assert page.pictures() == []


def test_differences_of_levers_are_differences_point_by_point(tiny):
    computed = tiny.computed
    base, course = (answers_of(f"profit[{arm}]", computed) for arm in ("base", "course"))
    assert answers_of("profit[course - base]", computed) == pytest.approx(course - base)
    names = [one.label for one in courses(computed)]
    assert names == ["members[base]", "members[course]", "members[course - base]"]
    assert courses(computed)[0].days == (30, 60)
    last = computed.answers["base"][:, :, computed.study.measured.index("members@60")]
    assert answers_of("members@60[base]", computed) == pytest.approx(last.mean(axis=1))


@pytest.mark.parametrize("words", [EN, pytest.param(ZH, marks=pytest.mark.slow)], ids=["en", "zh"])
def test_a_page_is_one_file_beside_its_pictures(tiny, tmp_path, words):
    path = write_sensitivity(tmp_path, tiny, words=words, command=COMMAND)
    text = path.read_text("utf-8")
    assert path.name == "report.html"
    assert re.findall(r'(?:src|href)="(?!data:)', text) == []
    assert COMMAND in text
    files = {one.stem for one in (tmp_path / "figures").iterdir()}
    assert files == set(pictures(tiny, words))
    factors = next(
        one for one in page_of(tiny, words=words, command=COMMAND).sections
        if one.heading == words.say("factor.section_factors")
    )  # fmt: skip
    cells = {row[1]: row for row in factors.blocks[0].rows}
    assert cells["member.wallet_median"][2] == words.say("report.limits_of", low="60", high="240")
    assert cells["opening"][2] == words.join(["nothing", "packets"])
