from django.urls import path

from trainings.views import (
    catalogue,
    certificates,
    confirmations,
    ledger,
    materials,
    papers,
    trainers,
)

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
    path("moji-bodovi/", ledger.ledger, name="ledger"),
    path("moji-bodovi/u-ustanovi/", ledger.enter_in_house, name="enter_in_house"),
    path("moji-bodovi/dokaz/", ledger.enter_proof, name="enter_proof"),
    path("moji-bodovi/<int:pk>/", ledger.entry, name="ledger_entry"),
    path("moji-bodovi/<int:pk>/povuci/", ledger.withdraw, name="withdraw_entry"),
    path("moji-bodovi/<int:pk>/dokaz/", ledger.proof, name="proof"),
    path("moji-bodovi/izvestaj.pdf", papers.yearly_report, {"form": "pdf"}, name="report_pdf"),
    path("moji-bodovi/izvestaj.docx", papers.yearly_report, {"form": "docx"}, name="report_docx"),
    path("moji-bodovi/izvestaj.xlsx", papers.yearly_report, {"form": "xlsx"}, name="report_xlsx"),
    path("moji-bodovi/plan.pdf", papers.plan_file, {"form": "pdf"}, name="plan_pdf"),
    path("moji-bodovi/plan.docx", papers.plan_file, {"form": "docx"}, name="plan_docx"),
    path("moji-bodovi/plan.xlsx", papers.plan_file, {"form": "xlsx"}, name="plan_xlsx"),
    path("moji-bodovi/plan/", papers.plan, name="plan"),
    path("moji-bodovi/plan/<int:pk>/obrisi/", papers.strike, name="strike_plan"),
    path("moja-skola/<int:pk>/bodovi/", papers.school, name="school_points"),
    path(
        "moja-skola/<int:pk>/bodovi.pdf",
        papers.school_file,
        {"form": "pdf"},
        name="school_points_pdf",
    ),
    path(
        "moja-skola/<int:pk>/bodovi.xlsx",
        papers.school_file,
        {"form": "xlsx"},
        name="school_points_xlsx",
    ),
    path("moja-skola/potvrde/", confirmations.waiting, name="confirmations"),
    path("moja-skola/potvrde/<int:pk>/", confirmations.answer, name="answer_entry"),
]
