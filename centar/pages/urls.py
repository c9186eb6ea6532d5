from django.urls import path

from centar.pages import views

app_name = "pages"
urlpatterns = [path("mreza-centara/", views.network, name="network")]
