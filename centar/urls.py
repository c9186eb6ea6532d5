"""All addresses of the portal. The faces /lat/ and /en/ stand before any of them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("nalog/", include("allauth.account.urls")),
    path("nalog/2fa/", include("allauth.mfa.urls")),
    path("", include("centar.people.urls")),
    path("", include("centar.events.urls")),
    path("", include("centar.documents.urls")),
    path("", include("centar.pages.urls")),
    path("", include("trainings.urls")),
    path("", include("needs_survey.urls")),
    path("", include("accreditation.urls")),
    path("", include("library.urls")),
    path("", include("science_club.urls")),
    path("", include("centar.portal.urls")),
]

handler500 = "centar.portal.views.broken"
