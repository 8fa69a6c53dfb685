"""Chinese of parameters and units: only for what there is, in its own typography."""

import re

from sim.parameters import by_path, table
from sim.policies.base import settings_of
from sim.policies.registry import own_policies
from sim.words import Words
from sim.words.parameters import NOTES, UNITS

EN, ZH = Words("en"), Words("zh")
CJK = r"[\u3400-\u9fff]"


def test_every_word_belongs_to_a_parameter_or_a_unit():
    units = {row.unit for row in table()}
    units |= {one.unit for policy in own_policies() for one in settings_of(policy)}
    assert NOTES.keys() <= by_path().keys()
    assert UNITS.keys() <= units


def test_every_unit_of_a_policy_is_known():
    units = {one.unit for policy in own_policies() for one in settings_of(policy)}
    assert units <= UNITS.keys()


def test_what_is_missing_stays_english():
    assert ZH.unit("logit per sd") == EN.unit("logit per sd") == "logit per sd"
    assert ZH.unit("yuan a day") == "元/天"
    assert EN.unit("yuan a day") == "yuan a day"
    assert ZH.parameter("reach.open", "x") == "扫码、搜索进来的"
    assert EN.parameter("reach.open", "x") == ZH.parameter("no.such", "x") == "x"


def test_typography():
    texts = [*NOTES.values(), *UNITS.values()]
    assert not [text for text in texts if re.search(rf"{CJK}[,;:!?()]|[,;:!?(]{CJK}", text)]
