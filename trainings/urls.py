from django.urls import path

from trainings.views import catalogue, certificates, materials, trainers

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("moja-uverenja/", certificates.my_certificates, name="my_certificates"),
    path("seminari/<int:pk>/materijali/", materials.materials, name="materials"),
    path("materijali/<int:pk>/", materials.material, name="material"),
    path("materijali/<int:pk>/uklanjanje/", materials.remove, name="remove_material"),
    path("moji-seminari/", trainers.led_seminars, name="led_seminars"),
    path("moji-seminari/<int:pk>/", trainers.led_seminar, name="led_seminar"),
]
