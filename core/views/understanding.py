"""Says what the register understands of a typed amount, number, percentage or date: one reading for form and hint."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core import numbers
from core.forms import TOO_MUCH
from core.language import language
from core.money import MOST_ENTERED

KINDS = {"amount", "number", "percentage", "date"}


@require_GET
@login_required
def understand(request: HttpRequest, kind: str) -> JsonResponse:
    """Answer {"text": …, "value": …} for what was understood, or {"error": …} with what to type instead."""
    if kind not in KINDS:
        raise Http404
    typed, reader = request.GET.get("q", "")[:200], language()
    if not typed.strip():
        return JsonResponse({"text": ""})
    try:
        if kind == "date":
            return JsonResponse({"text": numbers.format_date(numbers.parse_date(typed, reader), reader)})
        if kind == "amount":
            amount = numbers.parse_amount(typed, reader)
            if amount < 0:  # every amount says its direction by what it is: a commitment, a receipt, a reversal
                raise numbers.Unreadable(_("The amount must be more than zero."), "negative")
            if amount > MOST_ENTERED:
                raise numbers.Unreadable(TOO_MUCH, "too_much")
            return JsonResponse({"text": numbers.format_amount(amount, reader), "value": numbers.plain(amount)})
        value: Decimal = (
            numbers.parse_percentage(typed, reader) if kind == "percentage" else numbers.parse_number(typed, reader)
        )
        text = (
            numbers.format_percentage(value, reader) if kind == "percentage" else numbers.format_number(value, reader)
        )
        return JsonResponse({"text": text, "value": numbers.plain(value)})
    except numbers.Unreadable as error:
        return JsonResponse({"error": str(error.message)})
