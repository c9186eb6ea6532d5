from django.urls import path

from trainings.views import catalogue, payments

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("moje-uplate/", payments.my_payments, name="my_payments"),
    path("moje-uplate/<int:pk>/", payments.proforma, name="proforma"),
    path("moje-uplate/<int:pk>/predracun.pdf", payments.proforma_pdf, name="proforma_pdf"),
    path("moje-uplate/prijava/<int:pk>/", payments.issue_for_booking, name="issue_for_booking"),
    path("moje-uplate/skola/<int:pk>/", payments.issue_for_group, name="issue_for_group"),
]
