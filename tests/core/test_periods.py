"""Names of periods."""

import datetime

import pytest

from core.periods import Period, as_of_label

D = datetime.date


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        (D(2023, 1, 1), D(2023, 12, 31), "2023"),
        (D(2023, 1, 1), D(2024, 12, 31), "2023–2024"),
        (D(2024, 1, 1), D(2024, 6, 30), "januari–juni 2024"),
        (D(2024, 2, 1), D(2024, 2, 29), "februari 2024"),
        (D(2024, 10, 1), D(2025, 3, 31), "oktober 2024 – maart 2025"),
        (D(2024, 10, 5), D(2024, 10, 5), "5 oktober 2024"),
        (D(2024, 10, 5), D(2024, 11, 1), "5 oktober 2024 – 1 november 2024"),
    ],
)
def test_a_period_is_named_as_briefly_as_it_can_be(start: D, end: D, named: str) -> None:
    assert Period(start, end).label("nl") == named


def test_a_period_never_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period(D(2024, 2, 1), D(2024, 1, 31))


def test_periods_overlap_when_they_share_a_day() -> None:
    year = Period.year(2024)
    assert year.days == 366
    assert year.overlaps(Period(D(2024, 12, 31), D(2025, 1, 1)))
    assert not year.overlaps(Period.year(2025))


def test_a_months_last_day_is_named_as_its_end() -> None:
    assert as_of_label(D(2024, 10, 31), "nl") == "eind oktober 2024"
    assert as_of_label(D(2024, 10, 30), "nl") == "30 oktober 2024"
    assert as_of_label(D(2024, 10, 31), "en") == "end of October 2024"
