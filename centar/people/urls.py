from django.urls import path

from centar.people import views

app_name = "people"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("skole/", views.schools, name="schools"),
]
