"""Designs and the indices that are read off them, one file a method; :data:`METHODS` has them all.

Samples and, but for Sobol's, indices are SALib's (Herman and Usher 2017,
https://doi.org/10.21105/joss.00097).
"""

from sim.study.sensitivity.methods.base import Design, Indices, Method, Sample
from sim.study.sensitivity.methods.factorial import Factorial
from sim.study.sensitivity.methods.fast import Fast
from sim.study.sensitivity.methods.gradients import Gradients
from sim.study.sensitivity.methods.moments import Delta, Pawn, RbdFast
from sim.study.sensitivity.methods.morris import Morris
from sim.study.sensitivity.methods.one_at_a_time import OneAtATime
from sim.study.sensitivity.methods.regression import Regression
from sim.study.sensitivity.methods.sobol import Sobol

METHODS: dict[str, Method] = {
    one.key: one
    for one in (
        Sobol(), Morris(), Fast(), RbdFast(), Pawn(), Delta(), Gradients(), Regression(),
        Factorial(), OneAtATime(),
    )
}  # fmt: skip
"""Every method by its key in a study's file."""

GIVEN = tuple(key for key, one in METHODS.items() if one.given)
"""Methods that need no design of their own: any random points do."""

__all__ = ["GIVEN", "METHODS", "Design", "Indices", "Method", "Sample"]
