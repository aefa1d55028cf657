"""What pages say about papers: those in which a record is printed, and who keeps their look."""

from typing import Any

from django import template

from claims.models import FrozenPaper
from claims.policies import may_style
from claims.queries.figures import PRINTED
from core.views import person

register = template.Library()
MODELS = frozenset(source.model for source in PRINTED.values())


@register.inclusion_tag("claims/affected.html", takes_context=True)
def affected_papers(context: Any, record: Any) -> dict[str, Any]:
    """Say how many frozen papers print this record; nothing for records that no paper prints."""
    if type(record) not in MODELS or record.pk is None:
        return {"record": None, "count": 0}
    papers = FrozenPaper.objects.visible_to(context["request"].user).printing(record.public_id)
    return {"record": record, "count": papers.count()}


@register.simple_tag(takes_context=True)
def keeps_style(context: Any) -> bool:
    """True when the person may change the look of papers."""
    return may_style(person(context["request"])) is None
