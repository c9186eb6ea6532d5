"""The back office of accreditation."""

from accreditation.admin import calls, proposals

__all__ = ["calls", "proposals"]
