"""Models of the results floor."""

from results.models.iati import IatiActivity, IatiFile, IatiRemark, IatiTransaction, IatiUpload
from results.models.indicator import Indicator
from results.models.lock import PeriodLock
from results.models.result import OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion

__all__ = [
    "IatiActivity",
    "IatiFile",
    "IatiRemark",
    "IatiTransaction",
    "IatiUpload",
    "Indicator",
    "OverlapGroup",
    "PeriodLock",
    "Result",
    "ResultGroup",
    "ResultPart",
    "ResultVersion",
]
