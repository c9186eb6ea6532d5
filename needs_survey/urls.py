"""Addresses of the needs survey."""

from __future__ import annotations

from django.urls import URLPattern, path

from needs_survey.views import answers, contributors, plans, results, summary, teachers

app_name = "needs_survey"

urlpatterns: list[URLPattern] = [
    # The answer of a school, and the links of colleagues who help with it.
    path("anketa/", answers.school_rounds, name="school_rounds"),
    path("anketa/skola/<int:pk>/", answers.school_answer, name="school_answer"),
    path("anketa/skola/<int:pk>/deo/<int:section>/", answers.school_section, name="school_section"),
    path("anketa/skola/<int:pk>/kolege/", contributors.share, name="share"),
    path("anketa/kolege/<int:pk>/kraj/", contributors.end_share, name="end_share"),
    path("anketa/skola/<int:pk>/provera/", answers.check, name="check"),
    path("anketa/skola/<int:pk>/odgovor/", answers.sent, name="sent"),
    path("anketa/skola/<int:pk>/potvrda.pdf", answers.receipt, name="receipt"),
    path("anketa/odeljak/<str:token>/", contributors.contribution, name="contribution"),
    path(
        "anketa/odeljak/<str:token>/<int:section>/",
        contributors.contributed_section,
        name="contributed_section",
    ),
    # The anonymous answer of a teacher.
    path("anketa/nastavnik/", teachers.entrance, name="teacher_entrance"),
    path("anketa/nastavnik/<str:code>/", teachers.start, name="teacher"),
    path("anketa/nastavnik/<str:code>/sve/", teachers.whole, name="teacher_whole"),
    path("anketa/nastavnik/<str:code>/slanje/", teachers.send, name="teacher_send"),
    path("anketa/nastavnik/<str:code>/<int:number>/", teachers.step, name="teacher_step"),
    # What follows: demand, plans, and what was held of them; for the staff.
    path("potrebe/traznja/<int:pk>/", plans.demand, name="demand"),
    path("potrebe/traznja/<int:pk>.xlsx", plans.demand_workbook, name="demand_workbook"),
    path("potrebe/plan/<int:pk>/", plans.plan, name="plan"),
    path("potrebe/plan/<int:pk>.xlsx", plans.plan_workbook, name="plan_workbook"),
    path("potrebe/odrzano/<int:pk>/", plans.held, name="held"),
    path("potrebe/odrzano/<int:pk>.xlsx", plans.held_workbook, name="held_workbook"),
    # Results and summaries.
    path("potrebe/", summary.summaries, name="summaries"),
    path("potrebe/<int:pk>/", summary.summary, name="summary"),
    path("potrebe/<int:pk>/sazetak.pdf", summary.summary_paper, name="summary_paper"),
    path("potrebe/skola/<int:pk>/", summary.school, name="summary_school"),
    path("potrebe/rezultati/", results.rounds, name="results_rounds"),
    path("potrebe/rezultati/<int:pk>/", results.results, name="results"),
    path("potrebe/rezultati/<int:pk>/odziv/", results.rates, name="rates"),
    path("potrebe/rezultati/<int:pk>/mapa/", results.region, name="map"),
    path("potrebe/rezultati/<int:pk>/objava/", summary.publish, name="publish"),
    *(
        path(
            f"potrebe/rezultati/<int:pk>/izvoz.{form}",
            results.export_file,
            {"form": form},
            name=f"export_{form}",
        )
        for form in results.FORMATS
    ),
]
