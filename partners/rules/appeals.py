"""Sums within an appeal: groups that make up the people in need, and what the parts by purpose leave."""

from collections.abc import Iterable
from decimal import Decimal


def rest(whole: Decimal, parts: Iterable[Decimal]) -> Decimal:
    """Return what the parts leave of the whole: "other". Negative when the parts exceed it, which is a finding."""
    return whole - sum(parts, Decimal(0))


def groups_complete(in_need: Decimal | None, groups: Iterable[Decimal]) -> bool | None:
    """True when the groups add up to the people in need; None when either is not stated."""
    people = list(groups)
    if in_need is None or not people:
        return None
    return sum(people, Decimal(0)) == in_need
