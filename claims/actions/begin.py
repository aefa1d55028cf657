"""Beginning a claim from last year's form in Word."""

from __future__ import annotations

import datetime

from django.db import transaction

from claims.actions.create import create
from claims.importers.word import FormFromWord
from claims.models import AnnexPart, Claim, FormTemplate, Section
from core import richtext
from core.models import Directorate, User
from core.richtext import Document


@transaction.atomic
def begin_from_word(
    *,
    by: User,
    at: datetime.datetime,
    directorate: Directorate,
    title: str,
    year: int,
    form: FormFromWord,
    template: FormTemplate,
) -> Claim:
    """Make a draft with the answers and annex of a form; every text is marked "still to be updated".

    Amounts and partners are not taken from prose: they are entered. Raises richtext.Unreadable when a text is too long, and then
    nothing is kept; PermissionDenied.
    """
    claim = create(by=by, at=at, directorate=directorate, title=title, first_year=year, template=template)
    questions = {question.key: question for question in template.sections.all()}
    for key, document in form.answers().items():
        Section.objects.create(claim=claim, question=questions[key], text=_stored(document), to_update=True)
    for position, (heading, blocks) in enumerate(form.annex, 1):
        text = _stored(Document(tuple(blocks)))
        AnnexPart.objects.create(claim=claim, position=position, title=heading, text=text, to_update=True)
    return claim


def _stored(document: Document) -> str:
    return richtext.canonical(richtext.html(document))
