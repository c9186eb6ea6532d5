"""The portal as a WSGI application, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "centar.settings")

application = get_wsgi_application()

# What was loaded stays: the collector need not look at it again, nor after every 700 objects,
# of which a page makes thousands. It cost a twentieth of every request.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
