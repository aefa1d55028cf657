"""Models of the claims floor."""

from claims.models.annex import AnnexPart, Citation
from claims.models.books import BooksFile, BooksTotal, BooksWork, Reconciliation
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
from claims.models.ledger import (
    Commitment,
    CommitmentRow,
    CommitmentTotal,
    CommitmentYear,
    Deviation,
    EnvelopeTotal,
    LimitRaise,
    LineTotal,
    Mutation,
    Payment,
    PeriodAct,
    PlanQuarter,
    PlanVersion,
    PooledSplit,
    SplitPart,
    StageReached,
    WriteOff,
)
from claims.models.match import IatiMatch
from claims.models.paper import Render, RenderState
from claims.models.take_on import TakeOn
from claims.models.parliament import HouseItem
from claims.models.template import FormTemplate, TemplateSection
from claims.models.workflow import Approval, ApprovalRule, FindingAnswer, Step, StepContent

__all__ = [
    "AnnexPart",
    "Approval",
    "ApprovalRule",
    "Article",
    "BooksFile",
    "BooksTotal",
    "BooksWork",
    "Citation",
    "Claim",
    "ClaimLine",
    "Commitment",
    "CommitmentRow",
    "CommitmentTotal",
    "CommitmentYear",
    "ContextFigure",
    "Deadline",
    "Decision",
    "DecisionAmount",
    "Deviation",
    "Envelope",
    "EnvelopeTotal",
    "Evaluation",
    "Evidence",
    "EvidenceKind",
    "FindingAnswer",
    "FormTemplate",
    "Goal",
    "GrantEntry",
    "Handover",
    "HouseItem",
    "IatiMatch",
    "Instrument",
    "LimitRaise",
    "LinePartner",
    "LineTotal",
    "LineYear",
    "Milestone",
    "Mutation",
    "Party",
    "Payment",
    "PeriodAct",
    "PlanQuarter",
    "PlanVersion",
    "PlannedResult",
    "PooledSplit",
    "Reconciliation",
    "ReferenceCounter",
    "Remark",
    "Render",
    "RenderState",
    "RequiredEvidence",
    "Section",
    "SplitPart",
    "StageReached",
    "Step",
    "StepContent",
    "TakeOn",
    "TemplateSection",
    "WriteOff",
]
