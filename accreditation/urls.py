"""Addresses of accreditation and good practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from accreditation.views import authors, calls, proposals, writing

app_name = "accreditation"

urlpatterns: list[URLPattern] = [
    # Calls, and proposals as their authors write them.
    path("pozivi/", calls.calls, name="calls"),
    path("pozivi/<int:pk>/", calls.call, name="call"),
    path("pozivi/<int:pk>/predlog/", calls.begin, name="begin"),
    path("predlozi/", proposals.mine, name="proposals"),
    path("predlozi/poziv/<str:token>/", authors.invitation, name="invitation"),
    path("predlozi/prilog/<int:pk>/", proposals.attachment, name="attachment"),
    path("predlozi/prilog/<int:pk>/vadjenje/", proposals.take_out, name="take_out"),
    path("predlozi/autor/<int:pk>/<slug:action>/", authors.change, name="change_author"),
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
]
