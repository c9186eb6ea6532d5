"""A real PostgreSQL from a PyPI wheel, for machines that have none.

`server` starts and stops it; `base` is the database backend that starts it at the first
connection, so that checks, type checking and message extraction need no server.
Production sets DATABASE_URL and never comes here.
"""
