"""Health: for machines, without a session."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_healthy_process_says_so_to_anybody(client: Any) -> None:
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (200, {"live": True, "database": True})


def test_without_a_database_it_lives_but_is_not_ready(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (503, {"live": True, "database": False})


def test_it_is_only_asked(client: Any) -> None:
    assert client.post(reverse("health")).status_code == 405
