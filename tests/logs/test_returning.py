"""The laws of a log ahead, and the way back to its last half year."""

from dataclasses import replace

import numpy as np
import pytest

from sim.logs.ahead import weeks_ahead
from sim.logs.community import community_from_log
from sim.logs.inflow import expected_path
from sim.logs.returning import WEEKS, Returning


@pytest.fixture(scope="module")
def community(random_table):
    return community_from_log(random_table(3))


def ahead(community, shift, **changes):
    about = {
        "law": community.law, "messages": community.messages, "inflow": community.inflow,
        "first_counts": community.first_counts,
    }  # fmt: skip
    return weeks_ahead(community.states, shift=shift, **{**about, **changes})


def constant(community, *, logit, messages):
    """The community with members who all speak alike and write alike."""
    coefficients = np.zeros(len(community.law.terms))
    coefficients[0] = logit
    return {
        "law": replace(community.law, coefficients=coefficients),
        "messages": replace(community.messages, base=np.log(messages), volume=0.0, shape=5.0),
    }


def test_members_who_are_all_alike_need_no_simulation(community):
    shift = np.array([0.0, 0.5, -0.5])
    come = expected_path(community.inflow, weeks=3)
    speakers, messages = ahead(community, shift, **constant(community, logit=-1.0, messages=4.0))
    known = community.states.member.size + np.array([0.0, come[0], come[0] + come[1]])
    speaking = known / (1 + np.exp(1.0 - shift))
    np.testing.assert_allclose(speakers, speaking + come, rtol=0.1)
    first = come * community.first_counts.mean()
    # some 256 runs of 8 members: 600 speakers a week at most, of whom each writes 4 +- 2.5
    np.testing.assert_allclose(messages.sum(), (4.0 * speaking + first).sum(), rtol=0.1)


def test_the_first_week_is_the_law_itself(community):
    z = community.states.terms()
    p = 1 / (1 + np.exp(-(z @ community.law.coefficients)))
    speakers, _ = ahead(community, np.zeros(1))
    come = expected_path(community.inflow, weeks=1)[0]
    runs = np.clip(40_000 // p.size, 4, 256)
    error = np.sqrt(((p * (1 - p)).sum() + come) / runs)
    assert speakers[0] == pytest.approx(p.sum() + come, abs=4 * error)


def test_what_is_found_leads_back(community):
    """With the shifts found, the weeks ahead are like the last half year's."""
    speakers, messages = ahead(community, community.returning.speakers)
    past = community.series
    usual = np.exp(np.log(past.speakers[-26:] + 0.3).mean())
    assert speakers[6:].mean() == pytest.approx(usual, rel=0.12)
    rate = np.exp((np.log(past.messages[-26:] + 0.3) - np.log(past.speakers[-26:] + 0.3)).mean())
    told = messages / speakers * np.exp(community.returning.messages)
    assert told[6:].mean() == pytest.approx(rate, rel=0.12)


def test_beyond_half_a_year_the_last_shift_holds_on():
    path = np.arange(WEEKS, dtype=float)
    speakers, messages = Returning(share=0.5, speakers=path, messages=-path).over(30)
    assert speakers[25:].tolist() == [25.0] * 5
    assert messages[:3].tolist() == [0.0, -1.0, -2.0]


def test_few_futures_of_a_young_log_return(random_table):
    community = community_from_log(random_table(3))
    weeks = community.series.speakers.size - 1  # in the first, everybody is new
    assert weeks < 40
    assert community.returning.share == pytest.approx(0.5 * (1 - np.exp(-((weeks / 52) ** 2))))
