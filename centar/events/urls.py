from django.urls import path

from centar.events.views import (
    applications,
    arrivals,
    attendance,
    bookings,
    calendars,
    groups,
    schools,
)

app_name = "events"
urlpatterns = [
    path("dogadjaji/<int:pk>/prijava/", bookings.register, name="register"),
    path("dogadjaji/<int:pk>/termin.ics", calendars.event_calendar, name="event_calendar"),
    path("dogadjaji/<int:pk>/prisustvo/", attendance.check_in, name="check_in"),
    path("dogadjaji/<int:pk>/prisustvo/upis/", attendance.note, name="note_presence"),
    path("dogadjaji/<int:pk>/prisustvo/na-vratima/", attendance.walk_in, name="walk_in"),
    path("dogadjaji/<int:pk>/prisustvo/lista.pdf", attendance.sign_in_sheet, name="sign_in_sheet"),
    path("dolazak/<str:token>/", arrivals.arrival, name="arrival"),
    path("dogadjaji/<int:pk>/prijava-skole/", applications.choose, name="apply"),
    path(
        "dogadjaji/<int:pk>/prijava-skole/pregled/",
        applications.preview,
        name="application_preview",
    ),
    path("moja-skola/", schools.schools, name="schools"),
    path("moja-skola/<int:pk>/spisak.pdf", schools.school_list, name="school_list"),
    path("moja-skola/<int:pk>/novi-kolega/", schools.add_colleague, name="add_colleague"),
    path("moja-skola/<int:pk>/prestanak/", schools.stop, name="stop_coordinating"),
    path("moja-skola/ljudi/<int:pk>/", schools.correct_colleague, name="correct_colleague"),
    path("moja-skola/ljudi/<int:pk>/odlazak/", schools.release_colleague, name="release_colleague"),
    path("moja-skola/zahtevi/<int:pk>/", schools.answer_request, name="answer_request"),
    path("moja-skola/prijave/<int:pk>/", groups.application, name="application"),
    path("moja-skola/prijave/<int:pk>/povlacenje/", groups.withdraw_all, name="withdraw_all"),
    path("moja-skola/prijave/osoba/<int:pk>/", groups.member, name="application_member"),
    path("prigovor/<str:token>/", groups.object_by_link, name="object"),
    path("prijave/<int:pk>/nisam-saglasan/", groups.object_to, name="object_to"),
    path("prijave/<int:pk>/", bookings.booking, name="booking"),
    path("prijave/<int:pk>/odustajanje/", bookings.withdraw, name="withdraw"),
    path("prijave/<int:pk>/odgovor/", bookings.answer, name="answer"),
    path("prijave/<int:pk>/termin.ics", calendars.booking_calendar, name="booking_calendar"),
    path("ponuda/<str:token>/", bookings.offer, name="offer"),
    path("kalendar/licni/<slug:token>.ics", calendars.personal_feed, name="personal_feed"),
    path("kalendar/licna-adresa/", calendars.calendar_address, name="calendar_address"),
    path("kalendar/<slug:slug>.ics", calendars.public_feed, name="public_feed"),
]
