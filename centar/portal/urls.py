from django.urls import path

from centar.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("moja-strana/", views.my_page, name="my_page"),
    path("moja-skola/<int:pk>/", views.school, name="school"),
    path("kako-radi/", views.help_page, name="help"),
    path("privatnost/", views.privacy, name="privacy"),
]
