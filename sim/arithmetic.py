"""Float32 arithmetic that compiles to vector code and means the same everywhere.

The C library's ``exp`` and ``log`` are calls, which keep a loop scalar; these are a dozen
multiplications. Every behaviour of the model uses them, so a value does not depend on the C library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sim.kernel_cache import use_cache_folder

use_cache_folder()

from numba import njit  # noqa: E402  Numba reads its cache folder once, when imported

if TYPE_CHECKING:
    from collections.abc import Callable

compiler: Any = njit  # its type stubs lack the wrapper options

F = TypeVar("F", bound="Callable[..., object]")


def behaviour(function: F) -> F:
    """Compile a scalar decision so that the day's loops can absorb it.

    ``forceinline`` because a call inside a loop keeps it scalar; ``error_model="numpy"`` because
    the zero-division branch of Python does the same.
    """
    compiled: F = compiler(
        forceinline=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled


def scalar(function: F) -> F:
    """Compile a rare scalar function that stays a call."""
    compiled: F = compiler(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function
    )
    return compiled


def phase(function: F) -> F:
    """Compile a part of the day: called by compiled code only, free of Python's lock."""
    compiled: F = compiler(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled


def absorbed(function: F) -> F:
    """Make a part of the day that is called in one place a part of its caller's source.

    Compiled on its own and then once more in each caller above it, such a part would cost its
    compile time several times.
    """
    compiled: F = compiler(
        nogil=True,
        error_model="numpy",
        inline="always",
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
    )(function)
    return compiled


def kernel(function: F) -> F:
    """Compile what Python itself calls: a whole stretch of days, a population, a year's books.

    Only these are cached; what they call is part of them.
    """
    compiled: F = compiler(nogil=True, error_model="numpy", cache=True, no_cfunc_wrapper=True)(
        function
    )
    return compiled


_f = np.float32
ZERO, HALF, ONE, TWO = _f(0.0), _f(0.5), _f(1.0), _f(2.0)

_LOG2E = _f(1.4426950408889634)
_ROUND = _f(12582912.0)  # 1.5 x 2^23: adding and subtracting it rounds to the nearest integer
_LN2_HIGH, _LN2_LOW = _f(0.693359375), _f(-2.12194440e-4)
_EXP_LOW, _EXP_HIGH = _f(-87.0), _f(88.0)
_E2, _E3, _E4, _E5, _E6, _E7 = (
    _f(0.5), _f(1.6666665459e-1), _f(4.1665795894e-2),
    _f(8.3334519073e-3), _f(1.3981999507e-3), _f(1.9875691500e-4),
)  # fmt: skip

_SQRT_HALF = _f(0.70710678)
_L = (
    _f(3.3333331174e-1), _f(-2.4999993993e-1), _f(2.0000714765e-1), _f(-1.6668057665e-1),
    _f(1.4249322787e-1), _f(-1.2420140846e-1), _f(1.1676998740e-1), _f(-1.1514610310e-1),
    _f(7.0376836292e-2),
)  # fmt: skip
_L0, _L1, _L2, _L3, _L4, _L5, _L6, _L7, _L8 = _L
_MANTISSA, _HALF_BITS = np.int32(0x007FFFFF), np.int32(0x3F000000)
_BIAS, _SHIFT, _HALF_BIAS = np.int32(127), np.int32(23), np.int32(126)


@behaviour
def exp(x):
    """Exponential of x in float32, relative error below 1e-7; x is clipped to [-87, 88].

    Cody-Waite reduction by ln 2 and the minimax polynomial of the Cephes library (Moshier).
    """
    x = min(max(x, _EXP_LOW), _EXP_HIGH)
    n = (x * _LOG2E + _ROUND) - _ROUND
    r = x - n * _LN2_HIGH - n * _LN2_LOW
    p = _E7 * r + _E6
    p = p * r + _E5
    p = p * r + _E4
    p = p * r + _E3
    p = p * r + _E2
    p = p * r * r + r + ONE
    scale = np.int32((np.int32(n) + _BIAS) << _SHIFT).view(np.float32)
    return p * scale


@behaviour
def ln(x):
    """Natural logarithm in float32 of a positive normal number, error below 1e-7 (Cephes form)."""
    bits = np.float32(x).view(np.int32)
    exponent = np.float32(np.int32((bits >> _SHIFT) - _HALF_BIAS))
    m = np.int32((bits & _MANTISSA) | _HALF_BITS).view(np.float32)
    low = m < _SQRT_HALF
    exponent = exponent - (ONE if low else ZERO)
    f = (m + m if low else m) - ONE
    z = f * f
    p = _L8 * f + _L7
    p = p * f + _L6
    p = p * f + _L5
    p = p * f + _L4
    p = p * f + _L3
    p = p * f + _L2
    p = p * f + _L1
    p = p * f + _L0
    y = p * f * z + exponent * _LN2_LOW - HALF * z
    return f + y + exponent * _LN2_HIGH


@behaviour
def logistic(x):
    """1 / (1 + e^-x)."""
    return ONE / (ONE + exp(-x))


@behaviour
def softplus(x):
    """ln(1 + e^x): the hazard whose chance, 1 - e^-hazard, is the logistic of x."""
    return max(x, ZERO) + ln(ONE + exp(-abs(x)))
