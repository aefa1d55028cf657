"""Settings from the environment: clear refusals instead of tracebacks."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config import env


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DEBUG": "0"}, "SECRET_KEY is not set"),
        ({"DEBUG": "0", "SECRET_KEY": "short"}, "shorter than 50 characters"),
        ({"DEBUG": "0", "SECRET_KEY": "x" * 60}, "DATABASE_URL is not set"),
        ({"DEBUG": "maybe"}, "neither yes nor no"),
        ({"DEBUG": "1", "DATABASE_URL": "mysql://x"}, "must begin with postgresql://"),
        ({"DEBUG": "1", "DATABASE_URL": "postgresql:///x", "DATABASE_CONN_MAX_AGE": "long"}, "is not a whole number"),
    ],
)
def test_a_start_with_wrong_settings_says_what_is_wrong(variables: dict[str, str], said: str) -> None:
    clean = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "SECRET_KEY", "DATABASE_URL")}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "check"]
    run = subprocess.run(command, env=clean | variables, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "Claimregister cannot start: " in run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_database_address_keeps_what_libpq_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://us%40er:p%2Fw@db.example:6432/name?sslmode=require")
    read = env.database_url()
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "us@er",
        "p/w",
        "db.example",
        "6432",
        "name",
    )
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_is_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/name?host=/run/postgresql")
    assert env.database_url()["HOST"] == "/run/postgresql"
