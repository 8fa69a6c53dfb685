"""The catalogue of policies as a page: ``python -m sim.policies.document docs/policies.md``."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.policies.base import settings_of
from sim.policies.registry import own_policies
from sim.record import CHANNELS, ROLES
from sim.words import Words

if TYPE_CHECKING:
    from sim.policies.base import Policy, SettingInfo

_HEAD = """# Policies

What an operator can do, in the order of the handbook of community operation. Written by
`python -m sim.policies.document docs/policies.md` from the policies themselves; the same is told by
`qunsim policies` and `qunsim policies show KEY`, in English and Chinese.

Every policy also takes `start`, `stop` (days or dates), `every` (days), `weekdays`, `groups` and
`when` (a condition on what was measured, e.g. `when = "speakers_7d < 20"`). `to` says for whom it
is, as far as its levers can be aimed (content, packets, care, promotion, soft mentions, discounts,
rewards and requests for inviting); everything else it does is for everybody:

| `to` | for |
|---|---|
| `everyone` | everybody, as without `to` |
| `newcomers`, `newcomers:14` | members who joined fewer than 7 (14) days ago |
| `silent`, `silent:30` | no message for more than 14 (30) days, since the last one or joining |
| `level:2` | members of points level 2 or more |
| `role:leader`, `role:leader+seed_user` | members in one of these roles ({roles}) |
| `channel:giveaway`, `channel:open+content` | members who came by one of these ({channels}) |
| `payers` | members in a paid period |
| `muted` | members who muted the group |
| `hunters` | deal hunters |

Who belongs to an audience is found anew every morning; a run has at most eight audiences. Money and
minutes that a policy plans are the same whomever it is for. How to add one:
[adding-a-policy.md](adding-a-policy.md).

Confidence is that of the default: `low` where it follows a rule of practice or a finding from
elsewhere, `unknown` where it is an assumption. Most are amounts that an operator chooses; what
an amount brings about is decided by parameters with a confidence of their own ([ODD.md](ODD.md)).
""".format(roles=", ".join(ROLES), channels=", ".join(CHANNELS))
_ARROWS = {"+": "up", "-": "down"}


def page() -> str:
    """The page; equal policies give equal text, so that a test can hold the file against it."""
    english, chinese = Words("en"), Words("zh")
    policies = own_policies()
    lines = ["| handbook | key | name | 中文 | moves |", "|---|---|---|---|---|"]
    lines += [
        _row(
            ", ".join(one.handbook), f"[`{one.key}`](#{one.key})", english.policy(one.key),
            chinese.policy(one.key), ", ".join(one.kpis),
        )
        for one in policies
    ]  # fmt: skip
    parts = [_HEAD, "\n".join(lines) + "\n", *(_section(one, english) for one in policies)]
    return "\n".join(parts)


def _section(policy: type[Policy], words: Words) -> str:
    about = inspect.cleandoc(policy.__doc__ or "")
    days = "day" if policy.every == 1 else f"{policy.every} days"
    rhythm = f"every {days} unless told otherwise"
    name = words.policy(policy.key)
    parts = [
        f"## {policy.key}",
        f"{name[:1].upper()}{name[1:]} (handbook: {', '.join(policy.handbook)}), {rhythm}.",
        about,
        "\n".join(
            [
                "| parameter | default | range | unit | meaning | source | confidence |",
                "|---|---|---|---|---|---|---|",
                *map(_setting, settings_of(policy)),
            ]
        ),
        "Meant to move: "
        + ", ".join(f"{words.kpi(kpi)} ({_ARROWS[way]})" for kpi, way in policy.kpis.items())
        + ".",
        _list("What is known:", policy.evidence),
        _list("How it goes wrong:", policy.failures),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _setting(one: SettingInfo) -> str:
    span = f"{one.low:,g} to {one.high:,g}"
    default = f"{one.default:,g}"
    return _row(
        f"`{one.name}`", default, span, one.unit, one.note, one.source, one.confidence
    )  # fmt: skip


def _list(title: str, texts: tuple[str, ...]) -> str:
    return "\n".join([title, "", *(f"- {text}" for text in texts)]) if texts else ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the page to the file named."""
    Path(sys.argv[1]).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
