from django.urls import path

from centar.events import views

app_name = "events"
urlpatterns = [
    path("dogadjaji/<int:pk>/prijava/", views.register, name="register"),
    path("dogadjaji/<int:pk>/termin.ics", views.event_calendar, name="event_calendar"),
    path("prijave/<int:pk>/", views.booking, name="booking"),
    path("prijave/<int:pk>/odustajanje/", views.withdraw, name="withdraw"),
    path("prijave/<int:pk>/odgovor/", views.answer, name="answer"),
    path("prijave/<int:pk>/termin.ics", views.booking_calendar, name="booking_calendar"),
    path("ponuda/<str:token>/", views.offer, name="offer"),
    path("kalendar/licni/<slug:token>.ics", views.personal_feed, name="personal_feed"),
    path("kalendar/licna-adresa/", views.calendar_address, name="calendar_address"),
    path("kalendar/<slug:slug>.ics", views.public_feed, name="public_feed"),
]
