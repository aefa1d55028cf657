"""One maker per model with an entry screen: the same call with another number makes another record of the same sort."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from claims.actions.create import quick_start
from claims.actions.written import create_paper
from claims.enums import StepKind
from claims.models import (
    AnnexPart,
    ApprovalRule,
    Article,
    ClaimLine,
    ContextFigure,
    Envelope,
    Evaluation,
    EvidenceKind,
    FormTemplate,
    Goal,
    HouseItem,
    Instrument,
    PaperTemplate,
    PaperTemplateSection,
    Party,
    PlannedResult,
    RedactionGround,
    RequiredEvidence,
    TemplateSection,
)
from core.models import Country, Cover, Directorate, Membership, Source, Theme, User
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from results.models import (
    IatiUpload,
    Indicator,
    OverlapGroup,
    PeriodLock,
    Result,
    ResultGroup,
    ResultPart,
    ResultVersion,
)
from tests.conftest import NOON
from tests.results.iati import activity, file, take_in, transaction
from tests.results.iati import result as reported

Maker = Callable[[int], Any]


def reference_data(model: Any) -> Maker:
    def make(number: int) -> Any:
        return model.objects.create(code=f"p{number:03d}", name_nl=f"Proef {number:03d}", name_en=f"Trial {number:03d}")

    return make


def country(number: int) -> Any:
    return Country.objects.create(code=f"{number:02d}", name_nl=f"Land {number}", name_en=f"Country {number}")


def source(number: int) -> Any:
    return Source.objects.create(
        title=f"Rapport {number}", publisher="OCHA", published_on=datetime.date(2025, 3, 1), url="https://example.org/r"
    )


def user(number: int) -> Any:
    made = User.objects.create(username=f"proef{number}", name=f"Proef {number}", email="p@example.org")
    Membership.objects.create(user=made, role="officer", directorate=reference_data(Directorate)(number))
    Membership.objects.create(user=made, role="controller")
    return made


def partner(number: int) -> Any:
    runs = Partner.objects.create(name=f"Beheerder {number:03d}", short_name=f"B{number:03d}", kind="international")
    return Partner.objects.create(
        name=f"Fonds {number:03d}",
        short_name=f"F{number:03d}",
        kind="pooled-fund",
        administered_by=runs,
        iati_identifier=f"XM-OCHA-{number:03d}",
        website="https://example.org/fonds",
        note="Loopt al jaren.",
    )


def contribution(number: int) -> Any:
    made = Contribution.objects.create(
        subject=f"Humanitaire hulp {number}",
        year=2023,
        amount=Decimal("20000000.00"),
        recorded_amount=Decimal("21492000.50"),
        recorded_currency="USD",
        as_of=datetime.date(2023, 12, 31),
        cover=Cover.objects.order_by("pk").first(),
        earmark="earmarked",
        source=source(number),
    )
    made.partners.set([partner(number)])
    return made


def fund_total(number: int, **fields: Any) -> Any:
    given = {"partner": partner(number), "year": 2023, "kind": "received", "amount": Decimal("182000000.00")} | fields
    return FundTotal.objects.create(**given, people_reached=4_300_000, source=source(number))


def appeal(number: int) -> Any:
    made = Appeal.objects.create(
        partner=partner(number),
        title=f"Noodhulpplan {number}",
        year=2024,
        required=Decimal("3100000000.00"),
        in_need=14_600_000,
        targeted=8_500_000,
        as_of=datetime.date(2024, 10, 31),
    )
    AppealGroup.objects.create(appeal=made, label="ontheemden", people=3_600_000)
    AppealPart.objects.create(appeal=made, purpose="onderdak", amount=Decimal("500000000.00"))
    return made


def share(number: int) -> Any:
    given = contribution(number)
    return Share.objects.create(
        contribution=given, total=fund_total(number + 500, as_of=datetime.date(2023, 12, 31), final=True)
    )


def result_group(number: int) -> Any:
    return ResultGroup.objects.create(partner=partner(number), title=f"Winterhulp {number}", note="Cijfers volgen.")


def overlap_group(number: int) -> Any:
    return OverlapGroup.objects.create(label=f"Winterhulp {number}")


def result(number: int) -> Any:
    group = result_group(number)
    made = Result.objects.create(
        partner=group.partner,
        group=group,
        label="kregen winterkleding",
        unit="mensen",
        period_start=datetime.date(2023, 1, 1),
        period_end=datetime.date(2023, 12, 31),
        overlap_group=overlap_group(number),
    )
    version = ResultVersion.objects.create(
        result=made, value=230_000, baseline=0, target=250_000, as_of=datetime.date(2023, 12, 31), source=source(number)
    )
    ResultPart.objects.create(version_of=version, label="kinderen", value=Decimal("80000.50"))
    return made


def result_version(number: int) -> Any:
    return result(number).versions.get()


def indicator(number: int) -> Any:
    return Indicator.objects.create(
        name=f"Bereikte mensen {number}", unit="mensen", counts="people", theme=Theme.objects.order_by("pk").first()
    )


def period_lock(number: int) -> Any:
    return PeriodLock.objects.create(
        partner=partner(number),
        period_start=datetime.date(2024, 1, 1),
        period_end=datetime.date(2024, 12, 31),
        reason="Jaarverslag akkoord",
        locked_at=NOON,
        locked_by=User.objects.order_by("pk").first(),
    )


def iati_file(number: int) -> Any:
    content = file(activity(f"XM-DAC-41114-{number}", inner=transaction(), results=reported(), status="9"))
    importer = User.objects.filter(username="iati-import").first() or User.objects.create(username="iati-import")
    return take_in(importer, NOON, content, name=f"bestand-{number}.xml")


def iati_activity(number: int) -> Any:
    return iati_file(number).activities.get()


def iati_upload(number: int) -> Any:
    by = User.objects.order_by("pk").first()
    return IatiUpload.objects.create(name=f"{number}.xml", content=b"<x/>", asked_by=by, asked_at=NOON)


def envelope(number: int) -> Any:
    return Envelope.objects.create(
        name=f"Steun {number}",
        year=2026,
        cover=Cover.objects.order_by("pk").first(),
        article=article(number),
        directorate=reference_data(Directorate)(number),
    )


def article(number: int) -> Any:
    return Article.objects.create(
        chapter="XVII",
        number=f"{number % 90 + 1}.9",
        name_nl=f"Hulp {number}",
        name_en=f"Aid {number}",
        first_year=2024,
    )


def claim(number: int, by: Any = None) -> Any:
    """A claim with one of everything, in the directorate of the officer who makes it."""
    drafter = by or User.objects.get(username="cast-anna")
    made = quick_start(
        by=drafter,
        at=NOON,
        directorate=drafter.memberships.get().directorate,
        title=f"Steun {number}",
        amount=Decimal("2000000.00"),
        partner=partner(number),
        envelope=envelope(number),
        year=2026,
    )
    line = made.lines.get()
    line.goal = Goal.objects.create(
        claim=made, label="Hulp", sentence="Mensen krijgen hulp.", amount=Decimal("2000000")
    )
    line.save()
    PlannedResult.objects.create(line=line, description="mensen bereikt", value=5000, unit="mensen")
    Evaluation.objects.create(claim=made, evaluator="IOB", planned_on=datetime.date(2027, 6, 1))
    ContextFigure.objects.create(
        claim=made, subject="Ontheemden", value=3_600_000, unit="mensen", source=source(number)
    )
    AnnexPart.objects.create(claim=made, title="UHF", text="<p>Tekst.</p>")
    made.sections.create(question=made.template.sections.get(key="doelen"), text="<p>Doel.</p>")
    made.sources.add(source(number))
    return made


def claim_line(number: int) -> Any:
    return ClaimLine.objects.get(claim=claim(number))


def house_item(number: int) -> Any:
    about = claim(number)
    made = HouseItem.objects.create(
        title=f"Motie {number}",
        directorate=about.directorate,
        document=f"36 045, nr. {number}",
        signatory="Kamerlid",
        raised_on=datetime.date(2026, 2, 1),
        due_on=datetime.date(2026, 6, 1),
        responsible=about.owner,
    )
    made.claims.add(about)
    return made


def written_paper(number: int) -> Any:
    about = claim(number)
    made = create_paper(by=about.owner, at=NOON, kind="nota", title=f"Nota {number}", claims=[about], via="DGIS")
    made.addressees.add(Party.objects.get(code="R"))
    return made


def form_template(number: int) -> Any:
    made = FormTemplate.objects.create(
        code=f"versie-{number}", name=f"Versie {number}", heading="Formulier", annex_heading="Bijlage"
    )
    TemplateSection.objects.create(
        template=made, position=1, key="doelen", number="1.", label="Doelen", questions=["Wat is het doel?"]
    )
    return made


def paper_template(number: int) -> Any:
    made = PaperTemplate.objects.create(code=f"nota-{number}", kind="nota", name=f"Nota {number}")
    PaperTemplateSection.objects.create(
        template=made, position=1, key="aanleiding", name="Aanleiding", label="Aanleiding"
    )
    return made


def redaction_ground(number: int) -> Any:
    return RedactionGround.objects.create(
        code=f"grond-{number}", regime="woo", article="5.1", name_nl=f"Grond {number}", name_en=f"Ground {number}"
    )


def required_evidence(number: int) -> Any:
    kind = reference_data(EvidenceKind)(number)
    return RequiredEvidence.objects.create(step=StepKind.values[number % len(StepKind.values)], kind=kind)


def approval_rule(number: int) -> Any:
    return ApprovalRule.objects.create(from_amount=Decimal(f"{number}000000.50"), approvals=2)


MAKERS: dict[str, Maker] = {
    "core.country": country,
    "core.theme": reference_data(Theme),
    "core.cover": reference_data(Cover),
    "core.directorate": reference_data(Directorate),
    "core.source": source,
    "core.user": user,
    "partners.partner": partner,
    "partners.contribution": contribution,
    "partners.fundtotal": fund_total,
    "partners.appeal": appeal,
    "partners.share": share,
    "results.resultgroup": result_group,
    "results.overlapgroup": overlap_group,
    "results.result": result,
    "results.resultversion": result_version,
    "results.indicator": indicator,
    "results.periodlock": period_lock,
    "results.iatiactivity": iati_activity,
    "results.iatifile": iati_file,
    "results.iatiupload": iati_upload,
    "claims.claim": claim,
    "claims.claimline": claim_line,
    "claims.houseitem": house_item,
    "claims.writtenpaper": written_paper,
    "claims.envelope": envelope,
    "claims.article": article,
    "claims.instrument": reference_data(Instrument),
    "claims.formtemplate": form_template,
    "claims.papertemplate": paper_template,
    "claims.redactionground": redaction_ground,
    "claims.party": reference_data(Party),
    "claims.evidencekind": reference_data(EvidenceKind),
    "claims.requiredevidence": required_evidence,
    "claims.approvalrule": approval_rule,
}
# Who can do the most with each: claims are an officer's, people and reference data the administrator's.
EDITORS = {
    "core.source": "officer",
    "partners.partner": "officer",
    "partners.contribution": "officer",
    "partners.fundtotal": "officer",
    "partners.appeal": "officer",
    "partners.share": "officer",
    "results.resultgroup": "officer",
    "results.overlapgroup": "officer",
    "results.result": "officer",
    "results.resultversion": "officer",
    "results.indicator": "officer",
    "results.periodlock": "controller",
    "results.iatiactivity": "officer",
    "results.iatifile": "officer",
    "results.iatiupload": "officer",
    "claims.claim": "officer",
    "claims.claimline": "officer",
    "claims.houseitem": "officer",
    "claims.writtenpaper": "officer",
}
EVERY = sorted(MAKERS)
KEPT = {"results.periodlock", "results.iatiactivity", "results.iatifile", "results.iatiupload"}  # shown, never changed
CANNOT_ADD = {
    "results.resultversion",
    "claims.claimline",
    "claims.formtemplate",
    "claims.papertemplate",
    "claims.writtenpaper",
    "results.iatiactivity",
    "results.iatifile",
}
