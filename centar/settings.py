"""Settings of the portal. What differs between machines comes from the environment:

CENTAR_MODE      development or production (the default)
SECRET_KEY       at least 50 random characters
SECRET_KEY_FALLBACKS  secrets that were replaced, separated by commas: what was made with them
                 stays good (links, sign-ins, teachers' drafts and sealed answers)
SITE_URL         the public address, for letters, feeds and codes: https://…
ALLOWED_HOSTS    names separated by commas
DATABASE_URL     postgres://user:password@host:port/name
EMAIL_URL        smtp+tls://user:password@host:587
MAIL_FROM        sender of letters
LOCAL_POSTGRES   development: the folder of the embedded server's data
BEHIND_PROXY     1 when a proxy in front sets X-Forwarded-Proto and X-Forwarded-For
SIGNING_KEY      a PKCS#12 file (.p12) with the Centre's key; without it papers bear no signature
SIGNING_PASSPHRASE  the passphrase of that file
"""

import os
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from centar.environment import Environment

# Lets classes such as ModelForm[Any] be written as the type checker wants them.
django_stubs_ext.monkeypatch()
# With lxml, which other libraries bring along, openpyxl writes Cyrillic three times as long.
os.environ.setdefault("OPENPYXL_LXML", "False")

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
VAR_DIR = BASE_DIR / "var"
NODE_MODULES = BASE_DIR / "node_modules"

env = Environment(BASE_DIR)

DEBUG = not env.is_production
SECRET_KEY = env.secret(
    "SECRET_KEY",
    development="development-only-never-in-production-0123456789-0123456789",
    hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(60))'.",
)
SECRET_KEY_FALLBACKS = env.optional_names("SECRET_KEY_FALLBACKS")
SITE_URL = env.site(
    "SITE_URL",
    development="http://127.0.0.1:8000",
    hint="Set it to the portal's public address, such as https://portal.example.org.",
)
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS",
    development="127.0.0.1,localhost,[::1],testserver",
    hint="Set it to the names the portal answers to, separated by commas.",
)

INSTALLED_APPS = [
    "centar.portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_q",
    "import_export",
    "centar.script",
    "centar.audit",
    "centar.schools",
    "centar.people",
    "centar.outbox",
    "centar.accounts",
    "centar.files",
    "centar.documents",
    "centar.questionnaires",
    "centar.assessment",
    "centar.events",
    "centar.pages",
    "centar.portal.apps.PortalConfig",
    "trainings",
    "library",
    "science_club",
    "needs_survey",
    "accreditation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "centar.script.middleware.FaceMiddleware",
    "centar.portal.page_cache.AnonymousPageMiddleware",
    "centar.script.middleware.LatinMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "centar.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "centar.script.context_processors.face",
            ],
        },
    },
]

DATABASES = {"default": env.database(LOCAL_DIR / "postgres")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Shared by all processes: rate limits must count across them.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    },
    # One per process: a page is valid only for the database's own stamp (portal.page_cache).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# --- Accounts -------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
# It extends Django's own backend, permissions included.
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:my_page"
ACCOUNT_ADAPTER = "centar.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "centar.accounts.forms.SignupForm",
    "login": "centar.accounts.forms.LoginForm",
    "reauthenticate": "centar.accounts.forms.ReauthenticateForm",
    "add_email": "centar.accounts.forms.AddEmailForm",
    "reset_password": "centar.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "centar.accounts.forms.ResetPasswordKeyForm",
    "change_password": "centar.accounts.forms.ChangePasswordForm",
    "set_password": "centar.accounts.forms.SetPasswordForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address an account; a new one counts when it is confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SIGNUP_REDIRECT_URL = "people:profile"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",  # a school may sit behind one address
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "30/m/ip",
}
MFA_ADAPTER = "centar.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "centar.accounts.forms.SecondStepForm",
    "reauthenticate": "centar.accounts.forms.ConfirmSecondStepForm",
    "activate_totp": "centar.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "centar.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "centar.accounts.forms.EditPasskeyForm",
}
MFA_TOTP_ISSUER = "Centar za obrazovanje Kragujevac"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- Language, script, time -----------------------------------------------------------------

LANGUAGE_CODE = "sr"
LANGUAGES = [("sr", _("Serbian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
SCRIPT_CYRILLIC_ONLY = ["/admin/"]
TIME_ZONE = "Europe/Belgrade"

# --- Files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", NODE_MODULES / "bootstrap" / "dist"),
    ("fonts/source-sans-3", NODE_MODULES / "@fontsource-variable" / "source-sans-3" / "files"),
    ("fonts/source-serif-4", NODE_MODULES / "@fontsource-variable" / "source-serif-4" / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.is_production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Said here, since a test turns DEBUG off: without collected files the finders serve.
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# An import file is read into memory once; a larger request is refused before that.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "centar.files.uploads.CountingUploadHandler",
]

# --- Letters and the worker -----------------------------------------------------------------

for _name, _value in env.mail(LOCAL_DIR / "mail").items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = env.text(
    "MAIL_FROM",
    development="Центар за образовање Крагујевац <portal@example.org>",
    hint="Set it to the sender of letters, such as Centre <portal@example.org>.",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

Q_CLUSTER = {
    "name": "centar",
    "orm": "default",
    "workers": 1,
    "timeout": 300,
    "retry": 600,
    "max_attempts": 5,
    "poll": 1,
    "catch_up": False,
    "save_limit": 500,
    "label": _("Worker"),
}

# --- Papers ---------------------------------------------------------------------------------

SIGNING_KEY = env.key_file("SIGNING_KEY", opened_by="SIGNING_PASSPHRASE")
SIGNING_PASSPHRASE = env.optional("SIGNING_PASSPHRASE")

# --- Safety ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "centar.portal.views.wrong_form"
SESSION_ENGINE = "centar.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
if env.is_production:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if env.optional("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count the visitor's address, not the proxy's

# --- Libraries ------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = True
# An address is unique whatever its letter case: a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if env.is_production else "WARNING"},
}

# Sources of descriptions by ISBN on the network, as library/sources.py explains; none is asked.
LIBRARY_SOURCES: list[str] = []
