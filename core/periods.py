"""Budget years and periods of time, and how they are called."""

import calendar
import datetime
from dataclasses import dataclass

from core.numbers import format_date, month_name

FIRST_YEAR, LAST_YEAR = 2000, 2100


def is_budget_year(year: int) -> bool:
    """True for a year this register can hold."""
    return FIRST_YEAR <= year <= LAST_YEAR


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included."""

    start: datetime.date
    end: datetime.date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError("A period ends on or after the day it begins.")

    @classmethod
    def year(cls, year: int) -> "Period":
        """The calendar year, which is the budget year."""
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    def overlaps(self, other: "Period") -> bool:
        """True when at least one day is in both."""
        return self.start <= other.end and other.start <= self.end

    def label(self, language: str) -> str:
        """Name the period as briefly as it can be: a year, years, months, or two dates."""
        start, end = self.start, self.end
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
            first, last = month_name(start.month, language), month_name(end.month, language)
            if start.year != end.year:
                return f"{first} {start.year} – {last} {end.year}"
            return f"{first} {start.year}" if start.month == end.month else f"{first}–{last} {start.year}"
        return (
            format_date(start, language)
            if start == end
            else f"{format_date(start, language)} – {format_date(end, language)}"
        )


def next_month(day: datetime.date) -> datetime.date:
    """Return the first day of the month after the one in which a day falls."""
    return last_day_of_month(day) + datetime.timedelta(1)


def last_day_of_month(day: datetime.date) -> datetime.date:
    """Return the last day of the month in which a day falls."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def as_of_label(day: datetime.date, language: str) -> str:
    """Name an as-of date as papers do: "eind oktober 2024" on a month's last day, else the date."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        ending = "end of" if language.startswith("en") else "eind"
        return f"{ending} {month_name(day.month, language)} {day.year}"
    return format_date(day, language)
