"""scikit-learn, which may be absent, and the threads it computes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_extra() -> None:
    """See to it that trees and surrogates can be made, before anything is computed.

    Raises:
        UserError: ``missing_extra``/``extra`` without scikit-learn.
    """
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise UserError("missing_extra", "extra", extra="plan", package="scikit-learn") from error


@contextmanager
def one_thread() -> Iterator[None]:
    """Let BLAS and OpenMP compute on one thread.

    Sums in another order are other sums: so numbers do not depend on the processors there are.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
