"""A work is what the page edits; an experiment is what is simulated: nothing is lost between."""

import json
import tomllib

import pytest
import works
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import UserError, UserErrors
from sim.scenario import Scenario
from sim.scenario.keys import name_is_usable
from sim.study.reading import read_experiment
from sim.study.variant import BASE
from sim.web import work as module
from sim.web.work import Work, experiment_tables, experiment_text, read_work, variant_names

relaxed = settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
COMMUNITY = {"community": {"preset": "knowledge"}}


def refused(data):
    """Kind/reason of each mistake by its place."""
    with pytest.raises(UserError) as caught:
        read_work(data)
    error = caught.value
    several = error.errors if isinstance(error, UserErrors) else [error]
    return {one.values["key"]: f"{one.kind}/{one.reason}" for one in several}


@given(works.works())
@relaxed
def test_the_file_says_what_the_tables_say(data):
    work = read_work(data)
    assert tomllib.loads(experiment_text(work, "knowledge")) == experiment_tables(work, "knowledge")


@given(data=works.works())
@relaxed
def test_the_file_reads_back_as_the_work(data, tmp_path):
    work = read_work(data)
    path = tmp_path / "experiment.toml"
    path.write_bytes(experiment_text(work, "knowledge").encode())
    found = read_experiment(path)

    assert (found.days, found.goal, found.seed) == (data["days"], data["goal"], data["seed"])
    assert (found.budget, found.minutes) == (data["budget"], data["minutes"])
    assert found.question == data["name"].strip()
    if data["precision"] is None:
        assert (found.stop, found.replicates) == (None, data["futures"])
    else:
        stop = found.stop
        assert (stop.kpi, stop.half_width, stop.max_replicates) == (
            data["goal"], data["precision"], data["futures"],
        )  # fmt: skip
    as_now = [
        one
        for one in Scenario.preset("knowledge").policies
        if one["use"] not in data["without"] and one.get("start", 0) < data["days"]
    ] + data["policies"]  # fmt: skip
    parts = [{"set": {}, "without": [], "policies": []}, *data["variants"]]
    assert len(found.variants) == len(parts)
    for variant, part in zip(found.variants, parts, strict=True):
        kept = [one for one in as_now if one["use"] not in part["without"]]
        assert list(variant.scenario.policies) == kept + part["policies"]
        values = variant.scenario.flat()
        for path_of, value in {**data["set"], **part["set"]}.items():
            assert values[path_of] == value


@given(works.works())
@relaxed
def test_json_keeps_a_work(data):
    work = read_work(data)
    assert read_work(json.loads(work.model_dump_json())) == work


@given(st.lists(works.names, max_size=5))
def test_names_can_stand_in_a_folder_and_none_is_lost(own):
    work = works.work(variants=[{"name": name} for name in own])
    named = variant_names(work)
    names = [one["name"] for one in named]
    assert len({BASE, *names}) == len(names) + 1
    assert all(name_is_usable(name) for name in names)
    for name, one in zip(own, named, strict=True):
        if name.strip():
            assert name.strip() == one.get("about", one["name"])


def test_a_usable_name_stays():
    named = variant_names(works.work(variants=[{"name": "红包"}, {"name": "A/B"}, {"name": ""}]))
    assert named == [
        {"name": "红包"}, {"name": "A／B", "about": "A/B"}, {"name": "variant 3", "zh": "方案 3"},
    ]  # fmt: skip


def test_the_baselines_name_is_what_studies_call_it():
    assert module._BASE == BASE


@pytest.mark.parametrize(
    ("part", "place", "code"),
    [
        ({"days": 13}, "days", "out_of_range/between"),
        ({"days": 1096}, "days", "out_of_range/between"),
        ({"days": 20.5}, "days", "wrong_form/work_number"),
        ({"days": True}, "days", "wrong_form/work_number"),
        ({"futures": 9}, "futures", "out_of_range/between"),
        ({"futures": 1001}, "futures", "out_of_range/between"),
        ({"budget": float("nan")}, "budget", "wrong_form/work_number"),
        ({"name": "x" * 81}, "name", "out_of_range/text_length"),
        ({"schema": 2}, "schema", "cannot_read/newer_schema"),
        ({"nam": "x"}, "nam", "unknown_key/parameter"),
        ({"variants": [{"name": "x"}] * 6}, "variants", "out_of_range/work_variants"),
        ({"variants": [{"nmae": "x"}]}, "variants.0.nmae", "unknown_key/parameter"),
        ({"policies": [{"use": "event"}] * 61}, "policies", "out_of_range/work_many"),
        ({"policies": [{}]}, "policies.0.use", "wrong_form/work_missing"),
        (
            {"variants": [{"policies": [{"use": "event"}, {"use": "event", "amount": {}}]}]},
            "variants.0.policies.1.amount", "wrong_form/work_form",
        ),
        ({"set": {"members.initial": 20_001}}, "set.members.initial", "out_of_range/between"),
        ({"set": {"policies": []}}, "set.policies", "unknown_key/parameter"),
        ({"set": {"days": 9}}, "set.days", "unknown_key/parameter"),
        ({"community": {"preset": "nix"}}, "community.preset", "not_found/preset"),
        ({"community": {"preset": "../x.toml"}}, "community.preset", "not_found/preset"),
        ({"community": {"upload": "../x"}}, "community.upload", "not_found/upload"),
        ({"community": {}}, "community", "wrong_form/work_community"),
        ({"name": "\ud800"}, "name", "wrong_form/work_form"),
        ({"policies": [{"use": "event", "\ud800": 1}]}, "policies.0.?", "wrong_form/work_form"),
        ({"set": {"\ud800": 1}}, "set.?", "unknown_key/parameter"),
    ],
)  # fmt: skip
def test_what_is_no_work_is_refused_at_its_place(part, place, code):
    assert refused(COMMUNITY | part) == {place: code}


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_no_table_is_refused(value):
    assert refused(value) == {"": "wrong_form/work_form"}


def test_the_ends_of_the_limits_are_allowed():
    for name, ends in module.LIMITS.items():
        whole = Work.model_fields[name].annotation is int
        for value in ends:
            assert read_work(COMMUNITY | {name: int(value) if whole else value})
