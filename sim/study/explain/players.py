"""In what a variant differs from the baseline: the changes that share its effect among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sim.errors import UserError
from sim.study.explain.shapley import MOST_EXACT, Coalition, all_coalitions
from sim.study.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.scenario import Scenario
    from sim.study.experiment import Spec

Kind = Literal["policy", "without", "altered", "setting", "settings", "start", "all"]
"""A policy added, left out, or set otherwise; a value, or several; another beginning; everything,
where changes are impossible without each other."""

MOST_SETTINGS = 3
"""Changed values that are told apart; more are one player."""

_LABELS = ("name", "title")  # values that change no run
_TOGETHER, _APART = "together", "apart"

Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Player:
    """One change.

    Attributes:
        name: Key of the policy (numbered if there are several), or path of the value.
        kind: What is changed.
        values: Values that it sets, by dotted path.
        before: Values that it replaces.
        adds: Places of its policies among the variant's.
        drops: Places among the baseline's of the policies that it takes away.
        begins: Whether it brings the variant's beginning.
    """

    name: str
    kind: Kind
    values: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    adds: tuple[int, ...] = ()
    drops: tuple[int, ...] = ()
    begins: bool = False


@dataclass(frozen=True, kw_only=True)
class Game:
    """The changes of a variant, and every combination of them as a variant of its own.

    Attributes:
        base: The baseline.
        variant: The variant with all changes.
        players: The changes.
    """

    base: Variant
    variant: Variant
    players: tuple[Player, ...]

    @property
    def exact(self) -> bool:
        """Whether all combinations are looked at."""
        return len(self.players) <= MOST_EXACT

    def arm(self, coalition: Coalition) -> Variant:
        """The baseline with some of the changes.

        Raises:
            UserError: They are impossible without the others.
        """
        if not coalition:
            return self.base
        if len(coalition) == len(self.players):
            return self.variant
        chosen = [self.players[index] for index in sorted(coalition)]
        dropped = {index for one in chosen for index in one.drops}
        before, after = self.base.scenario.policies, self.variant.scenario.policies
        policies = [dict(entry) for index, entry in enumerate(before) if index not in dropped]
        policies += [dict(after[index]) for index in sorted(i for one in chosen for i in one.adds)]
        changes: dict[str, Any] = {"policies": policies}
        for one in sorted(chosen, key=lambda player: player.kind != "start"):
            changes |= one.values
        begins = self.variant if any(one.begins for one in chosen) else self.base
        scenario = self.base.scenario.replace(changes)
        made = Variant(scenario=scenario, name="", begins=begins.begins)
        made.check()
        return made


def game_of(base: Variant, variant: Variant, spec: Spec) -> Game:
    """The changes that make a variant of the baseline.

    Args:
        base: The baseline.
        variant: The variant.
        spec: What was written of it: tells apart what it changes itself from what comes with
            another beginning.

    Returns:
        The game; without players if nothing differs. Changes that are impossible without each
        other are one player.
    """
    for values in (_APART, _TOGETHER):
        players = _players(base, variant, spec, values=values)
        game = Game(base=base, variant=variant, players=players)
        if _possible(game):
            return game
    everything = Player(
        name=variant.name, kind="all", begins=True,
        values=_changed(base.scenario, variant.scenario),
    )  # fmt: skip
    return Game(base=base, variant=variant, players=(everything,))


def _possible(game: Game) -> bool:
    count = len(game.players)
    tried: Iterable[Coalition] = all_coalitions(count)
    if not game.exact:  # each change alone, and all but one
        everybody = frozenset(range(count))
        tried = [one for i in range(count) for one in (frozenset({i}), everybody - {i})]
    try:
        for one in tried:
            game.arm(one)
    except UserError:
        return False
    return True


def _players(base: Variant, variant: Variant, spec: Spec, *, values: str) -> tuple[Player, ...]:
    changed = _changed(base.scenario, variant.scenario)
    own = {path: value for path, value in changed.items() if path in spec.changes or not spec.base}
    inherited = {path: value for path, value in changed.items() if path not in own}
    players = _policy_players(base.scenario, variant.scenario)
    before = base.scenario.flat()
    if values == _TOGETHER or len(own) > MOST_SETTINGS:
        groups = [("settings", "settings", own)] if own else []
    else:
        groups = [(path, "setting", {path: value}) for path, value in own.items()]
    for name, kind, group in groups:
        were = {path: before.get(path) for path in group}
        players.append(Player(name=name, kind=kind, values=group, before=were))  # type: ignore[arg-type]
    if spec.base or base.begins != variant.begins:
        players = _begun_otherwise(players, inherited, spec)
    return tuple(players)


def _changed(before: Scenario, after: Scenario) -> dict[str, Any]:
    """Values that differ, by path; the start date as it is."""
    old, new = before.flat(), after.flat()
    found: dict[str, Any] = {
        path: value for path, value in new.items() if path not in _LABELS and old.get(path) != value
    }
    if "start" in found:
        found["start"] = after.start
    return found


def _policy_players(before: Scenario, after: Scenario) -> list[Player]:
    """Policies added, left out, or set otherwise; of the same kind in order."""
    old, new = [dict(one) for one in before.policies], [dict(one) for one in after.policies]
    names = numbered(new)
    gone, come = _unmatched(old, new), _unmatched(new, old)
    players = []
    for index in come:
        use = new[index].get("use")
        same = next((place for place in gone if old[place].get("use") == use), None)
        if same is not None:
            gone.remove(same)
        kind: Kind = "policy" if same is None else "altered"
        drops = () if same is None else (same,)
        players.append(Player(name=names[index], kind=kind, adds=(index,), drops=drops))
    labels = numbered(old)
    players += [Player(name=labels[place], kind="without", drops=(place,)) for place in gone]
    return players


def _begun_otherwise(
    players: list[Player], inherited: Mapping[str, Any], spec: Spec
) -> list[Player]:
    """Set apart what comes with another beginning: its values, and policies nobody wrote."""
    written = Counter(str(entry.get("use")) for entry in spec.policies)
    own, adds, drops = [], list[int](), list[int]()
    for one in reversed(players):  # a variant's own policies stand last
        use = one.name.partition("#")[0]
        ours = one.kind in ("setting", "settings") or (one.adds and written[use] > 0)
        ours = ours or (one.kind == "without" and use in spec.without)
        if ours:
            written[use] -= bool(one.adds)
            own.append(one)
        else:
            adds += one.adds
            drops += one.drops
    start = Player(
        name=spec.base or "start", kind="start", values=inherited, adds=tuple(adds),
        drops=tuple(drops), begins=True,
    )  # fmt: skip
    return [start, *reversed(own)]


def _unmatched(mine: list[Entry], theirs: list[Entry]) -> list[int]:
    """Places of entries that the others do not have, each of theirs used up once."""
    left, found = list(theirs), []
    for index, entry in enumerate(mine):
        if entry in left:
            left.remove(entry)
        else:
            found.append(index)
    return found


def numbered(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Keys as a run numbers them: ``red_packet``, ``red_packet#2``."""
    seen: Counter[str] = Counter()
    names = []
    for entry in entries:
        use = str(entry.get("use"))
        seen[use] += 1
        names.append(use if seen[use] == 1 else f"{use}#{seen[use]}")
    return names
