"""The phases of a day, one file each, in the order of ``sim.day``."""
