"""Results that a text refers to but nobody entered: an annex is pointed to, and of a recipient it holds no result."""

import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.queries.tree import Tree
from core import richtext
from core.findings import Finding, Severity
from partners.models import Partner

ANNEX_NAMED = re.compile(r"\b(bijlagen?|annex(es)?)\b", re.IGNORECASE)


def missing_results(tree: Tree) -> Iterator[Finding]:
    """Yield a finding per recipient of whom the annex, to which the text points, tells no result.

    An empty annex is a finding of its own (`claims.checks.completeness`).
    """
    parts = list(tree.claim.annex_parts.all())
    if not parts or not points_to_annex(tree):
        return
    told = {citation.result.partner_id for part in parts for citation in part.citations.all() if citation.result_id}
    url = reverse("claims:annex", args=[tree.claim.reference])
    for partner in _recipients(tree):
        if partner.pk not in told:
            text = format_lazy(
                _("The text points to the annex for earlier results, but no result of {name} stands there."),
                name=partner.short_name,
            )
            yield Finding(Severity.WARNING, "results-missing", _("Annex"), text, url)


def points_to_annex(tree: Tree) -> bool:
    """True when a text of the form sends the reader to the annex."""
    return any(
        ANNEX_NAMED.search(richtext.text(richtext.parse(section.text)))
        for _question, section in tree.sections
        if section and section.text
    )


def _recipients(tree: Tree) -> list[Partner]:
    return list(dict.fromkeys(role.partner for line in tree.lines for role in line.recipients))
