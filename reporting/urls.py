"""Addresses of the reporting floor."""

from django.urls import path

from reporting.views import adding, comparison, envelope, envelopes, home, partner, portfolio, rows

urlpatterns = [
    path("", home, name="home"),
    path("partners/", portfolio, name="portfolio"),
    path("partners/<uuid:partner>/", partner, name="partner"),
    path("envelopes/", envelopes, name="envelopes"),
    path("envelopes/<uuid:envelope>/", envelope, name="envelope"),
    path("numbers/<slug:measure>/", rows, name="number"),
    path("results/adding/", adding, name="adding"),
    path("results/published/", comparison, name="iati-comparison"),
]
