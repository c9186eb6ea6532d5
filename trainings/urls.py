from django.urls import path

from trainings import views

app_name = "trainings"
urlpatterns = [
    path("katalog/", views.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", views.programme, name="programme"),
    path("seminari/", views.seminars, name="seminars"),
    path("seminari/<int:pk>/", views.seminar, name="seminar"),
]
