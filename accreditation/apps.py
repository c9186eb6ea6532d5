from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    """From an idea to an accredited programme, and examples of good practice."""

    name = "accreditation"
    verbose_name = _("accreditation")
