"""community-lite on the machinery of the engine: blocks, keyed draws, float32 arithmetic.

The rules are those of :mod:`sim.bench.lite`; nothing of the full model is in it. Beside other
simulators it shows what the machinery costs, beside the full day what the model costs.

Exposure is pushed: who posts adds one to a counter of each of his readers. That touches a tenth of
the readers' lists a day, where pulling would read all of them; up to a hundred thousand members it
is the faster of the two.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arithmetic import ONE, ZERO, behaviour, exp, kernel, logistic, phase
from sim.bench.lite import reference
from sim.draws import LOOK, run_key, uniforms
from sim.population import LANES

if TYPE_CHECKING:
    from collections.abc import Callable

_f = np.float32
MOTIVATION, PRESENT, POSTED, LUCK, FATE = range(5)
EXPOSURE = POSTED  # whom a member has heard is known before it is known whether he posts
_COLUMNS = 5
_GRAIN = _f(65536.0)
STEPS = 2_000_000
"""Agent-steps that a timing takes at least."""


class Rules(NamedTuple):
    """The numbers of the rules (:mod:`sim.bench.lite.reference`), float32.

    Kernels take them as an argument, because a compiled kernel that was kept notices changes of its
    own file alone.
    """

    base: np.float32
    per_exposure: np.float32
    per_motivation: np.float32
    kept: np.float32
    gain: np.float32
    hazard: np.float32
    fall: np.float32
    share: np.float32


RULES = Rules(
    *(
        _f(number)
        for number in (
            reference.A, reference.B, reference.C, 1.0 - reference.DELTA, reference.RHO,
            reference.H0, reference.KH, 1.0 / reference.READS,
        )
    )
)  # fmt: skip


class Lite(NamedTuple):
    """A community between two days; :func:`advance` changes it in place.

    Attributes:
        key: uint32 of shape (2,): key of the draws.
        clock: int64 of shape (1,): the next day.
        real: float32 of shape (blocks, 5 * 256): motivation, presence (0 or 1), whether somebody
            who is still there posted today, and two working columns.
        heard: uint8 of shape (blocks * 256,): how many of the ten a member reads posted yesterday.
        first: int64 of shape (n + 1,): where each member's readers begin in ``readers``.
        readers: uint32 of shape (10 * n,): who reads whom, by whom is read.
    """

    key: NDArray[np.uint32]
    clock: NDArray[np.int64]
    real: NDArray[np.float32]
    heard: NDArray[np.uint8]
    first: NDArray[np.int64]
    readers: NDArray[np.uint32]


def build(n: int, seed: int) -> Lite:
    """A community of ``n`` members on the morning of day 0, the same for every simulator.

    Args:
        n: Members, at least 2.
        seed: Seed of the start and, apart from it, of the days.
    """
    begin = reference.start(n, seed=seed)
    blocks = -(-n // LANES)
    cells = np.zeros((blocks, _COLUMNS, LANES), np.float32)
    for column, values in (
        (MOTIVATION, begin.motivation),
        (PRESENT, np.ones(n)),
        (POSTED, begin.active),
    ):
        padded = np.zeros(blocks * LANES)
        padded[:n] = values
        cells[:, column, :] = padded.reshape(blocks, LANES)
    read = begin.reads.ravel()
    first = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(read, minlength=n), out=first[1:])
    heard = np.zeros(blocks * LANES, np.uint8)
    heard[:n] = begin.active[begin.reads].sum(axis=1)
    return Lite(
        key=np.array(run_key(reference.stream(seed)), np.uint32),
        clock=np.zeros(1, np.int64),
        real=cells.reshape(blocks, _COLUMNS * LANES),
        heard=heard,
        first=first,
        readers=(np.argsort(read, kind="stable") // reference.READS).astype(np.uint32),
    )


def advance(state: Lite, days: int) -> NDArray[np.float64]:
    """Simulate days.

    Returns:
        float64 of shape (days, 3): messages, members, summed motivation of a day.
    """
    rows = np.zeros((days, 3))
    _run(state.key[0], state.key[1], state, RULES, rows)
    return rows


def run_lite(n: int, days: int, seed: int) -> NDArray[np.float64]:
    """Build a community and simulate it (arguments of :func:`build`, result of :func:`advance`)."""
    return advance(build(n, seed), days)


def timed(
    n: int,
    *,
    days: int,
    seed: int,
    clock: Callable[[], float] = time.perf_counter,
    steps: int = STEPS,
) -> tuple[float, NDArray[np.float64]]:
    """How long the days of a community take, building left out.

    The same days are simulated again and again from copies of the morning of day 0, because once
    is too short to be timed.

    Args:
        n: Members.
        days: Days.
        seed: As in :func:`build`.
        clock: What to time with, in seconds.
        steps: Agent-steps to simulate at least.

    Returns:
        Mean seconds of those days, and their rows as of :func:`advance`.
    """
    state = build(n, seed)
    changing: list[NDArray[Any]] = [state.clock, state.real, state.heard]
    morning = [array.copy() for array in changing]
    rows = advance(state, days)
    spent, repeats = 0.0, -(-steps // (n * days))
    for _ in range(repeats):
        for array, first in zip(changing, morning, strict=True):
            array[...] = first
        begin = clock()
        advance(state, days)
        spent += clock() - begin
    return spent / repeats, rows


@kernel
def _run(k0: Any, k1: Any, state: Any, rules: Any, rows: Any) -> None:
    for day in range(len(rows)):
        t = state.clock[0]
        for b in range(len(state.real)):
            _draw(t, k0, k1, b, state.real[b])
            heard = state.heard[b * LANES : (b + 1) * LANES]
            posts, present, motivation = _decide(state.real[b], heard, rules)
            rows[day, 0] += posts
            rows[day, 1] += present
            rows[day, 2] += motivation / 65536.0
        for b in range(len(state.real)):
            _tell(b, state)
        state.clock[0] = t + 1


@phase
def _draw(t: Any, k0: Any, k1: Any, b: Any, real: Any) -> None:
    """Two keyed uniforms for every row of a block: whether to post, whether to leave."""
    for j in range(LANES):
        luck, fate, _, _ = uniforms(k0, k1, b * LANES + j, t, LOOK, 0)
        real[LUCK * LANES + j] = luck
        real[FATE * LANES + j] = fate


@behaviour
def chance_to_post(rules: Any, exposure: Any, motivation: Any) -> Any:
    """Chance of posting today, from yesterday's exposure (0 to 1) and the motivation."""
    return logistic(rules.base + rules.per_exposure * exposure + rules.per_motivation * motivation)


@behaviour
def chance_to_leave(rules: Any, motivation: Any) -> Any:
    """Chance of leaving today, with the new motivation."""
    return rules.hazard * exp(-rules.fall * motivation)


@phase
def _decide(real: Any, heard: Any, rules: Any) -> Any:
    """One day of one block: posts, members left, and their motivation in 2^-16 (exact integers).

    Several short loops, for the reason given in :mod:`sim.phases.unpacking`.
    """
    for j in range(LANES):
        real[EXPOSURE * LANES + j] = rules.share * _f(np.int32(heard[j]))
    for j in range(LANES):
        heard[j] = np.uint8(0)
    for j in range(LANES):
        chance = chance_to_post(rules, real[EXPOSURE * LANES + j], real[MOTIVATION * LANES + j])
        real[LUCK * LANES + j] = chance - real[LUCK * LANES + j]
    for j in range(LANES):
        now = rules.kept * real[MOTIVATION * LANES + j] + rules.gain * real[EXPOSURE * LANES + j]
        real[MOTIVATION * LANES + j] = now
        real[FATE * LANES + j] -= chance_to_leave(rules, now)
    posts, present, motivation = np.int32(0), np.int32(0), np.int32(0)
    for j in range(LANES):
        here = real[PRESENT * LANES + j]
        post = here * (ONE if real[LUCK * LANES + j] > ZERO else ZERO)
        stays = here * (ONE if real[FATE * LANES + j] >= ZERO else ZERO)
        real[PRESENT * LANES + j] = stays
        real[POSTED * LANES + j] = post * stays
        posts = np.int32(posts + np.int32(post))
        present = np.int32(present + np.int32(stays))
        weight = np.int32(stays * real[MOTIVATION * LANES + j] * _GRAIN)
        motivation = np.int32(motivation + weight)
    return posts, present, motivation


@phase
def _tell(b: Any, state: Any) -> None:
    """Who posted and stayed is heard by his readers tomorrow."""
    for j in range(LANES):
        if state.real[b, POSTED * LANES + j] == ONE:
            row = b * LANES + j
            for k in range(state.first[row], state.first[row + 1]):
                state.heard[state.readers[k]] += np.uint8(1)
