"""What a plan may choose from where only policies are named."""

from dataclasses import replace

import pytest

from sim.errors import UserError
from sim.study.plan.candidates import read_candidates
from sim.study.reading import read_experiment


@pytest.fixture
def experiment(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        """
base = "knowledge"
days = 60
[[variants]]
name = "packets"
[[variants.policies]]
use = "red_packet"
amount = 200
""",
        "utf-8",
    )
    return read_experiment(path)


def test_only_policies_that_are_named_can_be_chosen(experiment):
    asked = read_candidates(replace(experiment, plan={"uses": ["red_packet", "event"]}))
    assert [one.use for one in asked.space.candidates] == ["red_packet", "event"]
    assert asked.space.replaced == ()  # what the community does today stays as it is
    amounts = asked.space.candidates[0].settings[0].values
    assert max(amounts) == 400  # twice what is written


def test_without_names_all_of_the_experiment_can_be_chosen(experiment):
    asked = read_candidates(experiment)
    uses = {one.use for one in asked.space.candidates}
    assert uses >= {"red_packet", *(one["use"] for one in experiment.base.scenario.policies)}


def test_a_name_that_is_none_is_refused(experiment):
    with pytest.raises(UserError) as caught:
        read_candidates(replace(experiment, plan={"uses": ["red_paket"]}))
    assert (caught.value.kind, caught.value.values["suggestion"]) == ("not_found", "red_packet")
