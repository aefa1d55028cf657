"""Who may open which address in which state: `tests/permissions.csv` says it, and every address has a row.

A column per role holds the answer's status. `GET` answers 405 where an address only takes forms; then an empty form is
sent. After adding an address: set WRITE_PERMISSIONS=1, run this test, and look at what it wrote before keeping it.
"""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from claims.actions.books import keep_file
from claims.actions.decide import Given, confirm, facts_mark, record_milestone, register
from claims.actions.evidence import add_evidence
from claims.actions.follow import remark, set_deadline
from claims.actions.house_style import add_style
from claims.actions.ledger import commit, propose_raise
from claims.actions.steps import agree, seen_now, submit, take
from claims.actions.take_on import keep as keep_opening
from claims.actions.written import create_paper
from claims.checks.review import to_settle
from claims.enums import ClaimState, StepKind
from claims.models import (
    Claim,
    Commitment,
    Deviation,
    Envelope,
    EvidenceKind,
    Freezing,
    HouseItem,
    HouseSet,
    Mutation,
    Party,
    Printout,
    Redaction,
    RedactionGround,
    Render,
)
from claims.queries.tree import Tree, with_tree
from core.models import Membership, User
from core.pandoc.writing import REFERENCES
from partners.models import Partner
from reporting.actions import ask_sheet, give_answer
from reporting.dashboards.filters import Filters
from reporting.models import PartnerSheet
from tests.claims.frozen import keep
from tests.conftest import NOON

TABLE = Path(__file__).parent.parent / "permissions.csv"
ROLES = (
    "officer",
    "manager",
    "controller",
    "bookkeeper",
    "registrar",
    "reader",
    "stranger",
    "administrator",
    "nobody",
    "signed out",
)
PEOPLE = {
    "officer": "bram",
    "manager": "maria",
    "controller": "carla",
    "bookkeeper": "fatima",
    "registrar": "daan",
    "reader": "lars",
    "stranger": "eva",
    "administrator": "beheer",
    "nobody": "niemand",
}
OF_ONE = ("change", "delete", "history", "lift", "take_over", "verify")  # entry screens of one record
STATES = (ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.RUNNING)
REFERENCE = "BV-2026-0001"


OF_COMMITMENT = (
    "claims:commitment",
    "claims:commitment-change",
    "claims:pay",
    "claims:plan",
    "claims:reverse",
    "claims:settle",
    "claims:settle-undo",
    "claims:write-off",
)
OF_PAPER = ("claims:paper",)
OF_ENVELOPE = ("claims:envelope", "claims:mutate", "claims:mutation-stage", "claims:raise", "claims:raise-answer")


def addresses() -> list[str]:
    """Every address of the project by its name, or by its pattern where it has none."""
    found: list[str] = []

    def walk(patterns: Any, space: str, path: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, path + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                found.append(f"{space}{pattern.name}" if pattern.name else f"{path}{pattern.pattern}")

    walk(get_resolver().url_patterns, "", "/")
    return sorted(dict.fromkeys(found))


class Stage:
    """The demo story, with something of everything on one claim."""

    def __init__(self) -> None:
        self.people = {role: User.objects.get(username=name) for role, name in PEOPLE.items() if name != "niemand"}
        self.people["nobody"] = User.objects.create(username="niemand", name="Niels Niemand")
        self.claim = Claim.objects.get(reference=REFERENCE)
        self.noor = User.objects.get(username="noor")
        by = self.people["officer"]
        self.evidence = add_evidence(
            by=by, at=NOON, claim=self.claim, name="akkoord.txt", content=b"Akkoord", kind=EvidenceKind.objects.first()
        )
        self.part = self.claim.annex_parts.create(title="Bijlage")
        self.remark = remark(by=by, at=NOON, claim=self.claim, text="Klopt dit?")
        self.deadline = set_deadline(by=by, claim=self.claim, subject="Kamerbrief", due_on=NOON.date())
        record_milestone(by=by, at=NOON, claim=self.claim, kind="coordinated", party="FIN", date_unknown=True)
        self.decision = register(
            by=self.noor,
            at=NOON,
            claim=self.claim,
            party=Party.objects.get(code="FIN"),
            outcome="granted",
            date_unknown=True,
        )
        self.house_item = HouseItem.objects.create(title="Motie", directorate=self.claim.directorate)
        self.house_item.claims.add(self.claim)
        self.paper = create_paper(by=by, at=NOON, kind="letter", title="Brief", claims=[self.claim])
        look = REFERENCES["docx"].read_bytes()
        self.style = add_style(by=self.people["controller"], at=NOON, name="huisstijl.docx", content=look)
        self.paper_render = Render.objects.create(
            paper=self.paper,
            kind="letter",
            input_hash="0" * 64,
            asked_by=by,
            asked_at=NOON,
            state="done",
            content=b"%PDF-",
        )
        self.render = Render.objects.create(
            claim=self.claim,
            kind="cw31",
            input_hash="0" * 64,
            asked_by=by,
            asked_at=NOON,
            state="done",
            content=b"%PDF-",
        )
        self.frozen = keep(self.claim, by)
        self.freezing = Freezing.objects.create(
            kind="cw31",
            subject=self.claim.public_id,
            directorate=self.claim.directorate,
            input_hash="0" * 64,
            state="failed",
            message="Niet gelukt",
            asked_by=by,
            asked_at=NOON,
        )
        self.redaction = Redaction.objects.create(
            subject=self.claim.public_id,
            directorate=self.claim.directorate,
            part="section:doelen",
            place="1. Doel(en)",
            quote="Een naam",
            ground=RedactionGround.objects.get(code="house-privacy"),
            motivation="Een naam",
            proposed_by=self.noor,
            proposed_at=NOON,
        )
        page = {"directorate": self.claim.directorate, "state": "done"}
        self.printout = Printout.objects.create(
            **page, name="verschil", input_hash="0" * 64, content=b"%PDF-", asked_by=by, asked_at=NOON
        )
        digest = hashlib.sha256(b"PK").hexdigest()
        self.house_set = HouseSet.objects.create(
            **page,
            title="Kamerset",
            checklist=[],
            by=by,
            at=NOON,
            archive=b"PK",
            archive_digest=digest,
            reading=b"PK",
            reading_digest=digest,
        )
        self.books_file = keep_file(
            by=self.people["bookkeeper"], at=NOON, name="betalingen.csv", content=b"Boekstuk;Bedrag"
        )
        self.take_on = keep_opening(
            by=self.people["bookkeeper"],
            at=NOON,
            name="beginstand.csv",
            content=b"Soort;Bedrag",
            as_of=NOON.date(),
            source="Boeken",
        )
        self.deviation = self._deviation()
        self.partner = Partner.objects.order_by("pk").first()
        asked = {"by": by, "at": NOON, "today": NOON.date(), "source": "Claimregister"}
        self.answer = give_answer(filters=Filters(), **asked)
        self.sheet = ask_sheet(partner=self.partner, **asked)
        PartnerSheet.objects.update(state="done", content=b"%PDF-")
        self.commitment: Commitment | None = None
        self.mutation = Mutation.objects.order_by("pk").first()
        self.limit_raise = propose_raise(
            by=self.people["bookkeeper"],
            at=NOON,
            kind="envelope-cash",
            envelope=self.mutation.envelope,
            amount=1,
            reason="Koers",
            ends_on=NOON.date(),
        )

    def _deviation(self) -> Deviation:
        """Put a deviation there whose fact is of no matter here, past the guard that asks for it."""
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            found = Deviation.objects.create(
                kind="envelope-cash",
                envelope=Envelope.objects.order_by("pk").first(),
                voucher="1",
                amount=1,
                owner=self.people["officer"],
                due_on=NOON.date(),
                recorded_at=NOON,
            )
            cursor.execute("set session_replication_role = default")
        return found

    def bring(self, state: str) -> None:
        """Move the claim along to a state."""
        claim, people = self.claim, self.people
        if state in (ClaimState.SUBMITTED, ClaimState.RUNNING):
            tree = Tree(with_tree(Claim.objects.filter(pk=claim.pk)).get())
            reasons = {finding.mark: "Volgt." for finding in to_settle(tree)}
            submit(by=people["officer"], at=NOON, claim=claim, seen=seen_now(claim), reasons=reasons)
            claim.refresh_from_db()
        self.commitment = None
        if state == ClaimState.RUNNING:
            agree(by=people["controller"], at=NOON, claim=claim, seen=seen_now(claim))
            claim.refresh_from_db()
            take(by=people["manager"], at=NOON, claim=claim, kind=StepKind.PRESENT, seen=seen_now(claim))
            claim.refresh_from_db()
            row = claim.lines.get().years.get()
            decision = register(
                by=self.noor,
                at=NOON,
                claim=claim,
                party=Party.objects.get(code="R"),
                outcome="granted",
                decided_on=NOON.date(),
                amounts=[Given(row.line, row.envelope, row.commitment)],
            )
            confirm(
                by=people["registrar"], at=NOON, decision=decision, shown=facts_mark(decision), seen=seen_now(claim)
            )
            self.commitment = commit(
                by=people["bookkeeper"],
                at=NOON,
                line=row.line,
                partner=row.line.partners.get(),
                envelope=row.envelope,
                number="ARR-1",
                amount=row.commitment,
                signed_on=NOON.date(),
            )
            claim.refresh_from_db()

    def of_claim(self, name: str) -> bool:
        """True for an address of one claim, whose answers may differ with its state."""
        if name.startswith(("admin:claims_claim_", "admin:claims_claimline_")):
            return name.endswith(OF_ONE)
        return name in OF_COMMITMENT or (name.startswith("claims:") and REFERENCE in self.url(name))

    def url(self, name: str) -> str:
        """Make the address, with what it needs."""
        if name.startswith("/"):
            return name.replace("<path:object_id>/", "1/").replace("^", "").replace("$", "")
        if name.startswith("admin:"):
            return self._admin_url(name)
        given = {
            "claims:annex-part": {"part": self.part.public_id},
            "claims:annex-remove": {"part": self.part.public_id},
            "claims:annex-save": {"part": self.part.public_id},
            "claims:ask-pdf": {"kind": "cw31"},
            "claims:books-file": {"file": self.books_file.public_id},
            "claims:books-take-in": {"file": self.books_file.public_id},
            "claims:books-progress": {"file": self.books_file.public_id},
            "claims:year": {"year": 2026},
            "claims:year-close": {"year": 2020},
            "claims:revalue": {"year": 2026, "kind": "commitment", "target": self.claim.public_id},
            "claims:unspent": {
                "line": self.claim.lines.order_by("pk").values_list("public_id", flat=True)[0],
                "envelope": self.mutation.envelope.public_id,
            },
            "claims:take-on-template": {"kind": "xlsx"},
            "claims:take-on-file": {"file": self.take_on.public_id},
            "claims:take-on-take-in": {"file": self.take_on.public_id},
            "claims:books-template": {"kind": "csv"},
            "claims:deadline-met": {"deadline": self.deadline.public_id},
            "claims:decision": {"decision": self.decision.public_id},
            "claims:deviation": {"deviation": self.deviation.public_id},
            "claims:evidence-file": {"evidence": self.evidence.public_id},
            "claims:figure-record": {"field": "claim.amount", "record": self.claim.public_id},
            "claims:fragment": {"kind": "cw31"},
            "claims:freeze": {"kind": "cw31", "subject": self.claim.public_id},
            "claims:freezing": {"freezing": self.freezing.public_id},
            "claims:frozen": {"paper": self.frozen.public_id},
            "claims:frozen-affected": {"record": self.claim.public_id},
            "claims:frozen-data": {"paper": self.frozen.public_id},
            "claims:frozen-difference": {"paper": self.frozen.public_id},
            "claims:frozen-file": {"paper": self.frozen.public_id, "suffix": "pdf"},
            "claims:frozen-public": {"paper": self.frozen.public_id},
            "claims:house-set": {"house_set": self.house_set.public_id},
            "claims:house-set-file": {"house_set": self.house_set.public_id, "suffix": "zip"},
            "help-page": {"name": "officer"},
            "claims:house-style": {"style": self.style.public_id},
            "claims:house-style-file": {"style": self.style.public_id},
            "claims:house-style-own": {"kind": "docx"},
            "claims:house-style-sample": {"style": self.style.public_id},
            "claims:printout": {"printout": self.printout.public_id},
            "claims:printout-file": {"printout": self.printout.public_id},
            "claims:redaction": {"paper": self.frozen.public_id, "redaction": self.redaction.public_id},
            "claims:redactions": {"paper": self.frozen.public_id},
            "claims:office-file": {"kind": "cw31", "suffix": "docx"},
            "claims:house-item": {"item": self.house_item.public_id},
            "claims:house-item-again": {"item": self.house_item.public_id},
            "claims:house-item-lapse": {"item": self.house_item.public_id},
            "claims:house-item-settle": {"item": self.house_item.public_id},
            "claims:iati-match": {"partner": Partner.objects.order_by("pk").first().public_id},
            "claims:pdf": {"kind": "cw31", "render": self.render.public_id},
            "claims:pdf-progress": {"kind": "cw31", "render": self.render.public_id},
            "claims:preview": {"kind": "cw31"},
            "claims:reconciliation-month": {"year": 2026, "month": 3},
            "claims:reconciliation-sign-off": {"year": 2026, "month": 3},
            "claims:remark-close": {"remark": self.remark.public_id},
            "claims:save-section": {"key": "doelen"},
            "claims:section-updated": {"key": "doelen"},
            "claims:step": {"kind": "withdraw"},
            "envelope": {"envelope": self.mutation.envelope.public_id},
            "figure-card-answer": {"answer": self.answer.public_id},
            "number": {"measure": "paid"},
            "partner": {"partner": self.partner.public_id},
            "partner-sheet": {"partner": self.partner.public_id},
            "partner-sheet-file": {"partner": self.partner.public_id, "sheet": self.sheet.public_id},
            "partner-sheet-progress": {"partner": self.partner.public_id, "sheet": self.sheet.public_id},
            "understand": {"kind": "amount"},
        }.get(name, {})
        if name.startswith(OF_PAPER):
            given = {
                "claims:paper-block": {"block": "summary"},
                "claims:paper-office": {"suffix": "docx"},
                "claims:paper-pdf": {"render": self.paper_render.public_id},
                "claims:paper-progress": {"render": self.paper_render.public_id},
                "claims:paper-record": {"field": "claim.amount", "record": self.claim.public_id},
                "claims:paper-save": {"key": "inzet"},
            }.get(name, {})
            if name not in ("claims:papers", "claims:paper-new"):
                given |= {"reference": self.paper.reference}
            return reverse(name, kwargs=given)
        if name in OF_COMMITMENT:
            if self.commitment is None:
                return ""
            given = {"commitment": self.commitment.public_id}
            if name == "claims:reverse":
                given |= {"kind": "row", "row": self.commitment.rows.get().public_id}
        elif name in OF_ENVELOPE:
            given = {"envelope": self.mutation.envelope.public_id}
            if name == "claims:mutation-stage":
                given["mutation"] = self.mutation.public_id
            elif name == "claims:raise-answer":
                given["limit_raise"] = self.limit_raise.public_id
        try:
            return reverse(name, kwargs={"reference": REFERENCE, **given})
        except Exception:  # an address without a claim
            return reverse(name, kwargs=given)

    def _admin_url(self, name: str) -> str:
        from django.contrib import admin
        from django.contrib.admin.utils import quote

        for model in admin.site._registry:
            start = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
            if name.startswith(start) and name.removeprefix(start) in OF_ONE:
                rows = model._default_manager.order_by("pk")
                row = (
                    self.claim
                    if model is Claim
                    else rows.filter(claim=self.claim).first()
                    if model.__name__ == "ClaimLine"
                    else rows.first()
                )
                if row is None:
                    return ""
                return reverse(name, args=[quote(getattr(row, "public_id", row.pk))])
        if name == "admin:app_list":
            return reverse(name, args=["claims"])
        return reverse(name)


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    """Return the table: address and state to the answer per role."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["address"], row["state"]): {role: row[role] for role in ROLES} for row in rows}


def answers(stage: Stage, client: Any, name: str) -> dict[str, str]:
    """Ask an address as each role; nothing that happens stays."""
    url = stage.url(name)
    found = {}
    for role in ROLES:
        if not url:
            found[role] = "no record"
            continue
        with transaction.atomic():
            client.logout()
            if role in stage.people:
                client.force_login(stage.people[role])
            response = client.get(url)
            if response.status_code == 405:
                response = client.post(url, {})
            found[role] = str(response.status_code)
            transaction.set_rollback(True)
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_every_address_answers_each_role_as_the_table_says(story: Any, client: Any) -> None:
    stage = Stage()
    Membership.objects.filter(user=stage.people["nobody"]).delete()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for state in STATES:
        with transaction.atomic():
            stage.bring(state)
            for name in addresses():
                of_claim = stage.of_claim(name)
                if of_claim or state == ClaimState.DRAFT:
                    found[name, str(state) if of_claim else "-"] = answers(stage, client, name)
            transaction.set_rollback(True)
        stage.claim.refresh_from_db()
    if os.environ.get("WRITE_PERMISSIONS"):
        write_table(found)
    assert not any("500" in row.values() for row in found.values())
    assert read_table() == found


def write_table(found: dict[tuple[str, str], dict[str, str]]) -> None:
    """Write the table as it is now, to be looked at before it is kept."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["address", "state", *ROLES])
        for (name, state), row in sorted(found.items()):
            writer.writerow([name, state, *(row[role] for role in ROLES)])


def test_every_address_has_a_row() -> None:
    known = {name for name, _state in read_table()}
    assert [name for name in addresses() if name not in known] == []
