from pathlib import Path

from sim.policies.document import page
from sim.policies.registry import own_policies

FILE = Path(__file__).resolve().parents[2] / "docs" / "policies.md"


def test_the_page_is_that_of_the_policies():
    assert (
        FILE.read_text("utf-8") == page()
    )  # else: python -m sim.policies.document docs/policies.md


def test_every_policy_has_its_section():
    text = page()
    for policy in own_policies():
        assert f"\n## {policy.key}\n" in text
        assert all(note in text for note in policy.failures)
