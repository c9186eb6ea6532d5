from django.urls import path

from trainings.views import catalogue, certificates

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("moja-uverenja/", certificates.my_certificates, name="my_certificates"),
]
