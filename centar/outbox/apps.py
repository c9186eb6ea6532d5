from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Letters: rows in the database, sent by the worker."""

    name = "centar.outbox"
    label = "outbox"
    verbose_name = _("Letters")
