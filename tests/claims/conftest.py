"""What tests of papers share."""

from decimal import Decimal
from typing import Any

import pytest


@pytest.fixture
def written(claim: Any) -> Any:
    """The claim with a goal and a text that holds two bound figures."""
    from claims.models import Goal, Section

    goal = Goal.objects.create(claim=claim, label="Opvang", amount=Decimal("2000000.00"))
    claim.lines.update(goal=goal)

    def bound(record: Any, field: str, form: str) -> str:
        return f'<span data-figure data-id="{record.public_id}" data-field="{field}" data-form="{form}">?</span>'

    for question in claim.template.sections.exclude(key="doelen"):
        Section.objects.create(claim=claim, question=question, text="<p>Een antwoord zonder cijfers.</p>")
    Section.objects.create(
        claim=claim,
        question=claim.template.sections.get(key="doelen"),
        text=f"<p>Voor {bound(claim, 'claim.amount', 'code-mln')}, waarvan <strong>{bound(goal, 'goal.amount', 'code-vol')}</strong> voor opvang.</p>",
    )
    return claim
