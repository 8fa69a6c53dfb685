"""What policies say about themselves, in both languages: parameters, evidence, ways to fail.

Keys are ``setting.<policy>.<parameter>``, ``evidence.<policy>.<number>`` and
``failure.<policy>.<number>``, numbered from 1 in the order of the policy's own class. A policy that
is not here speaks the English of its class.
"""

from __future__ import annotations

from sim.words.policy_texts_adapting import ADAPTING
from sim.words.policy_texts_earning import EARNING
from sim.words.policy_texts_getting import GETTING
from sim.words.policy_texts_keeping import KEEPING
from sim.words.policy_texts_ordering import ORDERING

POLICY_TEXTS: dict[str, tuple[str, str]] = {
    **GETTING,
    **KEEPING,
    **ORDERING,
    **EARNING,
    **ADAPTING,
}
