"""A small portal with something of everything on it, for the tests that look at all pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone

from centar.events import links
from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations import applications, attendance, bookings, calendars, schedule
from centar.files import kinds as file_kinds
from centar.files.models import PrivateFile
from centar.pages.models import Centre
from centar.people.models import CoordinationRequest, Person, User
from centar.questionnaires.models import Question
from needs_survey.models import Invitation
from science_club.models import Club
from tests import (
    institute_scenery,
    ledger_scenery,
    lending_scenery,
    library_scenery,
    proposal_scenery,
    review_scenery,
    summary_scenery,
    survey_scenery,
    teacher_scenery,
)
from tests.factories.certificates import (
    ISSUES,
    HeldSeminarFactory,
    IssuingSettingsFactory,
    participant,
)
from tests.factories.evaluation import came, held
from tests.factories.events import MANAGES, BookingFactory
from tests.factories.payments import PaymentSettingsFactory
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory, UserFactory
from tests.factories.questionnaires import OFFERS, QuestionFactory
from tests.factories.schools import SchoolFactory, SubjectFactory
from tests.factories.trainings import (
    AreaFactory,
    ProgrammeFactory,
    SeminarFactory,
    TrainerFactory,
)
from trainings import links as evaluation_links
from trainings.models import Certificate, Material, Proforma, Seminar
from trainings.operations import certificates, proformas

REASON = "Предавач је спречен."


@dataclass(frozen=True)
class Scenery:
    """Who is there, and which seminar stands for which case."""

    teacher: Person
    staff: User
    plain: Seminar
    full: Seminar
    online: Seminar
    cancelled: Seminar
    draft: Seminar
    led: Seminar
    arriving: Booking
    placed: Booking
    waiting: Booking
    offered: Booking
    withdrawn: Booking
    stranger_offered: Booking
    application: BookingGroup
    attended: Booking
    proforma: Proforma
    certificate: Certificate
    replaced: Certificate
    surveyed: Invitation

    @property
    def login(self) -> User:
        """The teacher's account."""
        assert self.teacher.user is not None
        return self.teacher.user

    def public_pages(self) -> dict[str, list[str]]:
        """Pages for everybody: the name of the address, and paths that show its cases."""
        address = EmailAddress(user=UserFactory(), email="nova@example.org")
        address.save()
        key = EmailConfirmationHMAC(address).key
        uid, token = user_pk_to_url_str(self.login), default_token_generator.make_token(self.login)
        seminars = (self.plain, self.full, self.online, self.cancelled)
        return {
            "portal:home": ["/"],
            "portal:help": [reverse("portal:help")],
            "portal:privacy": [reverse("portal:privacy")],
            "pages:network": [reverse("pages:network")],
            "science_club:network": [reverse("science_club:network")],
            "trainings:catalogue": _list("trainings:catalogue", "programi"),
            "trainings:programme": [reverse("trainings:programme", args=[self.plain.programme_id])],
            "trainings:seminars": [*_list("trainings:seminars", "seminari"), "/seminari/?past=on"],
            "trainings:seminar": [reverse("trainings:seminar", args=[one.pk]) for one in seminars],
            "trainings:evaluate_by_link": [
                evaluation_links.evaluation_path(self.attended),
                "/ocena/nema/",
            ],
            **teacher_scenery.public_pages(),
            **library_scenery.public_pages(),
            "documents:verify": [reverse("documents:verify")],
            "documents:verification": [
                *(one.document.verification_path for one in (self.certificate, self.replaced)),
                "/provera/nema/",
            ],
            **survey_scenery.public_pages(),
            **proposal_scenery.public_pages(),
            **institute_scenery.public_pages(),
            "events:offer": [links.offer_path(self.stranger_offered), "/ponuda/nema/"],
            "events:arrival": [links.arrival_path(self.arriving), "/dolazak/nema/"],
            **summary_scenery.public_pages(self.surveyed),
            "account_login": [reverse("account_login")],
            "account_signup": [reverse("account_signup")],
            "account_reset_password": [reverse("account_reset_password")],
            "account_reset_password_done": [reverse("account_reset_password_done")],
            "account_reset_password_from_key": [
                reverse("account_reset_password_from_key", args=[uid, token]),
                reverse("account_reset_password_from_key", args=[uid, "zastarelo-nema"]),
            ],
            "account_reset_password_from_key_done": [
                reverse("account_reset_password_from_key_done")
            ],
            "account_email_verification_sent": [reverse("account_email_verification_sent")],
            "account_confirm_email": [
                reverse("account_confirm_email", args=[key]),
                reverse("account_confirm_email", args=["nema"]),
            ],
            "account_inactive": [reverse("account_inactive")],
        }

    def refused(self) -> dict[str, int]:
        """Of all these pages, those that say no, with the status they say it by."""
        return {
            **teacher_scenery.refused(),
            "/ponuda/nema/": 404,
            "/ocena/nema/": 404,
            "/provera/nema/": 404,
            "/dolazak/nema/": 404,
            survey_scenery.UNKNOWN: 404,
            proposal_scenery.UNKNOWN: 404,
            reverse("trainings:evaluate", args=[self.placed.pk]): 403,
            reverse("events:register", args=[self.cancelled.pk]): 409,
        }

    def own_pages(self) -> dict[str, list[str]]:
        """Pages of the teacher who is signed in."""
        own = (self.placed, self.waiting, self.offered, self.withdrawn)
        return {
            "portal:my_page": [reverse("portal:my_page")],
            "trainings:my_payments": [reverse("trainings:my_payments")],
            "trainings:proforma": [reverse("trainings:proforma", args=[self.proforma.pk])],
            "people:profile": [reverse("people:profile")],
            "events:register": [
                reverse("events:register", args=[one.pk])
                for one in (self.plain, self.full, self.cancelled)
            ],
            "events:booking": [reverse("events:booking", args=[one.pk]) for one in own],
            "events:check_in": [
                reverse("events:check_in", args=[self.led.pk]) + query
                for query in ("", "?nisu=on", "?q=nema")
            ],
            "events:walk_in": [reverse("events:walk_in", args=[self.led.pk])],
            "events:arrival": [links.arrival_path(self.arriving)],
            "trainings:seminar": [reverse("trainings:seminar", args=[self.placed.event_id])],
            **self._coordinators_pages(),
            "trainings:evaluate": [
                reverse("trainings:evaluate", args=[one.pk]) for one in (self.attended, self.placed)
            ],
            "trainings:led_seminars": [reverse("trainings:led_seminars")],
            "trainings:led_seminar": [reverse("trainings:led_seminar", args=[self.led.pk])],
            "trainings:materials": [reverse("trainings:materials", args=[self.led.pk])],
            "trainings:my_certificates": [reverse("trainings:my_certificates")],
            "account_email": [reverse("account_email")],
            "account_change_password": [reverse("account_change_password")],
            "account_logout": [reverse("account_logout")],
            "mfa_activate_totp": [reverse("mfa_activate_totp")],
            "mfa_index": [reverse("mfa_index")],
            "mfa_list_webauthn": [reverse("mfa_list_webauthn")],
            **ledger_scenery.own_pages(self.teacher),
            **lending_scenery.own_pages(),
            **survey_scenery.own_pages(self.teacher),
            **_both(
                institute_scenery.with_own_pages(proposal_scenery.own_pages()),
                review_scenery.own_pages(self.teacher),
            ),
        }

    def _coordinators_pages(self) -> dict[str, list[str]]:
        """The teacher applies for the people of her school, too."""
        group = self.application
        school, event = group.school_id, self.plain.pk
        member = group.bookings.earliest("pk")
        return {
            "people:ask_to_coordinate": [reverse("people:ask_to_coordinate")],
            "events:schools": [reverse("events:schools")],
            "portal:school": [reverse("portal:school", args=[school])],
            "events:add_colleague": [reverse("events:add_colleague", args=[school])],
            "events:correct_colleague": [
                reverse("events:correct_colleague", args=[member.person_id])
            ],
            "events:release_colleague": [
                reverse("events:release_colleague", args=[member.person_id])
            ],
            "events:apply": [reverse("events:apply", args=[event])],
            "events:application_preview": [reverse("events:application_preview", args=[event])],
            "events:application": [reverse("events:application", args=[group.pk])],
            "events:application_member": [reverse("events:application_member", args=[member.pk])],
            "events:withdraw_all": [reverse("events:withdraw_all", args=[group.pk])],
            "events:object": [links.objection_path(member)],
        }


def _both(some: dict[str, list[str]], others: dict[str, list[str]]) -> dict[str, list[str]]:
    """All pages of two scenes, which may show cases of the same one."""
    return {name: some.get(name, []) + others.get(name, []) for name in {**some, **others}}


def _list(name: str, words: str) -> list[str]:
    """A list as it is, filtered, searched with an error in the word, and with nothing found."""
    path = reverse(name)
    return [path, f"{path}?q={words[:-1]}zz", f"{path}?q=nemanicega", f"{path}?form=webinar"]


def furnish() -> Scenery:
    """Make everything; all words in the database are Cyrillic, as the Centre's are."""
    staff = StaffFactory(permissions=MANAGES)
    school = SchoolFactory(name="ОШ „Милутин Петровић“")
    SubjectFactory(name="Географија")
    teacher = PersonFactory(
        first_name="Љиљана",
        last_name="Ђурђевић",
        school=school,
        user=UserFactory(email="ljiljana@example.org", confirmed=True),
    )
    calendars.open_address(person=teacher, by=teacher.user)
    ledger_scenery.furnish(teacher)
    lending_scenery.furnish(teacher)
    survey_scenery.furnish(teacher)
    proposal_scenery.furnish(teacher)
    institute_scenery.furnish(teacher)
    review_scenery.furnish(teacher)
    teacher_scenery.furnish()
    Centre.objects.create(
        name="Центар за стручно усавршавање Чачак",
        town="Чачак",
        site="https://example.org/",
        email="cacak@example.org",
        phone="032 000 000",
        address="Улица 1",
        region_note="Моравички округ.",
    )
    Club.objects.create(town="Крагујевац", host="Гимназија", opened_on=date(2017, 3, 1))
    Club.objects.create(town="Ваљево", opened_year=2015)
    area = AreaFactory(name="Природне науке")
    trainers = [TrainerFactory(name="Мр Ђорђе Љубичић"), TrainerFactory(name="Џенана Њагуљ")]
    programme = ProgrammeFactory(
        title="Програми огледа у настави физике",
        area=area,
        competences=["К1", "К3"],
        priorities=["2"],
        trainers=trainers,
        audience="Наставници физике",
        aims="Учење истраживањем.\n\nОглед у свакој учионици.",
        topics="Светлост; звук; магнети",
        ministry_number="610-00-00001/2026",
    )
    for number in range(22):
        ProgrammeFactory(title=f"Програм за пример {number}", area=area)
    plain = SeminarFactory(
        programme=programme,
        trainers=trainers,
        event__days=3,
        event__capacity=20,
        event__address="Лепенички булевар 1",
        event__asks_birth=True,
        event__registration_closes_at=timezone.now() + timedelta(days=20),
        note="Понесите радну свеску.",
    )
    library_scenery.furnish(plain.event)
    full = SeminarFactory(event__capacity=1)
    crowd = [PersonFactory() for _ in range(4)]
    for person in crowd[:2]:
        bookings.enrol(event_id=full.pk, person=person, by=person.user)
    schedule.confirm_runs(event_id=full.pk, by=staff)
    online = SeminarFactory(
        programme__form="webinar", fee=0, event__place="", event__online_link="https://example.org"
    )
    cancelled = SeminarFactory(event__capacity=5)
    schedule.cancel(event_id=cancelled.pk, by=staff, reason=REASON)
    draft = SeminarFactory(event__state=Event.State.DRAFT)
    _past()
    led, arriving = _led(teacher, crowd)
    offered_at = SeminarFactory(event__capacity=1)
    first = bookings.enrol(event_id=offered_at.pk, person=crowd[0], by=crowd[0].user)
    second = bookings.enrol(event_id=offered_at.pk, person=crowd[3], by=crowd[3].user)
    bookings.withdraw(booking_id=first.pk, by=crowd[0].user)
    second.refresh_from_db()
    placed = _placed(teacher)
    certificate, replaced = _certified(teacher), _replaced(teacher)
    # Certificates needed them; the pages that ask for them are looked at, too.
    Person.objects.filter(pk=teacher.pk).update(birth_date=None, birth_place="")
    return Scenery(
        teacher=teacher,
        staff=staff,
        plain=plain,
        full=full,
        online=online,
        cancelled=cancelled,
        draft=draft,
        led=led,
        arriving=arriving,
        placed=placed,
        waiting=_waiting(teacher, crowd),
        offered=_offered(teacher, crowd[2]),
        withdrawn=_withdrawn(teacher),
        stranger_offered=second,
        application=_application(teacher, plain),
        attended=_attended(teacher),
        proforma=_proforma(placed),
        certificate=certificate,
        replaced=replaced,
        surveyed=summary_scenery.furnish(),
    )


def _application(teacher: Person, seminar: Seminar) -> BookingGroup:
    """The teacher coordinates her school: an application, and a draft of the next one."""
    user, school = teacher.user, teacher.school
    assert user is not None
    assert school is not None
    CoordinationFactory(person=teacher, school=school)
    other = PersonFactory(school=school)
    CoordinationRequest.objects.create(person=other, school=school, sentence="Молим.")
    colleagues = PersonFactory.create_batch(3, user=None, school=school, first_name="Њагуља")
    typed = {"chosen": [colleagues[0].pk], "pasted": "Џенана\tЉубић\nНеко\t\tније адреса@"}
    applications.keep_draft(event_id=seminar.pk, school=school, typed=typed, by=user)
    return bookings.enrol_group(
        event_id=SeminarFactory(event__capacity=2).pk,
        people=colleagues,
        policy=BookingGroup.Policy.SPLIT,
        by=user,
        school=school,
    )


def _certified(teacher: Person) -> Certificate:
    IssuingSettingsFactory()
    held = HeldSeminarFactory(programme__competences=["К1"], programme__priorities=["2"])
    booking = participant(held, user=None)
    booking.person = teacher
    booking.save(update_fields=["person"])
    people = Person.objects.filter(pk=teacher.pk)
    people.update(birth_date=date(1985, 3, 24), birth_place="Крагујевац")
    return certificates.issue(booking_id=booking.pk, by=StaffFactory(permissions=ISSUES))


def _replaced(teacher: Person) -> Certificate:
    staff = StaffFactory(permissions=ISSUES)
    old = _certified(teacher)
    Person.objects.filter(pk=teacher.pk).update(birth_place="Јагодина")
    certificates.replace(certificate_id=old.pk, by=staff, reason="Исправљено место рођења.")
    old.refresh_from_db()
    return old


def _past() -> None:
    ago = timezone.now() - timedelta(days=40)
    SeminarFactory(event__starts_at=ago, event__state=Event.State.CLOSED)


def _attended(teacher: Person) -> Booking:
    """A seminar that the teacher may evaluate, by a question of each kind."""
    question = QuestionFactory(text="Која је ваша оцена?", low_label="лоше", high_label="одлично")
    for kind in Question.Kind:
        QuestionFactory(
            questionnaire=question.questionnaire, kind=kind, offers=OFFERS.get(kind), help="Опис."
        )
    return came(held(questionnaire=question.questionnaire), teacher)


def _led(teacher: Person, crowd: list[Person]) -> tuple[Seminar, Booking]:
    """A seminar that the teacher leads and that goes on now; somebody has not arrived yet."""
    seminar = SeminarFactory(
        trainers=[TrainerFactory(name="Љиљана Ђурђевић", person=teacher)],
        event__starts_at=timezone.now() - timedelta(hours=1),
        event__days=2,
        event__capacity=9,
    )
    people = [BookingFactory(event=seminar.event, person=person) for person in crowd[:3]]
    here, partly, arriving = people
    assert teacher.user is not None
    meeting = seminar.event.meetings.earliest("starts_at")
    for booking, minutes in ((here, None), (partly, 90)):
        attendance.note_presence(
            meeting_id=meeting.pk, booking_id=booking.pk, minutes=minutes, by=teacher.user
        )
    _hand_out(seminar)
    return seminar, arriving


def _hand_out(seminar: Seminar) -> None:
    """A file on the page; only its row, since whoever makes a scene may have no place for files."""
    file = PrivateFile.objects.create(
        name="Радни листови.pdf", mime_type=file_kinds.PDF.mime_type, size=240_000
    )
    Material.objects.create(seminar=seminar, file=file)


def _enrol(seminar: Seminar, person: Person) -> Booking:
    assert person.user is not None
    return bookings.enrol(event_id=seminar.pk, person=person, by=person.user)


def _placed(teacher: Person) -> Booking:
    link = "https://example.org/soba"
    seminar = SeminarFactory(event__capacity=9, event__online_link=link)
    _hand_out(seminar)
    return _enrol(seminar, teacher)


def _waiting(teacher: Person, crowd: list[Person]) -> Booking:
    seminar = SeminarFactory(event__capacity=2)
    for person in crowd:
        _enrol(seminar, person)
    return _enrol(seminar, teacher)


def _offered(teacher: Person, other: Person) -> Booking:
    seminar = SeminarFactory(event__capacity=1)
    first = _enrol(seminar, other)
    own = _enrol(seminar, teacher)
    assert other.user is not None
    bookings.withdraw(booking_id=first.pk, by=other.user)
    own.refresh_from_db()
    return own


def _withdrawn(teacher: Person) -> Booking:
    own = _enrol(SeminarFactory(event__capacity=3), teacher)
    assert teacher.user is not None
    return bookings.withdraw(booking_id=own.pk, by=teacher.user)


def _proforma(placed: Booking) -> Proforma:
    PaymentSettingsFactory()
    return proformas.issue_for_booking(booking_id=placed.pk, by=placed.person.user)
