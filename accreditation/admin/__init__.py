"""The back office of accreditation."""

from accreditation.admin import calls, filings, practices, programmes, proposals

__all__ = ["calls", "filings", "practices", "programmes", "proposals"]
