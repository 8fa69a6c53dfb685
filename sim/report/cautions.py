"""What is probably not meant, and what became of runs that failed, as notes of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.audiences import EVERYONE
from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.policies.planning import Caution
    from sim.study.simulate import Failure
    from sim.words import Words

_ENDED_SHOWN = 3  # futures that a policy ended which are told one by one


def why_failed(failure: Failure, words: Words) -> str:
    """Why a run failed, as a sentence where a policy did."""
    if not failure.policy:
        return failure.error
    about = {"policy": failure.policy, "day": failure.day, "detail": failure.error}
    return words.error(UserError("policy_failed", "raised", **about))


def failure_notes(failures: Sequence[Failure], folder: Path | None, words: Words) -> list[str]:
    """What became of futures that a policy ended."""
    ended = [one for one in failures if one.policy]
    notes = [
        words.say(
            "warning.ended" if one.trace is not None else "warning.ended_at_once",
            future=one.replicate, day=one.day, policy=words.policy(one.policy), detail=one.error,
        )
        for one in ended[:_ENDED_SHOWN]
    ]  # fmt: skip
    if (rest := len(ended) - _ENDED_SHOWN) > 0:
        notes.append(words.say("warning.ended_more", count=rest, file=folder))
    return notes


def warnings_of(cautions: Sequence[Caution], words: Words) -> list[str]:
    """What in policies is probably not meant, worded."""
    notes = []
    for caution in cautions:
        values = dict(caution.values)
        for name in ("policy", "other"):
            values[name] = words.policy(str(values.get(name, "")))
        values["audience"] = words.audience(str(values.get("audience", EVERYONE)))
        notes.append(words.say(caution.key, **values))
    return notes
