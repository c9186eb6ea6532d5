"""Input about oneself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centar.people import operations, queries
from centar.people.fields import PhoneField, WrittenDateField
from centar.people.models import Person, User
from centar.schools.models import School, Subject
from centar.script.faces import Face

if TYPE_CHECKING:
    from django.http import QueryDict

    _PersonForm = forms.ModelForm[Person]
else:
    _PersonForm = forms.ModelForm

_WHY_BIRTH = _("Only certificates need it. Nobody else sees it.")


class BirthFields(forms.Form):
    """The date and place of birth, for the forms that lead to a certificate.

    `youngest` and `oldest` are the ages in years between which a date is believed.
    """

    youngest = 14
    oldest = 100

    birth_date = WrittenDateField(label=_("Date of birth"), help_text=_WHY_BIRTH)
    birth_place = forms.CharField(
        label=_("Place of birth"),
        max_length=100,
        help_text=_("As it should stand on a certificate, for example: Крагујевац."),
    )

    def clean_birth_date(self) -> date | None:
        """Refuse days to come and ages that are a slip of the pen."""
        born: date | None = self.cleaned_data["birth_date"]
        if born is None:
            return None
        today = timezone.localdate()
        if born > today:
            raise forms.ValidationError(gettext("This day is still to come."), code="future")
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if not self.youngest <= age <= self.oldest:
            sentence = gettext("That would be the age of %(age)d. Please check the year.")
            raise forms.ValidationError(sentence % {"age": age}, code="age")
        return born


class SchoolChoice(forms.Form):
    """The school, chosen from those that a search has found."""

    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.select_related("municipality"),
        required=False,
        error_messages={"invalid_choice": _("Choose a school from the list.")},
    )


class SchoolSearchForm(SchoolChoice):
    """What is typed into the search for a school, and the school chosen so far."""

    school_search = forms.CharField(label=_("Find your school"), max_length=100, required=False)

    def search(self, face: Face) -> queries.SchoolSearch:
        """What the search finds; what was typed stays, also when it cannot be searched for."""
        self.is_valid()
        text = self.cleaned_data.get("school_search", "")
        return queries.SchoolSearch(
            text=str(self["school_search"].value() or ""),
            chosen=self.cleaned_data.get("school"),
            found=queries.schools_like(text, face),
            errors=tuple(str(error) for error in self.errors.get("school_search", ())),
        )


class ProfileForm(BirthFields, SchoolChoice, _PersonForm):
    """Everything a person says about themselves. Only the name is required.

    `search` is what the search for a school has found beside the form.
    """

    phone = PhoneField(label=_("Telephone"), required=False)
    post = forms.ChoiceField(
        label=_("Post"), choices=[("", "—"), *Person.Post.choices], required=False
    )
    subject = forms.ModelChoiceField(
        label=_("Subject"), queryset=Subject.objects.all(), required=False, empty_label="—"
    )
    face = forms.ChoiceField(
        label=_("Language and script of letters"),
        choices=User.Face.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields = (
            "first_name",
            "last_name",
            "phone",
            "school",
            "employer",
            "post",
            "subject",
            "birth_date",
            "birth_place",
        )

    def __init__(self, *args: Any, search: queries.SchoolSearch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.search = search
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["birth_date"].required = False
        self.fields["birth_place"].required = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(
                gettext("You"),
                _side_by_side("first_name", "last_name"),
                "phone",
            ),
            Fieldset(
                gettext("Where you work"),
                Field("school", template="people/_school_field.html"),
                "employer",
                _side_by_side("post", "subject"),
            ),
            Fieldset(
                gettext("For certificates"),
                _side_by_side("birth_date", "birth_place"),
            ),
            Fieldset(
                gettext("Letters from the Centre"),
                Field("face", template="people/_face_field.html"),
            ),
        )

    @classmethod
    def draft(cls, typed: QueryDict, search: queries.SchoolSearch) -> ProfileForm:
        """The form with what was typed so far and no judgement on it yet."""
        return cls(initial=typed.dict(), search=search)

    def clean(self) -> dict[str, Any]:
        """Refuse two places of work, and a search for a school that was left without a choice."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        school, employer = cleaned.get("school"), cleaned.get("employer")
        if school and employer:
            self.add_error(
                "employer",
                gettext("You have chosen a school. Leave this empty, or choose no school."),
            )
        elif self.search.found and not employer and school not in self.search.found:
            self.add_error(
                "school", gettext("Choose your school from the list, or clear the search.")
            )
        return cleaned

    def profile(self) -> operations.Profile:
        """What was said, for `operations.revise_profile`."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return operations.Profile(**said)


class ColleagueFields(BirthFields, forms.Form):
    """What identifies a colleague without a login; only the name is required."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].required = False
        self.fields["birth_place"].required = False
        self.order_fields(("first_name", "last_name", "contact_email"))


class ColleagueForm(ColleagueFields):
    """A colleague whom the coordinator adds or corrects.

    What is known of the birth is not shown; left empty it stays.
    """

    post = forms.ChoiceField(
        label=_("Post"), choices=[("", "—"), *Person.Post.choices], required=False
    )
    subject = forms.ModelChoiceField(
        label=_("Subject"), queryset=Subject.objects.all(), required=False, empty_label="—"
    )
    field_order = ("first_name", "last_name", "contact_email", "post", "subject")

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            shown = ("first_name", "last_name", "contact_email", "post", "subject")
            kwargs["initial"] = {name: getattr(person, name) for name in shown}
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        if person is not None:
            for name in ("birth_date", "birth_place"):
                if getattr(person, name):
                    self.fields[name].help_text = gettext(
                        "It is known and not shown. Write here only to change it."
                    )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def colleague(self) -> operations.Colleague:
        """What was written, for the operations on colleagues."""
        return operations.Colleague(**self.cleaned_data)


class RefusalForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )


class RequestForm(forms.Form):
    """A sentence of whoever asks to coordinate."""

    sentence = forms.CharField(
        label=_("A sentence to the Centre"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional: for instance that the principal has chosen you."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _side_by_side(*names: str) -> Div:
    return Div(*(Div(name, css_class="col-md-6") for name in names), css_class="row")
