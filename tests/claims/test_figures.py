"""Bound figures follow their records, and nothing else in a text is touched."""

import uuid
from decimal import Decimal
from typing import Any

import pytest

from claims.models import Claim, ContextFigure
from claims.queries import figures
from core import richtext
from core.richtext import Figure
from results.models import Result, ResultVersion

pytestmark = pytest.mark.django_db


def node(record: Any, field: str, form: str, fallback: str = "?") -> str:
    return f'<span data-figure data-id="{record.public_id}" data-field="{field}" data-form="{form}">{fallback}</span>'


def fresh(text: str, claim: Any) -> str:
    document = richtext.read(text)
    return richtext.text(figures.refreshed(document, figures.resolve(richtext.figures(document), claim))).replace(
        "\u00a0", " "
    )


def test_a_figure_says_the_records_value_of_now(claim: Any) -> None:
    text = f"<p>Het kost {node(claim, 'claim.amount', 'code-miljoen')} in 2026.</p>"
    assert fresh(text, claim) == "Het kost EUR 2 miljoen in 2026."
    Claim.objects.update(amount=Decimal("2500000"))
    assert fresh(text, claim) == "Het kost EUR 2,5 miljoen in 2026."


def test_a_line_says_its_commitment_over_all_years(claim: Any) -> None:
    line = claim.lines.get()
    assert fresh(f"<p>{node(line, 'line.commitment', 'teken-vol')}</p>", claim) == "€ 2.000.000"


def test_a_figure_without_a_record_keeps_its_last_wording(claim: Any) -> None:
    gone = Figure(str(uuid.uuid4()), "claim.amount", "code-mln", "EUR 3 mln")
    assert figures.resolve([gone], claim) == {}
    assert (
        fresh(
            f'<p><span data-figure data-id="{gone.id}" data-field="claim.amount" data-form="code-mln">EUR 3 mln</span></p>',
            claim,
        )
        == "EUR 3 mln"
    )


def test_an_unknown_field_is_no_way_to_read_a_record(claim: Any) -> None:
    assert figures.resolve([Figure(str(claim.public_id), "claim.created_by", "vol", "x")], claim) == {}


def test_a_text_shows_no_figures_of_another_directorates_claim(
    claim: Any, stranger: Any, other_directorate: Any
) -> None:
    from claims.actions.create import create
    from tests.conftest import NOON

    theirs = create(
        by=stranger, at=NOON, directorate=other_directorate, title="Van hen", first_year=2026, amount=Decimal(7)
    )
    figure = ContextFigure.objects.create(claim=theirs, subject="x", value=9, unit="mensen")
    asked = [
        Figure(str(theirs.public_id), "claim.amount", "code-mln", "?"),
        Figure(str(figure.public_id), "context.value", "vol", "?"),
    ]
    assert figures.resolve(asked, claim) == {}


def test_a_confidential_result_is_never_a_figure(claim: Any, fund: Any, directorate: Any) -> None:
    import datetime

    result = Result.objects.create(
        partner=fund,
        label="x",
        period_start=datetime.date(2024, 1, 1),
        period_end=datetime.date(2024, 12, 31),
        confidential=True,
        directorate=directorate,
    )
    ResultVersion.objects.create(result=result, value=37)
    assert figures.resolve([Figure(str(result.public_id), "result.value", "vol", "?")], claim) == {}


def test_every_source_of_figures_reads_the_demo_storys_records(story: Any) -> None:
    """Each field of the table is asked of a record of the story: a renamed field cannot go unnoticed."""
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    records = {
        "claim.amount": ("claim", "claim-2026", "25000000"),
        "goal.amount": ("goal", "doel-a", "15000000"),
        "line.commitment": ("line", "regel-undp", "6000000"),
        "context.value": ("context", "ontheemden", "3600000"),
        "contribution.amount": ("contribution", "uhf-2023", "20000000"),
        "contribution.recorded": ("contribution", "uhf-2023", "21500000"),
        "total.amount": ("total", "uhf-ontvangen-2023", "182000000"),
        "total.people": ("total", "uhf-cash-2023", "2000000"),
        "appeal.required": ("appeal", "hrp-2024", "3100000000"),
        "appeal.in-need": ("appeal", "hrp-2024", "14600000"),
        "appeal.targeted": ("appeal", "hrp-2024", "8500000"),
        "appeal-group.people": ("appeal-group", "hrp-2024-1", "3600000"),
        "appeal-part.amount": ("appeal-part", "icrc-2024-1", "200000000"),
        "result.value": ("result", "winter-kleding", "230000"),
        "result-part.value": ("result-part", "uhf-beperking", "480000"),
    }
    of_papers = {"paper.amount", "house-item.citation"}  # held by the tests of notas and letters
    assert set(figures.SOURCES) == set(records) | of_papers | {"share.ratio", "planned.value"}
    asked = [
        Figure(str(story.identity(kind, key)), field, "vol", "?") for field, (kind, key, _value) in records.items()
    ]
    values = figures.resolve(asked, claim)
    for figure, (_kind, _key, value) in zip(asked, records.values(), strict=True):
        assert values[figure.id, figure.field].number == Decimal(value)
    share = Figure(str(story.identity("share", "uhf-2024")), "share.ratio", "ongeveer", "?")
    assert figures.worded(figures.resolve([share], claim)[share.id, share.field], share.form) == "ruim 13\u00a0%"
