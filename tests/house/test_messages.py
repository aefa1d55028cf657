"""What the database refuses is said in words: no constraint that a form checks shows its name."""

from typing import Any

import pytest
from django.contrib import admin


def entered() -> list[type[Any]]:
    """Every model with an entry screen or rows on one."""
    screens = admin.site._registry
    return [*screens, *(inline.model for screen in screens.values() for inline in screen.inlines)]


CONSTRAINTS = sorted(
    {
        (model._meta.label, constraint.name): constraint
        for model in entered()
        if model._meta.app_label in ("core", "partners", "results", "claims")
        for constraint in model._meta.constraints
        if not constraint.name.endswith("_known")  # of a choice, which the form checks itself
    }.items()
)


@pytest.mark.parametrize(("name", "constraint"), CONSTRAINTS, ids=lambda value: str(value)[:60])
def test_a_constraint_that_a_form_checks_says_what_to_do(name: tuple[str, str], constraint: Any) -> None:
    said = str(constraint.get_violation_error_message())
    assert constraint.name not in said
    assert said.endswith(".")
    assert constraint.violation_error_message != constraint.default_violation_error_message


def test_there_are_constraints_to_look_at() -> None:
    assert len(CONSTRAINTS) > 20
