"""The portal's settings in production, with plain hashed files; pages are kept or always made."""

import os

from centar.settings import *  # noqa: F403
from centar.settings import CACHES, STORAGES, VAR_DIR

STATIC_ROOT = VAR_DIR / "static-bench"
# Addresses are hashed as in production; compressing the files would only take time.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
if os.environ.get("BENCH_PAGES") == "fresh":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
LOGGING = {"version": 1, "disable_existing_loggers": False}
