"""How much of a whole is divided over parts, for the sums beside what is entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Division:
    """An amount in EUR and what its parts add up to. `whole` is None as long as it is not entered."""

    whole: Decimal | None
    divided: Decimal
    unknown: int = 0  # parts whose amount is not entered

    @classmethod
    def of(cls, whole: Decimal | None, parts: Iterable[Decimal | None]) -> "Division":
        """Add up the parts; parts without an amount are counted, not guessed."""
        listed = list(parts)
        known = [part for part in listed if part is not None]
        return cls(whole, sum(known, Decimal("0.00")), len(listed) - len(known))

    @property
    def rest(self) -> Decimal | None:
        """What is still to be divided; negative when too much is; None without a whole."""
        return None if self.whole is None else self.whole - self.divided

    @property
    def excess(self) -> Decimal | None:
        """How much too much is divided; zero or less when it is not."""
        return None if self.rest is None else -self.rest

    @property
    def fits(self) -> bool:
        """True when the parts make exactly the whole."""
        return self.rest == 0 and not self.unknown
