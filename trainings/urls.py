from django.urls import path

from trainings.views import catalogue, confirmations, ledger

app_name = "trainings"
urlpatterns = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/<int:pk>/", catalogue.programme, name="programme"),
    path("seminari/", catalogue.seminars, name="seminars"),
    path("seminari/<int:pk>/", catalogue.seminar, name="seminar"),
    path("moji-bodovi/", ledger.ledger, name="ledger"),
    path("moji-bodovi/u-ustanovi/", ledger.enter_in_house, name="enter_in_house"),
    path("moji-bodovi/dokaz/", ledger.enter_proof, name="enter_proof"),
    path("moji-bodovi/<int:pk>/", ledger.entry, name="ledger_entry"),
    path("moji-bodovi/<int:pk>/povuci/", ledger.withdraw, name="withdraw_entry"),
    path("moji-bodovi/<int:pk>/dokaz/", ledger.proof, name="proof"),
    path("moja-skola/potvrde/", confirmations.waiting, name="confirmations"),
    path("moja-skola/potvrde/<int:pk>/", confirmations.answer, name="answer_entry"),
]
