"""Backtest: forecasts from the past of real logs, scored against what came, beside others."""

from sim.study.backtest.cases import Case, cases_of
from sim.study.backtest.run import Backtest, backtest

__all__ = ["Backtest", "Case", "backtest", "cases_of"]
