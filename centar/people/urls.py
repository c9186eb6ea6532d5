from django.urls import path

from centar.people import views

app_name = "people"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("skola/zahtev/", views.ask_to_coordinate, name="ask_to_coordinate"),
    path("skole/", views.schools, name="schools"),
]
