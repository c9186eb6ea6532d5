"""Who may import, and that only what somebody has seen is imported."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from tests.factories.people import StaffFactory
from tests.trainings.catalogue_files.conftest import IMPORT, MAY_IMPORT, as_csv
from trainings.models import Programme

pytestmark = pytest.mark.django_db
PROCESS = "admin:trainings_programme_process_import"


@pytest.mark.parametrize("forged", ["", "x", "eyJ9:1abc:def"])
def test_a_forged_preview_is_refused_with_a_sentence(back_office, forged):
    response = back_office.post(reverse(PROCESS), {"preview": forged}, follow=True)
    assert response.redirect_chain == [(reverse(IMPORT), 302)]
    (message,) = response.context["messages"]
    assert str(message) == _("This preview is not valid any more. Choose the file again.")


def test_a_preview_is_good_only_for_the_person_who_saw_it(upload, client, cycle, row):
    signed = upload(as_csv([row])).context["confirm"].initial["preview"]
    client.force_login(StaffFactory(permissions=MAY_IMPORT))
    client.post(reverse(PROCESS), {"preview": signed})
    assert Programme.objects.count() == 0


@pytest.mark.parametrize("address", [IMPORT, PROCESS, f"{IMPORT}_template"])
@pytest.mark.parametrize("lacking", MAY_IMPORT[:2])
def test_the_import_needs_the_right_to_add_and_to_change(client, db, address, lacking):
    client.force_login(StaffFactory(permissions=set(MAY_IMPORT) - {lacking}))
    response = client.post(reverse(address))
    assert response.status_code == 403


@pytest.mark.parametrize("address", [IMPORT, PROCESS, f"{IMPORT}_template"])
def test_the_anonymous_are_sent_to_sign_in(client, db, address):
    response = client.get(reverse(address))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_confirming_needs_a_post(back_office):
    assert back_office.get(reverse(PROCESS)).status_code == 302
