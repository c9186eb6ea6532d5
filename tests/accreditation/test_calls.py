"""Calls: for everybody to read, and as the staff prepare them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accreditation import loading
from accreditation.filing_days import FilingDays
from accreditation.models import Call, Phase, Proposal, Rules
from accreditation.operations import calls as operations
from accreditation.permissions import calls as permissions
from accreditation.queries import calls as queries
from centar.access import Refusal
from centar.audit.models import Entry
from centar.questionnaires.models import Question, Questionnaire
from tests import office
from tests.factories.accreditation import (
    STAFF_MAY,
    AskedDocumentFactory,
    CallFactory,
    ProposalFactory,
    question,
)
from tests.factories.assessment import PanelFactory
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.reviews import phase_with
from tests.office import desk_of, serbian

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return StaffFactory(
        permissions=[
            *STAFF_MAY,
            "questionnaires.change_questionnaire",
            "assessment.change_panel",
        ]
    )


class TestPublicPages:
    def test_open_coming_and_ended_calls_are_told_apart(self):
        today = timezone.localdate()
        opened = CallFactory(title="Отворен")
        coming = CallFactory(title="Следи", opens_on=today + DAY)
        ended = CallFactory(title="Прошао", closed=True)
        hidden = CallFactory(title="У припреми", published_at=None)
        old = CallFactory(closes_on=today - 400 * DAY, opens_on=today - 420 * DAY)

        page = Client().get("/pozivi/")

        assert [page.context[name] for name in ("open", "coming", "ended")] == [
            [opened],
            [coming],
            [ended],
        ]
        content = page.content.decode()
        assert [one.title in content for one in (hidden, old)] == [False, False]

    def test_the_page_of_a_call_says_what_is_asked(self):
        call = CallFactory()
        question(call, "aims")
        AskedDocumentFactory(call=call, title="План рада", required=True)

        content = Client().get(f"/pozivi/{call.pk}/").content.decode()

        wanted = (call.form.sections.get().title, "План рада", serbian("must be attached"))
        assert [words in content for words in wanted] == [True] * 3

    def test_a_call_in_preparation_is_not_there(self):
        assert Client().get(f"/pozivi/{CallFactory(published_at=None).pk}/").status_code == 404

    def test_queries_do_not_grow_with_the_calls(self, django_assert_num_queries):
        CallFactory()
        client = Client()
        with django_assert_num_queries(1):
            client.get("/pozivi/")
        CallFactory.create_batch(2)
        with django_assert_num_queries(1):
            client.get("/pozivi/")


class TestFilingDays:
    def test_sixty_days_are_counted_back(self):
        days = FilingDays.of(date(2027, 5, 30), date(2027, 3, 1))

        assert (days.last, days.is_late, days.left) == (date(2027, 3, 31), False, 30)

    def test_the_last_day_itself_is_in_time_and_the_next_is_not(self):
        wished = date(2027, 5, 30)
        on_time, late = (FilingDays.of(wished, date(2027, 3, 31) + DAY * n) for n in (0, 1))

        assert [(one.is_late, one.left) for one in (on_time, late)] == [(False, 0), (True, 0)]
        assert late.earliest == date(2027, 5, 31)

    def test_the_number_is_a_row_of_the_rules(self):
        Rules.objects.create(meeting_days=90)

        assert FilingDays.of(date(2027, 5, 30), date(2027, 1, 1)).last == date(2027, 3, 1)

    @pytest.mark.parametrize("typed", ["30.5.2027.", "2027-05-30"])
    def test_the_page_of_a_meeting_says_the_last_day_to_file(self, typed):
        with time_machine.travel(date(2027, 3, 1)):
            call = CallFactory(kind=Call.Kind.MEETING)
            page = Client().get(f"/pozivi/{call.pk}/", {"dan": typed})

        assert page.context["days"].last == date(2027, 3, 31)
        assert "31. марта 2027." in page.content.decode()

    def test_what_is_no_day_gets_a_sentence_beside_the_field(self):
        page = Client().get(f"/pozivi/{CallFactory(kind='meeting').pk}/", {"dan": "<b>сутра</b>"})

        sentence = "Write the day, month and year, for example 24.3.1985."
        assert list(page.context["wish"].errors["dan"]) == [sentence]
        assert "<b>сутра" not in page.content.decode()

    def test_other_calls_count_nothing(self):
        page = Client().get(f"/pozivi/{CallFactory().pk}/", {"dan": "30.5.2027."})

        assert page.context["days"] is None


class TestPreparing:
    def test_it_is_published_once_it_has_a_form(self, staff):
        call = CallFactory(published_at=None)
        with pytest.raises(Refusal, match="no questions yet"):
            operations.publish(call_id=call.pk, by=staff)
        question(call, "aims")

        assert operations.publish(call_id=call.pk, by=staff).published_at is not None
        with pytest.raises(Refusal, match="published already"):
            operations.publish(call_id=call.pk, by=staff)

    def test_the_last_day_is_moved(self, staff):
        call, later = CallFactory(closed=True), timezone.localdate() + DAY * 5

        operations.move_last_day(call_id=call.pk, closes_on=later, by=staff)

        call.refresh_from_db()
        assert call.is_open_on(timezone.localdate())
        for wrong in (call.opens_on - DAY, timezone.localdate() - DAY):
            with pytest.raises(Refusal) as no:
                operations.move_last_day(call_id=call.pk, closes_on=wrong, by=staff)
            assert no.value.field == "closes_on"

    def test_a_copy_has_the_same_questions_and_documents_and_no_proposals(self, staff):
        call = CallFactory(about="О позиву.", all_sign=False)
        question(call, "aims")
        AskedDocumentFactory(call=call, title="План", names_nobody=True)
        ProposalFactory(call=call)

        copy = operations.copy(
            call_id=call.pk,
            title="Следећи позив",
            opens_on=date(2027, 1, 1),
            closes_on=date(2027, 2, 1),
            by=staff,
        )

        assert (copy.published_at, copy.about, copy.all_sign) == (None, "О позиву.", False)
        assert list(copy.form.questions.values_list("code", flat=True)) == ["aims"]
        assert copy.form_id != call.form_id
        assert [one.title for one in copy.asked_documents.all()] == ["План"]
        assert copy.proposals.count() == 0

    def test_a_copy_has_the_same_phases_as_long_after_its_end_and_with_nobody_in_them(self, staff):
        phase = phase_with()
        call, panel = phase.call, phase.panel
        days = {"opens_on": call.opens_on, "closes_on": call.closes_on + 300 * DAY}
        copy = operations.copy(call_id=call.pk, title="Следећи", by=staff, **days)

        copied = copy.phases.get()
        assert copied.order == phase.order
        assert copied.panel_id != panel.pk
        assert copied.panel.due_on == panel.due_on + 300 * DAY
        assert [one.title for one in copied.panel.criteria.all()] == [
            one.title for one in panel.criteria.all()
        ]
        assert copied.panel.seats.count() == 0

    def test_what_is_asked_for_stays_once_somebody_has_begun(self, staff):
        call = ProposalFactory().call
        call.with_schedule = False

        with pytest.raises(Refusal, match="begun a proposal already"):
            operations.keep(call=call, changed=["with_schedule"], by=staff)

    def test_only_the_staff_prepares(self):
        allowed = {
            name: bool(permissions.may_change_calls(user))
            for name, user in {
                "staff": StaffFactory(permissions=STAFF_MAY),
                "other staff": StaffFactory(),
                "teacher": PersonFactory().user,
                "permission without the back office": UserFactory(is_active=True),
                "nobody": None,
            }.items()
        }

        assert [name for name, answer in allowed.items() if answer] == ["staff"]


class TestForm:
    """The questions stay as they are once a proposal exists; only words are mended."""

    def test_until_then_it_is_free(self):
        assert not CallFactory().form.is_answered

    def test_a_draft_is_an_answer(self):
        call = ProposalFactory().call

        assert Questionnaire.objects.get(pk=call.form_id).is_answered
        assert not CallFactory().form.is_answered

    def test_the_back_office_offers_no_new_question_and_mends_words(self):
        call = CallFactory()
        asked = question(call, "aims", text="Цилеви")
        desk = desk_of(office.colleague())
        path = f"/admin/questionnaires/question/{asked.pk}/change/"
        typed = {
            "questionnaire": call.form_id,
            "section": asked.section_id,
            "order": 0,
            "code": "aims",
            "kind": "long",
            "text": "Нешто друго",
            "seen_revision": asked.revision,
        }
        ProposalFactory(call=call)

        desk.post(path, typed)
        mended = desk.post(
            f"/admin/questionnaires/questionnaire/{call.form_id}/radnja/tekst/",
            {"part": f"question-{asked.pk}", "text": "Циљеви"},
        )

        asked.refresh_from_db()
        assert (mended.status_code, asked.text) == (302, "Циљеви")

    def test_the_list_of_questionnaires_says_so(self):
        used, free = ProposalFactory().call.form, CallFactory().form

        page = desk_of(office.colleague()).get("/admin/questionnaires/questionnaire/")

        told = {one.pk: one.has_answers for one in page.context["cl"].result_list}
        assert (told[used.pk], told[free.pk]) == (True, False)


class TestBackOffice:
    def typed(self, call, **changed):
        rows = {"asked_documents": 0, "phases": 0}
        management = {
            f"{name}-{what}": number if what.endswith("FORMS") and "MAX" not in what else 1000
            for name, number in rows.items()
            for what in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        }
        return {
            "title": call.title,
            "kind": call.kind,
            "about": call.about,
            "cycle": call.cycle_id,
            "form": call.form_id,
            "opens_on": f"{call.opens_on:%d.%m.%Y.}",
            "closes_on": f"{call.closes_on:%d.%m.%Y.}",
            "with_schedule": "on",
            "all_sign": "on",
            "seen_revision": call.revision,
            **management,
            **changed,
        }

    def test_a_colleague_prepares_publishes_and_copies(self):
        desk = desk_of(office.colleague())
        form = question(CallFactory(), "aims").questionnaire
        Call.objects.all().delete()
        draft = CallFactory.build(cycle=None, form=form, published_at=None)
        added = desk.post("/admin/accreditation/call/add/", self.typed(draft, cycle=""))
        call = Call.objects.get()
        base = f"/admin/accreditation/call/{call.pk}/radnja"
        published = desk.post(f"{base}/objava/")
        days = {"opens_on": "1.1.2027.", "closes_on": "1.2.2027."}
        copied = desk.post(f"{base}/kopija/", {"title": "Опет", **days})

        assert [one.status_code for one in (added, published, copied)] == [302] * 3
        assert Call.objects.filter(title="Опет", published_at=None).exists()
        assert list(
            Entry.objects.filter(action__startswith="accreditation")
            .values_list("action", flat=True)
            .order_by("pk")
        ) == [
            "accreditation.prepare_call",
            "accreditation.publish_call",
            "accreditation.copy_call",
        ]

    def test_before_publishing_is_said_what_no_question_of_the_form_asks_for(self):
        call = CallFactory(kind=Call.Kind.WORKSHOP, published_at=None)
        for code in ("audience", "topics", "fee", "group_largest"):
            question(call, code)

        page = desk_of(office.colleague()).get(
            f"/admin/accreditation/call/{call.pk}/radnja/objava/"
        )

        assert f"{serbian('aims')} (aims)." in page.content.decode()

    def test_phases_are_offered_the_panels_that_no_other_call_has(self):
        own, _other, free = phase_with(), phase_with(), PanelFactory()
        desk = desk_of(office.colleague())

        page = desk.get(f"/admin/accreditation/call/{own.call_id}/change/")

        (rows,) = (
            one.formset for one in page.context["inline_admin_formsets"] if one.opts.model is Phase
        )
        offered = set(rows.forms[0].fields["panel"].queryset)
        assert offered == {own.panel, free}

    def test_once_somebody_has_begun_the_page_lets_only_words_change(self):
        call = ProposalFactory().call
        document = AskedDocumentFactory(call=call)
        desk = desk_of(office.colleague())

        page = desk.get(f"/admin/accreditation/call/{call.pk}/change/").content.decode()

        names = ('name="form"', 'name="with_schedule"', 'name="asked_documents-0-required"')
        assert [name in page for name in names] == [False] * 3
        assert f'name="asked_documents-0-title" value="{document.title}"' in page

    @pytest.mark.parametrize("page", ["call", "proposal"])
    def test_an_onlooker_reads(self, page):
        call = ProposalFactory(submitted=True).call
        reader = desk_of(office.onlooker())
        obj = call if page == "call" else Proposal.objects.get()
        path = f"/admin/accreditation/{page}/{obj.pk}/"

        assert reader.get(f"{path}change/").status_code == 200
        assert reader.post(f"{path}radnja/kopija/", {}).status_code in (403, 404)

    def test_lists_do_not_grow_in_queries(self, django_assert_num_queries):
        ProposalFactory(submitted=True)
        desk = desk_of(office.colleague())
        path = "/admin/accreditation/proposal/"
        desk.get(path)
        with django_assert_num_queries(10):
            desk.get(path)
        ProposalFactory.create_batch(2, submitted=True)
        with django_assert_num_queries(10):
            desk.get(path)

    def test_a_proposal_is_found_in_either_script_and_by_its_code(self):
        proposal = ProposalFactory(title="Огледи из хемије")
        ProposalFactory(title="Друго")
        desk = desk_of(office.colleague())
        found = [
            list(desk.get("/admin/accreditation/proposal/", {"q": q}).context["cl"].result_list)
            for q in ("hemije", "ХЕМИЈЕ", proposal.code.lower())
        ]

        assert found == [[proposal]] * 3


class TestDeliveredForms:
    def test_there_is_one_for_each_kind_of_call(self):
        loading.load()

        assert set(loading.titles()) == set(Call.Kind.values)
        assert set(loading.titles().values()) == set(
            Questionnaire.objects.values_list("title", flat=True)
        )
        assert Question.objects.filter(section=None).count() == 0

    def test_all_that_is_made_of_an_accepted_proposal_is_asked_for(self):
        loading.load()
        calls = [
            CallFactory.build(kind=kind, form=Questionnaire.objects.get(title=title))
            for kind, title in loading.titles().items()
        ]

        assert {call.kind for call in calls} == set(Call.Kind.values)
        assert [queries.unmarked(call) for call in calls] == [[]] * 4

    def test_loading_again_changes_nothing(self):
        first, second = loading.load(), loading.load()

        assert (first.unchanged, second.created, second.updated) == (0, 0, 0)
