"""The region's real data, gathered from all apps that bring some."""

from __future__ import annotations

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation import loading as proposals
from centar.data_files import Loaded
from centar.pages import loading as centres
from centar.schools import loading as schools
from needs_survey import loading as needs
from science_club import loading as clubs
from trainings import evaluation_loading
from trainings import loading as trainings

PARTS = (
    (_("schools, places and subjects"), schools.load),
    (_("centres of the network"), centres.load),
    (_("science clubs"), clubs.load),
    (_("catalogue cycle and competences"), trainings.load),
    (_("targets of professional development"), trainings.load_targets),
    (_("questionnaire about seminars"), evaluation_loading.load),
    (_("questionnaire about the needs of schools"), needs.load),
    (_("forms of proposals"), proposals.load),
)


@transaction.atomic
def load() -> list[tuple[str | Promise, Loaded]]:
    """Load everything or nothing; repeating it changes nothing. Gives what was done, by part."""
    return [(name, load_part()) for name, load_part in PARTS]
