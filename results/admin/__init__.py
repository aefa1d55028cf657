"""Entry screens of results, and of what partners publish."""

from results.admin import entry, iati

__all__ = ["entry", "iati"]
