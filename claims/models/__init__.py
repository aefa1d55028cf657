"""Models of the claims floor."""

from claims.models.annex import AnnexPart, Citation
from claims.models.budget import Article, Envelope, Instrument
from claims.models.claim import (
    Claim,
    ClaimLine,
    ContextFigure,
    Evaluation,
    Goal,
    LinePartner,
    LineYear,
    PlannedResult,
    ReferenceCounter,
    Section,
)
from claims.models.paper import Render, RenderState
from claims.models.template import FormTemplate, TemplateSection

__all__ = [
    "AnnexPart",
    "Article",
    "Citation",
    "Claim",
    "ClaimLine",
    "ContextFigure",
    "Envelope",
    "Evaluation",
    "FormTemplate",
    "Goal",
    "Instrument",
    "LinePartner",
    "LineYear",
    "PlannedResult",
    "ReferenceCounter",
    "Render",
    "RenderState",
    "Section",
    "TemplateSection",
]
