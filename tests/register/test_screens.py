"""Every entry screen opens, in both languages, and saving it untouched changes nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.admin.base import address
from tests.register.sent import sent
from tests.register.specimens import CANNOT_ADD, EVERY, KEPT, MAKERS

pytestmark = pytest.mark.django_db


def listing(model: str, name: str = "changelist") -> str:
    return reverse(f"admin:{model.replace('.', '_')}_{name}")


def test_every_entry_screen_has_a_maker_here() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(EVERY)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("model", EVERY)
def test_every_screen_opens(model: str, language: str, editor_of: Any) -> None:
    client, made = editor_of(model), MAKERS[model](1)
    type(client.session)  # signed in
    from core.models import User

    User.objects.update(language=language)
    pages = [listing(model), address(made), address(made, "history"), address(made, "delete")]
    if model not in CANNOT_ADD:
        pages.append(listing(model, "add"))
    refused = {
        model: [address(made, "delete")]
        for model in {"claims.formtemplate", "claims.papertemplate", "core.user", *KEPT}
    }
    for page in pages:
        answer = client.get(page, follow=True)  # a claim's changes stand on its timeline
        assert answer.status_code == (403 if page in refused.get(model, []) else 200), page
        assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("model", [model for model in EVERY if model not in KEPT])
def test_saving_an_untouched_screen_changes_nothing(model: str, language: str, editor_of: Any) -> None:
    from core.models import User

    client, made = editor_of(model), MAKERS[model](1)
    User.objects.update(language=language)
    before = everything()
    html = client.get(address(made)).content.decode()
    answer = client.post(address(made), sent(html, made._meta.model_name))
    assert answer.status_code == 302, answer.context["errors"]
    assert everything() == before


def everything() -> dict[str, list[Any]]:
    """All rows of our own tables, history included."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for app in ("core", "partners", "results", "claims")
        for model in apps.get_app_config(app).get_models()
    }


@pytest.mark.slow
@pytest.mark.parametrize("model", EVERY)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(
    model: str, editor_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = editor_of(model)
    screen = admin.site._registry[apps.get_model(model)]
    for number in (1, 2):
        MAKERS[model](number)
    monkeypatch.setattr(screen, "list_per_page", 2)
    few = queries(client, listing(model))
    for number in range(3, 25):
        MAKERS[model](number)
    monkeypatch.setattr(screen, "list_per_page", 100)
    many = queries(client, listing(model))
    assert len(many) == len(few), "\n".join(many)


@pytest.mark.slow
@pytest.mark.parametrize(
    "model", [model for model in EVERY if admin.site._registry[apps.get_model(model)].search_fields]
)
def test_a_search_takes_as_many_queries_for_many_rows_as_for_few(model: str, editor_of: Any) -> None:
    client, screen = editor_of(model), admin.site._registry[apps.get_model(model)]
    MAKERS[model](1)
    few = queries(client, listing(model) + "?q=1")
    for number in range(10, 20):
        MAKERS[model](number)
    assert len(queries(client, listing(model) + "?q=1")) == len(few)
    assert screen.search_fields


def queries(client: Any, page: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page, follow=True).status_code == 200  # some lists are pages of their own
    return [query["sql"] for query in captured]


def test_the_index_names_what_a_role_may_open(officer: Any, administrator: Any, enter: Any) -> None:
    people = reverse("admin:core_user_changelist")
    assert people in enter(administrator).get(reverse("admin:index")).content.decode()
    html = enter(officer).get(reverse("admin:index")).content.decode()
    assert people not in html
    assert reverse("admin:partners_partner_changelist") in html


@pytest.mark.parametrize("app", ["core", "partners", "results", "claims"])
def test_each_part_of_the_index_opens(app: str, administrator: Any, enter: Any) -> None:
    assert enter(administrator).get(reverse("admin:app_list", args=[app])).status_code == 200
