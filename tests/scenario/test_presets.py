"""The presets: complete, explained, and affordable for those who run them (handbook: B1, G)."""

import pytest

from sim.parameters import by_path
from sim.policies.planning import read_plan
from sim.scenario import Scenario, policy_values, preset_names
from sim.study import configure, run
from sim.study.validation.observe import CALIBRATED, preset
from sim.words import Words

NAMES = preset_names()
CASES = {"xiaomi_fans", "starbucks", "xiaohongshu", "zhihu", "douyin"}
KINDS = {"knowledge", "interest", "product", "resource", "project", "mixed"}
OPERATED = sorted(CASES | KINDS)


def test_there_is_a_preset_for_each_case_and_each_kind():
    assert set(NAMES) == CASES | KINDS | {"organic", "course"}


@pytest.mark.parametrize("name", NAMES)
def test_every_value_has_its_source_in_both_languages(name):
    scenario = Scenario.preset(name)
    default = Scenario().flat()
    values = scenario.flat()
    own = {path for path in by_path() if values[path] != default[path]}
    own |= {path for path in ("platform", "days", "start") if values[path] != default[path]}
    own |= policy_values(scenario.policies).keys()
    without = {
        path
        for path in own
        if path not in scenario.sources
        and (path in by_path() or path.rpartition(".")[0] not in scenario.sources)
    }
    assert without == set()
    assert all(source.zh for source in scenario.sources.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_is_told_in_one_line(name):
    for lang in ("en", "zh"):
        words = Words(lang)
        assert words.preset(name) != name
        assert words.has(f"about.{name}")


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_says_that_it_is_no_claim_about_the_firm(name):
    from sim.scenario.keys import FIRMS, PRESETS

    assert name in FIRMS
    text = (PRESETS / f"{name}.toml").read_text("utf-8")
    assert "not claims about the firm" in text


@pytest.mark.parametrize("name", OPERATED)
def test_an_operator_can_do_what_a_preset_plans(name):
    result = run(name, replicates=3, seed=5)
    base = result.summary["base"]
    assert base["work_not_done_minutes"]["p95"] == 0
    assert base["work_not_done_money"]["p95"] == 0
    assert result.cautions == ()
    assert base["members"]["p50"] > 0.5 * Scenario.preset(name).members.initial
    assert base["active_30d"]["p50"] >= 10  # a year later it is alive


@pytest.mark.parametrize("name", OPERATED)
def test_a_short_run_leaves_out_what_is_planned_for_later(name):
    whole = read_plan(Scenario.preset(name)).policies
    scenario, cautions = configure(name, days=10)
    late = [one.name for one in whole if one.calendar.start >= 10]
    assert [dict(one.values)["policy"] for one in cautions] == late
    assert {one.key for one in cautions} <= {"warning.later"}
    assert len(scenario.policies) == len(whole) - len(late)
    assert not [path for path in scenario.sources if path.partition(".")[0] in late]
    again, none = configure(Scenario.build(scenario.resolved()))
    assert (again, none) == (scenario, ())


def test_what_a_user_planned_too_late_is_still_a_mistake(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('base = "knowledge"\n[[policies]]\nuse = "red_packet"\nstart = 99\n')
    with pytest.raises(Exception, match="never_happens"):
        configure(file, days=30)


def test_validation_sees_the_communities_as_they_were_calibrated():
    for name, policies in CALIBRATED.items():
        calibrated, shipped = preset(name), Scenario.preset(name)
        assert calibrated.policies == policies
        assert calibrated.flat() == shipped.flat()
        assert len(shipped.policies) > len(policies)
    assert preset("course") == Scenario.preset("course")
