"""What is measured: KPIs of a run, the lifecycle stage, cohorts, and summaries over runs.

Everything is a function of a :class:`sim.record.RunRecord` (or of a plain daily series), so that a
simulated day, a compiled run and a file read back are measured by the same code. One idea a file;
``registry`` says what there is.
"""

from sim.metrics.cohorts import CohortTable, cohort_table
from sim.metrics.identities import broken_identities
from sim.metrics.kpi import Kpi, Margin, Margins
from sim.metrics.measure import run_kpis
from sim.metrics.parameters import KpiParameters, StageParameters
from sim.metrics.registry import DAILY_KPIS, REGISTRY, RUN_KPIS
from sim.metrics.stage import STAGES, stage_codes, stage_names, stage_shares
from sim.metrics.summary import summarise
from sim.metrics.tables import daily_columns, group_columns
from sim.metrics.values import NEVER, Value, restricted

__all__ = [
    "DAILY_KPIS",
    "NEVER",
    "REGISTRY",
    "RUN_KPIS",
    "STAGES",
    "CohortTable",
    "Kpi",
    "KpiParameters",
    "Margin",
    "Margins",
    "StageParameters",
    "Value",
    "broken_identities",
    "cohort_table",
    "daily_columns",
    "group_columns",
    "restricted",
    "run_kpis",
    "stage_codes",
    "stage_names",
    "stage_shares",
    "summarise",
]
