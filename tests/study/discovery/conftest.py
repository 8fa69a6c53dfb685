"""Samples with a planted box: what discovery has to recover is known."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.study.discovery.sample import Sample


def planted(*, n, factors, seed, noise=0.0, channel=False):
    """A box in the first two factors (and two of four channels): y = -1 inside, 1 outside.

    Returns the sample and which rows are truly inside; a share of outputs is flipped.
    """
    rng = np.random.default_rng(seed)
    x = rng.random((n, factors))
    inside = (x[:, 0] > 0.3) & (x[:, 0] < 0.75) & (x[:, 1] < 0.5)
    kinds, levels = ["continuous"] * factors, [()] * factors
    if channel:
        x[:, 2] = rng.integers(0, 4, n)
        kinds[2], levels[2] = "categorical", ("direct", "invited", "giveaway", "event")
        inside &= np.isin(x[:, 2], (1, 3))
    y = np.where(inside, -1.0, 1.0)
    y[rng.random(n) < noise] *= -1
    return table(x, y, kinds=kinds, levels=levels), inside


def table(x, y, *, kinds=None, levels=None, lows=None, highs=None):
    """A sample of factors f0, f1, ... over 0 to 1 unless said otherwise."""
    x = np.asarray(x, dtype=float)
    factors = x.shape[1]
    levels = levels or [()] * factors
    tops = [len(labels) - 1 if labels else 1.0 for labels in levels]
    return Sample(
        names=tuple(f"f{i}" for i in range(factors)),
        kinds=tuple(kinds or ["continuous"] * factors), levels=tuple(levels),
        lows=np.zeros(factors) if lows is None else lows,
        highs=np.array(tops) if highs is None else highs, x=x, y=np.asarray(y, dtype=float),
    )  # fmt: skip


def truth(boxes, sample, inside):
    """Coverage and density of some boxes together with respect to the planted one."""
    found = np.zeros(sample.rows, bool)
    for box in boxes:
        found |= box.contains(sample.x)
    return (found & inside).sum() / inside.sum(), inside[found].mean()


@pytest.fixture(scope="session")
def made():
    """Makers of samples."""
    return SimpleNamespace(planted=planted, table=table, truth=truth)
