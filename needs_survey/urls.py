"""Addresses of the needs survey."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "needs_survey"

urlpatterns: list[URLPattern] = []
