"""Answers forms that make a record so that a second press of the button makes no second record."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core import once
from core.transactions import acting
from core.views import person


def sent_once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Act and answer, or lead to where the same form led when it was sent before."""

    @acting
    def taken() -> HttpResponse:
        sending = once.take(request.POST.get(once.FIELD, ""), by=person(request), at=timezone.now())
        response = act()
        once.settle(sending, response.get("Location", ""))
        return response

    try:
        return taken()
    except once.SentBefore as before:
        messages.info(request, _("This form was saved already. Pressing the button twice made nothing twice."))
        return HttpResponseRedirect(before.led_to or request.path)
