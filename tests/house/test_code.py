"""How the code is built: what a reader may count on in every room."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FLOORS = ("core", "partners", "results", "claims", "reporting")
ROOMS = ("rules", "queries", "actions", "policies")


def modules(*rooms: str) -> Iterator[Any]:
    for floor in FLOORS:
        for room in rooms:
            for path in sorted(
                [*Path(settings.BASE_DIR, floor).glob(f"{room}.py"), *Path(settings.BASE_DIR, floor, room).glob("*.py")]
            ):
                yield import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))


def public(module: Any) -> list[Any]:
    """Functions and classes that a module itself defines for others."""
    return [
        value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
    ]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for floor in (*FLOORS, "config"):
        for path in sorted(Path(settings.BASE_DIR, floor).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


def test_there_is_something_to_hold() -> None:
    assert sum(len(public(module)) for module in modules(*ROOMS)) >= 40
    assert len(list(trees())) > 80


def test_everything_public_in_the_inner_rooms_says_what_it_does() -> None:
    silent = [
        f"{module.__name__}.{thing.__name__}"
        for module in modules(*ROOMS)
        for thing in public(module)
        if not thing.__doc__
    ]
    for module in modules(*ROOMS):
        for kind in (thing for thing in public(module) if inspect.isclass(thing)):
            for name, value in vars(kind).items():
                found = value.fget if isinstance(value, property) else getattr(value, "func", value)
                if not name.startswith("_") and inspect.isfunction(found) and not found.__doc__:
                    silent.append(f"{module.__name__}.{kind.__name__}.{name}")
    assert not silent


WRITES = re.compile(r"\.(save|create|bulk_create|get_or_create|update|delete|set|add)\(")
# What writes but is nobody's act, with the reason.
SERVE = {
    "claims.actions.render.make": "the worker's own, who is nobody",
    "claims.actions.freeze.freeze": "the worker's too; it freezes by who asked",
    "claims.actions.write.save_text": "serves the acts of writing, which ask first who may",
    "claims.actions.house_set.make_set": "the worker's own, who is nobody",
    "claims.actions.printout.make_printout": "the worker's own, who is nobody",
    "results.actions.import_iati.take_in": "the worker's too; it takes in by who sent the file",
    "reporting.actions.make_sheet": "the worker's own, who is nobody",
    "claims.actions.books_work.do": "the worker's too; it acts by who asked",
    "claims.actions.books_work.give_up": "the worker's own, who is nobody",
    "claims.actions.refused.in_words": "puts a refusal of the database into words, around what an action writes",
}


def test_an_action_is_told_by_whom_and_takes_its_facts_by_name() -> None:
    wrong, acts = [], set()
    for module in modules("actions"):
        for act in (thing for thing in public(module) if inspect.isfunction(thing)):
            if not (hasattr(act, "__wrapped__") or WRITES.search(inspect.getsource(act))):
                continue  # it serves an action
            name, parameters = f"{module.__name__}.{act.__name__}", inspect.signature(act).parameters.values()
            acts.add(name)
            positional = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
            if name not in SERVE and (len(positional) > 1 or "by" not in {one.name for one in parameters}):
                wrong.append(name)
    assert not wrong
    assert acts >= set(SERVE), "an exception that is no longer needed"
    assert len(acts) > 8


def test_no_action_knows_a_request() -> None:
    for module in modules("actions", "rules", "queries", "policies"):
        for thing in public(module):
            if inspect.isfunction(thing):
                assert "request" not in inspect.signature(thing).parameters, thing


# What no two rows share, so that the first is the only one.
UNIQUE = [
    {"pk"},
    {"public_id"},
    {"reference"},
    {"code"},
    {"username"},
    {"claim", "question"},
    {"paper", "heading"},
    {"paper", "input_hash"},
    {"claim", "question__key"},
    {"template", "key"},
    {"chapter", "number", "first_year"},
    {"name", "year"},
    {"claim", "kind", "input_hash"},
    {"asked_by", "partner", "input_hash"},
    {"envelope"},  # one row of totals each
    {"line"},
    {"commitment"},
]


def spread(call: ast.Call) -> set[str]:
    """The names that a call passes as `**{...}`."""
    dicts = [word.value for word in call.keywords if word.arg is None and isinstance(word.value, ast.Dict)]
    return {key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)}


def test_the_first_of_many_is_taken_in_an_order() -> None:
    by_chance = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("first", "last")
            ):
                continue
            called, given, inner = set(), set(), node.func.value
            while isinstance(inner, ast.Call | ast.Attribute):
                if isinstance(inner, ast.Call):
                    given |= {word.arg for word in inner.keywords if word.arg} | spread(inner)
                    inner = inner.func
                else:
                    called.add(inner.attr)
                    inner = inner.value
            if not called & {"order_by", "in_order"} and not any(unique <= given for unique in UNIQUE):
                by_chance.append(f"{path}:{node.lineno}")
    assert not by_chance


# Where a double is what is read, with the reason.
DOUBLES = {
    "config/launch.py": "a clock",
    "core/tabular/cells.py": "a spreadsheet stores doubles; `exactly` makes the decimal that was typed, or refuses",
    "core/tabular/ods.py": "the same",
    "core/tabular/xlsx.py": "the same",
    "reporting/charts.py": "how long a bar is drawn; what is read beside it is the amount",
}


def test_money_is_never_a_float() -> None:
    found = {
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    }
    assert found == set(DOUBLES)


def test_there_are_no_rooms_without_a_name() -> None:
    unnamed = {"utils.py", "helpers.py", "services.py", "signals.py", "misc.py", "common.py"}
    assert not [path for path, _tree in trees() if Path(path).name in unnamed]


@pytest.mark.django_db
def test_every_model_of_a_draft_refuses_a_change_of_its_public_id(claim: Any) -> None:
    import uuid

    from django.apps import apps
    from django.db import DatabaseError, transaction

    from core.models import Named

    for model in apps.get_models():
        if issubclass(model, Named) and model._default_manager.exists():
            row = model._default_manager.order_by("pk").first()
            with pytest.raises(DatabaseError), transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(public_id=uuid.uuid4())
