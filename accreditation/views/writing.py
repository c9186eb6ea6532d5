"""The pages on which authors write: facts, sections, schedule, biography."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accreditation.forms import schedule as tables
from accreditation.forms.proposals import BiographyForm, FactsForm
from accreditation.hours import COLUMNS, Hours
from accreditation.models import Author, Proposal, Schedule, SectionDraft
from accreditation.operations import authors as author_operations
from accreditation.operations import proposals as operations
from accreditation.operations import schedule as schedule_operations
from accreditation.operations import sections as section_operations
from accreditation.permissions import proposals as permissions
from accreditation.queries import proposals as queries
from accreditation.views import written
from accreditation.views.visitors import own_proposal, user_of
from accreditation.views.written import Sheet
from centar import access
from centar.people.models import User
from centar.questionnaires import views as questionnaires
from centar.questionnaires.drafts import Seen

writes = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class FactsSheet(Sheet):
    """Title, area, duration, wished day."""

    def row(self) -> Proposal:
        """The proposal itself."""
        return self.proposal

    def form(self, request: HttpRequest) -> FactsForm:
        """Filled in with what is sent or kept."""
        return FactsForm(request.POST or None, proposal=self.proposal)

    def keep(self, form: FactsForm, seen: Seen) -> Proposal:
        """Through the operation."""
        return operations.keep_facts(
            proposal_id=self.proposal.pk, facts=form.facts(), seen=seen, by=self.user
        )

    def theirs(self, row: Proposal) -> dict[str, Any]:
        """Title, area and the rest as they are now."""
        return {"theirs": row}


@dataclass(frozen=True)
class BiographySheet(Sheet):
    """What the author says about oneself."""

    author: Author

    def row(self) -> Author:
        """The author."""
        return self.author

    def form(self, request: HttpRequest) -> BiographyForm:
        """Filled in with what is sent or kept."""
        return BiographyForm(request.POST or None, initial={"biography": self.author.biography})

    def keep(self, form: BiographyForm, seen: Seen) -> Author:
        """Through the operation."""
        return author_operations.keep_biography(
            proposal_id=self.proposal.pk,
            text=form.cleaned_data["biography"],
            seen=seen,
            by=self.user,
        )

    def theirs(self, row: Author) -> dict[str, Any]:
        """The other text."""
        return {"theirs": row.biography}


@dataclass(frozen=True)
class Table:
    """The rows of a schedule as a form; a draft takes whatever is typed. `focus` is a row."""

    hours: Hours
    focus: int | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScheduleSheet(Sheet):
    """The hours of the programme."""

    def row(self) -> Schedule | None:
        """The schedule, once it is begun."""
        return getattr(self.proposal, "schedule", None)

    def form(self, request: HttpRequest) -> Table:
        """The rows, after a button that adds or removes one."""
        if request.method != "POST":
            kept = self.row()
            return self._table(tables.offered(kept.rows if kept else []))
        stepped = tables.stepped(request.POST)
        if stepped is not None:
            return self._table(stepped[0], stepped[1])
        return self._table(tables.rows(request.POST))

    def keep(self, form: Table, seen: Seen) -> Schedule:
        """Through the operation."""
        rows = [{name: getattr(row, name) for name in COLUMNS} for row in form.hours.rows]
        return schedule_operations.keep(
            proposal_id=self.proposal.pk, rows=rows, seen=seen, by=self.user
        )

    def theirs(self, row: Schedule) -> dict[str, Any]:
        """The other table."""
        return {"theirs": Hours.of(row.rows, self.proposal.hours)}

    def _table(self, rows: list[dict[str, str]], focus: int | None = None) -> Table:
        return Table(Hours.of(rows, self.proposal.hours), focus)


@access.signed_in
@never_cache
@writes
def facts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Title, area, duration; for a meeting its day, and by when it must be filed."""
    template = "accreditation/proposal_facts.html"
    sheet = FactsSheet(own_proposal(request, pk), user_of(request), template, _("Saved."))
    return written.answer(request, sheet)


@access.signed_in
@never_cache
@writes
def biography(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The biography of whoever is signed in."""
    proposal = own_proposal(request, pk)
    author = queries.author_of(proposal, user_of(request))
    assert author is not None  # own_proposal finds those of authors only
    template, saved = "accreditation/proposal_biography.html", _("Your biography is saved.")
    sheet = BiographySheet(proposal, user_of(request), template, saved, author)
    return written.answer(request, sheet)


@access.signed_in
@never_cache
@writes
def schedule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The schedule of hours: a table whose rows are added and removed by buttons."""
    proposal = own_proposal(request, pk)
    if not proposal.call.with_schedule:
        raise Http404
    template, saved = "accreditation/proposal_schedule.html", _("The schedule is saved.")
    sheet = ScheduleSheet(proposal, user_of(request), template, saved)
    if request.method == "POST" and tables.stepped(request.POST) is not None:
        return _step(request, sheet)
    return written.answer(request, sheet)


def _step(request: HttpRequest, sheet: ScheduleSheet) -> HttpResponseBase:
    """A row more or less: the page again, and what it holds is kept on the way where it can be."""
    form, seen = sheet.form(request), questionnaires.seen_by(request.POST)
    try:
        row = sheet.keep(form, seen)
    except access.Refusal:
        # The button that saves says what is in the way.
        return written.page(request, sheet, form, seen)
    return written.page(request, sheet, form, Seen(row.revision, seen.page), draft=row)


@dataclass(frozen=True)
class Desk(questionnaires.Desk):
    """A section of a proposal before one of its authors."""

    proposal: Proposal
    user: User

    @property
    def title(self) -> str:
        """The proposal."""
        return self.proposal.title

    @property
    def verdict(self) -> access.Verdict:
        """Whether it can be written now."""
        return permissions.may_write(self.proposal, self.user, timezone.localdate())

    @property
    def closed(self) -> str:
        """The words of the other pages of a proposal."""
        return _("It cannot be changed now")

    def keep(
        self, values: dict[str, list[str]], seen: Seen, *, is_whole: bool, by_button: bool
    ) -> SectionDraft:
        """Through the operation."""
        return section_operations.keep(
            proposal_id=self.proposal.pk,
            section_id=self.section.pk,
            values=values,
            seen=seen,
            by=self.user,
        )


@access.signed_in
@never_cache
@writes
def section(request: HttpRequest, pk: int, section: int) -> HttpResponseBase:
    """One section of the form."""
    proposal = own_proposal(request, pk)
    form = queries.form_of(proposal.call)
    own = next((one for one in form.sections.all() if one.pk == section), None)
    if own is None:
        raise Http404
    desk = Desk(
        questionnaire=form,
        section=own,
        drafts=queries.drafts_of(proposal),
        back=reverse("accreditation:proposal", args=[pk]),
        proposal=proposal,
        user=user_of(request),
    )
    return questionnaires.answer(request, desk)
