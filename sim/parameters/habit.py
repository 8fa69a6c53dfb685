"""The law of coming back to speak, its daily form, opening, and the rhythm of the week."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off

_POOLED = "pooled logistic regression over member-weeks of the training logs, families left out"
_AGAIN = "training logs, 12 families, each left out in turn"


class Law(Section):
    """Logit of speaking in a week: twelve terms shared by mail, chat, forum and messaging logs.

    Ranges are about four prior standard deviations of a single log around the pooled value,
    wider where fits to single logs went beyond (volume .83, trend -3.0).
    """

    intercept: float = parameter(
        -1.04, low=-5.0, high=2.0, unit="logit", mark="logs", confidence="medium",
        source=f"{_POOLED}: -1.25 to -.93; sd between logs .48", note="level of the community",
    )
    fast: float = parameter(
        0.19, low=-0.6, high=1.0, unit="logit per logit", mark="logs", confidence="high",
        source=f"{_POOLED}: .17 to .21", note="own habit, smoothed over 2 weeks",
    )
    medium: float = parameter(
        0.19, low=-0.6, high=1.0, unit="logit per logit", mark="logs", confidence="high",
        source=f"{_POOLED}: .15 to .25", note="own habit, smoothed over 8 weeks",
    )
    slow: float = parameter(
        0.35, low=-0.65, high=1.35, unit="logit per logit", mark="logs", confidence="high",
        source=f"{_POOLED}: .28 to .37", note="own habit, smoothed over 40 weeks",
    )
    just_spoke: float = parameter(
        0.0, low=-0.8, high=0.8, unit="logit", mark="logs", confidence="medium",
        source=f"{_POOLED}: -.03 to .04", note="spoke in the week before",
    )
    silence: float = parameter(
        -0.64, low=-1.5, high=0.2, unit="logit per ln week", mark="logs", confidence="high",
        source=f"{_POOLED}: -.72 to -.61", note="weeks since the last message",
    )
    tenure: float = parameter(
        0.20, low=-0.8, high=1.2, unit="logit per ln week", mark="logs", confidence="high",
        source=f"{_POOLED}: .19 to .23", note="weeks since the first message",
    )
    once: float = parameter(
        1.35, low=0.0, high=2.4, unit="logit", mark="logs", confidence="medium",
        source=f"{_POOLED}: 1.26 to 1.41", note="never came back after the first week",
    )
    volume: float = parameter(
        0.17, low=-0.45, high=1.2, unit="logit per ln message", mark="logs", confidence="high",
        source=f"{_POOLED}: .14 to .20", note="smoothed messages in active weeks",
    )
    once_silence: float = parameter(
        -0.33, low=-1.0, high=0.3, unit="logit per ln week", mark="logs", confidence="medium",
        source=f"{_POOLED}: -.36 to -.29", note="silence of those who never came back, in addition",
    )
    swing: float = parameter(
        0.25, low=-0.75, high=1.25, unit="logit per ln speaker", mark="logs", confidence="medium",
        source=f"{_POOLED}: .20 to .30", note="last week's speakers against their 8-week mean",
    )
    trend: float = parameter(
        -0.03, low=-4.0, high=4.0, unit="logit per ln speaker", mark="logs", confidence="low",
        source=f"{_POOLED}: -.11 to .07; differs most between logs",
        note="8-week mean of speakers against their 52-week mean",
    )
    lurker: float = parameter(
        -0.1, low=-6.0, high=2.0, unit="logit", mark="calibrated", confidence="low",
        source="fitted to the share of silent members (Nonnecke and Preece 2000: .46 to .82)",
        note="added for members who never spoke",
    )
    lurker_activity: float = parameter(
        0.7, low=0.0, high=2.0, unit="logit per ln of appetite", mark="calibrated",
        confidence="low", source="fitted with law.lurker",
        note="weight of the appetite to talk, for members who never spoke",
    )
    gain: float = parameter(
        0.65, low=0.0, high=3.0, unit="logit per unit", mark="calibrated", confidence="unknown",
        source="Ren and Kraut 2014: personalised moderation 1.36 times the posts of none",
        note="logit of speaking per unit of benefit above the community's baseline",
    )


class Again(Section):
    """Chance to speak on a further day of a week in which one has spoken already."""

    base: float = parameter(
        -1.67, low=-5.0, high=3.0, unit="logit", mark="logs", confidence="medium",
        source=f"{_AGAIN}: -1.70 to -1.60 (se .09)", note="level",
    )
    habit: float = parameter(
        0.41, low=-1.0, high=2.0, unit="logit per logit", mark="logs", confidence="high",
        source=f"{_AGAIN}: .40 to .42 (se .02)", note="own habit",
    )
    yesterday: float = parameter(
        0.95, low=-1.0, high=2.0, unit="logit", mark="logs", confidence="medium",
        source=f"{_AGAIN}: .90 to .99 (se .08)", note="spoke yesterday",
    )
    mention: float = parameter(
        0.60, low=0.0, high=1.5, unit="logit", mark="logs", confidence="medium",
        source=f"{_AGAIN}: .56 to .63 (se .05); an association: an active day draws replies "
        "(Joyce and Kraut 2006: at most .48 is causal)",
        note="was replied to yesterday",
    )
    company: float = parameter(
        0.1, low=0.0, high=1.5, unit="logit per unit tie weight", mark="assumption",
        confidence="low", source="none", note="people one is tied to spoke yesterday",
    )


class Opening(Section):
    """Logit of opening the group on a day; members who do not open see nothing."""

    base: float = parameter(
        0.0, low=-2.6, high=1.0, unit="logit at engagement .5", mark="calibrated",
        confidence="low", source="fitted; no open data in chat logs", note="level",
    )
    engagement: float = parameter(
        3.25, low=2.0, high=6.0, unit="logit per 1", mark="calibrated", confidence="low",
        source="fitted", note="engagement, centred at one half",
    )
    fit: float = parameter(
        0.95, low=0.0, high=1.8, unit="logit per sd", mark="calibrated", confidence="low",
        source="fitted", note="closeness to the group's core",
    )
    mention: float = parameter(
        1.3, low=0.0, high=2.0, unit="logit", mark="calibrated", confidence="medium",
        source="Joyce and Kraut 2006: causal ceiling .48 on posting; sweep .3 to 1.3",
        note="was replied to yesterday",
    )
    tie_present: float = parameter(
        0.6, low=0.0, high=1.5, unit="logit per unit weight", mark="assumption",
        confidence="low", source="none", note="people one is tied to spoke yesterday",
    )
    stimulus: float = parameter(
        1.5, low=0.0, high=3.0, unit="logit", mark="assumption", confidence="low",
        source="Chaudhry, Wang and Ouyang (gifts in live chat; sign); sweep",
        note="a packet or an event today, at full freshness",
    )
    ritual: float = parameter(
        0.3, low=0.0, high=0.8, unit="logit", mark="assumption", confidence="unknown",
        source="Ren et al. 2012 (identity features about double visits at most); no number for "
        "check-ins in chat groups; sweep",
        note="rituals of identity, at full dose",
    )
    care: float = parameter(
        0.25, low=0.0, high=0.6, unit="logit", mark="assumption", confidence="unknown",
        source="none", note="personal care, at full dose",
    )
    muted: float = parameter(
        -2.5, low=-4.0, high=-1.0, unit="logit", mark="assumption", confidence="low",
        source="none", note="has muted the group",
    )
    paid: float = parameter(
        0.8, low=0.0, high=1.5, unit="logit", mark="published", confidence="medium",
        source="Bapna, Ramaprasad and Umyarov 2018 (paying raises use, hardly posting)",
        note="is in a paid period",
    )
    overload: float = parameter(
        0.5, low=0.0, high=1.0, unit="logit per excess", mark="assumption", confidence="low",
        source="Jones, Ravid and Rafaeli 2004 (sign)",
        note="yesterday's volume beyond the capacity to read",
    )
    fatigue: float = parameter(
        0.10, low=0.0, high=0.3, unit="logit per blast seen", mark="assumption",
        confidence="low", source="none; sweep", note="promotion seen lately",
    )
    weekend: float = parameter(
        0.0, low=-0.5, high=0.5, unit="logit", mark="logs", confidence="low",
        source="a property of the community, from its log", note="Saturday and Sunday",
    )


def _weekday(name: str) -> float:
    weight: float = parameter(
        1.0, low=0.05, high=5.0, unit="relative weight", mark="logs", confidence="medium",
        source="a property of the community, from its log; even where there is none",
        note=f"speaking on {name}s; the seven weights are scaled to sum to 1",
    )
    return weight


class Rhythm(Section):
    """Relative weights of speaking by weekday."""

    monday: float = _weekday("Monday")
    tuesday: float = _weekday("Tuesday")
    wednesday: float = _weekday("Wednesday")
    thursday: float = _weekday("Thursday")
    friday: float = _weekday("Friday")
    saturday: float = _weekday("Saturday")
    sunday: float = _weekday("Sunday")
