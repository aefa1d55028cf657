"""Addresses of the claims floor."""

from django.urls import path
from django.urls.resolvers import URLPattern

from claims.views import annex, control, decisions, follow, overview, papers, start, steps, timeline, writing

app_name = "claims"

urlpatterns: list[URLPattern] = [
    path("new/", start.new, name="new"),
    path("changes/", timeline.changes, name="changes"),
    path("control-file/", control.control, name="control"),
    path("deadlines/", follow.deadlines, name="deadlines"),
    path("deadlines/file/", follow.deadlines_file, name="deadlines-file"),
    path("hand-over/", follow.hand_over, name="hand-over"),
    path("<slug:reference>/", overview.overview, name="overview"),
    path("<slug:reference>/step/<slug:kind>/", steps.step, name="step"),
    path("<slug:reference>/decisions/", decisions.decisions, name="decisions"),
    path("<slug:reference>/decisions/new/", decisions.register, name="decision-new"),
    path("<slug:reference>/decisions/<uuid:decision>/", decisions.decision, name="decision"),
    path("<slug:reference>/milestones/", decisions.milestone, name="milestone"),
    path("<slug:reference>/evidence/", decisions.evidence, name="evidence"),
    path("<slug:reference>/evidence/<uuid:evidence>/", decisions.evidence_file, name="evidence-file"),
    path("<slug:reference>/remarks/", follow.remarks, name="remarks"),
    path("<slug:reference>/remarks/add/", follow.add_remark, name="remark-add"),
    path("<slug:reference>/remarks/<uuid:remark>/close/", follow.close_remark, name="remark-close"),
    path("<slug:reference>/deadlines/", follow.add_deadline, name="deadline-add"),
    path("<slug:reference>/deadlines/<uuid:deadline>/met/", follow.meet_deadline, name="deadline-met"),
    path("<slug:reference>/timeline/", timeline.show, name="timeline"),
    path("<slug:reference>/copy/", start.copy, name="copy"),
    path("<slug:reference>/dossier/", overview.dossier, name="dossier"),
    path("<slug:reference>/write/", writing.write, name="write"),
    path("<slug:reference>/write/<slug:key>/", writing.save, name="save-section"),
    path("<slug:reference>/write/<slug:key>/updated/", writing.updated, name="section-updated"),
    path("<slug:reference>/annex/", annex.annex, name="annex"),
    path("<slug:reference>/annex/add/", annex.add, name="annex-add"),
    path("<slug:reference>/annex/<uuid:part>/", annex.part, name="annex-part"),
    path("<slug:reference>/annex/<uuid:part>/text/", annex.save_text, name="annex-save"),
    path("<slug:reference>/paper/<slug:kind>/", papers.preview, name="preview"),
    path("<slug:reference>/paper/<slug:kind>/fragment/", papers.fragment, name="fragment"),
    path("<slug:reference>/paper/<slug:kind>/pdf/", papers.ask, name="ask-pdf"),
    path("<slug:reference>/paper/<slug:kind>/pdf/<uuid:render>/", papers.progress, name="pdf-progress"),
    path("<slug:reference>/paper/<slug:kind>/pdf/<uuid:render>/file/", papers.download, name="pdf"),
]
