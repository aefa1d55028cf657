"""The cast and the stage that every test shares."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

pytest_plugins = ["tests.way", "tests.books"]

NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark as `page` what asks for pages or empties the tables: `--quick` keeps to rules, actions and the database itself."""
    if _empties(item) or {"enter", "client"} & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.page)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put last what empties every table at its end: gathering tests by their browser would put it in between."""
    items.sort(key=_empties)


def _empties(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or bool(asked & {"transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test finds the reference data, as every installation does."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)


@pytest.fixture
def stage(transactional_db: None) -> Iterator[None]:
    """Reference data for a test with real transactions, whose end empties every table."""
    call_command("load_reference", verbosity=0)
    yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hash passwords quickly: people sign in often, and here nobody guesses."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Refuse every connection that leaves this machine."""
    import socket

    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if self.family == socket.AF_UNIX or (
            isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1", "localhost")
        ):
            return real(self, address)
        raise AssertionError(f"A test reached for the network: {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


class UnknownVariable(AssertionError):
    """A template of ours names what it was not given."""


@pytest.fixture(scope="session", autouse=True)
def _no_unknown_variables() -> Iterator[None]:
    """Fail where one of our own templates prints, asks or walks a variable it was not given, instead of printing nothing.

    What a record may lack (`citation.result.group`) may be asked in an `if`, never printed. Django's own templates lean on
    unknown variables; they stay as they are.
    """
    from django.conf import settings
    from django.template import base

    ours = str(settings.BASE_DIR / "templates")

    class KnownVariable(base.Variable):
        stands_in = ""

        def resolve(self, context: Any) -> Any:
            try:
                return super().resolve(context)
            except base.VariableDoesNotExist as unknown:
                raise UnknownVariable(f"{self.stands_in}: {self.var}: {unknown}") from None

    class KnownExpression(base.FilterExpression):
        asked: base.FilterExpression | None = None

        def __init__(self, token: str, parser: Any) -> None:
            super().__init__(token, parser)
            if self.is_var and str(parser.origin).startswith(ours):
                self.asked = base_expression(token, parser)
                self.var = KnownVariable(self.var.var)
                self.var.stands_in = str(parser.origin)

        def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
            if ignore_failures and self.asked and (not self.var.lookups or self.var.lookups[0] in context):
                return self.asked.resolve(context, ignore_failures)
            return super().resolve(context, ignore_failures)

    base_expression = base.FilterExpression
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "FilterExpression", KnownExpression)
        yield


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    """Tests read Dutch screens unless they say otherwise."""
    from django.utils import translation

    with translation.override("nl"):
        yield


# -- the cast -------------------------------------------------------------------------------------------------------


def _person(username: str, name: str, *roles: tuple[str, Any]) -> Any:
    from core.models import Membership, User

    user = User.objects.create(username=f"cast-{username}", name=name, email=f"{username}@example.org")
    for role, directorate in roles:
        Membership.objects.create(user=user, role=role, directorate=directorate)
    return user


@pytest.fixture
def directorate(db: None) -> Any:
    """The directorate in which the story plays."""
    from core.models import Directorate

    return Directorate.objects.create(code="BZ DSH", name_nl="Directie Stabiliteit", name_en="Stability Department")


@pytest.fixture
def other_directorate(db: None) -> Any:
    """A directorate whose people see nothing of ours."""
    from core.models import Directorate

    return Directorate.objects.create(
        code="BZ DMM", name_nl="Directie Multilateraal", name_en="Multilateral Department"
    )


@pytest.fixture
def officer(directorate: Any) -> Any:
    """Drafts claims."""
    return _person("anna", "Anna de Wit", ("officer", directorate))


@pytest.fixture
def colleague(directorate: Any) -> Any:
    """A second officer of the same directorate."""
    return _person("bram", "Bram Visser", ("officer", directorate))


@pytest.fixture
def manager(directorate: Any) -> Any:
    """Manages the directorate's budget."""
    return _person("maria", "Maria Jansen", ("manager", directorate))


@pytest.fixture
def controller(db: None) -> Any:
    """Checks claims of the whole ministry."""
    return _person("carla", "Carla Mulder", ("controller", None))


@pytest.fixture
def bookkeeper(db: None) -> Any:
    """Books commitments and payments."""
    return _person("fatima", "Fatima El Idrissi", ("bookkeeper", None))


@pytest.fixture
def registrar(db: None) -> Any:
    """Registers decisions."""
    return _person("daan", "Daan Bakker", ("registrar", None))


@pytest.fixture
def reader(directorate: Any) -> Any:
    """Reads."""
    return _person("lars", "Lars Vermeer", ("reader", directorate))


@pytest.fixture
def stranger(other_directorate: Any) -> Any:
    """An officer of another directorate."""
    return _person("eva", "Eva Kok", ("officer", other_directorate))


@pytest.fixture
def administrator(db: None) -> Any:
    """Manages people and reference data."""
    return _person("beheer", "Bea Heerema", ("administrator", None))


@pytest.fixture
def nobody(db: None) -> Any:
    """Can sign in, but has no role."""
    return _person("niemand", "Niels Niemand")


# -- what they work with --------------------------------------------------------------------------------------------


@pytest.fixture
def partner(db: None) -> Any:
    """A partner."""
    from partners.models import Partner

    return Partner.objects.create(name="Ontwikkelingsprogramma", short_name="OP", kind="international")


@pytest.fixture
def fund(db: None) -> Any:
    """A pooled fund."""
    from partners.models import Partner

    return Partner.objects.create(name="Ukraine Humanitarian Fund", short_name="UHF", kind="pooled-fund")


@pytest.fixture
def envelope(db: None) -> Any:
    """An envelope with a cover."""
    from claims.models import Envelope
    from core.models import Cover

    return Envelope.objects.create(
        name="Niet-militaire steun", year=2026, cover=Cover.objects.get(code="non-military-support")
    )


@pytest.fixture
def claim(officer: Any, directorate: Any, partner: Any, envelope: Any) -> Any:
    """The officer's claim of EUR 2 mln, as a quick start makes it."""
    from claims.actions.create import quick_start

    return quick_start(
        by=officer,
        at=NOON,
        directorate=directorate,
        title="Steun aan kinderen",
        amount=Decimal("2000000.00"),
        partner=partner,
        envelope=envelope,
        year=2026,
    )


@pytest.fixture
def story(db: None) -> Any:
    """The whole demo story."""
    from claims import demo

    demo.Story().load()
    return demo


@pytest.fixture(scope="module")
def module_story(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The whole demo story, loaded once for a module: each of its tests changes it within a savepoint of its own."""
    from django.db import transaction

    from claims import demo

    with django_db_blocker.unblock(), transaction.atomic():
        demo.Story().load()
        yield demo
        transaction.set_rollback(True)


@pytest.fixture
def enter(client: Any) -> Any:
    """Sign a person in: `enter(officer).get(…)`."""

    def sign_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return sign_in
