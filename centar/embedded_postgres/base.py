"""Django's PostgreSQL backend that starts the embedded server at the first connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from centar.embedded_postgres import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes LOCAL_DATA (a folder) from its settings and needs neither HOST nor PASSWORD."""

    def get_connection_params(self) -> dict[str, Any]:
        """Connection parameters, with the server running behind them."""
        if not self.settings_dict.get("HOST"):
            self.settings_dict.update(
                server.ensure(Path(self.settings_dict["LOCAL_DATA"])).connection
            )
        params: dict[str, Any] = super().get_connection_params()
        return params
