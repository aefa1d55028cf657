"""The figure check of a claim: what is linked, recognised, unknown or contradicting. Nothing is linked by itself."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation

from claims.actions.answer import answer_finding
from claims.actions.bind import NotThere, bind_figure
from claims.checks.figures import Checked, FigureReport, State, check
from claims.checks.review import answer_key
from claims.models import Claim, FindingAnswer, Section
from claims.queries.tree import tree_of
from claims.queries.workflow import answers_of
from core import richtext
from core.findings import Severity
from core.models import User
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

# The shapes of a published form in our own words; every figure of DOMAIN 5.2 stands in it once.
DOELEN = """
<p>Rond 3,6 mln mensen zijn in eigen land ontheemd, en ruim 1,5 mln in bezet gebied hebben hulp nodig. Volgens de Wereldbank kwamen er in 2023 1,8
miljoen armen bij tegenover 2020; een kwart van de mensen at in juni 2023 te weinig<span class="voetnoot">Rapport van 2024, https://voorbeeld.nl/12.</span>.
Bijna 7 mln mensen vluchtten.</p>
<h3>a. Humanitair: EUR 15 miljoen voor UHF en ICRC</h3>
<p>De humanitaire inzet neemt in 2026 licht af (van EUR 21 mln in 2025 naar EUR  15 mln in 2026). Het ICRC bereikt ruim 2,5 mln mensen. Zie bijlage 1.</p>
<h3>b. Stabiele, legitieme overheid: EUR 10 miljoen</h3>
<ul><li><p>UNDP (EUR 6 mln)</p></li><li><p>EUAM (EUR 4 miljoen) in 11 districten met 13 teams</p></li></ul>
"""
FINANCIEN = "<p>In 2026 is hiervoor in totaal EUR 25 miljoen nodig.</p>"
EVALUATIE = """
<p>Het plan wil 8,5 mln van de 14,6 mln mensen helpen (waaronder 3,6 mln ontheemden, 8,5 mln thuisblijvers en 2,5 mln terugkeerders). Nodig was
US$ 3.1 miljard, tegen US$ 3.9 miljard een jaar eerder.</p>
<p>Nederland gaf in totaal EUR 35 mln (resp EUR 20 mln en EUR 15 mln). Het fonds ontving in 2023 US$ 182 mln en in 2024 US$ 121 mln. In 2023 droeg
Nederland US$ 21,5 miljoen bij, een aandeel van bijna 12 %. In 2024 is dat US$ 16 miljoen, een aandeel van ruim 13 %.</p>
<p>Het fonds kende US$ 184 mln toe en daarna US$ 142 mln, met US$ 19 mln op komst. Het bereikte 3,2 mln mensen, waarvan 1,5 miljoen vrouwen en kinderen,
en 480.000 met een beperking. US$ 40 miljoen ging naar 2 miljoen mensen, US$ 75,7 miljoen naar afgelegen streken, US$ 60 miljoen naar de winter; voor
de volgende is US$ 66,6 miljoen apart gezet.</p>
<p>710.000 mensen kregen brandstof, 230.000 kleding en 410.000 een kachel; 107 konvooien bereikten 400.000 mensen. Opvang van 50.000 bewoners is hersteld.</p>
<p>Het hulpverzoek was EUR 274 mln. Daarvan is 200 mln van de totale 274 mln voor hulp. Daarnaast is 35 mln voor preventie. Nederland gaf EUR 15 mln, dat dekte 5 %.</p>
<p>20,959 mensen kregen voedsel, 1,382 geld, 50,796 een huis; 42 ziekenhuizen kregen steun, 1,460 mensen een cursus, 11,000 een training en 296,000 voorlichting.
1.268 vermisten zijn gevonden.</p>
"""

FOUND = (
    """
3,6 mln|1,5 mln|1,8 miljoen|een kwart|7 mln|EUR 15 miljoen|EUR 21 mln|EUR 15 mln|2,5 mln|EUR 10 miljoen|EUR 6 mln|EUR 4 miljoen|11|13|EUR 25 miljoen|twee
8,5 mln|14,6 mln|3,6 mln|8,5 mln|2,5 mln|US$ 3.1 miljard|US$ 3.9 miljard|EUR 35 mln|EUR 20 mln|EUR 15 mln|US$ 182 mln|US$ 121 mln|US$ 21,5 miljoen|12 %
US$ 16 miljoen|13 %|US$ 184 mln|US$ 142 mln|US$ 19 mln|3,2 mln|1,5 miljoen|480.000|US$ 40 miljoen|2 miljoen|US$ 75,7 miljoen|US$ 60 miljoen
US$ 66,6 miljoen|710.000|230.000|410.000|107|400.000|50.000|EUR 274 mln|200 mln|274 mln|35 mln|EUR 15 mln|5 %|20,959|1,382|50,796|42|1,460|11,000|296,000|1.268
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.fixture
def seeded(module_story: Any) -> Claim:
    """The story's claim, with texts in which nothing is linked yet."""
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    for key, text in (("doelen", DOELEN), ("financien-rijk", FINANCIEN), ("evaluatie", EVALUATIE)):
        write(claim, key, text)
    return claim


def write(claim: Claim, key: str, text: str) -> None:
    Section.objects.update_or_create(
        claim=claim,
        question=claim.template.sections.get(key=key),
        defaults={"text": richtext.canonical(text)},
    )


def report(claim: Claim) -> FigureReport:
    return check(tree_of(claim.reference))


def number(claim: Claim, written: str, nth: int = 0, state: State | None = None) -> Checked:
    return [n for n in report(claim).numbers if n.written == written and (state is None or n.state is state)][nth]


def fields(checked: Checked) -> list[str]:
    return sorted(suggestion.offer.field for suggestion in checked.suggestions)


def officer_of(claim: Claim) -> User:
    return User.objects.get(username="anna")


# -- what is found ---------------------------------------------------------------------------------------------------


def test_every_figure_of_the_form_is_found_and_none_is_linked_by_itself(seeded: Claim) -> None:
    figures = [n for n in report(seeded).numbers if n.number.kind.is_figure and n.text.part.startswith("section:")]
    assert {n.state for n in figures} <= {State.RECOGNISED, State.FOLLOWS, State.PLAIN, State.UNKNOWN}
    assert [n.written for n in figures if n.state is State.UNKNOWN] == []
    assert [n.written for n in figures] == FOUND


def test_every_record_of_equal_value_is_offered(seeded: Claim) -> None:
    heading = number(seeded, "EUR 15 miljoen")
    assert heading.state is State.RECOGNISED
    assert fields(heading) == ["contribution.amount", "contribution.amount", "goal.amount", "line.commitment"]
    assert fields(number(seeded, "8,5 mln")) == ["appeal-group.people", "appeal.targeted"]
    assert fields(number(seeded, "2,5 mln")) == ["appeal-group.people", "context.value"]
    assert fields(number(seeded, "EUR 274 mln")) == ["appeal.required"]


def test_an_ambiguous_number_is_offered_under_each_reading_and_asked_about(seeded: Claim) -> None:
    voedsel = number(seeded, "20,959")
    assert [suggestion.offer.value.number for suggestion in voedsel.suggestions] == [Decimal(20959)]
    assert [note.sentence[:6] for note in report(seeded).notes if note.code == "notation-ambiguous"][:1] == ["20,959"]


def test_dollars_are_never_offered_euros(seeded: Claim) -> None:
    assert {s.offer.value.currency for s in number(seeded, "US$ 60 miljoen").suggestions} == {"USD"}
    write(seeded, "instrumenten", "<p>Het kost US$ 25 mln.</p>")
    assert number(seeded, "US$ 25 mln").state is State.UNKNOWN


def test_every_contradiction_of_wording_is_named_and_no_more(seeded: Claim) -> None:
    found = report(seeded)
    assert [(item.code, item.text.part) for item in found.contradictions] == [("wording-light", "section:doelen")]
    assert {note.code for note in found.notes} == {
        *("wording-light", "parts-of-which", "parts-rest"),
        *("notation-ambiguous", "notation-english", "notation-mixed", "notation-unit"),
    }


def test_an_amount_that_no_record_holds_is_unknown(seeded: Claim) -> None:
    write(seeded, "instrumenten", "<p>Daarvan gaat EUR 7,25 mln naar een vijfde partner.</p>")
    assert number(seeded, "EUR 7,25 mln").state is State.UNKNOWN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<p>In totaal EUR 26 miljoen.</p>", "total-amount"),
        ("<p>Voor 2026 is EUR 3 mln voorzien.</p>", None),
        ("<p>a. Humanitair: EUR 16 miljoen</p>", "goal-amount"),
        ("<p>a. Humanitair: EUR 15 miljoen</p>", None),
        ("<p>In totaal EUR 26 miljoen: EUR 15 mln en EUR 10 mln.</p>", "parts-sum"),
    ],
)
def test_3a_is_held_against_the_claim(seeded: Claim, text: str, code: str | None) -> None:
    write(seeded, "doelen", "<p>Leeg.</p>")
    write(seeded, "financien-rijk", text)
    assert (code in [item.code for item in report(seeded).contradictions]) is bool(code)


def test_a_share_worded_against_its_value_is_a_contradiction(seeded: Claim) -> None:
    write(seeded, "evaluatie", "<p>Het aandeel was bijna 13 %.</p>")
    wrong = number(seeded, "13 %")
    assert wrong.state is State.CONTRADICTING
    assert "13,22" in str(wrong.reason).replace("\u00a0", " ")


def test_a_linked_figure_with_a_wording_against_it_is_a_contradiction(seeded: Claim) -> None:
    goal = seeded.goals.in_order()[0]  # type: ignore[attr-defined]
    node = f'<span data-figure data-id="{goal.public_id}" data-field="goal.amount" data-form="code-mln">?</span>'
    write(seeded, "instrumenten", f"<p>Het kost ruim {node}, ofwel {node}.</p>")
    states = [n.state for n in report(seeded).numbers if n.text.part == "section:instrumenten"]
    assert states == [State.CONTRADICTING, State.BOUND]


def test_a_linked_figure_without_a_record_is_a_contradiction(seeded: Claim) -> None:
    gone = '<span data-figure data-id="6f0c1f0e-6d6a-5a53-9d83-000000000000" data-field="goal.amount" data-form="code-mln">EUR 3 mln</span>'
    write(seeded, "instrumenten", f"<p>Het kost {gone}.</p>")
    assert number(seeded, "EUR 3 mln").state is State.CONTRADICTING


def test_the_storys_own_texts_hold_no_contradiction(module_story: Any) -> None:
    for claim in Claim.objects.all():
        assert report(claim).contradictions == []


def test_a_check_takes_a_fixed_number_of_queries(seeded: Claim, django_assert_max_num_queries: Any) -> None:
    tree = tree_of(seeded.reference)
    with django_assert_max_num_queries(26):
        check(tree)


def test_confidential_results_are_never_offered(seeded: Claim) -> None:
    from results.models import Result

    assert fields(number(seeded, "230.000")) == ["result.value"]
    Result.objects.filter(label__contains="winterkleding").update(confidential=True, directorate=seeded.directorate_id)
    assert number(seeded, "230.000").state is State.UNKNOWN


# -- linking ---------------------------------------------------------------------------------------------------------


def bind(claim: Claim, checked: Checked, field: str, form: str = "", by: User | None = None) -> str:
    chosen = next(s for s in checked.suggestions if s.offer.field == field)
    return bind_figure(
        by=by or officer_of(claim), claim=claim, key=checked.key, offer=chosen.offer.key, form=form or chosen.form
    )


def test_linking_replaces_one_number_and_touches_nothing_else(seeded: Claim) -> None:
    before = Section.objects.get(claim=seeded, question__key="doelen").text
    assert bind(seeded, number(seeded, "EUR 15 miljoen"), "goal.amount") == "EUR\u00a015\u00a0miljoen"
    after = Section.objects.get(claim=seeded, question__key="doelen").text
    goal = seeded.goals.in_order()[0]  # type: ignore[attr-defined]
    node = f'<span data-figure data-id="{goal.public_id}" data-field="goal.amount" data-form="code-miljoen">EUR\u00a015\u00a0miljoen</span>'
    assert after == before.replace("Humanitair: EUR 15 miljoen", f"Humanitair: {node}")
    assert [n.state for n in report(seeded).numbers if n.written.replace("\u00a0", " ") == "EUR 15 miljoen"] == [
        State.BOUND
    ]


def test_a_linked_share_takes_its_own_wording_along(seeded: Claim) -> None:
    assert bind(seeded, number(seeded, "12 %"), "share.ratio") == "bijna 12\u00a0%"
    text = Section.objects.get(claim=seeded, question__key="evaluatie").text
    assert "een aandeel van <span data-figure" in text
    assert "bijna <span" not in text


def test_the_second_of_two_equal_numbers_is_linked_where_it_stands(seeded: Claim) -> None:
    write(seeded, "instrumenten", "<p>EUR 6 mln en <strong>EUR 6 mln</strong> en EUR 6 mln.</p>")
    mine = [n for n in report(seeded).numbers if n.text.part == "section:instrumenten"]
    bind(seeded, mine[1], "line.commitment")
    text = Section.objects.get(claim=seeded, question__key="instrumenten").text
    assert text.startswith("<p>EUR 6 mln en <strong><span data-figure")
    assert text.endswith("</span></strong> en EUR 6 mln.</p>")


def test_a_number_in_a_note_is_found_but_not_linked(seeded: Claim) -> None:
    write(seeded, "instrumenten", '<p>Zie de noot<span class="voetnoot">Het was EUR 6 mln.</span>.</p>')
    mine = next(n for n in report(seeded).numbers if n.text.part == "section:instrumenten")
    assert mine.state is State.RECOGNISED
    assert not mine.bindable
    with pytest.raises(NotThere):
        bind(seeded, mine, "line.commitment")


def test_a_sentence_that_was_changed_meanwhile_is_not_linked(seeded: Claim) -> None:
    stale = number(seeded, "EUR 6 mln")
    write(seeded, "doelen", "<p>Iets anders: EUR 6 mln.</p>")
    with pytest.raises(NotThere):
        bind(seeded, stale, "line.commitment")


def test_only_a_record_that_was_offered_can_be_linked(seeded: Claim) -> None:
    six, ten = number(seeded, "EUR 6 mln"), number(seeded, "EUR 10 miljoen")
    other = ten.suggestions[0].offer.key
    for offer, form in ((other, "code-mln"), (six.suggestions[0].offer.key, "onzin"), ("claim.title:x", "vol")):
        with pytest.raises(NotThere):
            bind_figure(by=officer_of(seeded), claim=seeded, key=six.key, offer=offer, form=form)


def test_who_may_not_write_does_not_link(seeded: Claim) -> None:
    with pytest.raises(PermissionDenied):
        bind(seeded, number(seeded, "EUR 6 mln"), "line.commitment", by=User.objects.get(username="carla"))


# -- answering -------------------------------------------------------------------------------------------------------


def answer(claim: Claim, item: Any, reason: str = "Zo staat het in de bron.") -> FindingAnswer:
    code, place = answer_key(item)
    return answer_finding(
        by=officer_of(claim), at=NOON, claim=claim, code=code, place=place, message="x", reason=reason
    )


def test_an_answer_is_kept_and_the_newest_counts(seeded: Claim) -> None:
    (item,) = report(seeded).contradictions
    answer(seeded, item)
    answer(seeded, item, "Beter gezegd.")
    assert answers_of(seeded)[answer_key(item)].reason == "Beter gezegd."
    assert FindingAnswer.objects.filter(claim=seeded).count() == 2


def test_an_answer_lapses_when_its_sentence_changes(seeded: Claim) -> None:
    (item,) = report(seeded).contradictions
    answer(seeded, item)
    write(seeded, "doelen", DOELEN.replace("EUR 21 mln", "EUR 22 mln"))
    (changed,) = report(seeded).contradictions
    assert answer_key(changed) not in answers_of(seeded)


def test_a_change_elsewhere_leaves_the_answer(seeded: Claim) -> None:
    (item,) = report(seeded).contradictions
    write(seeded, "doelen", "<p>Vooraf: EUR 9 mln.</p>" + DOELEN)
    assert answer_key(item) in {answer_key(other) for other in report(seeded).contradictions}


def test_places_of_equal_sentences_are_told_apart(seeded: Claim) -> None:
    write(seeded, "instrumenten", "<p>EUR 7,25 mln.</p><p>EUR 7,25 mln.</p>")
    mine = [answer_key(n) for n in report(seeded).numbers if n.text.part == "section:instrumenten"]
    assert len(set(mine)) == 2
    assert max(len(place) for _code, place in mine) <= 300


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_an_answer_needs_a_reason_of_readable_length(seeded: Claim, reason: str) -> None:
    (item,) = report(seeded).contradictions
    with pytest.raises(ValidationError):
        answer(seeded, item, reason)


# -- the command -----------------------------------------------------------------------------------------------------


def test_the_command_ends_with_an_error_on_contradictions(seeded: Claim, capsys: Any) -> None:
    with translation.override("en"):
        with pytest.raises(SystemExit) as ended:
            call_command("check_figures", seeded.reference)
        assert ended.value.code == 1
        out = capsys.readouterr().out
        assert "“licht af” does not fit" in out
        assert "recognised" in out
        (item,) = report(seeded).contradictions
        answer(seeded, item)
        call_command("check_figures", seeded.reference)


def test_the_command_says_which_claim_it_does_not_know(db: None) -> None:
    with pytest.raises(CommandError, match="BV-1900-0001"):
        call_command("check_figures", "BV-1900-0001")


def test_severities_are_told(seeded: Claim) -> None:
    told = {note.code: note.remark.severity for note in report(seeded).notes}
    assert told["wording-light"] is Severity.ERROR
    assert told["notation-ambiguous"] is Severity.WARNING
    assert told["parts-of-which"] is Severity.NOTE
