"""Addresses of the reporting floor."""

from django.urls import path

from reporting.views import (
    adding,
    comparison,
    envelope,
    envelopes,
    figure_card,
    guide,
    home,
    partner,
    portfolio,
    rights,
    rows,
    sheet,
)

urlpatterns = [
    path("", home, name="home"),
    path("partners/", portfolio, name="portfolio"),
    path("partners/<uuid:partner>/", partner, name="partner"),
    path("partners/<uuid:partner>/sheet/", sheet.sheet, name="partner-sheet"),
    path("partners/<uuid:partner>/sheet/<uuid:sheet>/", sheet.progress, name="partner-sheet-progress"),
    path("partners/<uuid:partner>/sheet/<uuid:sheet>/file/", sheet.file, name="partner-sheet-file"),
    path("envelopes/", envelopes, name="envelopes"),
    path("envelopes/<uuid:envelope>/", envelope, name="envelope"),
    path("figures/", figure_card.ask, name="figure-card"),
    path("figures/<uuid:answer>/", figure_card.answer, name="figure-card-answer"),
    path("numbers/<slug:measure>/", rows, name="number"),
    path("help/", guide.start, name="help"),
    path("help/words/", guide.word_list, name="help-words"),
    path("help/tour/", guide.tour_page, name="help-tour"),
    path("help/tour/hide/", guide.hide_tour, name="help-tour-hide"),
    path("help/<slug:name>/", guide.page, name="help-page"),
    path("toegankelijkheid/", guide.accessibility, name="accessibility"),
    path("accessibility/", guide.accessibility, name="accessibility-en"),
    path("results/adding/", adding, name="adding"),
    path("rights/", rights.rights, name="rights"),
    path("rights/reads/", rights.reads, name="confidential-reads"),
    path("results/published/", comparison, name="iati-comparison"),
]
