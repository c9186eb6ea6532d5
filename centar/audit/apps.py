from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who did what, when, to what."""

    name = "centar.audit"
    label = "audit"
    verbose_name = _("Audit")
