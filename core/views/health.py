"""Says whether this process lives, and whether everything it needs is there. For machines: no session, no words."""

from django.http import HttpRequest, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from core.readiness import readiness


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200: the process lives. Asks nothing of anything else."""
    return _answer({"live": True}, 200)


@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """Answer each part with its state: 200 when all is there, 503 when something is missing."""
    found = readiness()
    return _answer({"ready": found.ready, "parts": found.parts}, 200 if found.ready else 503)


def _answer(body: dict[str, object], status: int) -> JsonResponse:
    response = JsonResponse(body, status=status)
    add_never_cache_headers(response)
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: not an error each time
    return response
