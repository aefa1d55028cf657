"""The claim's pages: who gets in, what they answer to right and wrong input."""

import json
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from claims.models import AnnexPart, Citation, Claim, ClaimLine, Render, Section
from core.admin.base import address
from partners.models import Partner
from results.models import Result, ResultGroup, ResultVersion

pytestmark = pytest.mark.django_db

PAGES = ["overview", "write", "annex"]


def page(name: str, claim: Any, *more: Any) -> str:
    return reverse(f"claims:{name}", args=[claim.reference, *more])


# -- who gets in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("manager", 200),
        ("reader", 200),
        ("controller", 200),
        ("stranger", 404),
        ("nobody", 404),
        ("administrator", 404),
    ],
)
def test_a_claim_is_seen_within_its_directorate_and_by_ministry_wide_roles(
    name: str, who: str, status: int, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    assert enter(request.getfixturevalue(who)).get(page(name, claim)).status_code == status


def test_signed_out_people_are_sent_to_sign_in(claim: Any, client: Any) -> None:
    for name in PAGES:
        answer = client.get(page(name, claim))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))


def test_a_claim_that_does_not_exist_looks_like_one_of_others(stranger: Any, claim: Any, enter: Any) -> None:
    client = enter(stranger)
    theirs = client.get(page("overview", claim)).content.decode().replace(claim.reference, "X")
    nothing = client.get("/claims/BV-1999-0001/").content.decode().replace("BV-1999-0001", "X")
    assert strip_token(theirs) == strip_token(nothing)


def strip_token(html: str) -> str:
    import re

    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|\b[0-9a-f]{32}\b', "", html
    )  # the last: the request


@pytest.mark.parametrize("who", ["manager", "reader", "controller"])
def test_who_only_reads_sees_why_and_gets_no_buttons_to_write(
    who: str, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    html = enter(request.getfixturevalue(who)).get(page("write", claim)).content.decode()
    assert "U kunt deze claim lezen, niet wijzigen." in html
    assert "De dossierhouder is Anna de Wit" in html
    assert "<textarea" not in html


# -- quick start and copy -------------------------------------------------------------------------------------------


def quick(partner: Any, envelope: Any = None, **changes: str) -> dict[str, str]:
    data = {
        "title": "Nieuw",
        "amount": "2,5 mln",
        "partner": str(partner.pk),
        "envelope": str(envelope.pk) if envelope else "",
        "year": "",
    }
    return data | changes


def test_a_quick_start_makes_the_claim_and_shows_it(
    officer: Any, partner: Any, envelope: Any, directorate: Any, enter: Any
) -> None:
    answer = enter(officer).post(
        reverse("claims:new"), quick(partner, envelope, directorate=str(directorate.pk)), follow=True
    )
    claim = Claim.objects.get()
    assert claim.amount == Decimal("2500000.00")
    assert answer.redirect_chain == [(page("overview", claim), 302)]
    assert f"met nummer {claim.reference}" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Dit veld is verplicht"),
        ({"title": "x" * 201}, "200"),
        ({"amount": ""}, "Dit veld is verplicht"),
        ({"amount": "1,234.56"}, "Gebruik een komma voor decimalen"),
        ({"amount": "12.345.67"}, "groepen van drie"),
        ({"amount": "0"}, "meer dan nul"),
        ({"amount": "-5"}, "meer dan nul"),
        ({"amount": "99999999 mld"}, "cijfers"),
        ({"partner": "999999"}, "Selecteer een geldige keuze"),
        ({"partner": "x"}, "Selecteer een geldige keuze"),
        ({"year": ""}, "Kies de enveloppe, of geef het begrotingsjaar"),
        ({"year": "20260"}, "2100"),
        ({"title": "a\x00b"}, "Null"),
    ],
)
def test_a_wrong_quick_start_says_what_is_wrong_and_keeps_what_was_typed(
    changes: dict[str, str], said: str, officer: Any, partner: Any, directorate: Any, enter: Any
) -> None:
    data = quick(partner, None, directorate=str(directorate.pk), year="2026") | changes
    answer = enter(officer).post(reverse("claims:new"), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert not Claim.objects.exists()
    if len(data["amount"]) < 20 and data["amount"]:
        assert data["amount"] in html


def test_nobody_makes_a_claim_in_a_directorate_that_is_not_theirs(
    officer: Any, other_directorate: Any, partner: Any, enter: Any
) -> None:
    answer = enter(officer).post(
        reverse("claims:new"), quick(partner, directorate=str(other_directorate.pk), year="2026")
    )
    assert answer.status_code == 422
    assert not Claim.objects.exists()


@pytest.mark.parametrize("who", ["manager", "reader", "administrator", "nobody"])
def test_who_is_no_officer_is_told_so(who: str, enter: Any, request: pytest.FixtureRequest) -> None:
    answer = enter(request.getfixturevalue(who)).get(reverse("claims:new"))
    assert answer.status_code == 403
    assert "Alleen een beleidsmedewerker" in answer.content.decode()


def test_a_copy_is_made_for_the_year_that_is_typed(officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).post(page("copy", claim), {"year": "2027"}, follow=True)
    fresh = Claim.objects.get(first_year=2027)
    assert answer.redirect_chain == [(page("overview", fresh), 302)]
    assert "nog bijwerken" in answer.content.decode()


@pytest.mark.parametrize("year", ["", "27", "20277", "x", "1999", "٢٠٢٧"])
def test_a_copy_to_no_year_is_refused(year: str, officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).post(page("copy", claim), {"year": year}, follow=True)
    assert "vier cijfers" in answer.content.decode()
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("stranger", 404)])
def test_a_copy_is_for_officers_who_see_the_claim(
    who: str, status: int, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    assert enter(request.getfixturevalue(who)).post(page("copy", claim), {"year": "2027"}).status_code == status


# -- writing --------------------------------------------------------------------------------------------------------


def save(client: Any, claim: Any, key: str = "doelen", body: Any = None, **kwargs: Any) -> Any:
    content = (
        body
        if isinstance(body, str | bytes)
        else json.dumps(body if body is not None else {"text": "<p>Een</p>", "version": 0})
    )
    return client.post(page("save-section", claim, key), content, content_type="application/json", **kwargs)


def test_a_text_is_saved_as_one_goes(officer: Any, claim: Any, enter: Any) -> None:
    client = enter(officer)
    assert save(client, claim).json() == {"version": 1, "empty": False}
    assert save(client, claim, body={"text": "<p>Twee</p>", "version": 1}).json()["version"] == 2
    assert Section.objects.get().text == "<p>Twee</p>"


def test_a_stale_save_answers_the_difference_and_changes_nothing(
    officer: Any, colleague: Any, claim: Any, client: Any, enter: Any
) -> None:
    save(enter(officer), claim, body={"text": "<p>Eerst</p>", "version": 0})
    save(enter(colleague), claim, body={"text": "<p>Van Bram</p>", "version": 1})
    answer = save(enter(officer), claim, body={"text": "<p>Van Anna</p>", "version": 1})
    said = answer.json()
    assert answer.status_code == 409
    assert "Bram Visser heeft deze tekst opgeslagen" in said["error"]
    assert said["difference"] == "Van <del>Bram</del><ins>Anna</ins>"
    assert (said["version"], said["stored"]) == (2, "<p>Van Bram</p>")
    assert Section.objects.get().text == "<p>Van Bram</p>"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("", 400, "kon niet worden gelezen"),
        ("{", 400, "kon niet worden gelezen"),
        ("[" * 100_000, 400, "kon niet worden gelezen"),
        ({"text": 1, "version": 0}, 400, "kon niet worden gelezen"),
        ({"text": "x"}, 400, "kon niet worden gelezen"),
        ({"text": "x", "version": True}, 400, "kon niet worden gelezen"),
        ({"text": "<ul><li>" * 10_000, "version": 0}, 422, "te diep genest"),
        ({"text": "x" * 1_000_000, "version": 0}, 422, "te lang"),
        ({"text": "<b>" * 10_000, "version": 0}, 422, "te diep genest"),
        ({"text": "<div>" * 10_000 + "x", "version": 0}, 422, "te diep genest"),
        ("null", 400, "kon niet worden gelezen"),
        ("[]", 400, "kon niet worden gelezen"),
        (b"\xff\xfe", 400, "kon niet worden gelezen"),
        ({"text": "x", "version": 10**30}, 409, "heeft deze tekst opgeslagen"),
        ({"text": "x", "version": -1}, 409, "heeft deze tekst opgeslagen"),
    ],
)
def test_a_save_that_cannot_be_kept_says_why(
    body: Any, status: int, said: str, officer: Any, claim: Any, enter: Any
) -> None:
    answer = save(enter(officer), claim, body=body)
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert not Section.objects.exists()


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "JaVaScRiPt:alert(1)", "java\tscript:x", "//x"],
)
def test_a_link_that_is_no_web_address_is_never_kept(link: str, officer: Any, claim: Any, enter: Any) -> None:
    client = enter(officer)
    save(client, claim, body={"text": f'<p><a href="{link}">hier</a><img src="{link}"></p>', "version": 0})
    assert Section.objects.get().text == "<p>hier</p>"
    for name in ("write", "overview"):
        assert link not in client.get(page(name, claim)).content.decode()
    assert link not in client.get(page("preview", claim, "cw31")).content.decode()


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\x08", "\ufffe"])
def test_a_character_that_no_text_holds_is_left_out_or_replaced(odd: str, officer: Any, claim: Any, enter: Any) -> None:
    assert save(enter(officer), claim, body={"text": f"<p>a{odd}b</p>", "version": 0}).status_code == 200
    assert Section.objects.get().text in ("<p>ab</p>", "<p>a\ufffdb</p>", "<p>a b</p>")


def test_a_save_larger_than_the_limit_is_refused_before_it_is_read(officer: Any, claim: Any, enter: Any) -> None:
    assert save(enter(officer), claim, body="x" * 7_000_000).status_code == 400


@pytest.mark.parametrize(
    ("who", "status"), [("reader", 403), ("manager", 403), ("stranger", 404), ("administrator", 404)]
)
def test_a_save_by_who_may_not_is_refused(
    who: str, status: int, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    assert save(enter(request.getfixturevalue(who)), claim).status_code == status
    assert not Section.objects.exists()


def test_a_question_that_is_not_in_the_form_is_not_found(officer: Any, claim: Any, enter: Any) -> None:
    assert save(enter(officer), claim, key="onbekend").status_code == 404


def test_a_copied_text_is_marked_up_to_date_by_hand(officer: Any, claim: Any, enter: Any) -> None:
    section = Section.objects.create(
        claim=claim, question=claim.template.sections.get(key="doelen"), text="<p>x</p>", to_update=True
    )
    enter(officer).post(page("section-updated", claim, "doelen"))
    section.refresh_from_db()
    assert not section.to_update
    assert enter(officer).post(page("section-updated", claim, "evaluatie")).status_code == 404


# -- annex ----------------------------------------------------------------------------------------------------------


def test_a_part_is_added_with_its_partners_name_and_filled(officer: Any, claim: Any, fund: Any, enter: Any) -> None:
    from partners.models import FundTotal

    client = enter(officer)
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=182_000_000)
    client.post(page("annex-add", claim), {"partner": str(fund.public_id), "title": ""})
    part = AnnexPart.objects.get()
    assert part.title == "UHF"
    html = client.get(page("annex-part", claim, part.public_id)).content.decode()
    assert "UHF ontving in 2023 US$\u00a0182\u00a0mln." in html
    client.post(page("annex-part", claim, part.public_id), {"title": "UHF 2023", "cite": f"total:{total.public_id}"})
    assert Citation.objects.get().total == total
    assert "US$\u00a0182\u00a0mln" in client.get(page("annex", claim)).content.decode()
    answer = client.post(page("annex-part", claim, part.public_id), {"title": "UHF 2024"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Opgeslagen: UHF 2024"]


def test_a_part_goes_only_after_it_was_asked(officer: Any, reader: Any, claim: Any, enter: Any) -> None:
    part = AnnexPart.objects.create(claim=claim, title="UHF 2023")
    address = page("annex-remove", claim, part.public_id)
    assert enter(reader).get(address).status_code == 403
    assert address in enter(officer).get(page("annex-part", claim, part.public_id)).content.decode()
    assert "UHF 2023" in enter(officer).get(address).content.decode()
    assert AnnexPart.objects.exists()
    enter(officer).post(address)
    assert not AnnexPart.objects.exists()


def test_the_annex_page_shows_the_headings_and_notes_that_the_paper_prints(
    officer: Any, reader: Any, claim: Any, fund: Any, enter: Any
) -> None:
    part = AnnexPart.objects.create(claim=claim, title="UHF 2023", partner=fund)
    group = ResultGroup.objects.create(partner=fund, title="Winterhulp", note="Deels vertrouwelijk.")
    days = {"period_start": "2023-01-01", "period_end": "2023-12-31"}
    for number, label in enumerate(("kregen kleding", "kregen brandstof", "bleven geheim")):
        result = Result.objects.create(partner=fund, group=group, label=label, unit="mensen", **days)
        ResultVersion.objects.create(result=result, value=1000)
        Citation.objects.create(part=part, result=result, position=number)
    Result.objects.filter(label="bleven geheim").update(confidential=True, directorate=claim.directorate)
    html = enter(officer).get(page("annex", claim)).content.decode()
    assert html.count("Winterhulp</h3>") == 1
    assert "Deels vertrouwelijk." in html
    assert "bleven geheim" not in html
    assert "1 vertrouwelijk resultaat wordt niet afgedrukt" in html
    read = enter(reader).get(page("annex-part", claim, part.public_id)).content.decode()
    assert "UHF 2023</h2>" in read
    assert '<input class="utrecht-textbox" id="part-title"' not in read


@pytest.mark.parametrize(
    "data", [{"title": ""}, {"title": "x" * 201}, {"title": "a\x00b"}, {"title": "", "partner": "x"}]
)
def test_a_part_without_a_usable_heading_is_refused(data: dict[str, str], officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).post(page("annex-add", claim), data, follow=True)
    assert "Geef het onderdeel een kop" in answer.content.decode()
    assert not AnnexPart.objects.exists()


def test_choosing_what_is_gone_says_so(officer: Any, claim: Any, enter: Any) -> None:
    part = AnnexPart.objects.create(claim=claim, title="x")
    answer = enter(officer).post(
        page("annex-part", claim, part.public_id), {"title": "x", "cite": f"result:{uuid.uuid4()}"}, follow=True
    )
    assert "is er niet meer" in answer.content.decode()


def test_a_part_of_another_claim_is_not_found(officer: Any, claim: Any, enter: Any) -> None:
    assert enter(officer).get(page("annex-part", claim, uuid.uuid4())).status_code == 404


HUGE = "x" * 1_000_000


@pytest.mark.parametrize(
    "data",
    [
        {"title": HUGE},
        {"title": "a\x00b"},
        {"title": "x", "cite": "result:x"},
        {"title": "x", "cite": "onbekend:1"},
        {"title": "x", "cite": ""},
        {"title": "x", "cite": "result:" + "\x00"},
        {"title": "x", "up:x": "1"},
        {"title": "x", "down:\x00": "1"},
        {"title": "x", "drop:" + HUGE[:500]: "1"},
        {"title": "x", "heading:x": HUGE},
        {"title": "x", "addition:": "\x00"},
        {},
    ],
)
def test_odd_choices_for_a_part_are_answered(data: dict[str, str], officer: Any, claim: Any, enter: Any) -> None:
    part = AnnexPart.objects.create(claim=claim, title="UHF")
    answer = enter(officer).post(page("annex-part", claim, part.public_id), data, follow=True)
    assert answer.status_code == 200
    assert len(AnnexPart.objects.get().title) <= 200
    assert "\x00" not in AnnexPart.objects.get().title


def test_the_words_of_a_citation_are_kept_whatever_is_typed(officer: Any, claim: Any, fund: Any, enter: Any) -> None:
    from partners.models import FundTotal

    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=1)
    part = AnnexPart.objects.create(claim=claim, title="UHF")
    cited = Citation.objects.create(part=part, total=total)
    for typed, heading in ((HUGE, "x" * 200), ("a\x00b", "ab"), ("<b>x</b>", "<b>x</b>")):
        data = {"title": "UHF", f"heading:{cited.public_id}": typed, f"addition:{cited.public_id}": typed}
        assert enter(officer).post(page("annex-part", claim, part.public_id), data, follow=True).status_code == 200
        cited.refresh_from_db()
        assert cited.heading == heading
    assert "<b>x</b>" not in enter(officer).get(page("preview", claim, "annex")).content.decode()


def test_a_part_of_another_directorates_claim_is_not_found_by_any_way_in(
    officer: Any, stranger: Any, other_directorate: Any, claim: Any, partner: Any, enter: Any
) -> None:
    from claims.actions.create import quick_start
    from tests.conftest import NOON

    theirs = quick_start(
        by=stranger,
        at=NOON,
        directorate=other_directorate,
        title="Van hen",
        amount=Decimal(1),
        partner=partner,
        envelope=None,
        year=2026,
    )
    part = AnnexPart.objects.create(claim=theirs, title="Hun deel")
    client = enter(officer)
    for reference in (claim, theirs):  # by my own claim's address, and by theirs
        for name in ("annex-part", "annex-save"):
            assert client.post(page(name, reference, part.public_id), {"title": "Gekaapt"}).status_code == 404
    assert client.get(page("annex-part", claim, part.public_id)).status_code == 404
    for name, data in (("annex-add", {"title": "x"}), ("copy", {"year": "2027"}), ("dossier", None)):
        answer = client.post(page(name, theirs), data) if data else client.get(page(name, theirs))
        assert answer.status_code == 404
    part.refresh_from_db()
    assert part.title == "Hun deel"


@pytest.mark.parametrize("reference", ["BV-2026-9999", "x", "%00", "%ED%A0%80", "BV-2026-0001x", "0", "x" * 3000])
def test_a_reference_that_is_none_is_not_found(reference: str, officer: Any, enter: Any) -> None:
    client = enter(officer)
    for rest in ("", "write/", "annex/", "dossier/", "paper/cw31/", f"annex/{uuid.uuid4()}/", "annex/x/"):
        assert client.get(f"/claims/{reference}/{rest}").status_code == 404


# -- papers ---------------------------------------------------------------------------------------------------------


def test_asking_for_a_pdf_leads_to_its_progress_and_then_to_the_file(officer: Any, claim: Any, enter: Any) -> None:
    client = enter(officer)
    answer = client.post(page("ask-pdf", claim, "cw31"))
    asked = Render.objects.get()
    assert answer["Location"] == page("pdf-progress", claim, "cw31", asked.public_id)
    html = client.get(answer["Location"]).content.decode()
    assert "wordt gemaakt" in html
    assert "Er draait nu geen verwerker" in html
    assert client.get(page("pdf", claim, "cw31", asked.public_id)).status_code == 404
    Render.objects.update(state="done", content=b"%PDF-")
    assert "De PDF is klaar" in client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    again = client.post(page("ask-pdf", claim, "cw31"))
    assert again["Location"] == page("pdf", claim, "cw31", asked.public_id)
    served = client.get(again["Location"])
    assert (served.content, served["Content-Type"]) == (b"%PDF-", "application/pdf")


def test_a_pdf_that_failed_says_why(officer: Any, claim: Any, enter: Any) -> None:
    client = enter(officer)
    client.post(page("ask-pdf", claim, "cw31"))
    Render.objects.update(state="failed", message="Dit stuk maken duurde te lang.")
    html = client.get(page("pdf-progress", claim, "cw31", Render.objects.get().public_id)).content.decode()
    assert "Dit stuk maken duurde te lang." in html


def test_a_pdf_that_is_no_longer_kept_leads_back(officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).get(page("pdf-progress", claim, "cw31", uuid.uuid4()), follow=True)
    assert "niet meer bewaard" in answer.content.decode()


def test_no_pdf_of_another_directorates_claim_is_served(officer: Any, stranger: Any, claim: Any, enter: Any) -> None:
    enter(officer).post(page("ask-pdf", claim, "cw31"))
    Render.objects.update(state="done", content=b"%PDF-")
    client = enter(stranger)
    for name in ("pdf", "pdf-progress"):
        assert client.get(page(name, claim, "cw31", Render.objects.get().public_id)).status_code == 404
    assert client.post(page("ask-pdf", claim, "cw31")).status_code == 404


def test_an_unknown_kind_of_paper_is_not_found(officer: Any, claim: Any, enter: Any) -> None:
    assert enter(officer).get(page("preview", claim, "brief")).status_code == 404


def test_nothing_is_made_by_looking(officer: Any, claim: Any, enter: Any) -> None:
    assert enter(officer).get(page("ask-pdf", claim, "cw31")).status_code == 405
    assert enter(officer).get(page("copy", claim)).status_code == 405
    assert not Render.objects.exists()


def test_the_dossier_file_downloads_under_the_claims_name(officer: Any, claim: Any, enter: Any) -> None:
    answer = enter(officer).get(page("dossier", claim))
    assert answer["Content-Disposition"] == f'attachment; filename="{claim.reference}.dossier.json"'
    assert json.loads(answer.content)["claim"]["title"] == claim.title


# -- entry screens --------------------------------------------------------------------------------------------------


def rows(prefix: str, initial: int, *forms: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(forms),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, form in enumerate(forms):
        data |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return data


def entry(claim: Any, **changes: Any) -> dict[str, Any]:
    data = {
        "title": claim.title,
        "amount": "2.000.000,00",
        "first_year": "2026",
        "last_year": "2026",
        "owner": claim.owner_id,
        "classification": "internal",
        "seen_version": Claim.objects.get(pk=claim.pk).version,
        **rows("goals", 0),
        **rows("lines", 0),
        **rows("evaluations", 0),
        **rows("context_figures", 0),
    }
    return data | changes


def test_goals_and_lines_are_entered_on_one_screen(
    officer: Any, claim: Any, fund: Any, partner: Any, envelope: Any, enter: Any
) -> None:
    ClaimLine.objects.all().delete()
    data = entry(claim, amount="25 mln") | rows(
        "goals",
        0,
        {"label": "Humanitair", "sentence": "Doel a.", "amount": "15 mln"},
        {"label": "Overheid", "amount": "10 mln"},
    )
    data |= rows(
        "lines",
        0,
        {
            "goal_letter": "a",
            "title": "hulp",
            "recipients": [fund.pk, partner.pk],
            "envelope": envelope.pk,
            "commitment": "15 mln",
        },
        {"goal_letter": "b", "title": "herstel", "recipients": [partner.pk], "commitment": "10 mln"},
    )
    answer = enter(officer).post(address(claim), data)
    assert answer.status_code == 302, answer.context["errors"]
    from claims.queries.tree import tree_of

    tree = tree_of(claim.reference)
    assert [(goal.letter, goal.goal.amount) for goal in tree.goals] == [
        ("a", Decimal("15000000.00")),
        ("b", Decimal("10000000.00")),
    ]
    assert [line.amount for line in tree.goals[0].lines] == [Decimal("15000000.00")]
    assert tree.goals[0].lines[0].pooled
    assert tree.goals[1].lines[0].years[0].open_year == 2026


def test_a_stale_entry_is_refused_with_what_is_stored_and_the_next_save_replaces_it(
    officer: Any, claim: Any, enter: Any
) -> None:
    client = enter(officer)
    seen = Claim.objects.get(pk=claim.pk).version
    Claim.objects.filter(pk=claim.pk).update(title="Van een ander")
    answer = client.post(address(claim), entry(claim, title="Van mij", seen_version=seen))
    html = answer.content.decode()
    assert "door iemand anders of door u in een ander venster" in html
    assert "Van een ander" in html
    assert Claim.objects.get(pk=claim.pk).title == "Van een ander"
    assert f'value="{seen + 1}"' in html
    client.post(address(claim), entry(claim, title="Van mij", seen_version=seen + 1))
    assert Claim.objects.get(pk=claim.pk).title == "Van mij"


def test_an_entry_without_a_version_cannot_overwrite(officer: Any, claim: Any, enter: Any) -> None:
    data = entry(claim, title="Blind")
    del data["seen_version"]
    enter(officer).post(address(claim), data)
    assert Claim.objects.get(pk=claim.pk).title == claim.title


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Dit veld is verplicht"),
        ({"amount": "1,234"}, "Drie decimalen"),
        ({"amount": "0"}, "meer dan nul"),
        ({"last_year": "2020"}, "kan niet vóór het eerste liggen"),
        ({"paper_date": "31 februari"}, "Vul een datum in"),
        ({"owner": "999999"}, "geldige keuze"),
    ],
)
def test_a_wrong_entry_says_what_is_wrong_and_saves_nothing(
    changes: dict[str, str], said: str, officer: Any, claim: Any, enter: Any
) -> None:
    answer = enter(officer).post(address(claim), entry(claim, **changes))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "Er is niets opgeslagen" in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).version == claim.version


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("manager", 403), ("stranger", 404), ("nobody", 302)])
def test_the_entry_screen_changes_nothing_for_who_may_not(
    who: str, status: int, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    answer = enter(request.getfixturevalue(who)).post(address(claim), entry(claim, title="Gekaapt"))
    assert answer.status_code in (status, 403)
    assert Claim.objects.get(pk=claim.pk).title == claim.title


def test_the_number_of_a_row_is_no_address(officer: Any, claim: Any, enter: Any) -> None:
    assert enter(officer).get(f"/register/claims/claim/{claim.pk}/change/").status_code == 404


def test_a_line_is_detailed_on_its_own_screen(officer: Any, claim: Any, enter: Any) -> None:
    line = claim.lines.get()
    year, role = line.years.get(), line.roles.get()
    data = {
        "title": "opsporing",
        "seen_version": line.version,
        "instrument": "",
        "earmark": "earmarked",
        "oda_percentage": "87,5 %",
        **rows(
            "years",
            1,
            {
                "id": year.pk,
                "line": line.pk,
                "envelope": year.envelope_id,
                "commitment": "2 mln",
                "cash": "1,5 mln",
                "seen_version": year.version,
            },
        ),
        **rows(
            "roles",
            1,
            {
                "id": role.pk,
                "line": line.pk,
                "partner": role.partner_id,
                "role": "recipient",
                "status": "confirmed",
                "seen_version": role.version,
            },
        ),
        **rows("planned_results", 0, {"description": "kinderen gevonden", "value": "500", "unit": "kinderen"}),
    }
    answer = enter(officer).post(address(line), data)
    assert answer.status_code == 302, answer.context["errors"]
    line.refresh_from_db()
    assert (line.title, line.oda_percentage, line.years.get().cash) == (
        "opsporing",
        Decimal("87.50"),
        Decimal("1500000.00"),
    )
    assert line.planned_results.get().value == 500


def test_changes_show_who_changed_what(officer: Any, claim: Any, enter: Any) -> None:
    client = enter(officer)
    client.post(address(claim), entry(claim, title="Nieuwe titel"))
    html = client.get(address(claim, "history"), follow=True).content.decode()
    assert "Anna de Wit" in html
    assert f"<del>{claim.title}</del>" in html
    assert "<ins>Nieuwe titel</ins>" in html


def test_a_partner_in_use_cannot_be_removed(administrator: Any, claim: Any, partner: Any, enter: Any) -> None:
    answer = enter(administrator).post(address(partner, "delete"), {"post": "yes"})
    assert "andere gegevens gebruiken het nog" in answer.content.decode()
    assert Partner.objects.filter(pk=partner.pk).exists()
