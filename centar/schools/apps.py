from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """Districts, municipalities, settlements, schools and the subjects taught in them."""

    name = "centar.schools"
    label = "schools"
    verbose_name = _("Schools")
