"""Binding a number in a nota or letter to the record it comes from."""

from __future__ import annotations

from claims.actions.bind import chosen_in, span_of
from claims.actions.write import Stale
from claims.actions.written import lock_paper, write_paper_section
from claims.checks.written import check_paper
from claims.models import PaperSection, WrittenPaper
from claims.queries.figures import worded
from claims.queries.written import trees_of, with_parts
from core import richtext
from core.models import User
from core.richtext import Figure, NotThere
from core.transactions import acting

__all__ = ["NotThere", "Stale", "bind_paper_figure"]


@acting
def bind_paper_figure(*, by: User, paper: WrittenPaper, key: str, offer: str, form: str) -> str:
    """Replace one number by a figure bound to the record that was chosen, and return its wording.

    Nothing else in the text is touched. Raises NotThere when the sentence was changed meanwhile or the record no longer fits there,
    PermissionDenied, Stale.
    """
    lock_paper(paper, by)
    fetched = with_parts(WrittenPaper.objects.all()).get(pk=paper.pk)
    found, chosen = chosen_in(check_paper(fetched, trees_of(fetched)), key, offer, form)
    wording = worded(chosen.offer.value, form)
    start, end = span_of(found, chosen)
    figure = Figure(chosen.offer.id, chosen.offer.field, form, wording)
    document = richtext.put_figure(found.text.document, found.passage, start, end, figure)
    section = PaperSection.objects.select_related("heading").get(
        paper=paper, heading__key=found.text.part.removeprefix("part:")
    )
    write_paper_section(by=by, paper=paper, heading=section.heading, text=richtext.html(document), seen=section.version)
    return wording
