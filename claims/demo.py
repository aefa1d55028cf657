"""The demo story: the facts of fixtures/demo, replayed through actions by named people on their dates."""

from __future__ import annotations

import datetime
import re
import uuid
from decimal import Decimal
from typing import Any

import pghistory
import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from claims.actions.create import create
from claims.actions.decide import record_milestone
from claims.actions.ledger import record_mutation
from claims.actions.written import create_paper, write_paper_section
from claims.enums import BudgetMoment, MutationStage, Series
from claims.models import (
    AnnexPart,
    Article,
    Citation,
    Claim,
    ClaimLine,
    ContextFigure,
    Envelope,
    Evaluation,
    FormTemplate,
    Goal,
    HouseItem,
    Instrument,
    LinePartner,
    LineYear,
    Party,
    PlannedResult,
    Section,
    WrittenPaper,
)
from claims.queries import figures
from core import richtext
from core.models import Country, Cover, Directorate, Membership, Source, Theme, User
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from results.models import Indicator, OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
NAMESPACE = uuid.UUID("6f0c1f0e-6d6a-5a53-9d83-1d4e3a3b7c11")
PASSWORD = "claimregister-demo"  # noqa: S105  (printed by ./run; the demo story is loaded in development only)
FIGURE = re.compile(r"\[\[(?P<key>[\w-]+) (?P<field>[\w.-]+) (?P<form>[\w-]+)\]\]")
CLAIMS = ("claim-2026", "claim-kinderen")


def identity(kind: str, key: str) -> uuid.UUID:
    """Return the public id of a record of the story: the same on every machine."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


class Story:
    """Loads the story once, into a database without claims or people."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], Any] = {}

    @transaction.atomic
    def load(self) -> None:
        """Load everything, or nothing."""
        self.people()
        self.partners()
        self.results()
        self.envelopes()
        for name in CLAIMS:
            self.claim(read(name))
        self.papers()

    def make(self, model: Any, kind: str, key: str, /, **fields: Any) -> Any:
        """Make a record with its fixed identity and remember it by its key."""
        record = model.objects.create(public_id=identity(kind, key), **fields)
        self.records[kind, key] = record
        return record

    def get(self, kind: str, key: str | None) -> Any:
        """Return a record of the story, or None for no key."""
        return self.records[kind, key] if key else None

    # -- people and reference ---------------------------------------------------------------------------------------

    def people(self) -> None:
        story = read("people")
        for row in story["directorates"]:
            Directorate.objects.create(public_id=identity("directorate", row["code"]), **row)
        password = make_password(PASSWORD)  # hashed once: it takes a quarter of a second
        for row in story["people"]:
            roles = row.pop("roles")
            address = f"{row['username']}@example.org"
            user = User.objects.create(
                public_id=identity("user", row["username"]), email=address, password=password, **row
            )
            for role, code in roles:
                Membership.objects.create(
                    user=user, role=role, directorate=Directorate.objects.get(code=code) if code else None
                )

    def envelopes(self) -> None:
        for key, row in read("envelopes").items():
            envelope = self.make(
                Envelope,
                "envelope",
                key,
                name=row["name"],
                year=row["year"],
                cover=_by_code(Cover, row.get("cover")),
                article=_article(row.get("article")),
            )
            self.budget(envelope, row.get("budget"))

    def budget(self, envelope: Envelope, amount: int | None) -> None:
        """Book the year's budget in both series, authorised on its first day."""
        if amount is None:
            return
        first_day = datetime.date(envelope.year, 1, 1)
        for series in Series:
            record_mutation(
                by=User.objects.get(username="fatima"),
                at=timezone.make_aware(datetime.datetime.combine(first_day, datetime.time(9))),
                envelope=envelope,
                series=series,
                amount=Decimal(amount),
                booked_on=first_day,
                moment=BudgetMoment.DRAFT_BUDGET,
                stage=MutationStage.AUTHORISED,
            )

    # -- partners and results ---------------------------------------------------------------------------------------

    def partners(self) -> None:
        story = read("partners")
        for key, row in story["sources"].items():
            self.make(Source, "source", key, **row)
        for key, row in story["partners"].items():
            row["administered_by"] = self.get("partner", row.get("administered_by"))
            self.make(Partner, "partner", key, **row)
        for key, row in story["contributions"].items():
            names = row.pop("partners", [])
            row |= {"source": self.get("source", row.get("source")), "cover": _by_code(Cover, row.get("cover"))}
            self.make(Contribution, "contribution", key, **row).partners.set(
                [self.get("partner", name) for name in names]
            )
        for key, row in story["totals"].items():
            self.make(
                FundTotal,
                "total",
                key,
                **row
                | {"partner": self.get("partner", row["partner"]), "source": self.get("source", row.get("source"))},
            )
        for key, row in story["appeals"].items():
            self.appeal(key, row)
        for key, row in story["shares"].items():
            self.make(
                Share,
                "share",
                key,
                contribution=self.get("contribution", row["contribution"]),
                total=self.get("total", row.get("total")),
                appeal=self.get("appeal", row.get("appeal")),
            )

    def appeal(self, key: str, row: dict[str, Any]) -> None:
        groups, parts = row.pop("groups", []), row.pop("parts", [])
        appeal = self.make(
            Appeal,
            "appeal",
            key,
            **row | {"partner": self.get("partner", row["partner"]), "source": self.get("source", row.get("source"))},
        )
        for position, (label, people) in enumerate(groups, 1):
            self.make(
                AppealGroup,
                "appeal-group",
                f"{key}-{position}",
                appeal=appeal,
                position=position,
                label=label,
                people=people,
            )
        for position, (purpose, amount) in enumerate(parts, 1):
            self.make(
                AppealPart,
                "appeal-part",
                f"{key}-{position}",
                appeal=appeal,
                position=position,
                purpose=purpose,
                amount=amount,
            )

    def results(self) -> None:
        story = read("results")
        for key, label in story["overlap_groups"].items():
            self.make(OverlapGroup, "overlap", key, label=label)
        for key, row in story["indicators"].items():
            self.make(Indicator, "indicator", key, **row | {"theme": _by_code(Theme, row.get("theme"))})
        for key, row in story["groups"].items():
            self.make(ResultGroup, "result-group", key, **row | {"partner": self.get("partner", row["partner"])})
        for key, row in story["results"].items():
            result = self.make(
                Result,
                "result",
                key,
                partner=self.get("partner", row["partner"]),
                group=self.get("result-group", row.get("group")),
                overlap_group=self.get("overlap", row.get("overlap")),
                indicator=self.get("indicator", row.get("indicator")),
                label=row["label"],
                unit=row.get("unit", ""),
                period_start=row["from"],
                period_end=row["to"],
            )
            version = self.make(
                ResultVersion,
                "result-version",
                key,
                result=result,
                value=row.get("value"),
                narrative=row.get("narrative", ""),
                as_of=row.get("as_of"),
                source=self.get("source", row.get("source")),
            )
            for position, (part, (label, value)) in enumerate(row.get("parts", {}).items(), 1):
                self.make(
                    ResultPart, "result-part", part, version_of=version, position=position, label=label, value=value
                )

    # -- claims -----------------------------------------------------------------------------------------------------

    def claim(self, row: dict[str, Any]) -> Claim:
        """Make one claim as its officer would."""
        officer, at = User.objects.get(username=row["by"]), row["at"]
        with pghistory.context(user=officer.pk, path="load_demo"):
            claim = create(
                by=officer,
                at=at,
                directorate=Directorate.objects.get(code=row["directorate"]),
                title=row["title"],
                first_year=row["first_year"],
                amount=Decimal(row["amount"]),
                country=_by_code(Country, row.get("country")),
                theme=_by_code(Theme, row.get("theme")),
                template=FormTemplate.objects.get(code=row["template"]),
                classification=row["classification"],
                ministry_reference=row.get("ministry_reference", ""),
                public_id=identity("claim", row["key"]),
            )
            self.records["claim", row["key"]] = claim
            claim.sources.set([self.get("source", key) for key in row.get("sources", [])])
            self.parts(claim, row)
            self.texts(claim, row)
        return claim

    def parts(self, claim: Claim, row: dict[str, Any]) -> None:
        for position, goal in enumerate(row.get("goals", []), 1):
            self.make(Goal, "goal", goal.pop("key"), claim=claim, position=position, **goal)
        for position, line in enumerate(row.get("lines", []), 1):
            self.line(claim, position, line)
        for position, figure in enumerate(row.get("context_figures", []), 1):
            key = figure.pop("key")
            self.make(
                ContextFigure,
                "context",
                key,
                claim=claim,
                position=position,
                **figure | {"source": self.get("source", figure.get("source"))},
            )
        for position, evaluation in enumerate(row.get("evaluations", []), 1):
            Evaluation.objects.create(claim=claim, position=position, **evaluation)

    def line(self, claim: Claim, position: int, row: dict[str, Any]) -> None:
        line = self.make(
            ClaimLine,
            "line",
            row["key"],
            claim=claim,
            position=position,
            goal=self.get("goal", row.get("goal")),
            title=row["title"],
            instrument=_by_code(Instrument, row.get("instrument")),
            article=_article(row.get("article")),
            earmark=row.get("earmark", ""),
        )
        for year in row["years"]:
            LineYear.objects.create(
                line=line,
                envelope=self.get("envelope", year.get("envelope")),
                open_year=year.get("year"),
                commitment=Decimal(year["commitment"]),
                cash=year.get("cash"),
            )
        for partner, role, status in row["partners"]:
            LinePartner.objects.create(line=line, partner=self.get("partner", partner), role=role, status=status)
        for number, planned in enumerate(row.get("planned", []), 1):
            self.make(PlannedResult, "planned", planned.pop("key"), line=line, position=number, **planned)

    def texts(self, claim: Claim, row: dict[str, Any]) -> None:
        questions = {question.key: question for question in claim.template.sections.all()}
        for key, text in row.get("sections", {}).items():
            Section.objects.create(claim=claim, question=questions[key], text=self.bound(text, claim))
        for position, part in enumerate(row.get("annex", []), 1):
            made = AnnexPart.objects.create(
                claim=claim,
                position=position,
                title=part["title"],
                partner=self.get("partner", part.get("partner")),
                text=self.bound(part.get("text", ""), claim),
            )
            for number, cited in enumerate(part.get("cites", []), 1):
                heading, addition = cited.pop("heading", ""), cited.pop("addition", "")
                ((kind, key),) = cited.items()
                Citation.objects.create(
                    part=made, position=number, heading=heading, addition=addition, **{kind: self.get(kind, key)}
                )

    # -- motions, undertakings and papers ---------------------------------------------------------------------------

    def papers(self) -> None:
        """Register motions and undertakings, and write the nota and the letter as their officers would."""
        story = read("papers")
        for key, row in story["house_items"].items():
            claims = row.pop("claims")
            directorate = Directorate.objects.get(code=row.pop("directorate"))
            item = self.make(HouseItem, "house-item", key, directorate=directorate, **row)
            item.claims.set([self.get("claim", claim) for claim in claims])
        for row in story["milestones"]:
            by, claim = User.objects.get(username=row.pop("by")), self.get("claim", row.pop("claim"))
            record_milestone(by=by, at=row.pop("at"), claim=claim, **row)
        for row in story["papers"]:
            self.paper(row)

    def paper(self, row: dict[str, Any]) -> None:
        """Write one nota or letter."""
        officer, at, key = User.objects.get(username=row.pop("by")), row.pop("at"), row.pop("key")
        texts, addressees = row.pop("sections"), row.pop("addressees", [])
        results = [self.get("result", name) for name in row.pop("key_results", [])]
        claims = [self.get("claim", name) for name in row.pop("claims")]
        with pghistory.context(user=officer.pk, path="load_demo"):
            paper = create_paper(by=officer, at=at, claims=claims, public_id=identity("paper", key), **row)
            paper.addressees.set(Party.objects.filter(code__in=addressees))
            paper.key_results.set(results)
            headings = {heading.key: heading for heading in paper.template.sections.all()}
            for name, text in texts.items():
                bound = self.bound(text, paper)
                write_paper_section(by=officer, paper=paper, heading=headings[name], text=bound, seen=0)
        self.records["paper", key] = paper

    def bound(self, text: str, claim: Claim | WrittenPaper) -> str:
        """Turn [[key field form]] into figure nodes with their present wording."""

        def node(match: re.Match[str]) -> str:
            record = self.records[match["field"].split(".")[0], match["key"]]
            return f'<span data-figure data-id="{record.public_id}" data-field="{match["field"]}" data-form="{match["form"]}">?</span>'

        document = richtext.read(FIGURE.sub(node, text))
        return richtext.html(figures.refreshed(document, figures.resolve(richtext.figures(document), claim)))


def load() -> bool:
    """Load the story unless people or claims are there already; true when it was loaded."""
    if User.objects.exists() or Claim.objects.exists():
        return False
    Story().load()
    return True


def read(name: str) -> Any:
    """Return one file of the story, with every moment aware of its zone."""
    loaded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    if isinstance(loaded, dict) and isinstance(loaded.get("at"), datetime.datetime) and timezone.is_naive(loaded["at"]):
        loaded["at"] = timezone.make_aware(loaded["at"])
    return loaded


def _by_code(model: Any, code: str | None) -> Any:
    return model.objects.get(code=code) if code else None


def _article(name: str | None) -> Article | None:
    if not name:
        return None
    chapter, number = name.split()
    return Article.objects.get(chapter=chapter, number=number)
