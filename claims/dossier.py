"""The shape of a dossier file, "dossier/1": which records and fields it holds, in which order. Export and import both walk it.

A file holds a draft and what it needs; no states, entries or users. Schema: docs/dossier-1.schema.json.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
    Instrument,
    LinePartner,
    LineYear,
    PlannedResult,
    Section,
)
from core.models import Country, Cover, Directorate, Source, Theme
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from results.models import Indicator, OverlapGroup, Result, ResultGroup, ResultPart, ResultVersion

FORMAT = "dossier/1"
LARGEST_FILE = 10 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Shape:
    """How records of one model stand in the file.

    `refs` name other records of the file by public id: field -> the list they stand in ("goals" for a claim's own).
    `codes` name reference data by its code: field -> model. `many` are lists of references. `children` are lists of
    records below this one: key -> (shape, the child's field that points here). `order` sorts what has no position.
    """

    model: Any
    fields: tuple[str, ...]
    refs: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    many: dict[str, str] = field(default_factory=dict)
    children: dict[str, tuple[Shape, str]] = field(default_factory=dict)
    order: Callable[[Any], Any] | None = None

    @property
    def positioned(self) -> bool:
        """True when the order in the file is the order of the records."""
        return any(column.name == "position" for column in self.model._meta.concrete_fields)


def article_code(article: Article) -> str:
    """Name an article across installations: "XVII/4.1/2024"."""
    return f"{article.chapter}/{article.number}/{article.first_year}"


SHARED: dict[str, Shape] = {
    "directorates": Shape(Directorate, ("code", "name_nl", "name_en")),
    "sources": Shape(Source, ("title", "publisher", "published_on", "url", "note")),
    "partners": Shape(
        Partner,
        ("name", "short_name", "kind", "iati_identifier", "website", "note"),
        refs={"administered_by": "partners"},
    ),
    "envelopes": Shape(
        Envelope, ("name", "year"), codes={"cover": Cover, "article": Article}, refs={"directorate": "directorates"}
    ),
    "contributions": Shape(
        Contribution,
        ("subject", "year", "amount", "recorded_amount", "recorded_currency", "as_of", "earmark", "paid_by", "note"),
        refs={"source": "sources"},
        codes={"cover": Cover},
        many={"partners": "partners"},
    ),
    "totals": Shape(
        FundTotal,
        ("year", "kind", "purpose", "amount", "currency", "as_of", "people_reached", "people_note", "final"),
        refs={"partner": "partners", "source": "sources"},
    ),
    "appeals": Shape(
        Appeal,
        ("title", "year", "required", "currency", "in_need", "targeted", "as_of"),
        refs={"partner": "partners", "source": "sources"},
        children={
            "groups": (Shape(AppealGroup, ("label", "people")), "appeal"),
            "parts": (Shape(AppealPart, ("purpose", "amount")), "appeal"),
        },
    ),
    "shares": Shape(
        Share,
        ("rate", "rate_kind", "rate_on"),
        refs={"contribution": "contributions", "total": "totals", "appeal": "appeals"},
    ),
    "indicators": Shape(
        Indicator, ("name", "unit", "counts", "timing", "additive", "definition", "active"), codes={"theme": Theme}
    ),
    "result_groups": Shape(ResultGroup, ("title", "note"), refs={"partner": "partners"}),
    "overlap_groups": Shape(OverlapGroup, ("label",)),
    "results": Shape(
        Result,
        ("label", "unit", "period_start", "period_end", "confidential"),
        refs={
            "partner": "partners",
            "indicator": "indicators",
            "group": "result_groups",
            "overlap_group": "overlap_groups",
            "directorate": "directorates",
        },
        children={
            "versions": (
                Shape(
                    ResultVersion,
                    ("number", "value", "narrative", "numerator", "denominator", "baseline", "target", "as_of"),
                    refs={"source": "sources"},
                    children={"parts": (Shape(ResultPart, ("label", "value")), "version_of")},
                    order=lambda row: row.number,
                ),
                "result",
            )
        },
    ),
}

CLAIM = Shape(
    Claim,
    (
        "title",
        "amount",
        "first_year",
        "last_year",
        "ministry_reference",
        "classification",
        "paper_date",
        "amount_to_update",
    ),
    refs={"directorate": "directorates"},
    codes={"country": Country, "theme": Theme, "template": FormTemplate},
    many={"sources": "sources"},
    children={
        "goals": (Shape(Goal, ("label", "sentence", "amount", "to_update")), "claim"),
        "lines": (
            Shape(
                ClaimLine,
                ("title", "earmark", "oda_percentage", "activity_number", "iati_activity", "note"),
                refs={"goal": "goals"},
                codes={"instrument": Instrument, "article": Article},
                children={
                    "years": (
                        Shape(
                            LineYear,
                            ("open_year", "commitment", "cash", "to_update"),
                            refs={"envelope": "envelopes"},
                            order=lambda row: (row.year, str(row.public_id)),
                        ),
                        "line",
                    ),
                    "roles": (
                        Shape(
                            LinePartner,
                            ("role", "status"),
                            refs={"partner": "partners"},
                            order=lambda row: (row.role, row.pk),
                        ),
                        "line",
                    ),
                    "planned_results": (Shape(PlannedResult, ("description", "value", "unit", "to_update")), "line"),
                },
            ),
            "claim",
        ),
        "evaluations": (Shape(Evaluation, ("evaluator", "planned_on", "method", "indicator", "baseline")), "claim"),
        "context_figures": (
            Shape(ContextFigure, ("subject", "value", "unit", "as_of", "to_update"), refs={"source": "sources"}),
            "claim",
        ),
        "sections": (Shape(Section, ("text", "to_update"), order=lambda row: row.question.position), "claim"),
        "annex_parts": (
            Shape(
                AnnexPart,
                ("title", "text", "to_update"),
                refs={"partner": "partners"},
                children={
                    "citations": (
                        Shape(
                            Citation,
                            ("heading", "addition"),
                            refs={
                                "result": "results",
                                "contribution": "contributions",
                                "total": "totals",
                                "appeal": "appeals",
                                "share": "shares",
                            },
                        ),
                        "part",
                    )
                },
            ),
            "claim",
        ),
    },
)
