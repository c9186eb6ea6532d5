from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScienceClubConfig(AppConfig):
    """The Science Club; for now the network of clubs."""

    name = "science_club"
    verbose_name = _("Science Club")
