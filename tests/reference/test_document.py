"""docs/ODD.md says what the code has: the parameter table, the codes of draws, the levers."""

import re
from pathlib import Path

from sim.draws import PURPOSES
from sim.levers import LEVERS
from sim.parameters import SECTIONS
from sim.parameters.document import BEGIN, END, refreshed
from sim.population import SLOTS
from sim.record import CHANNELS, ROLES

ODD = Path(__file__).resolve().parents[2] / "docs" / "ODD.md"
TEXT = ODD.read_text("utf-8")
MODEL = TEXT[: TEXT.index(BEGIN)]
PLAIN = re.sub(r"\s+", " ", MODEL)


def test_the_parameter_table_is_up_to_date():
    assert refreshed(TEXT) == TEXT  # else: python -m sim.parameters.document docs/ODD.md


def test_the_marks_may_not_be_lost():
    assert MODEL.count(BEGIN) == 0
    assert TEXT.count(END) == 1


def test_codes_of_draws():
    said = re.search(r"Codes: (.*?)\.", PLAIN)[1]
    codes = {name: int(code) for name, code in re.findall(r"(\w+) (\d+)", said)}
    assert codes.items() <= PURPOSES.items()
    table = MODEL[MODEL.index("| draw | decides |") :]
    table = table[: table.index("\n\n")]
    drawn = set(re.findall(r"(?:^\| |/ )([a-z]+),", table, re.MULTILINE))
    assert drawn == set(codes)


def test_counts():
    assert f"{len(LEVERS)} daily quantities" in PLAIN
    assert SLOTS == 6
    assert "| six ties |" in MODEL
    assert [CHANNELS[k] for k in (0, 1, 2, 7)] == ["founder", "invited", "open", "log"]
    assert ROLES.index("owner") == 3


def test_every_parameter_named_in_the_text_exists():
    known = {f"{name}.{key}" for name, section in SECTIONS.items() for key in section.model_fields}
    said = set(re.findall(r"`([a-z]+\.[a-z_]+)`", PLAIN))
    said = {path for path in said if path.partition(".")[0] in SECTIONS}
    assert len(said) > 30
    assert said <= known
