"""Sensitivity: which of many uncertain values decide what a community does.

``reading`` reads a study, ``run`` carries it out: a design (``methods``) places points, ``points``
simulates each once, ``analysis`` reads indices off them.
"""

from sim.study.sensitivity.reading import read_sensitivity
from sim.study.sensitivity.result import Sensitivity
from sim.study.sensitivity.run import sensitivity
from sim.study.sensitivity.study import Screening, SensitivityStudy

__all__ = ["Screening", "Sensitivity", "SensitivityStudy", "read_sensitivity", "sensitivity"]
