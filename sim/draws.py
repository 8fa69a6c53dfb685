"""Keyed random numbers: every draw is a function of who, what for and when, never of what came before.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
1, 2, 3", SC11). Key = the run's 64-bit seed; counter = (member, day, purpose, ordinal). One call
gives four independent uniforms.
"""

from __future__ import annotations

import numpy as np

from sim.arithmetic import behaviour, kernel, scalar

PURPOSES = {
    "run": 1,
    "founder": 2,
    "trait": 3,
    "identity": 4,
    "arrival": 5,
    "shock": 6,
    "group": 7,
    "history": 8,
    "look": 16,
    "talk": 17,
    "target": 18,
    "live": 19,
    "role": 20,
    "invite": 21,
    "accept": 22,
    "packet": 23,
    "prune": 24,
    "meet": 25,
    "clock": 26,
    "interest": 27,
}
"""Stable codes: adding one is free, changing one changes every result."""

(RUN, FOUNDER, TRAIT, IDENTITY, ARRIVAL, SHOCK, GROUP, HISTORY, LOOK, TALK, TARGET, LIVE, ROLE,
 INVITE, ACCEPT, PACKET, PRUNE, MEET, CLOCK, INTEREST) = (np.uint32(code) for code in PURPOSES.values())  # fmt: skip

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _UP = np.uint64(0xFFFFFFFF), np.uint64(32)
_NINE = np.uint32(9)
_STEP, _MIDDLE = np.float32(2.0**-23), np.float32(2.0**-24)


@behaviour
def _round(c0, c1, c2, c3, k0, k1):
    """One round on words kept in 64 bits, whose upper halves mean nothing.

    Cutting them off only where they are multiplied costs nothing, because the machine's vector
    multiplication reads lower halves; a 32-bit word cut off after every step doubles the time.
    """
    p0 = _M0 * (c0 & _LOW)
    p1 = _M1 * (c2 & _LOW)
    return (p1 >> _UP) ^ c1 ^ k0, p1, (p0 >> _UP) ^ c3 ^ k1, p0


@behaviour
def philox(k0, k1, c0, c1, c2, c3):
    """Philox4x32-10: four uint32 from a two-word key and a four-word counter (all uint32)."""
    k0, k1 = np.uint64(k0), np.uint64(k1)
    c0, c1, c2, c3 = _round(np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3), k0, k1)
    for _ in range(9):
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
        c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    return np.uint32(c0 & _LOW), np.uint32(c1 & _LOW), np.uint32(c2 & _LOW), np.uint32(c3 & _LOW)


@behaviour
def uniform(word):
    """A uint32 as a float32 in (0, 1): the middles of 2^23 equal cells, so never 0 and never 1."""
    return np.float32(np.int32(word >> _NINE)) * _STEP + _MIDDLE


@behaviour
def uniforms(k0, k1, who, day, purpose, ordinal):
    """Four keyed uniforms in (0, 1) for one member (or pair), day, purpose and ordinal."""
    a, b, c, d = philox(
        k0, k1, np.uint32(who), np.uint32(day), np.uint32(purpose), np.uint32(ordinal)
    )
    return uniform(a), uniform(b), uniform(c), uniform(d)


@scalar
def normal(u):
    """The standard normal quantile at u in (0, 1), float64.

    Wichura's algorithm AS 241 (Applied Statistics 37, 1988), the seven-digit variant.
    """
    q = np.float64(u) - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * top / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = np.sqrt(-np.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        z = top / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r -= 5.0
        top = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        z = top / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -z if q < 0.0 else z


@scalar
def quantile(u, knots):
    """A trait's value at a uniform: its table over equally spaced normal values, interpolated.

    Args:
        u: Uniform in (0, 1).
        knots: float64 of shape (n,): values at normal quantiles from -5.5 to 5.5.
    """
    place = (normal(u) + 5.5) * (len(knots) - 1) / 11.0
    k = min(max(int(place), 0), len(knots) - 2)
    return knots[k] + (place - k) * (knots[k + 1] - knots[k])


@scalar
def poisson(u, mean):
    """The Poisson count of a given mean at one uniform, by inversion (normal above 500).

    Monotone in ``u`` and in ``mean``: paired runs with nearly equal means draw equal counts.
    """
    if mean <= 0.0:
        return 0
    if mean > 500.0:
        return max(0, int(np.floor(mean + np.sqrt(mean) * normal(u) + 0.5)))
    count = 0
    term = np.exp(-mean)
    total = term
    while total < u and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


@kernel
def _run_words(low, high, replicate):
    zero = np.uint32(0)
    return philox(low, high, replicate, zero, RUN, zero)


def run_key(seed: int, replicate: int = 0) -> tuple[np.uint32, np.uint32]:
    """The two key words of one run of an experiment.

    Args:
        seed: The experiment's seed, 0 to 2^63 - 1.
        replicate: Number of the replicate; the same number in two variants means the same luck.

    Returns:
        Two uint32 words, the Philox key of the run.
    """
    low, high = np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)
    words = _run_words(low, high, np.uint32(replicate))
    return np.uint32(words[0]), np.uint32(words[1])
