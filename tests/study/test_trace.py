"""What is kept of every run: lossless, small, refused where it was altered."""

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.metrics import run_kpis
from sim.record import ACCOUNTS
from sim.simulation import Run
from sim.study.trace import TRACED, _from_base85, pack, trace_of, unpack


@pytest.fixture(scope="module")
def finished(in_groups):
    from sim.policies.planning import plan_levers

    extra = [{"use": "red_packet"}, {"use": "paid_membership"}]
    run = Run.start(in_groups, seed=3, levers=plan_levers(in_groups, extra=extra))
    run.advance()
    return run.record()


def test_it_has_what_the_record_has(finished):
    trace = trace_of(finished)
    for name in TRACED:
        assert trace.total(name).tolist() == finished.total(name).tolist()
        for group in range(trace.groups):
            assert trace.of_group(name, group).tolist() == finished.of_group(name, group).tolist()
    packets = finished.ledger_policy[finished.policies.index("red_packet")]
    assert trace.account("packet", policy="red_packet") == packets[ACCOUNTS.index("packet")]
    assert trace.account("packet") == finished.ledger[:, ACCOUNTS.index("packet")].sum()
    assert trace.account("packet", policy="nobody") == 0


def test_packing_loses_nothing(finished):
    kpis = run_kpis(finished)
    text = pack(trace_of(finished), kpis)
    trace, again = unpack(text)
    assert again == kpis
    assert pack(trace, again) == text
    assert trace.policies == finished.policies
    assert np.array_equal(trace.weekly, finished.weekly)
    assert unpack(pack(None, {"profit": 1.5})) == (None, {"profit": 1.5})


@settings(max_examples=60)
@given(data=st.data())
def test_an_altered_line_is_refused_or_harmless(finished, data):
    text = pack(trace_of(finished), run_kpis(finished))
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("Az09~}"))
    broken = text[:place] + other + text[place + 1 :]
    for altered in (broken, text[:place]):
        try:
            trace, _ = unpack(altered)
        except ValueError:
            continue
        assert altered == text or trace is None or trace.days == finished.days


@given(st.binary(max_size=40))
def test_base_85_is_the_standard_library_s(data):
    assert _from_base85(base64.b85encode(data).decode()) == data


@pytest.mark.parametrize("text", ["~~~~~", "abc d", "群abcd", '"""""'])
def test_what_is_no_base_85_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  any
        _from_base85(text)
