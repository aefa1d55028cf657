"""Models of the results floor."""

from results.models.result import OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion

__all__ = ["OverlapGroup", "Result", "ResultGroup", "ResultPart", "ResultVersion"]
