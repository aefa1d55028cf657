"""A nota in the browser: begun from a claim, written with a figure that follows its record, checked, made as PDF, frozen and made again, its decision fed back."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from claims.actions.written import answer_paper_finding
from claims.checks.review import answer_key, review_paper
from claims.kinds import KINDS
from claims.models import Claim, FrozenPaper, HouseItem, LineYear, PaperSection, WrittenPaper
from core.models import User
from tests.journeys.conftest import Desk, wait_for
from tests.pdf_structure import problems, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def stored(paper: WrittenPaper, key: str) -> str:
    row = PaperSection.objects.filter(paper=paper, heading__key=key).first()
    return row.text if row else ""


def test_an_officer_writes_a_nota_and_downloads_it(story_desk: Desk, worker: None, downloads: Path) -> None:
    desk, page = story_desk, story_desk.page
    claim = Claim.objects.get(title__startswith="Steun bij het terugvinden")
    desk.sign_in("bram")

    # begun from its claim
    desk.go(f"/claims/{claim.reference}/")
    page.locator(f'a[href*="/papers/new/?kind=nota&claim={claim.reference}"]').click()
    desk.check("paper-new")
    page.locator("#id_title").fill("Opsporing van kinderen")
    page.locator("main button[type=submit]").click()
    page.locator("#besluit .ProseMirror[role=textbox]").wait_for()
    nota = WrittenPaper.objects.get(title="Opsporing van kinderen")
    desk.check("paper-write")

    # written: an amount is offered its record
    box = page.locator("#besluit .editor")
    box.locator(".ProseMirror[role=textbox]").click()
    page.keyboard.type("Uw akkoord met EUR 2 mln")
    box.locator(".editor__figure button").wait_for()
    page.keyboard.type(" uit de enveloppe")
    desk.saved(box)
    folded = page.locator("#risicos details.written-form__folded")
    folded.locator("summary").first.click()
    folded.locator(".ProseMirror[role=textbox]").click()
    page.keyboard.type("Toegang is onzeker.")
    desk.saved(folded.locator(".editor"))
    page.locator("#preview").get_by_text("Toegang is onzeker.").wait_for()
    assert "Toegang is onzeker." in stored(nota, "risicos")

    # linked on the check
    desk.go(f"/claims/papers/{nota.reference}/figures/")
    desk.check("paper-check")
    card = page.locator(".check-item").filter(has=page.locator("mark", has_text="EUR 2 mln"))
    card.locator("form.inline-form", has=page.locator("select")).first.get_by_role("button").click()
    page.locator(".site-message").wait_for()
    assert "data-figure" in stored(nota, "besluit")

    # its head
    desk.go(f"/register/claims/writtenpaper/{nota.public_id}/change/")
    page.locator("#id_coordinated_with").fill("FIN")
    page.locator("#id_paper_date").fill("4 februari 2026")
    desk.check("paper-head")
    page.locator("input[name=_save], button[name=_save]").first.click()
    page.locator("#besluit").wait_for()

    # the PDF
    desk.go(f"/claims/papers/{nota.reference}/")
    desk.check("paper")
    page.locator('form[action$="/pdf/"] button').click()
    link = page.locator('a[href$="/file/"]')
    link.wait_for(timeout=30_000)
    content = page.request.get(desk.address + link.get_attribute("href")).body()
    assert problems(content) == []
    text = text_of(content).replace("\xa0", " ")
    for said in (
        "TER BESLISSING",
        "Opsporing van kinderen",
        "Uw akkoord met EUR 2 mln",
        "4 februari 2026",
        "Toegang is onzeker.",
    ):
        assert said in text

    # its decision
    desk.go(f"/claims/papers/{nota.reference}/")
    page.locator("#id_outcome").select_option("remark")
    page.locator("#id_decided_by").select_option(
        label="R – bewindspersoon voor Buitenlandse Handel en Ontwikkelingshulp"
    )
    page.locator("#id_decided_on").fill("6 februari 2026")
    page.locator("#id_remark").fill("Graag snel.")
    page.locator('form[action$="/close/"] button').click()
    page.get_by_text("Graag snel.").first.wait_for()
    desk.check("paper-closed")
    nota.refresh_from_db()
    assert nota.closed


def answered(nota: WrittenPaper, by: User) -> None:
    """Give a reason for whatever the check still asks."""
    for item in review_paper(KINDS["nota"].subject_of(nota.public_id)).items():
        code, place = answer_key(item)
        answer_paper_finding(
            by=by,
            at=timezone.now(),
            paper=nota,
            code=code,
            place=place,
            message="x",
            reason="Volgt in de volgende versie.",
        )


def test_a_nota_is_frozen_outdated_compared_and_made_again(story_desk: Desk, worker: None) -> None:
    desk, page = story_desk, story_desk.page
    nota: Any = WrittenPaper.objects.get(kind="nota")
    answered(nota, User.objects.get(username="bram"))
    desk.sign_in("bram")

    # frozen by the worker
    desk.go(f"/claims/papers/{nota.reference}/")
    page.locator('main a[href*="/frozen/new/nota/"]').first.click()
    desk.check("paper-freeze")
    page.locator("main form.button-row button[type=submit]").click()
    page.wait_for_url(re.compile(r"/claims/frozen/[0-9a-f-]{36}/$"), timeout=60_000)
    desk.check("paper-frozen")
    first = FrozenPaper.objects.get(written=nota)

    # downloaded, with the hash that stands beside it
    link = page.locator('#files ~ ul a[href$="/file/pdf/"]')
    content = page.request.get(desk.address + link.get_attribute("href")).body()
    assert problems(content) == []
    page.locator("details.hash summary").first.click()
    assert page.locator("details.hash code").first.inner_text() == hashlib.sha256(content).hexdigest()

    # outdated once a line of its claim changes
    year = LineYear.objects.filter(line__claim__in=nota.claims.all()).order_by("pk").first()
    assert year is not None
    LineYear.objects.filter(pk=year.pk).update(commitment=year.commitment + 1000)
    desk.go(f"/claims/frozen/{first.public_id}/")
    page.locator("#changed").wait_for()
    desk.check("paper-outdated")
    page.locator('a[href$="/difference/?with=now"]').click()
    page.locator("main del, main ins").first.wait_for()
    desk.check("paper-difference")

    # made again
    answered(nota, User.objects.get(username="bram"))
    desk.go(f"/claims/frozen/{first.public_id}/")
    page.locator('a[href*="/frozen/again/?paper="]').click()
    desk.check("paper-again")
    page.locator("main form button[type=submit]").last.click()
    wait_for(lambda: FrozenPaper.objects.filter(written=nota, number=2).exists(), seconds=60)
    desk.go(f"/claims/frozen/{FrozenPaper.objects.get(written=nota, number=2).public_id}/")
    assert page.locator("#changed").count() == 0


def test_a_motion_is_entered_and_settled(story_desk: Desk) -> None:
    desk, page = story_desk, story_desk.page
    desk.sign_in("bram")
    desk.go("/claims/house/")
    desk.check("house-items")
    desk.go("/register/claims/houseitem/add/")
    page.locator("#id_title").fill("Winterhulp voor scholen")
    page.locator("#id_document").fill("36045 300")
    page.locator("#id_due_on").fill("1 maart 2027")
    desk.check("house-item-entry")
    page.locator("input[name=_save], button[name=_save]").first.click()
    page.locator("#settle").wait_for()
    desk.check("house-item")
    page.locator("#settle_on").fill("4 maart 2026")
    page.locator("#settle_letter").fill("Kamerstuk 36 045, nr. 301")
    page.locator('form[action$="/settle/"] button').click()
    page.get_by_text("Kamerstuk 36 045, nr. 301").first.wait_for()
    wait_for(lambda: not HouseItem.objects.get(title="Winterhulp voor scholen").is_open)


def test_a_letter_is_shown_with_its_table(story_desk: Desk) -> None:
    desk = story_desk
    desk.sign_in("anna")
    letter: Any = WrittenPaper.objects.get(kind="letter")
    desk.go("/claims/papers/")
    desk.check("papers")
    desk.go(f"/claims/papers/{letter.reference}/")
    desk.check("letter")
    desk.go(f"/claims/papers/{letter.reference}/write/")
    desk.check("letter-write")
