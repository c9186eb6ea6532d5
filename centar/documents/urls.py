from django.urls import path

from centar.documents import views

app_name = "documents"
urlpatterns = [
    path("provera/", views.verify, name="verify"),
    path("provera/<str:code>/", views.verification, name="verification"),
    path("isprave/<int:pk>.pdf", views.pdf, name="pdf"),
]
