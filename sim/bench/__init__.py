"""Benchmarks: what the engine costs on this machine, and what other simulators cost beside it."""
