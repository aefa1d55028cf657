"""Odd, huge and hostile input on every entry screen: an answer with a message, nothing half saved, never a 500."""

import re
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from core.admin.base import address
from tests.register.sent import sent
from tests.register.specimens import CANNOT_ADD, EVERY, KEPT, MAKERS

pytestmark = pytest.mark.django_db

NUL, LONG, HUGE = "\x00", "9" * 400, "x" * 1_000_000
ODD = [NUL, "-1", LONG, "x", "' or 1=1 -- %s\\"]
ODDER = [*ODD, "", "0", "NaN", "Infinity", "1e999999", "٣", "file:///etc/passwd", "\u202e\u200b\ufeff"]
SURROGATE = "%ED%A0%80"  # half of a pair, as bytes in an address


def page_of(model: str, name: str = "changelist") -> str:
    return reverse(f"admin:{model.replace('.', '_')}_{name}")


# -- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("model", EVERY)
def test_a_list_survives_any_search_order_page_and_filter(model: str, editor_of: Any) -> None:
    client, page = editor_of(model), page_of(model)
    MAKERS[model](1)
    for name in ("q", "o", "p", "all", "_popup", "_to_field", "nothing", "pk__in"):
        for value in ODD:
            answer = client.get(page, {name: value})
            assert answer.status_code in (200, 302, 400), (name, value[:20])
    assert client.get(f"{page}?q={SURROGATE}&{SURROGATE}=1").status_code in (200, 302, 400)
    for words in ("fonds " * 500, "x" * 5000, "()[],;:–", "1.-2.3"):
        assert client.get(page, {"q": words, "o": words}).status_code in (200, 302, 400)


@pytest.mark.slow
@pytest.mark.parametrize("model", [model for model in EVERY if admin.site._registry[apps.get_model(model)].list_filter])
def test_a_list_survives_any_value_of_its_filters(model: str, editor_of: Any) -> None:
    client, page = editor_of(model), page_of(model)
    MAKERS[model](1)
    filters = admin.site._registry[apps.get_model(model)].list_filter
    for field in (item if isinstance(item, str) else item[0] for item in filters):
        for lookup in ("", "__exact", "__id__exact", "__isnull", "__regex"):
            for value in ODD:
                answer = client.get(page, {f"{field}{lookup}": value})
                assert answer.status_code in (200, 302, 400), (field, lookup, value[:20])


@pytest.mark.slow
@pytest.mark.parametrize("model", EVERY)
def test_the_offered_filters_search_and_order_work(model: str, editor_of: Any) -> None:
    client, page = editor_of(model), page_of(model)
    for number in (1, 2):
        MAKERS[model](number)
    first = client.get(page)
    if first.status_code == 302:  # a list that is a page of its own, with its own tests
        assert first["Location"].startswith("/claims/")
        return
    links = re.findall(r'href="(\?[^"]*)"', first.content.decode())
    for link in links:
        answer = client.get(page + link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
    screen = admin.site._registry[apps.get_model(model)]
    assert bool(screen.list_filter) <= bool(links)
    for column in range(len(screen.list_display)):
        assert client.get(page, {"o": f"-{column}"}).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("model", EVERY)
def test_what_is_no_record_is_not_found(model: str, editor_of: Any) -> None:
    client, page = editor_of(model), page_of(model)
    for key in ("0", "99999999999999999999", str(uuid.uuid4()), "%00", SURROGATE + "_5F"):
        for name in ("change", "history", "delete"):
            assert client.get(f"{page}{key}/{name}/").status_code in (403, 404), (key, name)
            assert client.post(f"{page}{key}/{name}/", {"post": "yes"}).status_code in (403, 404), (key, name)
        assert client.get(f"{page}{key}/change/").status_code == 404


@pytest.mark.parametrize("value", [*ODDER, "x" * 5000])
def test_the_offers_while_typing_survive_anything(value: str, officer: Any, enter: Any) -> None:
    client, page = enter(officer), reverse("admin:autocomplete")
    known = {"app_label": "claims", "model_name": "lineyear", "field_name": "envelope", "term": "", "page": "1"}
    for name in known:
        assert client.get(page, known | {name: value}).status_code in (200, 403, 404), name
    assert client.get(page).status_code in (403, 404)
    assert client.get(f"{page}?app_label=claims&model_name=lineyear&field_name=envelope&term={SURROGATE}").json()


# -- forms ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("model", [model for model in EVERY if model not in CANNOT_ADD])
def test_an_empty_form_says_what_is_missing(model: str, editor_of: Any) -> None:
    client = editor_of(model)
    html = client.get(page_of(model, "add")).content.decode()
    empty = {name: [""] for name in sent(html, model.split(".")[1]) if not name.endswith("_FORMS")}
    management = {name: "0" for name in sent(html, model.split(".")[1]) if name.endswith("_FORMS")}
    before = apps.get_model(model)._default_manager.count()
    for data in (empty | management, empty, {}):
        answer = client.post(page_of(model, "add"), data)
        assert answer.status_code == 200
        assert "niets opgeslagen" in answer.content.decode()
    assert apps.get_model(model)._default_manager.count() == before


@pytest.mark.slow
@pytest.mark.parametrize("value", [*ODDER, HUGE], ids=lambda value: repr(value[:12]))
def test_odd_values_in_every_box_at_once_are_answered_with_messages(
    value: str, officer: Any, administrator: Any, enter: Any
) -> None:
    from tests.register.specimens import EDITORS

    for number, model in enumerate((model for model in EVERY if model not in KEPT), 1):
        made = MAKERS[model](number)
        client = enter(officer if EDITORS.get(model) else administrator)
        fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)
        boxes = [name for name in fields if not name.endswith("_FORMS") and name != "csrfmiddlewaretoken"]
        odd = fields | {name: [value] for name in (boxes if value != HUGE else boxes[:3])}
        answer = client.post(address(made), odd)
        assert answer.status_code in (200, 302), model
        if answer.status_code == 200:
            assert "niets opgeslagen" in answer.content.decode(), model
        if value in (NUL, LONG, HUGE):
            assert answer.status_code == 200, model


@pytest.mark.slow
@pytest.mark.parametrize("model", [model for model in EVERY if model not in KEPT])
def test_an_odd_value_in_any_one_box_is_kept_or_refused_with_a_message(model: str, editor_of: Any) -> None:
    client, made = editor_of(model), MAKERS[model](1)
    fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)
    boxes = [name for name in fields if "__prefix__" not in name and name != "csrfmiddlewaretoken"]
    for number, name in enumerate(boxes):
        for value in (ODD[number % len(ODD)], ODD[(number + 2) % len(ODD)]):
            answer = client.post(address(made), fields | {name: [value]})
            fine = (200, 302, 400) if name.endswith("_FORMS") else (200, 302)
            assert answer.status_code in fine, (name, value[:20])
            if answer.status_code == 200:
                assert "niets opgeslagen" in answer.content.decode(), (name, value[:20])
            elif answer.status_code == 302:
                fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)  # as it is now


ROWS = {
    "partners.appeal": "groups",
    "results.result": "versions",
    "core.user": "memberships",
    "claims.claim": "goals",
    "claims.claimline": "years",
}


@pytest.mark.slow
@pytest.mark.parametrize("model", sorted(ROWS))
def test_rows_of_another_record_are_never_reached(model: str, editor_of: Any) -> None:
    prefix, client = ROWS[model], editor_of(model)
    made, other = MAKERS[model](1), MAKERS[model](2)
    fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)
    theirs = sent(client.get(address(other)).content.decode(), made._meta.model_name)[f"{prefix}-0-id"]
    before = client.get(address(other)).content.decode()
    for key in (theirs, ["x"], [LONG], [NUL], ["-1"], [""], ["99999999999999999999"]):
        answer = client.post(address(made), fields | {f"{prefix}-0-id": key})
        assert answer.status_code in (200, 302), key
        if key not in (theirs, [""]):  # a row without a key of its own is the row that stands there
            assert "niets opgeslagen" in answer.content.decode(), key
    for name, value in (
        ("TOTAL_FORMS", "x"),
        ("TOTAL_FORMS", "-1"),
        ("TOTAL_FORMS", LONG),
        ("INITIAL_FORMS", "x"),
        ("INITIAL_FORMS", "-5"),
        ("INITIAL_FORMS", "50"),
        ("INITIAL_FORMS", NUL),
    ):
        answer = client.post(address(made), fields | {f"{prefix}-{name}": [value]})
        assert answer.status_code in (200, 302, 400), (name, value[:20])
    after = sent(client.get(address(other)).content.decode(), made._meta.model_name)
    assert without_token(after) == without_token(sent(before, made._meta.model_name))


def without_token(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: values for name, values in fields.items() if name != "csrfmiddlewaretoken"}


def test_more_rows_than_a_record_has_room_for_are_refused(officer: Any, enter: Any) -> None:
    client, made = enter(officer), MAKERS["partners.appeal"](1)
    fields = sent(client.get(address(made)).content.decode(), "appeal")
    answer = client.post(address(made), fields | {"groups-TOTAL_FORMS": ["999999"]})
    assert answer.status_code == 200
    assert answer.content.decode().count('name="groups-') < 2000


def test_a_form_of_too_many_boxes_is_refused_with_a_message(officer: Any, enter: Any) -> None:
    answer = enter(officer).post(page_of("partners.partner", "add"), {f"x{number}": "" for number in range(5001)})
    assert answer.status_code == 400
    assert "te groot of onvolledig" in answer.content.decode()


def test_a_form_larger_than_the_limit_is_refused_with_a_message(officer: Any, enter: Any) -> None:
    answer = enter(officer).post(
        page_of("partners.partner", "add"), "note=" + "x" * 7_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert "te groot of onvolledig" in answer.content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//", "http://"])
def test_an_address_that_is_no_web_address_is_refused(url: str, officer: Any, enter: Any) -> None:
    made = MAKERS["partners.partner"](1)
    client = enter(officer)
    fields = sent(client.get(address(made)).content.decode(), "partner")
    answer = client.post(address(made), fields | {"website": [url]})
    assert answer.status_code == 200
    assert "geldige URL" in answer.content.decode()


def test_what_is_typed_is_never_markup_on_a_screen(officer: Any, enter: Any) -> None:
    client, made = enter(officer), MAKERS["partners.partner"](1)
    hostile = '"><script>alert(1)</script>'
    fields = sent(client.get(address(made)).content.decode(), "partner")
    client.post(address(made), fields | {"name": [hostile], "short_name": [hostile]})
    made.refresh_from_db()
    assert made.name == hostile
    for page in (page_of("partners.partner"), address(made), address(made, "history"), address(made, "delete")):
        html = client.get(page).content.decode()
        assert hostile not in html
        assert "&lt;script&gt;alert(1)" in html


TWICE = {
    "core.user": ("memberships", {"role": "officer"}),
    "claims.claimline": ("years", {"open_year": "2027", "commitment": "1 mln"}),
    "results.result": ("versions", {"number": "7", "value": "5"}),
}


@pytest.mark.parametrize("model", sorted(TWICE))
def test_the_same_row_twice_is_refused_with_a_message(model: str, editor_of: Any) -> None:
    prefix, row = TWICE[model]
    client, made = editor_of(model), MAKERS[model](1)
    client_fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)
    number = int(client_fields[f"{prefix}-INITIAL_FORMS"][0])
    once = {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    again = {f"{prefix}-{number + 1}-{name}": value for name, value in row.items()}
    twice = client_fields | once | again | {f"{prefix}-TOTAL_FORMS": number + 2}
    answer = client.post(address(made), twice)
    assert answer.status_code == 200
    assert "niets opgeslagen" in answer.content.decode()
    assert client.post(address(made), client_fields | once | {f"{prefix}-TOTAL_FORMS": number + 1}).status_code == 302
    fields = sent(client.get(address(made)).content.decode(), made._meta.model_name)
    again = {f"{prefix}-{number + 1}-{name}": value for name, value in row.items()}
    answer = client.post(address(made), fields | again | {f"{prefix}-TOTAL_FORMS": number + 2})
    assert answer.status_code == 200
    assert "niets opgeslagen" in answer.content.decode()
