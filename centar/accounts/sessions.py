"""Sessions as Django keeps them in the database, read by one small statement.

Every page of somebody signed in begins with it, and through the model it takes several times as
long.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from centar import sql

LIVE = """
    SELECT session_data FROM django_session
     WHERE session_key = %(key)s AND expire_date > %(now)s
"""


class SessionStore(db.SessionStore):
    """The sessions of `django.contrib.sessions.backends.db`."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where there is none or it has ended."""
        rows = sql.rows(LIVE, key=self.session_key, now=timezone.now())
        if not rows:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(rows[0][0])
        return held
