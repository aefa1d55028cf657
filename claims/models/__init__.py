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
from claims.models.decision import Decision, DecisionAmount, GrantEntry, Milestone, Party
from claims.models.evidence import Evidence, EvidenceKind, RequiredEvidence
from claims.models.follow import Deadline, Handover, Remark
from claims.models.paper import Render, RenderState
from claims.models.template import FormTemplate, TemplateSection
from claims.models.workflow import Approval, ApprovalRule, FindingAnswer, Step, StepContent

__all__ = [
    "AnnexPart",
    "Approval",
    "ApprovalRule",
    "Article",
    "Citation",
    "Claim",
    "ClaimLine",
    "ContextFigure",
    "Deadline",
    "Decision",
    "DecisionAmount",
    "Envelope",
    "Evaluation",
    "Evidence",
    "EvidenceKind",
    "FindingAnswer",
    "FormTemplate",
    "Goal",
    "GrantEntry",
    "Handover",
    "Instrument",
    "LinePartner",
    "LineYear",
    "Milestone",
    "Party",
    "PlannedResult",
    "ReferenceCounter",
    "Remark",
    "Render",
    "RenderState",
    "RequiredEvidence",
    "Section",
    "Step",
    "StepContent",
    "TemplateSection",
]
