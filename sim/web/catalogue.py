"""What can be chosen: kinds of communities, goals, policies with their settings, words.

Everything here is constant in a language, so each answer is made once and kept.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from sim.errors import UserError
from sim.metrics.stage import STAGES
from sim.policies import settings_of
from sim.policies.planning import read_plan
from sim.policies.registry import policy_class, policy_keys
from sim.report.policy_lines import known_texts
from sim.scenario import Scenario, preset_names
from sim.scenario.keys import FIRMS
from sim.study.experiment import GUARDS
from sim.version import __version__
from sim.web.said import setting_said
from sim.web.work import LIMITS, MOST_MEMBERS, MOST_VARIANTS
from sim.words import LANGUAGES, Language, Words, all_keys
from sim.words.glossary import terms

if TYPE_CHECKING:
    from sim.policies import Policy, SettingInfo

KINDS = ("knowledge", "interest", "product", "resource", "project", "mixed")
"""Kinds of communities of the handbook (B1), in its order; they are shown first."""

GROUPS = ("recruit", "activate", "order", "earn", "adapt", "other")
"""What policies are for, in the order of the library."""
_BY_CHAPTER = {"A": "recruit", "C": "recruit", "D": "activate", "E": "earn", "H": "adapt"}
_ORDER = frozenset({"D9", "D10", "D11", "D12", "D17", "D18"})

_SECTIONS = frozenset({
    "web", "button", "verb", "stage", "stage_short", "role", "verdict", "word", "badge", "unit",
    "weekday", "channel", "confidence", "chance", "goal", "state", "platform", "preset", "ui",
})  # fmt: skip
"""Sections of the catalogue of words that the page is sent."""

_STEPS, _ROUNDING = 100, 1e-9
_PLAIN, _SHORT = "organic", 35
"""Where it is tried out whom a policy can be for, and for how many days."""


class Kind(BaseModel):
    """A community shipped with qunsim.

    Attributes:
        key: Its key.
        name: As people call it.
        about: What it is, in one line.
        case: Whether it is named after a firm: an assumption, no claim about that firm.
        members: Members on day 0.
        groups: Groups on day 0.
        capacity: Members that one group holds.
        days: Days it is usually simulated.
    """

    key: str
    name: str
    about: str
    case: bool
    members: int
    groups: int
    capacity: int
    days: int


class Label(BaseModel):
    """Something with a name."""

    key: str
    label: str


class Moved(BaseModel):
    """A KPI that a policy is meant to move, and which way."""

    key: str
    label: str
    direction: Literal["+", "-"]


class Number(BaseModel):
    """A number that can be set, as a field shows it.

    Attributes:
        label: Short name.
        note: What it means, where the name does not say it all.
        default: Value unless somebody says otherwise.
        low: Smallest value allowed.
        high: Largest value allowed.
        step: A step that is worth making.
        whole: Whether only whole numbers are allowed.
        percent: Whether it is a share of 1, said in percent.
        unit: Unit in words.
        source: Where its value comes from.
        confidence: ``high``, ``medium``, ``low`` or ``unknown``.
        confidence_label: The same in words.
    """

    label: str
    note: str
    default: float
    low: float
    high: float
    step: float
    whole: bool
    percent: bool
    unit: str
    source: str
    confidence: str
    confidence_label: str


class Setting(Number):
    """A setting of a policy.

    Attributes:
        name: Its key in the policy's table.
    """

    name: str


class PolicyEntry(BaseModel):
    """Something that an operator can do.

    Attributes:
        key: Its key.
        name: As people call it.
        said: How operators also call it, in Chinese.
        about: What it is.
        handbook: Ids of its rows in the handbook.
        group: What it is for, one of ``recruit``, ``activate``, ``order``, ``earn``, ``adapt``,
            ``other``.
        group_label: The same in words.
        every: Days from one use to the next unless a work says otherwise.
        aimed: Whether it can be for some of the members only.
        kpis: What it is meant to move.
        settings: Its settings.
        evidence: What is known about its effect.
        failures: Known ways to fail.
    """

    key: str
    name: str
    said: str
    about: str
    handbook: list[str]
    group: str
    group_label: str
    every: int
    aimed: bool
    kpis: list[Moved]
    settings: list[Setting]
    evidence: list[str]
    failures: list[str]


class Meaning(BaseModel):
    """A word of the field.

    Attributes:
        key: As files write it.
        term: The word.
        other: The same in the other language.
        meaning: What it means.
    """

    key: str
    term: str
    other: str
    meaning: str


class Most(BaseModel):
    """Limits of a work: variants (the baseline counted), megabytes, days, members, futures."""

    variants: int
    upload_mb: int
    days: int
    members: int
    futures: int


class Catalogue(BaseModel):
    """What can be chosen, in one language."""

    version: str
    presets: list[Kind]
    goals: list[Label]
    policies: list[PolicyEntry]
    stages: list[Label]
    glossary: list[Meaning]
    limits: Most


class Texts(BaseModel):
    """The page's words in one language, by key; texts have ``{placeholders}``."""

    lang: Language
    words: dict[str, str]


@lru_cache(maxsize=len(LANGUAGES))
def texts(lang: Language) -> Texts:
    """The words that the page says by itself."""
    words = Words(lang)
    keys = [key for key in all_keys() if key.partition(".")[0] in _SECTIONS]
    return Texts(lang=lang, words={key: words.template(key) for key in keys})


@lru_cache(maxsize=4 * len(LANGUAGES))
def catalogue(lang: Language, *, upload_mb: int = 200) -> Catalogue:
    """What can be chosen.

    Args:
        lang: Language.
        upload_mb: The server's limit of an upload, megabytes.
    """
    words = Words(lang)
    most = Most(
        variants=MOST_VARIANTS + 1, upload_mb=upload_mb, days=int(LIMITS["days"][1]),
        members=MOST_MEMBERS, futures=int(LIMITS["futures"][1]),
    )  # fmt: skip
    return Catalogue(
        version=__version__,
        presets=[_kind(name, words) for name in _presets()],
        goals=[Label(key=key, label=words.kpi(key)) for key in ("profit", *_other_goals())],
        policies=[policy_entry(policy_class(key), words=words) for key in policy_keys()],
        stages=[Label(key=key, label=words.stage(key)) for key in STAGES],
        glossary=_glossary(words),
        limits=most,
    )


def _presets() -> list[str]:
    """The kinds of the handbook, then those named after firms, then what else there is."""
    first = [*KINDS, *FIRMS]
    return [*first, *(name for name in preset_names() if name not in first)]


def _other_goals() -> list[str]:
    return [key for key in GUARDS if key != "profit"]


def _kind(name: str, words: Words) -> Kind:
    scenario = Scenario.preset(name)
    about = f"about.{name}"
    return Kind(
        key=name, name=words.preset(name), about=words.say(about) if words.has(about) else "",
        case=name in FIRMS, members=scenario.members.initial, groups=scenario.groups.number,
        capacity=scenario.groups.capacity, days=scenario.days,
    )  # fmt: skip


def group_of(policy: type[Policy]) -> str:
    """What a policy is for, by its first row in the handbook."""
    row = policy.handbook[0] if policy.handbook else ""
    return "order" if row in _ORDER else _BY_CHAPTER.get(row[:1], "other")


def policy_entry(policy: type[Policy], *, words: Words) -> PolicyEntry:
    """A policy as the library shows it.

    Args:
        policy: One of qunsim's own, or of another distribution.
        words: Language; texts that are not in the catalogue of words stay as declared.
    """
    key, group, known = policy.key, group_of(policy), words.policy_entry(policy.key)
    about = f"meaning.policy.{key}"
    return PolicyEntry(
        key=key, name=words.policy(key), said=known.said if known else "",
        about=words.say(about) if words.has(about) else "",
        handbook=list(policy.handbook), group=group,
        group_label=words.say(f"web.catalogue.group_{group}"), every=policy.every,
        aimed=can_be_aimed(key),
        kpis=[
            Moved(key=kpi, label=words.kpi(kpi), direction="-" if way == "-" else "+")
            for kpi, way in policy.kpis.items()
        ],
        settings=[_setting(key, info, words) for info in settings_of(policy)],
        evidence=known_texts("evidence", key, policy.evidence, words),
        failures=known_texts("failure", key, policy.failures, words),
    )  # fmt: skip


@lru_cache(maxsize=256)
def can_be_aimed(key: str) -> bool:
    """Whether a policy, as it is by default, can be for some of the members only."""
    entry = {"use": key, "to": "newcomers"}
    try:
        read_plan(Scenario.preset(_PLAIN).replace({"days": _SHORT, "policies": [entry]}))
    except UserError:
        return False
    return True


def _setting(policy: str, info: SettingInfo, words: Words) -> Setting:
    text = f"setting.{policy}.{info.name}"
    whole = isinstance(info.default, int)
    return Setting(
        name=info.name, label=setting_said(policy, info.name, words=words),
        note=words.say(text) if words.has(text) else info.note,
        default=info.default, low=info.low, high=info.high, whole=whole,
        step=step_of(info.low, info.high, info.default, whole=whole),
        percent=is_percent(info.unit, info.high), unit=words.unit(info.unit),
        source=words.source(info.source), confidence=info.confidence,
        confidence_label=words.say(f"confidence.{info.confidence}"),
    )  # fmt: skip


def is_percent(unit: str, high: float) -> bool:
    """Whether a number is a share of 1 that people say in percent."""
    return unit.startswith(("share", "chance")) and high <= 1


def step_of(low: float, high: float, default: float, *, whole: bool) -> float:
    """A step that is worth making: the power of ten below a hundredth of what is usual.

    Args:
        low: Smallest value allowed.
        high: Largest value allowed.
        default: Usual value; where the range is much wider than it, it says what is fine.
        whole: Whether only whole numbers are allowed.
    """
    if whole:
        return 1
    size = min(high - low, 10 * abs(default) or high - low)
    return float(f"1e{math.floor(math.log10(size / _STEPS) + _ROUNDING)}")


def _glossary(words: Words) -> list[Meaning]:
    en = words.lang == "en"
    return [
        Meaning(
            key=one.key, term=one.en if en else one.zh, other=one.zh if en else one.en,
            meaning=one.meaning[words.lang],
        )
        for one in terms()
        if one.meaning[words.lang]
    ]  # fmt: skip
