"""Reading Dutch prose: its numbers, their wording, and what they say together. Knows no claim, result or partner."""

from core.prose.model import Hedge, Kind, Notation, Number, Remark, within
from core.prose.numbers import find

__all__ = ["Hedge", "Kind", "Notation", "Number", "Remark", "find", "within"]
