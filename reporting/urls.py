"""Addresses of the reporting floor."""

from django.urls import path

from reporting.views import home

urlpatterns = [
    path("", home, name="home"),
]
