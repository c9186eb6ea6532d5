"""The bench's own database in the embedded cluster; needs no settings yet."""

from __future__ import annotations

from urllib.parse import urlencode

from centar.embedded_postgres.server import Server, ServerError

NAME = "centar_bench"


def address(server: Server) -> str:
    """DATABASE_URL of the bench's database on this server."""
    login = server.connection
    return f"postgres://{login['USER']}@/{NAME}?{urlencode({'host': login['HOST']})}"


def recreate(server: Server) -> None:
    """An empty database, whatever was in the last one."""
    login = ("-h", server.connection["HOST"], "-U", server.connection["USER"])
    for program, *options in (("dropdb", "--if-exists", "--force"), ("createdb",)):
        done = server.run(program, *login, *options, NAME)
        if done.returncode:
            raise ServerError(f"{program} failed: {done.stderr}")
