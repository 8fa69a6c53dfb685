"""Did a change alter what the simulation says? Four layers, from certain to practical.

Invariants (what must hold whatever the scenario), exact digests (bit by bit), statistical
equivalence (differences against margins), decisions (whether the ranking of reference policies or
a go turned). ``check`` carries them out; ``baseline`` is what stands in git.
"""
