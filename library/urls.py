from django.urls import path

from library.views import desk, finding, lists, machines, members, mine, records, stocktaking

app_name = "library"
urlpatterns = [
    path("biblioteka/moje/", mine.mine, name="mine"),
    path("biblioteka/moje/istorija/", mine.history, name="history"),
    path("biblioteka/moje/pozajmice/<int:pk>/produzenje/", mine.renew, name="renew"),
    path("biblioteka/moje/rezervacije/<int:pk>/otkazivanje/", mine.cancel, name="cancel"),
    path("biblioteka/moje/rezervacije/<int:pk>/pauza/", mine.suspend, name="suspend"),
    path("biblioteka/moje/rezervacije/<int:pk>/nastavak/", mine.resume, name="resume"),
    path("biblioteka/zapisi/<int:pk>/rezervacija/", mine.reserve, name="reserve"),
    path("biblioteka/zapisi/<int:pk>/red/", members.queue, name="queue"),
    path("biblioteka/pult/", desk.counter, name="desk"),
    path("biblioteka/pult/novi-clan/", members.join, name="join"),
    path("biblioteka/pult/kasne/", members.overdue, name="overdue"),
    path("biblioteka/clanovi/<int:pk>/", members.member, name="member"),
    path("biblioteka/clanovi/<int:pk>/kartica/", members.card, name="card"),
    path("biblioteka/primerci/<int:pk>/stanje/", members.copy_state, name="copy_state"),
    path("biblioteka/gubici/<int:pk>/", members.loss, name="loss"),
    path("biblioteka/rezervacije/<int:pk>/red/", members.change_turn, name="change_turn"),
    path("biblioteka/popis/", stocktaking.takings, name="stocktakings"),
    path("biblioteka/popis/<int:pk>/", stocktaking.taking, name="stocktaking"),
    path("biblioteka/popis/<int:pk>/izvestaj.csv", stocktaking.report, name="stocktaking_report"),
    path("biblioteka/", finding.find, name="find"),
    path("biblioteka/predlozi/", finding.suggest, name="suggest"),
    path("biblioteka/novo/", finding.new, name="new"),
    path("biblioteka/udk/", finding.classes, name="classes"),
    path("biblioteka/udk/<str:notation>/", finding.of_class, name="class"),
    path("biblioteka/liste/", lists.lists, name="lists"),
    path("biblioteka/liste/<int:pk>/", lists.one, name="list"),
    path("biblioteka/<int:pk>/", records.record, name="record"),
    path("biblioteka/<int:pk>/zapis.bib", records.bibtex, name="bibtex"),
    path("biblioteka/<int:pk>/zapis.ris", records.ris, name="ris"),
    path("biblioteka/<int:pk>/datoteka/", records.file, name="file"),
    path("biblioteka/oai", machines.oai, name="oai"),
    path("biblioteka/sru", machines.sru, name="sru"),
]
