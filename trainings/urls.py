from django.urls import path

from trainings.views import catalogue, trainers

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("moji-seminari/", trainers.led_seminars, name="led_seminars"),
    path("moji-seminari/<int:pk>/", trainers.led_seminar, name="led_seminar"),
]
