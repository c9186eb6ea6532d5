from django.urls import path

from science_club import views

app_name = "science_club"
urlpatterns = [path("naucni-klubovi/", views.network, name="network")]
