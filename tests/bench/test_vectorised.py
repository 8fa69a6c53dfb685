"""The day's loops over blocks are vector code: one stray call or way out costs three to ten times.

The machine code is read, not timed: a busy machine must not decide. What is compiled here is
compiled anew, so kernels kept from an earlier run play no part.

A loop that LLVM has vectorised stands in the code twice: on vectors, and number by number for the
case that two of its arrays overlap, which never happens here. So scalar loops prove nothing; what
is counted are loops that calculate on whole vector registers, and the loops of the source. For
some processors (Zen 4) LLVM unrolls a short vector loop whole: one straight piece of vector code.
"""

import ast
import inspect
import platform
import re
import textwrap

import numpy as np
import pytest
from llvmlite import binding
from numba import typeof, types
from numba.core.registry import CPUDispatcher

from sim import coefficients as co
from sim.arithmetic import compiler, phase
from sim.coefficients import coefficients
from sim.levers import NEUTRAL
from sim.phases import acting, feeling, opening, staying, talking, unpacking, weekly
from sim.population import allocate
from sim.scenario import Scenario

if platform.machine() not in {"x86_64", "AMD64"}:
    pytest.skip("reads code of x86 processors only", allow_module_level=True)
if not binding.get_host_cpu_features().get("avx2"):
    pytest.skip("this processor has no wide registers (AVX2)", allow_module_level=True)

_ARITHMETIC = re.compile(
    r"\s+v(?:add|sub|mul|div|fn?m(?:add|sub)\d+|min|max|sqrt|cvt\w+2)(p|s)[sd]\s+(.*)"
)
_WIDE = re.compile(r"%[yz]mm\d")
UNROLLED = 32  # calculations in one piece: two in each of the 16 rounds over 256 members
LIBM = re.compile(r"\b(?:exp|exp2|expm1|log|log2|log10|log1p|pow|tanh|fmod|sin|cos)f?\b(?!:)")


def machine_code(function, signature, *, compile_as=None):
    """Code of a Python function, compiled as a phase of the day is, with all it calls."""
    compiled = (compile_as or phase)(function)
    compiled.compile(signature)
    (text,) = compiled.inspect_asm().values()
    return text


def innermost_loops(text):
    """The lines of every loop that has no loop inside (a jump back to a label closes it)."""
    lines = text.splitlines()
    places, spans = {}, set()
    for number, line in enumerate(lines):
        if label := re.match(r"(\.L\w+):", line):
            places[label[1]] = number
        elif (jump := re.match(r"\s+j\w+\s+(\.L\w+)", line)) and jump[1] in places:
            spans.add((places[jump[1]], number))
    return [
        lines[first : last + 1]
        for first, last in spans
        if not any(first <= a and b <= last and (a, b) != (first, last) for a, b in spans)
    ]


def _on_vectors(lines):
    """How many calculations with floats a piece of code has, if all are in whole registers."""
    found = [match for line in lines if (match := _ARITHMETIC.match(line))]
    wide = all(match[1] == "p" and _WIDE.search(match[2]) for match in found)
    calls = any(re.match(r"\s+call", line) for line in lines)
    return len(found) if wide and not calls else 0


def vector_loops(text):
    """Number of innermost loops that calculate with floats in whole registers only, and no call."""
    loops = innermost_loops(text)
    inside = {line for loop in loops for line in loop}
    straight = re.split(r"(?m)^(?:\.L\w+:|\s+j\w+\s).*$", text)
    outside = [[line for line in piece.splitlines() if line not in inside] for piece in straight]
    unrolled = sum(_on_vectors(piece) >= UNROLLED for piece in outside)
    return sum(_on_vectors(loop) > 0 for loop in loops) + unrolled


def libm_calls(text):
    """Functions of the C library that the code names."""
    return set(LIBM.findall(text))


def _resolve(node, scope):
    """What a called name is: an object, or None for what only exists inside."""
    if isinstance(node, ast.Name):
        return scope.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, scope), node.attr, None)
    return None


def _calculates(node, scope):
    """Whether a piece of source calculates with floats; places in an array do not count."""
    if isinstance(node, ast.Subscript):
        return False
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        return True
    if isinstance(node, ast.Call) and isinstance(_resolve(node.func, scope), CPUDispatcher):
        return True
    return any(_calculates(child, scope) for child in ast.iter_child_nodes(node))


def source_loops(function, seen=None):
    """Number of loops in a kernel and in the phases it calls that calculate with floats.

    Decisions (``forceinline``) are part of the loop that calls them and are not looked into.
    """
    seen = set() if seen is None else seen
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    scope = function.__globals__
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For)]
    count = sum(any(_calculates(part, scope) for part in loop.body) for loop in loops)
    for node in ast.walk(tree):
        called = _resolve(node.func, scope) if isinstance(node, ast.Call) else None
        is_phase = isinstance(called, CPUDispatcher) and not called.targetoptions.get("forceinline")
        if is_phase and called not in seen:
            seen.add(called)
            count += source_loops(called.py_func, seen)
    return count


LAW = co.law.py_func.__globals__["made"]
WHOLE = ("t", "b", "week", "count", "said", "kept", "pieces", "openers")
TYPES = {
    **dict.fromkeys(WHOLE, types.int64),
    **dict.fromkeys(("k0", "k1", "purpose"), types.uint32),
    "members": typeof(allocate(1)),
    "c": typeof(coefficients(Scenario.preset("knowledge"))),
    "law": typeof(LAW(*[np.float32(0)] * len(LAW._fields))),
    "today": typeof(NEUTRAL.copy()),
    "sums": types.int64[::1],
    "events": types.uint8[::1],
    "work": types.float32[::1],
}
"""Types of the arguments of phases by name; all others are float32."""

KERNELS = {
    kernel.py_func.__name__: kernel.py_func
    for kernel in (
        opening.look_block,
        talking._reckon,
        unpacking.draw,
        unpacking.draw_one,
        feeling.feel,
        acting.who_acts,
        staying.wish_to_go,
        weekly.remember_week,
    )
}


def signature(function):
    return tuple(TYPES.get(name, types.float32) for name in inspect.signature(function).parameters)


def faults(function, *, like=None, compile_as=None):
    """What is wrong with a kernel's machine code; ``like``: the kernel with the same arguments."""
    text = machine_code(function, signature(like or function), compile_as=compile_as)
    found, wanted = vector_loops(text), source_loops(like or function)
    assert wanted > 0
    told = [f"{found} vector loops of {wanted}"] if found < wanted else []
    return told + [f"calls {name}" for name in sorted(libm_calls(text))]


@pytest.mark.parametrize("name", KERNELS)
def test_every_loop_that_calculates_runs_on_vectors(name):
    assert faults(KERNELS[name]) == []


def test_phases_that_a_kernel_calls_are_counted():
    # who invites: 1; who could pay: 1
    assert source_loops(KERNELS["who_acts"]) == 2
    assert source_loops(KERNELS["draw"]) == 1


def changed(function, change):
    """The function with another source."""
    scope = dict(function.__globals__)
    source = textwrap.dedent(inspect.getsource(function))
    other = change(source[source.index("def ") :])
    exec(other, scope)  # noqa: S102  a kernel made worse on purpose
    return scope[function.__name__]


LOOP = "    for j in range(LANES):\n"
WAY_OUT = "        if work[SPARE0 * LANES + j] > _f(1e30):\n            break\n"


@pytest.mark.parametrize("which", range(3))
def test_a_way_out_of_any_one_loop_is_noticed(which):
    def change(source):
        parts = source.split(LOOP)
        return LOOP.join(parts[: which + 1]) + LOOP + WAY_OUT + LOOP.join(parts[which + 1 :])

    go = KERNELS["wish_to_go"]
    assert faults(changed(go, change), like=go) == ["2 vector loops of 3"]


def test_the_c_librarys_exponential_is_noticed():
    go = KERNELS["wish_to_go"]
    libm = changed(go, lambda source: source.replace("ONE - exp(", "ONE - np.exp("))
    assert faults(libm, like=go) == ["2 vector loops of 3", "calls expf"]


def test_checks_for_division_by_zero_are_noticed():
    # as Python divides: the loop has a way out to raise an error
    assert faults(KERNELS["feel"], compile_as=compiler(nogil=True)) == ["6 vector loops of 7"]
