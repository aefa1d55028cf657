"""Somebody with a local password."""

from typing import Any

import pytest

PASSWORD = "een lang wachtwoord 2026"


@pytest.fixture
def person(officer: Any) -> Any:
    """The officer, who can sign in with `PASSWORD`."""
    officer.set_password(PASSWORD)
    officer.save()
    return officer
