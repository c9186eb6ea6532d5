"""Days that nobody means: refused beside their field, never a server error."""

from __future__ import annotations

import pytest

from tests import office
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", ["0001", "0026", "9999"])
@pytest.mark.parametrize("field", ["registration_closes_at", "withdraw_until"])
def test_a_deadline_in_a_year_that_nobody_means_is_refused_beside_its_field(field, year):
    seminar = SeminarFactory()
    address = f"/admin/trainings/seminarevent/{seminar.pk}/change/"
    typed = {f"{field}_0": f"01.01.{year}.", f"{field}_1": "00:00"}

    response = office.desk_of(office.colleague()).post(address, typed)

    sentence = office.serbian("Write the day, month and year, for example 24.3.1985.")
    assert response.status_code == 200
    assert response.context["adminform"].form.errors[field] == [sentence]
