"""The back office: Django admin with a work queue on its front page."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from centar.portal import work_queue


class BackOffice(admin.AdminSite):
    """The admin site of the Centre."""

    site_header = _("Back office of the Centre")
    site_title = _("Back office")
    index_title = _("To do")
    index_template = "admin/front_page.html"

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send people to the portal's own way in: it has the limits and the second step."""
        return super().login(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Send people to the portal's own page: it limits guesses and tells the owner by letter."""
        return redirect("account_change_password")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The front page: what waits for the staff, then the apps."""
        tasks = work_queue.tasks_for(request.user)
        return super().index(request, {**(extra_context or {}), "tasks": tasks})
