"""What a page of a record says about the frozen papers in which it is printed."""

from typing import Any

from django import template

from claims.models import FrozenPaper
from claims.queries.figures import PRINTED

register = template.Library()
MODELS = frozenset(source.model for source in PRINTED.values())


@register.inclusion_tag("claims/affected.html", takes_context=True)
def affected_papers(context: Any, record: Any) -> dict[str, Any]:
    """Say how many frozen papers print this record; nothing for records that no paper prints."""
    if type(record) not in MODELS or record.pk is None:
        return {"record": None, "count": 0}
    papers = FrozenPaper.objects.visible_to(context["request"].user).printing(record.public_id)
    return {"record": record, "count": papers.count()}
