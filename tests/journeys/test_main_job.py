"""The main job: a claim entered in the browser, the CW 3.1 form and its annex out as PDF."""

from pathlib import Path
from typing import Any

import pytest

from claims.models import Claim, Section
from claims.queries.tree import tree_of
from core import richtext
from tests.journeys.conftest import Desk, wait_for
from tests.pdf_structure import problems, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIPBOARD = Path(__file__).parent


def clipboard(program: str) -> str:
    return (CLIPBOARD / f"{program}.html").read_text(encoding="utf-8")


def fill_goal(page: Any, row: int, label: str, sentence: str, amount: str) -> None:
    page.locator(f"#id_goals-{row}-label").fill(label)
    page.locator(f"#id_goals-{row}-sentence").fill(sentence)
    page.locator(f"#id_goals-{row}-amount").fill(amount)


def fill_line(
    desk: Desk, row: int, goal: str, title: str, partners: list[str], amount: str, envelope: str = ""
) -> None:
    page = desk.page
    page.locator(f"#id_lines-{row}-goal_letter").select_option(goal)
    page.locator(f"#id_lines-{row}-title").fill(title)
    card = page.locator(f"#lines-{row}")
    for partner in partners:
        card.locator(".field-recipients .select2-selection").click()
        card.locator(".select2-search__field").fill(partner)
        page.locator(".select2-results__option--highlighted", has_text=partner).click()
    if envelope:
        card.locator(".field-envelope .select2-selection").click()
        page.locator(".select2-container--open .select2-search__field").fill(envelope)
        page.locator(".select2-results__option--highlighted", has_text=envelope).click()
    page.locator(f"#id_lines-{row}-commitment").fill(amount)


def test_an_officer_enters_a_claim_and_downloads_its_form(story_desk: Desk, worker: None, downloads: Path) -> None:
    desk, page = story_desk, story_desk.page
    desk.sign_in("bram")
    desk.check("home")

    # a new claim with two goals and three lines, one of them pooled
    page.get_by_role("link", name="Nieuwe claim").click()
    desk.check("new")
    page.get_by_role("link", name="Begin met alles tegelijk").click()
    page.get_by_label("Titel").first.fill("Winterhulp en herstel")
    page.locator("#id_amount").fill("25 mln")
    page.get_by_text("= € 25.000.000,00").wait_for()
    page.locator("#id_first_year").fill("2026")
    page.locator("#id_last_year").fill("2026")
    fill_goal(page, 0, "Humanitair", "Mensen komen de winter door.", "15 mln")
    fill_goal(page, 1, "Overheid", "De overheid werkt.", "10 mln")
    page.get_by_text("25,0 mln helemaal verdeeld").wait_for()
    fill_line(desk, 0, "a", "winterhulp", ["UHF", "ICRC"], "15 mln", "Niet-militaire steun Oekraïne (2026)")
    fill_line(desk, 1, "b", "herstel", ["UNDP"], "6 mln")
    page.get_by_text("21,0 mln van 25,0 mln verdeeld, 4,0 mln te gaan").wait_for()
    page.get_by_role("button", name="Bestedingsregel toevoegen").click()
    fill_line(desk, 2, "b", "politie", ["EUAM"], "4 mln")
    page.get_by_text("25,0 mln helemaal verdeeld").nth(1).wait_for()
    desk.check("entry")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("heading", name="Voor wie en hoeveel").wait_for()
    desk.check("overview")
    claim = Claim.objects.get(title="Winterhulp en herstel")
    tree = tree_of(claim.reference)
    assert [[line.pooled for line in goal.lines] for goal in tree.goals] == [[True], [False, False]]
    assert tree.lines_division.fits
    assert tree.goals_division.fits

    # the form, with a text pasted from Word
    page.get_by_role("link", name="Schrijven").first.click()
    editors = page.locator(".editor")
    editors.first.locator(".ProseMirror[role=textbox]").wait_for()
    first = editors.nth(0)
    desk.paste(first.locator(".ProseMirror[role=textbox]"), clipboard("word"))
    desk.saved(first)
    assert "gekaapt" not in page.title()
    stored = Section.objects.get(claim=claim, question__key="doelen").text
    assert richtext.text(richtext.parse(stored)) == (
        "Inzet van de middelen\nDe nood blijft groot. [Wereldbank, 2024.] Daarom twee lijnen:\n"
        "- Overleven in de winter\n  - Brandstof en kachels\n    - Ook aan het front\n- Een overheid die werkt\n"
        "Partner | Bedrag\nUNDP | EUR 6 mln"
    )
    second = editors.nth(1)
    desk.paste(second.locator(".ProseMirror[role=textbox]"), clipboard("libreoffice"))
    desk.saved(second)
    stored = Section.objects.get(claim=claim, question__key="instrumenten").text
    assert (
        richtext.text(richtext.parse(stored))
        == "Uit LibreOffice [Noot uit LibreOffice.]:\na. eerste\n  - diep\nb. tweede"
    )
    page.locator("#preview").get_by_text("Brandstof en kachels").wait_for()
    desk.check("write")

    # the annex: a part of UHF with what is recorded of it
    page.get_by_role("link", name="Bijlage", exact=True).click()
    page.get_by_label("Partner").select_option(label="Ukraine Humanitarian Fund (UHF)")
    page.get_by_label("Kop").fill("UHF 2023")
    page.get_by_role("button", name="Onderdeel toevoegen").click()
    page.get_by_label("710.000 mensen kregen brandstof").check()
    page.get_by_label("Het Nederlandse aandeel was bijna 12 %").first.check()
    desk.check("annex-part")
    page.get_by_role("button", name="Opslaan").last.click()
    page.get_by_role("link", name="Terug naar de bijlage").click()
    page.get_by_text("710.000 mensen kregen brandstof").wait_for()
    desk.check("annex")

    # the paper
    page.locator(".tabs a[href$='/paper/cw31/']").click()
    desk.check("preview")
    page.get_by_role("button", name="PDF maken").click()
    link = page.get_by_role("link", name="PDF openen")
    link.wait_for(timeout=30_000)
    desk.check("pdf")
    content = page.request.get(desk.address + link.get_attribute("href")).body()
    assert problems(content) == []
    text = text_of(content)
    for said in (
        "Winterhulp en herstel",
        "Ook aan het front",
        "Wereldbank, 2024.",
        "15.000.000",
        "UHF en ICRC (gezamenlijk, verdeling n.t.b.)",
        "bijna 12 %",
    ):
        assert said in text


def test_the_whole_job_is_done_by_keyboard_alone(story_desk: Desk, worker: None) -> None:
    desk, page = story_desk, story_desk.page
    press, write = page.keyboard.press, page.keyboard.type

    def tab_to(name: str, most: int = 60) -> None:
        """Press Tab until what has the focus is called so."""
        page.wait_for_load_state("networkidle")
        for _ in range(most):
            press("Tab")
            if name in page.evaluate(FOCUSED_NAME):
                return
        raise AssertionError(f"the keyboard does not reach “{name}”; it is at “{page.evaluate(FOCUSED_NAME)}”")

    desk.go("/sign-in/")
    tab_to("Gebruikersnaam")
    write("bram")
    tab_to("Wachtwoord")
    write("claimregister-demo")
    press("Enter")
    page.wait_for_url(desk.address + "/")

    tab_to("Naar de inhoud")
    press("Enter")
    tab_to("Nieuwe claim")
    press("Enter")
    page.get_by_role("heading", name="Nieuwe claim").wait_for()
    tab_to("Titel")
    write("Met het toetsenbord")
    tab_to("Gevraagd bedrag")
    write("2,5 mln")
    tab_to("Beoogde partner")
    press("Enter")
    write("UNDP")
    page.locator(".select2-results__option--highlighted", has_text="UNDP").wait_for()
    press("Enter")
    tab_to("Dekking")
    press("Enter")
    write("Niet-militaire steun Oekraïne")
    page.locator(".select2-results__option--highlighted", has_text="2026").wait_for()
    press("Enter")
    tab_to("Claim maken")
    press("Enter")
    page.get_by_text("De claim is er").wait_for()
    claim = Claim.objects.get(title="Met het toetsenbord")
    assert tree_of(claim.reference).lines[0].years[0].envelope.year == 2026

    tab_to("Schrijven")
    press("Enter")
    page.locator(".ProseMirror[role=textbox]").first.wait_for()
    tab_to("1. Doel(en)")
    write("Dit zijn de doelen")
    press("Control+Alt+f")
    page.locator(".prose-editor-dialog textarea:focus").wait_for()
    write("Een noot.")
    tab_to("In de tekst zetten", 5)
    press("Enter")
    page.locator(".ProseMirror[role=textbox]:focus").wait_for()
    write(":")
    press("Enter")
    press("Control+Shift+8")
    write("eerste punt")
    press("Enter")
    press("Tab")
    write("daaronder")
    expected = "Dit zijn de doelen [Een noot.]:\n- eerste punt\n  - daaronder"
    wait_for(lambda: stored_text(claim, "doelen") == expected)

    page.evaluate("document.getElementById('main').focus()")
    tab_to("CW 3.1-formulier")
    press("Enter")
    page.get_by_role("button", name="PDF maken").wait_for()
    tab_to("PDF maken")
    press("Enter")
    page.get_by_role("link", name="PDF openen").wait_for(timeout=30_000)
    tab_to("PDF openen")
    content = page.request.get(desk.address + page.get_by_role("link", name="PDF openen").get_attribute("href")).body()
    assert "daaronder" in text_of(content)
    assert desk.faults == []


def stored_text(claim: Claim, key: str) -> str:
    section = Section.objects.filter(claim=claim, question__key=key).first()
    return richtext.text(richtext.parse(section.text)) if section else ""


FOCUSED_NAME = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    const label = element.labels && element.labels.length ? element.labels[0].innerText : "";
    return [element.getAttribute("aria-label"), label, element.innerText, element.value].filter(Boolean).join(" | ");
}"""
