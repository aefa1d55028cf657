"""Who may do what on which entry screen: a table, held by asking every screen as everybody."""

from typing import Any

import pytest
from django.urls import reverse

from core.admin.base import address
from tests.register.specimens import EVERY, MAKERS

pytestmark = pytest.mark.django_db

PEOPLE = (
    "officer",
    "stranger",
    "manager",
    "controller",
    "bookkeeper",
    "registrar",
    "reader",
    "administrator",
    "nobody",
)

# l: list, a: add, s: see one, c: change it, d: delete it. One column per person, in the order of PEOPLE:
#   officer  stranger  manager  controller  bookkeeper  registrar  reader  administrator  nobody
REFERENCE = "ls       ls        ls       ls          ls          ls         ls      lascd          -"
CONTENT = "  lascd    lascd     ls       lascd       lascd       ls         ls      lascd          -"
TABLE = {
    "core.country": REFERENCE,
    "core.theme": REFERENCE,
    "core.cover": REFERENCE,
    "core.directorate": REFERENCE,
    "core.user": "-  -         -        -           -           -          -       lasc           -",
    "core.source": CONTENT,
    "partners.partner": CONTENT,
    "partners.contribution": CONTENT,
    "partners.fundtotal": CONTENT,
    "partners.appeal": CONTENT,
    "partners.share": CONTENT,
    "results.resultgroup": CONTENT,
    "results.overlapgroup": CONTENT,
    "results.result": CONTENT,
    "results.resultversion": "lscd  lscd  ls   lscd        lscd        ls         ls      ls             -",
    "results.indicator": CONTENT,
    "results.periodlock": "ls  ls       ls       las         ls          ls         ls      ls             -",
    "results.iatiactivity": REFERENCE.replace("lascd", "ls"),
    "results.iatifile": REFERENCE.replace("lascd", "ls"),
    "results.iatiupload": "las las      ls       las         las         ls         ls      ls             -",
    "claims.claim": "lascd  la         ls       ls          ls          ls         ls      l              -",
    "claims.houseitem": "lascd  la     lascd    ls          ls          lascd      ls      l              -",
    "claims.writtenpaper": "lscd  l    ls       ls          ls          ls         ls      l              -",
    "claims.claimline": "lscd  l       ls       ls          ls          ls         ls      l              -",
    "claims.envelope": "ls   ls       lascd    lascd       lascd       ls         ls      lascd          -",
    "claims.article": "ls   ls        ls       lascd       lascd       ls         ls      lascd          -",
    "claims.instrument": REFERENCE,
    "claims.party": REFERENCE,
    "claims.evidencekind": REFERENCE,
    "claims.requiredevidence": REFERENCE,
    "claims.approvalrule": REFERENCE,
    "claims.papertemplate": "ls  ls     ls       ls          ls          ls         ls      lsc            -",
    "claims.redactionground": REFERENCE,
    "claims.formtemplate": "ls  ls     ls       ls          ls          ls         ls      lsc            -",
}


def test_the_table_names_every_screen() -> None:
    assert sorted(TABLE) == EVERY
    assert {len(row.split()) for row in TABLE.values()} == {len(PEOPLE)}


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_may_do_what_the_table_says_and_nothing_else(
    who: str, officer: Any, request: pytest.FixtureRequest, enter: Any
) -> None:
    made = {model: MAKERS[model](number) for number, model in enumerate(EVERY, 1)}
    client = enter(request.getfixturevalue(who))
    may = {model: rights(client, model, made[model]) for model in EVERY}
    assert may == {model: row.split()[PEOPLE.index(who)].replace("-", "") for model, row in TABLE.items()}


def rights(client: Any, model: str, made: Any) -> str:
    """Ask each screen of a model and note what is answered."""
    name = model.replace(".", "_")
    asked = {
        "l": client.get(reverse(f"admin:{name}_changelist"), follow=True),
        "a": client.get(reverse(f"admin:{name}_add"), follow=True),
        "s": client.get(address(made), follow=True),
        "c": client.post(address(made), {}, follow=True),
        "d": client.get(address(made, "delete"), follow=True),
    }
    statuses = {letter: answer.status_code for letter, answer in asked.items()}
    assert set(statuses.values()) <= {200, 403, 404}, statuses
    return "".join(letter for letter, status in statuses.items() if status == 200)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["reader", "manager", "registrar"])
def test_who_only_reads_adds_and_removes_nothing(
    who: str, officer: Any, request: pytest.FixtureRequest, enter: Any
) -> None:
    client = enter(request.getfixturevalue(who))
    for number, model in enumerate(EVERY, 1):
        if "a" in TABLE[model].split()[PEOPLE.index(who)]:
            continue  # a list that this role keeps
        made = MAKERS[model](number)
        before = type(made)._default_manager.count()
        assert client.post(reverse(f"admin:{model.replace('.', '_')}_add"), {}).status_code == 403
        assert client.post(address(made, "delete"), {"post": "yes"}).status_code == 403
        assert type(made)._default_manager.count() == before


def test_signed_out_people_are_sent_to_sign_in_from_every_screen(officer: Any, client: Any) -> None:
    for number, model in enumerate(EVERY, 1):
        made, name = MAKERS[model](number), model.replace(".", "_")
        for page in (reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_add"), address(made)):
            answer = client.get(page, follow=True)
            assert answer.redirect_chain[-1][0] == f"{reverse('sign-in')}?next={page}"


def test_a_person_who_left_is_signed_out_at_once(officer: Any, enter: Any) -> None:
    client = enter(officer)
    officer.is_active = False
    officer.save()
    assert client.get(reverse("admin:partners_partner_changelist")).status_code == 302


def test_nobody_makes_themselves_an_administrator(officer: Any, enter: Any) -> None:
    client = enter(officer)
    data = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0, "memberships-0-role": "administrator"}
    assert client.post(address(officer), {"username": officer.username, "name": "x", **data}).status_code == 403
    assert officer.memberships.count() == 1


def test_choices_are_offered_only_to_who_may_see_them(officer: Any, nobody: Any, enter: Any) -> None:
    MAKERS["partners.partner"](1)
    page = reverse("admin:autocomplete")
    asked = {"app_label": "claims", "model_name": "lineyear", "field_name": "envelope", "term": ""}
    partners = {"app_label": "claims", "model_name": "linepartner", "field_name": "partner", "term": "F001"}
    assert [row["text"] for row in enter(officer).get(page, partners).json()["results"]] == ["Fonds 001 (F001)"]
    assert enter(officer).get(page, asked).status_code == 200
    assert enter(nobody).get(page, partners, follow=True).status_code == 403


def test_a_confidential_result_is_not_listed_found_or_opened_elsewhere(
    officer: Any, stranger: Any, directorate: Any, enter: Any
) -> None:
    made = MAKERS["results.result"](1)
    made.confidential, made.directorate = True, directorate
    made.save()
    list_page, client = reverse("admin:results_result_changelist"), enter(stranger)
    for page in (list_page, f"{list_page}?q=winterkleding"):
        assert made.label not in client.get(page).content.decode()
    for name in ("change", "history", "delete"):
        assert client.get(address(made, name)).status_code == 404
        assert client.get(address(made.versions.get(), name)).status_code == 404
    assert made.label in enter(officer).get(list_page).content.decode()
