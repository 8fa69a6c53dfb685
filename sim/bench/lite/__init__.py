"""community-lite, a small reference community, written once for each simulator.

The modules beside this one are scripts: each runs in the environment of the simulator it is written
for, where qunsim is not installed, and answers requests as :mod:`sim.bench.lite.harness` says.
Only :mod:`sim.bench.lite.reference`, which needs NumPy alone, is also imported by qunsim.

community-lite, version 1. Member i of N is present or gone, was active yesterday or not, and has a
motivation m. Each reads 10 others, drawn once, uniformly and with replacement. Every day, from
yesterday's activity only, for everyone present:

- exposure e = share of the ten that were active yesterday (who is gone is not active);
- posts today with chance logistic(A + B e + C m);
- motivation becomes (1 - DELTA) m + RHO e;
- leaves with chance H0 exp(-KH m), with the new m; the day's post still counts.

A day's row: messages, members present at its end, their summed motivation.
"""
