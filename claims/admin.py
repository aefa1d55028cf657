"""Entry screens of claims and of the budget they draw on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Q, TextField
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims import policies
from claims.actions.create import register
from claims.enums import PartnerRole, WrittenKind
from claims.forms import HouseItemForm, LineRowForm, item_directorates, officer_directorates
from claims.models import (
    ApprovalRule,
    Article,
    Claim,
    ClaimLine,
    ContextFigure,
    Envelope,
    Evaluation,
    EvidenceKind,
    FormTemplate,
    Goal,
    HouseItem,
    Instrument,
    LinePartner,
    LineYear,
    PaperClaim,
    PaperTemplate,
    PaperTemplateSection,
    Party,
    PlannedResult,
    RedactionGround,
    RequiredEvidence,
    TemplateSection,
    WrittenPaper,
)
from claims.rules.numbering import letter
from core.admin import CONTENT_ROLES, HouseAdmin, HouseInline
from core.admin.base import PublicIdChangeList, address
from core.enums import Role
from core.forms import VersionedForm
from core.language import language
from core.models import User
from core.numbers import format_amount
from core.views import person
from results.models import Result

KEEPERS = (Role.OFFICER, Role.MANAGER, Role.REGISTRAR)  # who keep motions and undertakings


class ClearsMark(VersionedForm):
    """Takes away "still to be updated" when a figure is changed; the box itself can also be unticked."""

    figures: tuple[str, ...] = ("amount", "value", "commitment", "cash", "envelope")

    def save(self, commit: bool = True) -> Any:
        if "to_update" not in self.changed_data and set(self.changed_data) & set(self.figures):
            self.instance.to_update = False
        return super().save(commit)


class NumberedRows:
    """Numbers new rows after the old ones, in the order in which they stand on the screen."""

    def save_rows(self, formset: Any, siblings: Any) -> None:
        """Save a formset of rows with a position."""
        rows = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        last = max([row.position for row in siblings.all()], default=0)
        for row in rows:
            if row.pk is None:
                last += 1
                row.position = last
            row.save()
        formset.save_m2m()


class GoalInline(HouseInline):
    """Goals."""

    model = Goal
    form = ClearsMark
    fields = ["label", "sentence", "amount", "to_update"]
    description = _(
        "The label is short and heads the texts; the sentence says what is aimed at. They are lettered a, b, … in this order."
    )
    below_template = "claims/goals_division.html"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 2


class LineInline(HouseInline):
    """Lines, each on one row; what a row cannot hold stands under Details."""

    model = ClaimLine
    form = LineRowForm
    fields = ["goal_letter", "title", "recipients", "envelope", "commitment"]
    description = _(
        "For whom is the money? No division known yet? Choose both partners: the amount counts once and is never divided by guess."
    )
    show_change_link = True
    cards = True
    below_template = "claims/lines_division.html"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 2

    # What a reader sees in the place of the row's boxes; the names are those of the boxes.

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("goal").prefetch_related("years__envelope", "roles__partner")

    @admin.display(description=_("goal"))
    def goal_letter(self, line: ClaimLine) -> str:
        return str(line.goal or "–")

    @admin.display(description=_("recipients"))
    def recipients(self, line: ClaimLine) -> str:
        names = [str(role.partner) for role in line.roles.all() if role.role == PartnerRole.RECIPIENT]
        return " + ".join(names) or "–"

    @admin.display(description=_("envelope (cover)"))
    def envelope(self, line: ClaimLine) -> str:
        return ", ".join(str(year.envelope or year.open_year) for year in line.years.all()) or "–"

    @admin.display(description=_("amount"))
    def commitment(self, line: ClaimLine) -> str:
        amounts = [year.commitment for year in line.years.all()]
        return format_amount(sum(amounts, Decimal(0)), language()) if amounts else "–"


class EvaluationInline(HouseInline):
    """Evaluation."""

    model = Evaluation
    fields = ["evaluator", "planned_on", "method", "indicator", "baseline"]
    description = _("Printed as a table under section 6.")
    cards = True


class ContextFigureInline(HouseInline):
    """Figures about the situation."""

    model = ContextFigure
    form = ClearsMark
    fields = ["subject", "value", "unit", "as_of", "source", "to_update"]
    autocomplete_fields = ["source"]
    cards = True
    description = _("Figures about the situation, with the date up to which they hold and where they were read.")


class ClaimChangeList(PublicIdChangeList):
    """Rows lead to the claim's overview."""

    def url_for_result(self, result: Any) -> str:
        return reverse("claims:overview", args=[result.reference])


@admin.register(Claim)
class ClaimAdmin(NumberedRows, HouseAdmin):
    """Claims."""

    list_display = ["reference", "title", "amount_shown", "years_shown", "directorate_code", "state_shown", "owner"]
    list_display_links = ["reference", "title"]
    list_filter = [
        "state",
        "first_year",
        ("directorate", admin.RelatedOnlyFieldListFilter),
        ("theme", admin.RelatedOnlyFieldListFilter),
        ("country", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["directorate", "owner"]
    search_fields = [
        "reference",
        "title",
        "ministry_reference",
        "lines__title",
        "lines__partners__name",
        "lines__partners__short_name",
    ]
    search_help_text = _("Part of the title, the reference, a line or a partner.")
    autocomplete_fields = ["country", "sources"]
    fieldsets = [
        (None, {"fields": ["title", "amount", ("first_year", "last_year")]}),
        (_("Who"), {"fields": ["directorate", ("owner", "deputy")]}),
        (_("Classification of the subject"), {"fields": [("country", "theme"), "sources"]}),
        (
            _("The paper"),
            {"fields": ["template", ("classification", "paper_date"), "ministry_reference"], "classes": ["collapse"]},
        ),
    ]
    inlines = [GoalInline, LineInline, EvaluationInline, ContextFigureInline]

    # -- who may --------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policies.may_create(person(request)) is None

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        if obj is None:
            return policies.may_create(person(request)) is None
        return policies.may_edit(person(request), obj) is None

    # -- list -----------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"new_url": reverse("claims:new"), **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ClaimChangeList

    @admin.display(description=_("amount requested"), ordering="amount")
    def amount_shown(self, claim: Claim) -> SafeString | str:
        return (
            "–"
            if claim.amount is None
            else format_html('<span class="num">{}</span>', format_amount(claim.amount, language()))
        )

    @admin.display(description=_("years"), ordering="first_year")
    def years_shown(self, claim: Claim) -> str:
        return claim.years

    @admin.display(description=_("directorate"), ordering="directorate__code")
    def directorate_code(self, claim: Claim) -> str:
        return str(claim.directorate.code)

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, claim: Claim) -> SafeString:
        return format_html('<span class="badge badge--{}">{}</span>', claim.state, claim.get_state_display())

    # -- form -----------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        return ["template", "directorate"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        year, mine = timezone.localdate().year, list(officer_directorates(person(request))[:2])
        template = FormTemplate.objects.filter(active=True).order_by("-preferred", "code").first()
        return {
            "first_year": year,
            "last_year": year,
            "owner": person(request).pk,
            "template": template,
            "directorate": mine[0] if len(mine) == 1 else None,
        }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "directorate":
            kwargs["queryset"] = officer_directorates(person(request))
        elif db_field.name in ("owner", "deputy"):
            kwargs["queryset"] = self._holders(request)
        elif db_field.name == "template":
            kwargs["queryset"] = FormTemplate.objects.filter(active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _holders(self, request: HttpRequest) -> Any:
        """Offer the policy officers of the claim's directorate, and whoever holds it now."""
        known = self.get_object(
            request, (request.resolver_match.kwargs if request.resolver_match else {}).get("object_id", "")
        )
        within = [known.directorate] if known else officer_directorates(person(request))
        here = Q(memberships__directorate__in=within) | Q(memberships__directorate=None)
        officers = Q(here, is_active=True, memberships__role=Role.OFFICER)
        holding = Q(pk__in=[known.owner_id, known.deputy_id]) if known else Q()
        return User.objects.filter(officers | holding if known else officers).distinct()

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if change:
            if "amount" in form.changed_data:
                obj.amount_to_update = False
            super().save_model(request, obj, form, change)
        else:
            register(by=person(request), at=timezone.now(), claim=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is ClaimLine:
            self._save_lines(request, form.instance, formset)
        else:
            self.save_rows(formset, formset.model.objects.filter(claim=form.instance))

    def _save_lines(self, request: HttpRequest, claim: Claim, formset: Any) -> None:
        """Save the rows of lines after the goals, so that a letter finds its goal."""
        goals = {letter(number): goal for number, goal in enumerate(Goal.objects.filter(claim=claim).in_order(), 1)}
        for row in formset.forms:
            if row in formset.deleted_forms or not row.has_changed() or not hasattr(row, "cleaned_data"):
                continue
            chosen = row.cleaned_data.get("goal_letter", "")
            row.instance.goal = goals.get(chosen)
            if chosen and chosen not in goals:
                text = format_lazy(
                    _("Line “{line}”: there is no goal {letter} yet. The line was saved without a goal."),
                    line=row.instance.title,
                    letter=chosen,
                )
                self.message_user(request, str(text), messages.WARNING)
        self.save_rows(formset, ClaimLine.objects.filter(claim=claim))
        for row in formset.forms:
            if row.instance.pk and row not in formset.deleted_forms and row.has_changed():
                row.save_parts()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = self.as_stored(request, context.get("original"))
        context["claim"], context["tab"] = claim, "data"
        if claim is not None:
            context["refusal"] = policies.may_edit(person(request), claim)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the timeline, which also tells what happened to goals, lines and years."""
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        return HttpResponseRedirect(reverse("claims:timeline", args=[claim.reference]))

    def after_save(self, request: HttpRequest, obj: Claim) -> str:
        return reverse("claims:overview", args=[obj.reference])


class LineYearInline(HouseInline):
    """Years of a line."""

    model = LineYear
    form = ClearsMark
    fields = ["envelope", "open_year", "commitment", "cash", "to_update"]
    autocomplete_fields = ["envelope"]


class LinePartnerInline(HouseInline):
    """Partners of a line."""

    model = LinePartner
    fields = ["partner", "role", "status"]
    autocomplete_fields = ["partner"]
    description = _(
        "No division known yet? Two recipients together make a pooled line: the amount counts once and is never divided by guess."
    )


class PlannedResultInline(HouseInline):
    """Planned results of a line."""

    model = PlannedResult
    form = ClearsMark
    fields = ["description", "value", "unit", "to_update"]


@admin.register(ClaimLine)
class ClaimLineAdmin(NumberedRows, HouseAdmin):
    """One line with its years, partners and planned results. Reached from its claim."""

    in_index = False
    fieldsets = [
        (None, {"fields": ["title", "goal", ("instrument", "earmark"), "article", ("oda_percentage",)]}),
        (_("Numbers and note"), {"fields": [("activity_number", "iati_activity"), "note"], "classes": ["collapse"]}),
    ]
    autocomplete_fields = ["article"]
    inlines = [LineYearInline, LinePartnerInline, PlannedResultInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .filter(claim__in=Claim.objects.visible_to(person(request)))
            .select_related("claim")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ClaimLine | None = None) -> bool:
        return obj is not None and policies.may_edit(person(request), obj.claim) is None

    def get_form(self, request: HttpRequest, obj: ClaimLine | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and "goal" in form.base_fields:
            form.base_fields["goal"].queryset = Goal.objects.filter(claim=obj.claim).in_order()
        return form

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is PlannedResult:
            self.save_rows(formset, PlannedResult.objects.filter(line=form.instance))
        else:
            formset.save()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        line = context.get("original")
        if line is not None:
            context["claim"], context["tab"] = line.claim, "data"
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the claim's timeline, where the line's years, partners and results stand as well."""
        line = self.get_object(request, object_id)
        if line is None:
            raise Http404
        return HttpResponseRedirect(reverse("claims:timeline", args=[line.claim.reference]))

    def after_save(self, request: HttpRequest, obj: ClaimLine) -> str:
        return address(obj.claim)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        self.message_user(request, format_html(str(_("Removed: {}")), obj_display), messages.SUCCESS)
        claim = getattr(request, "claim_of_line", None)
        return HttpResponseRedirect(address(claim) if claim else reverse("admin:claims_claim_changelist"))

    def delete_model(self, request: HttpRequest, obj: ClaimLine) -> None:
        request.claim_of_line = obj.claim  # type: ignore[attr-defined]
        super().delete_model(request, obj)


@admin.register(HouseItem)
class HouseItemAdmin(HouseAdmin):
    """Entering motions and undertakings; the list and settling them stand on pages of their own."""

    form = HouseItemForm
    list_display = ["title", "kind", "document", "signatory", "due_on", "state"]
    list_filter = ["kind", "state", ("directorate", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "document", "signatory"]
    autocomplete_fields = ["claims"]
    fieldsets = [
        (None, {"fields": ["kind", "title", ("document", "raised_on"), ("signatory", "addressee"), "outcome", "text"]}),
        (_("Who and when"), {"fields": ["directorate", ("responsible", "due_on"), "claims"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policies.may_keep_item(person(request)) is None

    def has_change_permission(self, request: HttpRequest, obj: HouseItem | None = None) -> bool:
        return policies.may_keep_item(person(request), obj) is None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("claims:house-items"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        mine = list(item_directorates(person(request))[:2])
        claims = Claim.objects.visible_to(person(request)).filter(reference=request.GET.get("claim", "")[:20])
        return {"directorate": mine[0] if len(mine) == 1 else None, "claims": list(claims)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "directorate":
            kwargs["queryset"] = item_directorates(person(request))
        elif db_field.name == "responsible":
            kwargs["queryset"] = User.objects.filter(is_active=True, memberships__role__in=KEEPERS).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Claim.objects.visible_to(person(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the links to claims that this person does not see."""
        seen = Claim.objects.visible_to(person(request)).values("pk")
        unseen = list(form.instance.claims.exclude(pk__in=seen))
        super().save_related(request, form, formsets, change)
        form.instance.claims.add(*unseen)

    def after_save(self, request: HttpRequest, obj: HouseItem) -> str:
        return reverse("claims:house-item", args=[obj.public_id])


class PaperClaimInline(HouseInline):
    """The claims a paper is about, in its order."""

    model = PaperClaim
    fields = ["claim"]
    autocomplete_fields = ["claim"]
    description = _("In the order in which the paper names them.")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Claim.objects.visible_to(person(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


HEAD_OF_NOTA = [
    (None, {"fields": ["title", "nature", ("paper_date", "ministry_reference")]}),
    (
        _("Head of the paper"),
        {
            "fields": [
                "addressees",
                ("from_line", "via"),
                ("copies_to", "coordinated_with"),
                "drawn_up_by",
                "classification",
            ]
        },
    ),
    (_("What goes with it"), {"fields": ["house_items", "accompanies", "other_annexes"]}),
]
HEAD_OF_LETTER = [
    (None, {"fields": ["title", ("paper_date", "ministry_reference"), ("your_reference", "classification")]}),
    (_("Address and signature"), {"fields": ["address", ("salutation", "closing"), "signatories"]}),
    (_("What it tells and what goes with it"), {"fields": ["key_results", "house_items", "frame", "other_annexes"]}),
]


@admin.register(WrittenPaper)
class WrittenPaperAdmin(NumberedRows, HouseAdmin):
    """The head of a nota or letter. Its texts, check and files stand on pages of their own."""

    list_display = ["reference", "title", "kind"]
    search_fields = ["reference", "title", "ministry_reference"]
    autocomplete_fields = ["key_results", "house_items"]
    inlines = [PaperClaimInline]
    formfield_overrides = {
        **HouseAdmin.formfield_overrides,
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4, "lang": "nl"})},
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: WrittenPaper | None = None) -> bool:
        return obj is not None and policies.may_write_paper(person(request), obj) is None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("claims:papers"))

    def get_fieldsets(self, request: HttpRequest, obj: WrittenPaper | None = None) -> Any:
        return HEAD_OF_NOTA if obj is None or obj.kind == WrittenKind.NOTA else HEAD_OF_LETTER

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "accompanies":
            kwargs["queryset"] = WrittenPaper.objects.visible_to(person(request)).filter(kind=WrittenKind.LETTER)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "addressees":
            kwargs["widget"] = CheckboxSelectMultiple()
            kwargs["queryset"] = Party.objects.filter(active=True).order_by("code")
        elif db_field.name == "house_items":
            kwargs["queryset"] = HouseItem.objects.visible_to(person(request))
        elif db_field.name == "key_results":
            kwargs["queryset"] = Result.objects.visible_to(person(request)).filter(confidential=False)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        self.save_rows(formset, PaperClaim.objects.filter(paper=form.instance))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        paper = self.as_stored(request, context.get("original"))
        context |= {"paper": paper, "tab": "data"}
        return super().render_change_form(request, context, *args, **kwargs)

    def after_save(self, request: HttpRequest, obj: WrittenPaper) -> str:
        return reverse("claims:paper-write", args=[obj.reference])


class PaperTemplateSectionInline(HouseInline):
    """Headings of a version. What is printed never changes: a changed heading is a new version."""

    model = PaperTemplateSection
    fields = ["name", "label", "optional", "block", "guidance_nl", "guidance_en"]
    readonly_fields = ["label", "block"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PaperTemplate)
class PaperTemplateAdmin(NumberedRows, HouseAdmin):
    """Versions of nota and letter."""

    list_display = ["name", "kind", "code", "preferred", "active"]
    fields = ["code", "kind", "name", ("preferred", "active")]
    readonly_fields = ["kind"]
    inlines = [PaperTemplateSectionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Envelope)
class EnvelopeAdmin(HouseAdmin):
    """Envelopes."""

    editors = CONTENT_ROLES - {Role.OFFICER} | {Role.MANAGER}
    list_display = ["name", "year_shown", "cover", "article", "directorate", "active"]
    list_filter = [
        "year",
        ("cover", admin.RelatedOnlyFieldListFilter),
        ("directorate", admin.RelatedOnlyFieldListFilter),
        "active",
    ]
    list_select_related = ["cover", "article", "directorate"]
    search_fields = ["name", "year", "cover__name_nl", "cover__name_en"]
    search_help_text = _("Part of the name, the year or the cover.")
    autocomplete_fields = ["article"]
    fields = ["name", "year", "cover", "article", "directorate", "active"]

    @admin.display(description=_("budget year"), ordering="year")
    def year_shown(self, envelope: Envelope) -> str:
        return str(envelope.year)


@admin.register(Article)
class ArticleAdmin(HouseAdmin):
    """Budget articles."""

    editors = CONTENT_ROLES - {Role.OFFICER}
    list_display = ["chapter", "number", "name_nl", "years_shown"]
    list_display_links = ["number", "name_nl"]
    list_filter = ["chapter"]
    search_fields = ["chapter", "number", "name_nl", "name_en"]

    @admin.display(description=_("years"))
    def years_shown(self, article: Article) -> str:
        return f"{article.first_year}–{article.last_year or ''}"


@admin.register(Instrument)
class InstrumentAdmin(HouseAdmin):
    """Instruments."""

    list_display = ["name_nl", "name_en", "code", "active"]
    search_fields = ["name_nl", "name_en", "code"]


class TemplateSectionInline(HouseInline):
    """Sections of a form version. Their questions never change: a changed question is a new version."""

    model = TemplateSection
    fields = ["number", "label", "questions", "guidance_nl", "guidance_en"]
    readonly_fields = ["number", "label", "questions"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FormTemplate)
class FormTemplateAdmin(NumberedRows, HouseAdmin):
    """Form versions."""

    list_display = ["name", "code", "preferred", "active"]
    fields = ["code", "name", "heading", "subheading", "annex_heading", "valid_from", ("preferred", "active")]
    inlines = [TemplateSectionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Party)
class PartyAdmin(HouseAdmin):
    """Deciding parties."""

    list_display = ["code", "name_nl", "settles", "active"]
    fields = ["code", "name_nl", "name_en", "settles", "active"]
    search_fields = ["code", "name_nl", "name_en"]


@admin.register(EvidenceKind)
class EvidenceKindAdmin(HouseAdmin):
    """Kinds of evidence."""

    list_display = ["name_nl", "code", "active"]
    fields = ["code", "name_nl", "name_en", "active"]
    search_fields = ["name_nl", "name_en"]


@admin.register(RedactionGround)
class RedactionGroundAdmin(HouseAdmin):
    """Grounds on which passages are left out of public papers."""

    list_display = ["name_nl", "regime", "article", "active"]
    list_filter = ["regime"]
    fields = ["code", "regime", "article", "name_nl", "name_en", "position", "active"]
    search_fields = ["name_nl", "name_en", "article"]


@admin.register(RequiredEvidence)
class RequiredEvidenceAdmin(HouseAdmin):
    """Which evidence a step asks."""

    list_display = ["step", "kind"]
    list_select_related = ["kind"]
    fields = ["step", "kind"]


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(HouseAdmin):
    """How many controllers must agree from which amount."""

    list_display = ["amount_shown", "approvals"]
    fields = ["from_amount", "approvals"]

    @admin.display(description=_("from amount"), ordering="from_amount")
    def amount_shown(self, rule: ApprovalRule) -> str:
        return format_amount(rule.from_amount, language())
