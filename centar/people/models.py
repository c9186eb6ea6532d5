from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.schools.models import School, Subject
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField


class UserManager(BaseUserManager["User"]):
    """Makes logins; an address is one whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The login with this address, in any letter case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A login; without a password it can sign in only after setting one by letter."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A login. What is known about the participant is in Person."""

    class Face(models.TextChoices):
        CYRILLIC = "cyr", "Ћирилица"
        LATIN = "lat", "Latinica"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail"))
    face = models.CharField(
        _("language and script of letters"), max_length=3, choices=Face, default=Face.CYRILLIC
    )
    is_staff = models.BooleanField(_("works in the back office"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("opened"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="people_one_account_of_an_address",
                violation_error_message=_("An account with this address already exists."),
            ),
        )

    def __str__(self) -> str:
        return self.email


class Person(Revised):
    """A participant. Pupils, and colleagues entered by a coordinator, have no login."""

    class Post(models.TextChoices):
        SUBJECT_TEACHER = "subject_teacher", _("subject teacher")
        CLASS_TEACHER = "class_teacher", _("class teacher (grades 1–4)")
        PRESCHOOL_TEACHER = "preschool_teacher", _("preschool teacher")
        ASSOCIATE = "associate", _("school associate (pedagogue, psychologist, librarian)")
        PRINCIPAL = "principal", _("principal")
        LOCAL_GOVERNMENT = "local_government", _("employee of local government")
        OTHER = "other", _("other")

    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    first_name = MendedCharField(_("first name"), max_length=80)
    last_name = MendedCharField(_("last name"), max_length=80)
    contact_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("For a person without an account.")
    )
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("school"),
    )
    employer = MendedCharField(
        _("employer"),
        max_length=200,
        blank=True,
        help_text=_("Only when you do not work in a school of the list."),
    )
    post = models.CharField(_("post"), max_length=30, choices=Post, blank=True)
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("subject"),
    )
    # Asked for only where a certificate will need them, and shown to nobody else.
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_place = MendedCharField(_("place of birth"), max_length=100, blank=True)
    folded = columns.folded("first_name", "last_name")
    sort_azbuka = columns.azbuka("last_name", "first_name")
    sort_abeceda = columns.abeceda("last_name", "first_name")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = (("view_birth", _("Can see date and place of birth")),)
        ordering = ("sort_azbuka",)
        indexes = (
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="people_person_folded"),
        )

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """Where letters go: the account's address, or the one given for a person without."""
        return self.user.email if self.user else self.contact_email

    @property
    def face(self) -> str:
        """The language and script in which this person reads letters."""
        return self.user.face if self.user else User.Face.CYRILLIC


class Coordination(Revised):
    """A person confirmed to apply for the people of a school, from one day to another."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="coordinations", verbose_name=_("person")
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="coordinations", verbose_name=_("school")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("school coordinator")
        verbose_name_plural = _("school coordinators")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "school"),
                condition=models.Q(ended_at=None),
                name="people_one_live_coordination",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None)
                | models.Q(ended_at__gte=models.F("confirmed_at")),
                name="people_coordination_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} – {self.school}"


class CoordinationRequest(models.Model):
    """A person asks to apply for the people of a school; the staff or a coordinator answer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="coordination_requests", verbose_name=_("person")
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="coordination_requests", verbose_name=_("school")
    )
    sentence = MendedTextField(_("sentence of the person"), blank=True, max_length=500)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("answered"), null=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("answered by"),
    )
    reason = MendedTextField(_("reason"), blank=True, editable=False)

    class Meta:
        verbose_name = _("request to coordinate")
        verbose_name_plural = _("requests to coordinate")
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "school"),
                condition=models.Q(state="waiting"),
                name="people_one_waiting_request",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at=None)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="people_answered_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} – {self.school}"
