"""Every request's id, and its one line in the log."""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from core import logs

Handler = Callable[[HttpRequest], HttpResponse]
access = logging.getLogger("claimregister.access")


class Asked:
    """How often the database was asked during a request, and how long that took."""

    def __init__(self) -> None:
        self.times, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.times += 1
            self.seconds += time.perf_counter() - began


class RequestIdMiddleware:
    """Gives the request an id (`request.id`, header `X-Request-ID`) and writes its one line in the log.

    Stands before all others, so that a refused or broken request has its id and line too. Static files have none.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = logs.given_or_new(request.headers.get("X-Request-ID", ""))  # type: ignore[attr-defined]
        token, asked, began = logs.request_id.set(request.id), Asked(), time.perf_counter()  # type: ignore[attr-defined]
        try:
            with ExitStack() as stack:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(asked))
                response = self.get_response(request)
            response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
            self._log(request, response, asked, time.perf_counter() - began)
            return response
        finally:
            logs.request_id.reset(token)

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponse, asked: Asked, seconds: float) -> None:
        match = request.resolver_match
        if match is None and request.path.startswith(settings.STATIC_URL):
            return
        user = getattr(request, "_cached_user", None)  # who was asked for; asking anew would ask the database
        route = (match.view_name or match.route) if match else "none"
        access.info(
            "%s %s %s",
            request.method,
            route,
            response.status_code,
            extra={
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": asked.times,
                "db_ms": round(asked.seconds * 1000, 1),
                "user": user.pk if user is not None and user.is_authenticated else None,
            },
        )
