"""Models of the results floor."""

from results.models.indicator import Indicator
from results.models.lock import PeriodLock
from results.models.result import OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion

__all__ = ["Indicator", "OverlapGroup", "PeriodLock", "Result", "ResultGroup", "ResultPart", "ResultVersion"]
