from django.urls import path

from centar.events.views import arrivals, attendance, bookings, calendars

app_name = "events"
urlpatterns = [
    path("dogadjaji/<int:pk>/prijava/", bookings.register, name="register"),
    path("dogadjaji/<int:pk>/termin.ics", calendars.event_calendar, name="event_calendar"),
    path("dogadjaji/<int:pk>/prisustvo/", attendance.check_in, name="check_in"),
    path("dogadjaji/<int:pk>/prisustvo/upis/", attendance.note, name="note_presence"),
    path("dogadjaji/<int:pk>/prisustvo/na-vratima/", attendance.walk_in, name="walk_in"),
    path("dogadjaji/<int:pk>/prisustvo/lista.pdf", attendance.sign_in_sheet, name="sign_in_sheet"),
    path("dolazak/<str:token>/", arrivals.arrival, name="arrival"),
    path("prijave/<int:pk>/", bookings.booking, name="booking"),
    path("prijave/<int:pk>/odustajanje/", bookings.withdraw, name="withdraw"),
    path("prijave/<int:pk>/odgovor/", bookings.answer, name="answer"),
    path("prijave/<int:pk>/termin.ics", calendars.booking_calendar, name="booking_calendar"),
    path("ponuda/<str:token>/", bookings.offer, name="offer"),
    path("kalendar/licni/<slug:token>.ics", calendars.personal_feed, name="personal_feed"),
    path("kalendar/licna-adresa/", calendars.calendar_address, name="calendar_address"),
    path("kalendar/<slug:slug>.ics", calendars.public_feed, name="public_feed"),
]
