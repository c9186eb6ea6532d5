from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """What sees all apps: home, my page, the back office's front page, the page cache."""

    name = "centar.portal"
    label = "portal"
    verbose_name = _("Portal")


class BackOfficeConfig(AdminConfig):
    """Django's admin with the work queue on its front page."""

    default_site = "centar.portal.back_office.BackOffice"
