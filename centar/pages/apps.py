from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Editorial pages; for now the network of centres."""

    name = "centar.pages"
    label = "pages"
    verbose_name = _("Pages")
