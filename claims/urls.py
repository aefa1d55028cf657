"""Addresses of the claims floor."""

from django.urls import path
from django.urls.resolvers import URLPattern

from claims.views import annex, overview, papers, start, writing

app_name = "claims"

urlpatterns: list[URLPattern] = [
    path("new/", start.new, name="new"),
    path("<slug:reference>/", overview.overview, name="overview"),
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
