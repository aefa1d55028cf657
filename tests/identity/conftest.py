"""The provider's process, and an application that signs in with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.conf import settings as django_settings

from core.enums import Role
from core.signin.groups import read_mapping
from tests.identity.provider import CLIENT, SECRET
from tests.journeys.conftest import browser_context_args, browser_type_launch_args, desk

__all__ = ["browser_context_args", "browser_type_launch_args", "desk"]

GROUPS = """
cr-officers-dsh: officer BZ DSH
cr-managers-dsh: [manager BZ DSH, reader]
cr-controllers: controller
cr-elsewhere: officer BZ DAF
"""


class Provider:
    """The provider, as a test orders it about."""

    def __init__(self, address: str) -> None:
        self.address = address

    def _order(self, what: str, told: Any) -> None:
        requests.put(f"{self.address}/test/{what}", json=told, timeout=10).raise_for_status()

    def people(self, **people: dict[str, Any]) -> None:
        """Say who there is."""
        self._order("people", people)

    def fault(self, name: str) -> None:
        """Say what goes wrong from now on."""
        self._order("fault", name)

    def asked(self) -> list[dict[str, str]]:
        """Return the requests for consent until now."""
        found: list[dict[str, str]] = requests.get(f"{self.address}/test/asked", timeout=10).json()
        return found


@pytest.fixture(scope="session")
def provider_process() -> Iterator[str]:
    """A provider on loopback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.identity.provider"],
        cwd=django_settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def provider(provider_process: str, settings: Any) -> Provider:
    """The provider of the settings, with Anna."""
    settings.OIDC_ISSUER = provider_process
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_NAME = "Rijks-SSO"
    settings.OIDC_GROUPS = read_mapping(GROUPS, Role.values)
    policy = settings.CONTENT_SECURITY_POLICY
    directives = policy["DIRECTIVES"] | {"form-action": [*policy["DIRECTIVES"]["form-action"], provider_process]}
    settings.CONTENT_SECURITY_POLICY = policy | {"DIRECTIVES": directives}
    found = Provider(provider_process)
    found.fault("")
    found.people(**{"anna-1": person("Anna de Wit", "anna.dewit@example.org", "cr-officers-dsh", "other")})
    return found


def person(name: str, email: str, *groups: str) -> dict[str, Any]:
    """Describe a person as the provider does."""
    return {"name": name, "email": email, "email_verified": True, "preferred_username": email, "groups": list(groups)}
