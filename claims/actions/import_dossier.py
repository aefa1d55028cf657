"""Takes a dossier file in as a draft."""

from __future__ import annotations

import datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.create import next_reference
from claims.dossier import CLAIM, SHARED, Shape
from claims.importers.dossier import BadDossier, Problem
from claims.models import Article, Claim
from core.models import User


@transaction.atomic
def import_dossier(*, by: User, at: datetime.datetime, content: dict[str, Any], owner: User | None = None) -> Claim:
    """Store a checked file as a draft, with the public ids it has and a reference of its own.

    Shared records that exist here (by public id) are used as they are. Raises BadDossier, and then nothing is stored:
    when the claim exists, when reference data are missing, or when a record breaks a rule of the register.
    """
    if Claim.objects.filter(public_id=content["claim"]["id"]).exists():
        raise BadDossier([Problem("$.claim.id", _("This claim is already here; a dossier never replaces one."))])
    with pghistory.context(user=by.pk, path="import_dossier"):
        taking = _Taking(by, at, owner)
        for name, shape in SHARED.items():
            for index, row in enumerate(content[name]):
                taking.shared(f"$.{name}[{index}]", name, shape, row, content[name])
        claim = taking.record("$.claim", CLAIM, content["claim"], {})
        if taking.problems or claim is None:
            raise BadDossier(taking.problems[:50])
    return claim


class _Taking:
    """Makes records from the file, parents before children, and collects what is wrong."""

    def __init__(self, by: User, at: datetime.datetime, owner: User | None) -> None:
        self.by, self.at, self.owner = by, at, owner
        self.known: dict[str, Any] = {}
        self.questions: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def shared(self, where: str, name: str, shape: Shape, row: dict[str, Any], siblings: list[dict[str, Any]]) -> None:
        """Use a shared record that is here, or make it; a partner's administrator is made before it."""
        if row["id"] in self.known:
            return
        for field, target in shape.refs.items():
            if target == name and row[field] and row[field] not in self.known:
                index, other = next((index, other) for index, other in enumerate(siblings) if other["id"] == row[field])
                self.known.setdefault(row["id"], None)  # stops a circle
                self.shared(f"$.{name}[{index}]", name, shape, other, siblings)
                self.known.pop(row["id"], None)
        here = shape.model.objects.filter(public_id=row["id"]).first()
        if here is not None:
            self.known[row["id"]] = here
        else:
            self.record(where, shape, row, {})

    def record(self, where: str, shape: Shape, row: dict[str, Any], parent: dict[str, Any], position: int = 0) -> Any:
        """Make one record with all below it; None when something is wrong."""
        before = len(self.problems)
        fields = self._fields(where, shape, row) | parent
        if shape.positioned:
            fields["position"] = position
        if shape.model is Claim:
            fields |= {
                "reference": next_reference(self.at.year),
                "created_by": self.by,
                "created_at": self.at,
                "owner": self.owner,
            }
        if "question" in row:
            fields["question"] = self.questions.get(row["question"])
            if fields["question"] is None:
                self.problems.append(Problem(f"{where}.question", _("This form version has no such question.")))
        made = None
        if len(self.problems) == before:
            made = self._save(where, shape.model(public_id=row["id"], **fields))
        if made is None:
            return None
        self.known[row["id"]] = made
        if shape.model is Claim:
            self.questions = {question.key: question for question in made.template.sections.all()}
        for name, _target in shape.many.items():
            getattr(made, name).set([self.known[identity] for identity in row[name] if self.known.get(identity)])
        for name, (below, back) in shape.children.items():
            for index, child in enumerate(row[name]):
                self.record(f"{where}.{name}[{index}]", below, child, {back: made}, index + 1)
        return made

    def _fields(self, where: str, shape: Shape, row: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {name: row[name] for name in shape.fields}
        for name in shape.refs:
            fields[name] = self.known.get(row[name]) if row[name] else None
        for name, model in shape.codes.items():
            fields[name] = self._coded(model, row[name])
            if row[name] is not None and fields[name] is None:
                text = _("“%s” is not known here. Add it to the reference data first.") % row[name]
                self.problems.append(Problem(f"{where}.{name}", text))
        return fields

    def _coded(self, model: Any, code: str | None) -> Any:
        if code is None:
            return None
        if model is Article:
            chapter, number, year = code.split("/")
            return Article.objects.filter(chapter=chapter, number=number, first_year=int(year)).first()
        return model.objects.filter(code=code).first()

    def _save(self, where: str, record: Any) -> Any:
        try:
            record.full_clean()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                place = where if field == "__all__" else f"{where}.{field}"
                self.problems.extend(Problem(place, message) for message in messages)
            return None
        record.save(force_insert=True)
        return record
