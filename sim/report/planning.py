"""What a plan says, in sentences and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.badges import badge_of
from sim.report.differences import gain, listing, single_future, size, times
from sim.report.terminal import COLUMNS, headline, labelled, next_lines
from sim.report.verdict import join
from sim.version import __version__
from sim.words import SCHEDULE
from sim.words.typography import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.run import Made
    from sim.study.experiment import Experiment
    from sim.study.plan import Planned
    from sim.study.plan.planned import Judged
    from sim.words import Words

_MORE = 10_000.0  # yuan, of which it is told what they would bring
_NOTICED = 15.0  # minutes a week
_LESS, _OFTENER = 0.8, 2  # of the loss at worst, and sets, that make another mix worth naming
_LITTLE = 0.5  # yuan or minutes a week: less is nothing


@dataclass(frozen=True, kw_only=True)
class PlanStory:
    """A plan as terminal and page tell it.

    Attributes:
        planned: What came of it.
        question: Heads the page; empty = the standing question.
        name: The community, as people call it.
        members: Members at the start.
        now: What the baseline does of the policies to choose from: tables by name.
        badge: Key of ``badge.*``.
        made: How it was made, for the page.
    """

    planned: Planned
    name: str
    members: int
    question: str = ""
    now: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    badge: str = "not_fitted"
    made: Made | None = None


def plan_story(
    planned: Planned,
    experiment: Experiment,
    *,
    now: Mapping[str, Mapping[str, Any]],
    words: Words,
    command: str,
) -> PlanStory:
    """A plan as terminal and page tell it.

    Args:
        planned: Finished.
        experiment: What was planned for.
        now: What the baseline does of the policies to choose from.
        words: Language.
        command: The command line that makes it again.
    """
    from sim.report.run import Made
    from sim.study.provenance import versions

    base = experiment.base.scenario
    made = Made(
        command=command, seed=planned.about["seed"], version=__version__, digest=base.digest(),
        failed=0, versions=versions(),
    )  # fmt: skip
    return PlanStory(
        planned=planned, name=words.preset(base.name), members=planned.about["members"],
        question=experiment.question_in(words.lang), now=now, made=made,
        badge=badge_of(experiment.base),
    )  # fmt: skip


def asked_line(story: PlanStory, words: Words) -> str:
    """What was asked, in one line."""
    about = story.planned.about
    parts = []
    if about["budget"] is not None:
        parts.append(
            words.say("plan.limit_money", money=numbers.money_chosen(about["budget"], words=words))
        )
    if about["minutes"] is not None:
        time = numbers.time_chosen(about["minutes"], words=words)
        parts.append(words.say("plan.limit_time", time=time))
    goals = listing([words.kpi(key) for key in about["objectives"]], words=words)
    parts.append(words.say("plan.goal", kpi=goals))
    parts.append(words.say("plan.candidates", count=len(about["candidates"])))
    return ("，" if words.lang == "zh" else ", ").join(parts)


def plan_lines(
    story: PlanStory,
    *,
    words: Words,
    report: str,
    next_commands: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """The result of ``qunsim plan``.

    Args:
        story: The plan.
        words: Language.
        report: Path of the page, if one was written.
        next_commands: Commands that can be pasted, each with what it is good for.

    Returns:
        Lines of at most 80 columns (a path or command that is longer stays whole).
    """
    lines = headline(story.question or words.say("plan.question"), words.badge(story.badge))
    lines += [*fold(asked_line(story, words), COLUMNS), ""]
    lines += labelled(words.say("plan.verdict"), verdict_texts(story, words))
    assumed = robust_texts(story, words)
    if assumed:
        lines += ["", *fold(join(assumed, words=words), COLUMNS)]
    return lines + next_lines(report, next_commands, words)


def verdict_texts(story: PlanStory, words: Words) -> list[str]:
    """The verdict, one paragraph each: the mix, its price, what was checked, more, equals."""
    planned, best = story.planned, story.planned.recommended
    if best is None:
        fits = any(one.feasible for one in planned.finalists)
        return [words.say("plan.none" if fits else "plan.none_fits", tried=planned.tried)]
    paragraphs = [
        [_recommendation(story, words), *_routine(story, words)],
        _price(story, best, words),
        _checked(planned, best, words),
        more_texts(planned, words),
        _equals(story, words),
    ]
    return [join(texts, words=words) for texts in paragraphs if texts]


def changed(story: PlanStory, policies: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of a mix's policies that are not done so today."""
    return [
        name for name, entry in policies.items() if dict(entry) != dict(story.now.get(name, {}))
    ]


def dropped(story: PlanStory, policies: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of what is done today and not in a mix."""
    return [name for name in story.now if name not in policies]


def mix_text(story: PlanStory, one: Judged, words: Words) -> str:
    """A mix in one phrase: what is new or other than today, and what is left out.

    Settings are told where they are other than in the recommended mix.
    """
    best = story.planned.recommended
    parts = []
    for name in changed(story, one.policies):
        entry, usual = one.policies[name], {} if best is None else best.policies.get(name, {})
        other = {key: value for key, value in entry.items() if usual and usual.get(key) != value}
        told = words.policy(name)
        if other:
            told = words.say(
                "compare.policy", policy=told, settings=settings_text(name, other, words)
            )
        parts.append(told)
    parts += [
        words.say("compare.without", policy=words.policy(name))
        for name in dropped(story, one.policies)
    ]
    return words.join(parts) if parts else words.say("plan.nothing")


def settings_text(use: str, entry: Mapping[str, Any], words: Words) -> str:
    """Settings of a policy, as operators say them: when first, then how much."""
    keys = sorted(entry.keys() - {"use"}, key=lambda key: (key not in SCHEDULE, key))
    return words.join([words.setting(use, key, entry[key]) for key in keys])


def _recommendation(story: PlanStory, words: Words) -> str:
    parts, days = _recommended(story, words), story.planned.about["days"]
    return words.say("plan.recommend", parts=parts, days=days)


def _recommended(story: PlanStory, words: Words) -> str:
    planned, best = story.planned, story.planned.recommended
    assert best is not None
    parts = []
    for name in changed(story, best.policies):
        yuan = planned.spending.get(name, 0.0)
        money = numbers.money_words(yuan, words=words, half_width=yuan / 5)
        parts.append(f"{words.policy(name)} {money}")
    return words.join(parts) if parts else words.say("plan.nothing")


def _routine(story: PlanStory, words: Words) -> list[str]:
    """What goes on as today, and what is given up."""
    best = story.planned.recommended
    assert best is not None
    other = changed(story, best.policies)
    texts = []
    for key, names in (
        ("plan.as_before", [name for name in best.policies if name not in other]),
        ("plan.stop_doing", dropped(story, best.policies)),
    ):
        if names:
            listed = words.join([words.policy(name) for name in names])
            texts.append(words.say(key, parts=listed))
    return texts


def _price(story: PlanStory, best: Judged, words: Words) -> list[str]:
    budget = story.planned.about["budget"]
    texts = []
    money = numbers.money_words(abs(best.cost), words=words, half_width=abs(best.cost) / 5)
    if best.cost > _LITTLE:
        if budget is None:
            texts.append(words.say("plan.spends_only", money=money))
        else:
            left = max(0.0, budget - best.cost)
            shown = numbers.money_words(left, words=words, half_width=max(left, best.cost) / 5)
            texts.append(words.say("plan.spends", money=money, left=shown))
    elif best.cost < -_LITTLE:
        texts.append(words.say("plan.saves", money=money))
    if abs(best.minutes) >= 1:
        key = "plan.time_more" if best.minutes > 0 else "plan.time_less"
        texts.append(words.say(key, time=numbers.minutes(abs(best.minutes), words=words)))
    return texts


def _checked(planned: Planned, best: Judged, words: Words) -> list[str]:
    found, goal = planned.verified, planned.about["goal"]
    if found is None or found.delta is None or found.lo is None or found.hi is None:
        return []
    half = (found.hi - found.lo) / 2
    often, total = times(found.p_better or 0.0, n=found.n, words=words)
    text = words.say(
        "plan.verified", n=found.n, often=often, total=total,
        gain=gain(found.delta, goal, words=words, half_width=half),
        comp=single_future(found.delta, goal, better=True, words=words),
    )  # fmt: skip
    texts = [text]
    sign = 1 if found.delta >= 0 else -1
    if best.searched is not None and best.searched - sign * found.delta > half:
        shown = size(best.searched, goal, words=words, half_width=half)
        texts.append(words.say("plan.promised", size=shown))
    if found.lo <= 0 <= found.hi:
        texts.append(words.say("plan.unsure"))
    return texts


def more_texts(planned: Planned, words: Words) -> list[str]:
    """What more money would bring."""
    more, goal = planned.more, planned.about["goal"]
    if more is None:
        return [words.say("plan.more_cannot", money=numbers.money_chosen(_MORE, words=words))]
    money = numbers.money_chosen(more.yuan, words=words)
    if more.lo <= 0:
        key = "plan.more_worse" if more.hi < 0 else "plan.more_nothing"
        return [words.say(key, money=money)]
    from sim.metrics import REGISTRY

    delta = more.gain * REGISTRY[goal].direction
    brought = gain(delta, goal, words=words, half_width=(more.hi - more.lo) / 2)
    return [
        words.say("plan.more_gain", money=money, policy=words.policy(more.policy), gain=brought)
    ]


def _equals(story: PlanStory, words: Words) -> list[str]:
    planned = story.planned
    tied = [i for i, one in enumerate(planned.finalists) if one.tied and i != planned.best]
    if not tied:
        return []
    key = "plan.tie" if len(tied) == 1 else "plan.ties"
    texts = [words.say(key, count=len(tied))]
    best = planned.recommended
    assert best is not None  # of equals
    easiest = best if planned.easiest is None else planned.finalists[planned.easiest]
    if easiest.minutes > best.minutes - _NOTICED:
        return [*texts, words.say("plan.easiest_itself")]
    whole = planned.about["base"]["minutes_a_week"] + easiest.minutes
    time = numbers.minutes(max(0.0, whole), words=words)
    text = words.say("plan.easiest", time=time, parts=mix_text(story, easiest, words))
    return [*texts, text]


def robust_texts(story: PlanStory, words: Words) -> list[str]:
    """What becomes of the verdict if assumptions are off."""
    planned, robust = story.planned, story.planned.robust
    if robust is None or planned.best not in robust.mixes:
        return []
    goal, place = planned.about["goal"], robust.mixes.index(planned.best)

    def lost(number: int) -> str:
        return size(robust.regret[number], goal, words=words, half_width=robust.regret[number] / 5)

    def count(number: int) -> int:
        return round(robust.ahead[number] * robust.sets)

    texts = [words.say("plan.ahead", k=count(place), m=robust.sets)]
    if robust.regret[place] > 0:
        texts.append(words.say("plan.regret", size=lost(place)))
    if robust.least_regret is None:
        texts.append(words.say("plan.safest_now"))
    elif min(robust.regret) < _LESS * robust.regret[place]:
        number = robust.mixes.index(robust.least_regret)
        parts = mix_text(story, planned.finalists[robust.least_regret], words)
        texts.append(words.say("plan.safest", size=lost(number), parts=parts))
    surest = robust.mixes.index(robust.most_ahead)
    told = min(robust.regret) < _LESS * robust.regret[place]
    if count(surest) >= count(place) + _OFTENER and not (
        told and robust.most_ahead == robust.least_regret
    ):
        parts = mix_text(story, planned.finalists[robust.most_ahead], words)
        texts.append(words.say("plan.surely", k=count(surest), m=robust.sets, parts=parts))
    return texts
