"""Groups of the back office and what each may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import Group, Permission

SEMINAR_STAFF = "Особље семинара"
LIBRARIANS = "Библиотекари"

_EVERYTHING = ("view", "add", "change", "delete")
_KEEPING = ("view", "add", "change")
# Models, and what the people who run the seminars do with them. What operations guard (bookings,
# events, letters) cannot be deleted by anybody; people and schools are only chosen from.
SEMINAR_STAFF_MAY = {
    "trainings.area": _EVERYTHING,
    "trainings.competence": _EVERYTHING,
    "trainings.cycle": _EVERYTHING,
    "trainings.priorityarea": _EVERYTHING,
    "trainings.programme": _EVERYTHING,
    "trainings.trainer": _EVERYTHING,
    "trainings.seminar": _KEEPING,
    "trainings.seminarevent": _KEEPING,
    "trainings.issuingsettings": _KEEPING,
    "trainings.certificate": _KEEPING,
    "trainings.certificatebatch": _KEEPING,
    "documents.document": ("view", "change"),
    "trainings.ledgerentry": ("view", "change"),
    "trainings.target": _EVERYTHING,
    "trainings.feerule": _EVERYTHING,
    "trainings.paymentsettings": _KEEPING,
    "trainings.proforma": _KEEPING,
    "trainings.statement": ("view", "add"),
    "trainings.statementformat": ("view", "change", "delete"),
    "trainings.statementrow": ("view", "change"),
    "trainings.seminarrules": _KEEPING,
    "questionnaires.questionnaire": _EVERYTHING,
    "questionnaires.section": _EVERYTHING,
    "questionnaires.question": _EVERYTHING,
    "questionnaires.rules": _KEEPING,
    "needs_survey.round": _KEEPING,
    "needs_survey.reminder": _EVERYTHING,
    "needs_survey.invitation": ("view", "delete"),
    "trainings.schoolyear": ("view", "change"),
    "needs_survey.teacherinvitation": ("view",),
    "needs_survey.plan": _KEEPING,
    "needs_survey.plannedseminar": ("view", "change"),
    "needs_survey.planrules": _KEEPING,
    "needs_survey.schoolbreak": _EVERYTHING,
    "accreditation.call": _EVERYTHING,
    "accreditation.askeddocument": _EVERYTHING,
    "accreditation.phase": _EVERYTHING,
    "accreditation.rules": _KEEPING,
    "accreditation.proposal": ("view", "change"),
    "accreditation.author": ("view",),
    "assessment.panel": _EVERYTHING,
    "assessment.criterion": _EVERYTHING,
    "assessment.seat": _KEEPING,
    "assessment.item": ("view",),
    "assessment.rules": _KEEPING,
    # After the Centre's decision about a proposal.
    "accreditation.filing": ("view", "change"),
    "accreditation.practice": ("view", "change"),
    "accreditation.practicepaper": _KEEPING,
    "accreditation.madeprogramme": ("view",),
    "events.event": ("view", "change"),
    "events.meeting": _EVERYTHING,
    "events.booking": _KEEPING,
    "events.bookinggroup": ("view",),
    "outbox.letter": ("view", "change"),
    "people.coordination": _KEEPING,
    "people.coordinationrequest": ("view", "change"),
    "people.person": ("view",),
    "schools.school": ("view",),
    "schools.subject": ("view",),
}

# Nothing that the library holds is deleted: records are withdrawn, copies written off.
LIBRARIANS_MAY = {
    "library.record": _KEEPING,
    "library.copy": _KEEPING,
    "library.contribution": _EVERYTHING,
    "library.identifier": _EVERYTHING,
    "library.journalissue": _EVERYTHING,
    "library.kitpart": _EVERYTHING,
    "library.importrun": _KEEPING,
    "library.readinglist": _EVERYTHING,
    "library.readinglistentry": _EVERYTHING,
    # Whoever may change a loan works at the desk of the library.
    "library.loan": ("view", "change"),
    "library.member": ("view", "change"),
    "library.lendingrule": _EVERYTHING,
    "library.lendingterms": _KEEPING,
    "files.privatefile": ("view",),
    "people.person": ("view",),
    "schools.school": ("view",),
}


def seminar_staff() -> Group:
    """The group of those who run the seminars, made when missing, with at least its permissions."""
    return _group(SEMINAR_STAFF, SEMINAR_STAFF_MAY)


def librarians() -> Group:
    """The group of those who keep the library, made when missing, with its permissions."""
    return _group(LIBRARIANS, LIBRARIANS_MAY)


def _group(group_name: str, may: Mapping[str, Sequence[str]]) -> Group:
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    names = []
    for label, actions in may.items():
        app, model = label.split(".")
        names += [f"{app}.{action}_{model}" for action in actions]
    group, _created = Group.objects.get_or_create(name=group_name)
    group.permissions.add(*(known[name] for name in names))
    return group
