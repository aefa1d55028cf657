"""Addresses of the claims floor."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
