"""Addresses of accreditation and good practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from accreditation.views import (
    authors,
    blinding,
    calls,
    decisions,
    desk,
    panels,
    practices,
    proposals,
    reviews,
    revisions,
    sheets,
    writing,
)

app_name = "accreditation"

urlpatterns: list[URLPattern] = [
    # Review: what assessors read and send.
    path("recenzije/", reviews.reviews, name="reviews"),
    path("recenzije/<int:pk>/", reviews.review, name="review"),
    path("recenzije/<int:pk>/ocena/", reviews.scores, name="review_scores"),
    path("recenzije/<int:pk>/odustajem/", reviews.refusal, name="review_refusal"),
    path("recenzije/<int:pk>/prilog/<int:attachment>/", reviews.file, name="review_file"),
    path("recenzije/<int:pk>/razlike/", reviews.difference, name="review_difference"),
    # Review: those who lead it.
    path("recenzije/komisija/<int:pk>/", panels.panel, name="panel"),
    path("recenzije/komisija/<int:pk>/dodela/", panels.plan, name="panel_plan"),
    path("recenzije/predlog/<int:pk>/", panels.led, name="led_review"),
    path("recenzije/predlog/<int:pk>/dodela/", panels.assign, name="led_assign"),
    path(
        "recenzije/predlog/<int:pk>/dodela/<int:assignment>/kraj/",
        panels.end_assignment,
        name="led_end",
    ),
    path(
        "recenzije/predlog/<int:pk>/dodela/<int:assignment>/vracanje/",
        panels.give_back,
        name="led_give_back",
    ),
    path("recenzije/predlog/<int:pk>/sukob/", panels.own_conflict, name="led_conflict"),
    path("recenzije/predlog/<int:pk>/prilog/<int:attachment>/", panels.file, name="led_file"),
    path("recenzije/predlog/<int:pk>/razlike/", panels.difference, name="led_difference"),
    path("recenzije/verzija/<int:pk>/izmene/", decisions.ask, name="ask_changes"),
    path("recenzije/verzija/<int:pk>/odluka/", decisions.decide, name="decide"),
    path("recenzije/zahtev/<int:pk>/rok/", decisions.extend, name="extend_request"),
    path("recenzije/slepo/<int:pk>/", blinding.blinding, name="blinding"),
    path("recenzije/slepo/<int:pk>/reci/<int:masking>/", blinding.unmask, name="unmask"),
    path("recenzije/slepo/<int:pk>/kopija/<int:attachment>/", blinding.copy, name="blind_copy"),
    path("recenzije/odluke/<int:pk>/", sheets.sheet, name="sheet"),
    path("recenzije/odluke/<int:pk>.xlsx", sheets.workbook, name="sheet_workbook"),
    path("recenzije/odluke/<int:pk>.csv", sheets.csv_file, name="sheet_csv"),
    path("recenzije/odluke/<int:pk>/zapisnik.pdf", sheets.minutes, name="sheet_minutes"),
    # Review: its authors.
    path("predlozi/<int:pk>/izmene/", revisions.revision, name="revision"),
    path("predlozi/<int:pk>/razlike/<int:number>/", revisions.difference, name="difference"),
    path("predlozi/<int:pk>/odluka/", decisions.decision, name="decision"),
    # Calls, and proposals as their authors write them.
    path("pozivi/", calls.calls, name="calls"),
    path("pozivi/<int:pk>/", calls.call, name="call"),
    path("pozivi/<int:pk>/predlog/", calls.begin, name="begin"),
    path("predlozi/", proposals.mine, name="proposals"),
    path("predlozi/poziv/<str:token>/", authors.invitation, name="invitation"),
    path("predlozi/prilog/<int:pk>/", proposals.attachment, name="attachment"),
    path("predlozi/prilog/<int:pk>/vadjenje/", proposals.take_out, name="take_out"),
    *(
        path(f"predlozi/autor/<int:pk>/{action.path}/", authors.change, {"action": action}, name)
        for name, action in authors.ACTIONS.items()
    ),
    path("predlozi/<int:pk>/", proposals.proposal, name="proposal"),
    path("predlozi/<int:pk>/podaci/", writing.facts, name="facts"),
    path("predlozi/<int:pk>/deo/<int:section>/", writing.section, name="section"),
    path("predlozi/<int:pk>/satnica/", writing.schedule, name="schedule"),
    path("predlozi/<int:pk>/biografija/", writing.biography, name="biography"),
    path("predlozi/<int:pk>/prilozi/", proposals.attachments, name="attachments"),
    path("predlozi/<int:pk>/autori/", authors.authors, name="authors"),
    path("predlozi/<int:pk>/izlazak/", authors.leave, name="leave"),
    path("predlozi/<int:pk>/provera/", proposals.check, name="check"),
    path("predlozi/<int:pk>/potpis/", proposals.sign, name="sign"),
    path("predlozi/<int:pk>/molba-za-potpis/", proposals.ask_to_sign, name="ask_to_sign"),
    path("predlozi/<int:pk>/slanje/", proposals.submit, name="submit"),
    path("predlozi/<int:pk>/povlacenje/", proposals.withdraw, name="withdraw"),
    path("predlozi/<int:pk>/verzije/<int:number>/", proposals.version, name="version"),
    # After the decision: the staff's desk, versions as files, good practice for everybody.
    path("predlozi/centar/", desk.desk, name="desk"),
    path("predlozi/centar/<int:pk>/", desk.proposal, name="desk_proposal"),
    *(
        path(
            f"predlozi/<int:pk>/verzije/<int:number>.{form}",
            desk.version_file,
            {"form": form},
            name=f"version_{form}",
        )
        for form in ("pdf", "docx")
    ),
    path("primeri-dobre-prakse/", practices.practices, name="practices"),
    path("primeri-dobre-prakse/<int:pk>/", practices.practice, name="practice"),
    path(
        "primeri-dobre-prakse/<int:pk>/datoteke/<int:file>/",
        practices.practice_file,
        name="practice_file",
    ),
]
