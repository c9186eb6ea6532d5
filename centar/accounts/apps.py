from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing up and in: allauth with our forms, pages and letters. It has no models."""

    name = "centar.accounts"
    label = "accounts"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        """Make the letters of accounts known to the outbox, and hear of signing in."""
        from django.contrib.auth.signals import user_logged_in

        from centar import kept_forms
        from centar.accounts import letters

        letters.register()
        user_logged_in.connect(kept_forms.stay_signed_in, dispatch_uid="accounts.stay_signed_in")
