"""Budget articles: an article stands once in each year."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from claims.models import Article

pytestmark = pytest.mark.django_db


def article(first: int, last: int | None = None, number: str = "9.9", chapter: str = "XVII") -> Article:
    return Article(chapter=chapter, number=number, name_nl="Hulp", name_en="Aid", first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("there", "entered", "fits"),
    [
        ((2024, None), (2026, None), False),
        ((2024, None), (2020, 2023), True),
        ((2024, None), (2020, 2024), False),
        ((2024, None), (2020, None), False),
        ((2020, 2023), (2024, None), True),
        ((2020, 2023), (2023, 2025), False),
        ((2020, 2023), (2010, 2030), False),
    ],
)
def test_years_of_one_article_never_overlap(there: Any, entered: Any, fits: bool) -> None:
    article(*there).save()
    if fits:
        article(*entered).full_clean()
    else:
        with pytest.raises(ValidationError, match=r"Dit artikel is er al: “XVII 9\.9 Hulp”"):
            article(*entered).full_clean()


def test_another_number_or_chapter_is_another_article_and_one_may_be_saved_again() -> None:
    known = article(2024)
    known.save()
    article(2024, number="9.8").full_clean()
    article(2024, chapter="V").full_clean()
    known.full_clean()


def test_the_screen_names_the_article_that_is_there(administrator: Any, enter: Any) -> None:
    given = {"chapter": "XVII", "number": "4.1", "name_nl": "Noodhulp", "name_en": "Relief", "first_year": "2026"}
    answer = enter(administrator).post(reverse("admin:claims_article_add"), {**given, "active": "on"})
    assert answer.status_code == 200
    assert "Dit artikel is er al: “XVII 4.1 Humanitaire hulp”, vanaf 2024." in answer.content.decode()
    assert not Article.objects.filter(name_nl="Noodhulp").exists()
    nothing = enter(administrator).post(reverse("admin:claims_article_add"), {"number": "4.1"})
    assert nothing.status_code == 200
