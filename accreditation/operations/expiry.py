"""What follows the end of an accreditation: a new proposal, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import meanings
from accreditation.letters import filings as letters
from accreditation.models import Author, Call, Filing, Proposal, Schedule, SectionDraft
from accreditation.operations.filings import lock_proposal
from accreditation.permissions import filings as permissions
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires.models import Question, Questionnaire
from trainings.models import Competence, PriorityArea

OF_CYCLE: Mapping[str, type[Competence] | type[PriorityArea]] = {
    meanings.COMPETENCES: Competence,
    meanings.PRIORITIES: PriorityArea,
}


@transaction.atomic
def renew(*, proposal_id: int, call: Call, by: User) -> Proposal:
    """A new draft in an open call, copied from the accredited proposal; gives the new one.

    Its authors are those of the old one and get a letter; none of them has signed it off.
    Answers go to the questions of the same codes, files are to be attached anew. Refuses a call
    of another kind or out of its days, and what is settled already.
    """
    demand(permissions.may_follow(by))
    old = lock_proposal(proposal_id)
    demand(permissions.may_be_settled(old))
    verdict = permissions.may_take_renewals(call, old, timezone.localdate())
    if not verdict:
        raise Refusal(verdict.reason, field="call")
    new = Proposal.objects.create(
        call=call, title=old.title, area=old.area, hours=old.hours, wished_on=None
    )
    _copy_authors(old, new)
    _copy_answers(old, new)
    schedule = Schedule.objects.filter(proposal=old).first()
    if schedule is not None:
        Schedule.objects.create(proposal=new, rows=schedule.rows)
    filing = _settle(old, renewed_by=new)
    trail.record("accreditation.renew", old, by=by, renewed_by=new.pk)
    letters.queue("renew", filing)
    return new


@transaction.atomic
def let_go(*, proposal_id: int, reason: str, by: User) -> Filing:
    """Say that the accreditation ends and is not renewed; refuses without a reason."""
    demand(permissions.may_follow(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_be_settled(proposal))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the audit."), field="reason")
    filing = _settle(proposal, renewed_by=None)
    trail.record("accreditation.let_go", proposal, by=by, reason=reason)
    return filing


def _settle(proposal: Proposal, *, renewed_by: Proposal | None) -> Filing:
    filing: Filing = proposal.filing
    filing.renewed_by = renewed_by
    filing.renewal_settled_at = timezone.now()
    filing.save(update_fields=["renewed_by", "renewal_settled_at"])
    return filing


def _copy_authors(old: Proposal, new: Proposal) -> None:
    now = timezone.now()
    Author.objects.bulk_create(
        Author(
            proposal=new,
            order=author.order,
            leads=author.leads,
            name=author.name,
            email=author.email,
            person=author.person,
            # Where they work now, which may be another school.
            school=author.person.school if author.person else author.school,
            biography=author.biography,
            invited_at=now,
            accepted_at=now,
        )
        for author in Author.objects.filter(
            proposal=old, accepted_at__isnull=False, removed_at=None
        ).select_related("person__school", "school")
    )


def _copy_answers(old: Proposal, new: Proposal) -> None:
    """What was written, under the keys of the new form."""
    values: dict[str, list[str]] = {}
    for draft in SectionDraft.objects.filter(proposal=old):
        values |= draft.values
    before = {question.code: question for question in _questions(old.call.form_id)}
    drafts: dict[int, dict[str, list[str]]] = {}
    for question in _questions(new.call.form_id):
        same = before.get(question.code)
        if same is None or question.section_id is None or same.kind != question.kind:
            continue
        keys = _of_cycle(question, old.call, new.call) or _options(same, question)
        drafts.setdefault(question.section_id, {}).update(_moved(values, same, question, keys))
    SectionDraft.objects.bulk_create(
        SectionDraft(proposal=new, section_id=section, values=written)
        for section, written in drafts.items()
        if written
    )


def _questions(form_id: int) -> list[Question]:
    form = Questionnaire.objects.prefetch_related("questions__options").get(pk=form_id)
    return list(form.questions.all())


Keys = Mapping[str, str]
"""Keys of things in the old form, and of the same things in the new one."""


def _of_cycle(question: Question, old: Call, new: Call) -> Keys:
    """Competences and priority areas: every cycle has its own, with the same codes."""
    model = OF_CYCLE.get(question.code)
    if model is None or old.cycle_id == new.cycle_id:
        return {}
    there = dict(model.objects.filter(cycle=new.cycle_id).values_list("code", "pk"))
    here = model.objects.filter(cycle=old.cycle_id).values_list("pk", "code")
    return {str(key): str(there.get(code, "")) for key, code in here}


def _options(old: Question, new: Question) -> Keys:
    """Offered answers, which every form has anew, by their codes."""
    there = {option.code: option.pk for option in new.options.all()}
    return {str(option.pk): str(there.get(option.code, "")) for option in old.options.all()}


def _moved(
    values: Mapping[str, list[str]], old: Question, new: Question, keys: Keys
) -> dict[str, list[str]]:
    """The fields of one question with their values; what the new form does not offer is left."""
    moved = {}
    for name, typed in values.items():
        whole, _line, part = name.partition("_")
        if whole != f"q{old.pk}":
            continue
        if part:  # a number for each of several: the key stands in the name of the field
            kept, part = typed, keys.get(part, part)
        else:
            kept = [one for value in typed if (one := keys.get(value, value))]
        moved[f"q{new.pk}_{part}" if part else f"q{new.pk}"] = kept
    return moved
