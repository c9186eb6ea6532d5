from django.urls import path

from trainings.views import catalogue, evaluation, reports

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("seminari/<int:pk>/ocene/", evaluation.results, name="results"),
    path("seminari/<int:pk>/ocene.pdf", evaluation.results_paper, name="results_paper"),
    path(
        "seminari/<int:pk>/ucesnici.xlsx",
        reports.participants_workbook,
        name="participants_workbook",
    ),
    path("seminari/<int:pk>/ucesnici.pdf", reports.participants_paper, name="participants_paper"),
    path("seminari/<int:pk>/izvestaj.xlsx", reports.institute_workbook, name="institute_workbook"),
    path("prijave/<int:pk>/ocena/", evaluation.evaluate, name="evaluate"),
    path("ocena/<str:token>/", evaluation.evaluate_by_link, name="evaluate_by_link"),
    path("godina/", reports.year, name="year"),
    path("godina/godina.xlsx", reports.year_workbook, name="year_workbook"),
    path("godina/godina.pdf", reports.year_paper, name="year_paper"),
]
