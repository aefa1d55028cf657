"""Pages for what goes wrong: in the reader's language, with what to do next, and never a trace of the inside."""

from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse

pytestmark = pytest.mark.django_db

TEXTS = {
    400: {"nl": ("niet worden gelezen", "Ga terug"), "en": ("could not be read", "Go back")},
    403: {"nl": ("Dit mag u niet", "Vraag"), "en": ("You may not do this", "Ask")},
    404: {
        "nl": ("Deze bladzijde is hier niet", "Zoek het via het menu"),
        "en": ("is not here", "Find it through the menu"),
    },
    500: {"nl": ("Er ging bij ons iets mis", "Probeer het nog eens"), "en": ("wrong on our side", "Try once more")},
}


@pytest.fixture
def visitor(officer: Any, enter: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ask for the page that fails with a status, in a language."""

    def ask(status: int, language: str, signed_in: bool = True) -> Any:
        officer.language = language
        officer.save()
        client = enter(officer)
        if not signed_in:
            client.logout()
        client.raise_request_exception = False
        client.cookies["django_language"] = language  # kept when one chooses a language
        if status == 500:
            monkeypatch.setattr(import_module("reporting.views.home"), "work_of", fail)
        page = {400: "/", 403: reverse("admin:core_user_changelist"), 404: "/nergens/", 500: "/"}[status]
        return client.get(page, headers={"host": "evil.example"} if status == 400 else {})

    return ask


def fail(*_given: Any) -> Any:
    raise RuntimeError("the inside of the machine")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("status", sorted(TEXTS))
def test_an_error_page_says_what_happened_and_what_to_do(status: int, language: str, visitor: Any) -> None:
    answer = visitor(status, language)
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}"' in html
    for text in TEXTS[status][language]:
        assert text in html
    assert 'href="/"' in html
    for inside in ("Traceback", "inside of the machine", "RuntimeError", "DisallowedHost"):
        assert inside not in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_that_is_not_there_is_not_there_for_signed_out_people_either(language: str, visitor: Any) -> None:
    answer = visitor(404, language, signed_in=False)
    assert answer.status_code == 404
    assert TEXTS[404][language][0] in answer.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_database_the_page_still_says_what_to_do(
    language: str, officer: Any, enter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: Any, **_named: Any) -> Any:
        raise OperationalError("connection refused")

    client = enter(officer)
    client.cookies["django_language"] = language
    client.raise_request_exception = False
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    answer = client.get("/")
    html = answer.content.decode()
    assert answer.status_code == 500
    for text in TEXTS[500][language]:
        assert text in html
    assert "connection refused" not in html


@pytest.mark.parametrize(
    "address", ["/%00/", "/%ED%A0%80/", "/" + "x" * 10_000, "/claims/%00/", "/..%2f..%2fetc/passwd", "/register/%ff/"]
)
def test_an_odd_address_is_not_found(address: str, officer: Any, enter: Any) -> None:
    answer = enter(officer).get(address)
    assert answer.status_code == 404
    assert "Deze bladzijde is hier niet" in answer.content.decode()


def test_a_refusal_gives_its_own_reason(reader: Any, enter: Any) -> None:
    answer = enter(reader).get(reverse("claims:new"))
    assert answer.status_code == 403
    assert "Vraag een collega" in answer.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_address_for_buttons_only_says_so(language: str, officer: Any, claim: Any, enter: Any) -> None:
    """After signing in anew, a browser opens by address what was a button."""
    officer.language = language
    officer.save()
    answer = enter(officer).get(reverse("claims:ask-pdf", args=[claim.reference, "cw31"]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    html = answer.content.decode()
    assert f'<html lang="{language}"' in html
    assert 'href="/"' in html
