"""Addresses of the reporting floor."""

from django.urls import path

from reporting.views import adding, comparison, home

urlpatterns = [
    path("", home, name="home"),
    path("results/adding/", adding, name="adding"),
    path("results/published/", comparison, name="iati-comparison"),
]
