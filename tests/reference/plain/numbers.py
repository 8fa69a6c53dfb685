"""Single-precision numbers and keyed draws for plain Python."""

from types import SimpleNamespace

import numpy as np

from sim import arithmetic, draws
from sim.arithmetic import kernel

F = np.float32
ZERO, HALF, ONE, TWO = F(0), F(0.5), F(1), F(2)


@kernel
def _exp(x):
    return arithmetic.exp(x)


@kernel
def _ln(x):
    return arithmetic.ln(x)


@kernel
def _uniforms(k0, k1, who, day, purpose, ordinal):
    return draws.uniforms(np.uint32(k0), np.uint32(k1), who, day, purpose, ordinal)


@kernel
def _word(k0, k1, who, day, purpose, ordinal):
    words = draws.philox(
        np.uint32(k0), np.uint32(k1), np.uint32(who), np.uint32(day), np.uint32(purpose),
        np.uint32(ordinal),
    )  # fmt: skip
    return words[0]


@kernel
def _normal(u):
    return draws.normal(u)


@kernel
def _quantile(u, knots):
    return draws.quantile(u, knots)


@kernel
def _poisson(u, mean):
    return draws.poisson(u, mean)


def exp(x):
    return F(_exp(F(x)))


def ln(x):
    return F(_ln(F(x)))


def logistic(x):
    return ONE / (ONE + exp(-x))


def softplus(x):
    return max(x, ZERO) + ln(ONE + exp(-abs(x)))


def normal(u):
    return _normal(F(u))


def normal_of_share(share):
    """The normal quantile of a double-precision share."""
    return _normal(float(share))


def quantile(u, knots):
    return _quantile(F(u), knots)


def poisson(u, mean):
    return int(_poisson(float(u), float(mean)))


class Luck:
    """The draws of one run: four uniforms for a person, day, purpose and ordinal."""

    def __init__(self, key):
        self.key = tuple(int(word) for word in key)

    def four(self, purpose, who, day, ordinal=0):
        code = draws.PURPOSES[purpose]
        return tuple(F(u) for u in _uniforms(*self.key, int(who), int(day), code, int(ordinal)))

    def word(self, purpose, who, day, ordinal):
        return int(_word(*self.key, int(who), int(day), draws.PURPOSES[purpose], int(ordinal)))


def single_precision(scenario, sections):
    """The scenario's parameters as float32, section by section (``c.opening.base``)."""
    return SimpleNamespace(
        **{
            name: SimpleNamespace(**{key: F(value) for key, value in getattr(scenario, name)})
            for name in sections
        }
    )
