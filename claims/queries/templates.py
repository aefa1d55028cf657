"""Which version of the form a text was written in."""

from claims.models import FormTemplate
from claims.rules.form_layout import is_question
from core.richtext import Document, passages


def template_like(document: Document) -> tuple[FormTemplate, list[str]]:
    """Return the version most of whose printed questions stand in a text (the one offered first when in doubt), and all questions."""
    lines = [passage.text for passage in passages(document) if not passage.note and len(passage.text) < 400]
    templates = list(
        FormTemplate.objects.filter(active=True).order_by("-preferred", "code").prefetch_related("sections")
    )
    asked = {
        template.pk: [question for section in template.sections.all() for question in section.questions]
        for template in templates
    }

    def likeness(template: FormTemplate) -> int:
        return sum(1 for question in asked[template.pk] if any(is_question(line, [question]) for line in lines))

    best = max(templates, key=likeness)
    return best, sorted({question for questions in asked.values() for question in questions})
